"""What is now, as each face shows it: rendered once per meeting, face and language, never once per client."""

from functools import lru_cache
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.safestring import SafeString

from hemicycle.accounts.access import Viewer
from hemicycle.journal.models import Entry
from hemicycle.live import queries
from hemicycle.live.faces import Face, audience
from hemicycle.meetings.models import Meeting
from hemicycle.motions.queries import latest_version
from hemicycle.voting.queries import turnout

TEMPLATES = {face: f"live/now/{face}.html" for face in Face}
LAST_ENTRIES = 6
MOST_KEPT = 256


def render(meeting_id: int, face: Face, language: str) -> SafeString:
    """Return the present state of a meeting as a face's audience may see it, in a language."""
    meeting = Meeting.objects.select_related("body", "term").get(pk=meeting_id)
    with translation.override(language):
        seen = shown(meeting, face, audience(face, meeting_id, meeting.body.book_id))
        return render_to_string(TEMPLATES[face], seen)


def render_now(meeting: Meeting, face: Face, language: str) -> SafeString:
    """Return the same for a page, rendered once for each state of the book.

    A screen shows beside what the book tells how many have voted, and is rendered anew.
    """
    if face == Face.SCREEN:
        return render(meeting.pk, face, language)
    return render_at(meeting.body.book.head_digest, meeting.pk, face, language)


@lru_cache(maxsize=MOST_KEPT)
def render_at(_head: str, meeting_id: int, face: Face, language: str) -> SafeString:
    """Return the fragment that a page with this digest at the head of its book shows."""
    return render(meeting_id, face, language)


def shown(meeting: Meeting, face: Face, viewer: Viewer) -> dict[str, Any]:
    """Return what a face shows to all of its audience."""
    now = queries.now(meeting, viewer)
    told: dict[str, Any] = {"now": now, "meeting": meeting, "zone": meeting.body.time_zone}
    if face == Face.DESK:
        entries = Entry.objects.filter(book=meeting.body.book_id).order_by("-number")[:LAST_ENTRIES]
        told |= {"attendance": queries.attending(now.sitting), "entries": entries}
    elif face == Face.SCREEN:
        place = [meeting.body.slug, meeting.term.ordinal, meeting.ordinal]
        told |= {
            "turnout": turnout(now.vote.ballot) if now.vote and now.is_voting else None,
            "turnout_address": reverse("live:screen_turnout", args=place),
        }
    elif face == Face.FLOOR:
        told |= {"decided": queries.decided_in(viewer, meeting)}
        told |= {"version": latest_version(now.motion) if now.motion else None}
        if now.item:
            told |= {
                "papers": queries.papers_on(viewer, meeting, now.item),
                "reports": queries.reports_on(viewer, meeting, now.item),
            }
    return told
