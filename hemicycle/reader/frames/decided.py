"""What was decided, in the words of its sentence, and how it ended."""

import re
from dataclasses import dataclass
from functools import cache

from hemicycle.reader import lexicon
from hemicycle.reader.names import people
from hemicycle.reader.passages import plain
from hemicycle.reader.patterns import Saying, compiled, saying
from hemicycle.reader.sieve import Sieve, places

LOST = re.compile(
    r"(?P<for>\b\d{1,5}) (?:votes? |voted )?(?:for|in favou?r)\b[^.;\d]{0,20}?"
    r"\b(?P<against>\d{1,5}) (?:votes? |voted )?against\b",
    re.IGNORECASE,
)
REFERENCE = re.compile(r"\s\((?=[^()]*\d)(?:[A-Z]{1,4}|[Dd]oc\.?|[Pp]aper)[\s./-]?[\w./-]{1,12}\)")  # (N 110), (S20/31)
SHORT = 6  # Words of a thing decided that may be told more of after its verb.


@dataclass(frozen=True)
class Words:
    how: tuple[tuple[Saying, str], ...]
    may: Sieve
    hint: Sieve
    outcome: Saying
    motion: Saying
    bare: Saying
    never: Saying
    thing: Saying
    no_thing: Saying
    passive_person: Saying
    active_person: Saying
    count: Saying
    tally: Saying


@cache
def words_in(language: str) -> Words:
    book = lexicon.load("outcomes", language) or lexicon.load("outcomes", "en")
    how = tuple((compiled(entry["words"], re.IGNORECASE), entry["how"]) for entry in book.get("how", []))
    keys = (
        "outcome",
        "motion",
        "bare",
        "never",
        "thing",
        "no_thing",
        "passive_person",
        "active_person",
        "count",
        "tally",
    )
    told = lexicon.load("adoption", language) or lexicon.load("adoption", "en")
    may = Sieve([pattern.needles for pattern, _how in how])
    return Words(how, may, Sieve([told["hint"]]), *(saying("adoption", key, language) for key in keys))


def worded(what: str, said: dict[str, str | None], words: Words, language: str, *, whole: bool) -> str:
    """The thing decided in the words of its sentence; who was elected with the verb and to what."""
    verb, rest = said.get("verb") or "", said.get("rest") or ""
    if words.passive_person.search(verb) and "rest" in said:
        return plain(f"{what_of(said['what'] or '', language)} {verb}{short_rest(rest)}").strip(" ,.")
    thing = thing_of(what_of(what, language, whole=whole))
    if verb and words.active_person.search(verb):
        return f"{verb} {thing}"
    goes_on = re.match(
        r"\s+(?!on (?:the |a )?(?:proposal|motion|proposition) of\b)(?:on|concerning|to|for the|about)\s[^,;.]{3,160}",
        rest,
    )
    return plain(thing + goes_on[0]) if goes_on and 0 < len(thing.split()) < SHORT else thing


def thing_of(what: str) -> str:
    """The thing itself: what “which” stands for, without who moved it."""
    what = re.sub(
        r",\s+(?:moved|proposed|tabled|put forward|introduced|presented) by [^,]{3,80},?(?:\s+(?:was|were))?$", "", what
    )
    if found := re.search(
        r"\b((?:the|a|an|his|her|its|their)\s(?:(?!\b(?:to|gave|presented) the\b)[^,])*),\s*(?:which|that)$", what
    ):
        return found[1]
    return what


def resolved(what: str, before: str, words: Words) -> str:
    """“it” is the thing named last before."""
    if found := re.match(r"(?:her|him)(?=\s|$)", what):
        named = people(before[-300:])
        return f"{named[0]}{what[found.end() :]}" if named else what
    if not re.match(r"(?:it|them|this|these|they|both)\b", what, re.IGNORECASE):
        return what
    named = [found[0] for found in words.thing.finditer(before)]
    return re.split(r"\s+(?:was|were|is|are|had|has|have)\s", named[-1], maxsplit=1)[0] if named else what


def short_rest(rest: str) -> str:
    """What an election was to, without what follows."""
    return re.split(
        r",\s+(?:and|who|with|while|after)|\s+(?:with \d|by \d|for a term|and\s+\w+\s+(?:was|were))", rest, maxsplit=1
    )[0]


def what_of(words: str, language: str, *, whole: bool = False) -> str:
    """The thing decided, without the sentence around it; whole, up to the end of its sentence."""
    if whole:
        return re.split(
            r"(?<=[a-z)\d]{2})(?<!\bMr)(?<!\bMs)(?<!\bDr)(?<!\bMrs)(?<!Cllr)(?<!\bSt)(?<!\bNo)(?<!\bLtd)\.\s+(?=[A-Z(])",
            plain(words),
            maxsplit=1,
        )[0].strip(" .,:;-–—")[:400]
    what = saying("adoption", "lead", language).sub("", REFERENCE.sub("", plain(words)).strip())
    what = saying("adoption", "after", language).split(what, maxsplit=1)[0]
    what = re.sub(
        r"^(?:\d+\s?(?:to|-|–)\s?\d+\s+(?:in favou?r of|against|to|for)|that|to|on|:"
        r"|the (?:motion|proposal) (?:that|to)|as follows:)\s+",
        "",
        what.strip(' .,:;-–—"“”'),
        flags=re.IGNORECASE,
    )
    return what.strip(" .,:;-–—")[:400]


def how_of(words: str, language: str) -> str | None:
    """How it ended, in a word or in the page's own count."""
    listed, sieve = words_in(language).how, words_in(language).may
    for place in places(sieve.may(words.lower())):
        pattern, how = listed[place]
        if found := pattern.pattern.search(words):
            if (count := LOST.search(found[0])) and int(count["for"]) < int(count["against"]):
                return "failed"
            return plain(found[0]).strip(" ,.;").casefold() if how == "«words»" else how
    return None
