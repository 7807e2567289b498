"""Names of people and offices as they stand in a sentence, without the titles that are set around them."""

import re
from functools import cache, lru_cache

from hemicycle.reader import lexicon
from hemicycle.reader.identity import tidy
from hemicycle.reader.passages import Text, plain
from hemicycle.reader.patterns import Saying, part, saying

INDEXED = 40_000  # Characters of an article in which full names are looked for.
_INITIAL = re.compile(r"A\. .+|A [A-Z][\w'’-]+")  # An initial that looks like an article.
_SMALL = frozenset({"to", "on", "in", "an", "at", "by", "his", "for"})  # Within a name they are part of it.
# Where a courtesy title begins the next name within a run of capitals: Z Mirza | Ms R Padgett.
_NEXT = re.compile(r"(?<=[a-zà-ÿ])\s+(?=(?:Mr|Mrs|Ms|Mx|Dr|Prof|Professor|Cllr|Sir|Dame|Rev)\.?\s)")
_BRACKETS = re.compile(r"\s*\([^()]{0,80}\)")


@cache
def _name(language: str) -> re.Pattern[str]:
    return re.compile(part("name", language))


@cache
def _office(language: str) -> Saying:
    return saying("names", "office", language)


@cache
def _titles(language: str) -> frozenset[str]:
    """Words that are set before a name and are no part of it."""
    return frozenset(lexicon.load("names", language).get("titles", []))


@cache
def _several(language: str) -> dict[str, str]:
    """The courtesy title of several, and that of one of them: Cllrs, Cllr."""
    return dict(lexicon.load("names", language).get("several", {}))


@cache
def _never(language: str) -> frozenset[str]:
    """Words that begin with a capital and are no names of people."""
    return frozenset(word.casefold() for word in lexicon.load("names", language).get("never", []))


def people(text: str, language: str = "en") -> list[str]:
    """The people named in a phrase, in their order, with courtesy titles and without offices."""
    found = []
    for match in _name(language).finditer(text):
        for piece in _NEXT.split(match[0]):
            name = person(piece, language)
            if name and name not in found:
                found.append(name)
    return found


@lru_cache(maxsize=4096)
def person(name: str, language: str = "en") -> str:
    """A name cut out of a phrase of capitals: Supreme Leader Ada Okoro → Ada Okoro; empty where none is left."""
    name = plain(_BRACKETS.sub("", name)).strip(" ,.;:-")
    listed = name.split()
    if len(listed) > 1 and (one := _several(language).get(listed[0].casefold().rstrip("."))):
        listed[0] = one
    titles, never = _titles(language), _never(language)
    while listed and ((first := listed[0].casefold().strip(",.")) in titles or first in never):
        if _INITIAL.fullmatch(" ".join(listed)) and listed[1].casefold() not in titles:
            break  # A. Boyd, A Boyd
        listed.pop(0)
    while listed and ((word := listed[-1].casefold().strip(",.")) in titles or word in never):
        listed.pop()
    last = max(
        (
            at
            for at, word in enumerate(listed[:-1])
            if word.casefold().strip(",.") in titles
            and len(word.strip(",.")) > 1
            and not (at > 0 and word.casefold() in _SMALL)
        ),
        default=-1,
    )
    listed = listed[last + 1 :]
    if len(listed) == 1 and listed[0].isupper() and len(listed[0]) < 7 and "." not in listed[0]:
        return ""
    if not listed or any(word.endswith(("'s", "s'")) for word in listed):
        return ""
    if any(word.casefold().strip(",.") in never for word in listed):
        return ""
    if len(listed) == 1 and (listed[0].isupper() and len(listed[0]) > 3 and "." in listed[0]):
        return ""
    return " ".join(listed)


def who(phrase: str, language: str = "en") -> list[str]:
    """Who a phrase names as presiding or reporting: people if it names any, otherwise the office."""
    phrase = plain(phrase)
    head = saying("names", "head_ends", language).split(phrase, maxsplit=1)[0]
    head = head.strip(" .:")
    if saying("names", "body", language).fullmatch(head):
        return [tidy(head)]
    if saying("names", "office_of", language).search(head) and (named := people(phrase[len(head) : 200], language)):
        return named[:1] if not people(head.split(" of ")[0], language) else people(head, language)[:1]
    pieces = re.split(r"\s+and\s+|\s*&\s*|\s*/\s*", head)
    if listed := [name for piece in pieces for name in people(piece, language)[:1]]:
        return listed
    if office := _office(language).search(head):
        return [tidy(office[0])]
    return people(phrase[:160], language)[:1]


def full_name(name: str, text: Text) -> str:
    """The name as the page gives it in full, where the surname belongs to one person only: Mr Stent → Oliver Stent."""
    index: dict[str, set[str]] | None = text.facts.get("names")
    if index is None:
        index = text.facts["names"] = _index(text)
    bare = _bare(name, text.language)
    if len(bare) != 1:
        return name
    known = index.get(bare[0].casefold()) or index.get("~" + bare[0].casefold(), set())
    return next(iter(known)) if len(known) == 1 else name


def _index(text: Text) -> dict[str, set[str]]:
    """Surname → the full names that end in it, from the head of the article."""
    index: dict[str, set[str]] = {}
    for name in people(text.page.article.text[:INDEXED], text.language):
        bare = _bare(name, text.language)
        if 2 <= len(bare) <= 4:
            index.setdefault(bare[-1].casefold(), set()).add(" ".join(bare))
            index.setdefault("~" + bare[0].casefold(), set()).add(" ".join(bare))
    return index


def _bare(name: str, language: str) -> list[str]:
    """The words of a name without courtesy titles."""
    courtesy = re.compile(part("courtesy", language) + r"\.?")
    return [word for word in name.split() if not courtesy.fullmatch(word)]
