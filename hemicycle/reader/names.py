"""Names of people and offices as they stand in a sentence, without the titles that are set around them."""

import re
from functools import cache

from hemicycle.reader import lexicon
from hemicycle.reader.identity import tidy
from hemicycle.reader.passages import plain
from hemicycle.reader.patterns import part

_BRACKETS = re.compile(r"\s*\([^()]{0,80}\)")


@cache
def _name(language: str) -> re.Pattern[str]:
    return re.compile(part("name", language))


@cache
def _office(language: str) -> re.Pattern[str]:
    return re.compile(rf"(?:the\s+)?(?:[\w'’-]+\s+){{0,3}}?{part('office', language)}\b", re.IGNORECASE)


@cache
def _never(language: str) -> frozenset[str]:
    """Words that begin with a capital and are no names of people."""
    return frozenset(word.casefold() for word in lexicon.load("names", language).get("never", []))


def people(text: str, language: str = "en") -> list[str]:
    """The people named in a phrase, in their order, with courtesy titles and without offices."""
    found = []
    for match in _name(language).finditer(text):
        name = person(match[0], language)
        if name and name not in found:
            found.append(name)
    return found


def person(name: str, language: str = "en") -> str:
    """A name cut out of a phrase of capitals: Supreme Leader Ada Okoro → Ada Okoro; empty where none is left."""
    name = plain(_BRACKETS.sub("", name)).strip(" ,.;:-")
    listed = name.split()
    titles = set(lexicon.load("names", language).get("titles", []))
    while listed and (
        listed[0].casefold().strip(",.") in titles or listed[0].casefold().strip(",.") in _never(language)
    ):
        listed.pop(0)
    while listed and listed[-1].casefold().strip(",.") in titles | _never(language):
        listed.pop()
    if not listed or any(word.casefold().strip(",.") in _never(language) for word in listed):
        return ""
    if len(listed) == 1 and (listed[0].isupper() and len(listed[0]) > 3 and "." in listed[0]):
        return ""
    return " ".join(listed)


def who(phrase: str, language: str = "en") -> list[str]:
    """Who a phrase names as presiding or reporting: people if it names any, otherwise the office."""
    phrase = plain(phrase)
    head = re.split(
        r"(?:,|;|\.\s|\s(?:at|on|who|which|with|and asked|and welcomed|and read|and opened|in|as|for|was|before)\s)",
        phrase,
    )[0]
    pieces = re.split(r"\s+and\s+|\s*&\s*|\s*/\s*", head)
    listed = [name for piece in pieces for name in people(piece, language)[:1]]
    if listed:
        return listed
    if named := people(phrase[:160], language):
        return named[:1]
    if office := _office(language).search(head):
        return [tidy(office[0])]
    return []
