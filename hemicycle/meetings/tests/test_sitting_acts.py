"""A sitting is opened, presided over, and closed; one item is dealt with at a time."""

from datetime import timedelta

from hemicycle.demo.club import MONDAY, Club
from hemicycle.journal.clock import clock_at
from hemicycle.journal.models import Entry
from hemicycle.journal.words import sentence
from hemicycle.meetings.acts import (
    close_meeting,
    close_sitting,
    hear_report,
    settle_item,
    take_up_item,
)
from hemicycle.meetings.models import Presence
from hemicycle.meetings.queries import presiding_at, quorum_at
from hemicycle.meetings.tests.world import at, under_way


def told(kind: str) -> str:
    return sentence(Entry.objects.filter(kind=kind).latest("number"))


def test_a_sitting_runs_from_the_chair_to_the_close(club: Club) -> None:
    gathering = under_way(club, present=5)
    hear_report(
        by=club.secretary, item_id=gathering.first.pk, reporter_id=club.members[2].pk, title="State of the boathouse"
    )
    with clock_at(MONDAY + timedelta(hours=4)):
        settle_item(by=club.chair, item_id=gathering.first.pk, outcome="Noted.", happened=at(10))
        take_up_item(by=club.chair, item_id=gathering.second.pk, happened=at(10, 5))
        close_sitting(by=club.chair, sitting_id=gathering.sitting.pk, happened=at(12))
        close_meeting(by=club.chair, meeting_id=gathering.meeting.pk, happened=at(12, 5))
    gathering.sitting.refresh_from_db()
    gathering.second.refresh_from_db()
    assert gathering.sitting.closed == at(12).start
    assert gathering.sitting.current_item is None
    assert gathering.second.state == "pending"
    assert not Presence.objects.filter(went=None).exists()
    assert presiding_at(gathering.sitting, at(11).start) == club.members[0]
    assert presiding_at(gathering.sitting, at(12).start) is None
    assert quorum_at(gathering.sitting, at(11).start).present == 5
    assert quorum_at(gathering.sitting, at(12).start).present == 0
    entries = list(Entry.objects.filter(book=club.body.book))
    assert [entry.number for entry in entries] == list(range(1, len(entries) + 1))
    assert all(sentence(entry) for entry in entries)
