"""What waits for whom: a unit's inbox, what an issuer has to answer, and the whole story of a directive."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from operator import attrgetter

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.http import Http404
from django.utils.translation import gettext as _

from hemicycle.accounts.access import Viewer
from hemicycle.bodies.models import Body, Membership, PostKind, Unit
from hemicycle.bodies.queries import held_on, subtree
from hemicycle.decisions.models import ENDED, Addressee, Directive, Evidence, Finding, OldTask, Progress, Step
from hemicycle.decisions.queries import Task, directives_for, task
from hemicycle.decisions.queries.found import findings_for

ENDED_SHOWN = 20
A_PAGE = 30
LAST_PAGE = 100_000
EACH = ("overdue", "sent back", "to receive", "to report", "suspended", "returned", "done")


@dataclass(frozen=True)
class Inbox:
    """A unit's tasks by what they wait for, each list by due date; of those that ended only the last ones."""

    overdue: list[Task]
    asked_back: list[Task]
    to_receive: list[Task]
    to_report: list[Task]
    suspended: list[Task]
    returned: list[Task]
    done: list[Task]
    ended: list[Task]
    page: int = 1
    more: bool = False


def inbox(viewer: Viewer, unit: Unit, day: date | None = None, page: int = 1, *, any_ended: bool = True) -> Inbox:
    """Return the tasks of a unit that a viewer may see: a page of those that go on, the first due first.

    Without a `day`, as they stand now, each at the place of who decided. `any_ended`: False where it is known that none
    of the unit's tasks has ended.
    """
    found = Exists(Finding.objects.filter(line__directive=OuterRef("pk")))
    of_unit = directives_for(viewer).filter(responsible_unit=unit).annotate(found=found)
    first = (min(page, LAST_PAGE) - 1) * A_PAGE
    open_ones = part_of(of_unit.exclude(state__in=ENDED).order_by("due", "pk"), slice(first, first + A_PAGE + 1))
    going_on = [task(directive, day) for directive in open_ones[:A_PAGE]]
    last = of_unit.filter(state__in=ENDED).order_by("-due", "-pk")[:ENDED_SHOWN]
    ended = [task(one, day) for one in last] if page == 1 and any_ended else []
    of = {state: [one for one in going_on if one.standing.state == state] for state in EACH}
    return Inbox(
        of["overdue"],
        of["sent back"],
        of["to receive"],
        of["to report"],
        of["suspended"],
        of["returned"],
        of["done"],
        ended,
        page,
        len(open_ones) > A_PAGE,
    )


def part_of(found: QuerySet[Directive], wanted: slice) -> list[Directive]:
    """Return a part of directives in their order; what belongs to them is read of those alone, not of all sorted."""
    keys = list(found.values_list("pk", flat=True)[wanted])
    rows = found.in_bulk(keys)
    return [rows[key] for key in keys]


def issued_by(viewer: Viewer, *, unit: Unit | None = None, desks: Iterable[int] = ()) -> QuerySet[Directive]:
    """Return the directives that a unit broke down, or that any of these desks issued, and that wait for the issuer.

    They were reported as done, returned, or wait for more time or an answer; their latest report asks for help; or
    their unit ended.
    """
    waiting = Step.objects.filter(directive=OuterRef("pk"), answered=None)
    asks = Exists(waiting.filter(kind__in=(Step.Kind.EXTENSION_ASKED, Step.Kind.ASKED)))
    latest = Progress.objects.filter(directive=OuterRef("pk")).order_by("-ordinal").values("help_needed")[:1]
    found = directives_for(viewer).exclude(state__in=ENDED).alias(help_needed=Subquery(latest))
    found = found.filter(
        Q(state__in=(Directive.State.CLAIMED, Directive.State.RETURNED))
        | asks
        | Q(responsible_unit__ended__isnull=False)
        | Q(help_needed__gt="")
    )
    if unit:
        return found.filter(parent__responsible_unit=unit).order_by("due", "pk")
    books = list(desks)
    ours = Q(parent=None, point__decision__body__book__in=books) | Q(parent__responsible_unit__book__in=books)
    return found.filter(ours).order_by("due", "pk")


@dataclass(frozen=True)
class Has:
    """Whether a unit has tasks that ended, issued one, was asked in a discussion, or has one from before."""

    ended: bool
    issued: bool
    asked: bool
    old: bool


def has_of(unit: Unit) -> Has:
    """Return what a unit has at all: one question, so that what it has not is asked after no further."""
    there = (
        Directive.objects.filter(responsible_unit=OuterRef("pk"), state__in=ENDED),
        Directive.objects.filter(parent__responsible_unit=OuterRef("pk")),
        Addressee.objects.filter(unit=OuterRef("pk")),
        OldTask.objects.filter(unit=OuterRef("pk")),
    )
    return Has(*Unit.objects.filter(pk=unit.pk).values_list(*(Exists(one) for one in there)).get())


