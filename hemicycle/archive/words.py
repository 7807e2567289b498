"""The sentences of the archive, and how its meetings are called."""

from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hemicycle.journal.models import Entry

if TYPE_CHECKING:
    from hemicycle.archive.models import ArchivedMeeting


class Kind(StrEnum):
    """What is recorded about archives."""

    ARCHIVE_OPENED = "archive.opened"
    SOURCES_ADDED = "sources.added"
    MEETING_IMPORTED = "meeting.imported"
    MEETINGS_IMPORTED = "meetings.imported"
    IMPORTS_WITHDRAWN = "imports.withdrawn"
    SOURCEKEY_MADE = "sourcekey.made"
    SOURCEKEY_REVOKED = "sourcekey.revoked"


def archive_opened(entry: Entry) -> str:
    return _("The archive of %(body)s was opened.") % entry.facts


def sources_added(entry: Entry) -> str:
    names = [source["name"] for source in entry.facts["sources"]]
    said = {"count": len(names), "names": ", ".join(names)}
    return (
        ngettext("%(names)s was added to the sources.", "%(count)d sources were added: %(names)s.", len(names)) % said
    )


def meeting_imported(entry: Entry) -> str:
    facts = entry.facts
    said = {
        **facts,
        "stated": ngettext("%(count)d fact", "%(count)d facts", facts["stated"]) % {"count": facts["stated"]},
    }
    if facts["joined"]:
        return _("A further report of “%(meeting)s” was imported from %(source)s: %(stated)s, reviewed.") % said
    return _("“%(meeting)s” was imported from %(source)s: %(stated)s, reviewed.") % said


def meetings_imported(entry: Entry) -> str:
    facts = entry.facts
    said = {
        "meetings": "; ".join(f"“{one['meeting']}”" for one in facts["imported"]),
        "count": len(facts["imported"]),
        "floor": facts["floor"],
    }
    return (
        ngettext(
            "%(count)d report was imported unreviewed, facts from %(floor)d %% of confidence on: %(meetings)s.",
            "%(count)d reports were imported unreviewed, facts from %(floor)d %% of confidence on: %(meetings)s.",
            len(facts["imported"]),
        )
        % said
    )


def imports_withdrawn(entry: Entry) -> str:
    taken = entry.facts["withdrawn"]
    said = {
        "count": len(taken),
        "names": "; ".join(_("%(source)s, on “%(meeting)s”") % one for one in taken),
        "reason": entry.facts["reason"],
    }
    return (
        ngettext(
            "The import of %(names)s was withdrawn: %(reason)s",
            "%(count)d imports were withdrawn (%(names)s): %(reason)s",
            len(taken),
        )
        % said
    )


def sourcekey_made(entry: Entry) -> str:
    return _("The key “%(name)s” was made, with which a program adds pages to the sources of %(home)s.") % entry.facts


def sourcekey_revoked(entry: Entry) -> str:
    return _("The key “%(name)s” to the sources of %(home)s was revoked.") % entry.facts


# Kinds that say only how a body meets.
MANNERS = frozenset({"regular", "ordinary", "special", "extraordinary", "consultative", "joint", "organizational"})


def meeting_name(meeting: "ArchivedMeeting") -> str:
    """Return how an archived meeting is called within its body."""
    kind = meeting.kind or _("meeting")
    if kind.casefold() in MANNERS:
        kind = _("%(kind)s meeting") % {"kind": kind}
    said = {"kind": _("enlarged %(kind)s") % {"kind": kind} if meeting.enlarged else kind}
    said["kind"] = said["kind"][:1].upper() + said["kind"][1:]
    numbers = {"number": meeting.meeting_ordinal, "term": meeting.term_ordinal}
    if meeting.meeting_ordinal and meeting.term_ordinal:
        return _("%(kind)s %(number)d of term %(term)d") % {**said, **numbers}
    if meeting.meeting_ordinal:
        return _("%(kind)s %(number)d") % {**said, **numbers}
    day = date_format(meeting.starts, "j F Y") if meeting.starts else meeting.told_day
    return _("%(kind)s of %(day)s") % {**said, "day": day} if day else _("%(kind)s, without a day") % said
