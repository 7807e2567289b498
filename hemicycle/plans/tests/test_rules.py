"""What figures come to: exactly, whatever their order, and never more complete than they are."""

import random
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hemicycle.decisions.rollup.figures import NoFigure, plain, scaled, shown
from hemicycle.plans.rules.measure import (
    Curve,
    Direction,
    Light,
    Measure,
    OverTime,
    OverUnits,
    Report,
    allowed,
    expectation,
    forecast,
    judged,
    latest,
    light,
    required_rate,
    total,
)
from hemicycle.plans.rules.periods import Span

START = date(2026, 4, 1)
HUNDRED = Span(START, START + timedelta(days=99))
NUMBER = Measure(0, None, Direction.MORE, OverTime.SUM, OverUnits.SUM, Curve.EVEN)
RATE = Measure(1, 100, Direction.MORE, OverTime.LAST, OverUnits.RATIO, Curve.EVEN)
WEIGHTED = Measure(0, None, Direction.MORE, OverTime.LAST, OverUnits.WEIGHTED, Curve.EVEN)
whole = st.integers(0, 10**9)


@given(st.integers(-(10**12), 10**12), st.integers(0, 4))
def test_a_figure_is_read_as_it_is_written(value: int, places: int) -> None:
    from hemicycle.decisions.rollup.figures import exact

    assert exact(plain(value, places), places) == value


@pytest.mark.parametrize(
    ("typed", "places", "reason"),
    [
        ("1,234", 0, "ambiguous"),
        ("1.234", 3, "ambiguous"),
        ("12.34", 1, "too exact"),
        ("twelve", 0, "not a number"),
        ("1e3", 0, "not a number"),
        ("", 0, "not a number"),
        ("1,2,3", 0, "not a number"),
        ("١٢", 0, "not a number"),
        ("9" * 17, 0, "too large"),
    ],
)
def test_what_is_no_figure_is_refused_by_name(typed: str, places: int, reason: str) -> None:
    with pytest.raises(NoFigure) as caught:
        scaled(typed, places)
    assert caught.value.reason == reason


@pytest.mark.parametrize(
    ("typed", "places", "value"), [("1 234", 0, 1234), ("12,5", 1, 125), ("0.125", 3, 125), ("-3", 2, -300)]
)
def test_spaces_and_either_mark_of_decimals_are_read(typed: str, places: int, value: int) -> None:
    assert scaled(typed, places) == value


def test_a_figure_is_shown_rounded_half_away_from_nought() -> None:
    assert [shown(Fraction(value), 1) for value in (125, Fraction(1251, 2), -5)] == ["12.5", "62.6", "−0.5"]
    assert (shown(1234567, 0), shown(1234, 0), shown(None, 0)) == ("1\u202f234\u202f567", "1234", "")


@given(
    st.lists(st.tuples(st.integers(1, 5), st.integers(1, 4), whole), unique_by=lambda one: one[:2]), st.integers(0, 999)
)
def test_a_sum_is_exact_in_any_order_and_its_parts_are_counted(parts: list[tuple[int, int, int]], seed: int) -> None:
    reports = [Report(unit, period, START, value) for unit, period, value in parts]
    shuffled = random.Random(seed).sample(reports, len(reports))  # noqa: S311 - An order, not a secret.
    found = total(NUMBER, latest(shuffled, START), range(1, 6), range(1, 5), expected=20)
    assert found.value == (sum(value for *_where, value in parts) if parts else None)
    assert (found.reported, found.missing) == (len(parts), 20 - len(parts))


@given(st.lists(st.tuples(whole, st.integers(1, 10**9)), min_size=1, max_size=5))
def test_a_rate_of_several_units_comes_from_their_numerators_and_denominators(rates: list[tuple[int, int]]) -> None:
    reports = [Report(unit, 1, START, *rate) for unit, rate in enumerate(rates)]
    found = total(RATE, latest(reports, START), range(len(rates)), [1], expected=len(rates))
    assert found.value == Fraction(sum(one for one, _of in rates) * 1000, sum(of for _one, of in rates))


