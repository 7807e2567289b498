"""In which states directives stood at the end of a day, told from their steps and reports."""

from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet

from hemicycle.bodies.models import Body
from hemicycle.decisions import rules
from hemicycle.decisions.models import Directive, Progress, Step
from hemicycle.meetings.day import zone_of


def end_of(day: date, body: Body) -> datetime:
    """Return the moment at which a day ends at the body's place."""
    return datetime.combine(day + timedelta(days=1), time.min, zone_of(body))


def states_then(directives: QuerySet[Directive], end: datetime) -> dict[int, str]:
    """Return the state at a moment of each of these directives of which something was told by then; others were open.

    What was told last counts. Of a step and a report of one moment it is the step, which answers the report.
    """
    keys = directives.order_by().values("pk")
    told: dict[int, tuple[datetime, str]] = {}
    reports = Progress.objects.filter(directive__in=keys, reported__lt=end).order_by("ordinal")
    for key, reported, done in reports.values_list("directive", "reported", "done"):
        told[key] = (reported, rules.CLAIMED if done else rules.OPEN)
    suspended_from: dict[int, str] = {}
    steps = Step.objects.filter(directive__in=keys, taken__lt=end, kind__in=rules.TELLING).order_by("ordinal")
    for key, taken, kind, was in steps.values_list("directive", "taken", "kind", "was"):
        if kind == Step.Kind.SUSPENDED:
            suspended_from[key] = was
        if key not in told or taken >= told[key][0]:
            told[key] = (taken, rules.state_after(kind, was, suspended_from.get(key, rules.OPEN)))
    return {key: state for key, (_moment, state) in told.items()}
