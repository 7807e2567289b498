"""As whom a request reads and acts: the account's person, with the posts and participations they have today."""

import re
from typing import cast

from django.http import HttpRequest
from django.utils.translation import gettext as _

from hemicycle.accounts.access import PUBLIC
from hemicycle.accounts.models import Account
from hemicycle.accounts.request import HouseRequest
from hemicycle.accounts.rights import ask, may
from hemicycle.journal.act import Actor, Refused
from hemicycle.meetings.queries import Standing, standing_of
from hemicycle.meetings.queries.badges import SIGNED_IN_BY_BADGE, standing_by_badge

# Everywhere else, whoever signed in with a badge reads as the public does.
OPENED_BY_A_BADGE = frozenset(
    {
        "live:ask",
        "live:floor",
        "live:mine",
        "meetings:check_in",
        "meetings:came",
        "meetings:download",
        "meetings:meeting",
        "meetings:went",
        "meetings:withdraw_request",
        "voting:ballot",
        "voting:cast_all",
        "voting:take_back",
    }
)
FORM_TOKEN = re.compile(r"[\w.:-]{1,64}", re.ASCII)


def standing(request: HttpRequest) -> Standing:
    """Return what whoever sent a request may see and as whom they may act today; a stranger costs no query."""
    account = request.user
    if not isinstance(account, Account):
        return (standing_by_badge(badge) if (badge := badge_here(request)) else None) or Standing(PUBLIC, [])
    return standing_of(account.person, account)


def badge_here(request: HttpRequest) -> int | None:
    """Return the badge with which whoever sends this request signed in, on the few pages that a badge opens."""
    match = request.resolver_match
    if match is None or match.view_name not in OPENED_BY_A_BADGE:
        return None
    found = request.session.get(SIGNED_IN_BY_BADGE)
    return found if isinstance(found, int) else None


def actors_in(actors: list[Actor], book: int, kind: str) -> list[Actor]:
    """Return those of a person's capacities in a book that may do acts of this kind."""
    return [actor for actor in actors if actor.book == book and may(kind, actor)]


def actor(request: HttpRequest, book: int, kind: str) -> Actor:
    """Return as whom this request acts in a book: the capacity the form chose (“as”), or the first that may.

    Raises:
        Refused: nobody is signed in, or the person has no capacity there that may do this.
    """
    if cast(HouseRequest, request).viewer.person is None:
        raise Refused(
            "signed_out",
            _("You are not signed in any more. Nothing was entered. Sign in, then send the form again."),
            status=403,
        )
    here = [actor for actor in cast(HouseRequest, request).actors if actor.book == book]
    chosen = request.POST.get("as", "")
    if chosen:
        here = [actor for actor in here if actor.capacity == chosen]
    if not here:
        raise Refused(
            "no_right",
            _("You hold no post here in which you could do this. Nothing was entered."),
            status=403,
        )
    able = actors_in(here, book, kind)
    if not able:
        ask(kind, here[0])
    return able[0].with_once(form_token(request))


def form_token(request: HttpRequest) -> str | None:
    """Return the token of the form that was sent, by which the same form sent twice is known."""
    once = request.POST.get("once", "")
    if once and not FORM_TOKEN.fullmatch(once):
        raise Refused(
            "form_damaged",
            _("This form arrived damaged. Nothing was entered. Reload the page and send it again."),
            status=422,
        )
    return once or None
