"""What a figure comes to, over time and over units, against what was to be expected by a day.

A figure is a whole number of hundredths, tenths or wholes, as the indicator's `places` say; a rate is its numerator and
its denominator, never a percentage. What is worked out from them is an exact fraction.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise

from hemicycle.plans.rules.periods import Span

WHOLE_WEIGHT = 10_000
# Within these shares of what was to be expected a figure is on course, or only a little behind.
ON_COURSE = Fraction(95, 100)
A_LITTLE_BEHIND = Fraction(80, 100)


class Direction(StrEnum):
    """Which way is better."""

    MORE = "more"
    LESS = "less"
    WITHIN = "within"


class OverTime(StrEnum):
    """What the figures of shorter periods come to in a longer one."""

    SUM = "sum"
    LAST = "last"


class OverUnits(StrEnum):
    """What the figures of several units come to together."""

    SUM = "sum"
    RATIO = "ratio"
    WEIGHTED = "weighted"


class Curve(StrEnum):
    """How much of the way is to be gone by which share of the time."""

    EVEN = "even"
    LATE = "late"
    EARLY = "early"
    SLOW_ENDS = "slow ends"

    def at(self, gone: Fraction) -> Fraction:
        """Return the share of the way expected once this share of the time has gone by: t, t², 2t−t², 3t²−2t³."""
        match self:
            case Curve.EVEN:
                return gone
            case Curve.LATE:
                return gone**2
            case Curve.EARLY:
                return 2 * gone - gone**2
            case Curve.SLOW_ENDS:
                return 3 * gone**2 - 2 * gone**3


class Light(StrEnum):
    """How a figure stands against the expectation."""

    GREEN = "on course"
    AMBER = "a little behind"
    RED = "far behind"
    OPEN = "incomplete"
    GREY = "no figure"


@dataclass(frozen=True)
class Measure:
    """How an indicator is measured. `per`: what a rate is told per (100, 1000), None for what is no rate."""

    places: int
    per: int | None
    direction: Direction
    over_time: OverTime
    over_units: OverUnits
    curve: Curve

    @property
    def adds_up(self) -> bool:
        """Whether it starts from nought and every part of the time adds to it: what is no level and no rate."""
        return self.over_time == OverTime.SUM and self.per is None

    def value(self, numerator: int, denominator: int | None) -> Fraction | None:
        """Return what a figure comes to, in steps of its last place; None where its denominator is nought."""
        if self.per is None:
            return Fraction(numerator)
        return Fraction(numerator * self.per * 10**self.places, denominator) if denominator else None


@dataclass(frozen=True)
class Report:
    """What a unit reported for one of the shortest periods: how much there was in it up to a day."""

    unit: int
    period: int
    day: date
    numerator: int
    denominator: int | None = None
    disputed: bool = False


@dataclass(frozen=True)
class Total:
    """What reports come to, and how complete that is: how many there are, were disputed, and should be.

    `only_grows`: it is a sum, and none of the reports is below nought, so that what is missing can but add to it.
    """

    value: Fraction | None
    numerator: int | None
    denominator: int | None
    reported: int
    expected: int
    disputed: int = 0
    only_grows: bool = False

    @property
    def missing(self) -> int:
        """How many reports are missing."""
        return max(self.expected - self.reported - self.disputed, 0)

    @property
    def whole(self) -> bool:
        """Whether every report is there and none is disputed."""
        return self.reported >= self.expected


def latest(reports: Iterable[Report], day: date) -> dict[tuple[int, int], Report]:
    """Return the last report of each unit for each period up to a day; of one day's, the one that comes last."""
    found: dict[tuple[int, int], Report] = {}
    for report in reports:
        before = found.get((report.unit, report.period))
        if report.day <= day and (before is None or before.day <= report.day):
            found[report.unit, report.period] = report
    return found


def total(
    measure: Measure,
    reports: Mapping[tuple[int, int], Report],
    units: Sequence[int],
    leaves: Sequence[int],
    weights: Mapping[int, Fraction] | None = None,
    *,
    expected: int,
) -> Total:
    """Return what the reports of these units for these periods, in the order of time, come to.

    What is missing or disputed is left out of the value and counted, never taken as nought. A weighted value of several
    units is told only where every one of them has one: without its share it would be another figure. `weights`: what
    part of the whole each unit is.
    """
    parts: dict[int, tuple[int, int | None]] = {}
    reported = disputed = 0
    only_grows = measure.adds_up
    for unit in units:
        found = [reports[unit, leaf] for leaf in leaves if (unit, leaf) in reports]
        sound = [report for report in found if not report.disputed]
        reported += len(sound)
        disputed += len(found) - len(sound)
        only_grows = only_grows and all(report.numerator >= 0 for report in found)
        if sound:
            parts[unit] = over_time(measure, sound)
    if not parts:
        return Total(None, None, None, reported, expected, disputed)
    if measure.over_units == OverUnits.WEIGHTED and len(units) > 1:
        return Total(weighted(measure, parts, units, weights or {}), None, None, reported, expected, disputed)
    numerator = sum(part[0] for part in parts.values())
    denominator = sum(part[1] or 0 for part in parts.values()) if measure.per is not None else None
    return Total(
        measure.value(numerator, denominator), numerator, denominator, reported, expected, disputed, only_grows
    )


