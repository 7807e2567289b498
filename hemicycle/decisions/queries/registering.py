"""The register of decisions: what is looked for in it, and what of that a viewer may see."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import ExtractYear

from hemicycle.accounts.access import Viewer
from hemicycle.decisions.force.reading import Stood, changes_for, in_state, told
from hemicycle.decisions.models import Decision, Directive, Point
from hemicycle.decisions.queries import decisions_for, directives_for

PAGE = 50
MOST_WORDS = 12


@dataclass(frozen=True)
class Wanted:
    """What is looked for in the register; each may be left out. The state is that of the day."""

    day: date
    body: str = ""
    year: int | None = None
    term: int | None = None
    type: str = ""
    state: str = ""
    sector: str = ""
    unit: str = ""
    text: str = ""


@dataclass(frozen=True)
class Choices:
    """What there is to choose from: of what the viewer may see, and of nothing else."""

    years: list[int]
    terms: list[int]
    types: set[str]


def found_for(viewer: Viewer, wanted: Wanted) -> QuerySet[Decision]:
    """Return the decisions that are looked for, of those that the viewer may see, the latest first."""
    found = decisions_for(viewer)
    exactly = {
        "body__slug": wanted.body,
        "effective__year": wanted.year,
        "meeting__term__ordinal": wanted.term,
        "type": wanted.type,
    }
    found = found.filter(**{name: value for name, value in exactly.items() if value})
    if wanted.sector or wanted.unit:
        found = found.filter(pk__in=of_tasks(viewer, wanted))
    for word in wanted.text.split()[:MOST_WORDS]:
        in_points = Q(pk__in=Point.objects.filter(text__icontains=word).values("decision"))
        found = found.filter(Q(title__icontains=word) | Q(text__icontains=word) | in_points)
    return in_state(viewer, found, wanted.state, wanted.day) if wanted.state else found


def of_tasks(viewer: Viewer, wanted: Wanted) -> QuerySet[Directive, Any]:
    """Return the decisions from which a unit has a task, or which have one in a sector: of tasks the viewer may see."""
    tasks = directives_for(viewer).prefetch_related(None).order_by()
    if wanted.sector:
        tasks = tasks.filter(sector__icontains=wanted.sector)
    if wanted.unit:
        unit = Q(responsible_unit__slug=wanted.unit) | Q(responsible_unit__name__icontains=wanted.unit)
        tasks = tasks.filter(unit)
    return tasks.values("point__decision")


def choices_for(viewer: Viewer) -> Choices:
    """Return the years, terms and sorts of the decisions that the viewer may see."""
    found = decisions_for(viewer).order_by().annotate(year=ExtractYear("effective"))
    rows = set(found.values_list("year", "meeting__term__ordinal", "type").distinct())
    return Choices(
        sorted({year for year, _term, _type in rows}, reverse=True),
        sorted({term for _year, term, _type in rows}, reverse=True),
        {sort for _year, _term, sort in rows},
    )


def all_stood(viewer: Viewer, found: QuerySet[Decision], day: date) -> list[Stood]:
    """Return every one of these decisions with its state on a day, in two questions however many they are."""
    return told(found, day, list(changes_for(viewer).select_related("by__body", "of__body")))
