"""What tellers count is entered by one person, or by two where the rules ask for it."""

from hemicycle.journal.act import Actor
from hemicycle.voting.acts import count_batches, enter_batch, enter_count
from hemicycle.voting.hands import Hands, Papers
from hemicycle.voting.models import Ballot, Result
from hemicycle.voting.queries import enters_twice


def count_by_tellers(ballot: Ballot, counted: Hands | Papers, first: Actor, second: Actor) -> Result:
    """Close a vote with what was counted."""
    if not enters_twice(ballot):
        return enter_count(by=first, ballot_id=ballot.pk, counted=counted)
    for person in (first, second):
        enter_batch(by=person, ballot_id=ballot.pk, number=1, counted=counted)
    return count_batches(by=first, ballot_id=ballot.pk, tellers=counted.tellers)
