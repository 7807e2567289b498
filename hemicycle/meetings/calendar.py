"""Sittings as calendar files (RFC 5545, RFC 5546): invitations, their cancellation, and files to take along.

An event has the same UID for good, so that a calendar knows a sitting again when it was moved or dropped; the sequence
is that of the last summons. An invitation names its addressee alone: nobody learns another's address from it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from email.utils import parseaddr

import icalendar
from django.conf import settings
from django.utils.translation import gettext as _

from hemicycle.accounts.access import Access, Viewer
from hemicycle.accounts.models import Person
from hemicycle.bodies.models import Membership, PostKind
from hemicycle.bodies.queries import held_on
from hemicycle.meetings.day import zone_of
from hemicycle.meetings.models import Meeting, Participation, ParticipationCapacity, Sitting
from hemicycle.meetings.queries import items_for, meeting_address
from hemicycle.meetings.queries.notice import called_by_mandate

MAKER = "-//Hemicycle//Meetings//EN"
CHAIR, REQUIRED, OPTIONAL, WATCHING = "CHAIR", "REQ-PARTICIPANT", "OPT-PARTICIPANT", "NON-PARTICIPANT"
ROLE_BY_POST = {
    PostKind.CHAIR: CHAIR,
    PostKind.SECRETARY: REQUIRED,
    PostKind.FULL: REQUIRED,
    PostKind.ALTERNATE: OPTIONAL,
}
ROLE_IN = {
    ParticipationCapacity.MEMBER: REQUIRED,
    ParticipationCapacity.SEATED: REQUIRED,
    ParticipationCapacity.ALTERNATE: OPTIONAL,
    ParticipationCapacity.INVITED: OPTIONAL,
}
BY_RANK = (CHAIR, REQUIRED, OPTIONAL, WATCHING)
HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Invited:
    """Whom an invitation goes to, and in what role."""

    name: str
    address: str
    role: str


@dataclass(frozen=True)
class Told:
    """What a calendar file tells besides the hours: how often it was changed, when it was said, and to whom."""

    meeting: Meeting
    sequence: int
    stamp: datetime
    address: str
    agenda: Sequence[str] = ()
    invited: Invited | None = None
    # The addressee alone is not called any more; the sitting is held.
    called_off: bool = False


def invited_as(person: Person, meeting: Meeting) -> Invited:
    """Return in what role a person is invited to a meeting, by their posts and accreditations; the highest of them."""
    posts = Membership.objects.filter(held_on(meeting.starts), person=person, post__body=meeting.body)
    roles = {ROLE_BY_POST.get(PostKind(kind), WATCHING) for kind in posts.values_list("post__kind", flat=True)}
    rows = Participation.objects.filter(person=person, sitting__meeting=meeting)
    if called_by_mandate(meeting, person).exists():
        roles.add(REQUIRED)
    roles |= {ROLE_IN.get(ParticipationCapacity(one), WATCHING) for one in rows.values_list("capacity", flat=True)}
    return Invited(person.name, person.email, min(roles or {WATCHING}, key=BY_RANK.index))


def told_to(viewer: Viewer, meeting: Meeting, language: str) -> Told:
    """Return what a calendar file tells of a meeting to a viewer."""
    last = meeting.summonses.order_by("sequence").last()
    return Told(
        meeting,
        sequence=last.sequence if last else 0,
        stamp=last.sent if last else meeting.convened,
        address=f"{settings.HEMICYCLE_ADDRESS}/{language}{meeting_address(meeting)}",
        agenda=[f"{item.called} {item.title}" for item in items_for(viewer, meeting)],
    )


def invitation(sitting: Sitting, told: Told) -> bytes:
    """Return one sitting as an invitation, or an invitation taken back where it was dropped or its meeting cancelled.

    One file for each: the events of an invitation all have the same UID (RFC 5546, section 3.2.2).
    """
    return written("CANCEL" if told.called_off or gone(sitting) else "REQUEST", [sitting], told)


def to_take_along(sittings: Iterable[Sitting], told: Told) -> bytes:
    """Return sittings as a file to put into a calendar of one's own."""
    return written("PUBLISH", list(sittings), told)


def gone(sitting: Sitting) -> bool:
    """Say whether a sitting is not held."""
    return bool(sitting.dropped or sitting.meeting.cancelled)


def uid(sitting: Sitting) -> str:
    """Return how calendars know a sitting, for good."""
    return f"sitting-{sitting.pk}@{sitting.meeting.body.book.uuid}"


def empty(maker: str, method: str) -> icalendar.Calendar:
    """Return a calendar with nothing in it yet. `maker`: who made it (PRODID); `method`: what it is for (RFC 5546)."""
    calendar = icalendar.Calendar()
    calendar.add("prodid", maker)
    calendar.add("version", "2.0")
    calendar.add("method", method)
    return calendar