def over_time(measure: Measure, reports: Sequence[Report]) -> tuple[int, int | None]:
    """Return what the reports of one unit come to, in the order of their periods."""
    if measure.over_time == OverTime.LAST:
        return reports[-1].numerator, reports[-1].denominator
    denominator = sum(report.denominator or 0 for report in reports) if measure.per is not None else None
    return sum(report.numerator for report in reports), denominator


def weighted(
    measure: Measure, parts: Mapping[int, tuple[int, int | None]], units: Sequence[int], weights: Mapping[int, Fraction]
) -> Fraction | None:
    """Return the weighted mean of the units' values, None where one is missing or the weights are not the whole."""
    values = {unit: measure.value(*parts[unit]) for unit in units if unit in parts}
    sums_up = sum(weights.get(unit, 0) for unit in units) == 1
    if not sums_up or any(values.get(unit) is None for unit in units):
        return None
    return sum(((values[unit] or Fraction(0)) * weights[unit] for unit in units), Fraction(0))


def expectation(measure: Measure, baseline: Fraction | None, target: int, span: Span, day: date) -> Fraction:
    """Return what is to be expected by the end of a day, in proportion to the time gone by on the stated curve.

    What adds up over time starts from nought. What is a level goes from its baseline to its target; without a baseline
    it is expected at its target from the first day. Of bounds it is the lower one: from above it nothing is to be gone.
    """
    way = measure.curve.at(span.gone(day))
    if measure.adds_up:
        return target * way
    if baseline is None or (measure.direction == Direction.WITHIN and baseline > target):
        return Fraction(target)
    return baseline + (target - baseline) * way


def allowed(measure: Measure, baseline: Fraction | None, upper: int, span: Span, day: date) -> Fraction:
    """Return the upper bound by the end of a day: a level that starts above it comes down to it on the stated curve."""
    if measure.adds_up or baseline is None or baseline <= upper:
        return Fraction(upper)
    return baseline + (upper - baseline) * measure.curve.at(span.gone(day))


def light(
    measure: Measure, value: Fraction | None, expected: Fraction, upper: Fraction | None = None, *, over: bool = False
) -> Light:
    """Return how a value stands against what was expected; once the time is `over`, short of it is short of it.

    On course from 95 % of the expectation on, a little behind from 80 % on, else far behind. Where less is better, the
    same shares the other way round: up to 5 % and up to 20 % over it. Where it has to stay within bounds, so much of
    their width outside of them.
    """
    if value is None:
        return Light.GREY
    match measure.direction:
        case Direction.MORE:
            short, whole = expected - value, expected
        case Direction.LESS:
            short, whole = value - expected, expected
        case Direction.WITHIN:
            top = expected if upper is None else upper
            short, whole = max(expected - value, value - top), top - expected
    if short <= 0 or (not over and short <= max(whole, Fraction(0)) * (1 - ON_COURSE)):
        return Light.GREEN
    return Light.AMBER if short <= max(whole, Fraction(0)) * (1 - A_LITTLE_BEHIND) else Light.RED


def judged(
    measure: Measure, found: Total, expected: Fraction, upper: Fraction | None = None, *, over: bool = False
) -> Light:
    """Return how a total stands: where missing or disputed reports could change that, it is incomplete.

    The value of those who reported, held against what was to be expected of all, would count the missing as nought.
    A sum that only grows is on course once it has enough, and far behind once it has too much, whatever is missing.
    """
    if found.value is None:
        return Light.GREY
    told = light(measure, found.value, expected, upper, over=over)
    settled = {Direction.MORE: Light.GREEN, Direction.LESS: Light.RED}.get(measure.direction)
    return told if found.whole or (found.only_grows and told == settled) else Light.OPEN


def required_rate(measure: Measure, value: Fraction | None, target: int, span: Span, day: date) -> Fraction | None:
    """Return how much a day is still needed to reach the target; None without a figure, or a day that is left."""
    left = span.days_left(day)
    if value is None or left == 0 or measure.direction == Direction.WITHIN:
        return None
    needed = target - value
    if measure.direction == Direction.MORE:
        needed = max(needed, Fraction(0))
    return needed / left


@dataclass(frozen=True)
class Forecast:
    """Where a figure comes to by the end, at its pace so far; and at its slowest and fastest pace between reports."""

    middle: Fraction
    low: Fraction
    high: Fraction


def forecast(
    measure: Measure, points: Sequence[tuple[date, Fraction]], span: Span, most: int | None = None
) -> Forecast | None:
    """Return the forecast for the end of a span from a figure's values by day; None before there is a pace.

    A straight line at the mean pace since the start (of what adds up) or since the first report (of a level); the band
    is between the slowest and the fastest of the last three stretches between reports. `most`: what it cannot exceed,
    as a share of something cannot exceed the whole. No rate falls below nought.
    """
    known = sorted(points)
    if measure.adds_up and known:
        known = [(date.fromordinal(span.starts.toordinal() - 1), Fraction(0)), *known]
    if not known:
        return None
    (first, start), (last, value) = known[0], known[-1]
    if last <= first:
        return None
    left = max((span.ends - last).days, 0)
    stretches = [
        (after[1] - before[1]) / (after[0] - before[0]).days
        for before, after in pairwise(known[-4:])
        if after[0] > before[0]
    ]
    mean = (value - start) / (last - first).days
    paces = [mean, *stretches]

    def within(pace: Fraction) -> Fraction:
        ends = value + pace * left
        ends = ends if measure.per is None else max(Fraction(0), ends)
        return ends if most is None else min(max(value, Fraction(most)), ends)

    return Forecast(within(mean), within(min(paces)), within(max(paces)))
