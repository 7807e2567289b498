"""The single transferable vote by Meek's method: the elected keep a share of each paper, found by iteration.

Hill, Wichmann and Woodall, “Algorithm 123”, Computer Journal 30 (1987), in the exact arithmetic of the Proportional
Representation Foundation's Reference Meek Rule: nine decimals, the quota cut off and one unit added, keep factors
and what they keep rounded up, until the surplus of all elected is below 0.000001.
"""

from collections.abc import Iterable, Sequence

from hemicycle.voting.methods.election import CannotCount, Election, Strict, strict_papers
from hemicycle.voting.methods.result import Count, Elected, Stage, Tie
from hemicycle.voting.methods.ties import Breaker, choose_one, recent_first

DECIMALS = 9
ONE = 10**DECIMALS
SMALL = 10**3  # The reference rule's ω, 0.000001.


class Node:
    """The papers that begin alike, as a tree: how many end here, and how they go on."""

    __slots__ = ("below", "ending", "papers")

    def __init__(self) -> None:
        self.below: dict[int, Node] = {}
        self.ending = self.papers = 0


def count(election: Election, breakers: Sequence[Breaker] = ()) -> Count:
    """Count by Meek's method; a stage ends when somebody is elected, or when nothing moves and the last is excluded.

    Raises:
        LotNeeded: the last were equal at every stage, and no lot was given.
    """
    if election.reservations:
        raise CannotCount("Meek's rule knows no reserved seats; count by scottish-stv.")
    papers, blank = strict_papers(election)
    root = tree(papers.items())
    keep = {number: ONE if number in election.standing else 0 for number in election.numbers}
    hopeful, elected = set(election.standing), list[Elected]()
    stages: list[Stage] = []
    ties: list[Tie] = []
    what, of = "first preferences", tuple[int, ...]()
    while len(elected) < election.filled and len(hopeful) + len(elected) > election.filled:
        votes, quota, surplus, reached = iterate(election, root, keep, hopeful, elected)
        stages.append(stage_of(election, root, what, of, votes, quota))
        what, of = "elected", tuple(reached)
        if reached:
            hopeful -= {*reached}
            elected += [Elected(number, len(stages)) for number in reached]
        else:
            number = last(hopeful, votes, surplus, stages, breakers, ties)
            hopeful.remove(number)
            keep[number] = 0
            what, of = "exclusion", (number,)
    if not stages or len(elected) < election.filled:
        if not stages or what == "exclusion":
            votes, quota, _surplus, _reached = iterate(election, root, keep, hopeful, elected, once=True)
            stages.append(stage_of(election, root, what, of, votes, quota))
        final = stages[-1].totals
        rest = sorted(hopeful, key=lambda number: (-final[number - 1], number))
        elected += [Elected(number, len(stages)) for number in rest]
    return Count(
        "meek",
        election.candidates,
        election.seats,
        tuple(elected),
        tuple(stages),
        stages[-1].quota,
        DECIMALS,
        tuple(ties),
        papers=root.papers + blank,
        blank=blank,
    )


def tree(papers: Iterable[tuple[Strict, int]]) -> Node:
    """Return the papers as a tree."""
    root = Node()
    for order, times in papers:
        node = root
        node.papers += times
        for number in order:
            node = node.below.setdefault(number, Node())
            node.papers += times
        node.ending += times
    return root


def iterate(
    election: Election,
    root: Node,
    keep: dict[int, int],
    hopeful: set[int],
    elected: list[Elected],
    *,
    once: bool = False,
) -> tuple[list[int], int, int, list[int]]:
    """Move keep factors until somebody reaches the quota or the surplus no longer falls (B.2)."""
    before: int | None = None
    while True:
        votes = distribute(election, root, keep)
        quota = sum(votes) // (election.seats + 1) + 1
        reached = sorted((n for n in hopeful if votes[n - 1] >= quota), key=lambda n: (-votes[n - 1], n))
        winners = [each.candidate for each in elected] + reached
        surplus = max(0, sum(votes[number - 1] - quota for number in winners))
        if once or reached or surplus < SMALL or (before is not None and surplus >= before):
            return votes, quota, surplus, reached
        before = surplus
        for number in winners:
            kept = -(-keep[number] * quota // ONE)
            keep[number] = -(-kept * ONE // votes[number - 1])


def distribute(election: Election, root: Node, keep: dict[int, int]) -> list[int]:
    """Return everyone's votes: each on a paper keeps a share of what those before left, rounded up."""
    votes = [0] * len(election.candidates)
    waiting = [(root, ONE)]
    while waiting:
        node, weight = waiting.pop()
        for number, below in node.below.items():
            kept = -(-weight * keep[number] // ONE)
            votes[number - 1] += kept * below.papers
            if kept < weight:
                waiting.append((below, weight - kept))
    return votes


def stage_of(election: Election, root: Node, what: str, of: tuple[int, ...], votes: list[int], quota: int) -> Stage:
    """Write a stage down; what no candidate keeps has run out."""
    return Stage(what, of, tuple(votes), root.papers * ONE - sum(votes), quota=quota)


def last(
    hopeful: set[int],
    votes: list[int],
    surplus: int,
    stages: Sequence[Stage],
    breakers: Sequence[Breaker],
    ties: list[Tie],
) -> int:
    """Return who is excluded: the fewest votes; within the surplus still about, candidates count as equal (B.3)."""
    fewest = min(votes[number - 1] for number in hopeful)
    tied = [number for number in hopeful if votes[number - 1] <= fewest + surplus]
    if len(tied) == 1:
        return tied[0]
    number, tie = choose_one(tied, recent_first(stages[:-1]), breakers, "exclusion", len(stages) + 1, last=True)
    ties.append(tie)
    return number
