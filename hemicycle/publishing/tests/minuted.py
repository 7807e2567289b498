"""Minutes of the club, on their way from the book to the meeting that approves them."""

from datetime import timedelta

from hemicycle.demo.club import Club
from hemicycle.meetings.acts import (
    accredit_members,
    convene_meeting,
    open_sitting,
    participants_came,
    summon,
    take_chair,
)
from hemicycle.meetings.models import Meeting
from hemicycle.publishing.acts import circulate_minutes, draw_up_minutes, revise_minutes
from hemicycle.publishing.communique.written import as_text
from hemicycle.publishing.models import Minutes, MinutesVersion
from hemicycle.publishing.tests.debated import closed
from hemicycle.voting.tests.world import DAY, OPENING, at

A_WEEK = 7 * 24 * 60
UNTIL = DAY + timedelta(days=20)


def drawn_up(club: Club) -> Minutes:
    """Draw up the minutes of a meeting of the club that is over."""
    meeting = closed(club)
    with at(2 * 24 * 60):
        return draw_up_minutes(by=club.secretary, meeting_id=meeting.pk)


def circulated(club: Club) -> Minutes:
    """Send them round."""
    minutes = drawn_up(club)
    with at(3 * 24 * 60):
        circulate_minutes(by=club.secretary, minutes_id=minutes.pk, seen=1, until=UNTIL)
    minutes.refresh_from_db()
    return minutes


def latest(minutes: Minutes) -> MinutesVersion:
    return minutes.versions.order_by("-number")[0]


def text_of(version: MinutesVersion, name: str) -> str:
    return next(as_text(one["blocks"]) for one in version.content["sections"] if one["name"] == name)


def revised(club: Club, minutes: Minutes, name: str, text: str, seen: int, **more: str) -> MinutesVersion:
    return revise_minutes(by=club.secretary, minutes_id=minutes.pk, seen=seen, texts={name: text}, **more)


def next_meeting(club: Club) -> Meeting:
    """Hold the next meeting of the club, up to somebody being in the chair; a week later."""
    start = OPENING + timedelta(minutes=A_WEEK)
    meeting = convene_meeting(
        by=club.chair,
        body_id=club.body.pk,
        kind="ordinary",
        starts=start.date(),
        ends=start.date(),
        sittings=[(start, start + timedelta(hours=2))],
    )
    summon(by=club.secretary, meeting_id=meeting.pk, text="You are called.", waive_because="All were told.")
    sitting = meeting.sittings.get()
    with at(A_WEEK):
        rows = [row.pk for row in accredit_members(by=club.secretary, sitting_id=sitting.pk) if row.votes]
        participants_came(by=club.secretary, sitting_id=sitting.pk, participations=rows[:7])
        take_chair(by=club.chair, sitting_id=sitting.pk, person_id=club.members[0].pk, basis="office")
        open_sitting(by=club.chair, sitting_id=sitting.pk)
    return meeting
