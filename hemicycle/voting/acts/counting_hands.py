"""What acts on tellers' counts share: closing a vote with a count, and who enters it by the rules."""

from django.utils.translation import gettext as _

from hemicycle.journal.act import Act, Refused
from hemicycle.meetings.models import Sitting
from hemicycle.voting import queries
from hemicycle.voting.acts.balloting import count, refuse_before
from hemicycle.voting.acts.results import record_result
from hemicycle.voting.hands import Hands, Papers
from hemicycle.voting.models import Ballot, Result


def take_count(
    entry: Act, sitting: Sitting, ballot: Ballot, counted: Hands | Papers, quorum: dict[str, int] | None
) -> Result:
    """Close a vote with what tellers counted, and write down what it comes to."""
    entry.update(ballot, closed=entry.when, tellers=list(counted.tellers), box_digest=queries.digest_of_box(ballot))
    entry.update(sitting, voting_since=None)
    result = count(entry, ballot, version=1, hands=counted)
    record_result(entry, ballot, result, tellers=list(counted.tellers), quorum=quorum)
    return result


def refuse_over(entry: Act, ballot: Ballot) -> None:
    """Refuse what comes after a ballot was closed or voided, or before it was opened."""
    if ballot.closed or ballot.voided:
        raise Refused("ballot_closed", _("This ballot was closed already. Nothing was counted twice."))
    refuse_before(ballot.opened, entry.when, _("the ballot was opened"), ballot.sitting)


def refuse_one_person(ballot: Ballot) -> None:
    """Refuse a count by one person where the rules ask for two."""
    if queries.enters_twice(ballot):
        raise Refused(
            "second_person_counts",
            _(
                "By the rules of %(body)s two persons enter what the tellers counted, each for themselves. Enter it "
                "as a batch."
            )
            % {"body": ballot.sitting.meeting.body.name},
        )
