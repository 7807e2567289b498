"""The figures of some indicators, read at once: what they come to for any unit and period, and how that stands."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property

from hemicycle.bodies.models import Body, Unit
from hemicycle.plans.models import Definition, Figure, Indicator, Period, Target
from hemicycle.plans.queries.sharing import Sharing
from hemicycle.plans.rules.measure import (
    Curve,
    Direction,
    Light,
    Measure,
    OverTime,
    OverUnits,
    Report,
    Total,
    allowed,
    expectation,
    judged,
    latest,
    total,
)
from hemicycle.plans.rules.periods import PeriodKind, Span

MOST_POINTS = 60


def measure_of(indicator: Indicator) -> Measure:
    """Return how an indicator is measured, as the rules take it."""
    return Measure(
        indicator.places,
        indicator.per,
        Direction(indicator.direction),
        OverTime(indicator.over_time),
        OverUnits(indicator.over_units),
        Curve(indicator.curve),
    )


def span_of(period: Period) -> Span:
    """Return the days of a period."""
    return Span(period.starts, period.ends)


def is_measured_in(indicator: Indicator, period: Period) -> bool:
    """Say whether an indicator is measured in a period: its own, or a part of it; a campaign stands for itself."""
    asked: Period | None = period
    while asked is not None and asked.pk != indicator.period_id:
        asked = None if asked.kind == PeriodKind.CAMPAIGN else asked.parent
    return asked is not None


def report_of(figure: Figure) -> Report:
    """Return a figure as the rules take it."""
    disputed = figure.state == Figure.State.DISPUTED
    return Report(
        figure.unit_id, figure.period_id, figure.as_of, figure.numerator, figure.denominator, disputed=disputed
    )


@dataclass(frozen=True)
class Amount:
    """What a unit is to reach: a value, or bounds."""

    value: int
    upper: int | None = None


@dataclass(frozen=True)
class Standing:
    """How a unit stands in an indicator and a period on a day; `over`: after the period's last."""

    total: Total
    amount: Amount | None
    expected: Fraction | None
    light: Light
    over: bool = False

    @property
    def value(self) -> Fraction | None:
        """What its figures come to, None where there are none."""
        return self.total.value


@dataclass(frozen=True)
class Reached:
    """What figures came to by a day, and whether all were there that were to be."""

    day: date
    value: Fraction
    whole: bool


