"""The lines of an account as of a day that is over: from what was decided, handed out, reported and done by its end."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from django.db.models import Count, Q, QuerySet

from hemicycle.accounts.access import Access
from hemicycle.bodies.day import end_of
from hemicycle.bodies.models import Body
from hemicycle.decisions import rules
from hemicycle.decisions.models import AccountLine, Decision, Directive, Progress, Step
from hemicycle.decisions.queries.as_of import counted_then, figures_then, unit_then
from hemicycle.decisions.queries.drawn import (
    bare_line,
    discussed_line,
    numbered,
    told_line,
    untold,
    untold_discussions,
    untold_points,
)
from hemicycle.decisions.queries.parts import Parts
from hemicycle.decisions.rollup.reading import aim_of
from hemicycle.decisions.rollup.rules import still_counts
from hemicycle.decisions.words import Kind
from hemicycle.journal.act import subject
from hemicycle.journal.models import Subject

Key = TypeVar("Key", int, str)
# So many decisions are read at once, with all of their tasks; and so many entries.
DECISIONS, ENTRIES = 100, 5000
State = Directive.State


@dataclass(frozen=True)
class Known:
    """What was known of a task at the end of a day: its steps and reports until then, and its state and due date."""

    steps: list[Step]
    reports: list[Progress]
    state: str
    due: date
    received: bool

    def standing(self, day: date) -> rules.Standing:
        """Return where the task stood."""
        done = self.state == State.CLAIMED
        return rules.standing(due=self.due, today=day, received=self.received, done=done, state=self.state)


def lines_then(body: Body, day: date) -> list[AccountLine]:
    """Return the lines of an account of a body's decisions as they stood at the end of a day that is over."""
    end = end_of(day, body)
    decided = Decision.objects.filter(body=body, certified__lt=end).order_by("number").values_list("pk", flat=True)
    lines: list[AccountLine] = []
    for some in some_at_once(list(decided), DECISIONS):
        lines += task_lines(body, some, day, end)
    for point in untold_points(body).filter(decision__certified__lt=end).exclude(directives__issued__lt=end):
        left = getattr(point, "without_task", None)
        lines.append(bare_line(point, left if left and left.entered < end else None))
    by_then = Count("addressees", filter=Q(addressees__answers__answered__lt=end), distinct=True)
    for one in untold_discussions(body).filter(called__lt=end).annotate(answered=by_then):
        closing = getattr(one, "closing", None)
        lines.append(discussed_line(one, one.answered, closing if closing and closing.closed < end else None, day))
    return numbered(lines)


def some_at_once(keys: Sequence[Key], most: int) -> Iterator[Sequence[Key]]:
    """Yield keys by so many."""
    for start in range(0, len(keys), most):
        yield keys[start : start + most]


def task_lines(body: Body, decisions: Sequence[int], day: date, end: datetime) -> Iterator[AccountLine]:
    """Yield the tasks of these decisions that the body itself handed out, as they stood."""
    issued = Directive.objects.filter(point__decision__in=decisions, issued__lt=end)
    directives = list(issued.select_related("responsible_unit", "point__decision__body", "aim").order_by("pk"))
    steps = Step.objects.filter(directive__in=issued).select_related("unit").order_by("taken", "ordinal")
    all_steps: dict[int, list[Step]] = defaultdict(list)
    for step in steps:
        all_steps[step.directive_id].append(step)
    known = known_then(directives, all_steps, issued_reports(issued, end), end)
    figures = figures_then(directives, {one.pk: counted_then(all_steps[one.pk], end) for one in directives}, end)
    below = parts_then(directives, known, all_steps, day, end)
    wanted = set(issued.filter(untold(body, end), parent=None).values_list("pk", flat=True))
    for one in directives:
        if one.pk in wanted:
            stood = known[one.pk]
            yield told_line(
                one,
                unit=unit_then(one, all_steps[one.pk], end),
                due=stood.due,
                standing=stood.standing(day),
                reports=stood.reports,
                steps=stood.steps,
                parts=below.get(one.pk, Parts()),
                figure=figures[one.pk] if aim_of(one) and still_counts(stood.state) else None,
            )


def issued_reports(issued: QuerySet[Directive], end: datetime) -> dict[int, list[Progress]]:
    """Return what was reported on these tasks by then."""
    reports = Progress.objects.filter(directive__in=issued, reported__lt=end).prefetch_related("evidence")
    found: dict[int, list[Progress]] = defaultdict(list)
    for report in reports.order_by("ordinal"):
        found[report.directive_id].append(report)
    return found


