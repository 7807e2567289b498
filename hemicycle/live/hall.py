"""The key of the hall: a signed address with which a hall's own machine shows a meeting's screen without signing in."""

from django.core.signing import BadSignature, Signer

from hemicycle.accounts.access import Viewer
from hemicycle.live.faces import Face, audience
from hemicycle.meetings.models import Meeting

SALT = "hemicycle.live.hall"
PREFIX = "hall:"


def hall_key(meeting_id: int) -> str:
    """Return the key of a meeting's hall screen."""
    return Signer(salt=SALT).signature(str(meeting_id))


def opens(key: str, meeting: Meeting) -> bool:
    """Say whether this key opens the screen of this meeting. It does until the meeting is closed."""
    if not key or meeting.closed:
        return False
    try:
        return Signer(salt=SALT).unsign(f"{meeting.pk}:{key}") == str(meeting.pk)
    except BadSignature:
        return False


def hall_viewer(key: str, meeting: Meeting) -> Viewer | None:
    """Return as whom a machine with this key reads, None where the key is not this meeting's."""
    return audience(Face.SCREEN, meeting.pk, meeting.body.book_id) if opens(key, meeting) else None
