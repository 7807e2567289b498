"""What is now, as each face shows it: rendered once per meeting, face and language, never once per client."""

from typing import Any

from django.template.loader import render_to_string
from django.utils import translation

from hemicycle.accounts.access import Viewer
from hemicycle.journal import clock
from hemicycle.live.faces import Face, audience
from hemicycle.meetings.models import Meeting
from hemicycle.meetings.queries import presiding_at
from hemicycle.meetings.queries.shown import sees_part
from hemicycle.voting.queries import open_ballot_in, turnout

TEMPLATES = {face: f"live/now/{face}.html" for face in Face}


def render(meeting_id: int, face: Face, language: str) -> str:
    """Return the present state of a meeting as a face's audience may see it, in a language."""
    meeting = Meeting.objects.select_related("body", "term").get(pk=meeting_id)
    seen = now(meeting, audience(face, meeting_id, meeting.body.book_id))
    with translation.override(language):
        return render_to_string(TEMPLATES[face], seen)


def now(meeting: Meeting, viewer: Viewer) -> dict[str, Any]:
    """Return what is now in a meeting: the open sitting, its item, who presides, and the open ballot."""
    sitting = meeting.sittings.select_related("current_item").filter(opened__isnull=False, closed=None).first()
    if sitting is None or not sees_part(viewer, meeting, sitting.access):
        return {"meeting": meeting, "sitting": None}
    item = sitting.current_item
    ballot = open_ballot_in(viewer, sitting.pk)
    return {
        "meeting": meeting,
        "sitting": sitting,
        "item": item if item and sees_part(viewer, meeting, item.access) else None,
        "presiding": presiding_at(sitting, clock.now()),
        "ballot": ballot,
        "turnout": turnout(ballot) if ballot else None,
    }
