"""The start page."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hemicycle.accounts.request import HouseRequest
from hemicycle.journal.clock import now
from hemicycle.web import start


@require_safe
def home(request: HouseRequest) -> HttpResponse:
    """Show what is happening now, what comes next, and what was decided and published last."""
    viewer = request.viewer
    sitting, today = start.open_sittings(viewer), now().date()
    coming = start.meetings_to_come(viewer, today, sitting)
    return render(
        request,
        "web/home.html",
        {
            "sitting": sitting,
            "coming": coming,
            "waiting": start.tasks_waiting(viewer, today),
            "led": [] if sitting or coming else start.bodies_led(viewer),
            "decisions": start.latest_decisions(viewer),
            "publications": start.latest_publications(viewer),
        },
    )
