"""Acts on voting cards while a vote is open: one is struck, for a new card or a paper in its place."""

from django.utils.translation import gettext as _

from hemicycle.accounts.access import Access
from hemicycle.journal.act import Actor, Happened, Refused, act
from hemicycle.voting.acts.balloting import lock_ballot, refuse_before
from hemicycle.voting.models import BY_CARD, Entitled, SealedVote, StruckCard, Vote
from hemicycle.voting.words import Kind


def strike_card(
    *, by: Actor, voter_id: int, instead: str, reason: str = "", happened: Happened | None = None
) -> StruckCard:
    """Strike a voter's card, for example where their phone died, and issue a new card or a paper in its place.

    Both at once: from the moment of the commit the box takes nothing on the old card, and it holds none of its votes.

    Raises:
        Refused: the vote is over or has no box, the voter has voted, or got a paper already.
    """
    with act(Kind.CARD_STRUCK, by=by, happened=happened) as entry:
        voter = Entitled.objects.get(pk=voter_id)
        sitting, ballot = lock_ballot(entry, voter.ballot_id)
        if ballot.closed or ballot.voided:
            raise Refused("ballot_closed", _("This vote is over. No card was struck."))
        if ballot.method not in BY_CARD:
            raise Refused("no_cards", _("This vote goes without cards."))
        refuse_before(ballot.opened, entry.when, _("the ballot was opened"), sitting)
        said = {"name": voter.name}
        if Vote.objects.filter(voter=voter).exists() or SealedVote.objects.filter(voter=voter).exists():
            raise Refused(
                "has_voted",
                _("A vote of %(name)s is in the box and counts. No card was struck, nothing issued.") % said,
            )
        if voter.struck_cards.filter(instead=StruckCard.Instead.PAPER).exists():
            raise Refused("has_paper", _("%(name)s got a paper ballot already. Nothing more was issued.") % said)
        struck = entry.create(
            StruckCard(voter=voter, instead=StruckCard.Instead(instead), reason=reason.strip(), struck=entry.when)
        )
        entry.record(
            subjects=[struck, ballot, sitting, sitting.meeting],
            access=Access.DESK,
            scope=sitting.meeting,
            facts={
                "name": voter.name,
                "number": voter.number,
                "question": ballot.question,
                "instead": str(struck.instead),
                "reason": struck.reason,
            },
        )
    return struck
