"""Whatever is entered of the chair, one person presides at any moment of an open sitting that does not rest."""

from collections.abc import Callable
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hemicycle.demo.club import MONDAY, Club
from hemicycle.journal.act import Refused
from hemicycle.journal.clock import clock_at
from hemicycle.meetings.acts import (
    accredit_members,
    close_sitting,
    declare_interest,
    leave_chair,
    open_sitting,
    participant_came,
    participant_went,
    resume_sitting,
    suspend_sitting,
    take_chair,
    take_up_item,
)
from hemicycle.meetings.models import Sitting
from hemicycle.meetings.rules import next_in_chair
from hemicycle.meetings.tests.test_floor_acts import rules
from hemicycle.meetings.tests.world import Gathering, convened
from tests.world import taken_back

ACTS = ("take", "hand over", "leave", "came", "went", "suspend", "resume", "concerned", "take up", "open", "close")
steps = st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 3), st.integers(0, 20)), min_size=3, max_size=14)


def attempt(club: Club, gathering: Gathering, name: str, who: int) -> Callable[[], object]:
    """Return an act by name, on the member with this number or the item with it."""
    sitting, person = gathering.sitting.pk, club.members[who].pk
    part = gathering.sitting.participations.get(person=person).pk
    item = (gathering.first, gathering.second)[who % 2].pk
    basis = "office" if who == 0 else "seniority"
    by = club.secretary
    return {
        "take": lambda: take_chair(by=by, sitting_id=sitting, person_id=person, basis=basis),
        "hand over": lambda: take_chair(by=by, sitting_id=sitting, person_id=person, basis=basis, hands_over=True),
        "leave": lambda: leave_chair(by=by, sitting_id=sitting),
        "came": lambda: participant_came(by=by, participation_id=part),
        "went": lambda: participant_went(by=by, participation_id=part),
        "suspend": lambda: suspend_sitting(by=by, sitting_id=sitting),
        "resume": lambda: resume_sitting(by=by, sitting_id=sitting),
        "concerned": lambda: declare_interest(by=by, item_id=item, person_id=person, nature="kin"),
        "take up": lambda: take_up_item(by=by, item_id=item),
        "open": lambda: open_sitting(by=by, sitting_id=sitting),
        "close": lambda: close_sitting(by=by, sitting_id=sitting),
    }[name]


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(steps)
def test_exactly_one_person_presides_at_any_moment_of_a_sitting_at_work(
    club: Club, entered: list[tuple[str, int, int]]
) -> None:
    with taken_back():
        rules(club, presiding=("office", "seniority"))
        gathering = convened(club)
        accredit_members(by=club.secretary, sitting_id=gathering.sitting.pk)
        moment = MONDAY
        for name, who, minutes in entered:
            moment += timedelta(minutes=minutes)
            with clock_at(moment):
                try:
                    attempt(club, gathering, name, who)()
                except Refused:
                    continue
        holds(Sitting.objects.get(pk=gathering.sitting.pk), minutes=int((moment - MONDAY).total_seconds() // 60) + 2)


def holds(sitting: Sitting, minutes: int) -> None:
    """Count by hand, minute by minute and between them, who presided and whether the sitting rested."""
    chairs = list(sitting.presidings.values_list("starts", "ends"))
    rests = list(sitting.suspensions.values_list("starts", "ends"))
    for half in range(minutes * 2):
        moment = MONDAY + timedelta(seconds=30 * half)
        if sitting.opened is None or moment < sitting.opened or (sitting.closed and moment >= sitting.closed):
            continue
        presiding = [1 for starts, ends in chairs if starts <= moment and not (ends and ends <= moment)]
        resting = [1 for starts, ends in rests if starts <= moment and not (ends and ends <= moment)]
        assert len(presiding) <= 1
        assert presiding or resting
        assert len(resting) <= 1


people = st.lists(st.integers(1, 8), unique=True)


@given(
    st.lists(st.sampled_from(["office", "authorization", "election", "seniority"]), unique=True),
    people,
    people,
    st.sets(st.integers(1, 8)),
    st.sets(st.integers(1, 8)),
)
def test_the_chair_goes_to_the_first_in_the_order_who_is_there_and_may(
    bases: list[str], offices: list[int], seniors: list[int], present: set[int], barred: set[int]
) -> None:
    found = next_in_chair(bases, offices=offices, seniors=seniors, present=present, barred=barred)
    called = [(person, "office") for person in offices if "office" in bases]
    by_age = [(person, "seniority") for person in seniors if "seniority" in bases]
    office_first = "seniority" not in bases or ("office" in bases and bases.index("office") < bases.index("seniority"))
    line = called + by_age if office_first else by_age + called
    able = [one for one in line if one[0] in present - barred]
    assert found == (able[0] if able else None)
