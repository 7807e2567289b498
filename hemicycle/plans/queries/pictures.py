"""What the drawings and counters of plans show, with the tables that stand beside them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hemicycle.bodies.day import zone_of
from hemicycle.decisions.rollup.figures import shown
from hemicycle.plans.drawing import STEPS, Bar, BurnUp, Change, bar
from hemicycle.plans.models import Indicator, Period, Target
from hemicycle.plans.queries.board import Amount, Board, Reached, Standing, span_of
from hemicycle.plans.queries.shown import TONES, Told, Version, amount_told, light_told, told, versions_told
from hemicycle.plans.rules.measure import Direction, Forecast, Light, expectation, forecast, required_rate

ONE_DAY = timedelta(days=1)
WORST = [Light.RED, Light.AMBER, Light.OPEN, Light.GREY, Light.GREEN]


def expected_on(board: Board, indicator: Indicator, period: Period, day: date) -> Fraction | None:
    """Return what was to be expected of the whole by a day, of the target that held then; today's for what comes."""
    versions = board.targets.get((indicator.pk, period.pk), [])
    held = held_on(board, versions, min(day, board.day))
    if held is None:
        return None
    amount = Amount(held.value, held.upper)
    baseline = board.baseline(indicator, period, amount, None)
    return expectation(board.measures[indicator.pk], baseline, amount.value, span_of(period), day)


def held_on(board: Board, versions: Sequence[Target], day: date) -> Target | None:
    """Return the version of a target that held on a day. The first holds from the start, whenever it was set."""
    held = [one for one in versions if set_on(board, one) <= day] or list(versions[:1])
    return held[-1] if held else None


