"""In which states directives stood at the end of a day, told from their steps and reports."""

from collections import defaultdict
from datetime import datetime

from django.db.models import QuerySet

from hemicycle.decisions import rules
from hemicycle.decisions.models import Directive, Progress, Step


def states_then(directives: QuerySet[Directive], end: datetime) -> dict[int, str]:
    """Return the state at a moment of each of these directives of which something was told; others are open."""
    keys = directives.order_by().values("pk")
    reports: dict[int, list[tuple[datetime, bool]]] = defaultdict(list)
    told = Progress.objects.filter(directive__in=keys, reported__lt=end).order_by("ordinal")
    for key, reported, done in told.values_list("directive", "reported", "done"):
        reports[key].append((reported, done))
    steps: dict[int, list[tuple[datetime, str, str]]] = defaultdict(list)
    taken_by = Step.objects.filter(directive__in=keys, taken__lt=end, kind__in=rules.TELLING).order_by("ordinal")
    for key, taken, kind, was in taken_by.values_list("directive", "taken", "kind", "was"):
        steps[key].append((taken, kind, was))
    return {key: rules.state_told(steps.get(key, ()), reports.get(key, ())) for key in {*reports, *steps}}
