"""A database that is gone or held by another program: the page says so soon, and comes back by itself."""

import sqlite3
import time
from contextlib import closing

import pytest

from tests.door.server import Door, World

pytestmark = pytest.mark.door


@pytest.fixture(autouse=True)
def on_sqlite(world: World) -> None:
    if not (world.data / "hemicycle.sqlite3").exists():
        pytest.skip("Only SQLite has a file that can be taken away.")


def test_a_database_that_was_taken_away_is_said_to_be_away_and_no_other_is_made(world: World) -> None:
    database, aside = world.data / "hemicycle.sqlite3", world.data / "aside.sqlite3"
    with Door(world) as door:
        assert door.get("/en/bodies/")[0] == 200
        database.rename(aside)
        status, page = door.get("/en/bodies/")
        assert status == 503
        assert "The book cannot be reached just now" in page
        time.sleep(1)
        assert not database.exists()
        aside.rename(database)
        assert door.get("/en/bodies/")[0] == 200


def test_nobody_waits_long_while_another_program_holds_the_database(world: World) -> None:
    body = b"login=a%40club.example&password=not-the-one"
    with Door(world) as door, closing(sqlite3.connect(world.data / "hemicycle.sqlite3")) as holding:
        token = door.get("/en/sign-in/")[1].partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]
        body += b"&csrfmiddlewaretoken=" + token.encode()
        head = (
            f"POST /en/sign-in/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nCookie: csrftoken={token[:32]}\r\n"
            f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
        ).encode()
        holding.execute("BEGIN IMMEDIATE")
        for longest in (9, 3, 3):
            began = time.monotonic()
            door.raw(head + body)
            assert time.monotonic() - began < longest
        assert door.get("/en/bodies/", timeout=3)[0] == 200
        holding.execute("ROLLBACK")
