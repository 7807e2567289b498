"""The map of a body's tasks by sector and unit, and the tasks of each of its cells."""

from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from hemicycle.accounts.request import HouseRequest
from hemicycle.bodies.day import today_in
from hemicycle.bodies.models import Body, Unit
from hemicycle.decisions import forms, heat_drawing, queries
from hemicycle.decisions.queries.heat import Asked, heat_map, last_to_decide, tasks_of_cell


@require_GET
def heat(request: HouseRequest) -> HttpResponse:
    """Show how many of a body's tasks are late or done, unit by unit and sector by sector."""
    bodies = {body.slug: body for body in queries.bodies_with_decisions(request.viewer)}
    form = form_of(request, bodies)
    if not bodies or not form.is_valid():
        shown = {"form": form if bodies else None}
        return render(request, "decisions/heat.html", shown, status=422 if bodies else 200)
    asked, show = asked_by(form, bodies), form.cleaned_data["show"]
    made = heat_map(request.viewer, asked, request.GET.get("page") or 1)
    units, kept = made.units, kept_of(asked, show)
    links = {
        (unit.pk, sector): address("heat_tasks", {**kept, "unit": unit.slug, "sector": sector})
        for unit in units
        for sector in made.sectors
        if (unit.pk, sector) in made.cells
    }
    rows = [
        (unit, heat_drawing.sector_told(sector), made.cells[unit.pk, sector], links[unit.pk, sector])
        for unit in units
        for sector in made.sectors
        if (unit.pk, sector) in links
    ]
    return render(
        request,
        "decisions/heat.html",
        {
            "form": form,
            "asked": asked,
            "show": show,
            "page": made.page,
            "query": queries.query_string(kept),
            "below": [(one, address("heat", {**kept, "under": one.slug})) for one in units if hands_on(one, asked)],
            "above": address("heat", kept_of(replace(asked, under=None), show)),
            "drawing": heat_drawing.heat_map(units, made.sectors, made.cells, show, links) if units else "",
            "undrawn": max(len(made.sectors) - heat_drawing.COLUMNS, 0),
            "rows": rows,
        },
    )


@require_GET
def tasks(request: HouseRequest) -> HttpResponse:
    """Show the tasks that a cell of the map counts."""
    bodies = {body.slug: body for body in queries.bodies_with_decisions(request.viewer)}
    form = form_of(request, bodies)
    if not bodies or not form.is_valid():
        raise Http404(_("There is no such list of tasks."))
    asked, unit = asked_by(form, bodies), queries.unit_named(request.GET.get("unit", ""))
    sector = request.GET.get("sector", "")
    listed = tasks_of_cell(request.viewer, asked, unit, sector, request.GET.get("page") or 1)
    kept = kept_of(asked, form.cleaned_data["show"])
    return render(
        request,
        "decisions/heat_tasks.html",
        {
            "asked": asked,
            "unit": unit,
            "sector": heat_drawing.sector_told(sector),
            "page": listed.page,
            "stood": listed.stood,
            "query": queries.query_string({**kept, "unit": unit.slug, "sector": sector}),
            "map": address("heat", kept),
        },
    )


def form_of(request: HouseRequest, bodies: Mapping[str, Body]) -> forms.HeatForm:
    """Return what is asked for: if nothing else, what is late of the body that decided last."""
    sent = request.GET.copy()
    if "body" not in sent:
        sent["body"] = last_to_decide(request.viewer)
    sent.setdefault("show", "late")
    return forms.HeatForm(sent, bodies=[(slug, body.name) for slug, body in bodies.items()])


def asked_by(form: forms.HeatForm, bodies: Mapping[str, Body]) -> Asked:
    """Return which tasks a form asks for; a day that is still to come is today."""
    sent, body = form.cleaned_data, bodies[form.cleaned_data["body"]]
    today = today_in(body)
    under = queries.unit_named(sent["under"]) if sent["under"] else None
    return Asked(body, today, min(sent["on"] or today, today), under, sent["since"])


def kept_of(asked: Asked, show: str) -> dict[str, object]:
    """Return what the address of a map keeps."""
    return {
        "body": asked.body.slug,
        "show": show,
        "on": "" if asked.now else asked.on,
        "since": asked.since or "",
        "under": asked.under.slug if asked.under else "",
    }


def address(name: str, kept: Mapping[str, object]) -> str:
    """Return the address of a map or of the tasks of a cell."""
    return f"{reverse(f'decisions:{name}')}?{urlencode({key: value for key, value in kept.items() if value})}"


def hands_on(unit: Unit, asked: Asked) -> bool:
    """Say whether a unit of a map handed on tasks that the map does not show itself."""
    handed: bool = getattr(unit, "hands_on", False)
    return handed and unit != asked.under and (asked.under is not None or unit.pk != asked.body.unit_id)
