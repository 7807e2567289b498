"""Reading decisions, directives and progress: the register, a decision with what came of it, a unit's inbox."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlencode

from django.db.models import Count, Exists, Max, OuterRef, Prefetch, Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from hemicycle.accounts.access import Viewer
from hemicycle.bodies.day import today_in
from hemicycle.bodies.models import Body, Unit
from hemicycle.bodies.queries import subtree
from hemicycle.decisions import rules
from hemicycle.decisions.models import Change, Consultation, CoUnit, Decision, Directive, Finding, Point, Progress
from hemicycle.decisions.queries.searching import decision_address, searchable_decisions, searchable_directives
from hemicycle.decisions.rollup.reading import figure_reported
from hemicycle.decisions.rollup.rules import still_counts
from hemicycle.decisions.rollup.words import FigureShown
from hemicycle.voting.models import Ballot, Result

__all__ = ["decision_address", "searchable_decisions", "searchable_directives"]

# With more tasks than this, a decision's page counts the parts, which stand on the pages of their wholes.
MOST_SHOWN = 60
DIRECTIVE_BOOK = "point__decision__body__book"


def decisions_for(viewer: Viewer) -> QuerySet[Decision]:
    """Return the decisions that a viewer may see, of every body, the latest first."""
    seen = viewer.filter("body__book", "access", "meeting")
    return (
        Decision.objects.filter(seen)
        .select_related("body", "meeting__term", "meeting__body", "item")
        .order_by("-certified", "-number")
    )


def query_string(kept: Mapping[str, object]) -> str:
    """Return what was looked for as the beginning of a query, ending in “&” where there is anything."""
    said = urlencode({name: value for name, value in kept.items() if value})
    return f"{said}&" if said else ""


def bodies_with_decisions(viewer: Viewer) -> QuerySet[Body]:
    """Return the bodies of which the viewer may see a decision."""
    return Body.objects.filter(pk__in=decisions_for(viewer).order_by().values("body")).order_by("pk")


def decision_for(viewer: Viewer, slug: str, number: int) -> Decision:
    """Return a body's decision by its number; raise Http404 where the viewer may not see it."""
    seen = viewer.filter("point__decision__body__book", "access", "point__decision__meeting")
    discussed = Consultation.objects.filter(seen, point__decision=OuterRef("pk"))
    changed = Change.objects.filter(Q(by=OuterRef("pk")) | Q(of=OuterRef("pk")))
    decision = (
        decisions_for(viewer)
        .annotate(discussed=Exists(discussed), changed=Exists(changed))
        .select_related("motion", "result__ballot__sitting__meeting__body")
        .filter(body__slug=slug, number=number)
        .first()
    )
    if decision is None:
        raise Http404(_("There is no such decision."))
    return decision


def count_with_decision(ballot: Ballot) -> Result | None:
    """Return the last count of a ballot, with the decision that was made of it if one was; None while it is open."""
    counts = ballot.results.select_related("decision__body").order_by("-version")
    return counts.first() if ballot.closed else None


@dataclass(frozen=True)
class Task:
    """A directive with its reports and where it stands on a day; `findings` are what meetings found about it."""

    directive: Directive
    reports: list[Progress]
    standing: rules.Standing
    findings: list[Finding] = field(default_factory=list)

    @property
    def help_needed(self) -> str:
        """What help its latest report asks for."""
        return self.reports[-1].help_needed if self.reports else ""

    @property
    def figure(self) -> FigureShown | None:
        """What its figure comes to, with how many of those asked reported one."""
        return figure_reported(self.directive, self.reports)


@dataclass(frozen=True)
class Branch:
    """A task with the parts into which it was broken down."""

    task: Task
    parts: "list[Branch]"
    counted: tuple[int, int, int] | None = None

    @property
    def tally(self) -> tuple[int, int, int]:
        """How many parts count at every depth, how many of them are closed or reported as done, how many late.

        A part that was withdrawn, superseded or found not applicable is not counted, nor what is below it.
        """
        if self.counted is not None:
            return self.counted
        counting = [part for part in self.parts if still_counts(part.task.standing.state)]
        found = [part.task.standing for part in counting]
        below = [part.tally for part in counting]
        done = sum(one.state in {"done", Directive.State.CLOSED} for one in found)
        late = sum(one.days_over > 0 for one in found)
        return (
            len(found) + sum(one[0] for one in below),
            done + sum(one[1] for one in below),
            late + sum(one[2] for one in below),
        )


@dataclass(frozen=True)
class PointWithTasks:
    """A point of a decision with the tasks that were handed out for it, each with its parts.

    `findings` are what meetings found about the point where nobody has a task, or about its discussion in the units.
    """

    point: Point
    tasks: list[Branch]
    findings: list[Finding] = field(default_factory=list)


def directives_for(viewer: Viewer) -> QuerySet[Directive]:
    """Return the directives that a viewer may see: by their access, or because their own unit carries them out."""
    seen = viewer.filter(DIRECTIVE_BOOK, "access", "point__decision__meeting")
    mine = viewer.bodies | viewer.desks
    own = Q(responsible_unit__book__in=mine) | Q(parent__responsible_unit__book__in=mine)
    if mine:
        own |= Q(pk__in=CoUnit.objects.filter(unit__book__in=mine).values("directive"))
        own |= Q(handler=viewer.person)
    related = ("responsible_unit", "issuing_unit", "point__decision__body", "point__decision__meeting")
    reports = Progress.objects.order_by("ordinal").select_related("through").prefetch_related("evidence")
    return (
        Directive.objects.filter(seen | own)
        .select_related(*related, "parent__responsible_unit", "handler", "aim__rollup")
        .prefetch_related(Prefetch("progress", reports), Prefetch("co_units", CoUnit.objects.select_related("unit")))
    )