def stamped(moment: datetime) -> datetime:
    """Return a moment as calendars take it: universal time, to the second."""
    return moment.astimezone(UTC).replace(microsecond=0)


def written(method: str, sittings: Sequence[Sitting], told: Told) -> bytes:
    """Return a calendar file."""
    calendar = empty(MAKER, method)
    place = zone_of(told.meeting.body)
    if sittings and str(place) != "UTC":
        first, last = min(one.planned_start for one in sittings), max(one.planned_end for one in sittings)
        calendar.add_component(zone(place, first, last))
    for sitting in sittings:
        calendar.add_component(event(sitting, told, place))
    return bytes(calendar.to_ical())


def event(sitting: Sitting, told: Told, place: tzinfo) -> icalendar.Event:
    """Return a sitting as an event, at the hours of the clock at its place."""
    meeting = told.meeting
    made = icalendar.Event()
    made.add("uid", uid(sitting))
    made.add("sequence", told.sequence)
    made.add("dtstamp", stamped(told.stamp))
    made.add("dtstart", sitting.planned_start.astimezone(place))
    made.add("dtend", sitting.planned_end.astimezone(place))
    made.add("summary", _("%(meeting)s, sitting %(number)d") % {"meeting": meeting, "number": sitting.ordinal})
    made.add("status", "CANCELLED" if told.called_off or gone(sitting) else "CONFIRMED")
    made.add("class", "PUBLIC" if sitting.access == meeting.access == Access.PUBLIC else "PRIVATE")
    if meeting.place:
        made.add("location", meeting.place)
    made.add("url", told.address)
    made.add("description", "\n".join([*([meeting.purpose] if meeting.purpose else []), *told.agenda, told.address]))
    if told.invited:
        made.add("organizer", calendar_address(parseaddr(settings.DEFAULT_FROM_EMAIL)[1], meeting.body.name))
        made.add("attendee", attendee(told.invited))
    return made


def attendee(invited: Invited) -> icalendar.vCalAddress:
    """Return the addressee of an invitation."""
    found = calendar_address(invited.address, invited.name)
    found.params["ROLE"] = icalendar.vText(invited.role)
    found.params["PARTSTAT"] = icalendar.vText("NEEDS-ACTION")
    found.params["RSVP"] = icalendar.vText("FALSE")
    return found


def calendar_address(address: str, name: str) -> icalendar.vCalAddress:
    """Return an address with the name that goes with it. Quotation marks have no place there."""
    found = icalendar.vCalAddress(f"mailto:{address}")
    found.params["CN"] = icalendar.vText(" ".join(name.replace('"', "'").split()))
    return found


def zone(place: tzinfo, first: datetime, last: datetime) -> icalendar.Timezone:
    """Return what the clocks at a place do in the years of two moments and the one after.

    Programs keep the first description of a zone that they meet: that of one day alone would mislead them on another.
    Onsets are written by the clock before the change (RFC 5545, section 3.6.5), which icalendar's own generator
    (7.3) misses by an hour in spring.
    """
    made = icalendar.Timezone()
    made.add("tzid", str(place))
    start = datetime(first.astimezone(place).year, 1, 1, tzinfo=UTC)
    end = datetime(last.astimezone(place).year + 2, 1, 1, tzinfo=UTC)
    for moment in [start, *changes(place, start, end)]:
        made.add_component(observance(place, moment))
    return made


def changes(place: tzinfo, start: datetime, end: datetime) -> Iterator[datetime]:
    """Yield the moments, to the hour of the day or the minute where it is odd, at which the clocks change."""
    moment = start
    while moment < end:
        following = moment + 24 * HOUR
        if moment.astimezone(place).utcoffset() != following.astimezone(place).utcoffset():
            yield exact(place, moment, following)
        moment = following


def exact(place: tzinfo, before: datetime, after: datetime) -> datetime:
    """Return the first minute with the clock of `after`."""
    offset = before.astimezone(place).utcoffset()
    low, high = 0, int((after - before) / timedelta(minutes=1))
    while high - low > 1:
        middle = (low + high) // 2
        if (before + timedelta(minutes=middle)).astimezone(place).utcoffset() == offset:
            low = middle
        else:
            high = middle
    return before + timedelta(minutes=high)


def observance(place: tzinfo, moment: datetime) -> icalendar.TimezoneStandard | icalendar.TimezoneDaylight:
    """Return the clock that begins at a moment."""
    there, before = moment.astimezone(place), (moment - timedelta(minutes=1)).astimezone(place)
    former = before.utcoffset() or timedelta()
    made = icalendar.TimezoneDaylight() if there.dst() else icalendar.TimezoneStandard()
    made.add("dtstart", (moment + former).replace(tzinfo=None))
    made.add("tzoffsetfrom", former)
    made.add("tzoffsetto", there.utcoffset() or timedelta())
    made.add("tzname", there.tzname() or str(place))
    return made
