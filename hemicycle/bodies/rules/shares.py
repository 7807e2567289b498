"""Shares of a whole, and what a majority is taken of. Pure: no database, no clock."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


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


class Base(StrEnum):
    """What a majority is taken of (Robert's Rules, 12th edition, §44).

    “valid” are the votes for and against; “cast” counts abstentions too; “present” are the voters on the list, voting
    or not; “members” all members with a vote.
    """

    CAST = "cast"
    VALID = "valid"
    PRESENT = "present"
    MEMBERS = "members"


@dataclass(frozen=True)
class Threshold:
    """A majority: a share of a base."""

    share: Share
    of: str


HALF = Share(1, 2, strict=True)
