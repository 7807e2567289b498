"""The register of decisions: as a page, as CSV, and the description of that."""

from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from hemicycle.accounts.request import HouseRequest
from hemicycle.bodies.day import today_at
from hemicycle.bodies.models import Body
from hemicycle.bodies.queries import body_named
from hemicycle.bodies.views.files import as_csv_file, as_description
from hemicycle.decisions import queries, register_file
from hemicycle.decisions.finding_forms import RegisterForm
from hemicycle.decisions.force.reading import stood_on
from hemicycle.decisions.models import Decision
from hemicycle.decisions.queries.registering import PAGE, Wanted, all_stood, choices_for, found_for

ASKED = ("body", "year", "term", "type", "state", "sector", "unit")


def asked_of(request: HouseRequest, slug: str) -> tuple[RegisterForm, Wanted, Body | None, str]:
    """Return the form, what is looked for, in the register of which body, and the same as a query."""
    body = body_named(slug) if slug else None
    bodies = [] if body else queries.bodies_with_decisions(request.viewer)
    form = RegisterForm(request.GET, bodies=bodies, choices=choices_for(request.viewer))
    if body:
        del form.fields["body"]
    form.is_valid()
    sent = form.cleaned_data
    on: date | None = sent.get("on")
    kept: dict[str, Any] = {name: sent[name] for name in ASKED if sent.get(name)}
    wanted = Wanted(
        day=on or (today_at(body.time_zone if body else None)),
        text=sent.get("q", "").strip(),
        **kept | ({"body": slug} if body else {}),
    )
    return form, wanted, body, queries.query_string(kept | {"q": wanted.text, "on": on or ""})


@require_GET
def register(request: HouseRequest, slug: str = "") -> HttpResponse:
    """Show the register of decisions, of one body or of all."""
    form, wanted, body, query = asked_of(request, slug)
    page = Paginator(found_for(request.viewer, wanted), PAGE).get_page(form.cleaned_data.get("page") or 1)
    shown = {
        "page": page,
        "rows": stood_on(request.viewer, page.object_list, wanted.day),
        "form": form,
        "wanted": wanted,
        "body": body,
        "query": query,
        "file": f"{address_of(body, 'register_csv')}?{query}".rstrip("?&"),
    }
    return render(request, "decisions/register.html", shown, status=422 if "on" in form.errors else 200)


@require_GET
def as_csv(request: HouseRequest, slug: str = "") -> HttpResponse:
    """Give what is looked for as CSV; a header says where it is described."""
    _form, wanted, body, query = asked_of(request, slug)
    found = all_stood(request.viewer, found_for(request.viewer, wanted), wanted.day)

    def page_of(one: Decision) -> str:
        return request.build_absolute_uri(reverse("decisions:decision", args=[one.body.slug, one.number]))

    described = f"{address_of(body, 'register_csvw')}?{query}".rstrip("?&")
    return as_csv_file(register_file.as_csv(found, page_of), register_file.FILE, described)


@require_GET
def as_csvw(request: HouseRequest, slug: str = "") -> HttpResponse:
    """Give the description of the CSV."""
    _form, _wanted, body, query = asked_of(request, slug)
    title = _("Decisions of %(name)s") % {"name": body.name} if body else _("Decisions")
    return as_description(register_file.as_csvw(title, query.rstrip("&")))


def address_of(body: Body | None, name: str) -> str:
    """Return the address of a page or file of the register of a body, or of all."""
    return reverse(f"decisions:{name}_of", args=[body.slug]) if body else reverse(f"decisions:{name}")
