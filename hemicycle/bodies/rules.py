"""What holds for units, terms and posts, and the arithmetic of quorum and majority. Pure: no database, no clock."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal


@dataclass(frozen=True)
class Share:
    """A share of a whole number that must be reached: at least it, or strictly more."""

    numerator: int
    denominator: int
    strict: bool

    def least(self, whole: int) -> int:
        """Return the least whole number that satisfies the share of `whole`: over half of 9 is 5, 2/3 of 9 is 6."""
        exact = Fraction(self.numerator, self.denominator) * whole
        floor = exact.numerator // exact.denominator
        if self.strict:
            return floor + 1
        return floor if floor == exact else floor + 1


@dataclass(frozen=True)
class Preset:
    """Rules of procedure that a body can begin with and change later."""

    name: str
    notice_days: int
    quorum: Share
    majority: Share
    majority_of: Literal["cast", "valid", "present", "members"]
    presiding: tuple[str, ...]
    remote_counts: bool = True
    vote_may_change: bool = False
    names_of_votes: str = "body"


HALF = Share(1, 2, strict=True)
PRESETS: Mapping[str, Preset] = {
    preset.name: preset
    for preset in (
        Preset("club", 7, Share(1, 3, strict=False), HALF, "valid", ("office", "election", "seniority")),
        Preset("association", 14, HALF, HALF, "valid", ("office", "election")),
        Preset("union", 14, HALF, HALF, "valid", ("office", "authorization", "election")),
        Preset("council", 7, HALF, HALF, "valid", ("office", "seniority"), names_of_votes="public"),
        Preset("parliament", 3, HALF, HALF, "valid", ("office", "seniority"), names_of_votes="public"),
        Preset("party", 10, HALF, HALF, "members", ("authorization", "office")),
    )
}


def would_cycle(unit: int, parent: int, parents: Mapping[int, int]) -> bool:
    """Say whether placing a unit under a parent would put it under itself, given who stands under whom that day."""
    above: int | None = parent
    seen: set[int] = set()
    while above is not None and above not in seen:
        if above == unit:
            return True
        seen.add(above)
        above = parents.get(above)
    return False
