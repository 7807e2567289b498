"""The pages of bodies and units. What happens in them is shown by the rooms above, part by part."""

from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hemicycle.accounts.request import HouseRequest
from hemicycle.bodies.day import today_in
from hemicycle.bodies.queries import (
    above,
    below,
    bodies_by_unit,
    body_in_term,
    composition,
    heads,
    rules_known_on,
    unit_named,
)
from hemicycle.bodies.sections import sections
from hemicycle.bodies.views.entering import able
from hemicycle.bodies.words import Kind
from hemicycle.journal.clock import now


def day_asked(request: HouseRequest) -> date | None:
    """Return the day in the address of a page, as of which it is shown; without one, it is shown as of today."""
    try:
        return date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return None


@require_safe
def bodies(request: HouseRequest) -> HttpResponse:
    """Show all bodies, by unit."""
    return render(request, "bodies/bodies.html", {"bodies": bodies_by_unit()})


@require_safe
def body(request: HouseRequest, slug: str) -> HttpResponse:
    """Show a body: its officers, seats and rules on a day, and what the rooms above know of it."""
    found, day, term = body_in_term(slug, day_asked(request))
    shown = {
        "body": found,
        "day": day,
        "is_today": day == today_in(found),
        "term": term,
        "rules": rules_known_on(found, day),
        "composition": composition(found, day),
        "ordering": able(request, Kind.POSTS_GIVEN, found),
        "sections": sections("HEMICYCLE_BODY_SECTIONS", request, found),
    }
    return render(request, "bodies/body.html", shown)


@require_safe
def unit(request: HouseRequest, slug: str) -> HttpResponse:
    """Show a unit: where it stands on a day, who heads it, its bodies, and what the rooms above know of it."""
    found, today = unit_named(slug), now().date()
    day = day_asked(request) or today
    shown = {
        "unit": found,
        "day": day,
        "is_today": day == today,
        "above": above(found, day),
        "below": below(found, day),
        "heads": heads(found, day),
        "bodies": found.bodies.all(),
        "ordering": [] if found.ended else able(request, Kind.UNITS_FOUNDED, found),
        "sections": sections("HEMICYCLE_UNIT_SECTIONS", request, found),
    }
    return render(request, "bodies/unit.html", shown)
