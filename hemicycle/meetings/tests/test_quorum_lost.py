"""Too few are there: what the rules say follows, for the waiting time, at a second call, and when it is adjourned."""

from datetime import datetime, timedelta

import pytest

from hemicycle.bodies.rules import SecondCall, Share
from hemicycle.demo.club import MONDAY, Club
from hemicycle.journal.clock import clock_at
from hemicycle.journal.verify import verify
from hemicycle.meetings.acts import (
    accredit_members,
    call_quorum,
    open_sitting,
    participants_came,
    plan_sitting,
    resume_sitting,
    take_chair,
)
from hemicycle.meetings.models import Sitting
from hemicycle.meetings.queries import quorum_at
from hemicycle.meetings.tests.test_floor_acts import anew, refused, rules, told
from hemicycle.meetings.tests.world import under_way

NOON = MONDAY + timedelta(hours=3)
WEEK = timedelta(days=7)


def later(club: Club, meeting: int, after: timedelta) -> Sitting:
    start = NOON + after
    return plan_sitting(by=club.chair, meeting_id=meeting, start=start, end=start + timedelta(hours=2), lengthen=True)


def hold(club: Club, sitting: Sitting, present: int) -> None:
    accredit_members(by=club.secretary, sitting_id=sitting.pk)
    take_chair(by=club.chair, sitting_id=sitting.pk, person_id=club.members[0].pk, basis="office")
    rows = sitting.participations.filter(capacity="member").order_by("seat")[:present]
    participants_came(by=club.secretary, sitting_id=sitting.pk, participations=[one.pk for one in rows])
    open_sitting(by=club.chair, sitting_id=sitting.pk)


def test_the_waiting_time_runs_from_the_first_count_that_found_too_few(club: Club) -> None:
    rules(club, quorum_wait_minutes=30, quorum_lost="suspend")
    sitting = under_way(club, present=3).sitting
    for minutes, waits in ((0, True), (20, True), (30, False), (45, False)):
        with clock_at(NOON + timedelta(minutes=minutes)):
            call = call_quorum(by=club.chair, sitting_id=sitting.pk)
        assert call.waits_until == (NOON + timedelta(minutes=30) if waits else None)


def test_a_sitting_that_rests_for_want_of_a_quorum_is_resumed_by_a_count_alone(club: Club) -> None:
    rules(club, quorum_lost="suspend")
    sitting = under_way(club, present=3).sitting
    with clock_at(NOON):
        call_quorum(by=club.chair, sitting_id=sitting.pk)
        refused("no_quorum", lambda: resume_sitting(by=club.chair, sitting_id=sitting.pk))
        rows = sitting.participations.filter(capacity="member").order_by("seat")[3:6]
        participants_came(by=club.secretary, sitting_id=sitting.pk, participations=[one.pk for one in rows])
        call_quorum(by=club.chair, sitting_id=sitting.pk)
    assert told("quorum.called").endswith("The sitting goes on.")
    assert anew(sitting).suspension is None


def test_a_sitting_is_adjourned_to_the_next_when_the_waiting_time_is_over(club: Club) -> None:
    rules(club, quorum_wait_minutes=30, quorum_lost="adjourn")
    gathering = under_way(club, present=3)
    following = later(club, gathering.meeting.pk, timedelta(days=1))
    with clock_at(NOON):
        call_quorum(by=club.chair, sitting_id=gathering.sitting.pk)
        assert told("quorum.called").endswith("The sitting is suspended.")
    with clock_at(NOON + timedelta(minutes=30)):
        call_quorum(by=club.chair, sitting_id=gathering.sitting.pk)
    over = anew(gathering.sitting)
    assert (over.closed, over.adjourned_to_id) == (NOON + timedelta(minutes=30), following.pk)
    assert not over.presidings.filter(ends=None).exists()
    assert told("quorum.called").endswith("the meeting goes on in sitting 2, on 3 March 2026.")
    assert not list(verify())


def test_a_sitting_is_adjourned_although_no_later_one_is_planned(club: Club) -> None:
    rules(club, quorum_wait_minutes=0, quorum_lost="adjourn")
    sitting = under_way(club, present=3).sitting
    with clock_at(NOON):
        call_quorum(by=club.chair, sitting_id=sitting.pk)
    assert anew(sitting).closed == NOON
    assert told("quorum.called").endswith("when the meeting goes on is still to be said.")


@pytest.mark.parametrize(("after", "early"), [(timedelta(days=6), True), (WEEK, False)])
def test_a_second_call_waits_for_the_days_of_the_rules_and_has_the_lower_quorum(
    club: Club, after: timedelta, *, early: bool
) -> None:
    lower = SecondCall(Share(1, 3, strict=False), after_days=7)
    rules(club, quorum_wait_minutes=0, quorum_lost="adjourn", second_call=lower)
    gathering = under_way(club, present=3)
    following = later(club, gathering.meeting.pk, after)
    with clock_at(NOON):
        call_quorum(by=club.chair, sitting_id=gathering.sitting.pk)
    moment: datetime = NOON + after
    with clock_at(moment):
        hold(club, following, present=3)
        assert not quorum_at(anew(following), moment).reached
        if early:
            said = refused(
                "second_call_too_early",
                lambda: call_quorum(by=club.chair, sitting_id=following.pk, second=True),
            )
            assert "on 9 March 2026" in said
        else:
            call = call_quorum(by=club.chair, sitting_id=following.pk, second=True)
            assert (call.needed, call.reached, call.second) == (3, True, True)
            assert quorum_at(anew(following), moment).reached


def test_a_presumed_quorum_allows_votes_until_a_count_finds_too_few(club: Club) -> None:
    rules(club, quorum_presumed=True)
    sitting = under_way(club, present=3).sitting
    found = quorum_at(sitting, NOON)
    assert (found.reached, found.presumed, found.allows_votes) == (False, True, True)
    with clock_at(NOON):
        call_quorum(by=club.chair, sitting_id=sitting.pk, asked_by="Eva Egger")
        assert not quorum_at(anew(sitting), NOON).allows_votes
        rows = sitting.participations.filter(capacity="member").order_by("seat")[3:5]
        participants_came(by=club.secretary, sitting_id=sitting.pk, participations=[one.pk for one in rows])
        call_quorum(by=club.chair, sitting_id=sitting.pk)
    assert quorum_at(anew(sitting), NOON).allows_votes