def issuer_book(directive: Directive) -> int:
    """Return the book of whoever issued a directive: the body, or the unit that broke down what it is a part of."""
    whole = directive.parent
    book: int = whole.responsible_unit.book_id if whole else directive.point.decision.body.book_id
    return book


def state_of(directive: Directive) -> str:
    """Return a directive's state; where it is open and its last report since its receipt said “done”, that claims it.

    Reports from before directives had states claimed by that word alone.
    """
    if directive.state or directive.received is None:
        return directive.state
    reports = sorted(directive.progress.all(), key=lambda report: report.ordinal)
    claims = bool(reports) and reports[-1].done and reports[-1].reported >= directive.received
    return Directive.State.CLAIMED if claims else Directive.State.OPEN


def points_of(viewer: Viewer, decision: Decision, today: date) -> list[PointWithTasks]:
    """Return a decision's points in order, each with the tasks that the viewer may see.

    Of more than a page holds, those that the body issued and the viewer's own are told; their parts are counted.
    """
    seen = directives_for(viewer).filter(point__decision=decision)
    found = Exists(Finding.objects.filter(line__point=OuterRef("pk")))
    counted = decision.points.annotate(count=Count("directives"), found=found)
    points = counted.select_related("without_task").order_by("ordinal")
    many = sum(point.count for point in points) > MOST_SHOWN
    tallies = tallies_of(seen, today) if many else {}
    own = Q(responsible_unit__book__in=viewer.bodies | viewer.desks)
    shown = seen.filter(Q(parent=None) | own) if many else seen
    by_point: dict[int, list[Branch]] = {}
    branches: dict[int, Branch] = {}
    for directive in shown.order_by("number"):
        branch = branches[directive.pk] = Branch(task(directive, today), [], tallies.get(directive.pk))
        # Whoever may see a part alone finds it at the point. A whole is always older than its parts.
        whole = branches.get(directive.parent_id or 0)
        (whole.parts if whole else by_point.setdefault(directive.point_id, [])).append(branch)
    return [PointWithTasks(point, by_point.get(point.pk, [])) for point in points]


def tallies_of(found: QuerySet[Directive], today: date) -> dict[int | None, tuple[int, int, int]]:
    """Return of each of these that has parts how many count at every depth, how many are done, how many late."""
    above: dict[int | None, int | None] = {}
    tallies: dict[int | None, tuple[int, int, int]] = {}
    for key, parent, state, due in found.order_by("pk").values_list("pk", "parent_id", "state", "due"):
        if parent and not still_counts(state):
            continue
        above[key] = parent
        done = state in {Directive.State.CLAIMED, Directive.State.CLOSED}
        late = state in rules.GOING_ON and due < today
        whole: int | None = parent
        while whole in above:
            parts = tallies.get(whole, (0, 0, 0))
            tallies[whole] = (parts[0] + 1, parts[1] + done, parts[2] + late)
            whole = above[whole]
    return tallies


def in_rows(branches: Iterable[Branch], depth: int = 0) -> Iterator[tuple[str, Task]]:
    """Yield the tasks of branches with their parts, each with a stroke for every task that it is a part of."""
    for branch in branches:
        yield "-" * depth, branch.task
        yield from in_rows(branch.parts, depth + 1)


def task(directive: Directive, today: date | None = None) -> Task:
    """Return a directive with its reports and where it stands on a day, or now at the place of who decided."""
    return Task(directive, list(directive.progress.all()), standing_of(directive, today))


def standing_of(directive: Directive, day: date | None = None) -> rules.Standing:
    """Return where a directive stands on a day, or on the day that it is now at the place of who decided."""
    state, today = state_of(directive), day or today_in(directive.point.decision.body)
    received = directive.received is not None
    return rules.standing(
        due=directive.due, today=today, received=received, done=state == Directive.State.CLAIMED, state=state
    )


def directive_for(viewer: Viewer, pk: int) -> Directive:
    """Return a directive; raise Http404 where the viewer may not see it."""
    found = Exists(Finding.objects.filter(line__directive=OuterRef("pk")))
    directive = directives_for(viewer).annotate(found=found).filter(pk=pk).first()
    if directive is None:
        raise Http404(_("There is no such task."))
    return directive


def point_for(viewer: Viewer, pk: int) -> Point:
    """Return a point of a decision; raise Http404 where the viewer may not see the decision."""
    seen = viewer.filter("decision__body__book", "decision__access", "decision__meeting")
    point = Point.objects.filter(seen, pk=pk).select_related("decision__body__unit", "decision__meeting").first()
    if point is None:
        raise Http404(_("There is no such point."))
    return point


def unit_named(slug: str) -> Unit:
    """Return a unit by its address. Units are public."""
    unit = Unit.objects.select_related("book").filter(slug=slug).first()
    if unit is None:
        raise Http404(_("There is no such unit."))
    return unit


def units_to_choose(over: Unit, day: date) -> QuerySet[Unit]:
    """Return the units to which a unit's body can hand a task on a day: its own and those below that have not ended."""
    return Unit.objects.filter(pk__in=subtree(over, day)).exclude(ended__lte=day).order_by("name", "pk")


def sectors_of(body: Body) -> list[str]:
    """Return the sectors in which a body has handed out tasks, for suggestions."""
    named = Directive.objects.filter(point__decision__body=body).exclude(sector="")
    return list(named.order_by("sector").values_list("sector", flat=True).distinct())


def last_number(body: Body) -> int:
    """Return the number of a body's last decision, 0 where it has none."""
    return Decision.objects.filter(body=body).aggregate(last=Max("number"))["last"] or 0
