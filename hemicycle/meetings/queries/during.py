"""What was going on in a meeting when an act happened, and so who may know of the act."""

from datetime import datetime

from django.db.models import Q, QuerySet

from hemicycle.accounts.access import Access, narrowest
from hemicycle.journal.act import Act
from hemicycle.meetings.models import ClosedPart, Meeting, Sitting


def audience(entry: Act, meeting: Meeting) -> Access:
    """Return who may know of what an act does in a meeting: the narrowest of the meeting and the sitting open then.

    What is done in private is for the audience of that part.
    """
    sittings = sittings_during(entry, meeting).values_list("access", flat=True)
    return narrowest(meeting.access, *sittings, *closed_to(entry, ClosedPart.objects.filter(sitting__meeting=meeting)))


def audience_in(entry: Act, sitting: Sitting) -> Access:
    """Return who may know of what an act does in a sitting: its own audience, or that of a part in private."""
    return narrowest(sitting.access, *closed_to(entry, ClosedPart.objects.filter(sitting=sitting)))


def closed_to(entry: Act, parts: QuerySet[ClosedPart]) -> list[str]:
    """Return the audiences of those parts in private in which an act happened."""
    then = parts.filter(Q(ends=None) | Q(ends__gt=entry.when), starts__lte=ending(entry))
    return list(then.values_list("access", flat=True))


def sittings_during(entry: Act, meeting: Meeting) -> QuerySet[Sitting]:
    """Return the sittings of a meeting that were open when an act happened, the last of them first."""
    open_then = meeting.sittings.filter(Q(closed=None) | Q(closed__gte=entry.when), opened__lte=ending(entry))
    return open_then.order_by("-opened")


def ending(entry: Act) -> datetime:
    """Return the moment at which what this act ends has ended: of a whole day its last, unless it is still running."""
    return min(entry.happened.end or entry.when, entry.recorded_at)
