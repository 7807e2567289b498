"""The printing pack of the desk: agenda, documents, attendance sheets, and what higher rooms add to it for votes."""

from collections.abc import Callable
from typing import IO, Any

from django.conf import settings
from django.http import Http404
from django.utils.module_loading import import_string
from django.utils.translation import get_language

from hemicycle.accounts.access import Viewer
from hemicycle.bodies.models import PostKind
from hemicycle.bodies.queries import holders
from hemicycle.journal.clock import now
from hemicycle.meetings.day import day_of
from hemicycle.meetings.models import Meeting, Sitting
from hemicycle.meetings.packs.reading import address_of, in_order
from hemicycle.meetings.packs.sheets import sheet
from hemicycle.meetings.queries import (
    items_for,
    meeting_for,
    papers_for,
    participations_for,
    sittings_for,
    viewer_of,
)

# What a higher room prints for a meeting: of the viewer, the meeting and how many ballots for each motion, as HTML.
Printed = Callable[[Viewer, Meeting, int], str]


def make(arguments: dict[str, Any], progress: Callable[[int, int], None], out: IO[bytes]) -> None:
    """Write the printing pack of a meeting: `meeting`, `person` who keeps its desk, `ballots` for each motion."""
    viewer = viewer_of(arguments["person"], None)
    meeting = meeting_for(viewer, arguments["meeting"])
    if meeting.body.book_id not in viewer.desks:
        raise Http404
    progress(0, 3)
    items, sittings = list(items_for(viewer, meeting)), list(sittings_for(viewer, meeting))
    more: list[Printed] = [import_string(path) for path in settings.HEMICYCLE_PRINTED]
    shown = {
        "meeting": meeting,
        "items": items,
        "papers": in_order(meeting, items, papers_for(viewer, meeting)),
        "sittings": sittings,
        "lists": [(one, expected(viewer, one)) for one in sittings if not one.closed],
        "more": [part(viewer, meeting, arguments["ballots"]) for part in more],
        "as_of": now(),
        "address": address_of(meeting),
        "lang": get_language(),
    }
    progress(1, 3)
    out.write(sheet("desk", shown))
    progress(3, 3)


def expected(viewer: Viewer, sitting: Sitting) -> list[tuple[str, str, str]]:
    """Return name, capacity and group of those who sign the attendance sheet: those accredited, or else the body."""
    rows = list(participations_for(viewer, sitting))
    if rows:
        return [(str(one), one.get_capacity_display(), one.group.name if one.group else "") for one in rows]
    held = holders(sitting.meeting.body, day_of(sitting), PostKind.FULL, PostKind.ALTERNATE)
    return [(one.person.name, one.post.title, one.group.name if one.group else "") for one in held]
