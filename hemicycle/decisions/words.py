"""The sentences of decisions, directives and progress."""

from datetime import date
from enum import StrEnum

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hemicycle.journal.models import Entry


class Kind(StrEnum):
    """What is recorded about decisions."""

    DECISION_CERTIFIED = "decision.certified"
    DIRECTIVE_ISSUED = "directive.issued"
    DIRECTIVE_RECEIVED = "directive.received"
    PROGRESS_REPORTED = "progress.reported"


def decision_certified(entry: Entry) -> str:
    facts = entry.facts
    said = {
        "number": facts["number"],
        "title": facts["title"],
        "how": how(facts["adopted"]),
        "points": ngettext("%(count)d point", "%(count)d points", facts["points"]) % {"count": facts["points"]},
    }
    return _("Decision %(number)d, “%(title)s”, was certified: adopted %(how)s, with %(points)s.") % said


def directive_issued(entry: Entry) -> str:
    said = {**entry.facts, "due": on(entry.facts["due"])}
    return _("Point %(point)d of decision %(decision)d was handed to %(unit)s, due %(due)s: %(text)s") % said


def directive_received(entry: Entry) -> str:
    return _("%(unit)s received its task from decision %(decision)d of %(body)s.") % entry.facts


def progress_reported(entry: Entry) -> str:
    facts = entry.facts
    said = {"unit": facts["unit"], "decision": facts["decision"], "narrative": facts["narrative"]}
    if facts["done"]:
        told = _("%(unit)s reported its task from decision %(decision)d as done: %(narrative)s") % said
    else:
        told = _("%(unit)s reported on its task from decision %(decision)d: %(narrative)s") % said
    if facts["delay_reason"]:
        told += " " + _("Reason for the delay: %(reason)s") % {"reason": facts["delay_reason"]}
    return told


def how(adopted: str) -> str:
    """Return how a decision was adopted, in words."""
    said = {
        "unanimous": _("unanimously"),
        "by vote": _("by vote"),
        "by consent": _("by consent"),
        "by acclamation": _("by acclamation"),
    }
    return said[adopted]


def on(day: str) -> str:
    """Return a calendar day of the facts as the reader's language writes it."""
    return date_format(date.fromisoformat(day))
