"""What the start page shows: the sittings that are open, the meetings that come, what was decided and published."""

from dataclasses import dataclass
from datetime import date

from hemicycle.accounts.access import Viewer
from hemicycle.bodies.models import Body
from hemicycle.decisions.models import Decision
from hemicycle.decisions.queries import Task, decisions_for, directives_for, task
from hemicycle.meetings.models import Meeting, Sitting
from hemicycle.meetings.queries import scope_of
from hemicycle.publishing.models import Publication
from hemicycle.publishing.queries import publications_for

SHOWN = 5


@dataclass(frozen=True)
class OpenSitting:
    """A sitting that is open now, with the item if this reader may see it, and the reader's own way in."""

    meeting: Meeting
    sitting: Sitting
    item: str
    keeps_desk: bool
    takes_part: bool


def open_sittings(viewer: Viewer) -> list[OpenSitting]:
    """Return the sittings that are open now, as far as this viewer may see them."""
    book = "meeting__body__book"
    seen = (
        Sitting.objects.filter(viewer.filter(book, "access", "meeting"), opened__isnull=False, closed=None)
        .filter(viewer.filter(book, "meeting__access", "meeting"))
        .select_related("meeting__body", "meeting__term", "current_item")
        .order_by("opened")
    )
    return [opened(viewer, sitting) for sitting in seen]


def opened(viewer: Viewer, sitting: Sitting) -> OpenSitting:
    """Return an open sitting as this viewer may see it."""
    meeting, item = sitting.meeting, sitting.current_item
    book, scope = meeting.body.book_id, scope_of(meeting)
    return OpenSitting(
        meeting=meeting,
        sitting=sitting,
        item=item.title if item and viewer.sees(item.access, book=book, scope=scope) else "",
        keeps_desk=book in viewer.desks,
        takes_part=scope in viewer.scopes,
    )


def meetings_to_come(viewer: Viewer, today: date, besides: list[OpenSitting]) -> list[Meeting]:
    """Return the next meetings, those with an open sitting left out."""
    seen = Meeting.objects.filter(viewer.filter("body__book", "access", "pk"), ends__gte=today)
    seen = seen.filter(closed=None, cancelled=None).exclude(pk__in=[one.meeting.pk for one in besides])
    return list(seen.select_related("body", "term").order_by("starts", "pk")[:SHOWN])


def tasks_waiting(viewer: Viewer, today: date) -> list[Task]:
    """Return the tasks of the units that a person heads which are not done, the earliest due first."""
    if not viewer.desks:
        return []
    mine = directives_for(viewer).filter(responsible_unit__book__in=viewer.desks).order_by("due", "pk")
    return [one for one in (task(directive, today) for directive in mine) if one.standing.waits_for_unit]


def bodies_led(viewer: Viewer) -> list[Body]:
    """Return the bodies whose desk a person keeps."""
    return list(Body.objects.filter(book__in=viewer.desks).order_by("pk")) if viewer.desks else []


def latest_decisions(viewer: Viewer) -> list[Decision]:
    """Return what was decided last."""
    return list(decisions_for(viewer).select_related("meeting").order_by("-certified", "-pk")[:SHOWN])


def latest_publications(viewer: Viewer) -> list[Publication]:
    """Return what was published last."""
    return list(publications_for(viewer).order_by("-published", "-pk")[:SHOWN])
