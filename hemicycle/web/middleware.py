"""Hands every view who reads and as whom they may act, worked out when first asked for."""

from collections.abc import Callable
from functools import partial
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from hemicycle.accounts.access import Viewer
from hemicycle.accounts.request import HouseRequest
from hemicycle.journal.act import Actor
from hemicycle.meetings.queries import Standing
from hemicycle.web import as_whom


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
        return self.get_response(request)