def test_a_weighted_figure_is_told_only_where_every_part_of_it_is_there() -> None:
    reports = [Report(1, 1, START, 50), Report(2, 1, START, 100)]
    weights = {1: Fraction(1, 4), 2: Fraction(3, 4)}
    found = total(WEIGHTED, latest(reports, START), [1, 2], [1], weights, expected=2)
    assert found.value == Fraction(175, 2)
    missing = total(WEIGHTED, latest(reports[:1], START), [1, 2], [1], weights, expected=2)
    assert (missing.value, missing.missing) == (None, 1)
    assert total(WEIGHTED, latest(reports, START), [1], [1], expected=1).value == 50


def test_the_last_report_up_to_a_day_counts_and_a_disputed_one_is_left_out() -> None:
    reports = [
        Report(1, 1, START, 5),
        Report(1, 1, START + timedelta(days=2), 9, None, disputed=True),
        Report(1, 1, START + timedelta(days=9), 12),
    ]
    values = [total(NUMBER, latest(reports, START + timedelta(days=day)), [1], [1], expected=1) for day in (0, 3, 9)]
    assert [(one.value, one.disputed, one.missing) for one in values] == [(5, 0, 0), (None, 1, 0), (12, 0, 0)]


@given(st.sampled_from(Curve), st.fractions(0, 1), st.fractions(0, 1))
def test_every_curve_goes_from_nought_to_the_whole_and_never_back(curve: Curve, one: Fraction, other: Fraction) -> None:
    low, high = sorted((one, other))
    assert curve.at(Fraction(0)) == 0
    assert curve.at(Fraction(1)) == 1
    assert curve.at(low) <= curve.at(high)


def test_the_expectation_is_in_proportion_to_the_days_gone_by() -> None:
    day = START + timedelta(days=24)
    assert expectation(NUMBER, None, 400, HUNDRED, day) == 100
    assert expectation(RATE, Fraction(500), 900, HUNDRED, day) == 600
    assert expectation(RATE, None, 900, HUNDRED, day) == 900
    assert expectation(NUMBER, None, 400, HUNDRED, START + timedelta(days=500)) == 400


@pytest.mark.parametrize(
    ("direction", "value", "upper", "stands"),
    [
        (Direction.MORE, 95, None, Light.GREEN),
        (Direction.MORE, 94, None, Light.AMBER),
        (Direction.MORE, 79, None, Light.RED),
        (Direction.LESS, 105, None, Light.GREEN),
        (Direction.LESS, 120, None, Light.AMBER),
        (Direction.LESS, 121, None, Light.RED),
        (Direction.WITHIN, 150, 200, Light.GREEN),
        (Direction.WITHIN, 220, 200, Light.AMBER),
        (Direction.WITHIN, 70, 200, Light.RED),
        (Direction.MORE, None, None, Light.GREY),
    ],
)
def test_a_light_follows_the_stated_shares(
    direction: Direction, value: int | None, upper: int | None, stands: Light
) -> None:
    measure = Measure(0, None, direction, OverTime.SUM, OverUnits.SUM, Curve.EVEN)
    most = None if upper is None else Fraction(upper)
    assert light(measure, None if value is None else Fraction(value), Fraction(100), most) == stands


@pytest.mark.parametrize(
    ("direction", "value", "stands"),
    [
        (Direction.MORE, 100, Light.GREEN),
        (Direction.MORE, 99, Light.AMBER),
        (Direction.MORE, 79, Light.RED),
        (Direction.LESS, 100, Light.GREEN),
        (Direction.LESS, 101, Light.AMBER),
        (Direction.WITHIN, 200, Light.GREEN),
        (Direction.WITHIN, 201, Light.AMBER),
    ],
)
def test_once_the_time_is_over_short_of_it_is_short_of_it(direction: Direction, value: int, stands: Light) -> None:
    measure = Measure(0, None, direction, OverTime.SUM, OverUnits.SUM, Curve.EVEN)
    upper = Fraction(200) if direction == Direction.WITHIN else None
    assert light(measure, Fraction(value), Fraction(100), upper, over=True) == stands


@pytest.mark.parametrize(
    ("baseline", "days", "low", "high"),
    [(8, 25, 5, 10), (20, 0, 5, 20), (20, 50, 5, 15), (20, 100, 5, 10), (1, 50, 3, 10), (None, 50, 5, 10)],
)
def test_bounds_are_approached_from_outside_and_hold_from_inside(
    baseline: int | None, days: int, low: int, high: int
) -> None:
    measure = Measure(0, None, Direction.WITHIN, OverTime.LAST, OverUnits.SUM, Curve.EVEN)
    start, day = None if baseline is None else Fraction(baseline), START + timedelta(days=days - 1)
    assert expectation(measure, start, 5, HUNDRED, day) == low
    assert allowed(measure, start, 10, HUNDRED, day) == high


