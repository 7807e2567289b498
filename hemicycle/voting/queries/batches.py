"""What tellers entered in a ballot, batch by batch, and whether by the rules two persons enter it."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Sum

from hemicycle.bodies.queries import rules_on, voting_members
from hemicycle.bodies.rules import counted_twice
from hemicycle.voting.models import IN_THE_BOX, Ballot, StruckCard, TellerBatch
from hemicycle.voting.papers import Form
from hemicycle.voting.tellers import Entered, State, settled, total


@dataclass(frozen=True)
class Batch:
    """A batch: every entry of it with its row, how it stands, and the entry that counts."""

    number: int
    state: State
    counts: Entered
    entries: list[Entered]
    rows: list[TellerBatch]


def enters_twice(ballot: Ballot) -> bool:
    """Say whether by the rules two persons enter what tellers counted: not in a small body, nor for practice."""
    meeting = ballot.sitting.meeting
    members = voting_members(meeting.body, meeting.starts).count()
    return not ballot.practice and counted_twice(rules_on(meeting.body, meeting.starts).counts_twice_from, members)


def batches_of(ballot: Ballot) -> list[Batch]:
    """Return the batches of a ballot by number."""
    twice = enters_twice(ballot)
    by_number: dict[int, list[TellerBatch]] = {}
    for row in ballot.batches.order_by("number", "pk"):
        by_number.setdefault(row.number, []).append(row)
    found = []
    for number, rows in by_number.items():
        entries = [Entered(row.pk, row.entered_by_id or 0, row.counts, row.stands is not None) for row in rows]
        state, counts = settled(entries, twice=twice)
        found.append(Batch(number, state, counts, entries, rows))
    return found


def papers_issued(ballot: Ballot) -> int:
    """Return how many votes go on paper in a ballot that goes by the box: where the desk issued a paper for a card."""
    on_paper = StruckCard.objects.filter(voter__ballot=ballot, instead=StruckCard.Instead.PAPER)
    found: int | None = ballot.entitled.filter(struck_cards__in=on_paper).aggregate(all=Sum("weight"))["all"]
    return found or 0


def counted_on_paper(ballot: Ballot) -> Counter[str]:
    """Return what tellers counted of the papers that were issued in a ballot that goes by the box."""
    if ballot.method not in IN_THE_BOX:
        return Counter()
    return total(batch.counts.counts for batch in batches_of(ballot) if batch.state == State.SETTLED)


def is_election(ballot: Ballot) -> bool:
    """Say whether a ballot is an election, in which papers are counted."""
    return ballot.form != Form.MOTION
