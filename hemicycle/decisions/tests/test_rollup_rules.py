"""What figures come to, by the rule that was stated."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from hemicycle.decisions.rollup.rules import (
    WHOLE_SHARE,
    Aimed,
    Figure,
    Own,
    Sums,
    Told,
    closes,
    figure_of,
    first_day,
    open_periods,
    own_of,
    periods,
    share,
    weights_fault,
)
from hemicycle.decisions.rollup.rules import given as gives

MARCH, APRIL = date(2026, 3, 1), date(2026, 4, 1)
DAYS = st.dates(date(2000, 1, 1), date(2090, 1, 1))


def test_what_was_not_reported_is_missing_and_not_nothing() -> None:
    assert own_of("sum", []) == Own()
    assert own_of("sum", [Told(0)]) == Own(0, 0, reported=True)
    missing = figure_of(Aimed("sum", 10), Own(), Sums())
    assert (missing.reported, missing.expected, missing.complete) == (0, 1, False)


def test_a_later_report_for_the_same_period_corrects_and_periods_are_added() -> None:
    told = [Told(5, 10, MARCH), Told(7, 10, APRIL), Told(6, 12, MARCH)]
    assert own_of("sum", told) == Own(13, 22, reported=True)
    assert own_of("milestone", told) == Own(7, 0, reported=True)


def test_percentages_are_never_added() -> None:
    whole = Aimed("ratio", 95, 100)
    parts = [Figure(90, 100, 1, 1), Figure(1, 10, 1, 1)]
    sums = sum((gives(Aimed("ratio"), part, "ratio", counts=True) for part in parts), Sums())
    assert figure_of(whole, Own(), sums) == Figure(91, 110, 2, 2)
    assert share(whole, Figure(91, 110, 2, 2)) == 91 * 100 * WHOLE_SHARE // (110 * 95)


def test_weighted_parts_count_by_how_far_they_are_and_those_who_reported_nothing_are_left_out() -> None:
    done = gives(Aimed("sum", 200, weight=7_500), Figure(100, 200, 1, 1), "weighted", counts=True)
    silent = gives(Aimed("sum", 10, weight=2_500), Figure(0, 10, 0, 1), "weighted", counts=True)
    assert done + silent == Sums(7_500 * 500_000, 7_500, 1, 2, 2)
    beyond = gives(Aimed("sum", 10, weight=2_500), Figure(90, 10, 1, 1), "weighted", counts=True)
    assert beyond.value == 2_500 * WHOLE_SHARE
    assert gives(Aimed("sum", 10), Figure(5, 10, 1, 1), "sum", counts=False) == Sums()


def test_a_share_is_taken_without_the_overflow_of_what_is_more_than_asked() -> None:
    assert share(Aimed("sum", 10), Figure(15, 10, 1, 1)) == WHOLE_SHARE
    assert share(Aimed("sum"), Figure(15, 0, 1, 1)) == 0


def test_weights_come_to_the_whole() -> None:
    assert weights_fault([], [5_000, 5_000]) is None
    assert weights_fault([4_000], [5_000, 1_000]) is None
    assert weights_fault([], [5_000, 4_999]) == 9_999


@given(st.sampled_from(["month", "quarter"]), DAYS, st.integers(0, 900))
def test_every_day_from_issue_to_due_lies_in_exactly_one_period(every: str, issued: date, days: int) -> None:
    due = issued + timedelta(days)
    found = periods(every, issued, due)
    assert found == sorted(set(found))
    assert {first_day(every, issued + timedelta(day)) for day in range(0, days + 1, 7)} <= set(found)
    assert (found[0], found[-1]) == (first_day(every, issued), first_day(every, due))


def test_a_period_closes_some_days_after_its_end_but_the_last_one_stays_open_for_what_is_late() -> None:
    issued, due = date(2026, 3, 10), date(2026, 5, 20)
    assert closes("month", MARCH, 15) == date(2026, 4, 15)
    for today, expected in (
        (date(2026, 3, 11), [MARCH]),
        (date(2026, 4, 15), [MARCH, APRIL]),
        (date(2026, 4, 16), [APRIL]),
        (date(2027, 1, 1), [date(2026, 5, 1)]),
    ):
        assert open_periods("month", issued, due, today, grace=15) == expected
    assert first_day("quarter", date(2026, 12, 31)) == date(2026, 10, 1)
