"""The desk's pages on who may vote and is not connected: a list before and during a vote, and the word to go on."""

from functools import partial

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from hemicycle.accounts.request import HouseRequest
from hemicycle.meetings.models import Sitting
from hemicycle.meetings.queries import sitting_for
from hemicycle.meetings.views.asking import Asks, pages_on
from hemicycle.motions.models import Motion
from hemicycle.motions.queries import motion_for
from hemicycle.voting import acts
from hemicycle.voting.queries.connecting import (
    Connection,
    connection_before,
    connection_in,
    connection_of,
    voting_from_phones,
)
from hemicycle.voting.views.floor import on_ballot, page_of
from hemicycle.voting.words import Kind

MOST_NAMED = 10


@never_cache
@require_safe
def connected(request: HouseRequest, sitting_id: int) -> HttpResponse:
    """Show the desk who may vote and is not connected: as a page, or as the line that a desk asks for again."""
    sitting = sitting_for(request.viewer, sitting_id)
    is_open = sitting.opened is not None and sitting.closed is None
    if not is_open or not request.actors_in(sitting.meeting.body.book_id, Kind.CARD_STRUCK):
        raise Http404(_("There is no such page."))
    ballot = voting_from_phones(sitting)
    found = connection_of(sitting, ballot)
    said = {"sitting": sitting, "meeting": sitting.meeting, "ballot": ballot, "connection": found}
    return render(request, "voting/connection.html" if "line" in request.GET else "voting/connected.html", said)


def without(connection: Connection) -> str:
    """Return who is missing by name, as far as one reads it, and what can be done."""
    names = ", ".join(one.name for one in connection.absent[:MOST_NAMED])
    more = len(connection.absent) - MOST_NAMED
    told = _("%(names)s and %(more)d more") % {"names": names, "more": more} if more > 0 else names
    what = _("Call them, let them vote on paper, or give them a new card.")
    return f"{_('Not connected: %(names)s.') % {'names': told}} {what}" if names else _("Everybody is connected now.")


def missing_before(motion: Motion) -> str:
    """Return who would be missing in a vote on a motion."""
    sitting = Sitting.objects.filter(meeting=motion.item.meeting, opened__isnull=False, closed=None).first()
    return without(connection_before(sitting) if sitting else Connection())


open_anyway = pages_on(motion_for, lambda motion: motion.item.meeting, "motion_id")(
    Asks(
        Kind.BALLOT_OPENED,
        partial(acts.open_ballot, anyway=True),
        heading=lambda motion: _("Open the vote without everybody: %(title)s") % {"title": motion.title},
        button=lambda: _("Open it all the same"),
        hint=missing_before,
    )
)
close_anyway = on_ballot(
    Asks(
        Kind.BALLOT_CLOSED,
        partial(acts.close_ballot, anyway=True),
        heading=lambda ballot: _("Close the vote without everybody: %(question)s") % {"question": ballot.question},
        button=lambda: _("Close it all the same"),
        hint=lambda ballot: without(connection_in(ballot)),
        back=page_of,
    )
)
