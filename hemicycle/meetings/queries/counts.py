"""Counts of the quorum, as far as a later one follows on an earlier."""

from django.db.models import Q

from hemicycle.meetings.models import QuorumCall, Sitting


def last_count(sitting: Sitting) -> QuorumCall | None:
    """Return the last count of a sitting, or of an earlier one of its meeting, or of the meeting before it."""
    meeting = sitting.meeting
    before = Q(sitting__meeting=meeting, sitting__ordinal__lt=sitting.ordinal)
    if meeting.previous_id:
        before |= Q(sitting__meeting=meeting.previous_id)
    return QuorumCall.objects.filter(Q(sitting=sitting) | before).order_by("called", "pk").last()


def may_be_second(sitting: Sitting) -> bool:
    """Say whether a count could be a second call: too few were found by the last."""
    found = last_count(sitting)
    return found is not None and not found.reached
