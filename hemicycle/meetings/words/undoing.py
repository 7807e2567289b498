"""The sentences of what was undone because it was a mistake."""

from django.utils.translation import gettext as _

from hemicycle.journal.models import Entry


def agenda_reopened(entry: Entry) -> str:
    return _("The adoption of the agenda was taken back: %(because)s") % entry.facts


def item_put_back(entry: Entry) -> str:
    return _("Item %(item)s, “%(title)s”, was taken up by mistake and put back: %(because)s") % entry.facts


def sitting_opening_undone(entry: Entry) -> str:
    return _("Sitting %(ordinal)d was opened by mistake; the opening was undone: %(because)s") % entry.facts


def words_struck(entry: Entry) -> str:
    return _("Struck, as entered in error: %(words)s. %(because)s") % {**entry.facts, "words": words(entry)}


def words(entry: Entry) -> str:
    """Return what was struck, in words."""
    patterns = {
        "report": _("the report “%(title)s” by %(name)s"),
        "speech": _("the speech of %(name)s on “%(title)s”"),
        "conclusion": _("the conclusion of %(name)s on “%(title)s”"),
        "organ_report": _("the report of %(name)s"),
    }
    return patterns[entry.facts["noun"]] % entry.facts
