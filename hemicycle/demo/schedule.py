"""When the federation's story happens: always told backwards from the present, so that a plenary is in progress today.

Pure arithmetic: no clock of its own and no database.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

PLACE = ZoneInfo("Europe/Lisbon")

# How many days ago the congress elected the Council and this installation was set up.
FOUNDED = 430
TUESDAY = 1
# A sitting that began in the morning fits a present between these hours; at others it began a while ago.
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
        """Return the moment of a minute counted from the opening. What comes before the opening keeps its pace."""
        pace = self.pace if minute > 0 else 1
        return self.opens.astimezone(UTC) + timedelta(seconds=float(Fraction(minute) * 60 * pace))

    @property
    def day(self) -> date:
        """The day of the meeting at its place."""
        return self.opens.astimezone(PLACE).date()

    def days_after(self, days: int, hour: int, minute: int = 0) -> datetime:
        """Return an hour of a day counted from the meeting's; negative days are before it."""
        return datetime.combine(self.day + timedelta(days=days), time(hour, minute), PLACE).astimezone(UTC)


def past(present: datetime, days: int, opens: str) -> Hours:
    """Return the hours of a plenary held on the last Tuesday that is at least so many days ago."""
    day = present.astimezone(PLACE).date() - timedelta(days=days)
    day -= timedelta(days=(day.weekday() - TUESDAY) % 7)
    return Hours(datetime.combine(day, time.fromisoformat(opens), PLACE))


def in_progress(present: datetime, opens: str, ballot_minute: int) -> Hours:
    """Return the hours of the sitting that is open at present, so that its ballot was opened a few minutes ago."""
    present = present.astimezone(UTC)
    here = present.astimezone(PLACE)
    begun = datetime.combine(here.date(), time.fromisoformat(opens), PLACE).astimezone(UTC)
    if not MORNING[0] <= here.time() <= MORNING[1]:
        begun = present - WHILE
        begun = begun.replace(minute=begun.minute - begun.minute % 5, second=0, microsecond=0)
    passed = (present - OPEN_FOR - begun).total_seconds()
    return Hours(begun, Fraction(int(passed), ballot_minute * 60))


def days_ago(present: datetime, days: int, hour: int = 10) -> datetime:
    """Return an hour of a day before the present, at the federation's place."""
    day = present.astimezone(PLACE).date() - timedelta(days=days)
    return datetime.combine(day, time(hour), PLACE).astimezone(UTC)
