"""Words that were misread: known by the lexicon of their language, and by the rest of the page itself."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Protocol

from hemicycle.reader import lexicon
from hemicycle.reader.blocks import simple_words

TOKEN = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
LIGATURES = {"ﬁ": "fi", "ﬂ": "fl", "ﬀ": "ff", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
LIGATURE = re.compile("[" + "".join(LIGATURES) + "]")
CAPITAL_I = re.compile(r"\b(?!Mc|Mac|Fitz|De|Linked|Wi|Hi)[A-Za-z]?[a-z]{2,30}I(?:[a-z]{1,30}\b|\b)")
SMALL_L = re.compile(
    r"l(?:(?<![\w'’.-]l)(?=(?:n|t|s|f|tem|tems|ssue|nternational|nformation)\b)|(?<=[A-Z]l)(?=[A-Z]{1,30}\b))"
)
ONE = re.compile(r"l(?:(?<=[€£$\d]l)(?=\d)|(?<!\wl)(?=\d{1,3}(?!\w)))")
INNER = re.compile(r"[a-z][A-Z]")
CAMEL = re.compile(r"\b(of|in|to|and|for|the|by|on|at|from|with)([A-Z][a-z]{3,})\b")
HYPHENATED = re.compile(r"\b[A-Za-z]{1,40}-(?:of|to|by|in|for|on)-the[a-z]{3,30}\b")
OF_THE_WORDS = ("theory", "theft", "theme", "theatre", "theater", "thesis", "there", "these", "them", "then", "they")


class Counted(Protocol):
    """Says how often a page has a word."""

    def get(self, word: str, default: int, /) -> int:
        """How often the word stands on the page."""


@dataclass(frozen=True, slots=True)
class Mended:
    """text[start:end] was read for what should be there."""

    start: int
    end: int
    repaired: str
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Spelling:
    """What a language's repairs go by."""

    known: frozenset[str]
    misread: Mapping[str, str]
    joined: Mapping[str, tuple[str, str]]
    openings: tuple[str, ...]
    keep_hyphen: frozenset[str]
    compounds: Mapping[str, str]
    before_il: str
    suspects: frozenset[str]  # Every word that may have to be repaired.


@cache
def spelling(language: str) -> Spelling:
    """The repairs of a language; none where it has no lexicon."""
    table = lexicon.load("repair", language)
    known = frozenset(table.get("words", "").split()) | frozenset(table.get("functions", ()))
    right = frozenset(table.get("right", ())) | known
    solid = frozenset(table.get("solid", ()))  # Prefixes that are written either way.
    compounds = {
        word.replace("-", ""): word for word in table.get("compounds", ()) if word.split("-", 1)[0] not in solid
    }
    for word in table.get("compounds", ()):
        parts = word.split("-")
        if parts[0] in solid:
            continue
        compounds.update(
            {"-".join([*parts[:at], parts[at] + parts[at + 1], *parts[at + 2 :]]): word for at in range(len(parts) - 1)}
        )
    misread = dict(_misread(known, right, table.get("confusions", ())))
    joined = dict(_joined(table, right)) | {
        f"the{word}": ("the", word) for word in known if len(word) > 5 and f"the{word}" not in right
    }
    compounds = {key: value for key, value in compounds.items() if key not in right}
    return Spelling(
        known,
        misread,
        joined,
        tuple(table.get("openings", ())),
        frozenset(table.get("keep_hyphen", ())),
        compounds,
        "|".join(table.get("before_il", ())),
        frozenset(misread) | frozenset(compounds) | frozenset(joined) | frozenset(word.capitalize() for word in joined),
    )


def _misread(known: frozenset[str], right: frozenset[str], confusions: list[list[str]]) -> Iterator[tuple[str, str]]:
    """Every word with one confusion in it, where that makes no other word."""
    for word in known:
        if len(word) < 4:
            continue
        for form in (word, word.capitalize()):
            for meant, read in confusions:
                at = form.find(meant)
                while at >= 0:
                    wrong = form[:at] + read + form[at + len(meant) :]
                    if (
                        wrong.lower() not in right
                        and wrong not in right
                        and not (len(word) < 6 and _alike(wrong, right))
                    ):
                        yield wrong, form
                    at = form.find(meant, at + 1)


def _alike(wrong: str, right: frozenset[str]) -> bool:
    """A short wrong form of letters alone may be a name or a word that the lexicon lacks."""
    return wrong.isalpha() and wrong[1:].islower() and not wrong.lower().startswith(("rn", "vv"))


