"""Hands every view who reads and as whom they may act, worked out when first asked for."""

from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from typing import cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from hemicycle.accounts.access import Viewer
from hemicycle.accounts.request import HouseRequest
from hemicycle.journal.act import Actor
from hemicycle.meetings.queries import Standing
from hemicycle.meetings.queries.badges import SIGNED_IN_BY_BADGE
from hemicycle.web import as_whom, refusals


class AsWhomMiddleware:
    """Turns a request into a HouseRequest. Stands after the middleware that knows the session's account."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        house = cast(HouseRequest, request)
        standing = cast(Standing, SimpleLazyObject(partial(as_whom.standing, request)))
        house.viewer = cast(Viewer, SimpleLazyObject(lambda: standing.viewer))
        house.actors = cast(list[Actor], SimpleLazyObject(lambda: standing.actors))
        house.actors_in = partial(as_whom.actors_in, house.actors)
        house.actor_for = partial(as_whom.actor, request)
        # Devices go from hand to hand in a hall: no page of one person is shown to the next without asking anew.
        own = settings.SESSION_COOKIE_NAME in request.COOKIES and is_somebody(request)
        response = told_in_words(request, self.get_response(request))
        if own:
            response.headers.setdefault("Cache-Control", "private, no-cache")
            if not is_somebody(request):
                response.headers["Clear-Site-Data"] = '"cache"'
        return response


def is_somebody(request: HttpRequest) -> bool:
    """Say whether a person is signed in on this device, with an account or with a badge."""
    return request.user.is_authenticated or SIGNED_IN_BY_BADGE in request.session


def told_in_words(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Say in a page what a browser would say with an empty one, or with a way to sign in that loses what was typed."""
    if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED and request.method == "GET" and not response.content:
        told = refusals.only_for_forms(request)
        told.headers["Allow"] = response.headers["Allow"]
        return told
    sent_away = request.method == "POST" and response.headers.get("Location", "").startswith(reverse("account_login"))
    return refusals.signed_out(request) if sent_away and not request.user.is_authenticated else response
