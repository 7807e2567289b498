"""The page of a decision's course: from its adoption to the account."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from hemicycle.accounts.request import HouseRequest
from hemicycle.bodies.day import today_in
from hemicycle.decisions import drawing, queries
from hemicycle.decisions.queries.course import course_of

# The last of very many days; the drawing shows all.
MOST_ROWS = 60


@require_GET
def course(request: HouseRequest, slug: str, number: int) -> HttpResponse:
    """Show what happened with a decision on which day, and how many of its tasks were due and done."""
    found = queries.decision_for(request.viewer, slug, number)
    made = course_of(request.viewer, found, today_in(found.body))
    past = [one for one in made.tallies if one.day <= made.today]
    return render(
        request,
        "decisions/course.html",
        {
            "decision": found,
            "line": drawing.line_of_time(made) if made.happened else "",
            "happened": [(one, drawing.happening_told(one)) for one in made.happened[-MOST_ROWS:]],
            "earlier": max(len(made.happened) - MOST_ROWS, 0),
            "burn_up": drawing.burn_up(made) if past else "",
            "standing": drawing.standing_told(past[-1]) if past else "",
            "tallies": made.tallies[-MOST_ROWS:],
            "today": made.today,
        },
    )
