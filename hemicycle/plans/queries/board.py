"""The figures of some indicators, read at once: what they come to for any unit and period, and how that stands."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property

from hemicycle.bodies.models import Body, Unit
from hemicycle.plans.models import Allocation, Definition, Figure, Indicator, Period, Target
from hemicycle.plans.rules.measure import (
    WHOLE_WEIGHT,
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


class Board:
    """Periods, figures, targets and shares of some indicators of one body, each kind read once.

    `day`: figures later than it are not looked at, and periods that begin later are not expected yet. `only`: a unit
    whose figures alone are read, where no other's matter.
    """

    def __init__(self, body: Body, indicators: Iterable[Indicator], day: date, only: int | None = None) -> None:
        self.only = only
        self.body = body
        self.indicators = {indicator.pk: indicator for indicator in indicators}
        self.day = day
        self._shared: dict[tuple[int, int], dict[int, Allocation]] = {}
        self._bottom: dict[tuple[int, int], dict[int, list[int]]] = {}
        self._last: dict[int, dict[tuple[int, int], Report]] = {}
        self._series: dict[tuple[int, int], list[Reached]] = {}
        self.measures = {key: measure_of(indicator) for key, indicator in self.indicators.items()}

    @cached_property
    def periods(self) -> dict[int, Period]:
        """Every period of the body, each with the one that it is part of."""
        found = {period.pk: period for period in Period.objects.filter(body=self.body)}
        for period in found.values():
            if period.parent_id:
                period.parent = found[period.parent_id]
        return found

    @cached_property
    def definitions(self) -> dict[int, Definition]:
        """The last version of what each indicator counts."""
        wanted = Definition.objects.filter(indicator__in=self.indicators).order_by("version")
        return {definition.indicator_id: definition for definition in wanted}

    @cached_property
    def parts(self) -> dict[int, list[Period]]:
        """The parts of each period, in the order of time; campaigns stand beside them and count for themselves."""
        found: dict[int, list[Period]] = defaultdict(list)
        for period in self.periods.values():
            if period.parent_id and period.kind != PeriodKind.CAMPAIGN:
                found[period.parent_id].append(period)
        return found

    @cached_property
    def figures(self) -> dict[int, list[Figure]]:
        """Every figure that was not taken back, by indicator, in the order in which they were reported."""
        found: dict[int, list[Figure]] = defaultdict(list)
        for key, figures in self.reported.items():
            found[key] = [figure for figure in figures if figure.state != Figure.State.WITHDRAWN]
        return found

    @cached_property
    def reported(self) -> dict[int, list[Figure]]:
        """Every figure, also those taken back, by indicator, in the order in which they were reported."""
        found: dict[int, list[Figure]] = defaultdict(list)
        wanted = Figure.objects.filter(indicator__in=self.indicators)
        if self.only is not None:
            wanted = wanted.filter(unit=self.only)
        for figure in wanted.select_related("unit").order_by("pk"):
            found[figure.indicator_id].append(figure)
        return found

    @cached_property
    def counting(self) -> dict[tuple[int, int, int], Figure]:
        """The figure that counts for each indicator, period and unit, as `latest` chooses it for every sum."""
        return {
            (one.indicator_id, one.period_id, one.unit_id): one
            for figures in self.figures.values()
            for one in sorted(figures, key=lambda figure: figure.as_of)
        }

    @cached_property
    def targets(self) -> dict[tuple[int, int], list[Target]]:
        """Every version of every target, by indicator and period, the first first."""
        found: dict[tuple[int, int], list[Target]] = defaultdict(list)
        wanted = Target.objects.filter(indicator__in=self.indicators).select_related("decision__body", "period")
        for target in wanted.order_by("version"):
            found[target.indicator_id, target.period_id].append(target)
        return found

    @cached_property
    def shares(self) -> dict[tuple[int, int], dict[int, Allocation]]:
        """The share of every unit, by indicator and period, then unit."""
        found: dict[tuple[int, int], dict[int, Allocation]] = defaultdict(dict)
        for share in Allocation.objects.filter(indicator__in=self.indicators).select_related("unit").order_by("pk"):
            found[share.indicator_id, share.period_id][share.unit_id] = share
        return found

    @cached_property
    def _children(self) -> dict[tuple[int, int, int], list[Allocation]]:
        found: dict[tuple[int, int, int], list[Allocation]] = defaultdict(list)
        for (indicator, period), shares in self.shares.items():
            for share in shares.values():
                found[indicator, period, share.over_id].append(share)
        return found

    def up(self, period: Period) -> list[Period]:
        """Return a period and those that it is part of, the shortest first."""
        found = [period]
        while (parent := found[-1].parent_id) is not None:
            found.append(self.periods[parent])
        return found

    def leaves(self, period: Period) -> list[Period]:
        """Return the shortest parts of a period, for which figures are reported, in the order of time."""
        parts = self.parts.get(period.pk, [])
        return [leaf for part in parts for leaf in self.leaves(part)] if parts else [period]

    def below(self, period: Period) -> list[Period]:
        """Return a period and all its parts, the longest first."""
        return [period, *(one for part in self.parts.get(period.pk, []) for one in self.below(part))]

    def shared_in(self, indicator: Indicator, period: Period) -> dict[int, Allocation]:
        """Return the shares that hold for a period: its own and those of what it is part of, else those of its parts.

        Whoever has a share in the year reports in each of its parts, also where only others were given one for it.
        """
        key = (indicator.pk, period.pk)
        if key not in self._shared:
            self._shared[key] = self._find_shares(indicator, period)
        return self._shared[key]

    def _find_shares(self, indicator: Indicator, period: Period) -> dict[int, Allocation]:
        merged: dict[int, Allocation] = {}
        for one in self.up(period):
            merged = {**self.shares.get((indicator.pk, one.pk), {}), **merged}
        for one in [] if merged else self.below(period):
            merged = {**self.shares.get((indicator.pk, one.pk), {}), **merged}
        return merged

    def bottom(self, indicator: Indicator, period: Period) -> dict[int, list[int]]:
        """Return, for each unit, those that report for it: with a share of which none was handed on."""
        key = (indicator.pk, period.pk)
        if key not in self._bottom:
            shares = self.shared_in(indicator, period)
            over = {share.over_id for share in shares.values()}
            found: dict[int, list[int]] = defaultdict(list)
            for unit in [one for one in shares if one not in over] or [self.body.unit_id]:
                for above in dict.fromkeys([*self.chain(shares, unit), self.body.unit_id]):
                    found[above].append(unit)
            self._bottom[key] = found
        return self._bottom[key]

    def reporters(self, indicator: Indicator, period: Period, under: int | None = None) -> list[int]:
        """Return the units that report: those with a share who handed none of it on; the body's own where none has.

        With `under`, only that unit and those whose shares come out of its own.
        """
        return self.bottom(indicator, period).get(under or self.body.unit_id, [])

    def chain(self, shares: dict[int, Allocation], unit: int) -> list[int]:
        """Return a unit and those out of whose shares its own comes."""
        found = [unit]
        while found[-1] in shares and shares[found[-1]].over_id not in found:
            found.append(shares[found[-1]].over_id)
        return found

    def looking_at(self, indicator: Indicator, period: Period, unit: int) -> set[int]:
        """Return the books of those who look at a unit's figures: the body's, and of each unit over it."""
        shares = self.shared_in(indicator, period)
        units = {self.body.unit_id: self.body.unit, **{key: share.unit for key, share in shares.items()}}
        over = [units[key] for key in self.chain(shares, unit) if key != unit]
        return {self.body.book_id, *(one.book_id for one in over)}

    def weight(self, shares: dict[int, Allocation], unit: int, under: int) -> Fraction:
        """Return what part a unit is of one out of whose share its own comes: the weights between them, multiplied."""
        found = Fraction(1)
        for here in self.chain(shares, unit):
            if here == under or here not in shares:
                break
            found *= Fraction(shares[here].weight or 0, WHOLE_WEIGHT)
        return found

    def last_reports(self, indicator: Indicator) -> dict[tuple[int, int], Report]:
        """Return the last report of each unit for each period up to the day."""
        if indicator.pk not in self._last:
            reports = (report_of(figure) for figure in self.figures.get(indicator.pk, []))
            self._last[indicator.pk] = latest(reports, self.day)
        return self._last[indicator.pk]

    def last_figure(self, indicator: Indicator, period: Period, unit: int) -> Figure | None:
        """Return the figure that counts for a unit and a period: of the latest day, and of one day's the last."""
        return self.counting.get((indicator.pk, period.pk, unit))

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
        leaves = [leaf.pk for leaf in self.leaves(period) if leaf.starts <= day]
        units = self.reporters(indicator, period, unit)
        shares = self.shared_in(indicator, period)
        measure, weights = self.measures[indicator.pk], None
        if measure.over_units == OverUnits.WEIGHTED:
            weights = {one: self.weight(shares, one, unit or self.body.unit_id) for one in units}
        return total(measure, found, units, leaves, weights, expected=len(units) * len(leaves))

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

    def children(self, indicator: Indicator, period: Period, over: int) -> list[Allocation]:
        """Return the shares that come directly out of a unit's own."""
        return self._children.get((indicator.pk, period.pk, over), [])

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
