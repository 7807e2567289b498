"""The desk's pages during an open vote: whom it waits for, a card that is struck, a vote that moves to paper."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from hemicycle.accounts.request import HouseRequest
from hemicycle.meetings.views.asking import Asks, get_or_post, show
from hemicycle.voting import acts, forms, queries
from hemicycle.voting.models import BY_CARD, Entitled, Method
from hemicycle.voting.views.floor import on_ballot, page_of
from hemicycle.voting.words import Kind


@never_cache
@require_safe
def waiting(request: HouseRequest, ballot_id: int) -> HttpResponse:
    """Show the desk who has not voted yet."""
    ballot = queries.ballot_for(request.viewer, ballot_id)
    is_open = ballot.closed is None and ballot.voided is None and ballot.method in BY_CARD
    if not is_open or not request.actors_in(ballot.sitting.meeting.body.book_id, Kind.CARD_STRUCK):
        raise Http404(_("There is no such page."))
    said = {"ballot": ballot, "meeting": ballot.sitting.meeting, "waiting": queries.waiting_for(ballot)}
    return render(request, "voting/waiting.html", said)


@get_or_post
def strike(request: HouseRequest, voter_id: int) -> HttpResponse:
    """Strike a voter's card, for a new one or a paper."""
    found = Entitled.objects.filter(pk=voter_id).first()
    if found is None:
        raise Http404(_("There is no such voter."))
    ballot = queries.ballot_for(request.viewer, found.ballot_id)
    return show(request, STRIKE, found, ballot.sitting.meeting, voter_id=found.pk)


def hint(voter: Entitled) -> str:
    """Return what striking a card does, and what a single paper tells in a secret vote."""
    said = _("From then on the box takes nothing on the old card, for example of a phone that was lost.")
    if voter.ballot.method != Method.SECRET:
        return said
    few = _(
        "This vote is secret: where only a few papers are issued, the tellers' count tells how these voters voted. "
        "Issue a new card where you can, or let everybody vote on paper."
    )
    return f"{said} {few}"


STRIKE = Asks[Entitled](
    Kind.CARD_STRUCK,
    acts.strike_card,
    heading=lambda voter: _("Strike the card of %(name)s") % {"name": voter.name},
    button=lambda: _("Strike the card"),
    hint=hint,
    form=forms.StrikeForm,
    back=lambda voter: reverse("voting:waiting", args=[voter.ballot_id]),
)
move = on_ballot(
    Asks(
        Kind.BALLOT_REPEATED,
        acts.repeat_ballot,
        heading=lambda ballot: _("Vote without the box: %(question)s") % {"question": ballot.question},
        button=lambda: _("Void this vote and begin anew"),
        hint=lambda _ballot: _(
            "What is in the box counts for nothing then; secret votes are destroyed unopened. Who is there with a vote "
            "now is entitled."
        ),
        form=forms.MoveForm,
        back=page_of,
    )
)
