"""What the consent agenda can hold."""

from django.db.models import Count, Q, QuerySet

from hemicycle.meetings.models import AgendaItem, Meeting
from hemicycle.motions.models import Amendment, Motion


def for_consent(meeting: Meeting) -> QuerySet[Motion]:
    """Return the motions that can be decided together: each alone on an item to come in which nobody is concerned.

    The caller sees to it that this is the desk.
    """
    tabled = Q(item__motions__state=Motion.State.TABLED)
    alone = Motion.objects.filter(item__meeting=meeting, item__state=AgendaItem.State.PENDING)
    alone = alone.filter(state=Motion.State.TABLED).exclude(kind=Motion.Kind.ELECTION)
    alone = alone.exclude(amendments__state__in=[Amendment.State.TABLED, Amendment.State.VOTING])
    alone = alone.exclude(item__interests__isnull=False, item__interests__withdrawn=None)
    alone = alone.annotate(beside=Count("item__motions", filter=tabled, distinct=True)).filter(beside=1)
    return alone.select_related("item").order_by("item__ordinal")
