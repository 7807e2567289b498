"""The page of a decision's tasks as they stood on a day."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from hemicycle.accounts.request import HouseRequest
from hemicycle.decisions import forms, queries
from hemicycle.decisions.queries.as_of import SHOWN, stood_on
from hemicycle.decisions.views.handing import today_of


@require_GET
def tree(request: HouseRequest, slug: str, number: int) -> HttpResponse:
    """Show a decision's tasks as they stood on a day, today where none is asked for."""
    found = queries.decision_for(request.viewer, slug, number)
    form = forms.DayForm(request.GET)
    today = today_of(found.body)
    asked = form.cleaned_data["on"] if form.is_valid() else None
    day = min(asked or today, today)
    stood, count = stood_on(request.viewer, found, day)
    shown = {"decision": found, "form": form, "day": day, "stood": stood, "more": max(count - SHOWN, 0)}
    return render(request, "decisions/tree.html", shown, status=200 if form.is_valid() else 422)