def test_a_total_with_a_report_missing_is_incomplete_and_not_behind() -> None:
    reports = [Report(unit, 1, START, 40) for unit in (1, 2)]
    found = total(NUMBER, latest(reports, START), [1, 2, 3], [1], expected=3)
    assert judged(NUMBER, found, Fraction(120)) == Light.OPEN
    whole = total(NUMBER, latest([*reports, Report(3, 1, START, 40)], START), [1, 2, 3], [1], expected=3)
    assert judged(NUMBER, whole, Fraction(120)) == Light.GREEN
    assert judged(NUMBER, total(NUMBER, {}, [1], [1], expected=1), Fraction(120)) == Light.GREY


def test_a_sum_that_only_grows_is_settled_once_nothing_missing_could_change_it() -> None:
    less = replace(NUMBER, direction=Direction.LESS)
    enough = total(NUMBER, latest([Report(1, 1, START, 130)], START), [1, 2], [1], expected=2)
    assert (enough.whole, judged(NUMBER, enough, Fraction(120))) == (False, Light.GREEN)
    assert judged(less, enough, Fraction(100)) == Light.RED
    assert judged(less, enough, Fraction(130)) == Light.OPEN
    sinking = latest([Report(1, 1, START, 140), Report(2, 1, START, -10)], START)
    assert judged(NUMBER, total(NUMBER, sinking, [1, 2, 3], [1], expected=3), Fraction(120)) == Light.OPEN
    level = replace(NUMBER, over_time=OverTime.LAST)
    assert (
        judged(level, total(level, latest([Report(1, 1, START, 130)], START), [1, 2], [1], expected=2), Fraction(120))
        == Light.OPEN
    )


def test_the_rate_still_needed_counts_the_days_that_are_left() -> None:
    day = START + timedelta(days=59)
    assert required_rate(NUMBER, Fraction(100), 400, HUNDRED, day) == Fraction(300, 40)
    assert required_rate(NUMBER, Fraction(500), 400, HUNDRED, day) == 0
    assert required_rate(NUMBER, Fraction(0), 400, HUNDRED, START - timedelta(days=9)) == 4
    assert required_rate(NUMBER, None, 400, HUNDRED, day) is None
    assert required_rate(NUMBER, Fraction(1), 400, HUNDRED, HUNDRED.ends) is None


def test_a_forecast_goes_on_at_the_pace_so_far_between_the_slowest_and_the_fastest() -> None:
    points = [(START + timedelta(days=9), Fraction(10)), (START + timedelta(days=19), Fraction(40))]
    found = forecast(NUMBER, points, HUNDRED)
    assert found is not None
    assert (found.middle, found.low, found.high) == (200, 120, 280)
    assert forecast(RATE, points[:1], HUNDRED) is None


def test_a_share_comes_to_no_more_than_all_and_no_rate_to_less_than_nothing() -> None:
    rising = [(START + timedelta(days=9), Fraction(10)), (START + timedelta(days=19), Fraction(60))]
    open_end = forecast(RATE, rising, HUNDRED)
    assert open_end is not None
    assert open_end.middle == 60 + 5 * 80
    found = forecast(RATE, rising, HUNDRED, most=100)
    assert found is not None
    assert (found.middle, found.low, found.high) == (100, 100, 100)
    falling = forecast(RATE, [(START, Fraction(60)), (START + timedelta(days=20), Fraction(10))], HUNDRED, most=100)
    assert falling is not None
    assert (falling.middle, falling.low, falling.high) == (0, 0, 0)


@settings(max_examples=50)
@given(st.lists(st.tuples(st.integers(0, 99), whole), max_size=6), st.integers(0, 99))
def test_a_forecast_lies_within_its_band(made: list[tuple[int, int]], day: int) -> None:
    points = [(START + timedelta(days=at), Fraction(value)) for at, value in dict(made).items()]
    found = forecast(NUMBER, points, HUNDRED)
    assert (found is None) == (not points)
    if found:
        assert found.low <= found.middle <= found.high
