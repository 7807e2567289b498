"""The course of a decision: what happened with it on which day, and how many of its tasks were due and done by then."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from enum import StrEnum
from itertools import accumulate

from django.db.models import QuerySet

from hemicycle.accounts.access import Viewer
from hemicycle.bodies.day import zone_of
from hemicycle.decisions.models import AccountLine, Decision, Directive, Progress, Step
from hemicycle.decisions.queries import directives_for
from hemicycle.decisions.queries.accounts import accounts_for
from hemicycle.decisions.rollup.rules import NOT_COUNTED

# Which step ends a task in which state.
ENDS = {
    Directive.State.CLOSED: Step.Kind.VERIFIED,
    Directive.State.NOT_APPLICABLE: Step.Kind.NOT_APPLICABLE,
    Directive.State.WITHDRAWN: Step.Kind.WITHDRAWN,
    Directive.State.SUPERSEDED: Step.Kind.SUPERSEDED,
}


class Lane(StrEnum):
    """What happens with a decision, in the order in which it goes from adoption to account."""

    DECIDED = "decided"
    ISSUED = "handed out"
    REPORTED = "reported"
    EXTENDED = "extended"
    DONE = "done"
    DROPPED = "dropped"
    ACCOUNT = "account"


@dataclass(frozen=True)
class Happening:
    """So many things of one sort on a day."""

    day: date
    lane: Lane
    count: int


@dataclass(frozen=True)
class Tally:
    """How many tasks there were by a day, how many of them were due by then, and how many were done.

    Tasks that were withdrawn, superseded or found not applicable are in none of them from that day on.
    """

    day: date
    handed_out: int
    due: int
    done: int


@dataclass(frozen=True)
class Course:
    """The course of a decision as a viewer may know of it, up to a day; due dates reach beyond it."""

    happened: list[Happening]
    tallies: list[Tally]
    today: date


def course_of(viewer: Viewer, decision: Decision, today: date) -> Course:
    """Return the course of a decision, of those of its tasks and accounts that a viewer may see."""
    zone = zone_of(decision.body)
    tasks = directives_for(viewer).filter(point__decision=decision).prefetch_related(None).order_by()
    rows = list(tasks.values_list("pk", "issued", "due", "state"))
    keys = tasks.values("pk")
    ended = ends_of(rows, tasks, zone)
    counted: Counter[tuple[date, Lane]] = Counter()
    counted[local(decision.certified, zone), Lane.DECIDED] += 1
    for key, issued, _due, state in rows:
        counted[local(issued, zone), Lane.ISSUED] += 1
        if key in ended:
            counted[ended[key], Lane.DROPPED if state in NOT_COUNTED else Lane.DONE] += 1
    for moment in Progress.objects.filter(directive__in=keys).values_list("reported", flat=True):
        counted[local(moment, zone), Lane.REPORTED] += 1
    granted = Step.objects.filter(directive__in=keys, kind=Step.Kind.EXTENSION_GRANTED)
    for moment in granted.values_list("taken", flat=True):
        counted[local(moment, zone), Lane.EXTENDED] += 1
    for day in accounts_on(viewer, decision, zone):
        counted[day, Lane.ACCOUNT] += 1
    order = list(Lane)
    happened = [Happening(day, lane, count) for (day, lane), count in counted.items() if day <= today]
    happened.sort(key=lambda one: (one.day, order.index(one.lane)))
    spans = [(local(issued, zone), due, ended.get(key), state in NOT_COUNTED) for key, issued, due, state in rows]
    return Course(happened, list(tallied(spans, today)), today)


def local(moment: datetime, zone: tzinfo) -> date:
    """Return the day of a moment at the body's place."""
    return moment.astimezone(zone).date()


def ends_of(
    rows: Sequence[tuple[int, datetime, date, str]], tasks: QuerySet[Directive], zone: tzinfo
) -> dict[int, date]:
    """Return on which day each task that has ended did so: the last step that led to its state."""
    wanted = {key: ENDS[Directive.State(state)] for key, _issued, _due, state in rows if state in ENDS}
    found: dict[int, date] = {}
    steps = Step.objects.filter(directive__in=tasks.values("pk"), kind__in=ENDS.values()).order_by("ordinal")
    for key, kind, taken in steps.values_list("directive", "kind", "taken"):
        if wanted.get(key) == kind:
            found[key] = local(taken, zone)
    return found


def accounts_on(viewer: Viewer, decision: Decision, zone: tzinfo) -> list[date]:
    """Return on which days meetings heard accounts of a decision, as far as the viewer may read that they did."""
    lines = AccountLine.objects.filter(
        viewer.filter("account__meeting__body__book", "access", "point__decision__meeting"), point__decision=decision
    )
    heard = accounts_for(viewer).filter(pk__in=lines.values("account"), hearing__isnull=False)
    return [local(moment, zone) for moment in heard.order_by().values_list("hearing__heard", flat=True)]


def tallied(spans: list[tuple[date, date, date | None, bool]], today: date) -> Iterator[Tally]:
    """Yield how many tasks there were, due and done by each day on which that changed, and today.

    A task: when it was handed out, when it is due, when it ended, and whether it ended without being done.
    """
    handed_out: Counter[date] = Counter()
    due_by: Counter[date] = Counter()
    done: Counter[date] = Counter()
    for issued, due, ended, dropped in spans:
        handed_out[issued] += 1
        falls = max(issued, due)
        if not dropped or ended is None:
            due_by[falls] += 1
            done.update([ended] if ended else [])
            continue
        handed_out[ended] -= 1
        if falls < ended:
            due_by[falls] += 1
            due_by[ended] -= 1
    days = sorted({*handed_out, *due_by, *done, *([today] if spans else [])})
    sums = [accumulate([one[day] for day in days]) for one in (handed_out, due_by, done)]
    for day, there, due_then, done_then in zip(days, *sums, strict=True):
        yield Tally(day, there, due_then, done_then)
