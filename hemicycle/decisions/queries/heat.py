"""Sector by unit: how many of the tasks that a body handed out are late or done, as far as a viewer may see them.

Level by level: of the tasks that the body and its own unit handed out, or of those that one unit handed on, so that
what is read grows with what is shown. Every figure is counted for the viewer, from the tasks that they may see.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import reduce
from operator import or_

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from hemicycle.accounts.access import Viewer
from hemicycle.bodies.day import end_of
from hemicycle.bodies.models import Body, Unit
from hemicycle.decisions import rules
from hemicycle.decisions.models import Directive
from hemicycle.decisions.queries import decisions_for, directives_for, standing_of
from hemicycle.decisions.queries.states import states_then
from hemicycle.decisions.rollup.rules import NOT_COUNTED
from hemicycle.ground.among import Among

UNITS = 25
TASKS = 50
COUNTED = ("tasks", "late", "claimed", "done")
# Counts by unit, sector and what is counted; and as the database groups them, with the unit's name before its key.
Counted = Counter[tuple[int, str, str]]
Grouped = tuple[str, int, str, int, int, int, int]


@dataclass(frozen=True)
class Asked:
    """Which tasks a map tells of: of a body, those that `under` handed on, handed out from a day on, as of a day.

    Without `under` those that the body and its own unit handed out. `today` is the day at the body's place.
    """

    body: Body
    today: date
    on: date
    under: Unit | None = None
    since: date | None = None

    @property
    def now(self) -> bool:
        """Whether it is asked how the tasks stand today."""
        return self.on >= self.today


@dataclass(frozen=True)
class Cell:
    """The tasks of a unit in a sector: how many, how many of them are late, reported as done, and verified as done.

    Tasks that were withdrawn, superseded or found not to apply are in none of them.
    """

    tasks: int = 0
    late: int = 0
    claimed: int = 0
    done: int = 0


@dataclass(frozen=True)
class HeatMap:
    """A page of units by their names, the sectors with the most tasks first, and the cells of both that have tasks."""

    page: Page[int]
    units: list[Unit]
    sectors: list[str]
    cells: dict[tuple[int, str], Cell]


def last_to_decide(viewer: Viewer) -> str:
    """Return the address of the body of the latest decision that a viewer may see; nothing where there is none."""
    return decisions_for(viewer).values_list("body__slug", flat=True).first() or ""


def tasks_asked(viewer: Viewer, asked: Asked) -> list[QuerySet[Directive]]:
    """Return the tasks that a map tells of, without those that count no more today where today is asked for.

    In two sets without `under`, none of them in both: each is found by an index, both as one are not.
    """
    seen = directives_for(viewer)
    if asked.since:
        seen = seen.filter(issued__gte=end_of(asked.since - timedelta(days=1), asked.body))
    seen = seen.exclude(state__in=NOT_COUNTED) if asked.now else seen.filter(issued__lt=end_of(asked.on, asked.body))
    # Parts are of the decision of their whole; to ask for it again would make the database read every task of the body.
    of_body = Q(point__decision__body=asked.body)
    if asked.under:
        return [parts_of(seen, of_body & Q(responsible_unit=asked.under))]
    # A task for a whole level has the body's own unit as its first; what stands below that is shown at once.
    own = Q(parent=None, responsible_unit=asked.body.unit_id)
    return [seen.filter(of_body, parent=None), parts_of(seen, of_body & own)]


def parts_of(seen: QuerySet[Directive], wholes: Q) -> QuerySet[Directive]:
    """Return those of these tasks that are parts of such wholes."""
    keys = Directive.objects.filter(wholes).order_by().values_list("pk", flat=True)
    return seen.filter(Among("parent", keys))


def heat_map(viewer: Viewer, asked: Asked, page: int | str = 1) -> HeatMap:
    """Return a page of the map of a body's tasks by sector and unit."""
    sets = [tasks.order_by() for tasks in tasks_asked(viewer, asked)]
    rows = [row for tasks in sets for row in grouped(tasks, asked.on)]
    named = {(name, unit) for name, unit, *_counts in rows}
    keys = Paginator([unit for _name, unit in sorted(named)], UNITS).get_page(page)
    of_sector: Counter[str] = Counter()
    for _name, _unit, sector, tasks, *_states in rows:
        of_sector[sector] += tasks
    sectors = sorted(of_sector, key=lambda sector: (-of_sector[sector], sector))
    shown = set(keys)
    if asked.now:
        cells = cells_now(row for row in rows if row[1] in shown)
    else:
        cells = sum((cells_then(tasks.filter(responsible_unit__in=shown), asked) for tasks in sets), Counter())
    return HeatMap(keys, units_of(viewer, asked, list(keys)), sectors, in_cells(cells))


