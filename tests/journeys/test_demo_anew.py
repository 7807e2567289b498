"""The demo is built in an empty place, begun anew on request, and never in the place of a real body."""

import sqlite3
from typing import Any

import psycopg

from tests.world import World


def connected(world: World) -> Any:
    """Return a connection to a world's database, as somebody else would open one."""
    if world.database_url:
        return psycopg.connect(world.database_url)
    return sqlite3.connect(world.data / "hemicycle.sqlite3")


def told(world: World, query: str) -> Any:
    """Return the first value that a query finds; what it changes is kept."""
    connection = connected(world)
    try:
        cursor = connection.execute(query)
        found = cursor.fetchone() if cursor.description else None
        connection.commit()
    finally:
        connection.close()
    return found[0] if found else None


def book_of_the_council(world: World) -> str:
    """Return the UUID of the Council's book, which no other demo has."""
    return str(told(world, "SELECT uuid FROM journal_book WHERE noun = 'body' AND slug = 'council'"))


def test_a_demo_is_not_built_over_another(federation: World) -> None:
    before = book_of_the_council(federation)
    again = federation.hemicycle("demo")
    assert again.returncode == 1
    assert "stands in this database already; nothing was changed" in again.stderr
    assert "demo --reset" in again.stderr
    assert book_of_the_council(federation) == before


def test_a_demo_is_begun_anew(federation: World) -> None:
    before = book_of_the_council(federation)
    files = list((federation.data / "files").rglob("*.pdf"))
    anew = federation.hemicycle("demo", "--reset")
    assert anew.returncode == 0, anew.stderr
    assert book_of_the_council(federation) != before
    assert told(federation, "SELECT count(*) FROM voting_ballot WHERE closed IS NULL AND voided IS NULL") == 1
    assert len(list((federation.data / "files").rglob("*.pdf"))) == len(files) > 0


def test_a_real_body_is_never_taken_away(federation: World) -> None:
    before = book_of_the_council(federation)
    told(federation, "UPDATE accounts_installation SET is_demo = false")
    refused = federation.hemicycle("demo", "--reset")
    assert refused.returncode == 1
    assert "Merrow Federation of Co-operatives is no demo, so its records stay" in refused.stderr
    assert book_of_the_council(federation) == before


def test_a_demo_that_is_open_elsewhere_stays(federation: World) -> None:
    before = book_of_the_council(federation)
    elsewhere = connected(federation)
    try:
        elsewhere.execute("SELECT count(*) FROM journal_entry").fetchone()
        refused = federation.hemicycle("demo", "--reset")
    finally:
        elsewhere.close()
    assert refused.returncode == 1
    assert "Somebody has this database open; nothing was changed" in refused.stderr
    assert book_of_the_council(federation) == before
