"""Comparing units with their peers, of the same level or group, by their rates, with who stays out and why."""

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _

from hemicycle.bodies.models import Unit
from hemicycle.decisions.rollup.figures import shown
from hemicycle.plans.models import Indicator, Method, PeerGroup, Period
from hemicycle.plans.queries.board import Board, units_by_key
from hemicycle.plans.queries.shown import parts_told
from hemicycle.plans.rules.comparison import FEWEST, Compared, Rate, Verdict, compare, may_enter, pooled

TONES = {Verdict.ABOVE: "now", Verdict.BELOW: "now", Verdict.ALIKE: "plain"}


@dataclass(frozen=True)
class Peer:
    """A unit in the table of a comparison."""

    unit: Unit
    compared: Compared
    rate: str
    parts: str
    interval: str
    verdict: str
    tone: str
    methods: list[str]


@dataclass(frozen=True)
class Left:
    """A unit that does not enter, and why."""

    unit: Unit
    why: str


@dataclass(frozen=True)
class Comparison:
    """Units of one level, or of one group of peers, beside each other."""

    level: str
    levels: list[str]
    group: PeerGroup | None
    groups: list[PeerGroup]
    peers: list[Peer]
    left: list[Left]
    together: Fraction | None
    rate: str
    differing: int

    @property
    def compared(self) -> list[Compared]:
        """What the drawing shows."""
        return [peer.compared for peer in self.peers]


def comparison(board: Board, indicator: Indicator, period: Period, level: str, number: int | None = None) -> Comparison:
    """Return the units of a group of peers, by its number, or of a level beside each other.

    Where neither is asked for it is the level with the most of them. Fewer than three units are no group: then all of
    them stay out. A unit of the group that has neither share nor figure is told of as one without a figure.
    """
    units = measured_units(board, indicator, period)
    counted = Counter(unit.level for unit in units)
    levels = [name for name, _count in counted.most_common()]
    groups = list(PeerGroup.objects.filter(body=indicator.body, dissolved=None).prefetch_related("units"))
    group = next((one for one in groups if one.number == number), None)
    asked = "" if group else level if level in counted else (levels[0] if levels else "")
    rates: list[Rate] = []
    left: list[Left] = []
    beside = list(group.units.all()) if group else [one for one in units if one.level == asked]
    twice = counted_twice(board, indicator, period, beside)
    for unit in sorted(beside, key=lambda one: (one.name, one.pk)):
        found = board.total(indicator, period, unit.pk)
        why = may_enter(found.reported, found.expected, found.disputed, found.numerator, found.denominator)
        if unit.pk in twice:
            why = "made of others"
        if why:
            left.append(Left(unit, why_told(why)))
        else:
            rates.append(Rate(unit.pk, found.numerator or 0, found.denominator or 1))
    named = {unit.pk: unit for unit in beside}
    if len(rates) < FEWEST:
        left += [Left(named[rate.unit], _("too few units to compare")) for rate in rates]
        return Comparison(asked, levels, group, groups, [], left, None, "", 0)
    told = methods_of(indicator, period)
    peers = [peer_of(indicator, named[one.rate.unit], one, told.get(one.rate.unit, [])) for one in compare(rates)]
    together = pooled(rates)
    differing = sum(peer.compared.verdict != Verdict.ALIKE for peer in peers)
    return Comparison(asked, levels, group, groups, peers, left, together, rate_told(indicator, together), differing)


def counted_twice(board: Board, indicator: Indicator, period: Period, units: list[Unit]) -> set[int]:
    """Return those units whose figure holds that of another one here: beside it, the same would be counted twice."""
    reporting = {unit.pk: set(board.reporters(indicator, period, unit.pk)) for unit in units}
    found: set[int] = set()
    counted: set[int] = set()
    for unit, reporters in sorted(reporting.items(), key=lambda one: (len(one[1]), one[0] not in one[1])):
        if reporters & counted:
            found.add(unit)
        counted |= reporters
    return found


def measured_units(board: Board, indicator: Indicator, period: Period) -> list[Unit]:
    """Return the units that have a share of an indicator in a period, or report figures of it."""
    keys = {*board.shared_in(indicator, period), *board.reporters(indicator, period)}
    return list(units_by_key(sorted(keys)).values())


def why_told(why: str) -> str:
    """Return why a unit does not enter, in words."""
    said = {
        "made of others": _("its figure is made of those of others here"),
        "disputed": _("a figure is disputed"),
        "missing": _("no figure"),
        "no share": _("more were counted than there are"),
        "incomplete": _("fewer than four fifths of its figures are there"),
    }
    return said[why]


def rate_told(indicator: Indicator, rate: Fraction) -> str:
    """Return a rate as the indicator tells it."""
    return shown(rate * (indicator.per or 1) * 10**indicator.places, indicator.places)


def peer_of(indicator: Indicator, unit: Unit, one: Compared, methods: list[str]) -> Peer:
    """Return a unit as the table shows it."""
    verdicts = {
        Verdict.ABOVE: _("above its peers"),
        Verdict.BELOW: _("below its peers"),
        Verdict.ALIKE: _("no distinguishable difference"),
    }
    low, high = (
        rate_told(indicator, Fraction(end).limit_denominator(10**6)) for end in (one.interval.low, one.interval.high)
    )
    return Peer(
        unit,
        one,
        rate_told(indicator, one.rate.value),
        parts_told(one.rate.part, one.rate.whole),
        _("%(low)s to %(high)s") % {"low": low, "high": high},
        verdicts[one.verdict],
        TONES[one.verdict],
        methods,
    )


def methods_of(indicator: Indicator, period: Period) -> dict[int, list[str]]:
    """Return what each unit told of what it did, the latest first."""
    found: dict[int, list[str]] = {}
    for method in Method.objects.filter(indicator=indicator, period=period).order_by("-number"):
        found.setdefault(method.unit_id, []).append(method.text)
    return found


def described(indicator: Indicator, found: Comparison) -> str:
    """Return what a comparison comes to, in one sentence."""
    count = len(found.peers)
    if not found.differing:
        return _("Between the %(count)d units there is no distinguishable difference.") % {"count": count}
    return _("%(differing)d of %(count)d units differ from the rest by more than chance explains.") % {
        "differing": found.differing,
        "count": count,
    }
