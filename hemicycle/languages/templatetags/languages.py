"""How a text is shown in its languages: `{% wordings words item "title" item.title item.language as said %}`."""

from collections.abc import Sequence

from django import template
from django.db.models import Model

from hemicycle.journal.act import subject
from hemicycle.languages.naming import direction_of, name_of, own_name_of
from hemicycle.languages.queries import Words
from hemicycle.languages.rules import Wording

register = template.Library()
register.filter("direction", direction_of)
register.filter("language_name", name_of)
register.filter("own_language_name", own_name_of)


@register.simple_tag
def wordings(
    words: Words | str, row: Model | str | list[Model], part: str, text: str, language: str, number: int = 0
) -> list[Wording]:
    """Return a text of a row in all its languages, the reader's first. `words` is missing where none were read.

    A row can be named by its subject. Of several rows the text may be any one's: a question often says just what the
    motion's title says.
    """
    rows = row if isinstance(row, list) else [row]
    subjects = [one if isinstance(one, str) else subject(one) for one in rows]
    known = words if isinstance(words, Words) else Words()
    return known.of(subjects, f"{part} {number}" if number else part, text, language)


@register.filter
def authentic_language(said: Sequence[Wording]) -> str:
    """Return the language of the authentic one of several wordings, by name."""
    return name_of(next(one.language for one in said if one.authentic))
