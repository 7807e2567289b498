"""What stands on an agenda and what was done to it; who may vote on a change of it."""

from datetime import datetime

from django.utils.translation import gettext as _

from hemicycle.journal.models import Entry
from hemicycle.journal.queries import entries_about
from hemicycle.journal.words import sentence
from hemicycle.meetings.models import Meeting, Participation, ParticipationCapacity, Sitting
from hemicycle.meetings.queries.presence import present_at
from hemicycle.meetings.queries.shown import scope_of
from hemicycle.meetings.words import Kind

CHANGES = (
    Kind.ITEM_ADDED,
    Kind.ITEM_CHANGED,
    Kind.ITEM_MOVED,
    Kind.ITEM_WITHDRAWN,
    Kind.ITEM_CARRIED_OVER,
    Kind.REFERRAL_ACCEPTED,
    Kind.AGENDA_ADOPTED,
    Kind.AGENDA_REOPENED,
)
TOLD_AT_MOST = 5


def changed_since(meeting: Meeting, version: int) -> list[str]:
    """Return what was done to an agenda since a version of it, in sentences for the desk, with who did it.

    Every change raises the version by one and is one entry, so that the last entries are those since.
    """
    count = min(max(meeting.agenda_version - version, 0), TOLD_AT_MOST)
    # An item that was carried over concerns both meetings, and changed the agenda of the later one alone.
    changes = entries_about(scope_of(meeting)).filter(kind__in=CHANGES, scope=scope_of(meeting))
    return [said_by(entry) for entry in reversed(changes.order_by("-number")[:count])]


def said_by(entry: Entry) -> str:
    """Return what an entry tells, with who entered it."""
    return _("%(sentence)s (%(name)s, %(capacity)s)") % {
        "sentence": sentence(entry),
        "name": entry.actor_name,
        "capacity": entry.actor_capacity,
    }


def voters_there(sitting: Sitting, moment: datetime) -> int:
    """Return how many who may vote are there at a moment, in the room or from elsewhere."""
    voting = (ParticipationCapacity.MEMBER, ParticipationCapacity.SEATED)
    there = present_at(sitting, moment).filter(participation__votes=True, participation__capacity__in=voting)
    return Participation.objects.filter(pk__in=there.values("participation")).count()
