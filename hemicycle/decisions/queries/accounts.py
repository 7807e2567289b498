"""Accounts put to meetings: what stands in one, who reads which lines of it, and the files made of it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from hemicycle.accounts.access import Viewer
from hemicycle.bodies.models import Body
from hemicycle.decisions import rules
from hemicycle.decisions.models import (
    Account,
    AccountLine,
    Consultation,
    Directive,
    Finding,
    Hearing,
    Point,
    Progress,
    Step,
)
from hemicycle.decisions.queries import standing_of
from hemicycle.decisions.rollup.keeping import comes_to
from hemicycle.decisions.rollup.reading import aim_of
from hemicycle.decisions.rollup.rules import still_counts
from hemicycle.meetings.models import Meeting

WITHOUT_TASK = "no task"
DISCUSSED, DISCUSSION_OVER = "discussed", "discussion over"


def drawn_lines(body: Body, day: date) -> Iterator[AccountLine]:
    """Yield the lines of an account of a body's decisions as the record stands: open points, and what ended since.

    An ended task that a noted account told as ended is not told again. A point nobody has a task from is told as such.
    """
    told = AccountLine.objects.filter(
        directive=OuterRef("pk"), ended=True, account__hearing__outcome=Hearing.Outcome.NOTED
    )
    tasks = (
        Directive.objects.filter(point__decision__body=body, parent=None)
        .exclude(Exists(told))
        .select_related("responsible_unit", "point__decision__body", "aim__rollup")
        .prefetch_related(
            Prefetch("progress", Progress.objects.order_by("ordinal").prefetch_related("evidence")),
            Prefetch("steps", Step.objects.filter(kind=Step.Kind.EXTENSION_GRANTED), to_attr="extended"),
        )
        .order_by("point__decision__number", "point__ordinal", "number")
    )
    below = parts_below(body)
    lines = [line_of(directive, day, below.get(directive.pk, Parts())) for directive in tasks]
    said = AccountLine.objects.filter(
        point=OuterRef("pk"), state=WITHOUT_TASK, ended=True, account__hearing__outcome=Hearing.Outcome.NOTED
    )
    bare = Point.objects.filter(decision__body=body, operational=True, directives=None).exclude(Exists(said))
    lines += [
        AccountLine(
            point=point,
            text=point.text,
            state=WITHOUT_TASK,
            access=point.decision.access,
            # Once it is said why, the point waits for nobody, and the reason is told once.
            ended=hasattr(point, "without_task"),
            narrative=point.without_task.reason if hasattr(point, "without_task") else "",
        )
        for point in bare.select_related("decision", "without_task")
    ]
    lines += discussed_lines(body, day)
    lines.sort(key=lambda line: (line.point.decision.number, line.point.ordinal))
    for ordinal, line in enumerate(lines, 1):
        line.ordinal = ordinal
        yield line


@dataclass(frozen=True)
class Parts:
    """How many parts a task has at every depth, how many of them ended or are claimed, and how many reported at all."""

    count: int = 0
    done: int = 0
    told: int = 0


# A report from before directives had states claims by its word alone, as in `state_of`.
PARTS = """
WITH RECURSIVE below(top, key) AS (
    SELECT task.id, task.id FROM decisions_directive task
    JOIN decisions_point point ON point.id = task.point_id
    JOIN decisions_decision decided ON decided.id = point.decision_id
    WHERE task.parent_id IS NULL AND decided.body_id = %s
    UNION ALL SELECT below.top, part.id FROM decisions_directive part JOIN below ON part.parent_id = below.key
)
SELECT below.top, COUNT(*),
    SUM(CASE WHEN part.state IN ('claimed', 'closed', 'not applicable', 'withdrawn', 'superseded') OR (
        part.state = '' AND part.received IS NOT NULL AND (
            SELECT told.done AND told.reported >= part.received FROM decisions_progress told
            WHERE told.directive_id = part.id ORDER BY told.ordinal DESC LIMIT 1
        )
    ) THEN 1 ELSE 0 END),
    SUM(CASE WHEN EXISTS (SELECT 1 FROM decisions_progress told WHERE told.directive_id = part.id) THEN 1 ELSE 0 END)
