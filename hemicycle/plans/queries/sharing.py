"""Whose shares of an indicator there are, and who reports for which period: read once for a body.

A unit that ended has no share any more: what it had of the one over it is free to be given to its successor. What it
reported still counts, and what it should have reported while it stood is still missing.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction
from functools import cached_property

from django.db.models import Q

from hemicycle.bodies.models import Body
from hemicycle.plans.models import Allocation, Figure, Indicator, Period
from hemicycle.plans.rules.measure import WHOLE_WEIGHT, OverTime, OverUnits
from hemicycle.plans.rules.periods import PeriodKind

# The shares of an indicator in a period, by unit.
Shares = dict[int, Allocation]


class Sharing:
    """Periods, figures and shares of some indicators of one body, each kind read once.

    `day`: periods that begin later than it are not expected yet. `only`: a unit whose figures alone are read, with
    those of the units that it succeeded, where no other's matter.
    """

    def __init__(self, body: Body, indicators: Iterable[Indicator], day: date, only: int | None = None) -> None:
        self.only = only
        self.body = body
        self.indicators = {indicator.pk: indicator for indicator in indicators}
        self.day = day
        self._shared: dict[tuple[int, int], Shares] = {}
        self._bottom: dict[tuple[int, int, date], dict[int, list[int]]] = {}

    @cached_property
    def periods(self) -> dict[int, Period]:
        """Every period of the body, each with the one that it is part of."""
        found = {period.pk: period for period in Period.objects.filter(body=self.body)}
        for period in found.values():
            if period.parent_id:
                period.parent = found[period.parent_id]
        return found

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
            wanted = wanted.filter(Q(unit=self.only) | Q(unit__successor=self.only))
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
    def _allotted(self) -> tuple[dict[tuple[int, int], Shares], dict[tuple[int, int], Shares]]:
        found: dict[tuple[int, int], Shares] = defaultdict(dict)
        released: dict[tuple[int, int], Shares] = defaultdict(dict)
        rows = list(
            Allocation.objects.filter(indicator__in=self.indicators).select_related("unit__successor").order_by("pk")
        )
        giving = {(share.indicator_id, share.period_id, share.over_id) for share in rows}
        for share in rows:
            key = (share.indicator_id, share.period_id)
            gone = share.unit.ended is not None and share.unit.ended <= self.day
            # One that handed its share on stays where it was: others report under it.
            (released if gone and (*key, share.unit_id) not in giving else found)[key][share.unit_id] = share
        return found, released

    @property
    def shares(self) -> dict[tuple[int, int], Shares]:
        """The share of every unit, by indicator and period, then unit; without those of units that ended."""
        return self._allotted[0]

    @property
    def released(self) -> dict[tuple[int, int], Shares]:
        """What units had until they ended, by indicator and period, then unit."""
        return self._allotted[1]

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

    def shared_in(self, indicator: Indicator, period: Period) -> Shares:
        """Return the shares that hold for a period: its own and those of what it is part of, else those of its parts.

        Whoever has a share in the year reports in each of its parts, also where only others were given one for it.
        """
        key = (indicator.pk, period.pk)
        if key not in self._shared:
            self._shared[key] = self._merged(self.shares, indicator, period)
        return self._shared[key]

    def released_in(self, indicator: Indicator, period: Period) -> Shares:
        """Return the shares that units had for a period until they ended; none that was weighted among others."""
        if indicator.over_units == OverUnits.WEIGHTED:
            return {}
        return self._merged(self.released, indicator, period)

    def _merged(self, shares: dict[tuple[int, int], Shares], indicator: Indicator, period: Period) -> Shares:
        merged: Shares = {}
        for one in self.up(period):
            merged = {**shares.get((indicator.pk, one.pk), {}), **merged}
        for one in [] if merged else self.below(period):
            merged = {**shares.get((indicator.pk, one.pk), {}), **merged}
        return merged

    def bottom(self, indicator: Indicator, period: Period, day: date | None = None) -> dict[int, list[int]]:
        """Return, for each unit, those that report for it: with a share of which none was handed on.

        One that ended is among them for the time in which it stood, as seen on a `day`; its successor answers for it.
        """
        gone = self.released_in(indicator, period)
        seen = day if day is not None and gone else self.day
        key = (indicator.pk, period.pk, seen)
        if key not in self._bottom:
            shares = self.shared_in(indicator, period)
            over = {share.over_id for share in shares.values()}
            found: dict[int, list[int]] = defaultdict(list)
            for unit in [one for one in shares if one not in over] or [self.body.unit_id]:
                for above in dict.fromkeys([*self.chain(shares, unit), self.body.unit_id]):
                    found[above].append(unit)
            for unit, share in gone.items():
                if not any(self.stood(indicator, share, leaf, seen) for leaf in self.leaves(period)):
                    continue
                after = share.unit.successor_id
                heirs = self.chain(shares, after) if after in shares else []
                for above in dict.fromkeys([unit, *heirs, *self.chain(shares, share.over_id), self.body.unit_id]):
                    found[above].append(unit)
            self._bottom[key] = found
        return self._bottom[key]

    def stood(self, indicator: Indicator, share: Allocation, leaf: Period, day: date) -> bool:
        """Say whether what a unit that ended had to report for a period counts: it stood to its end, or reported.

        Of a level, where the last report stands for the whole, nothing is left once its time is over.
        """
        ended = share.unit.ended
        if ended is None or (indicator.over_time == OverTime.LAST and self.followed(indicator, share, leaf, day)):
            return False
        return leaf.ends < ended or (indicator.pk, leaf.pk, share.unit_id) in self.counting

    def followed(self, indicator: Indicator, share: Allocation, leaf: Period, day: date) -> bool:
        """Say whether by a day a later level stands for that of a unit that ended: its successor's, or a later one."""
        heir, ended = share.unit.successor_id, share.unit.ended or day
        if any(one.unit_id == heir and ended <= one.as_of <= day for one in self.figures.get(indicator.pk, [])):
            return True
        after = [one for one in self.periods.values() if one.parent_id == leaf.parent_id and one.kind == leaf.kind]
        return any(max(ended, leaf.ends) <= one.starts <= day for one in after)

    def expected(
        self, indicator: Indicator, period: Period, units: Sequence[int], leaves: Sequence[Period], day: date
    ) -> int:
        """Return how many reports of these units there should be for these periods by a day.

        Whoever was given its share only after the unit before it ended is not asked for the time before.
        """
        shares, gone = self.shared_in(indicator, period), self.released_in(indicator, period)
        since = {share.unit.successor_id: share.unit.ended for share in gone.values() if share.unit.successor_id}
        asked = 0
        for unit in units:
            if unit in gone:
                asked += sum(self.stood(indicator, gone[unit], leaf, day) for leaf in leaves)
                continue
            own, end = shares.get(unit), since.get(unit)
            late = end if end and own and own.given and own.given.date() >= end else None
            asked += len(leaves) if late is None else sum(leaf.ends >= late for leaf in leaves)
        return asked

    def reporters(
        self, indicator: Indicator, period: Period, under: int | None = None, day: date | None = None
    ) -> list[int]:
        """Return the units that report: those with a share who handed none of it on; the body's own where none has.

        With `under`, only that unit and those whose shares come out of its own.
        """
        return self.bottom(indicator, period, day).get(under or self.body.unit_id, [])

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

    def children(self, indicator: Indicator, period: Period, over: int) -> list[Allocation]:
        """Return the shares that come directly out of a unit's own."""
        return self._children.get((indicator.pk, period.pk, over), [])

    def last_figure(self, indicator: Indicator, period: Period, unit: int) -> Figure | None:
        """Return the figure that counts for a unit and a period: of the latest day, and of one day's the last."""
        return self.counting.get((indicator.pk, period.pk, unit))
