"""The feeds of decisions, of a body and of a unit: the same for everybody, whoever is signed in."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe

from hemicycle.bodies.queries import body_named, unit_named
from hemicycle.decisions.feeds import as_atom, as_json_feed
from hemicycle.decisions.queries.feeds import Feed, feed_of_body, feed_of_unit

ATOM = "application/atom+xml; charset=utf-8"
JSON = "application/feed+json"
FOR_SECONDS = 300


@require_safe
@cache_control(public=True, max_age=FOR_SECONDS)
@conditional_page
def of_body(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """Give the decisions of a body as Atom or JSON Feed; one that is asked for again and has not changed is 304."""
    return answer(request, feed_of_body(body_named(slug)), reverse("decisions:register_of", args=[slug]), form)


@require_safe
@cache_control(public=True, max_age=FOR_SECONDS)
@conditional_page
def of_unit(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """Give the decisions of a unit's bodies, and those with a public task for it, in the same forms."""
    return answer(request, feed_of_unit(unit_named(slug)), reverse("bodies:unit", args=[slug]), form)


def answer(request: HttpRequest, feed: Feed, page: str, form: str) -> HttpResponse:
    """Return a feed in a form, “atom” or “json”."""
    house = (settings.CONFIG.address or request.build_absolute_uri("/")).rstrip("/")
    if form == "atom":
        return HttpResponse(as_atom(feed, house, page, request.path), content_type=ATOM)
    return JsonResponse(
        as_json_feed(feed, house, page, request.path), content_type=JSON, json_dumps_params={"ensure_ascii": False}
    )
