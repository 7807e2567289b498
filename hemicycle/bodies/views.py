"""The pages of bodies and units. What happens in them is shown by the rooms above, part by part."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hemicycle.accounts.request import HouseRequest
from hemicycle.bodies.queries import (
    above,
    below,
    bodies_by_unit,
    body_named,
    composition,
    heads,
    rules_known_on,
    term_on,
    unit_named,
)
from hemicycle.bodies.sections import sections
from hemicycle.journal.clock import now


@require_safe
def bodies(request: HouseRequest) -> HttpResponse:
    """Show all bodies, by unit."""
    return render(request, "bodies/bodies.html", {"bodies": bodies_by_unit()})


@require_safe
def body(request: HouseRequest, slug: str) -> HttpResponse:
    """Show a body: its officers, seats and rules today, and what the rooms above know of it."""
    found, today = body_named(slug), now().date()
    shown = {
        "body": found,
        "term": term_on(found, today),
        "rules": rules_known_on(found, today),
        "composition": composition(found, today),
        "sections": sections("HEMICYCLE_BODY_SECTIONS", request, found),
    }
    return render(request, "bodies/body.html", shown)


@require_safe
def unit(request: HouseRequest, slug: str) -> HttpResponse:
    """Show a unit: where it stands today, who heads it, its bodies, and what the rooms above know of it."""
    found, today = unit_named(slug), now().date()
    shown = {
        "unit": found,
        "above": above(found, today),
        "below": below(found, today),
        "heads": heads(found, today),
        "bodies": found.bodies.all(),
        "sections": sections("HEMICYCLE_UNIT_SECTIONS", request, found),
    }
    return render(request, "bodies/unit.html", shown)
