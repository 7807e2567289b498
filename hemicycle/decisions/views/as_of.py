"""The pages of a decision's tasks as they stood on a day: the map of them, and the table with their figures."""

from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from hemicycle.accounts.request import HouseRequest
from hemicycle.bodies.day import today_in
from hemicycle.decisions import forms, queries
from hemicycle.decisions.models import Decision
from hemicycle.decisions.queries.as_of import SHOWN, stood_on
from hemicycle.decisions.queries.tree import tree_of

# Keys of the database have no more digits.
DIGITS = 18


@require_GET
def tree(request: HouseRequest, slug: str, number: int) -> HttpResponse:
    """Show the map of a decision's tasks as they stood on a day, or of those below one of them."""
    found = queries.decision_for(request.viewer, slug, number)
    form, day, today = asked_for(request, found)
    below, page = key_in(request.GET.get("below", "")), request.GET.get("page") or 1
    made = tree_of(request.viewer, found, day, today, below=below, page=page)
    kept = queries.query_string({"on": day if day < today else ""})
    shown = {
        "decision": found,
        "form": form,
        "day": day,
        "past": day < today,
        "tree": made,
        "kept": kept,
        "query": kept + queries.query_string({"below": below}),
    }
    return render(request, "decisions/tree.html", shown, status=200 if form.is_valid() else 422)


@require_GET
def table(request: HouseRequest, slug: str, number: int) -> HttpResponse:
    """Show a decision's tasks as they stood on a day as a table, today where none is asked for."""
    found = queries.decision_for(request.viewer, slug, number)
    form, day, _today = asked_for(request, found)
    stood, count = stood_on(request.viewer, found, day)
    shown = {"decision": found, "form": form, "day": day, "stood": stood, "more": max(count - SHOWN, 0)}
    return render(request, "decisions/tree_table.html", shown, status=200 if form.is_valid() else 422)


def asked_for(request: HouseRequest, decision: Decision) -> tuple[forms.DayForm, date, date]:
    """Return the form, the day that it asks for, never one that is still to come, and today."""
    form, today = forms.DayForm(request.GET), today_in(decision.body)
    asked = form.cleaned_data["on"] if form.is_valid() else None
    return form, min(asked or today, today), today


def key_in(typed: str) -> int | None:
    """Return the key of a task in an address, None where none stands there; raise Http404 where it is none."""
    if not typed:
        return None
    if not (typed.isascii() and typed.isdecimal() and len(typed) < DIGITS):
        raise Http404(_("There is no such task."))
    return int(typed)
