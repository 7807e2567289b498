"""As whom a stream reads: the session's account, the person's posts and participations, and what they give."""

from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from django.contrib.auth import get_user
from django.contrib.sessions.backends.db import SessionStore

from hemicycle.accounts.access import PUBLIC, Viewer
from hemicycle.accounts.models import Account
from hemicycle.languages.queries import languages_of_book
from hemicycle.live.faces import ASKS_FOR, Face
from hemicycle.live.hall import PREFIX, hall_viewer
from hemicycle.meetings.models import Meeting
from hemicycle.meetings.queries import Standing as Taking
from hemicycle.meetings.queries import viewer_of
from hemicycle.meetings.queries.badges import SIGNED_IN_BY_BADGE, standing_by_badge, subjects_of


@dataclass(frozen=True, slots=True)
class Wish:
    """What a client asks to follow: one book, one meeting of its body, in one face and language.

    `read` is the language in which texts are read first, where that is one of the body's.
    """

    book: int
    meeting: int
    face: Face
    language: str
    read: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """As whom a client follows. `names`: the subjects in entries that mean this person."""

    viewer: Viewer
    names: frozenset[str]


STRANGER = Standing(PUBLIC, frozenset())


def standing_of(wish: Wish, session: str | None) -> Standing | None:
    """Return as whom a client may follow, or None where there is nothing for them: what one may not see is not."""
    if session and session.startswith(PREFIX):
        return standing_in_hall(wish, session.removeprefix(PREFIX))
    meeting = Meeting.objects.filter(pk=wish.meeting, body__book=wish.book).values_list("access", flat=True).first()
    if meeting is None or (wish.read and wish.read not in languages_of_book(wish.book)):
        return None
    asked = ASKS_FOR[wish.face]
    scope = f"meeting:{wish.meeting}"
    account = account_of(session)
    if account is None and (carried := carried_by(session)) and carried.viewer.only == scope:
        able = wish.face == Face.FLOOR and carried.viewer.sees(meeting, book=wish.book, scope=scope)
        return Standing(carried.viewer, subjects_of(carried.viewer.person or 0, wish.meeting)) if able else None
    if account is None:
        return STRANGER if PUBLIC.sees(meeting, book=wish.book) and PUBLIC.sees(asked, book=wish.book) else None
    viewer = viewer_of(account.person_id, account.pk)
    if wish.face == Face.PUBLIC and not PUBLIC.sees(meeting, book=wish.book):
        return None
    if not all(viewer.sees(access, book=wish.book, scope=scope) for access in (meeting, asked)):
        return None
    return Standing(viewer, subjects_of(account.person_id, wish.meeting))


def standing_in_hall(wish: Wish, key: str) -> Standing | None:
    """Return the hall as a reader of its screen, for a machine that has the hall's key."""
    found = Meeting.objects.filter(pk=wish.meeting, body__book=wish.book).select_related("body").first()
    viewer = hall_viewer(key, found) if found and wish.face == Face.SCREEN else None
    return Standing(viewer, frozenset()) if viewer else None


def account_of(session: str | None) -> Account | None:
    """Return the account that is signed in with this session, None where it has ended."""
    if not session:
        return None
    request: Any = SimpleNamespace(session=SessionStore(session))
    found = get_user(request)
    return found if isinstance(found, Account) and found.is_active else None


def carried_by(session: str | None) -> Taking | None:
    """Return as whom somebody follows who signed in with a badge, None where that has ended."""
    badge = SessionStore(session).get(SIGNED_IN_BY_BADGE) if session else None
    return standing_by_badge(badge) if isinstance(badge, int) else None
