"""The lines of an account as the record stands: every open point, and what ended since the last account, once."""

from collections.abc import Iterator
from datetime import date, datetime

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from hemicycle.bodies.day import end_of
from hemicycle.bodies.models import Body, Unit
from hemicycle.decisions import rules
from hemicycle.decisions.models import (
    AccountLine,
    Consultation,
    ConsultationClosed,
    Directive,
    Hearing,
    Point,
    Progress,
    Step,
    WithoutTask,
)
from hemicycle.decisions.queries import standing_of
from hemicycle.decisions.queries.parts import Parts, parts_below
from hemicycle.decisions.rollup.keeping import comes_to
from hemicycle.decisions.rollup.reading import aim_of
from hemicycle.decisions.rollup.rules import Figure, still_counts

WITHOUT_TASK = "no task"
DISCUSSED, DISCUSSION_OVER = "discussed", "discussion over"
# The step that brought a task into a state that has its reason.
REASONS = {
    Directive.State.SENT_BACK: Step.Kind.SENT_BACK,
    Directive.State.RETURNED: Step.Kind.RETURNED,
    Directive.State.SUSPENDED: Step.Kind.SUSPENDED,
    Directive.State.NOT_APPLICABLE: Step.Kind.NOT_APPLICABLE,
    Directive.State.WITHDRAWN: Step.Kind.WITHDRAWN,
    Directive.State.SUPERSEDED: Step.Kind.SUPERSEDED,
}
TOLD_STEPS = [Step.Kind.EXTENSION_GRANTED, *REASONS.values()]


def drawn_lines(body: Body, day: date) -> list[AccountLine]:
    """Return the lines of an account of a body's decisions as the record stands: open points, and what ended since.

    An ended task that a noted account told as ended is not told again. A point nobody has a task from is told as such.
    """
    tasks = (
        Directive.objects.filter(untold(body), point__decision__body=body, parent=None)
        .select_related("responsible_unit", "point__decision__body", "aim__rollup")
        .prefetch_related(
            Prefetch("progress", Progress.objects.order_by("ordinal").prefetch_related("evidence")),
            Prefetch("steps", Step.objects.filter(kind__in=TOLD_STEPS).order_by("ordinal"), to_attr="taken"),
        )
        .order_by("point__decision__number", "point__ordinal", "number")
    )
    below = parts_below(body, day)
    lines = [line_of(directive, day, below.get(directive.pk, Parts())) for directive in tasks]
    bare = untold_points(body).filter(directives=None)
    lines += [bare_line(point, getattr(point, "without_task", None)) for point in bare]
    lines += discussed_lines(body, day)
    return numbered(lines)


def numbered(lines: list[AccountLine]) -> list[AccountLine]:
    """Return lines in the order of their points, each with its place."""
    lines.sort(key=lambda line: (line.point.decision.number, line.point.ordinal))
    for ordinal, line in enumerate(lines, 1):
        line.ordinal = ordinal
    return lines


def untold(body: Body, end: datetime | None = None) -> Q:
    """Return the condition that no noted account told of a task as ended, since it was last taken up again by then.

    What was ended as not applicable may be sent back; then it is open, and is told until it ends again.
    """
    told = AccountLine.objects.filter(ended=True, account__hearing__outcome=Hearing.Outcome.NOTED)
    again = Step.objects.filter(
        directive__point__decision__body=body, kind=Step.Kind.SENT_BACK, was=Directive.State.NOT_APPLICABLE
    )
    if end:
        again = again.filter(taken__lt=end)
    taken_up = dict(again.order_by("taken").values_list("directive", "taken"))
    lines = told.filter(directive__in=list(taken_up)).values_list("directive", "account__as_of", "account__drawn_up")
    since = {key for key, day, drawn_up in lines if min(drawn_up, end_of(day, body)) > taken_up[key]}
    return ~Q(Exists(told.filter(directive=OuterRef("pk")))) | Q(pk__in=taken_up.keys() - since)


