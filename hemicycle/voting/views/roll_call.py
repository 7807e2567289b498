"""The roll call: a named vote taken at the desk, one name after the other in the order of the list."""

import re
import secrets
from functools import partial

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from hemicycle.accounts.request import HouseRequest
from hemicycle.journal.act import Refused
from hemicycle.voting import box, queries, shown
from hemicycle.voting.box_commit import Slip, commit
from hemicycle.voting.calling import call_up, go_on_from, refuse_uncalled, tell_of_turn
from hemicycle.voting.models import Ballot, Choice, Method
from hemicycle.voting.queries.roll import roll_of
from hemicycle.voting.words import Kind

NUMBER = re.compile(r"[0-9]{1,6}", re.ASCII)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def roll_call(request: HouseRequest, ballot_id: int) -> HttpResponse:
    """Show whose name is called now, and enter what they answer. Who may enter tellers' counts may do this."""
    ballot = queries.ballot_for(request.viewer, ballot_id)
    book = ballot.sitting.meeting.body.book_id
    if ballot.method != Method.ROLL_CALL:
        raise Http404(_("There is no roll call on this."))
    if request.method == "POST":
        request.actor_for(book, Kind.BALLOT_COUNTED)
        entered(request, ballot)
        tell_of_turn()
        return redirect("voting:roll_call", ballot.pk)
    if not request.actors_in(book, Kind.BALLOT_COUNTED):
        raise Http404(_("There is no such page."))
    part = bool(request.headers.get("HX-Request"))
    if ballot.closed or ballot.voided:
        over = reverse("voting:ballot", args=[ballot.pk])
        return HttpResponse(headers={"HX-Redirect": over}) if part else redirect(over)
    roll = roll_of(ballot)
    asked = NUMBER.fullmatch(request.GET.get("number", ""))
    # What was misheard is entered anew here; in the hall nobody is called for it.
    mended = next((one for one in roll.heard if asked and one.voter.number == int(asked[0])), None)
    said = {
        "ballot": ballot,
        "meeting": ballot.sitting.meeting,
        "roll": roll,
        "line": mended or roll.following,
        "mended": mended,
        "token": secrets.token_urlsafe(16),
        "here": request.get_full_path(),
        "close": next((one for one in shown.buttons(request, ballot, "open", None, tie=False)), None),
    }
    return render(request, "voting/roll.html" if part else "voting/roll_call.html", said)


def entered(request: HouseRequest, ballot: Ballot) -> None:
    """Put what somebody answered into the box, or call the next, or somebody out of the order.

    Raises:
        Refused: the vote is closed, it is no answer of anybody on the list, or of somebody who is not called now.
    """
    typed, choice, token, does = (request.POST.get(name, "") for name in ("number", "choice", "request", "does"))
    voter = ballot.entitled.filter(number=typed).first() if NUMBER.fullmatch(typed) else None
    if voter is None or (not does and (choice not in Choice.values or not box.REQUEST.fullmatch(token))):
        raise Refused("unknown_choice", box.sentence("unknown_choice"), status=422)
    if does and (ballot.closed or ballot.voided):
        raise Refused("ballot_closed", box.sentence("ballot_closed"))
    if does == "call":
        call_up(ballot, voter.number)
    elif does:
        go_on_from(ballot, voter.number)
    else:
        asks = None if request.POST.get("mended") else partial(refuse_uncalled, ballot, voter.number)
        outcome = commit([Slip(ballot.pk, voter.pk, choice, token)], asks)[0]
        if outcome.code != "counted":
            raise Refused(outcome.code, box.sentence(outcome.code))
