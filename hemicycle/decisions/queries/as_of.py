"""A decision's tasks as they stood on a day: with whom, under which units, and what their figures came to by then.

The tree of tasks is one of its own, so a reorganisation leaves it as it is; who had a task, and where that unit stood,
is told as of the day.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from hemicycle.accounts.access import Viewer
from hemicycle.bodies.day import end_of
from hemicycle.bodies.models import Placement, Unit
from hemicycle.bodies.queries import held_on
from hemicycle.decisions.models import Aim, Decision, Directive, Progress, Step
from hemicycle.decisions.queries import directives_for
from hemicycle.decisions.rollup.keeping import aimed, told_by
from hemicycle.decisions.rollup.reading import aim_of
from hemicycle.decisions.rollup.rules import NOT_COUNTED, Figure, Sums, Told, figure_of, given, own_of
from hemicycle.decisions.rollup.words import FigureShown, shown_of

SHOWN = 300
TELLING = (*NOT_COUNTED, Step.Kind.SENT_BACK, Step.Kind.HANDED_OVER)


@dataclass(frozen=True)
class Stood:
    """A task as it stood on a day. `over` are the units above its unit then, the nearest first."""

    directive: Directive
    depth: range
    unit: str
    over: list[str]
    counted: bool
    shown: FigureShown | None


def stood_on(viewer: Viewer, decision: Decision, day: date) -> tuple[list[Stood], int]:
    """Return the first tasks of a decision in the order of their tree as they stood at the end of a day, and how many.

    Tasks that were issued later are left out; a viewer finds those that they may see.
    """
    end = end_of(day, decision.body)
    seen = directives_for(viewer).filter(point__decision=decision, issued__lt=end).prefetch_related(None)
    directives = list(seen.order_by("pk"))
    steps: dict[int, list[Step]] = defaultdict(list)
    for step in Step.objects.filter(directive__in=directives).select_related("unit").order_by("ordinal"):
        steps[step.directive_id].append(step)
    counted = {one.pk: counted_then(steps[one.pk], end) for one in directives}
    figures = figures_then(directives, counted, end)
    rows = in_order(directives)
    units = {one.pk: unit_then(one, steps[one.pk], end) for one, _depth in rows[:SHOWN]}
    above = ways_up({unit.pk for unit in units.values()}, day)
    stood = [
        Stood(
            one,
            range(depth),
            units[one.pk].name,
            above[units[one.pk].pk],
            counted[one.pk],
            shown_of(aim, figures[one.pk]) if (aim := aim_of(one)) and counted[one.pk] else None,
        )
        for one, depth in rows[:SHOWN]
    ]
    return stood, len(rows)


def counted_then(steps: Iterable[Step], end: datetime) -> bool:
    """Say whether a task counted for its whole: it was not withdrawn, superseded or not applicable by then."""
    told = [step.kind for step in steps if step.kind in TELLING and step.taken < end]
    return not told or told[-1] not in NOT_COUNTED


def unit_then(directive: Directive, steps: Iterable[Step], end: datetime) -> Unit:
    """Return the unit that had a task: the one from which it was first handed over since, or the one that has it."""
    later = [step.unit for step in steps if step.kind == Step.Kind.HANDED_OVER and step.taken >= end]
    return later[0] if later else directive.responsible_unit


def figures_then(directives: list[Directive], counted: dict[int, bool], end: datetime) -> dict[int, Figure]:
    """Return what figures came to, from the reports and the tasks of then, by the rules of the roll-up."""
    aims: dict[int, Aim] = {one.pk: aim for one in directives if (aim := aim_of(one))}
    told: dict[int, list[Told]] = defaultdict(list)
    reports = Progress.objects.filter(directive__in=list(aims), value__isnull=False, reported__lt=end)
    for report in reports.order_by("ordinal"):
        told[report.directive_id].append(told_by(report))
    sums: dict[int, Sums] = defaultdict(Sums)
    found: dict[int, Figure] = {}
    for one in reversed(directives):
        if aim := aims.get(one.pk):
            found[one.pk] = figure_of(aimed(aim), own_of(aim.rule, told[one.pk]), sums[one.pk])
            whole = aims.get(one.parent_id or 0)
            if whole:
                sums[whole.pk] += given(aimed(aim), found[one.pk], whole.rule, counts=counted[one.pk])
    return found


def in_order(directives: list[Directive]) -> list[tuple[Directive, int]]:
    """Return directives with how deep each stands in its tree, every part right after its whole."""
    known = {one.pk for one in directives}
    parts: dict[int | None, list[Directive]] = defaultdict(list)
    for one in directives:
        parts[one.parent_id if one.parent_id in known else None].append(one)
    waiting = [(one, 0) for one in sorted(parts[None], key=lambda one: (one.point_id, one.number), reverse=True)]
    rows = []
    while waiting:
        one, depth = waiting.pop()
        rows.append((one, depth))
        waiting += [(part, depth + 1) for part in reversed(parts[one.pk])]
    return rows


def ways_up(units: set[int], day: date) -> dict[int, list[str]]:
    """Return the names of the units above each of these on a day, the nearest first."""
    above: dict[int, tuple[int, str]] = {}
    level = units
    while level:
        placed = Placement.objects.filter(held_on(day), unit__in=level).values_list("unit", "parent", "parent__name")
        above |= {unit: (parent, name) for unit, parent, name in placed}
        level = {above[unit][0] for unit in level if unit in above} - above.keys()
    ways: dict[int, list[str]] = {}
    for unit in units:
        way, key = [], unit
        while key in above:
            key, name = above[key]
            way.append(name)
        ways[unit] = way
    return ways
