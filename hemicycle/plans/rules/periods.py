"""How periods nest: a programme holds plans, a plan years, a year quarters; a campaign stands in any of them."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction


class PeriodKind(StrEnum):
    """What kind of period it is, from the longest to the shortest; a campaign has the days that it has."""

    PROGRAMME = "programme"
    PLAN = "plan"
    YEAR = "year"
    QUARTER = "quarter"
    CAMPAIGN = "campaign"


ORDER = list(PeriodKind)


@dataclass(frozen=True)
class Span:
    """Days from the first to the last, both of them in it."""

    starts: date
    ends: date

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.ends - self.starts).days + 1

    def holds(self, other: "Span") -> bool:
        """Say whether another span lies wholly in this one."""
        return self.starts <= other.starts and other.ends <= self.ends

    def overlaps(self, other: "Span") -> bool:
        """Say whether they have a day in common."""
        return self.starts <= other.ends and other.starts <= self.ends

    def day_number(self, day: date) -> int:
        """Return which day of the span it is, the first being 1; 0 before it, its last number after it."""
        return min(max((day - self.starts).days + 1, 0), self.days)

    def gone(self, day: date) -> Fraction:
        """Return which share of its days has gone by at the end of a day, from 0 to 1."""
        return Fraction(self.day_number(day), self.days)

    def days_left(self, day: date) -> int:
        """Return how many days are left after this one."""
        return self.days - self.day_number(day)


def may_stand_in(child: PeriodKind, parent: PeriodKind) -> bool:
    """Say whether a period of one kind may be part of one of another: it is shorter, and a campaign has no parts."""
    return ORDER.index(parent) < ORDER.index(child)
