"""What is now, as each face shows it: rendered once per meeting, face and language, never once per client.

A language is that of the page, and beside it the one in which its reader reads texts first (`read`).
"""

from datetime import datetime
from functools import lru_cache
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from hemicycle.accounts.access import Viewer
from hemicycle.journal.act import subject
from hemicycle.journal.clock import now as clock_now
from hemicycle.journal.models import Entry
from hemicycle.languages.queries import Words, words_of
from hemicycle.live import queries
from hemicycle.live.faces import Face, audience
from hemicycle.meetings.models import Meeting
from hemicycle.motions.models import MotionVersion
from hemicycle.motions.queries import latest_version
from hemicycle.voting.models import Ballot, Method
from hemicycle.voting.queries.running import can_run

TEMPLATES = {face: f"live/now/{face}.html" for face in Face} | {Face.MEMBERS: "live/now/floor.html"}
LAST_ENTRIES = 6
MOST_KEPT = 256


def render(meeting_id: int, face: Face, language: str, read: str = "") -> SafeString:
    """Return the present state of a meeting as a face's audience may see it, in a language."""
    meeting = Meeting.objects.select_related("body__book", "term").get(pk=meeting_id)
    return render_now(meeting, face, language, read)


def render_now(meeting: Meeting, face: Face, language: str, read: str = "") -> SafeString:
    """Return the same for a meeting at hand, rendered once for each state of the book.

    A screen shows beside what the book tells how many have voted, and is written anew.
    """
    state = (meeting.body.book.head_digest, minute(), meeting.pk, face, language, read)
    return written(*state) if face == Face.SCREEN else kept(*state)


def minute() -> datetime:
    """Return the minute that it is. Rights given in another book, and midnight, show on a page after a minute."""
    return clock_now().replace(second=0, microsecond=0)


def written(head: str, at: datetime, meeting_id: int, face: Face, language: str, read: str) -> SafeString:
    """Write out what a face shows while this digest is at the head of the meeting's book."""
    with translation.override(language):
        return render_to_string(
            TEMPLATES[face], shown(face, now_at(head, at, meeting_at(meeting_id), face, language), read)
        )


kept = lru_cache(maxsize=MOST_KEPT)(written)


@lru_cache(maxsize=MOST_KEPT)
def now_at(_head: str, _minute: datetime, meeting: Meeting, face: Face, _language: str) -> queries.Now:
    """Return what is now for a face's audience, read once for each state of the book."""
    return queries.now(meeting, audience(face, meeting.pk, meeting.body.book_id))


def roll_before(meeting: Meeting, face: Face, language: str) -> Ballot | None:
    """Return the roll call that is open before a meeting, where a face's audience may know of it."""
    seen = now_at(meeting.body.book.head_digest, minute(), meeting, face, language)
    ballot = seen.vote.ballot if seen.vote and seen.is_voting and not seen.unseen else None
    return ballot if ballot and ballot.method == Method.ROLL_CALL else None


def meeting_at(meeting_id: int) -> Meeting:
    """Return a meeting with its body and term."""
    return Meeting.objects.select_related("body", "term").get(pk=meeting_id)


def desk_now(meeting: Meeting) -> queries.Desk:
    """Return where the desk of a meeting stands, read once for each state of the book."""
    return desk_at(meeting.body.book.head_digest, minute(), meeting, get_language() or "en")


@lru_cache(maxsize=MOST_KEPT)
def desk_at(head: str, at: datetime, meeting: Meeting, language: str) -> queries.Desk:
    """Return the same for the state of the book with this digest at its head."""
    seen = now_at(head, at, meeting, Face.DESK, language)
    return queries.desk_of(seen.meeting, seen)


def shown(face: Face, now: queries.Now, read: str = "") -> dict[str, Any]:
    """Return what a face shows to all of its audience."""
    meeting = now.meeting
    viewer = audience(face, meeting.pk, meeting.body.book_id)
    told: dict[str, Any] = {"now": now, "meeting": meeting, "zone": meeting.body.time_zone}
    if face == Face.DESK:
        entries = Entry.objects.filter(book=meeting.body.book_id).order_by("-number")[:LAST_ENTRIES]
        told |= {"attendance": queries.attending(now.sitting), "entries": entries}
    elif face == Face.SCREEN:
        place = [meeting.body.slug, meeting.term.ordinal, meeting.ordinal]
        told |= {
            **(queries.turnout_of(now.vote.ballot) if now.vote and now.asks_the_box else {"turnout": None}),
            # Whether the rules let the hall see how it stands, the screen asks at once, beside the turnout.
            "asks_how": bool(now.vote and now.is_voting and can_run(now.vote.ballot)),
            "turnout_address": reverse("live:screen_turnout", args=place),
            "report": queries.last_report(viewer, meeting, now.item) if now.item and not now.vote else None,
        }
    elif face in {Face.FLOOR, Face.MEMBERS}:
        told |= {"decided": queries.decided_in(viewer, meeting)}
        if now.item:
            told |= {
                "papers": queries.papers_on(viewer, meeting, now.item),
                "reports": queries.reports_on(viewer, meeting, now.item),
            }
    if face != Face.DESK:
        told["version"] = text_now(now)
        told["words"] = words_now(viewer, now, read, hall=face == Face.SCREEN)
    return told


def words_now(viewer: Viewer, now: queries.Now, read: str, *, hall: bool) -> Words:
    """Return what the texts that are now before the meeting say in other languages."""
    if now.unseen:
        return Words()
    rows = (now.item, now.next_item, now.motion, now.vote.ballot if now.vote else None)
    subjects = [subject(row) for row in rows if row is not None]
    return words_of(viewer, now.meeting.body, subjects, read="" if hall else read, current_only=hall)


def text_now(now: queries.Now) -> MotionVersion | None:
    """Return the text that is voted on, or else the one in which the motion on the table stands."""
    if now.vote:
        return now.vote.ballot.version
    return latest_version(now.motion) if now.motion else None
