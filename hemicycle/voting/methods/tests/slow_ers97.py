"""The ERS97 rules followed paper by paper, in exact fractions and in the order of their paragraphs."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from hemicycle.voting.methods.election import Election
from hemicycle.voting.methods.lot import Lot

CENT = Fraction(1, 100)


@dataclass
class Paper:
    ranking: tuple[int, ...]
    holder: int = 0
    value: Fraction = Fraction(1)
    batch: int = 0


class SlowErs97:
    def __init__(self, election: Election, lot: Lot) -> None:
        self.lot = lot
        self.alive = set(election.numbers) - election.withdrawn
        self.numbers, self.seats = election.numbers, election.seats
        self.open = min(election.seats, len(self.alive))
        orders = [(tuple(n for n in r if n in self.alive), times) for r, times in election.papers.items()]
        self.papers = [Paper(order) for order, times in orders if order for _ in range(times)]
        self.batches = 0
        self.settled: dict[int, Fraction] = {}  # Whose surplus has gone: their vote is the quota.
        self.surplus_of: set[int] = set()
        self.elected: list[tuple[int, int]] = []
        self.points: list[dict[int, Fraction]] = []
        self.stages: list[list[Fraction]] = []
        self.quota = self.divided(Fraction(len(self.papers)))
        self.move(self.papers)
        self.deem()
        self.end_stage()
        while self.open:
            surplus = self.all_surplus()
            together = self.may_go(surplus)
            if self.surplus_of and not together:
                self.transfer()
                self.end_stage()
            elif len(self.alive) - together[-1] == self.open:
                self.fill(self.alive - self.lowest(together[-1]))
            else:
                self.exclude(self.lowest(together[-1]))
                self.end_stage()

    def divided(self, votes: Fraction) -> Fraction:
        return ceil(votes / (self.seats + 1) / CENT) * CENT

    def vote(self, n: int) -> Fraction:
        return self.settled.get(n, sum((p.value for p in self.papers if p.holder == n), Fraction(0)))

    def all_surplus(self) -> Fraction:
        return sum((self.vote(n) - self.quota for n in self.surplus_of), Fraction(0))

    def move(self, papers: list[Paper]) -> None:
        self.batches += 1
        for paper in papers:
            paper.holder = next((n for n in paper.ranking if n in self.alive), 0)
            paper.batch = self.batches

    def deem(self, waiting: Fraction = Fraction(0)) -> None:
        self.points.append({n: self.vote(n) for n in self.numbers})
        votes = self.points[-1]
        while self.open and self.alive:
            best = max(votes[n] for n in self.alive)
            active = sum(votes[n] for n in self.alive) + self.all_surplus() + waiting
            if not (best >= self.quota or (best and best >= active / (self.open + 1))):
                return
            tied = sorted(n for n in self.alive if votes[n] == best)
            chosen = tied[0]
            if len(tied) > self.open:
                ahead = self.narrowed(tied, max)
                if len(ahead) > 1:
                    return
                chosen = ahead[0]
            self.alive.remove(chosen)
            self.open -= 1
            self.elected.append((chosen, len(self.stages) + 1))
            self.surplus_of |= {chosen} if best > self.quota else set()

    def end_stage(self) -> None:
        self.stages.append([self.vote(n) for n in self.numbers])
        if len(self.alive) <= self.open:
            self.fill(self.alive)

    def fill(self, rest: set[int]) -> None:
        for n in sorted(rest, key=lambda n: (-self.vote(n), n)):
            self.alive.discard(n)
            self.elected.append((n, len(self.stages)))
            self.open -= 1

    def narrowed(self, tied: list[int], best: Callable[..., Fraction]) -> list[int]:
        for point in self.points:
            edge = best(point[n] for n in tied)
            tied = [n for n in tied if point[n] == edge]
        return tied

    def pick(self, tied: list[int], what: str, best: Callable[..., Fraction]) -> int:
        tied = self.narrowed(tied, best)
        drawn = self.lot.order(sorted(tied), what, len(self.stages) + 1)
        return drawn[0] if best is max else drawn[-1]

    def may_go(self, surplus: Fraction) -> list[int]:
        votes = sorted(self.vote(n) for n in self.alive)
        sizes = range(1, len(votes) - self.open + 1)
        return [size for size in sizes if size < len(votes) and sum(votes[:size]) + surplus <= votes[size]]

    def lowest(self, size: int) -> set[int]:
        found: set[int] = set()
        while len(found) < size:
            rest = self.alive - found
            fewest = min(self.vote(n) for n in rest)
            tied = [n for n in rest if self.vote(n) == fewest]
            found |= set(tied) if len(tied) <= size - len(found) else {self.pick(tied, "exclusion", min)}
        return found

    def transfer(self) -> None:
        most = max(self.vote(n) for n in self.surplus_of)
        n = self.pick([n for n in self.surplus_of if self.vote(n) == most], "surplus", max)
        held = [p for p in self.papers if p.holder == n]
        last = max(p.batch for p in held)
        going = [p for p in held if p.batch == last and any(m in self.alive for m in p.ranking)]
        surplus = most - self.quota
        if sum(p.value for p in going) > surplus:
            each = surplus / len(going) // CENT * CENT
            for paper in going:
                paper.value = each
        self.surplus_of.remove(n)
        self.settled[n] = self.quota
        self.move(going)
        self.deem()

    def exclude(self, gone: set[int]) -> None:
        self.alive -= gone
        values = sorted({p.value for p in self.papers if p.holder in gone}, reverse=True)
        if not values:
            self.deem()
        for value in values:
            self.move([p for p in self.papers if p.holder in gone and p.value == value])
            if not self.elected:
                self.quota = self.divided(sum((p.value for p in self.papers if p.holder), Fraction(0)))
            self.deem(sum((p.value for p in self.papers if p.holder in gone), Fraction(0)))
            if not self.open:
                return
