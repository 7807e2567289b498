"""The sentences of minutes and their corrections."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from hemicycle.journal.models import Entry


def minutes_drawn_up(entry: Entry) -> str:
    return _("The minutes of %(meeting)s were drawn up from the book.") % entry.facts


def minutes_revised(entry: Entry) -> str:
    if entry.facts["note"]:
        return _("The minutes of %(meeting)s were revised, version %(version)d: %(note)s") % entry.facts
    return _("The minutes of %(meeting)s were revised, version %(version)d.") % entry.facts


def minutes_circulated(entry: Entry) -> str:
    facts = entry.facts
    if facts["until"]:
        said = {**facts, "until": date_format(date.fromisoformat(facts["until"]))}
        return (
            _("The minutes of %(meeting)s were circulated, version %(version)d; corrections are taken until %(until)s.")
            % said
        )
    return _("The minutes of %(meeting)s were circulated, version %(version)d.") % facts


def minutes_recalled(entry: Entry) -> str:
    return _("The minutes of %(meeting)s were taken back: %(because)s") % entry.facts


def minutes_approved(entry: Entry) -> str:
    if entry.facts["how"] == "vote":
        return _("%(by_meeting)s approved the minutes of %(meeting)s by a vote, version %(version)d.") % entry.facts
    return _("%(by_meeting)s approved the minutes of %(meeting)s without objection, version %(version)d.") % entry.facts


def minutes_reopened(entry: Entry) -> str:
    return _("The minutes of %(meeting)s were opened again, to be corrected: %(because)s") % entry.facts


def correction_proposed(entry: Entry) -> str:
    said = _("%(name)s proposed correction %(number)d of the minutes of %(meeting)s, on “%(section)s”: %(reason)s")
    return said % entry.facts


def correction_taken_up(entry: Entry) -> str:
    return (
        _("Correction %(number)d of the minutes of %(meeting)s, by %(name)s, was taken up in version %(version)d.")
        % entry.facts
    )


def correction_declined(entry: Entry) -> str:
    return (
        _("Correction %(number)d of the minutes of %(meeting)s, by %(name)s, was declined: %(because)s") % entry.facts
    )
