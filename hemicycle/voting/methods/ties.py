"""Who is chosen when votes are equal: by an earlier stage, by seniority, by a casting vote, or by lot. Pure.

A tie is never broken silently: each choice made here is written down as a Tie.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from hemicycle.voting.methods.election import CannotCount
from hemicycle.voting.methods.result import How, Stage, Tie


class Breaker(Protocol):
    """A rule for ties: it puts the tied in order, the favoured first, or says that it cannot."""

    @property
    def how(self) -> How: ...

    @property
    def by(self) -> str: ...

    def order(self, tied: Sequence[int], what: str, stage: int) -> Sequence[int] | None: ...


@dataclass(frozen=True)
class Seniority:
    """The tied come in the order of a list that stood before the vote: by age, by years of membership."""

    oldest_first: tuple[int, ...]
    how = How.SENIORITY
    by = "the list of seniority"

    def order(self, tied: Sequence[int], what: str, stage: int) -> Sequence[int] | None:
        """Return the tied by seniority, or None where one of them is not on the list."""
        if not set(tied) <= set(self.oldest_first):
            return None
        return sorted(tied, key=self.oldest_first.index)


@dataclass(frozen=True)
class CastingVote:
    """The chair says whom of the tied to favour, in this order."""

    favoured: tuple[int, ...]
    by = "the chair"
    how = How.CASTING

    def order(self, tied: Sequence[int], what: str, stage: int) -> Sequence[int] | None:
        """Return the tied in the chair's order, or None where more than one of them was not named."""
        named = [number for number in self.favoured if number in tied]
        rest = [number for number in tied if number not in self.favoured]
        return [*named, *rest] if named and len(rest) <= 1 else None


@dataclass(frozen=True)
class OneByOne(CastingVote):
    """The chair favours one after the other, and is asked no more once it is clear who is chosen."""

    def enough(self, tied: Sequence[int], how_many: int, *, last: bool) -> Sequence[int] | None:
        """Return the tied in the chair's order where it says who is chosen, though not the order of all."""
        named = [number for number in self.favoured if number in tied]
        rest = [number for number in tied if number not in self.favoured]
        settled = len(rest) == how_many if last else len(named) >= how_many
        return [*named, *rest] if settled else None


class LotNeeded(CannotCount):
    """A tie has to be broken before the count can go on, and nothing was given to break it."""

    def __init__(self, tied: tuple[int, ...], what: str, stage: int) -> None:
        numbers = ", ".join(map(str, tied))
        super().__init__(f"Candidates {numbers} have equal votes at stage {stage} ({what}); a lot has to be drawn.")
        self.tied = tied


def choose(
    tied: Iterable[int], how_many: int, breakers: Sequence[Breaker], what: str, stage: int, *, last: bool = False
) -> tuple[tuple[int, ...], Tie]:
    """Choose so many of the tied by the first breaker that can, and return them with the note of it.

    The favoured are chosen; with `last` it is the least favoured, as for an exclusion. Where no breaker can,
    nobody is chosen and the note says so.
    """
    numbers = tuple(sorted(tied))
    for breaker in breakers:
        order = breaker.order(numbers, what, stage)
        if order is None and isinstance(breaker, OneByOne):
            order = breaker.enough(numbers, how_many, last=last)
        if order is not None:
            chosen = tuple(order[-how_many:] if last else order[:how_many])
            return chosen, Tie(stage, what, numbers, chosen, breaker.how, breaker.by)
    return (), Tie(stage, what, numbers, (), How.NOT)


def choose_one(
    tied: Iterable[int],
    earlier: Iterable[tuple[int, Sequence[int]]],
    breakers: Sequence[Breaker],
    what: str,
    stage: int,
    *,
    last: bool,
) -> tuple[int, Tie]:
    """Choose one of the tied: by the totals of earlier stages, in the order given, then by the breakers.

    The most votes are chosen, or with `last` the fewest; a stage at which only some of the tied differ narrows them.

    Raises:
        LotNeeded: the earlier stages and the breakers leave more than one.
    """
    numbers = tuple(sorted(tied))
    left = numbers
    pick = min if last else max
    for number, totals in earlier:
        best = pick(totals[candidate - 1] for candidate in left)
        left = tuple(candidate for candidate in left if totals[candidate - 1] == best)
        if len(left) == 1:
            return left[0], Tie(stage, what, numbers, left, How.EARLIER, number)
    chosen, tie = choose(left, 1, breakers, what, stage, last=last)
    if not chosen:
        raise LotNeeded(left, what, stage)
    return chosen[0], Tie(stage, what, numbers, chosen, tie.how, tie.decided_by)


def recent_first(stages: Sequence[Stage]) -> Iterable[tuple[int, Sequence[int]]]:
    """Yield the number and the totals of the stages, the most recent first."""
    for number in range(len(stages), 0, -1):
        yield number, stages[number - 1].totals
