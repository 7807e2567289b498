"""The day and the clock at a body's place, by which its sittings, terms and notices are reckoned."""

from datetime import date

from hemicycle.bodies.day import zone_of
from hemicycle.meetings.models import Sitting

__all__ = ["day_of", "zone_of"]


def day_of(sitting: Sitting) -> date:
    """Return the day of a sitting at the body's place: when it was opened, or else is planned to."""
    return (sitting.opened or sitting.planned_start).astimezone(zone_of(sitting.meeting.body)).date()
