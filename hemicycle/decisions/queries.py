"""Reading decisions, directives and progress: the register, a decision with what came of it, a unit's inbox."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import Max, Prefetch, Q, QuerySet
from django.db.models.functions import ExtractYear
from django.http import Http404
from django.utils.translation import gettext as _

from hemicycle.accounts.access import Viewer
from hemicycle.bodies.models import Body, Unit
from hemicycle.bodies.queries import subtree
from hemicycle.decisions import rules
from hemicycle.decisions.models import Decision, Directive, Point, Progress
from hemicycle.meetings.day import zone_of
from hemicycle.meetings.queries import scope_of
from hemicycle.search.documents import Searchable
from hemicycle.voting.models import Result

PAGE = 50
DIRECTIVE_BOOK = "point__decision__body__book"


def decisions_for(viewer: Viewer) -> QuerySet[Decision]:
    """Return the decisions that a viewer may see, of every body, the latest first."""
    seen = viewer.filter("body__book", "access", "meeting")
    return (
        Decision.objects.filter(seen)
        .select_related("body", "meeting__term", "meeting__body", "item")
        .order_by("-certified", "-number")
    )


@dataclass(frozen=True)
class Wanted:
    """What is looked for in the register; each may be left out."""

    body: str = ""
    year: int | None = None
    text: str = ""


def register(viewer: Viewer, wanted: Wanted, page: int = 1) -> Page[Decision]:
    """Return a page of the register of decisions."""
    found = decisions_for(viewer)
    if wanted.body:
        found = found.filter(body__slug=wanted.body)
    if wanted.year:
        found = found.filter(effective__year=wanted.year)
    if wanted.text:
        found = found.filter(Q(title__icontains=wanted.text) | Q(text__icontains=wanted.text) | in_points(wanted.text))
    return Paginator(found, PAGE).get_page(page)


def query_string(kept: Mapping[str, object]) -> str:
    """Return what was looked for as the beginning of a query, ending in “&” where there is anything."""
    said = urlencode({name: value for name, value in kept.items() if value})
    return f"{said}&" if said else ""


def in_points(text: str) -> Q:
    """Return the condition that a point of the decision has this text."""
    return Q(pk__in=Point.objects.filter(text__icontains=text).values("decision"))


def bodies_with_decisions(viewer: Viewer) -> QuerySet[Body]:
    """Return the bodies of which the viewer may see a decision."""
    return Body.objects.filter(pk__in=decisions_for(viewer).order_by().values("body")).order_by("pk")


def years_with_decisions(viewer: Viewer) -> list[int]:
    """Return the years of which the viewer may see a decision, the latest first."""
    years = decisions_for(viewer).order_by().annotate(year=ExtractYear("effective")).values_list("year", flat=True)
    return sorted(set(years), reverse=True)


def decision_for(viewer: Viewer, slug: str, number: int) -> Decision:
    """Return a body's decision by its number; raise Http404 where the viewer may not see it."""
    decision = (
        decisions_for(viewer)
        .select_related("motion", "result__ballot__sitting__meeting__body")
        .filter(body__slug=slug, number=number)
        .first()
    )
    if decision is None:
        raise Http404(_("There is no such decision."))
    return decision


def decision_of(result: Result) -> Decision | None:
    """Return the decision that was made of a result, if one was."""
    return Decision.objects.select_related("body").filter(result=result).first()


@dataclass(frozen=True)
class Task:
    """A directive with its reports and where it stands on a day."""

    directive: Directive
    reports: list[Progress]
    standing: rules.Standing


@dataclass(frozen=True)
class PointWithTasks:
    """A point of a decision with the tasks that were handed out for it."""

    point: Point
    tasks: list[Task]


def directives_for(viewer: Viewer) -> QuerySet[Directive]:
    """Return the directives that a viewer may see: by their access, or because their own unit carries them out."""
    seen = viewer.filter(DIRECTIVE_BOOK, "access", "point__decision__meeting")
    own = Q(responsible_unit__book__in=viewer.bodies | viewer.desks)
    return (
        Directive.objects.filter(seen | own)
        .select_related("responsible_unit", "issuing_unit", "point__decision__body", "point__decision__meeting")
        .prefetch_related(Prefetch("progress", Progress.objects.order_by("ordinal")))
    )


