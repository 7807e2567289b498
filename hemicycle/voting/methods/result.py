"""What every count gives: who is elected at which stage, every stage's totals, and how each tie was broken. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class How(StrEnum):
    """What broke a tie."""

    EARLIER = "earlier stage"
    SENIORITY = "seniority"
    CASTING = "casting vote"
    LOT = "lot"
    NOT = "not broken"


@dataclass(frozen=True)
class Elected:
    """A candidate (or a list, for one of its seats) and the stage at which the seat was won."""

    candidate: int
    stage: int


@dataclass(frozen=True)
class Tie:
    """Candidates with equal votes where one had to be chosen: for what, who was chosen, and how.

    `decided_by` is the number of the earlier stage, the seed of the lot, or who gave the casting vote.
    """

    stage: int
    what: str
    candidates: tuple[int, ...]
    chosen: tuple[int, ...]
    how: How
    decided_by: int | str | None = None


@dataclass(frozen=True)
class Stage:
    """What was done, and every candidate's total after it, in units of the last decimal.

    `exhausted` are the votes of papers with no further preference, `lost` what was cut off when dividing. `quota`
    is given where it changes from stage to stage.
    """

    what: str
    of: tuple[int, ...]
    totals: tuple[int, ...]
    exhausted: int = 0
    lost: int = 0
    quota: int | None = None


@dataclass(frozen=True)
class Count:
    """The whole of a count, ready to be shown, written down, and done again by anyone."""

    method: str
    candidates: tuple[str, ...]
    seats: int
    elected: tuple[Elected, ...]
    stages: tuple[Stage, ...]
    quota: int | None = None
    decimals: int = 0
    ties: tuple[Tie, ...] = ()
    runoff: tuple[int, ...] = ()
    papers: int = 0
    blank: int = 0
    invalid: int = 0
    details: Mapping[str, object] = field(default_factory=dict)

    @property
    def unfilled(self) -> int:
        """The seats that this count left open."""
        return self.seats - len(self.elected)

    @property
    def winners(self) -> tuple[int, ...]:
        """The elected by number, in the order in which they were elected."""
        return tuple(elected.candidate for elected in self.elected)


def decimal(value: int, decimals: int) -> str:
    """Return a number that is kept in units of its last decimal: 104350, 2 is “1043.50”."""
    if not decimals:
        return str(value)
    whole, part = divmod(abs(value), 10**decimals)
    return f"{'-' if value < 0 else ''}{whole}.{part:0{decimals}}"
