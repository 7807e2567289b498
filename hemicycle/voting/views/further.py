"""The election that follows a certified one: for the seats that it left open, or as the run-off that it asks for."""

from django.utils.translation import gettext as _

from hemicycle.journal.act import Actor, Happened, Refused
from hemicycle.meetings.views.asking import Asks
from hemicycle.motions.acts import call_election
from hemicycle.motions.models import Election
from hemicycle.motions.words import Kind
from hemicycle.voting import queries
from hemicycle.voting.electing import RUNOFF
from hemicycle.voting.further_words import further_label, further_told
from hemicycle.voting.models import Ballot
from hemicycle.voting.views.floor import on_ballot


def call_further(*, by: Actor, ballot_id: int, happened: Happened | None = None) -> Election:
    """Call the election that a certified one asks for, on the same item and to the same post.

    A run-off is by names, between those whom the count sends there; else candidates are nominated anew.
    """
    ballot = Ballot.objects.select_related("motion__item__meeting", "motion__election").get(pk=ballot_id)
    left = queries.left_on(ballot, queries.result_of(ballot))
    if left is None:
        raise Refused("nothing_open", _("No certified election waits here for a further one."))
    if left.settled:
        raise Refused("item_settled", _("Its item was settled. Open it again while a sitting is open, then call it."))
    before = ballot.motion.election
    return call_election(
        by=by,
        item_id=ballot.motion.item_id,
        seats=left.seats,
        post_id=before.post_id,
        called=before.called,
        counting=RUNOFF if left.runoff else "",
        starts=before.starts,
        ends=before.ends,
        follows_id=before.pk,
        stand=[one.candidate_id for one in left.runoff if one.candidate_id],
        happened=happened,
    )


further = on_ballot(
    Asks(
        Kind.ELECTION_CALLED,
        call_further,
        heading=lambda ballot: further_label(ballot) or _("A further election"),
        button=lambda: _("Call it"),
        hint=further_told,
    )
)
