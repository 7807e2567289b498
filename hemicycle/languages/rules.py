"""In which order the wordings of a text are shown, and which of its translations still say the same. Pure."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

# Languages beside a body's own.
MOST = 4


@dataclass(frozen=True)
class Rendered:
    """A translation as it was entered: of which part, of words with which digest, in which language."""

    part: str
    digest: str
    language: str
    text: str


@dataclass(frozen=True)
class Wording:
    """One wording of a text. `current`: it says what the authentic text says today."""

    text: str
    language: str
    authentic: bool = True
    current: bool = True


def digest_of_words(text: str) -> str:
    """Return by which digest a translation knows the words that it was made of."""
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()


def wordings(text: str, language: str, part: str, made: Iterable[Rendered], read: str = "") -> list[Wording]:
    """Return a text in all its languages: the reader's first where there is one, then the authentic one, then others.

    A translation of the same words counts wherever they stood, and of several the last. One of other words in the same
    part is shown where there is no other in its language, as out of date, and never before the authentic text.
    """
    wanted = digest_of_words(text)
    current: dict[str, str] = {}
    older: dict[str, str] = {}
    for one in made:
        if one.language == language:
            continue
        if one.digest == wanted:
            current[one.language] = one.text
        elif one.part == part:
            older[one.language] = one.text
    authentic = Wording(text, language)
    others = [
        Wording(current.get(tag) or older[tag], tag, authentic=False, current=tag in current)
        for tag in sorted(current.keys() | older.keys())
    ]
    first = [one for one in others if one.language == read and one.current]
    return [*first, authentic, *(one for one in others if one not in first)]
