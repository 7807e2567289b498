"""Units beside each other: the funnel first, the table second, and what each of them did."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from hemicycle.accounts.request import HouseRequest
from hemicycle.plans import queries
from hemicycle.plans.drawing import funnel
from hemicycle.plans.queries.board import Board
from hemicycle.plans.queries.comparing import comparison, described
from hemicycle.plans.views.asked import period_asked, today_at
from hemicycle.plans.words import Kind


@require_GET
def compare(request: HouseRequest, indicator_id: int) -> HttpResponse:
    """Show the units of one level beside each other, by a rate (“?level=local&period=3”)."""
    found = queries.indicator_for(request.viewer, indicator_id)
    board = Board(found.body, [found], today_at(found.body))
    period = period_asked(request, board, found)
    compared = comparison(board, found, period, request.GET.get("level", "")) if found.per is not None else None
    peers = bool(compared and compared.peers)
    said = described(found, compared) if compared and peers else ""
    drawing = ""
    if compared and compared.together is not None:
        drawing = funnel(found.title, said, compared.compared, float(compared.together), found.per or 1, found.places)
    own = {actor.book for actor in request.actors if request.actors_in(actor.book, Kind.METHOD_TOLD)}
    return render(
        request,
        "plans/compare.html",
        {
            "indicator": found,
            "body": found.body,
            "period": period,
            "above": board.up(period)[::-1],
            "comparison": compared,
            "said": said,
            "drawing": drawing,
            "own_books": own,
        },
    )
