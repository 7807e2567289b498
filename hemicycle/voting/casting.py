"""Many votes put into a box at once, where no phone sends them: the demo, tests and benches."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from hemicycle.journal.act import Refused
from hemicycle.voting.models import Ballot, Method, Vote
from hemicycle.voting.papers import BadPaper, read


@dataclass(frozen=True)
class Cast:
    """A vote as it came: the voter's key on the frozen list, the paper, and when it was received."""

    voter: int
    choice: str
    received: datetime


def cast_many(*, ballot_id: int, votes: Sequence[Cast]) -> int:
    """Put votes into an open box, all or none, and return how many. Not an act, as no vote is: see docs/tour.md.

    Raises:
        Refused: the ballot is not open, or is secret, one of the voters is not on its list, or one of the papers
            cannot be counted.
    """
    with transaction.atomic():
        ballot = Ballot.objects.select_for_update(of=("self",)).get(pk=ballot_id)
        if ballot.closed or ballot.voided:
            raise Refused("ballot_closed", _("This ballot is closed. No vote was taken."))
        if ballot.method == Method.SECRET:
            raise Refused("sealed_only", _("Secret votes are sealed one by one. No vote was taken."))
        entitled = set(ballot.entitled.values_list("pk", flat=True))
        if not entitled.issuperset(vote.voter for vote in votes):
            raise Refused("not_entitled", _("One of these voters is not on the list of this ballot."), status=403)
        options = ballot.options.count()
        made = Vote.objects.bulk_create(
            Vote(
                ballot=ballot,
                voter_id=vote.voter,
                choice=paper_on(ballot, vote.choice, options),
                request=secrets.token_hex(16),
                received=vote.received,
            )
            for vote in votes
        )
    return len(made)


def paper_on(ballot: Ballot, text: str, options: int) -> str:
    """Return the canonical paper of what somebody says in a ballot with so many options.

    Raises:
        Refused: it cannot be counted in this ballot.
    """
    try:
        return read(text, ballot.form, options=options, most=ballot.most)
    except BadPaper as bad:
        said = _("A paper cannot be counted: “%(paper)s”. No vote was taken.") % {"paper": text[:80]}
        raise Refused(bad.code, said, status=422, field="choice") from bad