def known_then(
    directives: list[Directive],
    steps: dict[int, list[Step]],
    reports: dict[int, list[Progress]],
    end: datetime,
) -> dict[int, Known]:
    """Return what was known of tasks by then, by their keys."""
    due = due_then(directives, steps, end)
    received = received_then(directives, steps, reports, end)
    found = {}
    for one in directives:
        until = [step for step in steps[one.pk] if step.taken < end]
        taken = [(step.taken, step.kind, step.was) for step in until]
        state = rules.state_told(taken, [(report.reported, report.done) for report in reports[one.pk]])
        found[one.pk] = Known(until, reports[one.pk], state, due[one.pk], one.pk in received)
    return found


def due_then(directives: list[Directive], steps: dict[int, list[Step]], end: datetime) -> dict[int, date]:
    """Return by when tasks were due then: more time that was granted since is not counted.

    What the due date was before the first of it stands in the entry that granted it.
    """
    found = {one.pk: one.due for one in directives}
    first: dict[str, int] = {}
    for one in directives:
        granted = [step for step in steps[one.pk] if step.kind == Step.Kind.EXTENSION_GRANTED]
        before = [step.day for step in granted if step.taken < end and step.day]
        since = [step for step in granted if step.taken >= end]
        if before:
            found[one.pk] = before[-1]
        elif since:
            first[subject(since[0])] = one.pk
    for some in some_at_once(list(first), ENTRIES):
        named = Subject.objects.filter(name__in=some, entry__kind=Kind.EXTENSION_GRANTED).select_related("entry")
        for concern in named:
            if said := concern.entry.facts.get("before"):
                found[first[concern.name]] = date.fromisoformat(said)
    return found


def received_then(
    directives: list[Directive], steps: dict[int, list[Step]], reports: dict[int, list[Progress]], end: datetime
) -> set[int]:
    """Return the tasks that their units had received by then.

    Where a task was handed over since, the receipt of the unit that had it stands in the book alone.
    """
    found = {one.pk for one in directives if one.received is not None and one.received < end}
    handed = {
        subject(one): one.pk
        for one in directives
        if any(step.kind == Step.Kind.HANDED_OVER and step.taken >= end for step in steps[one.pk])
    }
    for some in some_at_once(list(handed), ENTRIES):
        named = Subject.objects.filter(
            name__in=some, entry__kind=Kind.DIRECTIVE_RECEIVED, entry__happened_from__lt=end
        ).select_related("entry")
        for concern in named:
            key, moment = handed[concern.name], concern.entry.happened_from
            if moment and moment >= last_handed_over(steps[key], end, moment):
                found.add(key)
    for key in handed.values():
        if any(report.reported >= last_handed_over(steps[key], end, report.reported) for report in reports[key]):
            found.add(key)
    return found


def last_handed_over(steps: Iterable[Step], end: datetime, otherwise: datetime) -> datetime:
    """Return when a task was last handed over by then; `otherwise` where it was not."""
    taken = [step.taken for step in steps if step.kind == Step.Kind.HANDED_OVER and step.taken < end]
    return taken[-1] if taken else otherwise


def parts_then(
    directives: list[Directive], known: dict[int, Known], steps: dict[int, list[Step]], day: date, end: datetime
) -> dict[int, Parts]:
    """Return how the parts of each task that a body issued stood, by the task's key."""
    top: dict[int, Directive] = {}
    below: dict[int, list[Directive]] = defaultdict(list)
    for one in directives:
        if one.parent_id is None:
            top[one.pk] = one
        elif one.parent_id in top and still_counts(known[one.pk].state):
            above = top[one.pk] = top[one.parent_id]
            below[above.pk].append(one)
    whole = {key: top[key] for key in below}
    return {key: parts_of(whole[key], parts, known, steps, day, end) for key, parts in below.items()}


def parts_of(
    whole: Directive,
    parts: list[Directive],
    known: dict[int, Known],
    steps: dict[int, list[Step]],
    day: date,
    end: datetime,
) -> Parts:
    """Return how these parts of a task stood."""
    stood = [known[one.pk] for one in parts]
    late_because = {
        one.pk: [report.delay_reason for report in known[one.pk].reports if report.delay_reason]
        for one in parts
        if one.access in {Access.PUBLIC, whole.access}
    }
    return Parts(
        count=len(parts),
        done=sum(one.state in {State.CLAIMED, State.CLOSED} for one in stood),
        told=sum(bool(one.reports) for one in stood),
        late=sum(one.standing(day).days_over > 0 for one in stood),
        delays=tuple(
            (unit_then(one, steps[one.pk], end).name, late_because[one.pk][-1])
            for one in parts
            if late_because.get(one.pk)
        ),
    )