def untold_points(body: Body) -> QuerySet[Point]:
    """Return the operational points of a body of which no noted account told why nobody is given a task."""
    said = AccountLine.objects.filter(
        point=OuterRef("pk"), state=WITHOUT_TASK, ended=True, account__hearing__outcome=Hearing.Outcome.NOTED
    )
    points = Point.objects.filter(decision__body=body, operational=True).exclude(Exists(said))
    return points.select_related("decision", "without_task")


def bare_line(point: Point, left: WithoutTask | None) -> AccountLine:
    """Return a point from which nobody has a task as a line. Once it is said why, it waits for nobody any more."""
    return AccountLine(
        point=point,
        text=point.text,
        state=WITHOUT_TASK,
        access=point.decision.access,
        ended=left is not None,
        narrative=left.reason if left else "",
    )


def discussed_lines(body: Body, day: date) -> Iterator[AccountLine]:
    """Yield the discussions in the units: those under way, and those closed that no noted account told as closed."""
    answered = Count("addressees", filter=~Q(addressees__how=""))
    for one in untold_discussions(body).annotate(answered=answered):
        yield discussed_line(one, one.answered, getattr(one, "closing", None), day)


def untold_discussions(body: Body) -> QuerySet[Consultation]:
    """Return the discussions of a body's decisions that no noted account told as closed."""
    told = AccountLine.objects.filter(
        consultation=OuterRef("pk"), ended=True, account__hearing__outcome=Hearing.Outcome.NOTED
    )
    found = Consultation.objects.filter(point__decision__body=body).exclude(Exists(told)).order_by("point", "number")
    return found.select_related("point__decision", "closing")


def discussed_line(one: Consultation, answered: int, closing: ConsultationClosed | None, day: date) -> AccountLine:
    """Return a discussion that so many units answered as a line of an account."""
    return AccountLine(
        point=one.point,
        consultation=one,
        text=one.text,
        due=one.due,
        state=DISCUSSION_OVER if closing else DISCUSSED,
        days_over=0 if closing or answered == one.asked else max((day - one.due).days, 0),
        ended=closing is not None,
        reports=answered,
        parts=one.asked,
        parts_done=answered,
        parts_told=answered,
        narrative=closing.text if closing else "",
        access=one.access,
    )


def line_of(directive: Directive, day: date, parts: Parts) -> AccountLine:
    """Return a task as a line of an account."""
    aim = aim_of(directive)
    return told_line(
        directive,
        unit=directive.responsible_unit,
        due=directive.due,
        standing=standing_of(directive, day),
        reports=list(directive.progress.all()),
        steps=getattr(directive, "taken", []),
        parts=parts,
        figure=comes_to(aim.rollup, aim) if aim and still_counts(directive.state) else None,
    )


def told_line(
    directive: Directive,
    *,
    unit: Unit,
    due: date,
    standing: rules.Standing,
    reports: list[Progress],
    steps: list[Step],
    parts: Parts,
    figure: Figure | None,
) -> AccountLine:
    """Return a task as a line of an account, from what was known of it; its steps and reports are in their order."""
    last = reports[-1] if reports else None
    open_ = last if standing.state not in rules.ENDED else None
    reason = REASONS.get(Directive.State(standing.state)) if standing.state in REASONS else None
    return AccountLine(
        point=directive.point,
        directive=directive,
        unit=unit.name,
        text=directive.text,
        due=due,
        state=standing.state,
        days_over=standing.days_over,
        ended=standing.state in rules.ENDED,
        reports=len(reports),
        evidence=sum(len(one.evidence.all()) for one in reports),
        extensions=sum(step.kind == Step.Kind.EXTENSION_GRANTED for step in steps),
        because=next((step.text for step in reversed(steps) if step.kind == reason), ""),
        parts=parts.count,
        parts_done=parts.done,
        parts_told=parts.told,
        parts_late=parts.late,
        parts_delay=parts.reasons,
        narrative=last.narrative if last else "",
        delay_reason=next((one.delay_reason for one in reversed(reports) if one.delay_reason), ""),
        help_needed=open_.help_needed if open_ else "",
        expected=open_.expected if open_ else None,
        figure=figure.value if figure else None,
        figure_of=figure.of if figure else None,
        asked=figure.expected if figure else 0,
        told=figure.reported if figure else 0,
        access=directive.access,
    )
