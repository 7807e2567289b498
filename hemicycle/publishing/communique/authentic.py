"""Where a body works in several languages: in which a text is written, and which words are authentic."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hemicycle.languages.naming import name_of
from hemicycle.languages.queries import languages_of
from hemicycle.publishing.communique.blocks import Block, paragraph
from hemicycle.publishing.communique.gathered import Told


def authentic(book: Told) -> list[Block]:
    """Say in which language a text is written; of a body that works in one language nothing is to be said."""
    known = languages_of(book.meeting.body)
    if len(known) < 2:
        return []
    said = {
        "body": book.meeting.body.name,
        "languages": ", ".join(name_of(one) for one in known),
        "language": name_of(get_language() or ""),
    }
    return [
        paragraph(
            _(
                "%(body)s works in these languages: %(languages)s. This text is written in %(language)s. Of what was "
                "put to the vote, the words in the language in which it was put are authentic."
            )
            % said
        )
    ]
