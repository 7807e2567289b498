"""The act by which a vote that another holds by proxy is its owner's again while the ballot is open."""

from django.utils.translation import gettext as _

from hemicycle.accounts.access import Access, narrowest
from hemicycle.accounts.capacities import DESK
from hemicycle.journal.act import Actor, Happened, Refused, act
from hemicycle.meetings.queries import present_at
from hemicycle.voting import queries
from hemicycle.voting.acts.balloting import lock_ballot, refuse_before
from hemicycle.voting.models import Entitled, SealedVote, StruckCard, Vote
from hemicycle.voting.words import Kind


def take_back_vote(*, by: Actor, voter_id: int, happened: Happened | None = None) -> Entitled:
    """Give a vote back to its owner, who has arrived while the ballot is open: the card of the proxy ends.

    It goes only until the proxy has voted. What was voted by then stands for this ballot.

    Raises:
        Refused: the ballot is over, nobody holds the vote by proxy, it was taken back or cast already, or its owner is
            not there, or another asks for it.
    """
    with act(Kind.VOTE_TAKEN_BACK, by=by, happened=happened) as entry:
        sitting, ballot = lock_ballot(entry, Entitled.objects.values_list("ballot", flat=True).get(pk=voter_id))
        voter = entry.lock(Entitled, voter_id)
        if by.capacity not in DESK and by.person != voter.participation.person_id:
            raise Refused("not_yours", _("You can take back only your own vote."), status=403)
        if ballot.closed or ballot.voided:
            raise Refused("ballot_closed", _("This ballot was closed already. The vote can no more be taken back."))
        refuse_before(ballot.opened, entry.when, _("the ballot was opened"), sitting)
        said = {"owner": voter.name, "holder": voter.cast_by_name}
        taken = voter.struck_cards.filter(instead=StruckCard.Instead.OWNER).exists()
        if voter.cast_by is None or taken:
            raise Refused("no_proxy", _("Nobody else casts the vote of %(owner)s in this ballot.") % said)
        if not present_at(sitting, entry.when).filter(participation=voter.participation).exists():
            raise Refused("not_there", _("%(owner)s is not entered as there. Check in first.") % said)
        if Vote.objects.filter(voter=voter).exists() or SealedVote.objects.filter(voter=voter).exists():
            raise Refused(
                "proxy_voted",
                _("%(holder)s has voted for %(owner)s already in this ballot. That vote stands.") % said,
            )
        entry.create(StruckCard(voter=voter, instead=StruckCard.Instead.OWNER, struck=entry.when))
        entry.record(
            subjects=[ballot, ballot.motion, sitting, sitting.meeting, voter.participation, voter.cast_by],
            access=narrowest(queries.access_of(ballot), Access.PARTICIPANTS),
            scope=sitting.meeting,
            facts={**said, "question": ballot.question},
        )
    return voter