def burn_up_of(board: Board, indicator: Indicator, period: Period) -> BurnUp | None:
    """Return the burn-up of an indicator in a period; None before there is a target or a figure."""
    versions = board.targets.get((indicator.pk, period.pk), [])
    actual = board.series(indicator, period)
    if not versions and not actual:
        return None
    span, places = span_of(period), indicator.places
    # A new target makes a step: what was expected the day before, and on the day itself.
    steps = {span.starts + timedelta(days=(span.days - 1) * step // STEPS) for step in range(STEPS + 1)}
    for one in versions[1:]:
        steps |= {day for day in (set_on(board, one) - ONE_DAY, set_on(board, one)) if span.starts <= day <= span.ends}
    days = sorted(steps)
    expected = [(day, found) for day in days if (found := expected_on(board, indicator, period, day)) is not None]
    changes = [
        Change(set_on(board, one), value, amount_told(indicator, Amount(value)))
        for one in versions
        for value in ([one.value] if one.upper is None else [one.value, one.upper])
    ]
    standing = board.standing(indicator, period)
    return BurnUp(
        _("%(title)s, “%(period)s”") % {"title": indicator.title, "period": period.title},
        said_of(indicator, standing),
        span,
        board.day,
        actual,
        expected,
        changes,
        forecast_of(board, indicator, period, actual),
        places,
        indicator.unit_of_measure,
    )


@dataclass(frozen=True)
class DrawnOn:
    """What a burn-up shows of a day, as text: a figure or where it comes to, what was expected, and the target then."""

    day: date
    actual: str
    expected: str
    target: str
    forecast: str = ""
    whole: bool = True


def burn_up_rows(board: Board, indicator: Indicator, period: Period, drawn: BurnUp) -> list[DrawnOn]:
    """Return the table beside a burn-up: each day with a figure, each with a new target, and the end with its forecast.

    The first target is drawn from the start of its period, whenever it was set.
    """
    places, reached = indicator.places, {one.day: one for one in drawn.actual}
    changed = {min(max(one.day, drawn.span.starts), drawn.span.ends) for one in drawn.targets[1:]}
    end = {drawn.span.ends} if drawn.forecast else set()
    rows = []
    for day in sorted(reached.keys() | changed | end):
        at = reached.get(day)
        comes_to = drawn.forecast if day == drawn.span.ends else None
        rows.append(
            DrawnOn(
                day,
                shown(at.value, places) if at else "",
                shown(expected_on(board, indicator, period, day), places),
                target_on(board, indicator, period, day),
                told_forecast(comes_to, places) if comes_to else "",
                at is None or at.whole,
            )
        )
    return rows


def target_on(board: Board, indicator: Indicator, period: Period, day: date) -> str:
    """Return the target that held on a day, as it is drawn; both bounds where it has two."""
    held = held_on(board, board.targets.get((indicator.pk, period.pk), []), day)
    return amount_told(indicator, Amount(held.value, held.upper)) if held else ""


def set_on(board: Board, target: Target) -> date:
    """Return the day on which a target was set, at the body's place."""
    return target.entered.astimezone(zone_of(board.body)).date()


def told_forecast(found: Forecast, places: int) -> str:
    """Return where a figure comes to, with its band where it has one."""
    middle = shown(found.middle, places)
    return middle if found.low == found.high else f"{middle} ({shown(found.low, places)}–{shown(found.high, places)})"


def said_of(indicator: Indicator, standing: Standing) -> str:
    """Return what a burn-up shows, in one sentence."""
    found = told(indicator, indicator.period, standing)
    said = [_("%(actual)s %(unit)s so far") if found.actual else _("No figure so far")]
    said += [_("%(expected)s expected by now")] if found.expected else []
    said += [_("target %(target)s")] if found.amount else []
    words = {
        "actual": found.actual,
        "unit": indicator.unit_of_measure,
        "expected": found.expected,
        "target": found.amount,
    }
    told_so_far = ", ".join(said) % words
    return f"{told_so_far}: {found.label}." if found.actual else f"{told_so_far}."


def forecast_of(board: Board, indicator: Indicator, period: Period, actual: list[Reached]) -> Forecast | None:
    """Return where an indicator comes to at its pace, where its period is under way and its last figure complete."""
    if not period.starts <= board.day < period.ends or not actual or not actual[-1].whole:
        return None
    whole = [(one.day, one.value) for one in actual if one.whole]
    # Of a share in percent no more than all can be; other rates, such as tonnes on so many hectares, have no such end.
    most = indicator.per * 10**indicator.places if indicator.per and indicator.unit_of_measure.strip() == "%" else None
    return forecast(board.measures[indicator.pk], whole, span_of(period), most)


@dataclass(frozen=True)
class Reckoned:
    """What is reckoned from a figure: where it comes to, and how much a day is still needed."""

    forecast: str
    band: str
    required: str
    pace: str
    days_left: int


def reckoned(board: Board, indicator: Indicator, period: Period) -> Reckoned:
    """Return what is reckoned from an indicator's figures in a period; empty where nothing can be."""
    span, places = span_of(period), indicator.places
    actual = board.series(indicator, period)
    found = forecast_of(board, indicator, period, actual)
    amount, measure = board.amount(indicator, period), board.measures[indicator.pk]
    value = actual[-1].value if actual else None
    needed = required_rate(measure, value, amount.value, span, board.day) if amount and indicator.per is None else None
    pace = actual[-1].value / span.day_number(actual[-1].day) if actual and measure.adds_up else None
    return Reckoned(
        shown(found.middle, places) if found else "",
        f"{shown(found.low, places)}–{shown(found.high, places)}" if found and found.low != found.high else "",
        shown(needed * 10, places + 1) if needed is not None and board.day <= span.ends else "",
        shown(pace * 10, places + 1) if pace is not None else "",
        span.days_left(board.day),
    )


@dataclass(frozen=True)
class Counter:
    """An indicator of a campaign: how far it is, and how much a day is still needed."""

    told: Told
    reckoned: Reckoned
    more: bool
    svg: SafeString
    changes: list[Version]


def counters(board: Board, period: Period) -> list[Counter]:
    """Return a counter for each indicator that has a target in a campaign."""
    found = []
    for one in board.indicators.values():
        standing = board.standing(one, period)
        if (amount := standing.amount) is None:
            continue
        targets = [amount.value] if amount.upper is None else [amount.value, amount.upper]
        drawn = Bar(f"counter-{one.pk}", one.title, said_of(one, standing), standing.value, standing.expected, targets)
        more, changes = one.direction == Direction.MORE, versions_told(board, one, period)[1:]
        found.append(Counter(told(one, period, standing), reckoned(board, one, period), more, bar(drawn), changes))
    return found


@dataclass(frozen=True)
class Cell:
    """A sector of a unit: its worst light, and how many indicators stand behind it."""

    label: str
    tone: str
    words: str
    disputed: int


@dataclass(frozen=True)
class Heat:
    """Sectors by units."""

    units: list[tuple[str, str]]
    rows: list[tuple[str, list[Cell | None]]]


def heat_of(board: Board, period: Period) -> Heat | None:
    """Return how each unit that got a share of the whole stands in each sector; None where nothing is shared out."""
    units: dict[int, tuple[str, str]] = {}
    standings: dict[tuple[str, int], list[Standing]] = {}
    for indicator in board.indicators.values():
        judged = judged_for_heat(board, indicator, period)
        for share in board.children(indicator, judged, board.body.unit_id):
            units[share.unit_id] = (share.unit.name, share.unit.slug)
            found = board.standing(indicator, judged, share.unit_id)
            standings.setdefault((indicator.sector or _("other"), share.unit_id), []).append(found)
    if not units:
        return None
    keys = sorted(units, key=lambda key: units[key])
    sectors = sorted({sector for sector, _unit in standings})
    rows = [(sector, [cell_of(standings.get((sector, key))) for key in keys]) for sector in sectors]
    return Heat([units[key] for key in keys], rows)


def judged_for_heat(board: Board, indicator: Indicator, period: Period) -> Period:
    """Return the period, this one or one that it is part of, for which shares were given."""
    return next((one for one in board.up(period) if board.shares.get((indicator.pk, one.pk))), period)


def cell_of(standings: list[Standing] | None) -> Cell | None:
    """Return a sector of a unit, None where it has no share in it."""
    if not standings:
        return None
    worst = min((one.light for one in standings), key=WORST.index)
    count = len(standings)
    words = ngettext("%(count)d indicator", "%(count)d indicators", count) % {"count": count}
    return Cell(
        light_told(worst, over=all(one.over for one in standings)),
        TONES[worst],
        words,
        sum(one.total.disputed for one in standings),
    )
