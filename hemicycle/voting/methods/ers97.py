"""The single transferable vote by the Electoral Reform Society's rules: Newland and Britton, third edition, 1997.

A quota to two decimals that may fall while nobody is elected; surpluses from the last batch of papers only, and put
off where they cannot change who is last; several of the last excluded together; excluded candidates' papers go on
batch by batch, the highest value first. Numbers in brackets are the rules' paragraphs. Votes are whole numbers of 0.01.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from hemicycle.voting.methods.election import CannotCount, Election, Strict, strict_papers
from hemicycle.voting.methods.result import Count, Elected, Stage, Tie
from hemicycle.voting.methods.ties import Breaker, LotNeeded, choose_one

DECIMALS = 2
ONE = 10**DECIMALS

Pair = tuple[Strict, int]
Batch = tuple[int, list[Pair]]


@dataclass
class Table:
    """The counting table: every candidate's batches in the order received, and what was written down so far.

    `points` are the totals after each batch, with the number of the stage; ties look back to them (5.2.3).
    """

    election: Election
    breakers: Sequence[Breaker]
    valid: int
    standing: set[int]
    batches: dict[int, list[Batch]]
    totals: list[int]
    quota: int = 0
    exhausted: int = 0
    lost: int = 0
    elected: list[Elected] = field(default_factory=list)
    surpluses: set[int] = field(default_factory=set)
    stages: list[Stage] = field(default_factory=list)
    points: list[tuple[int, tuple[int, ...]]] = field(default_factory=list)
    ties: list[Tie] = field(default_factory=list)

    @property
    def places(self) -> int:
        """The places not yet filled."""
        return self.election.filled - len(self.elected)

    @property
    def surplus(self) -> int:
        """All surpluses not yet transferred."""
        return sum(self.totals[number - 1] - self.quota for number in self.surpluses)


def count(election: Election, breakers: Sequence[Breaker] = ()) -> Count:
    """Count by the ERS97 rules.

    Raises:
        LotNeeded: candidates were equal at every point of the count, and no lot was given.
    """
    if election.reservations:
        raise CannotCount("The ERS97 rules know no reserved seats; count by scottish-stv.")
    papers, blank = strict_papers(election)
    valid = sum(papers.values())
    everyone = election.numbers
    table = Table(
        election, breakers, valid, set(election.standing), {number: [] for number in everyone}, [0] * len(everyone)
    )
    give(table, papers.items(), ONE)
    set_quota(table)
    close_batch(table, 0)
    close_stage(table, "first preferences", ())
    while table.places:
        if table.surpluses and not may_defer(table):
            transfer_surplus(table)
        else:
            exclude(table)
    return Count(
        "ers97",
        election.candidates,
        election.seats,
        tuple(table.elected),
        tuple(table.stages),
        table.quota,
        DECIMALS,
        tuple(table.ties),
        papers=valid + blank,
        blank=blank,
    )


def give(table: Table, papers: Iterable[Pair], value: int) -> int:
    """Give papers at a value to their next available candidates; return how many papers have none."""
    sorted_out: dict[int, list[Pair]] = {number: [] for number in table.standing}
    stuck = 0
    for pair in papers:
        for number in pair[0]:
            if number in sorted_out:
                sorted_out[number].append(pair)
                break
        else:
            stuck += pair[1]
    for number, pairs in sorted_out.items():
        if pairs:
            table.batches[number].append((value, pairs))
            table.totals[number - 1] += value * sum(times for _order, times in pairs)
    return stuck


def set_quota(table: Table) -> None:
    """Divide what is not non-transferable by the places and one, to two decimals, rounded up (5.1.6 and 5.4.8)."""
    table.quota = -(-(table.valid * ONE - table.exhausted - table.lost) // (table.election.seats + 1))


def close_batch(table: Table, waiting: int) -> None:
    """Deem elected who has the quota, or enough of the votes still active (5.1.7, 5.3.13, 5.4.9).

    `waiting` are the votes of excluded candidates that are still to be transferred.
    """
    stage = len(table.stages) + 1
    table.points.append((stage, tuple(table.totals)))
    while table.places and table.standing:
        most = max(table.totals[number - 1] for number in table.standing)
        active = sum(table.totals[number - 1] for number in table.standing) + table.surplus + waiting
        if most < table.quota and (not most or most * (table.places + 1) < active):
            return
        tied = sorted(number for number in table.standing if table.totals[number - 1] == most)
        if len(tied) > table.places:
            number = first_ahead(table, tied, stage)
            if number is None:
                return
            tied = [number]
        for number in tied[:1]:
            table.standing.remove(number)
            table.elected.append(Elected(number, stage))
            if most > table.quota:
                table.surpluses.add(number)


def first_ahead(table: Table, tied: Sequence[int], stage: int) -> int | None:
    """Return who of the tied was ahead first; nobody is elected yet if they were always equal (5.6.2)."""
    try:
        number, tie = choose_one(tied, table.points, (), "election", stage, last=False)
    except LotNeeded:
        return None
    table.ties.append(tie)
    return number


def close_stage(table: Table, what: str, of: tuple[int, ...]) -> None:
    """Write the stage down; as many left as places are all elected (4.3)."""
    table.stages.append(Stage(what, of, tuple(table.totals), table.exhausted, table.lost, table.quota))
    if len(table.standing) <= table.places:
        elect_rest(table, table.standing)


def elect_rest(table: Table, rest: Iterable[int]) -> None:
    """Deem these elected to the last places (5.5.1)."""
    for number in sorted(rest, key=lambda number: (-table.totals[number - 1], number)):
        table.standing.discard(number)
        table.elected.append(Elected(number, len(table.stages)))


def may_defer(table: Table) -> bool:
    """Say whether all surpluses together cannot change who is excluded next (5.2.2)."""
    return any(room(table, size) is not None for size in range(1, len(table.standing)))


def room(table: Table, size: int) -> int | None:
    """Return what keeps so many of the last below the next above, surpluses included; None if they may not go."""
    votes = sorted(table.totals[number - 1] for number in table.standing)
    left = votes[size] - sum(votes[:size]) - table.surplus
    return left if left >= 0 and len(votes) - size >= table.places else None


def transfer_surplus(table: Table) -> None:
    """Transfer the largest surplus from the last batch that its candidate received (5.3)."""
    most = max(table.totals[number - 1] for number in table.surpluses)
    tied = [number for number in table.surpluses if table.totals[number - 1] == most]
    number = tied[0] if len(tied) == 1 else tie_broken(table, tied, "surplus", last=False)
    table.surpluses.remove(number)
    surplus = most - table.quota
    table.totals[number - 1] = table.quota
    value, pairs = table.batches[number][-1]
    transferable = [pair for pair in pairs if any(other in table.standing for other in pair[0])]
    papers = sum(times for _order, times in transferable)
    exceeds = papers * value > surplus
    transfer_value = surplus // papers if exceeds else value
    give(table, transferable, transfer_value)
    left = surplus - papers * transfer_value
    if exceeds:
        table.lost += left
    else:
        table.exhausted += left
    close_batch(table, 0)
    close_stage(table, "surplus", (number,))


def exclude(table: Table) -> None:
    """Exclude as many of the last together as may go, and transfer their papers batch by batch (5.2.5 and 5.4)."""
    sizes = [size for size in range(1, len(table.standing)) if room(table, size) is not None]
    of = lowest(table, sizes[-1])
    if len(table.standing) - len(of) == table.places:
        elect_rest(table, table.standing - {*of})
        return
    table.standing -= {*of}
    parcels: dict[int, list[tuple[int, list[Pair]]]] = {}
    for number in of:
        for value, pairs in table.batches.pop(number):
            parcels.setdefault(value, []).append((number, pairs))
    if not parcels:
        close_batch(table, 0)
    for value in sorted(parcels, reverse=True):
        for number, pairs in parcels[value]:
            table.totals[number - 1] -= value * sum(times for _order, times in pairs)
        loose = [pair for _number, pairs in parcels[value] for pair in pairs]
        table.exhausted += give(table, loose, value) * value
        if not table.elected:
            set_quota(table)
        close_batch(table, sum(table.totals[number - 1] for number in of))
        if not table.places:
            break
    close_stage(table, "exclusion", of)


def lowest(table: Table, size: int) -> tuple[int, ...]:
    """Return so many with the fewest votes; who was behind first goes first among equals."""
    left = set(table.standing)
    found: list[int] = []
    while len(found) < size:
        fewest = min(table.totals[number - 1] for number in left)
        tied = [number for number in left if table.totals[number - 1] == fewest]
        if len(tied) > size - len(found):
            tied = [tie_broken(table, tied, "exclusion", last=True)]
        found += tied
        left -= {*tied}
    return tuple(sorted(found))


def tie_broken(table: Table, tied: Sequence[int], what: str, *, last: bool) -> int:
    """Choose one of the tied by the earliest point at which they differ, else by lot (5.2.3 and 5.2.5)."""
    number, tie = choose_one(tied, table.points, table.breakers, what, len(table.stages) + 1, last=last)
    table.ties.append(tie)
    return number
