"""The sentences of badges."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hemicycle.journal.models import Entry


def badges_made(entry: Entry) -> str:
    count = entry.facts["count"]
    told = ngettext("%(count)d badge for the meeting was made.", "%(count)d badges for the meeting were made.", count)
    return told % {"count": count}


def badge_remade(entry: Entry) -> str:
    return _("The badge of %(name)s was made anew: %(because)s The one before opens nothing any more.") % {
        "name": entry.facts["name"],
        "because": ended(entry.facts["because"]),
    }


def badge_struck(entry: Entry) -> str:
    return _("The badge of %(name)s was struck: %(because)s") % {
        "name": entry.facts["name"],
        "because": ended(entry.facts["because"]),
    }


def ended(reason: str) -> str:
    """Return a reason as a sentence that ends."""
    return reason if reason[-1:] in ".!?…" else f"{reason}."
