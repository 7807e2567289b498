"""Badges: the key in their code, whose they are, and what whoever signed in with one may see and do."""

import base64
import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core import signing
from django.db.models import F, Q
from django.http import Http404
from django.utils.crypto import constant_time_compare, salted_hmac

from hemicycle.accounts.access import Viewer
from hemicycle.accounts.models import Person
from hemicycle.journal.act import subject
from hemicycle.meetings.models import Badge, Meeting, Participation, Sitting
from hemicycle.meetings.queries.standing import TAKING_PART, Standing, by_taking_part

SALT = "hemicycle.meetings.badge"
# 75 bits: nobody guesses the badge of another. All of a key are letters that a QR code holds closely.
LETTERS = 15
SIGNED_IN_BY_BADGE = "badge"
KEY = re.compile(r"([0-9]{1,18})-([A-Z2-7]{15})", re.ASCII)
# So often a badge signs in within the time: on a phone, on another after that, and again. Not on a hundred.
MOST_SIGN_INS, WITHIN = 10, timedelta(minutes=10)


def badge_key(badge: int) -> str:
    """Return the key in the code on a badge."""
    signed = salted_hmac(SALT, str(badge), algorithm="sha256").digest()
    return f"{badge}-{base64.b32encode(signed)[:LETTERS].decode()}"


@dataclass(frozen=True)
class Carried:
    """What a badge says: whose it is, for which meeting, and whether it is still good."""

    person: Person
    meeting: Meeting
    badge: Badge | None

    @property
    def good(self) -> bool:
        """Whether it signs in: it was not struck, and the meeting is not over."""
        over = self.meeting.closed or self.meeting.cancelled
        return self.badge is not None and self.badge.struck is None and not over


def carried(key: str) -> Carried:
    """Return what the key of a badge says; raise Http404 where the badge is not ours.

    Badges that were printed before they signed in name an accreditation. They are found at the door, no more.
    """
    parts = KEY.fullmatch(key.strip().upper())
    if parts and constant_time_compare(badge_key(int(parts[1])), parts[0]):
        found = Badge.objects.select_related("person", "meeting__body", "meeting__term").filter(pk=parts[1]).first()
        if found:
            return Carried(found.person, found.meeting, found)
    try:
        older = int(signing.Signer(salt=SALT).unsign_object(key.strip()))
    except (signing.BadSignature, ValueError, TypeError):
        raise Http404 from None
    asked = Participation.objects.select_related("person", "sitting__meeting__body", "sitting__meeting__term")
    row = asked.filter(pk=older, person__isnull=False).first()
    if row is None or row.person is None:
        raise Http404
    return Carried(row.person, row.sitting.meeting, None)


def key_in(text: str) -> str:
    """Return the key in what a scanner typed: the whole address on the badge, or the key alone."""
    return text.strip().rstrip("/").rpartition("/")[2]


def looks_like_a_key(text: str) -> bool:
    """Say whether this was typed by a scanner: the key of a badge, or an address; names have neither form."""
    key = key_in(text)
    return "/" in text or ":" in text or KEY.fullmatch(key.upper()) is not None


def sitting_at_the_door(meeting: Meeting) -> Sitting | None:
    """Return the sitting that people come to now: the open one, else the next that is planned, else the last."""
    open_now = meeting.sittings.filter(opened__isnull=False, closed=None).first()
    planned = meeting.sittings.filter(opened=None).order_by("planned_start")
    return open_now or planned.first() or meeting.sittings.order_by("ordinal").last()


def badges_by_person(meeting: Meeting) -> dict[int, Badge]:
    """Return the badges of a meeting that were not struck, by the person who carries each."""
    return {badge.person_id: badge for badge in Badge.objects.filter(meeting=meeting, struck=None)}


def note_sign_in(badge: Badge, moment: datetime) -> bool:
    """Count that a badge signs in; return whether it may, which it may only so often."""
    mine = Badge.objects.filter(pk=badge.pk, struck=None)
    counting = mine.filter(sign_ins_since__gt=moment - WITHIN)
    if counting.filter(sign_ins__lt=MOST_SIGN_INS).update(sign_ins=F("sign_ins") + 1):
        return True
    ended = Q(sign_ins_since=None) | Q(sign_ins_since__lte=moment - WITHIN)
    return bool(mine.filter(ended).update(sign_ins=1, sign_ins_since=moment))


def standing_by_badge(key: int) -> Standing | None:
    """Return how whoever signed in with a badge stands: in this meeting alone, as they take part in it.

    None where the badge was struck or the meeting is over. No post counts, whatever the person holds.
    """
    badge = (
        Badge.objects.select_related("person")
        .filter(pk=key, struck=None, meeting__closed=None, meeting__cancelled=None)
        .first()
    )
    if badge is None:
        return None
    scope = f"meeting:{badge.meeting_id}"
    rows = Participation.objects.filter(person=badge.person_id, sitting__meeting=badge.meeting_id)
    taking_part = list(rows.order_by("-sitting__ordinal").values_list(*TAKING_PART))
    if not taking_part:
        return None
    viewer = Viewer(person=badge.person_id, scopes=frozenset({scope}), only=scope)
    return Standing(viewer, by_taking_part(badge.person, None, taking_part, set(), only=scope), badge.person)


def subjects_of(person: int, meeting: int) -> frozenset[str]:
    """Return the subjects in entries that mean a person in a meeting."""
    rows = Participation.objects.filter(sitting__meeting=meeting, person=person)
    return frozenset({f"person:{person}", *map(subject, rows)})
