"""Rehearsals: meetings in which everything goes as in others, and nothing is decided."""

from collections.abc import Mapping
from typing import Any

from hemicycle.journal.act import Refused
from hemicycle.meetings.models import Meeting


def refuse_rehearsal(meeting: Meeting, sentence: str) -> None:
    """Refuse what would let a rehearsal reach beyond itself; the sentence says what is not done in one."""
    if meeting.rehearsal:
        raise Refused("rehearsal", sentence)


# Where a page or a sheet of paper, among what it shows, has the meeting that it is about.
WHERE = (
    ("meeting",),
    ("sitting", "meeting"),
    ("item", "meeting"),
    ("ballot", "sitting", "meeting"),
    ("motion", "item", "meeting"),
    ("document", "meeting"),
    ("paper", "document", "meeting"),
    ("summons", "meeting"),
)


def is_of_a_rehearsal(shown: Mapping[str, Any]) -> bool:
    """Say whether a page or a sheet of paper is about a rehearsal, by the things that it shows."""
    for first, *path in WHERE:
        found = shown.get(first)
        for name in path:
            found = getattr(found, name, None)
        if isinstance(found, Meeting):
            return found.rehearsal
    return False
