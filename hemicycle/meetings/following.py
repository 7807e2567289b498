"""Whose phones follow a sitting just now. It is no act, stands in no book, and is not kept."""

from collections.abc import Mapping, Set
from datetime import timedelta

from django.db import transaction
from django.db.models import Q

from hemicycle.journal.clock import now
from hemicycle.meetings.models import Following, Sitting

# A process that has not said for so long whom it keeps connected is gone.
BELIEVED = timedelta(seconds=30)


def say_who_follows(process: str, held: Mapping[int, Set[int]]) -> None:
    """Write whom a process keeps connected, by meeting; only while a sitting of it is open."""
    at_work = Sitting.objects.filter(opened__isnull=False, closed=None).values_list("meeting", flat=True)
    sitting = set(at_work.filter(meeting__in=held))
    moment = now()
    with transaction.atomic():
        own = Q(process=process) & ~Q(meeting__in=sitting)
        Following.objects.filter(Q(seen__lt=moment - BELIEVED) | ~Q(meeting__in=at_work) | own).delete()
        rows = [Following(process=process, meeting_id=key, persons=sorted(held[key]), seen=moment) for key in sitting]
        Following.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["process", "meeting"],
            update_fields=["persons", "seen"],
        )


def connected(meeting_id: int) -> frozenset[int]:
    """Return the persons whose phones follow a meeting's open sitting, by all processes together."""
    lately = Following.objects.filter(meeting=meeting_id, seen__gte=now() - BELIEVED)
    return frozenset(person for persons in lately.values_list("persons", flat=True) for person in persons)
