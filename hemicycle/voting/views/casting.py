"""Casting several votes with one button: one's own, those held by proxy, and those of a delegation, whole or split."""

import re
from dataclasses import replace

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hemicycle.accounts.entering import address_after, signed_in
from hemicycle.accounts.request import HouseRequest
from hemicycle.journal.act import Refused
from hemicycle.voting import acts, box, queries
from hemicycle.voting.box_commit import Slip, commit
from hemicycle.voting.card import read_card
from hemicycle.voting.models import Choice
from hemicycle.voting.words import Kind

MOST_AT_ONCE = 1_000
KEY = re.compile(r"[0-9]{1,18}", re.ASCII)
NUMBER = re.compile(r"[0-9]{1,4}", re.ASCII)


@signed_in
@require_POST
def cast_all(request: HouseRequest, ballot_id: int) -> HttpResponse:
    """Put all votes that somebody casts into the box, the same or split; each card is its own authority."""
    ballot = queries.ballot_for(request.viewer, ballot_id)
    cards, tokens = request.POST.getlist("card")[:MOST_AT_ONCE], request.POST.getlist("request")[:MOST_AT_ONCE]
    if not cards or len(cards) != len(tokens) or not all(map(box.REQUEST.fullmatch, tokens)):
        raise Refused("no_request", box.sentence("no_request"), status=422)
    slips = [slip_on(card, ballot.pk, token) for card, token in zip(cards, tokens, strict=True)]
    choices = chosen(request, len(slips))
    outcomes = commit([replace(slip, choice=choice) for slip, choice in zip(slips, choices, strict=True)])
    codes = [one.code for one in outcomes]
    # Where some were not taken, the first that was not says why; each stands on the page as it is in the box.
    code = next((one for one in codes if one != "counted"), "counted")
    back = address_after(request) or reverse("voting:ballot", args=[ballot.pk])
    return redirect(box.way_back(back, code) or back)


@require_POST
def take_back(request: HouseRequest, ballot_id: int) -> HttpResponse:
    """Give a vote that is held by proxy back to its owner, who has arrived."""
    ballot = queries.ballot_for(request.viewer, ballot_id)
    key = request.POST.get("voter", "")
    voter = ballot.entitled.filter(pk=key).first() if KEY.fullmatch(key) else None
    if voter is None:
        raise Http404
    by = request.actor_for(ballot.sitting.meeting.body.book_id, Kind.VOTE_TAKEN_BACK)
    acts.take_back_vote(by=by, voter_id=voter.pk)
    return redirect(address_after(request) or reverse("voting:ballot", args=[ballot.pk]))


def slip_on(card: str, ballot: int, token: str) -> Slip:
    """Return an empty slip for the voter of a card; refuse one for another ballot."""
    read = read_card(card)
    if read.ballot != ballot:
        raise Refused("other_ballot", box.sentence("other_ballot"), status=403)
    return Slip(read.ballot, read.voter, "", token, issue=read.issue)


def chosen(request: HouseRequest, votes: int) -> list[str]:
    """Return what each vote says: all the same, or as many for, against and abstaining as was typed.

    Raises:
        Refused: the numbers do not add up to the votes, or it is no choice.
    """
    choice = request.POST.get("choice", "")
    if choice in Choice.values:
        return [choice] * votes
    typed = [request.POST.get(one, "").strip() or "0" for one in Choice.values]
    if choice != "split" or not all(map(NUMBER.fullmatch, typed)):
        raise Refused("unknown_choice", box.sentence("unknown_choice"), status=422)
    split = [one for one, number in zip(Choice.values, typed, strict=True) for _vote in range(int(number))]
    if len(split) != votes:
        raise Refused(
            "does_not_add_up",
            _("You cast %(votes)d votes, and %(typed)d were split. Nothing was cast; let them add up.")
            % {"votes": votes, "typed": len(split)},
            status=422,
        )
    return split
