"""Counting a ballot: its majority, what is in the box and what it comes to, the digests that prove it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Count, Prefetch, QuerySet, Sum
from django.utils.translation import gettext as _

from hemicycle.bodies.queries import certifies_alone, rules_on, voting_members
from hemicycle.bodies.rules import Breaks, Share, Ties
from hemicycle.journal.canonical import digest
from hemicycle.voting import rules
from hemicycle.voting.electing import Asked
from hemicycle.voting.models import (
    IN_THE_BOX,
    WITHOUT_OBJECTION,
    Ballot,
    Choice,
    Entitled,
    Method,
    Result,
    SealedVote,
    Vote,
)
from hemicycle.voting.queries.batches import counted_on_paper
from hemicycle.voting.rules import Base, Counts, Majority
from hemicycle.voting.secret_box import root_of
from hemicycle.voting.tellers import total


def state_of(ballot: Ballot, result: Result | None) -> str:
    """Return the state of a ballot, which names its template: open, closed, declared, certified or voided."""
    if ballot.voided:
        return "voided"
    if ballot.closed is None:
        return "open"
    if result and result.certified:
        return "certified"
    return "declared" if result and result.declared else "closed"


def result_of(ballot: Ballot) -> Result | None:
    """Return the last count of a ballot, None while it is open or where it was for practice."""
    return ballot.results.order_by("-version").first() if ballot.closed else None


def majority_of(ballot: Ballot) -> Majority:
    """Return the majority that a ballot asks for."""
    share = Share(ballot.majority_numerator, ballot.majority_denominator, ballot.majority_strict)
    return Majority(share, Base(ballot.majority_of))


def counts_of(ballot: Ballot) -> Counts:
    """Count the box of a ballot. The box must be closed or its ballot locked."""
    if ballot.method == Method.SECRET:
        by_choice = dict(ballot.papers.order_by().values_list("said").annotate(Sum("weight")))
    else:
        # Beside a second majority the first is of persons, however much their votes weigh.
        each = Count("pk") if ballot.second_by else Sum("voter__weight")
        by_choice = dict(ballot.votes.values_list("choice").annotate(each))
    listed = Count("pk") if ballot.second_by else Sum("weight")
    by_choice = total([by_choice, counted_on_paper(ballot)])
    return Counts(
        votes_for=by_choice.get(Choice.FOR, 0),
        against=by_choice.get(Choice.AGAINST, 0),
        abstained=by_choice.get(Choice.ABSTAIN, 0),
        present=ballot.entitled.aggregate(all=listed)["all"] or 0,
        members=ballot.members,
    )


def papers_in(ballot: Ballot) -> dict[str, int]:
    """Return how many papers of an election say what, by weight: those in the box, and those issued in place of a card.

    The box must be closed or locked.
    """
    if ballot.method == Method.SECRET:
        held = dict(ballot.papers.values_list("said").annotate(Sum("weight")).order_by("said"))
    else:
        held = dict(ballot.votes.values_list("choice").annotate(Sum("voter__weight")).order_by("choice"))
    return dict(sorted(total([held, counted_on_paper(ballot)]).items()))


def papers_counted(result: Result) -> dict[str, int]:
    """Return the papers that a result was counted from: those in the box, or those of the tellers."""
    if result.ballot.method in IN_THE_BOX:
        return papers_in(result.ballot)
    return dict(result.bundles.order_by("pk").values_list("paper", "count"))


def asked_of(ballot: Ballot) -> Asked:
    """Return what an election's papers are counted by: its rules as they were at the opening, and who withdrew."""
    options = list(ballot.options.order_by("number").values_list("number", "name", "candidate__withdrawn"))
    return Asked(
        counting=ballot.counting,
        names=tuple(name for _number, name, _withdrawn in options),
        seats=ballot.seats,
        rules=ballot.count_rules,
        withdrawn=frozenset(number for number, _name, withdrawn in options if withdrawn),
        seed=ballot.lot_seed,
        present=ballot.entitled.aggregate(all=Sum("weight"))["all"] or 0,
        members=ballot.members,
    )


def counts_in(result: Result) -> Counts:
    """Return what a result says was counted."""
    return Counts(
        result.votes_for, result.votes_against, result.abstained, present=result.entitled, members=result.ballot.members
    )


def is_unanimous(result: Result) -> bool:
    """Say whether a result carried with nobody against it, and nobody abstaining unless the rules allow that."""
    counts = counts_in(result)
    if result.election is not None:
        return False
    if not result.carried or counts.against or not counts.abstained:
        return result.carried and rules.is_unanimous(counts)
    meeting = result.ballot.sitting.meeting
    allowed = rules_on(meeting.body, meeting.starts).unanimous_allows_abstentions
    return rules.is_unanimous(counts, abstentions_allowed=allowed)


def is_tied(result: Result) -> bool:
    """Say whether the votes are equal and neither a casting vote nor the lot has decided."""
    ballot = result.ballot
    if result.casting or result.lot or result.election or ballot.method in WITHOUT_OBJECTION | {Method.CIRCULATION}:
        return False
    return rules.is_tied(counts_in(result), majority_of(ballot))


def waits_for_casting(result: Result) -> bool:
    """Say whether candidates are equal and by the rules of their ballot the casting vote decides between them."""
    found = result.election
    return bool(found and found["tied"]) and Breaks.CASTING in result.ballot.count_rules.get("ties", ())


