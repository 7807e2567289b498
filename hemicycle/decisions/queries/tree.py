"""The tree of a decision's tasks as a map: where each stood on a day, and how many below it were open, late or done.

A map shows some levels at once and few tasks of each. What is wider or deeper opens on a page of its own, so that one
with ten thousand parts is a line with its counts. Everything is counted from the tasks that the viewer may see.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import NamedTuple

from django.core.paginator import Page, Paginator
from django.http import Http404
from django.utils.translation import gettext as _

from hemicycle.accounts.access import Viewer
from hemicycle.bodies.day import end_of
from hemicycle.decisions import rules
from hemicycle.decisions.models import Decision, Directive, Step
from hemicycle.decisions.queries import directives_for
from hemicycle.decisions.queries.as_of import unit_then
from hemicycle.decisions.queries.states import states_then
from hemicycle.decisions.rollup.reading import figure_shown
from hemicycle.decisions.rollup.rules import NOT_COUNTED
from hemicycle.decisions.rollup.words import FigureShown

# So many tasks stand on a page, so many parts are folded into one of them, so deep, and so many of all depths.
A_PAGE, PARTS, DEPTH, SHOWN = 50, 30, 5, 250


@dataclass(frozen=True)
class Below:
    """How many tasks stand below one at every depth: open, late among the open ones, done, and dropped.

    Done are those reported or verified as done; dropped those withdrawn, superseded or found not to apply.
    """

    open: int = 0
    late: int = 0
    done: int = 0
    dropped: int = 0

    def __add__(self, other: "Below") -> "Below":
        return Below(
            self.open + other.open, self.late + other.late, self.done + other.done, self.dropped + other.dropped
        )

    @property
    def tasks(self) -> int:
        """How many they are, whatever became of them."""
        return self.open + self.done + self.dropped

    @property
    def shares(self) -> tuple[int, int]:
        """In thousandths of what was not dropped: how many are done, and how many late."""
        whole = (self.open + self.done) or 1
        return self.done * 1000 // whole, self.late * 1000 // whole


class Light(NamedTuple):
    """As much of a task as its place and its lateness need."""

    pk: int
    parent: int | None
    point: int
    number: int
    state: str
    due: date
    received: datetime | None


@dataclass(frozen=True)
class Twig:
    """A task in the map, with its parts where there is room for them; `below` counts them all.

    `unit`: the name of the unit that had it on the day; `figure`: what its figure comes to, where today is asked for.
    """

    directive: Directive
    standing: rules.Standing
    unit: str
    below: Below
    parts: "list[Twig]"
    figure: FigureShown | None = None


@dataclass(frozen=True)
class Tree:
    """A page of the map of a decision's tasks, or of those below one of them, `over`.

    `above`: the task of which that one is a part, where the viewer sees it. `all`: what there is of the whole decision,
    or below that one.
    """

    over: Twig | None
    above: int | None
    twigs: list[Twig]
    page: Page[int]
    all: Below


def tree_of(
    viewer: Viewer, decision: Decision, day: date, today: date, *, below: int | None = None, page: int | str = 1
) -> Tree:
    """Return a page of the map of a decision's tasks as they stood at the end of a day, by the due dates of today.

    `below`: the task of which the parts are wanted; raise Http404 where the viewer may not see such a task.
    """
    lights = lights_of(viewer, decision, day, today)
    if below is not None and below not in lights:
        raise Http404(_("There is no such task."))
    parts = parts_of(lights)
    end = end_of(day, decision.body)
    standings = {key: standing_on(one, day, end) for key, one in lights.items()}
    counted = counts(lights, standings)
    found = Paginator(parts[below], A_PAGE).get_page(page)
    nested = unfolded(list(found), parts)
    told = told_of(viewer, [*nested, *([below] if below else [])], decision, day, today)

    def twig(key: int) -> Twig:
        directive, unit = told[key]
        folded = [twig(part) for part in nested.get(key, ())]
        figure = figure_shown(directive) if day >= today else None
        return Twig(directive, standings[key], unit, counted[key], folded, figure)

    whole = counted[below] if below else sum((counted[key] + own(standings[key]) for key in parts[None]), Below())
    over = replace(twig(below), parts=[]) if below else None
    above = lights[below].parent if below else None
    return Tree(over, above if above in lights else None, [twig(key) for key in found], found, whole)


def lights_of(viewer: Viewer, decision: Decision, day: date, today: date) -> dict[int, Light]:
    """Return the tasks of a decision that a viewer may see and that were handed out by a day, in the state of then."""
    seen = directives_for(viewer).filter(point__decision=decision).prefetch_related(None).order_by()
    end = end_of(day, decision.body)
    if day < today:
        seen = seen.filter(issued__lt=end)
    rows = seen.values_list("pk", "parent_id", "point_id", "number", "state", "due", "received")
    lights = {one.pk: one for one in sorted(Light(*row) for row in rows)}
    if day >= today:
        return lights
    states = states_then(seen, end)
    return {key: one._replace(state=states.get(key, rules.OPEN)) for key, one in lights.items()}


def parts_of(lights: Mapping[int, Light]) -> Mapping[int | None, list[int]]:
    """Return the parts of each task in their order. Whoever may see a part alone finds it among the wholes, at None."""
    parts: dict[int | None, list[int]] = defaultdict(list)
    for one in sorted(lights.values(), key=lambda one: (one.point, one.number)):
        parts[one.parent if one.parent in lights else None].append(one.pk)
    return parts


def standing_on(one: Light, day: date, end: datetime) -> rules.Standing:
    """Return where a task stood at the end of a day."""
    received = one.received is not None and one.received < end
    return rules.standing(due=one.due, today=day, received=received, done=False, state=one.state)


def counts(lights: Mapping[int, Light], standings: Mapping[int, rules.Standing]) -> dict[int, Below]:
    """Return what stands below each task. A whole is always older than its parts."""
    counted = dict.fromkeys(lights, Below())
    for key in reversed(list(lights)):
        parent = lights[key].parent
        if parent is not None and parent in counted:
            counted[parent] += counted[key] + own(standings[key])
    return counted


def own(standing: rules.Standing) -> Below:
    """Return what a task is itself in the counts of those above it."""
    if standing.state in NOT_COUNTED:
        return Below(dropped=1)
    if standing.state in {"done", "closed"}:
        return Below(done=1)
    return Below(open=1, late=int(standing.days_over > 0))


def unfolded(first: Sequence[int], parts: Mapping[int | None, list[int]]) -> dict[int, list[int]]:
    """Return the tasks that are shown, each with those of its parts that are: level by level, while there is room."""
    nested: dict[int, list[int]] = {key: [] for key in first}
    level = list(first)
    for _depth in range(DEPTH):
        following: list[int] = []
        for key in level:
            found = parts.get(key, [])
            if 0 < len(found) <= PARTS and len(nested) + len(found) <= SHOWN:
                nested[key] = found
                nested |= {part: [] for part in found}
                following += found
        level = following
    return nested


def told_of(
    viewer: Viewer, keys: Iterable[int], decision: Decision, day: date, today: date
) -> dict[int, tuple[Directive, str]]:
    """Return tasks by their keys, each with the name of the unit that had it at the end of a day."""
    found = directives_for(viewer).filter(pk__in=list(keys)).prefetch_related(None)
    if day >= today:
        return {one.pk: (one, one.responsible_unit.name) for one in found}
    end = end_of(day, decision.body)
    later: dict[int, list[Step]] = defaultdict(list)
    handed_over = Step.objects.filter(directive__in=found.order_by().values("pk"), kind=Step.Kind.HANDED_OVER)
    for step in handed_over.filter(taken__gte=end).select_related("unit").order_by("ordinal"):
        later[step.directive_id].append(step)
    return {one.pk: (one, unit_then(one, later[one.pk], end).name) for one in found}
