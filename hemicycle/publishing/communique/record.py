"""What was entered later than it happened, with both times and the reason."""

from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hemicycle.journal.models import Entry
from hemicycle.meetings.day import zone_of
from hemicycle.publishing.communique.blocks import Block, paragraph
from hemicycle.publishing.communique.gathered import Told


def entered_later(book: Told) -> list[Block]:
    """Tell what was entered later than it happened, one sentence for each reason."""
    by_reason: dict[str, list[Entry]] = {}
    for entry in book.entries:
        if entry.happened_from != entry.recorded_at:
            by_reason.setdefault(entry.happened_reason, []).append(entry)
    return [paragraph(later(book, reason, entries)) for reason, entries in by_reason.items()]


def later(book: Told, reason: str, entries: list[Entry]) -> str:
    """Return when entries with one reason happened, and when they were entered."""
    happened = sorted(entry.happened_from for entry in entries if entry.happened_from)
    entered = sorted(entry.recorded_at for entry in entries)
    said = {"count": len(entries), "entered": between(book, entered), "happened": between(book, happened)}
    told = (
        ngettext(
            "One entry of the book happened at another time than it was entered: it happened %(happened)s and was "
            "entered %(entered)s.",
            "%(count)d entries of the book happened at another time than they were entered: they happened "
            "%(happened)s and were entered %(entered)s.",
            len(entries),
        )
        % said
    )
    return told + (" " + _("Reason: %(reason)s") % {"reason": reason} if reason else "")


def between(book: Told, moments: list[datetime]) -> str:
    """Return the first and the last of some moments at the body's place."""
    if not moments:
        return _("at a time that is not stated")
    first, last = (moment_of_day(book, moment) for moment in (moments[0], moments[-1]))
    if first == last:
        return _("on %(moment)s") % {"moment": first}
    return _("between %(first)s and %(last)s") % {"first": first, "last": last}


def moment_of_day(book: Told, moment: datetime) -> str:
    """Return a moment by the day and the clock at the body's place."""
    there = moment.astimezone(zone_of(book.meeting.body))
    return f"{date_format(there, 'DATE_FORMAT')}, {there:%H:%M}"
