"""The single transferable vote as the Scottish councils are elected: SSI 2011/399, Schedule 1, rules 46 to 53.

Droop quota, whole; all papers of an elected candidate are transferred (Weighted Inclusive Gregory), each at surplus
times its value divided by the candidate's votes, cut off after five decimals; one surplus or one exclusion a stage.
Votes are kept as whole numbers of 0.00001. The statute knows no reserved seats; see reservations.py for these.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from operator import itemgetter

from hemicycle.voting.methods.election import Election, Strict, strict_papers
from hemicycle.voting.methods.reservations import check, may_elect, may_exclude
from hemicycle.voting.methods.result import Count, Elected, Stage, Tie
from hemicycle.voting.methods.ties import Breaker, choose_one, recent_first

DECIMALS = 5
ONE = 10**DECIMALS

Pair = tuple[Strict, int]
TIMES = itemgetter(1)


@dataclass
class Table:
    """The counting table: every candidate's papers by their value, and what was written down so far."""

    election: Election
    breakers: Sequence[Breaker]
    quota: int
    standing: set[int]
    parcels: dict[int, dict[int, list[Pair]]]
    totals: list[int]
    exhausted: int = 0
    lost: int = 0
    elected: list[Elected] = field(default_factory=list)
    surpluses: set[int] = field(default_factory=set)
    stages: list[Stage] = field(default_factory=list)
    ties: list[Tie] = field(default_factory=list)

    @property
    def vacancies(self) -> int:
        """The seats still open."""
        return self.election.filled - len(self.elected)

    @property
    def winners(self) -> list[int]:
        """Those deemed elected so far."""
        return [elected.candidate for elected in self.elected]


def count(election: Election, breakers: Sequence[Breaker] = ()) -> Count:
    """Count by the Scottish rules.

    Raises:
        LotNeeded: candidates were equal at every stage, and no lot was given.
        CannotCount: the seats are reserved as no choice of candidates can fill them.
    """
    check(election)
    papers, blank = strict_papers(election)
    valid = sum(papers.values())
    quota = (valid // (election.seats + 1) + 1) * ONE
    everyone = election.numbers
    table = Table(
        election, breakers, quota, set(election.standing), {number: {} for number in everyone}, [0] * len(everyone)
    )
    give(table, papers.items(), ONE)
    close_stage(table, "first preferences", ())
    while table.vacancies:
        doomed = [each for each in table.standing if not may_elect(election, each, table.winners, table.standing)]
        if doomed:
            exclude(table, doomed)
        elif table.surpluses:
            transfer_surplus(table)
        else:
            exclude(table, table.standing)
    return Count(
        "scottish-stv",
        election.candidates,
        election.seats,
        tuple(table.elected),
        tuple(table.stages),
        quota,
        DECIMALS,
        tuple(table.ties),
        papers=valid + blank,
        blank=blank,
    )


def give(table: Table, papers: Iterable[Pair], value: int) -> int:
    """Give papers at a value to their next candidates still standing; return how many papers have none."""
    standing = table.standing
    sorted_out: dict[int, list[Pair]] = {number: [] for number in standing}
    stuck = 0
    for pair in papers:
        for number in pair[0]:
            if number in standing:
                sorted_out[number].append(pair)
                break
        else:
            stuck += pair[1]
    for number, pairs in sorted_out.items():
        if pairs:
            table.parcels[number].setdefault(value, []).extend(pairs)
            table.totals[number - 1] += value * sum(map(TIMES, pairs))
    return stuck


def close_stage(table: Table, what: str, of: tuple[int, ...]) -> None:
    """Write the stage down, and deem elected whoever has the quota or one of the last seats (rules 48 and 53)."""
    table.stages.append(Stage(what, of, tuple(table.totals), table.exhausted, table.lost))
    for number in by_votes(table, [number for number in table.standing if table.totals[number - 1] >= table.quota]):
        if table.vacancies and may_elect(table.election, number, table.winners, table.standing):
            elect(table, number)
            if table.totals[number - 1] > table.quota:
                table.surpluses.add(number)
    if len(table.standing) <= table.vacancies:
        for number in by_votes(table, list(table.standing)):
            elect(table, number)


def by_votes(table: Table, numbers: list[int]) -> list[int]:
    """Return candidates by their votes; among equals the order has no effect, unless seats are reserved."""
    ordered: list[int] = []
    left = sorted(numbers)
    while left:
        most = max(table.totals[number - 1] for number in left)
        tied = [number for number in left if table.totals[number - 1] == most]
        if len(tied) > 1 and table.election.reservations:
            ordered.append(tie_broken(table, tied, "election", last=False))
        else:
            ordered.append(tied[0])
        left.remove(ordered[-1])
    return ordered


def tie_broken(table: Table, tied: list[int], what: str, *, last: bool) -> int:
    """Choose one of the tied by the most recent stage at which they differ, else by lot (rules 50 and 52)."""
    stage = len(table.stages) + (what != "election")
    number, tie = choose_one(tied, recent_first(table.stages[:-1]), table.breakers, what, stage, last=last)
    table.ties.append(tie)
    return number


def elect(table: Table, number: int) -> None:
    """Deem a candidate elected."""
    table.standing.discard(number)
    table.elected.append(Elected(number, len(table.stages)))


def transfer_surplus(table: Table) -> None:
    """Transfer the largest surplus: every paper at its value times surplus over votes (rules 49 and 50)."""
    most = max(table.totals[number - 1] for number in table.surpluses)
    tied = [number for number in table.surpluses if table.totals[number - 1] == most]
    number = tied[0] if len(tied) == 1 else tie_broken(table, tied, "surplus", last=False)
    table.surpluses.remove(number)
    surplus, parcels = most - table.quota, table.parcels.pop(number)
    table.totals[number - 1] = table.quota
    lost = surplus
    for value, pairs in parcels.items():
        transfer_value = surplus * value // most
        table.exhausted += give(table, pairs, transfer_value) * transfer_value
        lost -= sum(map(TIMES, pairs)) * transfer_value
    table.lost += lost
    close_stage(table, "surplus", (number,))


def exclude(table: Table, among: Iterable[int]) -> None:
    """Exclude whoever of these has the fewest votes; each paper goes on at its value (rules 51 and 52)."""
    free = [number for number in among if may_exclude(table.election, number, table.winners, table.standing)]
    fewest = min(table.totals[number - 1] for number in free)
    tied = [number for number in free if table.totals[number - 1] == fewest]
    number = tied[0] if len(tied) == 1 else tie_broken(table, tied, "exclusion", last=True)
    table.standing.remove(number)
    table.totals[number - 1] = 0
    for value, pairs in table.parcels.pop(number).items():
        table.exhausted += give(table, pairs, value) * value
    close_stage(table, "exclusion", (number,))