def points_of(viewer: Viewer, decision: Decision, today: date) -> list[PointWithTasks]:
    """Return a decision's points in order, each with the tasks that the viewer may see."""
    by_point: dict[int, list[Task]] = {}
    for directive in directives_for(viewer).filter(point__decision=decision).order_by("number"):
        by_point.setdefault(directive.point_id, []).append(task(directive, today))
    return [PointWithTasks(point, by_point.get(point.pk, [])) for point in decision.points.order_by("ordinal")]


def task(directive: Directive, today: date) -> Task:
    """Return a directive with its reports and standing; the last report says whether it is done."""
    reports = list(directive.progress.all())
    return Task(
        directive,
        reports,
        rules.standing(
            due=directive.due,
            today=today,
            received=directive.received is not None,
            done=bool(reports) and reports[-1].done,
        ),
    )


def directive_for(viewer: Viewer, pk: int) -> Directive:
    """Return a directive; raise Http404 where the viewer may not see it."""
    directive = directives_for(viewer).filter(pk=pk).first()
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


@dataclass(frozen=True)
class Inbox:
    """A unit's tasks by what they wait for, each list by due date."""

    overdue: list[Task]
    to_receive: list[Task]
    to_report: list[Task]
    done: list[Task]


def inbox(viewer: Viewer, unit: Unit, today: date) -> Inbox:
    """Return the tasks of a unit that a viewer may see."""
    tasks = [
        task(directive, today)
        for directive in directives_for(viewer).filter(responsible_unit=unit).order_by("due", "pk")
    ]
    of = {state: [one for one in tasks if one.standing.state == state] for state in STATES}
    return Inbox(of["overdue"], of["to receive"], of["to report"], of["done"])


STATES = ("overdue", "to receive", "to report", "done")


def units_to_choose(body: Body, day: date) -> QuerySet[Unit]:
    """Return the units to which a body can hand a task on a day: its own and those below it that have not ended."""
    return Unit.objects.filter(pk__in=subtree(body.unit, day)).exclude(ended__lte=day).order_by("name", "pk")


def sectors_of(body: Body) -> list[str]:
    """Return the sectors in which a body has handed out tasks, for suggestions."""
    named = Directive.objects.filter(point__decision__body=body).exclude(sector="")
    return list(named.order_by("sector").values_list("sector", flat=True).distinct())


def decision_address(decision: Decision) -> str:
    """Return the address of a decision's page, without the language."""
    return f"/bodies/{decision.body.slug}/decisions/{decision.number}/"


def searchable_decisions(keys: Iterable[int]) -> Iterator[Searchable]:
    """Yield decisions with the text of their points."""
    found = Decision.objects.filter(pk__in=keys).select_related("body", "meeting__term").prefetch_related("points")
    for decision in found:
        yield Searchable(
            noun="decision",
            key=decision.pk,
            title=decision.title,
            text="\n".join([decision.text, *(point.text for point in decision.points.all())]).strip(),
            address=decision_address(decision),
            access=decision.access,
            book=decision.body.book_id,
            scope=scope_of(decision.meeting),
            language=decision.language,
            body=decision.body.name,
            kind=_("decision"),
            day=decision.effective,
            term=decision.meeting.term.ordinal,
        )


def searchable_directives(keys: Iterable[int]) -> Iterator[Searchable]:
    """Yield directives, found at the point of the decision that they carry out."""
    found = Directive.objects.filter(pk__in=keys).select_related(
        "responsible_unit", "point__decision__body", "point__decision__meeting__term"
    )
    for directive in found:
        decision = directive.point.decision
        yield Searchable(
            noun="directive",
            key=directive.pk,
            title=_("Task of %(unit)s") % {"unit": directive.responsible_unit.name},
            text="\n".join(part for part in (directive.text, directive.sector) if part),
            address=f"{decision_address(decision)}#point-{directive.point.ordinal}",
            access=directive.access,
            book=decision.body.book_id,
            scope=scope_of(decision.meeting),
            language=directive.language,
            body=decision.body.name,
            kind=_("task"),
            day=directive.issued.astimezone(zone_of(decision.body)).date(),
            term=decision.meeting.term.ordinal,
            sectors=(directive.sector,) if directive.sector else (),
        )


def last_number(body: Body) -> int:
    """Return the number of a body's last decision, 0 where it has none."""
    return Decision.objects.filter(body=body).aggregate(last=Max("number"))["last"] or 0
