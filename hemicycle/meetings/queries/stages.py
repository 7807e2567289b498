"""Where a meeting stands while it is held, as far as a viewer may know."""

from collections.abc import Iterable

from django.db.models import Case, Exists, OuterRef, QuerySet, Value, When

from hemicycle.accounts.access import Viewer
from hemicycle.meetings.models import Meeting, Sitting

SITTING, SUSPENDED, UNDER_WAY = "sitting", "suspended", "under way"


def stage_of(sittings: Iterable[Sitting]) -> str:
    """Return whether a sitting is open, rests, or the meeting goes on in a later one; empty before and after."""
    opened = [one for one in sittings if one.opened]
    if any(one.closed is None for one in opened):
        return SUSPENDED if any(one.suspension_id for one in opened) else SITTING
    return UNDER_WAY if opened else ""


def with_stage(viewer: Viewer, meetings: QuerySet[Meeting], *, most: int) -> list[tuple[Meeting, str]]:
    """Return the first of several meetings with the same for each, all by one query."""
    seen = Sitting.objects.filter(viewer.filter("meeting__body__book", "access", "meeting"), meeting=OuterRef("pk"))
    opened = seen.filter(opened__isnull=False)
    now = opened.filter(closed=None)
    stage = Case(
        When(Exists(now.exclude(suspension=None)), then=Value(SUSPENDED)),
        When(Exists(now), then=Value(SITTING)),
        When(Exists(opened), then=Value(UNDER_WAY)),
        default=Value(""),
    )
    return [(meeting, vars(meeting)["stage"]) for meeting in meetings.annotate(stage=stage)[:most]]
