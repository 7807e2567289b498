"""The day and the clock at a body's place, by which its sittings, terms and notices are reckoned."""

from datetime import date, tzinfo
from zoneinfo import ZoneInfo

from hemicycle.bodies.models import Body
from hemicycle.meetings.models import Sitting


def zone_of(body: Body) -> tzinfo:
    """Return the time zone of a body's place."""
    return ZoneInfo(body.time_zone)


def day_of(sitting: Sitting) -> date:
    """Return the day of a sitting at the body's place: when it was opened, or else is planned to."""
    return (sitting.opened or sitting.planned_start).astimezone(zone_of(sitting.meeting.body)).date()