def tie_falls(result: Result) -> Ties | None:
    """Return how a tie falls by the rules, None where there is none. A second tie in a row is lost."""
    if not is_tied(result):
        return None
    meeting = result.ballot.sitting.meeting
    falls = Ties(rules_on(meeting.body, meeting.starts).ties)
    before = result.ballot.repeats
    tied_before = result_of(before) if before and falls == Ties.AGAIN else None
    if tied_before and is_tied(tied_before):
        return Ties.LOST
    # A vote that was opened before lots were bound to a seed has none.
    return Ties.LOST if falls == Ties.LOT and not result.ballot.lot_seed else falls


def certifies(person: int | None, result: Result) -> bool:
    """Say whether a person may certify a result: by the rules of larger bodies not who declared it."""
    if result.declared_by_id is None or result.declared_by_id != person:
        return True
    meeting = result.ballot.sitting.meeting
    members = voting_members(meeting.body, meeting.starts).count()
    return certifies_alone(rules_on(meeting.body, meeting.starts), members)


def majority_facts(ballot: Ballot) -> dict[str, object]:
    """Return a ballot's majority as facts."""
    return {
        "numerator": ballot.majority_numerator,
        "denominator": ballot.majority_denominator,
        "strict": ballot.majority_strict,
        "of": str(ballot.majority_of),
    }


def outcome_facts(result: Result) -> dict[str, object]:
    """Return a result as facts: what `words.arithmetic` makes its sentence of."""
    counts = counts_in(result)
    return {
        "result": result.version,
        "method": str(result.ballot.method),
        "casting": str(result.casting),
        "lot": str(result.lot),
        "tie": str(tie_falls(result) or ""),
        "quorum_missed": quorum_missed(result),
        "counts": {
            "for": counts.votes_for,
            "against": counts.against,
            "abstained": counts.abstained,
            "silent": counts.silent,
            "entitled": counts.present,
        },
        "majority": majority_facts(result.ballot),
        "weighted": result.ballot.weighted,
        "second": result.second,
        "votes_quorum": votes_quorum_facts(result),
        "base": result.base,
        "needed": result.needed,
        "carried": result.carried,
        "unanimous": is_unanimous(result),
        **({"election": result.election} if result.election else {}),
    }


def votes_quorum_facts(result: Result) -> dict[str, int] | None:
    """Return the quorum of votes that a result was held to, None where the rules ask for none."""
    if result.quorum_of_votes is None:
        return None
    return {"needed": result.quorum_of_votes, "cast": counts_in(result).cast, "members": result.ballot.members}


def turnout_facts(result: Result) -> dict[str, object]:
    """Return what everybody may know of a count that the chair has not declared: how many voted, never how."""
    counts = counts_in(result)
    return {
        "result": result.version,
        "method": str(result.ballot.method),
        "turnout": {"cast": counts.cast, "entitled": counts.present},
    }


def quorum_missed(result: Result) -> int | None:
    """Return the quorum of a circulation that too few answered, None where enough did."""
    ballot = result.ballot
    cast = counts_in(result).cast
    return ballot.quorum_needed if ballot.method == Method.CIRCULATION and cast < ballot.quorum_needed else None


def digest_of_box(ballot: Ballot) -> str:
    """Return the digest of the votes in a ballot's box, with the ballot's salt; of a secret vote its Merkle root."""
    if ballot.method == Method.SECRET:
        return root_of(ballot)
    return digest(rules.box_facts(ballot.votes.values_list("voter__number", "choice")), ballot.salt)


def digest_of_list(ballot: Ballot, voters: Iterable[Entitled]) -> str:
    """Return the digest of a ballot's list of the entitled, with the ballot's salt."""
    rows = ((one.number, one.name, one.group, one.seat, one.weight, one.mandate, one.cast_by_name) for one in voters)
    return digest(rules.list_facts(rows), ballot.salt)


def boxes_that_do_not_hold() -> Iterator[str]:
    """Yield a sentence for every ballot whose list or box is not what it was when it was opened or closed."""
    voters = Entitled.objects.order_by("number")
    for ballot in Ballot.objects.order_by("pk").prefetch_related(Prefetch("entitled", voters)).iterator(200):
        said = {"ballot": ballot.pk, "question": ballot.question}
        if digest_of_list(ballot, ballot.entitled.all()) != ballot.entitled_digest:
            yield _("Ballot %(ballot)d, “%(question)s”: the list of its voters is not the one it opened with.") % said
        if ballot.closed and digest_of_box(ballot) != ballot.box_digest:
            yield _("Ballot %(ballot)d, “%(question)s”: the votes are not those that were in the box.") % said


@dataclass(frozen=True)
class Turnout:
    """How many have voted of how many may: all that is known of an open box."""

    cast: int
    entitled: int


def turnout(ballot: Ballot) -> Turnout:
    """Return how many votes are in the box, never which."""
    return Turnout(in_box(ballot).count(), ballot.entitled.count())


def in_box(ballot: Ballot) -> "QuerySet[Vote] | QuerySet[SealedVote]":
    """Return the votes in an open box, sealed or by name."""
    return ballot.sealed_votes.all() if ballot.method == Method.SECRET else ballot.votes.all()
