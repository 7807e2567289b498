"""What every count takes: candidates numbered from 1, seats, and the papers, equal ones together. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeGuard

# A paper's preferences, the first before the second: a candidate's number, or several numbers given the same rank.
Rank = int | tuple[int, ...]
Ranking = tuple[Rank, ...]
Strict = tuple[int, ...]


class CannotCount(Exception):
    """An election cannot be counted as asked; the sentence says why."""


@dataclass(frozen=True)
class Reservation:
    """At least and at most so many of a group of candidates are to be elected, as the rules reserve seats for it."""

    group: frozenset[int]
    least: int = 0
    most: int | None = None

    def __post_init__(self) -> None:
        if self.least < 0 or (self.most is not None and self.most < self.least):
            raise CannotCount("A group's seats are at least none, and at most no fewer than at least.")


@dataclass(frozen=True)
class Election:
    """Candidates by number from 1, the seats, and how many papers hold each ranking.

    The withdrawn are passed over wherever they stand on a paper, and their papers go on.

    Raises:
        CannotCount: a number is not on the list, or twice on a paper, or there is no seat.
    """

    candidates: tuple[str, ...]
    papers: Mapping[Ranking, int]
    seats: int = 1
    withdrawn: frozenset[int] = frozenset()
    reservations: tuple[Reservation, ...] = ()
    title: str = ""

    def __post_init__(self) -> None:
        if self.seats < 1:
            raise CannotCount("There is no seat to fill.")
        known = range(1, len(self.candidates) + 1)
        if any(number not in known for number in self.withdrawn):
            raise CannotCount("A withdrawn candidate is not on the list of candidates.")
        taken: set[int] = set()
        for reservation in self.reservations:
            if any(number not in known for number in reservation.group):
                raise CannotCount("A seat is reserved for a candidate who is not on the list.")
            if taken & reservation.group:
                raise CannotCount("A candidate stands in two reserved groups; the count knows one group for each.")
            taken |= reservation.group
        check_papers(self.papers, len(self.candidates))

    @property
    def numbers(self) -> range:
        """The numbers of the candidates."""
        return range(1, len(self.candidates) + 1)

    @property
    def standing(self) -> frozenset[int]:
        """The candidates who did not withdraw."""
        return frozenset(self.numbers) - self.withdrawn

    @property
    def filled(self) -> int:
        """How many seats can be filled: no more than there are candidates."""
        return min(self.seats, len(self.standing))


def check_papers(papers: Mapping[Ranking, int], candidates: int) -> None:
    """Refuse a paper that names somebody twice or somebody who is not on the list."""
    for ranking, count in papers.items():
        names = ranking if is_strict(ranking) else tuple(flat(ranking))
        if names and (len(set(names)) < len(names) or min(names) < 1 or max(names) > candidates):
            raise CannotCount(f"A paper names a candidate twice, or one who is not on the list: {ranking}.")
        if count < 0:
            raise CannotCount("A paper cannot be there less than no times.")


def all_strict(papers: Mapping[Ranking, int]) -> TypeGuard[Mapping[Strict, int]]:
    """Say whether no paper has a rank that is shared."""
    return all(map(is_strict, papers))


def is_strict(ranking: Ranking) -> TypeGuard[Strict]:
    """Say whether no rank is shared."""
    return tuple not in map(type, ranking)


def flat(ranking: Ranking) -> Iterable[int]:
    """Yield the candidates that a paper names, in order."""
    for rank in ranking:
        if isinstance(rank, int):
            yield rank
        else:
            yield from rank


def counted_papers(election: Election) -> Mapping[Ranking, int]:
    """Return the papers without those who withdrew."""
    if not election.withdrawn:
        return election.papers
    left: dict[Ranking, int] = {}
    for ranking, count in election.papers.items():
        ranks: list[Rank] = []
        for rank in ranking:
            names = [number for number in flat((rank,)) if number not in election.withdrawn]
            if names:
                ranks.append(names[0] if len(names) == 1 else tuple(names))
        left[tuple(ranks)] = left.get(tuple(ranks), 0) + count
    return left


def strict_papers(election: Election) -> tuple[Mapping[Strict, int], int]:
    """Return the papers as plain orders of preference, and how many of them have no first preference.

    Where several candidates have the same rank, it cannot be known which is meant: the paper ends there.
    """
    papers = counted_papers(election)
    if all_strict(papers):
        blank = papers.get((), 0)
        return {order: count for order, count in papers.items() if order} if blank else papers, blank
    strict: dict[Strict, int] = {}
    blank = 0
    for ranking, count in papers.items():
        order = until_equal(ranking)
        if order:
            strict[order] = strict.get(order, 0) + count
        else:
            blank += count
    return strict, blank


def until_equal(ranking: Ranking) -> Strict:
    """Return a ranking up to the first rank that several candidates share."""
    if is_strict(ranking):
        return ranking
    order = []
    for rank in ranking:
        if not isinstance(rank, int):
            break
        order.append(rank)
    return tuple(order)


def named_papers(election: Election) -> tuple[dict[frozenset[int], int], int]:
    """Return which candidates the papers name, whatever their order, and how many papers name nobody."""
    named: dict[frozenset[int], int] = {}
    blank = 0
    for ranking, count in counted_papers(election).items():
        if names := frozenset(flat(ranking)):
            named[names] = named.get(names, 0) + count
        else:
            blank += count
    return named, blank
