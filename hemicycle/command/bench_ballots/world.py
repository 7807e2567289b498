"""The bench's own world, in processes of its own: `found N`, `open`, `close`, `rows SIZE`, `closings`."""

import json
import os
import sqlite3
import sys
import time
from itertools import count
from pathlib import Path
from typing import Any

from hemicycle.ground.opening import open_house

if __name__ == "__main__":
    open_house()

from datetime import timedelta

from django.db import connection

from hemicycle.accounts.acts import NewPerson, register_persons
from hemicycle.bodies.acts import Holding, create_post, give_posts
from hemicycle.bodies.models import PostKind
from hemicycle.command.bench_ballots.phones import CARDS
from hemicycle.command.bench_screens.world import chair, convene
from hemicycle.command.new_database import make_tables
from hemicycle.demo.club import Club, found_club
from hemicycle.journal.clock import clock_at, now
from hemicycle.meetings.acts import take_up_item
from hemicycle.meetings.models import AgendaItem
from hemicycle.motions.acts import table_motion
from hemicycle.motions.models import Motion
from hemicycle.voting.acts import close_ballot, declare_result, open_ballot
from hemicycle.voting.card import issue_card
from hemicycle.voting.casting import Cast, cast_many
from hemicycle.voting.models import Ballot, Choice

EARLIER = 20


def found(voters: int) -> None:
    """Build a club of so many at its sitting."""
    make_tables()
    with clock_at(now() - timedelta(days=30)):
        club = found_club()
        enlarge(club, voters - len(club.members))
    convene(club)
    take_up_item(by=club.chair, item_id=AgendaItem.objects.order_by("ordinal")[0].pk)


def enlarge(club: Club, more: int) -> None:
    """Give so many more persons a seat with a vote."""
    if not more:
        return
    people = register_persons(by=club.administrator, people=[NewPerson(f"Voter {one}") for one in range(more)])
    seat = create_post(
        by=club.administrator, body_id=club.body.pk, kind=PostKind.FULL, title="delegate", seats=more, votes=True
    )
    start, places = club.term.starts, count(len(club.members) + 1)
    holdings = [Holding(seat.pk, person.pk, start, seat=next(places)) for person in people]
    give_posts(by=club.administrator, holdings=holdings)


def opened() -> Ballot:
    """Put a motion of its own to the vote."""
    by, number = chair(), Motion.objects.count() + 1
    item = AgendaItem.objects.order_by("ordinal")[0]
    motion = table_motion(by=by, item_id=item.pk, title=f"Motion {number}", preamble="The roof is old.")
    return open_ballot(by=by, motion_id=motion.pk)


def hand_out() -> None:
    """Open a ballot and write down its cards."""
    ballot = opened()
    cards = [issue_card(ballot.pk, voter) for voter in ballot.entitled.values_list("pk", flat=True)]
    told = json.dumps({"ballot": ballot.pk, "cards": cards})
    Path(os.environ["BENCH_FOLDER"], CARDS).write_text(told, encoding="ascii")


def closed(ballot_id: int) -> float:
    """Close a ballot, count and declare it; return the milliseconds that took."""
    by, began = chair(), time.perf_counter()
    result = close_ballot(by=by, ballot_id=ballot_id).results.get()
    declare_result(by=by, result_id=result.pk)
    return 1000 * (time.perf_counter() - began)


def voted_and_closed() -> float:
    """Open a ballot, let everybody vote, and close it."""
    ballot, moment = opened(), now()
    voters = enumerate(ballot.entitled.values_list("pk", flat=True))
    cast_many(ballot_id=ballot.pk, votes=[Cast(voter, Choice.values[number % 3], moment) for number, voter in voters])
    return closed(ballot.pk)


def closings() -> dict[str, float]:
    """Return how long a ballot takes to close after two, and after twenty; each the quickest of three."""
    first = min(voted_and_closed() for _ in range(3))
    while Ballot.objects.count() < EARLIER:
        voted_and_closed()
    after = min(voted_and_closed() for _ in range(3))
    return {"close_ms": round(first, 1), "close_ms_after_20_ballots": round(after, 1)}


def rows(size: int, seconds: float = 2.0) -> dict[str, int]:
    """Write rows of a vote's shape with the bare driver, so many in one durable transaction, for a while."""
    bare, insert = bare_driver()
    bare.execute(
        "CREATE TABLE bench_vote (ballot bigint, voter bigint PRIMARY KEY, choice text, request text, received text)"
    )
    made, began = 0, time.perf_counter()
    while (took := time.perf_counter() - began) < seconds:
        some = [(1, made + one, "against", f"r{made + one}", "2026-03-24 09:00:00+00:00") for one in range(size)]
        insert(bare, some)
        made += size
    return {"rows_per_s": round(made / took)}


def bare_driver() -> tuple[Any, Any]:
    """Return a plain connection that commits by itself, and what writes many rows with one statement."""
    if connection.vendor == "postgresql":
        connection.ensure_connection()
        connection.set_autocommit(True)
        return connection.connection, lambda bare, some: bare.execute(
            "INSERT INTO bench_vote "
            "SELECT * FROM unnest(%s::bigint[], %s::bigint[], %s::text[], %s::text[], %s::text[])",
            [list(column) for column in zip(*some, strict=True)],
        )
    bare = sqlite3.connect(str(connection.settings_dict["NAME"]), isolation_level=None)
    bare.execute("PRAGMA synchronous = FULL")

    def insert(bare: sqlite3.Connection, some: list[tuple[Any, ...]]) -> None:
        values = [value for row in some for value in row]
        places = ", ".join(["(?, ?, ?, ?, ?)"] * len(some))
        bare.execute(f"INSERT INTO bench_vote VALUES {places}", values)  # noqa: S608  # Places for values alone.

    return bare, insert


def main(what: str, *size: str) -> None:
    """Do what is asked and say what came of it."""
    told: Any = {}
    match what:
        case "found":
            found(int(size[0]))
        case "open":
            hand_out()
        case "close":
            closed(Ballot.objects.get(closed=None, voided=None).pk)
        case "rows":
            told = rows(int(size[0]))
        case "closings":
            told = closings()
    print(json.dumps(told), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
