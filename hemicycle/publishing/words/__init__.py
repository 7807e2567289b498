"""The sentences of what is published."""

from enum import StrEnum

from django.utils.translation import gettext as _

from hemicycle.accounts.access import Access
from hemicycle.journal.models import Entry
from hemicycle.publishing.words.minutes import (
    correction_declined,
    correction_proposed,
    correction_taken_up,
    minutes_approved,
    minutes_circulated,
    minutes_drawn_up,
    minutes_recalled,
    minutes_reopened,
    minutes_revised,
)

__all__ = [
    "Kind",
    "audience",
    "communique_published",
    "correction_declined",
    "correction_proposed",
    "correction_taken_up",
    "minutes_approved",
    "minutes_circulated",
    "minutes_drawn_up",
    "minutes_recalled",
    "minutes_reopened",
    "minutes_revised",
]


class Kind(StrEnum):
    """What is recorded about publications."""

    COMMUNIQUE_PUBLISHED = "communique.published"
    MINUTES_DRAWN_UP = "minutes.drawn_up"
    MINUTES_REVISED = "minutes.revised"
    MINUTES_CIRCULATED = "minutes.circulated"
    MINUTES_RECALLED = "minutes.recalled"
    MINUTES_APPROVED = "minutes.approved"
    MINUTES_REOPENED = "minutes.reopened"
    CORRECTION_PROPOSED = "correction.proposed"
    CORRECTION_TAKEN_UP = "correction.taken_up"
    CORRECTION_DECLINED = "correction.declined"


def communique_published(entry: Entry) -> str:
    facts = entry.facts
    said = {
        "title": facts["title"],
        "version": facts["version"],
        "audience": audience(facts["audience"]),
        "reason": facts["correction_reason"],
    }
    if facts["correction_reason"]:
        return _("“%(title)s” was published for %(audience)s, version %(version)d, as a correction: %(reason)s") % said
    return _("“%(title)s” was published for %(audience)s, version %(version)d.") % said


def audience(access: str) -> str:
    """Return for whom something is, in words."""
    return {
        Access.PUBLIC: _("everyone"),
        Access.ORGANISATION: _("the organisation"),
        Access.PARTICIPANTS: _("the participants"),
        Access.BODY: _("the body"),
        Access.DESK: _("the desk"),
    }[Access(access)]
