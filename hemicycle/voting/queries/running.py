"""How an open vote stands, where the rules let the hall see it: by name or by hands, never a secret one."""

from django.utils.translation import gettext as _

from hemicycle.bodies.queries import rules_on
from hemicycle.voting.models import Ballot, Choice, Method
from hemicycle.voting.papers import Form
from hemicycle.voting.queries.batches import batches_of
from hemicycle.voting.queries.counting import counts_of
from hemicycle.voting.tellers import State, total

# Only these: what they say is seen, or heard, in the hall in any case.
RUNNING = frozenset({Method.NAMED, Method.ROLL_CALL, Method.HANDS})


def can_run(ballot: Ballot) -> bool:
    """Say whether a vote is open of which rules can let the hall see how it stands."""
    return ballot.method in RUNNING and ballot.form == Form.MOTION and ballot.closed is None and ballot.voided is None


def shows_running(ballot: Ballot) -> bool:
    """Say whether by the rules the hall sees how this vote stands while it is open."""
    meeting = ballot.sitting.meeting
    return can_run(ballot) and rules_on(meeting.body, meeting.starts).running_result


def running_result(ballot: Ballot) -> list[tuple[str, str, int]]:
    """Return what an open vote that the hall may see comes to so far, as kind, words and votes.

    Of a show of hands it is what the tellers' settled batches say.
    """
    if ballot.method == Method.HANDS:
        found = total(one.counts.counts for one in batches_of(ballot) if one.state == State.SETTLED)
        so_far = [found.get(one.value, 0) for one in Choice]
    else:
        counts = counts_of(ballot)
        so_far = [counts.votes_for, counts.against, counts.abstained]
    words = (_("for"), _("against"), _("abstained"))
    return [(one.value, said, count) for one, said, count in zip(Choice, words, so_far, strict=True)]
