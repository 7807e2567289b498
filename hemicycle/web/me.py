"""The page of the person signed in: who they are, in what capacities they act, their meetings, their account."""

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from hemicycle.accounts.access import Viewer
from hemicycle.accounts.request import HouseRequest
from hemicycle.accounts.rights import may
from hemicycle.accounts.words import Kind
from hemicycle.meetings.models import Meeting
from hemicycle.meetings.queries import meeting_address

SHOWN = 20


@login_required
@never_cache
@require_GET
def me(request: HouseRequest) -> HttpResponse:
    """Show the person signed in to themselves."""
    actors = list(request.actors)
    meetings = [
        (meeting, f"/{get_language()}{meeting_address(meeting)}") for meeting in my_meetings(request.viewer)[:SHOWN]
    ]
    lets_in = any(may(Kind.INVITATIONS_MADE, actor) for actor in actors)
    return render(request, "web/me.html", {"actors": actors, "meetings": meetings, "lets_in": lets_in})


def my_meetings(viewer: Viewer) -> QuerySet[Meeting]:
    """Return the meetings to which a person is accredited, those that are not over first."""
    mine = Meeting.objects.filter(pk__in=[int(scope.partition(":")[2]) for scope in viewer.scopes])
    seen = mine.filter(viewer.filter("body__book", "access", "pk"))
    return seen.select_related("body", "term").order_by("closed", "-starts", "-pk")
