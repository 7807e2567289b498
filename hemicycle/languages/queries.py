"""What texts say in other languages, for a reader; and in which languages a body works."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.translation import get_language

from hemicycle.accounts.access import PUBLIC, Viewer
from hemicycle.accounts.request import HouseRequest
from hemicycle.bodies.models import Body
from hemicycle.languages.models import Translation
from hemicycle.languages.originals import Original
from hemicycle.languages.rules import Rendered, Wording, digest_of_words, wordings

COOKIE = "read_in"


@dataclass(frozen=True)
class Words:
    """The translations of some rows, read with one query. `read`: in which language the reader reads first.

    With `current_only`, what is out of date is left out: a hall is not shown what no longer holds.
    """

    made: dict[str, list[Rendered]] = field(default_factory=dict)
    read: str = ""
    current_only: bool = False

    def of(self, subjects: Iterable[str], part: str, text: str, language: str) -> list[Wording]:
        """Return a text in all its languages, in the order in which this reader reads them."""
        made = [one for subject in subjects for one in self.made.get(subject, ())]
        found = wordings(text, language, part, made, self.read)
        return [one for one in found if one.current or not self.current_only]


def words_of(
    viewer: Viewer, body: Body, subjects: Iterable[str], *, read: str = "", current_only: bool = False
) -> Words:
    """Return what rows say in the languages of their body. Of a body that has one, nothing is read.

    Who may read a text may read what the same words say in another language. What was made of words that no longer
    stand there is read by those alone for whom it was made.
    """
    languages, wanted = languages_of(body), sorted(set(subjects))
    if len(languages) == 1 or not wanted:
        return Words()
    found = Translation.objects.filter(subject__in=wanted, language__in=languages).order_by("pk")
    made: dict[str, list[Rendered]] = defaultdict(list)
    for row in found:
        kept = viewer.sees(row.access, book=row.book_id, scope=row.scope)
        made[row.subject].append(
            Rendered(row.part if kept else "", row.original_digest, row.language, row.text),
        )
    return Words(dict(made), read, current_only)


def translated_texts(texts: Mapping[str, Iterable[str]]) -> dict[str, list[str]]:
    """Return what the texts of rows, by their subjects, say in other languages, read with one query.

    For the index: a row is found by each of its wordings.
    """
    digests = {name: {digest_of_words(text) for text in said} for name, said in texts.items()}
    found: dict[str, list[str]] = {name: [] for name in digests}
    for row in Translation.objects.filter(subject__in=list(digests)).order_by("pk"):
        if row.original_digest in digests[row.subject]:
            found[row.subject].append(row.text)
    return found


def languages_of(body: Body) -> list[str]:
    """Return the languages in which a body works, its own first."""
    return [body.language, *body.languages]


def languages_of_book(book: int) -> list[str]:
    """Return the same for the body whose book this is; nothing where it is no body's."""
    body = Body.objects.filter(book=book).first()
    return languages_of(body) if body else []


def read_first(request: HouseRequest, body: Body) -> str:
    """Return the language of a body in which somebody reads its texts first: the one they chose, or that of the page.

    Empty where the body has one alone, so that all its readers share what they are shown.
    """
    languages = languages_of(body)
    wanted = (request.COOKIES.get(COOKIE), get_language())
    return next((tag for tag in wanted if tag in languages), languages[0]) if len(languages) > 1 else ""


@dataclass(frozen=True)
class Standing:
    """How far the texts of a row are in a language: how many there are, translated, and out of date."""

    language: str
    texts: int
    translated: int
    outdated: int


def standing_of(original: Original, words: Words, languages: Iterable[str]) -> list[Standing]:
    """Return how far the texts of a row are in each of these languages but its own."""
    found = []
    for tag in languages:
        if tag == original.language:
            continue
        there = [
            one
            for part, text in original.texts.items()
            for one in words.of([original.subject], part, text, original.language)
            if one.language == tag
        ]
        current = sum(one.current for one in there)
        found.append(Standing(tag, len(original.texts), current, len(there) - current))
    return found


def stands_as(original: Original, body: Body, language: str) -> dict[str, str]:
    """Return what the parts of a row of this body say in a language where that is up to date, by part."""
    words = words_of(PUBLIC, body, [original.subject])
    return {
        part: one.text
        for part, text in original.texts.items()
        for one in words.of([original.subject], part, text, original.language)
        if one.language == language and one.current
    }
