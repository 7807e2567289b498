"""A second majority beside the one of persons: of the weight of the votes, or of the units. Pure."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from hemicycle.bodies.rules import SecondBy, Threshold
from hemicycle.voting.methods.majority import Rule, Standing, decide
from hemicycle.voting.rules import Base, Counts, Majority, outcome

CHOICES = ("for", "against", "abstain")


@dataclass(frozen=True)
class Cast:
    """A vote on the list as it was cast: the unit, the choice or nothing, and what it weighs."""

    unit: str
    choice: str
    weight: int


@dataclass(frozen=True)
class Besides:
    """What the rules ask beside the majority of persons, and whether a question carried by all of it.

    `second` is what was counted of the second majority, as facts; `quorum` is how many votes were needed.
    """

    carried: bool
    second: dict[str, object] | None = None
    quorum: int | None = None


def counted_by(by: str, cast: Iterable[Cast], members: int) -> Counts:
    """Return the counts of a second majority.

    A unit is for a question when more of its votes are for it than against it, and abstains when they are equal.
    """
    if by == SecondBy.UNITS:
        of_units: dict[str, Counter[str]] = {}
        for vote in cast:
            if vote.unit:
                of_units.setdefault(vote.unit, Counter())[vote.choice] += vote.weight
        cast = [Cast(unit, said_by(votes), 1) for unit, votes in of_units.items()]
    tally: Counter[str] = Counter()
    for vote in cast:
        tally[vote.choice] += vote.weight
    return Counts(tally["for"], tally["against"], tally["abstain"], present=tally.total(), members=members)


def said_by(votes: Counter[str]) -> str:
    """Return what a unit says by its votes; nothing where none of them was cast."""
    if not any(votes[choice] for choice in CHOICES):
        return ""
    if votes["for"] == votes["against"]:
        return "abstain"
    return "for" if votes["for"] > votes["against"] else "against"


def weigh(
    persons: Counts,
    majority: Majority,
    *,
    by: str = "",
    asked: Threshold | None = None,
    second: Counts | None = None,
    quorum: Threshold | None = None,
) -> Besides:
    """Return what a question came to by its majority, a second one, and a quorum of votes."""
    another = Majority(asked.share, Base(asked.of)) if asked and second else None
    rule = Rule(majority, weight=another, votes=quorum.share if quorum else None)
    verdict = decide(rule, persons, second)
    # Nothing carries without a vote for it, whatever the shares.
    carried = verdict.standing == Standing.CARRIED and outcome(persons, majority).carried
    told: dict[str, object] | None = None
    if another and second:
        found = outcome(second, another)
        told = {
            "by": by,
            "for": second.votes_for,
            "against": second.against,
            "abstained": second.abstained,
            "base": found.base,
            "needed": found.needed,
            "reached": found.carried,
            "numerator": another.share.numerator,
            "denominator": another.share.denominator,
            "strict": another.share.strict,
            "of": str(another.of),
        }
        carried = carried and found.carried
    return Besides(carried, told, quorum.share.least(persons.members) if quorum else None)
