"""Yes or no for each candidate: elected is who has the majority, and if they are more than the seats, the most yeses.

So single nominations are put to the vote in many assemblies' rules; `sole_candidate` says what the rules may choose
where there are no more candidates than seats.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from hemicycle.voting.methods.election import Election
from hemicycle.voting.methods.fill import fill
from hemicycle.voting.methods.result import Count, Elected, Stage
from hemicycle.voting.methods.ties import Breaker
from hemicycle.voting.rules import Counts, Majority, outcome


class Uncontested(StrEnum):
    """What the rules do where there are no more candidates than seats."""

    DECLARED = "declared elected"
    YES_NO = "yes or no"


@dataclass(frozen=True)
class Answers:
    """What was answered about one candidate."""

    yes: int
    no: int
    abstained: int = 0


def count(
    election: Election,
    answers: Mapping[int, Answers],
    majority: Majority,
    breakers: Sequence[Breaker] = (),
    *,
    present: int,
    members: int,
) -> Count:
    """Count yes and no for each candidate; the stage holds the yeses, `details` what each candidate needed."""
    yeses, needed = dict.fromkeys(election.numbers, 0), {}
    carried = set()
    for number in sorted(election.standing):
        said = answers.get(number, Answers(0, 0))
        found = outcome(Counts(said.yes, said.no, said.abstained, present, members), majority)
        yeses[number], needed[number] = said.yes, found.needed
        if found.carried:
            carried.add(number)
    elected, ties = fill(election, yeses, breakers, eligible=carried)
    return Count(
        "yes-no",
        election.candidates,
        election.seats,
        tuple(Elected(number, 1) for number in elected),
        (Stage("yes", (), tuple(yeses.values())),),
        ties=tuple(ties),
        papers=present,
        details={"needed": needed, "carried": sorted(carried)},
    )


def declared_elected(election: Election, rule: Uncontested) -> tuple[int, ...]:
    """Return who needs no vote: every candidate, where they are no more than the seats and the rules declare them."""
    if rule is Uncontested.DECLARED and len(election.standing) <= election.seats:
        return tuple(sorted(election.standing))
    return ()
