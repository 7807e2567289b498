"""The bench's own world, in processes of its own: `found` builds a club at its sitting, `act N` acts there."""

import json
import sys
import time
from datetime import timedelta

from hemicycle.ground.opening import open_house

if __name__ == "__main__":
    open_house()

from django.db import transaction

from hemicycle.bodies.models import Body, PostKind
from hemicycle.bodies.queries import actors_of, holders
from hemicycle.command.bench_screens import PAUSE
from hemicycle.command.new_database import make_tables
from hemicycle.demo.club import Club, found_club
from hemicycle.journal.act import Act, Actor
from hemicycle.journal.clock import clock_at, now
from hemicycle.journal.models import Entry
from hemicycle.meetings.acts import (
    accredit_members,
    add_item,
    adopt_agenda,
    convene_meeting,
    open_sitting,
    participants_came,
    summon,
    take_chair,
    take_up_item,
)
from hemicycle.meetings.models import AgendaItem, Meeting


def found() -> None:
    """Build a club at its sitting, with two items to deal with in turn, and tell its keys."""
    make_tables()
    with clock_at(now() - timedelta(days=30)):
        club = found_club()
    meeting = convene(club)
    print(json.dumps({"book": club.body.book_id, "meeting": meeting.pk}), flush=True)


def convene(club: Club) -> Meeting:
    """Open a public sitting of the club."""
    start = now()
    end = start + timedelta(hours=4)
    meeting = convene_meeting(
        by=club.chair,
        body_id=club.body.pk,
        kind="ordinary",
        starts=start.date(),
        ends=end.date(),
        sittings=[(start, end)],
    )
    for title in ("The harbour hall", "The boats"):
        add_item(by=club.chair, meeting_id=meeting.pk, title=title)
    adopt_agenda(by=club.chair, meeting_id=meeting.pk)
    summon(by=club.secretary, meeting_id=meeting.pk, text="Please come.", waive_because="It is only a bench.")
    sitting = meeting.sittings.get()
    accredited = accredit_members(by=club.secretary, sitting_id=sitting.pk)
    take_chair(by=club.chair, sitting_id=sitting.pk, person_id=club.members[0].pk, basis="office")
    there = [row.pk for row in accredited if row.votes]
    participants_came(by=club.secretary, sitting_id=sitting.pk, participations=there)
    open_sitting(by=club.chair, sitting_id=sitting.pk)
    return meeting


def act(times: int) -> None:
    """Take up the items in turn, and tell the moment of each commit by the number of its entry."""
    committed: dict[str, float] = {}
    write = Act.write

    def write_and_stamp(self: Act) -> Entry:
        entry = write(self)
        transaction.on_commit(lambda: committed.update({str(entry.number): time.monotonic()}))
        return entry

    Act.write = write_and_stamp  # type: ignore[method-assign]  # The commit itself is timed, not the act's return.
    items = list(AgendaItem.objects.order_by("ordinal"))
    by = chair()
    for turn in range(times):
        take_up_item(by=by, item_id=items[turn % len(items)].pk)
        time.sleep(PAUSE)
    time.sleep(2)
    print(json.dumps(committed), flush=True)


def chair() -> Actor:
    """Return the club's chair."""
    held = holders(Body.objects.get(), now().date(), PostKind.CHAIR)[0]
    return next(actor for actor in actors_of(held.person_id, now().date()) if actor.capacity == "chair")


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["found"]:
            found()
        case ["act", times]:
            act(int(times))
