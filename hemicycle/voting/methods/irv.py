"""Instant run-off: the last is excluded and each paper goes on, until one has over half of the votes still counting.

After Robert's Rules, 12th edition, §45:62–69 (preferential voting), with ties as in SSI 2011/399 rule 52: by the most
recent round at which the tied differ, then by lot. `together` excludes in one round all who cannot catch up even
with one another's votes, as the charter of Burlington, Vermont, had it in 2009.
"""

from collections.abc import Iterable, Sequence

from hemicycle.voting.methods.election import CannotCount, Election, Strict, strict_papers
from hemicycle.voting.methods.result import Count, Elected, Stage, Tie
from hemicycle.voting.methods.ties import Breaker, choose_one, recent_first

Pair = tuple[Strict, int]


def count(election: Election, breakers: Sequence[Breaker] = (), *, together: bool = False) -> Count:
    """Count by instant run-off; `quota` is over half of the votes that still counted in the last round.

    Raises:
        CannotCount: there is more than one seat, or nobody stands.
        LotNeeded: the last were equal in every round, and no lot was given.
    """
    if election.seats != 1:
        raise CannotCount(f"An instant run-off fills one seat, not {election.seats}; scottish-stv fills several.")
    if not election.standing:
        raise CannotCount("Every candidate withdrew.")
    papers, blank = strict_papers(election)
    standing = set(election.standing)
    held: dict[int, list[Pair]] = {number: [] for number in standing}
    votes = [0] * len(election.candidates)
    exhausted = deal(papers.items(), held, votes)
    stages: list[Stage] = []
    ties: list[Tie] = []
    what = "first preferences"
    of: tuple[int, ...] = ()
    while True:
        totals = tuple(votes)
        stages.append(Stage(what, of, totals, exhausted))
        leader = max(standing, key=lambda number: totals[number - 1])
        if len(standing) == 1 or 2 * totals[leader - 1] > sum(totals):
            break
        of = hopeless(totals, standing) if together else ()
        if len(of) < 2:
            of = (last(stages, standing, breakers, ties),)
        what = "exclusion"
        standing -= {*of}
        loose = [pair for number in of for pair in held.pop(number)]
        for number in of:
            votes[number - 1] = 0
        exhausted += deal(loose, held, votes)
    return Count(
        "irv",
        election.candidates,
        1,
        (Elected(leader, len(stages)),),
        tuple(stages),
        sum(totals) // 2 + 1,
        ties=tuple(ties),
        papers=sum(papers.values()) + blank,
        blank=blank,
    )


def deal(papers: Iterable[Pair], held: dict[int, list[Pair]], votes: list[int]) -> int:
    """Give each paper to the first on it who still stands; return how many papers name nobody of them."""
    exhausted = 0
    for pair in papers:
        for number in pair[0]:
            if number in held:
                held[number].append(pair)
                votes[number - 1] += pair[1]
                break
        else:
            exhausted += pair[1]
    return exhausted


def last(stages: Sequence[Stage], standing: set[int], breakers: Sequence[Breaker], ties: list[Tie]) -> int:
    """Return who is excluded: the fewest votes, or the choice among several that have the fewest."""
    totals = stages[-1].totals
    fewest = min(totals[number - 1] for number in standing)
    tied = [number for number in standing if totals[number - 1] == fewest]
    if len(tied) == 1:
        return tied[0]
    number, tie = choose_one(tied, recent_first(stages[:-1]), breakers, "exclusion", len(stages) + 1, last=True)
    ties.append(tie)
    return number


def hopeless(totals: Sequence[int], standing: set[int]) -> tuple[int, ...]:
    """Return the largest group whose votes together are fewer than those of each other candidate."""
    order = sorted(standing, key=lambda number: (totals[number - 1], number))
    for size in range(len(order) - 1, 0, -1):
        if sum(totals[number - 1] for number in order[:size]) < totals[order[size] - 1]:
            return tuple(sorted(order[:size]))
    return ()