def _joined(table: Mapping[str, list[str]], right: frozenset[str]) -> Iterator[tuple[str, tuple[str, str]]]:
    """Two short words run together, where that makes no word."""
    never = frozenset(table.get("not_joined", ()))
    for one in table.get("leaders", ()):
        for two in table.get("followers", ()):
            word = one + two
            if one != two and len(word) >= 5 and word not in right and word not in never:
                yield word, (one, two)


def mend(text: str, start: int, end: int, known: Spelling, counts: Counted) -> Iterator[Mended]:
    """The misread words of text[start:end], in order; counts says how often the page has each word."""
    piece = text[start:end]
    tokens = TOKEN.findall(piece) if "-" in piece or "_" in piece else simple_words(piece)
    if not known.suspects.isdisjoint(tokens):
        for found in TOKEN.finditer(piece):
            mended = _word(found[0], known, counts) if found[0] in known.suspects else None
            if mended is not None:
                yield Mended(start + found.start(), start + found.end(), *mended)
    yield from _signs(piece, start, known)


def _word(word: str, known: Spelling, counts: Counted) -> tuple[str, str, float] | None:
    meant = known.misread.get(word)
    if meant is not None and counts.get(word.lower(), 0) <= max(2, counts.get(meant.lower(), 0)):
        return meant, "letters read for one another", 0.95 if counts.get(meant.lower(), 0) else 0.85
    parts = known.joined.get(word.lower())
    if parts is not None:
        return word[: len(parts[0])] + " " + word[len(parts[0]) :], "words run together", 0.9
    compound = known.compounds.get(word)
    return (compound, "a hyphen lost at the end of a line", 0.9) if compound is not None else None


def _signs(piece: str, start: int, known: Spelling) -> Iterator[Mended]:
    """What shows in the letters themselves, whatever the lexicon."""
    for found in LIGATURE.finditer(piece) if not piece.isascii() else ():
        yield Mended(start + found.start(), start + found.end(), LIGATURES[found[0]], "a ligature", 1.0)
    if "I" in piece:
        for found in CAPITAL_I.finditer(piece):
            word = found[0]
            if word not in known.misread:
                yield Mended(
                    start + found.start(), start + found.end(), word.replace("I", "l"), "a capital I read for an l", 0.8
                )
    yield from _small_l(piece, start) if "l" in piece and known.known else ()
    if known.before_il and "II" in piece:
        for found in re.finditer(rf"\b(?:{known.before_il})\s+II(?!\w)", piece):
            at = start + found.end() - 2
            yield Mended(at, at + 2, "Il", "a capital I read for an l in a name", 0.95)
    for found in CAMEL.finditer(piece) if INNER.search(piece) else ():
        yield Mended(start + found.start(), start + found.end(), f"{found[1]} {found[2]}", "words run together", 0.9)
    for found in HYPHENATED.finditer(piece) if "-the" in piece else ():
        head, tail = found[0].rsplit("-the", 1)
        whole = "the" + tail
        if whole not in OF_THE_WORDS and found[0].lower() not in known.compounds:
            yield Mended(
                start + found.start(),
                start + found.end(),
                f"{head}-the-{tail}",
                "a hyphen lost at the end of a line",
                0.75,
            )


def _small_l(piece: str, start: int) -> Iterator[Mended]:
    """A small l where there should be a capital I or a one."""
    for pattern, meant, rule in (
        (SMALL_L, "I", "a small l read for a capital I"),
        (ONE, "1", "a small l read for a one"),
    ):
        for found in pattern.finditer(piece):
            at = start + found.start()
            yield Mended(at, at + 1, meant, rule, 0.85)


def opening(word: str, known: Spelling) -> str | None:
    """The word whose first letter, set large, was lost."""
    for whole in known.openings:
        if len(whole) > 1 and whole[1:] == word:
            return whole
    wholes = [letter + word for letter in "abcdefghijklmnopqrstuvwxyz" if letter + word in known.known]
    return wholes[0].capitalize() if len(wholes) == 1 and word not in known.known else None


def unbroken(first: str, second: str, known: Spelling, counts: Counted) -> tuple[str, float]:
    """A word that a line's end broke, put together, with its hyphen where it has one of its own."""
    whole, apart = (first + second).lower(), f"{first}-{second}".lower()
    if counts.get(apart, 0) or apart in known.compounds.values():
        return f"{first}-{second}", 0.95
    if whole in known.known or counts.get(whole, 0):
        return first + second, 0.97
    if first.lower() in known.keep_hyphen or (
        first.lower() in known.known and second.lower() in known.known and len(first) > 3
    ):
        return f"{first}-{second}", 0.7
    return first + second, 0.8