@dataclass(frozen=True)
class Told:
    """Something of a directive's story at its moment: a report, a finding, or a step and what that was answered."""

    moment: datetime
    report: Progress | None = None
    step: Step | None = None
    answer: Step | None = None
    finding: Finding | None = None


def story(viewer: Viewer, directive: Directive) -> list[Told]:
    """Return what became of a directive, in order: reports, what meetings found, and steps with their answers."""
    steps = list(directive.steps.select_related("unit", "answers").order_by("ordinal"))
    answers = {one.answers_id: one for one in steps if one.kind == Step.Kind.ANSWERED}
    told = [Told(report.reported, report=report) for report in directive.progress.all()]
    told += [Told(one.taken, step=one, answer=answers.get(one.pk)) for one in steps if one.kind != Step.Kind.ANSWERED]
    if getattr(directive, "found", True):
        told += [Told(one.found, finding=one) for one in findings_for(viewer).filter(line__directive=directive)]
    return sorted(told, key=attrgetter("moment"))


def questions_beside(directive: Directive) -> QuerySet[Step]:
    """Return what other units asked about their tasks of the same point and issuer, with the answers."""
    beside = Step.objects.filter(
        kind=Step.Kind.ASKED,
        answered__isnull=False,
        directive__point=directive.point_id,
        directive__parent=directive.parent_id,
    )
    return beside.exclude(directive=directive).select_related("unit", "answered").order_by("taken", "pk")


def beside(directive: Directive) -> QuerySet[Directive]:
    """Return the open directives beside one, of which another can take its place."""
    others = Directive.objects.filter(point=directive.point_id, parent=directive.parent_id).exclude(pk=directive.pk)
    return others.exclude(state__in=ENDED).select_related("responsible_unit").order_by("number")


def waiting_extension(directive: Directive) -> Step | None:
    """Return the extension that waits for its answer, if one does."""
    asked = directive.steps.filter(kind=Step.Kind.EXTENSION_ASKED, answered=None)
    return asked.order_by("ordinal").last()


def question_for(viewer: Viewer, pk: int) -> Step:
    """Return a question about a directive that a viewer may see; raise Http404 where there is none."""
    found = Step.objects.filter(kind=Step.Kind.ASKED, directive__in=directives_for(viewer).values("pk"), pk=pk).first()
    if found is None:
        raise Http404(_("There is no such question."))
    return found


def evidence_for(viewer: Viewer, pk: int) -> Evidence:
    """Return a file of evidence; raise Http404 where the viewer may not see its directive."""
    seen = directives_for(viewer).values("pk")
    found = Evidence.objects.filter(progress__directive__in=seen, pk=pk).select_related("progress__directive").first()
    if found is None:
        raise Http404(_("There is no such file."))
    return found


def parts_of(viewer: Viewer, directive: Directive, today: date) -> list[Task]:
    """Return the parts of a directive that a viewer may see."""
    return [task(part, today) for part in directives_for(viewer).filter(parent=directive).order_by("number")]


def below(unit: Unit, day: date) -> QuerySet[Unit]:
    """Return the units below a unit, at every depth, that have not ended: to whom it can give parts of its tasks."""
    keys = subtree(unit, day) - {unit.pk}
    return Unit.objects.filter(pk__in=keys).exclude(ended__lte=day).order_by("name", "pk")


def levels_below(unit: Unit, day: date) -> list[tuple[str, int]]:
    """Return the levels of units at and below a unit, each with how many units it has."""
    counts: dict[str, int] = {}
    for level in Unit.objects.filter(pk__in=subtree(unit, day)).exclude(ended__lte=day).values_list("level", flat=True):
        counts[level] = counts.get(level, 0) + 1
    return sorted(counts.items(), key=lambda pair: (pair[1], pair[0]))


def has_head(unit: Unit, day: date) -> bool:
    """Say whether somebody heads a unit on a day, who can receive a task, verify its parts and close them."""
    return Membership.objects.filter(held_on(day), post__unit=unit, post__kind=PostKind.HEAD).exists()


def kinds_below(unit: Unit, day: date) -> list[tuple[str, int]]:
    """Return the kinds of bodies at and below a unit, each with how many units have one."""
    there = Body.objects.filter(unit__in=subtree(unit, day)).exclude(unit__ended__lte=day).order_by()
    counts = there.values_list("kind").annotate(units=Count("unit", distinct=True))
    return sorted(counts, key=lambda pair: (pair[1], pair[0]))
