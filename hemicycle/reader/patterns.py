"""The patterns of all genres of a language, gathered from its files and compiled once."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from typing import Any

from hemicycle.reader import lexicon
from hemicycle.reader.needles import LISTS, all_needles, needles
from hemicycle.reader.sieve import Sieve, places

FURTHER = ("hint", "needs", "not", "when")  # What else an entry looks for in a sentence or in what it matched.


@dataclass(frozen=True, slots=True)
class Rule:
    """One pattern of a frame: its name (file and place), what it looks for and what it says of a match."""

    name: str
    pattern: re.Pattern[str]
    says: Mapping[str, Any]
    needles: tuple[tuple[str, ...], ...] = ()
    lower: re.Pattern[str] | None = None  # The same for small letters: far quicker where it does not match.
    further: Mapping[str, re.Pattern[str]] = field(default_factory=dict)

    def search(self, text: str, low: str) -> re.Match[str] | None:
        """The first match in a text that is given in small letters too."""
        if self.lower is not None and self.lower.search(low) is None:
            return None
        return self.pattern.search(text)

    def meets(self, name: str, text: str) -> bool:
        """Whether the entry has no such further pattern, or the text has it."""
        pattern = self.further.get(name)
        return pattern is None or pattern.search(text) is not None

    def has(self, name: str, text: str) -> bool:
        """Whether the entry has such a further pattern, and the text has it."""
        pattern = self.further.get(name)
        return pattern is not None and pattern.search(text) is not None


class Saying:
    """One pattern that is only tried where one of its needles stands in the text."""

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self.pattern = pattern
        self.needles = needles(pattern.pattern)

    @cached_property
    def lower(self) -> re.Pattern[str] | None:
        """The same for small letters."""
        return _lowered(self.pattern)

    def _may(self, low: str) -> bool:
        if not self.needles:
            return True
        for needle in self.needles:  # noqa: SIM110  # any() with a generator takes three times as long.
            if needle in low:
                return True
        return False

    def stands(self, text: str, low: str) -> bool:
        """Whether it matches anywhere in a text that is given in small letters too."""
        if not self._may(low):
            return False
        return (self.pattern.search(text) if self.lower is None else self.lower.search(low)) is not None

    def search(self, text: str) -> re.Match[str] | None:
        """The first match anywhere."""
        return self.pattern.search(text) if self._may(text.lower()) else None

    def match(self, text: str) -> re.Match[str] | None:
        """The match at the beginning."""
        return self.pattern.match(text)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """The match of the whole."""
        return self.pattern.fullmatch(text)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """All matches from left to right."""
        return self.pattern.finditer(text) if self._may(text.lower()) else iter(())

    def split(self, text: str, maxsplit: int = 0) -> list[str]:
        """The text parted at the matches; the pattern has groups only where they are wanted."""
        return self.pattern.split(text, maxsplit) if self._may(text.lower()) else [text]

    def sub(self, by: str, text: str) -> str:
        """The text with the matches replaced."""
        return self.pattern.sub(by, text) if self._may(text.lower()) else text


def compiled(pattern: str, flags: int = 0) -> Saying:
    """A pattern that is tried only where it can match."""
    return Saying(re.compile(pattern, flags))


@cache
def genres(language: str) -> tuple[str, ...]:
    """The names of the genre files of a language."""
    tag = language.lower().split("-")[0]
    return tuple(sorted(path.name.split(".")[0] for path in lexicon.PLACE.glob(f"genre-*.{tag}.toml")))


@cache
def told(language: str) -> tuple[str, ...]:
    """The names of the files that say how one family of facts is told, whatever the genre."""
    tag = language.lower().split("-")[0]
    return tuple(sorted(path.name.split(".")[0] for path in lexicon.PLACE.glob(f"told-*.{tag}.toml")))


@cache
def rules(key: str, language: str) -> tuple[Rule, ...]:
    """All patterns under that key ([[key]] with match = …) in a language's files of facts and genres, in file order."""
    return tuple(_rules(key, language))


