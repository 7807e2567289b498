"""A meeting of the club on its way, for the tests of this room and of those above it."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.test import Client

from hemicycle.accounts.models import Account, Person
from hemicycle.demo.club import Club
from hemicycle.journal.act import Happened
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
from hemicycle.meetings.models import AgendaItem, Meeting, Participation, Sitting

DAY = date(2026, 3, 2)
STARTS = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ENDS = datetime(2026, 3, 2, 17, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Gathering:
    """A meeting on that Monday with one sitting and two items."""

    meeting: Meeting
    sitting: Sitting
    first: AgendaItem
    second: AgendaItem


def at(hour: int, minute: int = 0) -> Happened:
    """Return a moment of that Monday, UTC."""
    return Happened("moment", datetime(2026, 3, 2, hour, minute, tzinfo=UTC), reason="kept on paper")


def convened(club: Club) -> Gathering:
    """Convene the club for Monday, with a summons and an adopted agenda of two items."""
    meeting = convene_meeting(by=club.chair, body_id=club.body.pk, starts=DAY, ends=DAY, sittings=[(STARTS, ENDS)])
    first = add_item(by=club.chair, meeting_id=meeting.pk, title="The boathouse")
    second = add_item(by=club.chair, meeting_id=meeting.pk, title="Fees", referred_by="the treasurer")
    adopt_agenda(by=club.chair, meeting_id=meeting.pk)
    summon(by=club.secretary, meeting_id=meeting.pk, text="Please come.", waive_because="Everybody agreed.")
    return Gathering(meeting, meeting.sittings.get(), first, second)


def under_way(club: Club, present: int = 9) -> Gathering:
    """Convene the club and open its sitting, the President in the chair, this many members there, item 1 taken up."""
    gathering = convened(club)
    accredit_members(by=club.secretary, sitting_id=gathering.sitting.pk)
    take_chair(by=club.chair, sitting_id=gathering.sitting.pk, person_id=club.members[0].pk, basis="office")
    members = Participation.objects.filter(sitting=gathering.sitting, capacity="member").order_by("seat")[:present]
    participants_came(by=club.secretary, sitting_id=gathering.sitting.pk, participations=[one.pk for one in members])
    open_sitting(by=club.chair, sitting_id=gathering.sitting.pk)
    take_up_item(by=club.chair, item_id=gathering.first.pk)
    for row in (gathering.meeting, gathering.sitting, gathering.first, gathering.second):
        row.refresh_from_db()
    return gathering


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(Account.objects.get(person=person))
    return client
