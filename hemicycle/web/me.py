"""The page of the person signed in: who they are, in what capacities they act, their meetings, their account."""

from django.contrib.auth.decorators import login_required
from django.db.models import F, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from hemicycle.accounts.access import Viewer
from hemicycle.accounts.request import HouseRequest
from hemicycle.accounts.rights import may
from hemicycle.accounts.words import Kind
from hemicycle.journal.act import Actor
from hemicycle.journal.models import Book
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
    posts = list(zip(actors, places_of(actors), strict=True))
    return render(request, "web/me.html", {"posts": posts, "meetings": meetings, "lets_in": lets_in})


def places_of(actors: list[Actor]) -> list[str]:
    """Return where the work of each capacity is: a unit's tasks, a body's page; nothing for the installation."""
    books = Book.objects.in_bulk({actor.book for actor in actors})
    names = {"unit": "decisions:tasks", "body": "bodies:body"}
    found = (books[actor.book] for actor in actors)
    return [reverse(names[book.noun], args=[book.slug]) if book.noun in names else "" for book in found]


def my_meetings(viewer: Viewer) -> QuerySet[Meeting]:
    """Return the meetings to which a person is accredited, those that are not over first."""
    mine = Meeting.objects.filter(pk__in=[int(scope.partition(":")[2]) for scope in viewer.scopes])
    seen = mine.filter(viewer.filter("body__book", "access", "pk"))
    return seen.select_related("body", "term").order_by(F("closed").desc(nulls_first=True), "-starts", "-pk")