def _rules(key: str, language: str) -> Iterator[Rule]:
    named = _parts(language)
    for genre in (*told(language), *genres(language)):
        for place, entry in enumerate(lexicon.load(genre, language).get(key, [])):
            flags = 0 if entry.get("exact_case") else re.IGNORECASE
            pattern = re.compile(_filled(entry["match"], named), flags)
            further = {name: re.compile(entry[name], re.IGNORECASE) for name in FURTHER if name in entry}
            lower = _lowered(pattern)
            yield Rule(f"{genre}.{key}.{place + 1}", pattern, entry, all_needles(pattern.pattern), lower, further)


def _lowered(pattern: re.Pattern[str]) -> re.Pattern[str] | None:
    """The pattern for texts in small letters; none where capitals tell in it."""
    own = re.sub(r"\\[A-Za-z]|\(\?P<\w+>", "", pattern.pattern)
    same = pattern.flags & re.IGNORECASE and "(?-i" not in own and own == own.lower()
    return re.compile(pattern.pattern, pattern.flags & ~re.IGNORECASE) if same else None


@cache
def _parts(language: str) -> Mapping[str, str]:
    """Named parts that patterns may use in angle brackets: <name>, <meeting>; a part may use those before it."""
    named: dict[str, str] = {}
    for key, part in lexicon.load("parts", language).items():
        pattern = "|".join(map(str, part)) if isinstance(part, list) else str(part)
        named[key] = f"(?:{_filled(pattern, named)})"
    return named


def _filled(pattern: str, named: Mapping[str, str]) -> str:
    """The pattern with its named parts put in: «name»."""
    return re.sub(r"«(\w+)»", lambda found: named[found[1]], pattern)


@cache
def part(key: str, language: str) -> str:
    """One named part as a pattern."""
    return _parts(language).get(key, "(?!)")


def fitting(key: str, language: str, low: str) -> Iterator[Rule]:
    """The patterns of that key that may match a text, given in small letters: one of their needles stands in it."""
    _sieves, parts = _all(language)
    if (part := parts.get(key)) is not None:
        at, listed = part
        for place in places((_fit(language, low) >> at) & ((1 << len(listed)) - 1)):
            yield listed[place]


@lru_cache(maxsize=4096)
def _fit(language: str, low: str) -> int:
    """All patterns that may match a text, as bits: every frame asks this of every sentence."""
    sieves, _keys = _all(language)
    found = sieves[0].may(low)
    for sieve in sieves[1:]:
        found &= sieve.may(low)
    return found


@cache
def _all(language: str) -> tuple[tuple[Sieve, ...], Mapping[str, tuple[int, tuple[Rule, ...]]]]:
    """The patterns of all keys behind sieves; for each key, where its patterns begin, and the patterns."""
    books = (lexicon.load(name, language) for name in (*told(language), *genres(language)))
    keys = sorted({key for book in books for key, entries in book.items() if key != "signs" and _is_key(entries)})
    parts: dict[str, tuple[int, tuple[Rule, ...]]] = {}
    listed: list[Rule] = []
    for key in keys:
        parts[key] = len(listed), rules(key, language)
        listed.extend(parts[key][1])
    return tuple(Sieve([rule.needles[at] for rule in listed]) for at in range(LISTS)), parts


def _is_key(entries: object) -> bool:
    """Whether this part of a lexicon holds patterns that are tried on sentences."""
    return isinstance(entries, list) and all(isinstance(entry, dict) and "match" in entry for entry in entries)


@cache
def saying(name: str, key: str, language: str) -> Saying:
    """One pattern of a lexicon by its key; English where the language has none; «parts» may be used."""
    entry = lexicon.load(name, language).get(key)
    named = _parts(language)
    if entry is None:
        entry, named = lexicon.load(name, "en").get(key, "(?!)"), _parts("en")
    return Saying(re.compile(_filled(str(entry), named), re.IGNORECASE))


@cache
def labels(language: str) -> Mapping[str, Mapping[str, str]]:
    """What a line's label says (“Apologies for absence:”): label in small letters → the entry of its role."""
    listed: dict[str, Mapping[str, str]] = {}
    for genre in genres(language):
        for role, entries in lexicon.load(genre, language).get("labels", {}).items():
            for category, names in entries.items():
                for name in names:
                    listed.setdefault(str(name).casefold(), {"role": role, "category": category})
    return listed
