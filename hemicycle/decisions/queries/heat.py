"""Sector by unit: how far the figures of units are, read where they come together and not from everything below."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Sum

from hemicycle.bodies.models import Body, Unit
from hemicycle.decisions.models import Directive
from hemicycle.decisions.rollup.rules import NOT_COUNTED


@dataclass(frozen=True)
class Heat:
    """The tasks of a unit in a sector: how many, and how many of the figures below them were reported."""

    sector: str
    unit: int
    tasks: int
    reported: int
    expected: int


def heat_of(body: Body, units: Iterable[Unit]) -> list[Heat]:
    """Return what the public tasks of units come to by sector, from a body's decisions. Only theirs are read."""
    found = Directive.objects.filter(
        point__decision__body=body, responsible_unit__in=units, access="public", aim__rollup__parts__gt=0
    )
    cells = found.exclude(state__in=NOT_COUNTED).values_list("sector", "responsible_unit").order_by()
    summed = cells.annotate(
        tasks=Count("pk"), reported=Sum("aim__rollup__reported"), expected=Sum("aim__rollup__expected")
    )
    return [Heat(*row) for row in sorted(summed)]
