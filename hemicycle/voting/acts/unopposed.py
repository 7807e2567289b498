"""The act by which those are declared elected who are no more than the seats, where the rules ask for no vote then."""

from django.utils.translation import gettext as _

from hemicycle.bodies.queries import procedure, rules_on
from hemicycle.bodies.rules import Sole
from hemicycle.journal.act import Actor, Happened, Refused, act
from hemicycle.motions.candidates import standing
from hemicycle.motions.models import Motion
from hemicycle.voting import electing, queries
from hemicycle.voting.acts.electing import is_contested, write_result
from hemicycle.voting.acts.opening import lock_motion, write_ballot
from hemicycle.voting.acts.results import record_result
from hemicycle.voting.models import Method, Result
from hemicycle.voting.words import Kind


def note_no_contest(*, by: Actor, motion_id: int, happened: Happened | None = None) -> Result:
    """Enter that there is no contest: all candidates are elected, to be declared and certified like any result.

    Raises:
        Refused: there are more candidates than seats or none, the rules ask for a vote, or nothing can be put now.
    """
    with act(Kind.ELECTION_UNCONTESTED, by=by, happened=happened) as entry:
        motion, sitting = lock_motion(entry, motion_id)
        if motion.kind != Motion.Kind.ELECTION:
            raise Refused("no_election", _("This motion is no election."))
        election, count = motion.election, standing(motion.election).count()
        if is_contested(election, count):
            raise Refused("contested", _("There are more candidates than seats. Put it to the vote."))
        if procedure(rules_on(sitting.meeting.body, sitting.meeting.starts)).elections.sole != Sole.DECLARED:
            raise Refused("vote_asked", _("By the rules each candidate is voted on. Put it to the vote."))
        ballot = write_ballot(entry, sitting, motion, None, method=Method.UNCONTESTED)
        entry.update(ballot, closed=entry.when, box_digest=queries.digest_of_box(ballot))
        entry.update(sitting, voting_since=None)
        result = write_result(entry, ballot, electing.unopposed(queries.asked_of(ballot)), version=1)
        record_result(entry, ballot, result)
    return result
