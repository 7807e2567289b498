"""Acts of tellers: batches entered by two persons, each for themselves, until they agree or the chair rules."""

from django.utils.translation import gettext as _

from hemicycle.accounts.access import Access
from hemicycle.journal.act import Act, Actor, Happened, Refused, act
from hemicycle.voting import queries
from hemicycle.voting.acts.balloting import lock_ballot, quorum_of, refuse_before
from hemicycle.voting.acts.counting_hands import refuse_over, take_count
from hemicycle.voting.hands import Hands, Papers
from hemicycle.voting.models import COUNTED_BY_TELLERS, IN_THE_BOX, Ballot, Method, Result, TellerBatch
from hemicycle.voting.tellers import State, as_counted, as_counts, total
from hemicycle.voting.words import Kind

MOST_BATCHES = 9_999


def enter_batch(
    *, by: Actor, ballot_id: int, number: int, counted: Hands | Papers, happened: Happened | None = None
) -> TellerBatch:
    """Enter what was counted in one batch of hands or papers. Who entered it before corrects their own entry.

    Raises:
        Refused: the vote is over or goes without tellers, the batch is settled, a count is below nothing, or more
            votes were counted than there are.
    """
    with act(Kind.BATCH_ENTERED, by=by, happened=happened) as entry:
        ballot = lock_for_tellers(entry, ballot_id)
        if not 1 <= number <= MOST_BATCHES:
            raise Refused("no_batch", _("Batches are numbered from 1."), status=422, field="number")
        batch = next((one for one in queries.batches_of(ballot) if one.number == number), None)
        own = ballot.batches.filter(number=number, entered_by=by.person).first()
        others = [one for one in batch.entries if one.person != by.person] if batch else []
        if batch and batch.state == State.SETTLED and others:
            raise Refused("batch_settled", _("Batch %(number)d is settled already.") % {"number": number})
        counts = as_counts(counted)
        refuse_larger_than_the_roll(ballot, number, counts)
        row = (
            entry.update(own, counts=counts, entered=entry.when)
            if own
            else entry.create(
                TellerBatch(
                    ballot=ballot,
                    number=number,
                    entered_by_id=by.person,
                    name=by.name,
                    counts=counts,
                    entered=entry.when,
                )
            )
        )
        record(entry, ballot, number=number)
    return row


def rule_on_batch(*, by: Actor, batch_id: int, because: str, happened: Happened | None = None) -> TellerBatch:
    """Rule which of two differing entries of a batch stands, and why.

    Raises:
        Refused: no reason is given, the vote is over, or the entries do not differ.
    """
    with act(Kind.BATCH_RULED, by=by, happened=happened) as entry:
        row = TellerBatch.objects.get(pk=batch_id)
        ballot = lock_for_tellers(entry, row.ballot_id)
        row = entry.lock(TellerBatch, batch_id)
        if not because.strip():
            raise Refused("no_reason", _("Say why; the reason is kept in the book."), status=422, field="because")
        batch = next(one for one in queries.batches_of(ballot) if one.number == row.number)
        if batch.state != State.DIFFERS:
            raise Refused("batch_agrees", _("The entries of this batch do not differ."))
        entry.update(row, stands=entry.when, stands_because=because.strip())
        record(entry, ballot, number=row.number, name=row.name, because=because.strip())
    return row


def count_batches(
    *, by: Actor, ballot_id: int, tellers: tuple[str, ...] = (), happened: Happened | None = None
) -> Result:
    """Close a show of hands or a paper ballot with what all batches come to.

    Raises:
        Refused: no batch was entered, one is not settled, more votes were counted than there are, or the quorum is
            gone.
    """
    with act(Kind.BALLOT_COUNTED, by=by, happened=happened) as entry:
        sitting, ballot = lock_ballot(entry, ballot_id)
        refuse_no_tellers(entry, ballot)
        batches = queries.batches_of(ballot)
        if not batches:
            raise Refused("nothing_entered", _("No batch was entered yet. Enter what the tellers counted."))
        for batch in batches:
            refuse_unsettled(batch.number, batch.state)
        quorum = quorum_of(ballot, sitting, entry.when)
        counted = as_counted(
            total(batch.counts.counts for batch in batches), tellers, election=queries.is_election(ballot)
        )
        return take_count(entry, sitting, ballot, counted, quorum)


def refuse_unsettled(number: int, state: State) -> None:
    """Refuse to count while a batch waits for a second person, or two differ."""
    if state == State.SETTLED:
        return
    told = {
        State.ONCE: _("Batch %(number)d was entered by one person. By the rules a second one enters it too."),
        State.DIFFERS: _("The two entries of batch %(number)d differ. Count it again, or let the chair rule."),
    }[state]
    raise Refused("batch_unsettled", told % {"number": number})


def refuse_larger_than_the_roll(ballot: Ballot, number: int, counts: dict[str, int]) -> None:
    """Refuse a batch below nothing, or with which more votes would be counted than there are."""
    if min(counts.values(), default=0) < 0:
        raise Refused("count_below_nothing", _("A count is 0 or more."), status=422, field="votes_for")
    by_box = ballot.method in IN_THE_BOX
    roll = queries.papers_issued(ballot) if by_box else queries.counts_of(ballot).present
    others = total(one.counts.counts for one in queries.batches_of(ballot) if one.number != number)
    if (cast := sum(counts.values()) + others.total()) > roll:
        raise Refused(
            "batch_over_roll",
            _(
                "With this batch %(cast)d votes would be counted, but there are %(roll)d on the list. Nothing was "
                "entered. Count the batch again."
            )
            % {"cast": cast, "roll": roll}
            if not by_box
            else _(
                "With this batch %(cast)d votes on paper would be counted, but papers were issued for %(roll)d. "
                "Nothing was entered. Count the batch again."
            )
            % {"cast": cast, "roll": roll},
            status=422,
            field="votes_for",
        )


def lock_for_tellers(entry: Act, ballot_id: int) -> Ballot:
    """Lock an open ballot that tellers count."""
    sitting, ballot = lock_ballot(entry, ballot_id)
    refuse_no_tellers(entry, ballot, issued=True)
    refuse_before(ballot.opened, entry.when, _("the ballot was opened"), sitting)
    return ballot


def refuse_no_tellers(entry: Act, ballot: Ballot, *, issued: bool = False) -> None:
    """Refuse counts of a vote that is over, or that no tellers count; `issued` lets those of papers for cards pass."""
    refuse_over(entry, ballot)
    by_box = ballot.method in IN_THE_BOX and not ballot.second_by and queries.papers_issued(ballot)
    if ballot.method not in COUNTED_BY_TELLERS and not (issued and by_box):
        raise Refused(
            "not_by_hands",
            _("This vote is a %(method)s; tellers count nothing.") % {"method": Method(ballot.method).label},
        )


def record(entry: Act, ballot: Ballot, **facts: object) -> None:
    """Record what was done with a batch: never what was counted, which waits for its declaration."""
    entry.record(
        subjects=[ballot, ballot.motion, ballot.sitting, ballot.sitting.meeting],
        access=Access.DESK,
        scope=ballot.sitting.meeting,
        facts={"question": ballot.question, **facts},
    )
