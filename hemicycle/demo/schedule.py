"""When the federation's story happens: always told backwards from the present, so that a plenary is in progress today.

Pure arithmetic: no clock of its own and no database.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

PLACE = ZoneInfo("Europe/Lisbon")

FOUNDED = 430  # days ago: when the congress elected the Council and this installation was set up.
TUESDAY = 1
# The morning's sitting fits a present between these hours; at other hours it began a while ago instead.
MORNING = (time(10, 15), time(15, 0))
WHILE = timedelta(minutes=80)
# How long the open ballot has been open.
OPEN_FOR = timedelta(minutes=4)


@dataclass(frozen=True)
class Hours:
    """The hours of one sitting: minutes of its table become moments, pressed or stretched by `pace`."""

    opens: datetime
    pace: Fraction = Fraction(1)

    def at(self, minute: float) -> datetime:
        """Return the moment of a minute counted from the opening."""
        return self.opens + timedelta(seconds=float(Fraction(minute) * 60 * self.pace))

    @property
    def day(self) -> date:
        """The day of the meeting at its place."""
        return self.opens.date()

    def days_after(self, days: int, hour: int = 11) -> datetime:
        """Return an hour of a day counted from the meeting; negative before it."""
        return datetime.combine(self.day + timedelta(days=days), time(hour), PLACE)


def past(present: datetime, days_ago: int, opens: str) -> Hours:
    """Return the hours of a plenary held on the last Tuesday that is at least so many days ago."""
    day = present.astimezone(PLACE).date() - timedelta(days=days_ago)
    day -= timedelta(days=(day.weekday() - TUESDAY) % 7)
    return Hours(datetime.combine(day, time.fromisoformat(opens), PLACE))


def in_progress(present: datetime, opens: str, ballot_minute: int) -> Hours:
    """Return the hours of the sitting that is open at present, so that its ballot was opened a few minutes ago."""
    here = present.astimezone(PLACE)
    begun = datetime.combine(here.date(), time.fromisoformat(opens), PLACE)
    if not MORNING[0] <= here.time() <= MORNING[1]:
        begun = here - WHILE
        begun = begun.replace(minute=begun.minute - begun.minute % 5, second=0, microsecond=0)
    passed = (present - OPEN_FOR - begun).total_seconds()
    return Hours(begun, Fraction(int(passed), ballot_minute * 60))


def days_ago(present: datetime, days: int, hour: int = 10) -> datetime:
    """Return an hour of a day before the present, at the federation's place."""
    return datetime.combine(present.astimezone(PLACE).date() - timedelta(days=days), time(hour), PLACE)
