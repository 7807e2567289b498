"""A comparison tells no difference where there is none, and finds one where there is."""

import random
from math import comb, sqrt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hemicycle.decisions.rollup.figures import GREATEST
from hemicycle.plans.rules import comparison
from hemicycle.plans.rules.comparison import (
    FALSE_ALARMS,
    Rate,
    Verdict,
    chance_explains,
    compare,
    limits,
    may_enter,
    pooled,
    tail,
    wilson,
    z_for,
)


def alike(seed: int, units: int = 600, rate: float = 0.7) -> list[Rate]:
    """Return units of one and the same true rate, small and large."""
    dice = random.Random(seed)  # noqa: S311 - A simulation, not a secret.
    found = []
    for unit in range(units):
        whole = dice.randint(15, 400)
        found.append(Rate(unit, sum(dice.random() < rate for _one in range(whole)), whole))
    return found


@pytest.mark.parametrize("seed", range(3))
def test_six_hundred_units_of_equal_true_rate_show_no_distinguishable_difference(seed: int) -> None:
    assert {one.verdict for one in compare(alike(seed))} == {Verdict.ALIKE}


def test_of_many_comparisons_of_equals_no_more_raise_an_alarm_than_are_stated() -> None:
    alarms = sum(
        any(one.verdict != Verdict.ALIKE for one in compare(alike(seed, units=60, rate=0.2)))
        for seed in range(100, 200)
    )
    assert alarms <= 100 * FALSE_ALARMS


def test_a_unit_that_does_differ_is_found_among_six_hundred() -> None:
    rates = [*alike(7), Rate(600, 100, 250), Rate(601, 249, 250)]
    assert [one.verdict for one in compare(rates)[-2:]] == [Verdict.BELOW, Verdict.ABOVE]
    assert sum(one.verdict != Verdict.ALIKE for one in compare(rates)) == 2


def test_wilsons_interval_is_that_of_the_literature_and_stays_within_bounds() -> None:
    found = wilson(81, 263, 1.959963984540054)
    assert (round(found.low, 4), round(found.high, 4)) == (0.2553, 0.3662)
    assert wilson(0, 12, 1.96).low == 0
    assert wilson(12, 12, 1.96).high == 1
    assert round(z_for(1, 0.05), 3) == 1.96
    assert z_for(600) > 4.3


@settings(max_examples=60)
@given(st.integers(1, 60), st.integers(0, 60), st.integers(5, 95))
def test_the_tail_is_the_sum_of_binomial_probabilities(whole: int, counted: int, per_cent: int) -> None:
    part, rate = counted % (whole + 1), per_cent / 100
    counts = range(part, whole + 1) if part >= whole * rate else range(part + 1)
    exact = sum(comb(whole, count) * rate**count * (1 - rate) ** (whole - count) for count in counts)
    assert tail(part, whole, rate) == pytest.approx(exact, rel=1e-9)


@pytest.mark.parametrize("rate", [0.5, 0.07])
@pytest.mark.parametrize("far", [-4.6, -2, -0.3, 0.3, 2, 4.6])
def test_of_very_many_the_tail_is_that_of_the_added_probabilities(
    rate: float, far: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = 20_000_000
    part = round(whole * rate + far * sqrt(whole * rate * (1 - rate)))
    found = tail(part, whole, rate)
    monkeypatch.setattr(comparison, "ADDED_UP", whole)
    assert found == pytest.approx(tail(part, whole, rate), rel=1e-6)


def test_the_funnel_of_the_largest_figures_is_drawn_as_readily() -> None:
    found = limits(GREATEST, 0.5, 600)
    deviation = z_for(600) * sqrt(0.25 / GREATEST)
    assert (found.low, found.high) == pytest.approx((0.5 - deviation, 0.5 + deviation), abs=deviation / 1000)


@settings(max_examples=60)
@given(st.integers(1, 500), st.integers(20, 980), st.integers(1, 600))
def test_a_unit_differs_exactly_where_it_lies_outside_the_funnel(whole: int, mille: int, comparisons: int) -> None:
    rate = mille / 1000
    funnel = limits(whole, rate, comparisons)
    least = FALSE_ALARMS / (2 * comparisons)
    low, high = round(funnel.low * whole), round(funnel.high * whole)
    assert chance_explains(low, whole, rate, comparisons)
    assert chance_explains(high, whole, rate, comparisons)
    for out in ({low - 1} if low else set()) | ({high + 1} if high < whole else set()):
        assert tail(out, whole, rate) < least
        within = wilson(out, whole, z_for(comparisons))
        assert not within.low <= rate <= within.high


def test_who_is_incomplete_disputed_or_no_share_stays_out() -> None:
    assert may_enter(4, 5, 0, 30, 40) == ""
    assert may_enter(3, 5, 0, 30, 40) == "incomplete"
    assert may_enter(4, 5, 1, 30, 40) == "disputed"
    assert may_enter(5, 5, 0, 50, 40) == "no share"
    assert may_enter(0, 5, 0, None, None) == "missing"
    assert may_enter(5, 5, 0, 0, 0) == "missing"


def test_the_rate_of_all_together_is_that_of_their_parts() -> None:
    assert pooled([Rate(1, 1, 2), Rate(2, 30, 98)]) == pooled([Rate(3, 31, 100)])
    assert compare([]) == []