FROM below JOIN decisions_directive part ON part.id = below.key
WHERE below.key <> below.top GROUP BY below.top
"""


def discussed_lines(body: Body, day: date) -> Iterator[AccountLine]:
    """Yield the discussions in the units: those under way, and those closed that no noted account told as closed."""
    told = AccountLine.objects.filter(
        consultation=OuterRef("pk"), ended=True, account__hearing__outcome=Hearing.Outcome.NOTED
    )
    found = Consultation.objects.filter(point__decision__body=body).exclude(Exists(told)).order_by("point", "number")
    answered = Count("addressees", filter=~Q(addressees__how=""))
    for one in found.select_related("point__decision", "closing").annotate(answered=answered):
        closing = getattr(one, "closing", None)
        yield AccountLine(
            point=one.point,
            consultation=one,
            text=one.text,
            due=one.due,
            state=DISCUSSION_OVER if closing else DISCUSSED,
            days_over=0 if closing or one.answered == one.asked else max((day - one.due).days, 0),
            ended=closing is not None,
            reports=one.answered,
            parts=one.asked,
            parts_done=one.answered,
            parts_told=one.answered,
            narrative=closing.text if closing else "",
            access=one.access,
        )


def parts_below(body: Body) -> dict[int, Parts]:
    """Return how the parts of each task that a body issued stand, by the task's key."""
    with connection.cursor() as cursor:
        cursor.execute(PARTS, [body.pk])
        return {top: Parts(count, done, told) for top, count, done, told in cursor.fetchall()}


def line_of(directive: Directive, day: date, parts: Parts) -> AccountLine:
    """Return a task as a line of an account."""
    standing = standing_of(directive, day)
    reports = list(directive.progress.all())
    last = reports[-1] if reports else None
    late = next((one.delay_reason for one in reversed(reports) if one.delay_reason), "")
    aim = aim_of(directive)
    figure = comes_to(aim.rollup, aim) if aim and still_counts(directive.state) else None
    return AccountLine(
        point=directive.point,
        directive=directive,
        unit=directive.responsible_unit.name,
        text=directive.text,
        due=directive.due,
        state=standing.state,
        days_over=standing.days_over,
        ended=standing.state in rules.ENDED,
        reports=len(reports),
        evidence=sum(len(one.evidence.all()) for one in reports),
        extensions=len(getattr(directive, "extended", ())),
        parts=parts.count,
        parts_done=parts.done,
        parts_told=parts.told,
        narrative=last.narrative if last else "",
        delay_reason=late,
        figure=figure.value if figure else None,
        figure_of=figure.of if figure else None,
        asked=figure.expected if figure else 0,
        told=figure.reported if figure else 0,
        access=directive.access,
    )


def accounts_for(viewer: Viewer) -> QuerySet[Account]:
    """Return the accounts that a viewer may see."""
    seen = viewer.filter("meeting__body__book", "access", "meeting")
    seen &= viewer.filter("meeting__body__book", "meeting__access", "meeting")
    related = ("meeting__body", "meeting__term", "item", "hearing", "previous__meeting__term")
    return Account.objects.filter(seen).select_related(*related)


def account_for(viewer: Viewer, meeting: Meeting, number: int) -> Account:
    """Return an account of a meeting; raise Http404 where the viewer may not see it."""
    found = accounts_for(viewer).filter(meeting=meeting, number=number).first()
    if found is None:
        raise Http404(_("There is no such account."))
    return found


def lines_for(viewer: Viewer, account: Account) -> list[AccountLine]:
    """Return the lines of an account that a viewer may see, with what the meeting found."""
    book, meeting = "account__meeting__body__book", "point__decision__meeting"
    found = account.lines.filter(viewer.filter(book, "access", meeting))
    findings = Prefetch("findings", Finding.objects.order_by("ordinal"))
    return list(
        found.select_related("point__decision", "directive__aim").prefetch_related(findings).order_by("ordinal")
    )


def line_for(viewer: Viewer, pk: int) -> AccountLine:
    """Return a line of an account; raise Http404 where the viewer may not see it."""
    found = AccountLine.objects.filter(
        Q(account__in=accounts_for(viewer).values("pk"))
        & viewer.filter("account__meeting__body__book", "access", "point__decision__meeting"),
        pk=pk,
    )
    line = found.select_related("account__meeting__body", "account__meeting__term", "point__decision").first()
    if line is None:
        raise Http404(_("There is no such line."))
    return line


@dataclass(frozen=True)
class Sums:
    """What an account comes to, for whoever reads it: counted from the lines that they may see."""

    open: int
    ended: int
    overdue: int
    without_task: int
    never_reported: int
    closed: int


def sums(lines: list[AccountLine]) -> Sums:
    """Return what these lines come to."""
    states = Counter(line.state for line in lines)
    ended = sum(line.ended for line in lines)
    return Sums(
        open=len(lines) - ended,
        ended=ended,
        overdue=sum(line.days_over > 0 and not line.ended for line in lines),
        without_task=states[WITHOUT_TASK],
        never_reported=sum(not line.reports and not line.ended and line.directive_id is not None for line in lines),
        closed=states["closed"],
    )
