"""Block vote: a paper names up to as many candidates as there are seats, and the most votes win.

Robert's Rules, 12th edition, §46: with a required majority only who has it is elected (more than there are seats: the
most votes among them), and those next in votes, two for each seat still open, go to a run-off. With one seat this is
election by majority with a run-off between the first two. In a run-off no majority is asked for. The rule “none of
the above” elects only who has more votes than that line of the paper.
"""

from collections.abc import Sequence

from hemicycle.bodies.rules import Share
from hemicycle.voting.methods.election import CannotCount, Election, named_papers
from hemicycle.voting.methods.fill import fill
from hemicycle.voting.methods.result import Count, Elected, How, Stage, Tie
from hemicycle.voting.methods.ties import Breaker, choose


def count(
    election: Election,
    breakers: Sequence[Breaker] = (),
    *,
    majority: Share | None = None,
    most_names: int | None = None,
    least_names: int = 1,
    none_of_the_above: int | None = None,
) -> Count:
    """Count a block vote; `quota` is the number of votes that the required majority comes to, taken of valid papers.

    Papers that name fewer than `least_names` or more than `most_names` (by default: the seats) are invalid.
    """
    most = election.seats if most_names is None else most_names
    named, blank = named_papers(election)
    valid = {names: papers for names, papers in named.items() if least_names <= len(names) <= most}
    total = sum(valid.values())
    return decide(
        "block",
        election,
        votes_of(election, valid),
        breakers,
        papers=sum(election.papers.values()),
        blank=blank,
        invalid=sum(named.values()) - total,
        majority=majority,
        none_of_the_above=none_of_the_above,
        runoffs=True,
    )


def votes_of(election: Election, papers: "dict[frozenset[int], int]") -> dict[int, int]:
    """Return how many papers name each candidate."""
    votes = dict.fromkeys(election.numbers, 0)
    for names, times in papers.items():
        for number in names:
            votes[number] += times
    return votes


def decide(
    method: str,
    election: Election,
    votes: dict[int, int],
    breakers: Sequence[Breaker],
    *,
    papers: int,
    blank: int,
    invalid: int,
    majority: Share | None,
    none_of_the_above: int | None,
    runoffs: bool,
) -> Count:
    """Say who is elected by these votes, and who goes to a run-off."""
    needed = None if majority is None else max(1, majority.least(papers - blank - invalid))
    eligible = set(election.standing)
    if none_of_the_above is not None:
        if none_of_the_above not in eligible:
            raise CannotCount(f"“None of the above” cannot be line {none_of_the_above}: it is not on the list.")
        eligible = {number for number in eligible if votes[number] > votes[none_of_the_above]}
    if needed is not None:
        eligible = {number for number in eligible if votes[number] >= needed}
    elected, ties = fill(election, votes, breakers, eligible=eligible)
    unbroken = any(tie.how is How.NOT for tie in ties)
    runoff: tuple[int, ...] = ()
    if needed is not None and runoffs and not unbroken:
        rest = election.standing - {*elected} - {none_of_the_above}
        runoff, tie = to_runoff(votes, rest, 2 * (election.seats - len(elected)), breakers)
        ties += [tie] if tie else []
    return Count(
        method,
        election.candidates,
        election.seats,
        tuple(Elected(number, 1) for number in elected),
        (Stage("votes", (), tuple(votes[number] for number in election.numbers)),),
        needed,
        ties=tuple(ties),
        runoff=runoff,
        papers=papers,
        blank=blank,
        invalid=invalid,
    )


def to_runoff(
    votes: dict[int, int], rest: frozenset[int | None], places: int, breakers: Sequence[Breaker]
) -> tuple[tuple[int, ...], Tie | None]:
    """Return who goes to the run-off: the next in votes; where a tie at the edge cannot be broken, all of the tied."""
    order = sorted((number for number in rest if number is not None), key=lambda number: (-votes[number], number))
    if len(order) <= places or not places:
        return tuple(order[:places]), None
    edge = votes[order[places - 1]]
    sure = [number for number in order if votes[number] > edge]
    tied = [number for number in order if votes[number] == edge]
    if len(sure) + len(tied) == places:
        return tuple(order[:places]), None
    chosen, tie = choose(tied, places - len(sure), breakers, "run-off", 1)
    return (*sure, *(chosen or tied)), tie
