"""A sitting of the club with a motion on the table, built by acts: what tests of voting and after it stand on."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from hemicycle.accounts.access import Access
from hemicycle.demo.club import Club
from hemicycle.journal.clock import clock_at, now
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
from hemicycle.motions.acts import table_motion
from hemicycle.motions.models import Motion
from hemicycle.voting.acts import certify_result, close_ballot, declare_result, open_ballot
from hemicycle.voting.models import Ballot, Result, Vote

DAY = date(2026, 3, 24)
OPENING = datetime(2026, 3, 24, 9, 0, tzinfo=UTC)
POINTS = (("The roof of the harbour hall is repaired.", True), ("The members are thanked.", False))


@dataclass(frozen=True)
class Floor:
    """A sitting at the moment when a motion can be put to the vote."""

    club: Club
    meeting: Meeting
    sitting: Sitting
    item: AgendaItem
    motion: Motion


@contextmanager
def at(minutes: int) -> Iterator[datetime]:
    """Tell the time as so many minutes after the opening of the sitting."""
    with clock_at(OPENING + timedelta(minutes=minutes)):
        yield now()


def floor_of(
    club: Club,
    *,
    present: int = 7,
    access: str = Access.PUBLIC,
    item_access: str = "",
    chaired: bool = True,
    title: str = "Repair of the roof",
    points: Sequence[tuple[str, bool]] = POINTS,
    rehearsal: bool = False,
) -> Floor:
    """Bring the club to its first sitting, with so many of its nine members there and a motion on the current item."""
    meeting = convene_meeting(
        by=club.chair,
        body_id=club.body.pk,
        kind="ordinary",
        starts=DAY,
        ends=DAY,
        sittings=[(OPENING, OPENING + timedelta(hours=4))],
        place="Harbour hall",
        access=access,
        rehearsal=rehearsal,
    )
    item = add_item(by=club.chair, meeting_id=meeting.pk, title="The harbour hall", access=item_access)
    summon(by=club.chair, meeting_id=meeting.pk, text="You are called to the meeting.")
    sitting = meeting.sittings.get()
    with at(0):
        open_sitting(by=club.chair, sitting_id=sitting.pk)
        accredited = accredit_members(by=club.chair, sitting_id=sitting.pk)
        with_vote = sorted((row for row in accredited if row.votes), key=lambda row: row.seat or 0)
        if present:
            participants_came(
                by=club.chair, sitting_id=sitting.pk, participations=[row.pk for row in with_vote[:present]]
            )
        take_chair(by=club.chair, sitting_id=sitting.pk, person_id=club.members[0].pk, basis="office")
        adopt_agenda(by=club.chair, meeting_id=meeting.pk)
        take_up_item(by=club.chair, item_id=item.pk)
        motion = table_motion(
            by=club.chair, item_id=item.pk, title=title, preamble="The hall is older than the club.", points=points
        )
        if not chaired:
            sitting.presidings.update(ends=now())
    return Floor(club, meeting, Sitting.objects.get(pk=sitting.pk), AgendaItem.objects.get(pk=item.pk), motion)


def cast(ballot: Ballot, *choices: str) -> None:
    """Put votes into the box as it does, by number on the list; an empty choice is no vote, “-” a blank paper."""
    Vote.objects.bulk_create(
        Vote(ballot=ballot, voter=voter, choice=choice.replace("-", ""), request=f"r{voter.number}", received=now())
        for voter, choice in zip(ballot.entitled.order_by("number"), choices, strict=False)
        if choice
    )


def counted(floor: Floor, *choices: str) -> Ballot:
    """Put the motion to the vote, let these votes be cast, and close the ballot."""
    with at(10):
        ballot = open_ballot(by=floor.club.chair, motion_id=floor.motion.pk)
        cast(ballot, *choices)
    with at(12):
        return close_ballot(by=floor.club.chair, ballot_id=ballot.pk)


def certified(floor: Floor, *choices: str) -> Result:
    """Carry a vote through to its certified result."""
    result = counted(floor, *choices).results.get()
    with at(13):
        declare_result(by=floor.club.chair, result_id=result.pk)
    with at(14):
        return certify_result(by=floor.club.chair, result_id=result.pk)


def participation_of(floor: Floor, number: int) -> Participation:
    """Return the participation of the club's member with this number, from 0."""
    return floor.sitting.participations.get(person=floor.club.members[number])
