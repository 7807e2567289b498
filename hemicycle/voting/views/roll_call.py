"""The roll call: a named vote taken at the desk, one name after the other in the order of the list."""

import re
import secrets

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
from hemicycle.voting.models import Ballot, Choice, Method
from hemicycle.voting.queries.roll import roll_of
from hemicycle.voting.words import Kind

NUMBER = re.compile(r"[0-9]{1,6}", re.ASCII)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def roll_call(request: HouseRequest, ballot_id: int) -> HttpResponse:
    """Show whose name is called next, and enter what they answer. Who may enter tellers' counts may do this."""
    ballot = queries.ballot_for(request.viewer, ballot_id)
    book = ballot.sitting.meeting.body.book_id
    if ballot.method != Method.ROLL_CALL:
        raise Http404(_("There is no roll call on this."))
    if request.method == "POST":
        request.actor_for(book, Kind.BALLOT_COUNTED)
        number = answered(request, ballot)
        return redirect(f"{reverse('voting:roll_call', args=[ballot.pk])}?after={number}")
    if not request.actors_in(book, Kind.BALLOT_COUNTED):
        raise Http404(_("There is no such page."))
    if ballot.closed or ballot.voided:
        return redirect("voting:ballot", ballot.pk)
    roll = roll_of(ballot, after=numbered(request, "after"), number=numbered(request, "number"))
    buttons = shown.buttons(request, ballot, "open", None, tie=False)
    said = {
        "ballot": ballot,
        "meeting": ballot.sitting.meeting,
        "roll": roll,
        "token": secrets.token_urlsafe(16),
        "close": next((one for one in buttons if one.name == "close"), None),
    }
    return render(request, "voting/roll_call.html", said)


def numbered(request: HouseRequest, name: str) -> int:
    """Return a number from the address, 0 where there is none."""
    typed = request.GET.get(name, "")
    return int(typed) if NUMBER.fullmatch(typed) else 0


def answered(request: HouseRequest, ballot: Ballot) -> int:
    """Put what somebody answered into the box, and return their number on the list.

    Raises:
        Refused: the vote is closed, or it is no answer.
    """
    typed, choice, token = (request.POST.get(name, "") for name in ("number", "choice", "request"))
    voter = ballot.entitled.filter(number=typed).first() if NUMBER.fullmatch(typed) else None
    if voter is None or choice not in Choice.values or not box.REQUEST.fullmatch(token):
        raise Refused("unknown_choice", box.sentence("unknown_choice"), status=422)
    outcome = commit([Slip(ballot.pk, voter.pk, choice, token)])[0]
    if outcome.code != "counted":
        raise Refused(outcome.code, box.sentence(outcome.code))
    return voter.number
