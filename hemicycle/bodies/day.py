"""The day at a body's place, by which its posts, terms and rules begin and end."""

from datetime import date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

from hemicycle.bodies.models import Body, Unit
from hemicycle.journal.clock import now


def zone_of(body: Body) -> tzinfo:
    """Return the time zone of a body's place."""
    return ZoneInfo(body.time_zone)


def today_at(zone: str | None) -> date:
    """Return the day that it is now in a time zone; units, which lie in none, reckon by universal time."""
    return (now().astimezone(ZoneInfo(zone)) if zone else now()).date()


def today_in(owner: Body | Unit) -> date:
    """Return the day that it is now at a body's place, or for a unit."""
    return today_at(owner.time_zone if isinstance(owner, Body) else None)


def end_of(day: date, body: Body) -> datetime:
    """Return the moment at which a day ends at a body's place."""
    return datetime.combine(day + timedelta(days=1), time.min, zone_of(body))
