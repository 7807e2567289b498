"""Figures as pages show them: told in words beside every colour, and with how complete they are."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from hemicycle.bodies.day import zone_of
from hemicycle.bodies.models import Unit
from hemicycle.decisions.rollup.figures import shown
from hemicycle.plans.models import Figure, Indicator, Period
from hemicycle.plans.queries.board import Amount, Board, Standing
from hemicycle.plans.rules.measure import Light

TONES = {Light.GREEN: "good", Light.AMBER: "warn", Light.RED: "bad", Light.OPEN: "plain", Light.GREY: "plain"}


def light_told(light: Light, *, over: bool = False) -> str:
    """Return how a figure stands, in words; or how it came out, once its time is over."""
    said = {
        Light.GREEN: _("reached") if over else _("on course"),
        Light.AMBER: _("missed by a little") if over else _("a little behind"),
        Light.RED: _("missed by far") if over else _("far behind"),
        Light.OPEN: _("incomplete"),
        Light.GREY: _("no figure"),
    }
    return said[light]


@dataclass(frozen=True)
class Told:
    """How a unit stands in an indicator, as text: missing is told as missing."""

    indicator: Indicator
    period: Period
    actual: str
    parts: str
    amount: str
    expected: str
    light: Light
    label: str
    tone: str
    complete: str
    disputed: int
    whole: bool


def told(indicator: Indicator, period: Period, standing: Standing) -> Told:
    """Return a standing as a page shows it."""
    places, found = indicator.places, standing.total
    light = standing.light
    return Told(
        indicator,
        period,
        shown(standing.value, places),
        parts_told(found.numerator, found.denominator) if found.numerator is not None and found.denominator else "",
        amount_told(indicator, standing.amount),
        shown(standing.expected, places),
        light,
        _("no target") if standing.value is not None and light == Light.GREY else light_told(light, over=standing.over),
        TONES[light],
        _("%(reported)d of %(expected)d reported") % {"reported": found.reported, "expected": found.expected},
        found.disputed,
        found.whole,
    )


def amount_told(indicator: Indicator, amount: Amount | None) -> str:
    """Return what is to be reached, as text."""
    if amount is None:
        return ""
    low = shown(amount.value, indicator.places)
    return low if amount.upper is None else f"{low}–{shown(amount.upper, indicator.places)}"


def figure_told(indicator: Indicator, figure: Figure) -> str:
    """Return what a unit reported, as text: a number, or the parts of a rate."""
    if figure.denominator is None:
        return shown(figure.numerator, indicator.places)
    return parts_told(figure.numerator, figure.denominator)


def figure_measured(indicator: Indicator, figure: Figure) -> str:
    """Return what a unit reported with what it is measured in; the parts of a rate are counted, not measured."""
    told = figure_told(indicator, figure)
    return f"{told} {indicator.unit_of_measure}" if figure.denominator is None else told


def parts_told(part: int, whole: int) -> str:
    """Return the parts of a rate, as text."""
    return _("%(part)s of %(whole)s") % {"part": shown(part, 0), "whole": shown(whole, 0)}


def rows_of(board: Board, period: Period) -> list[Told]:
    """Return how the body stands in each indicator of a board, in a period of theirs."""
    return [told(one, period, board.standing(one, period)) for one in board.indicators.values()]


@dataclass(frozen=True)
class Share:
    """A unit's share with how it stands, and those that come out of it, further in.

    `unexplained`: it reports itself, is far behind, and its latest report says nothing of why.
    """

    unit: Unit
    depth: int
    told: Told
    handed_on: bool
    remainder: str
    weight: str
    unexplained: bool


def shares_told(board: Board, indicator: Indicator, period: Period) -> list[Share]:
    """Return the shares of a target as a tree, the whole first; each says what of it is not handed on."""
    unit = board.body.unit
    found = [share_of(board, indicator, period, unit, 0, None)]
    waiting = [(one, 1) for one in reversed(board.children(indicator, period, unit.pk))]
    while waiting:
        share, depth = waiting.pop()
        found.append(share_of(board, indicator, period, share.unit, depth, share.weight))
        waiting += [(one, depth + 1) for one in reversed(board.children(indicator, period, share.unit_id))]
    return found


def share_of(board: Board, indicator: Indicator, period: Period, unit: Unit, depth: int, weight: int | None) -> Share:
    """Return one share."""
    handed = bool(board.children(indicator, period, unit.pk))
    left = board.remainder(indicator, period, unit.pk) if handed or depth == 0 else None
    standing = board.standing(indicator, period, unit.pk)
    return Share(
        unit,
        depth,
        told(indicator, period, standing),
        handed,
        remainder_told(indicator, left),
        shown(weight, 2) if weight is not None else "",
        standing.light == Light.RED and not handed and silent(board, indicator, period, unit),
    )


def silent(board: Board, indicator: Indicator, period: Period, unit: Unit) -> bool:
    """Say whether the latest report of a unit in a period comes without an explanation."""
    last = [found for leaf in board.leaves(period) if (found := board.last_figure(indicator, leaf, unit.pk))][-1:]
    return any(not figure.explanation for figure in last)


@dataclass(frozen=True)
class Gone:
    """A unit that ended with a share, which is free again, and the unit after it."""

    unit: Unit
    amount: str
    period: Period
    successor: Unit | None


def gone_told(board: Board, indicator: Indicator, period: Period) -> list[Gone]:
    """Return the units that ended with a share of an indicator, by their names."""
    shares = sorted(board.released_in(indicator, period).values(), key=lambda share: share.unit.name)
    return [
        Gone(share.unit, shown(share.value, indicator.places), board.periods[share.period_id], share.unit.successor)
        for share in shares
    ]


def remainder_told(indicator: Indicator, left: int | None) -> str:
    """Return what of an amount is not handed on; or how much more was, where the target was lowered since."""
    if left is None or left >= 0:
        return shown(left, indicator.places)
    return _("%(amount)s more handed on than there is") % {"amount": shown(-left, indicator.places)}


@dataclass(frozen=True)
class Version:
    """A version of a target: what it was before, what it is, who decided, why and when."""

    old: str
    new: str
    decision: str
    address: tuple[str, int]
    reason: str
    day: date


def versions_told(board: Board, indicator: Indicator, period: Period) -> list[Version]:
    """Return every version of a target, the first first."""
    found: list[Version] = []
    for one in board.targets.get((indicator.pk, period.pk), []):
        found.append(
            Version(
                found[-1].new if found else "",
                amount_told(indicator, Amount(one.value, one.upper)),
                one.decision.title,
                (one.decision.body.slug, one.decision.number),
                one.reason,
                one.entered.astimezone(zone_of(board.body)).date(),
            )
        )
    return found
