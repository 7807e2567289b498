"""The sentences of what was done about the languages of a body and its texts."""

from enum import StrEnum

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from hemicycle.journal.models import Entry
from hemicycle.languages.naming import name_of


class Kind(StrEnum):
    """What is recorded about languages."""

    LANGUAGES_CHOSEN = "languages.chosen"
    TEXT_TRANSLATED = "text.translated"


def languages_chosen(entry: Entry) -> str:
    facts = entry.facts
    said = {"body": facts["body"], "own": name_of(facts["own"])}
    if not facts["languages"]:
        return _("%(body)s works in %(own)s alone.") % said
    said["others"] = get_text_list([name_of(tag) for tag in facts["languages"]], _("and"))
    return _("%(body)s works in %(own)s, with translations into %(others)s beside it.") % said


def text_translated(entry: Entry) -> str:
    facts = entry.facts
    return _("%(who)s entered what “%(called)s” says in %(language)s. The authentic text is in %(authentic)s.") % {
        "who": entry.actor_name,
        "called": facts["called"],
        "language": name_of(facts["language"]),
        "authentic": name_of(facts["authentic"]),
    }


def part_in_words(part: str) -> str:
    """Return how a part of a text is called."""
    noun, _space, number = part.partition(" ")
    if noun == "point":
        return _("Point %(number)s") % {"number": number}
    return {
        "title": _("Title"),
        "text": _("Text"),
        "preamble": _("Preamble"),
        "question": _("Question"),
    }.get(noun, part)
