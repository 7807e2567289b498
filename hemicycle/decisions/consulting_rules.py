"""What holds for consultations: who has answered, who is late, who is missing. Pure: no database, no clock."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Tally:
    """How many units were asked, and how many of them held a meeting, took note, and answered late."""

    asked: int
    met: int = 0
    noted: int = 0
    late: int = 0

    @property
    def answered(self) -> int:
        """How many answered at all."""
        return self.met + self.noted

    @property
    def missing(self) -> int:
        """How many did not answer."""
        return self.asked - self.answered

    @property
    def parts(self) -> tuple[int, int]:
        """Those that met, and all that answered, in thousandths of those asked."""
        return (self.met * 1000 // self.asked, self.answered * 1000 // self.asked) if self.asked else (0, 0)

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.asked + other.asked, self.met + other.met, self.noted + other.noted, self.late + other.late)


def is_late(due: date, day: date) -> bool:
    """Say whether an answer of a day is late: the day named is still in time."""
    return day > due


def state(*, how: str, late: bool, due: date, today: date, closed: bool) -> str:
    """Return how a unit stands: “met”, “noted”, each also late; “waiting” while there is time; then “missing”."""
    if how:
        return f"{how} late" if late else how
    return "missing" if closed or is_late(due, today) else "waiting"