class Board(Sharing):
    """Periods, figures, targets and shares of some indicators of one body, each kind read once.

    `day`: figures later than it are not looked at, and periods that begin later are not expected yet. `only`: a unit
    whose figures alone are read, where no other's matter.
    """

    def __init__(self, body: Body, indicators: Iterable[Indicator], day: date, only: int | None = None) -> None:
        super().__init__(body, indicators, day, only)
        self._last: dict[int, dict[tuple[int, int], Report]] = {}
        self._series: dict[tuple[int, int], list[Reached]] = {}
        self.measures = {key: measure_of(indicator) for key, indicator in self.indicators.items()}

    @cached_property
    def definitions(self) -> dict[int, Definition]:
        """The last version of what each indicator counts."""
        wanted = Definition.objects.filter(indicator__in=self.indicators).order_by("version")
        return {definition.indicator_id: definition for definition in wanted}

    @cached_property
    def targets(self) -> dict[tuple[int, int], list[Target]]:
        """Every version of every target, by indicator and period, the first first."""
        found: dict[tuple[int, int], list[Target]] = defaultdict(list)
        wanted = Target.objects.filter(indicator__in=self.indicators).select_related("decision__body", "period")
        for target in wanted.order_by("version"):
            found[target.indicator_id, target.period_id].append(target)
        return found

    def last_reports(self, indicator: Indicator) -> dict[tuple[int, int], Report]:
        """Return the last report of each unit for each period up to the day."""
        if indicator.pk not in self._last:
            reports = (report_of(figure) for figure in self.figures.get(indicator.pk, []))
            self._last[indicator.pk] = latest(reports, self.day)
        return self._last[indicator.pk]

    def suppose(self, figure: Figure) -> None:
        """Take a figure into account that is not reported yet."""
        self.figures[figure.indicator_id].append(figure)
        self._last.clear()

    def move_to(self, day: date) -> None:
        """Look from another day on."""
        self.day = day
        self._last.clear()
        self._series.clear()

    def amount(self, indicator: Indicator, period: Period, unit: int | None = None) -> Amount | None:
        """Return what a unit is to reach in a period: its share of the target, or the body's own unit the target."""
        if unit in (None, self.body.unit_id):
            versions = self.targets.get((indicator.pk, period.pk))
            return Amount(versions[-1].value, versions[-1].upper) if versions else None
        share = self.shares.get((indicator.pk, period.pk), {}).get(unit or 0)
        if share is None:
            return None
        whole = self.amount(indicator, period)
        return Amount(share.value, whole.upper if whole else None)

    def baseline(self, indicator: Indicator, period: Period, amount: Amount, unit: int | None) -> Fraction | None:
        """Return where a unit started: a rate where the whole did, a number in the proportion of its share."""
        if indicator.baseline is None:
            return None
        whole = self.amount(indicator, period)
        own = unit in (None, self.body.unit_id)
        if own or indicator.per is not None or whole is None or not whole.value:
            return Fraction(indicator.baseline)
        return Fraction(indicator.baseline * amount.value, whole.value)

    def total(self, indicator: Indicator, period: Period, unit: int | None = None) -> Total:
        """Return what the reports of a unit and those below it come to in a period, up to the day."""
        return self.total_of(self.last_reports(indicator), indicator, period, unit, self.day)

    def total_of(
        self, found: Mapping[tuple[int, int], Report], indicator: Indicator, period: Period, unit: int | None, day: date
    ) -> Total:
        """Return what these reports come to, of the periods that have begun by a day."""
        begun = [leaf for leaf in self.leaves(period) if leaf.starts <= day]
        units = self.reporters(indicator, period, unit, day)
        shares = self.shared_in(indicator, period)
        measure, weights = self.measures[indicator.pk], None
        if measure.over_units == OverUnits.WEIGHTED:
            weights = {one: self.weight(shares, one, unit or self.body.unit_id) for one in units}
        expected = self.expected(indicator, period, units, begun, day)
        return total(measure, found, units, [leaf.pk for leaf in begun], weights, expected=expected)

    def standing(self, indicator: Indicator, period: Period, unit: int | None = None) -> Standing:
        """Return how a unit, with those below it, stands on the day; the body's own unit where none is named."""
        found = self.total(indicator, period, unit)
        amount = self.amount(indicator, period, unit)
        if amount is None or self.day < period.starts:
            return Standing(found, amount, None, Light.GREY)
        measure = self.measures[indicator.pk]
        baseline = self.baseline(indicator, period, amount, unit)
        expected = expectation(measure, baseline, amount.value, span_of(period), self.day)
        upper = None if amount.upper is None else allowed(measure, baseline, amount.upper, span_of(period), self.day)
        over = self.day > period.ends
        return Standing(found, amount, expected, judged(measure, found, expected, upper, over=over), over)

    def judged_in(self, indicator: Indicator, period: Period, unit: int | None) -> Period | None:
        """Return the shortest period, this one or one that it is part of, for which a unit has an amount to reach."""
        return next((one for one in self.up(period) if self.amount(indicator, one, unit)), None)

    def remainder(self, indicator: Indicator, period: Period, over: int) -> int | None:
        """Return what a unit has not handed on yet; None where nothing is to be reached, or rates are not handed on."""
        amount = self.amount(indicator, period, over)
        if amount is None or indicator.over_units != OverUnits.SUM:
            return None
        return amount.value - sum(share.value for share in self.children(indicator, period, over))

    def series(self, indicator: Indicator, period: Period) -> list[Reached]:
        """Return what the figures came to by each day on which one was reported; of very many days, some."""
        key = (indicator.pk, period.pk)
        if key not in self._series:
            self._series[key] = list(self._reached(indicator, period))
        return self._series[key]

    def _reached(self, indicator: Indicator, period: Period) -> Iterator[Reached]:
        leaves = {leaf.pk for leaf in self.leaves(period)}
        figures = [one for one in self.figures.get(indicator.pk, []) if one.period_id in leaves]
        by_day: dict[date, list[Figure]] = defaultdict(list)
        for figure in figures:
            by_day[figure.as_of].append(figure)
        days = sorted(day for day in by_day if day <= self.day)
        kept = set(days[:: -(-len(days) // MOST_POINTS) or 1][:-1] + days[-1:])
        found: dict[tuple[int, int], Report] = {}
        for day in days:
            found |= {(one.unit_id, one.period_id): report_of(one) for one in by_day[day]}
            if day in kept:
                reached = self.total_of(found, indicator, period, None, day)
                if reached.value is not None:
                    yield Reached(day, reached.value, reached.whole)


def units_by_key(keys: Sequence[int]) -> dict[int, Unit]:
    """Return units by their keys."""
    return {unit.pk: unit for unit in Unit.objects.filter(pk__in=keys).select_related("book")}
