"""What holds for decisions, directives and progress. Pure: no database, no clock."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Standing:
    """Where a directive stands on a day: to receive, to report, overdue or done."""

    state: str
    days_over: int = 0


def is_in_time(due: date, decided: date) -> bool:
    """Say whether a due date leaves any time: it must come after the day of the decision."""
    return due > decided


def asks_for_delay(due: date, reported: date) -> bool:
    """Say whether a report must give the reason for delay: it comes after the due date."""
    return reported > due


def standing(*, due: date, today: date, received: bool, done: bool) -> Standing:
    """Return where a directive stands. Due on a day means that the day itself is still in time."""
    if done:
        return Standing("done")
    if today > due:
        return Standing("overdue", (today - due).days)
    return Standing("to report" if received else "to receive")
