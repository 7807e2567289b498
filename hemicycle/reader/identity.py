"""Bodies, terms, meetings and offices under one name each; what the page wrote is kept beside it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from hemicycle.reader import lexicon
from hemicycle.reader.passages import plain


@dataclass(frozen=True, slots=True)
class Numbered:
    """A name without its ordinal, and the ordinal: Seventh Central Committee → Central Committee, 7."""

    name: str
    ordinal: int | None
    original: str


@lru_cache(maxsize=4096)
def ordinal(text: str, language: str = "en") -> int | None:
    """The number of an ordinal in digits or words: 20th, Twenty-first, XIX; nothing where it is none."""
    word = text.strip().casefold().replace("-", " ")
    if found := re.fullmatch(r"(\d{1,4})\s*(?:st|nd|rd|th|ème|eme|er|e|-?[а-я]{1,2}|\.)?", word):
        return int(found[1])
    if found := re.fullmatch(r"[제第]?\s*(\d{1,4})\s*[차기회届次]?", word):
        return int(found[1])
    book = lexicon.load("identity", language)
    ordinals: dict[str, int] = book.get("ordinals", {})
    parts = word.split()
    if len(parts) == 1:
        return ordinals.get(word) or _roman(text.strip())
    if len(parts) == 2 and parts[0] in book.get("tens", {}) and 0 < ordinals.get(parts[1], 0) < 10:
        return int(book["tens"][parts[0]]) + ordinals[parts[1]]
    return None


@lru_cache(maxsize=16)
def ordinal_pattern(language: str = "en") -> str:
    """What an ordinal looks like, as a pattern without groups."""
    book: Mapping[str, Any] = lexicon.load("identity", language)
    units = "|".join(sorted(book.get("ordinals", {}), key=len, reverse=True)) or "(?!)"
    tens = "|".join(book.get("tens", {})) or "(?!)"
    return rf"(?:(?i:(?:(?:{tens})[- ])?(?:{units}))|\d{{1,4}}(?:st|nd|rd|th)|[IVXL]{{1,7}}(?:th)?)"


@lru_cache(maxsize=16)
def _leading(language: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)({ordinal_pattern(language)})(?!\w)\s*")


def without_ordinal(name: str, language: str = "en") -> Numbered:
    """Part a body's name from the ordinal of its term, wherever in the name it stands."""
    original = plain(name)
    for found in _leading(language).finditer(original):
        after = original[found.end() : found.end() + 1]
        number = ordinal(found[1], language)
        if number and after.isupper():
            bare = original[: found.start()] + original[found.end() :]
            return Numbered(tidy(bare), number, original)
    return Numbered(tidy(original), None, original)


def tidy(name: str) -> str:
    """A name without its article and its abbreviation in brackets."""
    name = re.sub(r"\s*\((?:the\s+)?[\"“]?[A-Z][\w.&'-]{0,14}[\"”]?\)", "", plain(name))
    name = re.sub(r"^(?:the|its|their|our|this|a|an|of)\s+", "", name, flags=re.IGNORECASE)
    return " ".join(name.split()).strip(" ,;:.-–—|")


@lru_cache(maxsize=4096)
def compared(name: str, language: str = "en") -> str:
    """A body's or office's name as it is compared: C.C. and Central Committee, Politburo and Political Bureau alike."""
    key = plain(name)
    for short, full in lexicon.load("identity", language).get("same", {}).items():
        key = re.sub(rf"(?<!\w){re.escape(short)}(?!\w)", full, key)
    bare = without_ordinal(key, language)
    key = re.sub(r"[^\w\s]", " ", bare.name.casefold())
    listed = [word for word in key.split() if word not in {"the", "of", "s"}]
    return " ".join(sorted(set(listed)))


def same_body(one: str, other: str, language: str = "en") -> bool:
    """Whether two strings name one body: “C.C., WPK” and “WPK Central Committee”; Seventh is not Eighth."""
    first, second = without_ordinal(one, language), without_ordinal(other, language)
    if first.ordinal and second.ordinal and first.ordinal != second.ordinal:
        return False
    return compared(one, language) == compared(other, language)


@lru_cache(maxsize=16)
def _kinds(language: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    kinds = lexicon.load("identity", language).get("kinds", [])
    return tuple((re.compile(entry["words"], re.IGNORECASE), entry["kind"]) for entry in kinds)


def kind_of(name: str, language: str = "en") -> str | None:
    """The kind of a meeting by the words of its name."""
    return next((kind for pattern, kind in _kinds(language) if pattern.search(name)), None)


def number(text: str, language: str = "en") -> int | None:
    """A count in digits or words."""
    word = text.strip().casefold().replace(",", "")
    if word.isdigit() and len(word) < 10:
        return int(word)
    numbers: dict[str, int] = lexicon.load("identity", language).get("numbers", {})
    return numbers.get(word)


def _roman(text: str) -> int | None:
    """A Roman number up to 89, in capitals."""
    text = text.removesuffix("th")
    if not re.fullmatch(r"(?:L?X{0,3}|XL)(?:IX|IV|V?I{0,3})", text) or not text:
        return None
    values = {"I": 1, "V": 5, "X": 10, "L": 50}
    total = 0
    for here, after in zip(text, [*text[1:], ""], strict=True):
        value = values[here]
        total += -value if after and values[after] > value else value
    return total
