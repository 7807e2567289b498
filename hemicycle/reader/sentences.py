"""Where sentences begin and end: a stop ends one unless it stands in an abbreviation, an initial or a number."""

import re
from collections.abc import Iterator
from functools import lru_cache

from hemicycle.reader import lexicon

_STOP = re.compile(r"[.!?\u3002\uff01\uff1f]+[\"'”’»)\]]*(?=\s|$)|[\u3002\uff01\uff1f]+[”’」』)]*")
_LAST_WORD = re.compile(r"[^\s(\[“\"]+$")
_NEXT_WORD = re.compile(r"\s*[\"'“‘«(\[]*(\S)")
_INITIALS = re.compile(r"(?:[A-ZÀ-ÖØ-ÞА-Я]\.)+$")
_NUMBERED = re.compile(r"(?:^|\n)\s*[-–•*]?\s*\(?(?:\d{1,3}|[a-z]|[ivx]{1,5}|[A-Z])\.$")
LONGEST = 4000  # A sentence longer than this is cut at a space, so that every pattern stays linear in the page.


def sentences(text: str, language: str = "en") -> Iterator[tuple[int, int]]:
    """Yield (start, end) of each sentence of one paragraph, without the white space around it."""
    start = 0
    for stop in _STOP.finditer(text):
        if _ends(text, start, stop, language):
            yield from _cut(text, start, stop.end())
            start = stop.end()
    yield from _cut(text, start, len(text))


def _ends(text: str, start: int, stop: re.Match[str], language: str) -> bool:
    """Whether this stop ends a sentence."""
    if stop[0][0] != ".":
        follows = _NEXT_WORD.match(text, stop.end())
        return not (stop[0][0] in "!?" and follows and follows[1].islower())
    before = text[max(start, stop.start() - 40) : stop.start() + 1]
    follows = _NEXT_WORD.match(text, stop.end())
    if follows is None:
        return True
    if follows[1].islower():
        return False
    last = _LAST_WORD.search(before)
    word = last[0] if last else ""
    if word.rstrip(".").casefold() in _abbreviations(language) and not stop[0][1:].strip("."):
        return word.rstrip(".").casefold() in _closing(language) and not follows[1].isdigit()
    if _NUMBERED.search(before) and (start == 0 or not text[:start].strip()) and len(text[start : stop.start()]) < 6:
        return False
    return not _INITIALS.search(word) or (len(word) > 4 and follows[1].isupper() and stop[0][1:] != "")


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the stretch without its margins, in pieces where it is too long to be a sentence."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while end - start > LONGEST:
        space = text.rfind(" ", start + LONGEST // 2, start + LONGEST)
        space = space if space > 0 else start + LONGEST
        yield start, space
        start = space
        while start < end and text[start].isspace():
            start += 1
    if start < end:
        yield start, end


@lru_cache(maxsize=16)
def _abbreviations(language: str) -> frozenset[str]:
    """Words that take a stop without ending a sentence."""
    words = lexicon.load("sentences", language)
    return frozenset(word.casefold() for word in [*words.get("abbreviations", []), *words.get("closing", [])])


@lru_cache(maxsize=16)
def _closing(language: str) -> frozenset[str]:
    """Abbreviations that end a sentence where a capital follows: p.m., etc."""
    return frozenset(word.casefold() for word in lexicon.load("sentences", language).get("closing", []))