def grouped(tasks: QuerySet[Directive], day: date) -> "QuerySet[Directive, Grouped]":
    """Return name and key of each unit with each sector, and what the database counts there as it stands today."""
    return tasks.values_list("responsible_unit__name", "responsible_unit", "sector").annotate(
        tasks=Count("pk"),
        late=Count("pk", filter=Q(state__in=rules.GOING_ON, due__lt=day)),
        claimed=Count("pk", filter=Q(state=rules.CLAIMED)),
        done=Count("pk", filter=Q(state=Directive.State.CLOSED)),
    )


def cells_now(rows: Iterable[Grouped]) -> Counted:
    """Return what each unit's tasks in each sector come to as they stand today."""
    return Counter(
        {
            (unit, sector, name): count
            for _name, unit, sector, *counts in rows
            for name, count in zip(COUNTED, counts, strict=True)
        }
    )


def units_of(viewer: Viewer, asked: Asked, keys: list[int]) -> list[Unit]:
    """Return units by their keys and in their order, each with whether it handed on tasks that the viewer may see."""
    parts = directives_for(viewer).filter(point__decision__body=asked.body, parent__responsible_unit=OuterRef("pk"))
    found = {unit.pk: unit for unit in Unit.objects.filter(pk__in=keys).annotate(hands_on=Exists(parts))}
    return [found[key] for key in keys]


def cells_then(tasks: QuerySet[Directive], asked: Asked) -> Counted:
    """Return the same of tasks as they stood at the end of a day, by the units and due dates of today."""
    states = states_then(tasks, end_of(asked.on, asked.body))
    counted: Counted = Counter()
    for key, unit, sector, due in tasks.values_list("pk", "responsible_unit", "sector", "due"):
        state = states.get(key, rules.OPEN)
        names = ["tasks"] if state not in NOT_COUNTED else []
        names += ["late"] if state in rules.GOING_ON and due < asked.on else []
        names += [{rules.CLAIMED: "claimed", "closed": "done"}[state]] if state in {rules.CLAIMED, "closed"} else []
        counted.update((unit, sector, name) for name in names)
    return counted


def in_cells(counted: Counted) -> dict[tuple[int, str], Cell]:
    """Return the cells in which there are tasks."""
    there = [(unit, sector) for unit, sector, name in counted if name == "tasks"]
    return {key: Cell(*(counted[*key, name] for name in COUNTED)) for key in there}


@dataclass(frozen=True)
class Listed:
    """A page of tasks with where each stood on a day."""

    page: Page[Directive]
    stood: list[tuple[Directive, rules.Standing]]


def tasks_of_cell(viewer: Viewer, asked: Asked, unit: Unit, sector: str, page: int | str = 1) -> Listed:
    """Return a page of the tasks that a cell counts, as they stood on the day, the first due first."""
    first, *others = [one.filter(responsible_unit=unit, sector=sector) for one in tasks_asked(viewer, asked)]
    tasks = reduce(or_, others, first).order_by("due", "pk")
    if asked.now:
        found = Paginator(tasks, TASKS).get_page(page)
        return Listed(found, [(one, standing_of(one, asked.on)) for one in found])
    end = end_of(asked.on, asked.body)
    states = states_then(tasks, end)
    gone = [key for key, state in states.items() if state in NOT_COUNTED]
    found = Paginator(tasks.exclude(pk__in=gone).prefetch_related(None), TASKS).get_page(page)
    return Listed(found, [(one, stood(one, states.get(one.pk, rules.OPEN), end, asked.on)) for one in found])


def stood(directive: Directive, state: str, end: datetime, day: date) -> rules.Standing:
    """Return where a directive that was in a state stood at the end of a day, by its due date of today."""
    received = directive.received is not None and directive.received < end
    return rules.standing(due=directive.due, today=day, received=received, done=False, state=state)
