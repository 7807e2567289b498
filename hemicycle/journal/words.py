"""From an entry to its sentence, made on reading: each room's `words.py` has a function for each of its kinds.

The kind `ballot.closed` is told by `ballot_closed(entry)` in the room whose `Kind` names it.
"""

from collections.abc import Callable
from enum import StrEnum
from functools import cache
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.utils.translation import gettext as _

from hemicycle.journal.models import Entry

Teller = Callable[[Entry], str]


class Kind(StrEnum):
    """What is recorded about the books themselves."""

    FACTS_ERASED = "facts.erased"


@cache
def tellers() -> dict[str, Teller]:
    """Return the function that tells each kind, from every room that has words."""
    found: dict[str, Teller] = {}
    for app in apps.get_app_configs():
        if app.name.startswith("hemicycle.") and find_spec(f"{app.name}.words"):
            words = import_module(f"{app.name}.words")
            for kind in getattr(words, "Kind", ()):
                found[str(kind)] = getattr(words, str(kind).replace(".", "_"))
    return found


def sentence(entry: Entry) -> str:
    """Return the sentence that tells this entry, in the language of the reader."""
    if entry.facts_text is None:
        return _("The facts of this entry were erased as the law requires; its place in the chain remains.")
    told = tellers()[entry.kind](entry)
    return _("Rehearsal: %(sentence)s") % {"sentence": told} if entry.facts.get("rehearsal") else told


def facts_erased(entry: Entry) -> str:
    return _("The facts of entry %(number)d of the book “%(title)s” were erased as the law requires: %(reason)s") % {
        "number": entry.facts["number"],
        "title": entry.facts["title"],
        "reason": entry.facts["reason"],
    }
