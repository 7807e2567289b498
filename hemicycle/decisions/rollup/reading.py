"""Reading the figures of directives: what one comes to, and how its periods were reported."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.db import connection

from hemicycle.decisions.models import Aim, Directive, Progress
from hemicycle.decisions.rollup.keeping import comes_to
from hemicycle.decisions.rollup.rules import Figure, Rule, first_day, periods, still_counts
from hemicycle.decisions.rollup.words import FigureShown, by_periods, completeness, period_named, shown_of
from hemicycle.journal.clock import now
from hemicycle.meetings.day import zone_of

LEAVES = """
WITH RECURSIVE below(key) AS (
    SELECT aim_id FROM decisions_rollup WHERE aim_id = %s
    UNION ALL SELECT part.id FROM decisions_directive part
    JOIN below ON part.parent_id = below.key JOIN decisions_rollup kept ON kept.aim_id = part.id AND kept.counts
) SELECT key FROM below JOIN decisions_rollup leaf ON leaf.aim_id = below.key WHERE leaf.parts = 0
"""


def aim_of(directive: Directive) -> Aim | None:
    """Return what a directive aims at in figures, if it does."""
    found: Aim | None = getattr(directive, "aim", None)
    return found


def figure_shown(directive: Directive) -> FigureShown | None:
    """Return what a directive's figure comes to; nothing where none is asked for, or it counts no more."""
    aim = aim_of(directive)
    if aim is None or not still_counts(directive.state):
        return None
    return shown_of(aim, comes_to(aim.rollup, aim))


def figure_reported(directive: Directive, reports: Iterable[Progress]) -> FigureShown | None:
    """Return what a directive's figure comes to; of one reported by periods, with how many of them were reported."""
    shown, aim = figure_shown(directive), aim_of(directive)
    if shown is None or aim is None or not aim.every or aim.rollup.parts:
        return shown
    zone = zone_of(directive.point.decision.body)
    today = now().astimezone(zone).date()
    every_one = periods(aim.every, directive.issued.astimezone(zone).date(), directive.due)
    told = {one.period for one in reports if one.value is not None}
    return by_periods(shown, len(told & set(every_one)), sum(starts <= today for starts in every_one))


@dataclass(frozen=True)
class Period:
    """A period with what was reported for it."""

    name: str
    shown: FigureShown


def periods_reported(directive: Directive, today: date) -> list[Period]:
    """Return the periods of a directive that have begun, the latest first, with how many of its parts reported each."""
    aim = aim_of(directive)
    if aim is None or not aim.every or aim.rule == Rule.WEIGHTED:
        return []
    with connection.cursor() as cursor:
        cursor.execute(LEAVES, [directive.pk])
        leaves = [key for (key,) in cursor.fetchall()]
    zone = zone_of(directive.point.decision.body)
    parts = Directive.objects.filter(pk__in=leaves).values_list("pk", "issued", "due", "aim__target")
    spans = {
        key: (first_day(aim.every, issued.astimezone(zone).date()), first_day(aim.every, due), target or 0)
        for key, issued, due, target in parts
    }
    told: dict[date, dict[int, tuple[int, int]]] = {}
    reports = Progress.objects.filter(directive__in=leaves, value__isnull=False, period__isnull=False)
    for key, period, value, of in reports.order_by("ordinal").values_list("directive", "period", "value", "out_of"):
        if period is not None:
            told.setdefault(period, {})[key] = (value or 0, of or 0)
    begun = [
        starts
        for starts in periods(aim.every, directive.issued.astimezone(zone).date(), directive.due)
        if starts <= today
    ]
    return [
        Period(period_named(aim.every, starts), shown_in(aim, of_period(aim, starts, spans, told.get(starts, {}))))
        for starts in reversed(begun)
    ]


def shown_in(aim: Aim, figure: Figure) -> FigureShown:
    """Return the figure of one period as it stands on a page."""
    return replace(shown_of(aim, figure), reported=completeness(figure))


def of_period(
    aim: Aim, starts: date, spans: dict[int, tuple[date, date, int]], told: dict[int, tuple[int, int]]
) -> Figure:
    """Return what the parts that stood in a period reported for it. A target is not of one period alone."""
    asked = {key: target for key, (first, last, target) in spans.items() if first <= starts <= last or key in told}
    of = {Rule.RATIO.value: sum(of for _value, of in told.values()), Rule.MILESTONE.value: sum(asked.values())}
    return Figure(sum(value for value, _of in told.values()), of.get(aim.rule, 0), len(told), len(asked))
