"""What the name of a meeting says: body, term, number, kind, enlarged, which day's sitting."""

import re
from dataclasses import dataclass
from functools import cache

from hemicycle.reader import lexicon
from hemicycle.reader.identity import kind_of, number, ordinal, ordinal_pattern, tidy, without_ordinal
from hemicycle.reader.passages import plain
from hemicycle.reader.patterns import part


@dataclass(frozen=True, slots=True)
class Named:
    """A meeting as a phrase names it; what the phrase does not say is None."""

    body: str | None
    term_ordinal: int | None
    meeting_ordinal: int | None
    kind: str | None
    enlarged: bool
    sitting_day: int | None
    original: str


@dataclass(frozen=True)
class _Words:
    meeting: re.Pattern[str]
    ordinal: re.Pattern[str]
    sitting: tuple[re.Pattern[str], ...]
    enlarged: re.Pattern[str]
    own_body: re.Pattern[str]
    body: re.Pattern[str]
    of: re.Pattern[str]
    stop: re.Pattern[str]
    article: re.Pattern[str]
    verb: re.Pattern[str]
    numbered: re.Pattern[str]


def meeting_named(phrase: str, language: str = "en", *, body: str | None = None) -> Named | None:
    """Read the name of a meeting; body is who is said to have held it. None where the phrase names no meeting."""
    words = _words(language)
    original = plain(phrase)
    text, sitting = _sitting(original, words)
    found = _word(text, words)
    if found is None and body is None:
        return None
    before, word, after = (text[: found.start()], found[0], text[found.end() :]) if found else ("", "", "")
    own = _number(before, words, language)
    if own is None and found and (told := words.numbered.match(after)):
        own = int(told["number"])
    owner = _owner(before, after, word, words, language)
    if not owner or _generic(owner):
        owner = body or owner
    kind = kind_of(f"{_adjectives(before, words, language)} {word}".strip(), language)
    if owner is None and words.own_body.search(word):
        owner = _own(before, word, words, language)
    named = without_ordinal(owner, language) if owner else None
    term = named.ordinal if named else None
    if named and own is None and _is_congress(named.name, words):
        own, term = term, None
    return Named(
        named.name if named and named.name else None,
        term,
        own,
        kind,
        bool(words.enlarged.search(before + word)),
        sitting,
        original,
    )


def _sitting(text: str, words: _Words) -> tuple[str, int | None]:
    """Take “the second-day sitting of” off the phrase."""
    for pattern in words.sitting:
        if found := pattern.search(text):
            return (text[: found.start()] + text[found.end() :]).strip(), ordinal(found["day"]) or number(found["day"])
    return text, None


def _word(text: str, words: _Words) -> re.Match[str] | None:
    """The word for the meeting itself: the first that is not the name of a body further on."""
    return next(words.meeting.finditer(text), None)


def _number(before: str, words: _Words, language: str) -> int | None:
    """The meeting's number: the last ordinal before its word with nothing but adjectives between."""
    listed = [*words.ordinal.finditer(before)]
    if not listed:
        return None
    found = listed[-1]
    between = before[found.end() :].strip()
    if between and any(word[:1].isupper() and not _adjective(word, language) for word in between.split()):
        return None
    return ordinal(found[1], language)


def _adjective(word: str, language: str) -> bool:
    return re.fullmatch(part("adjective", language), word.strip(","), re.IGNORECASE) is not None


def _adjectives(before: str, words: _Words, language: str) -> str:
    """The adjectives directly before the meeting's word."""
    kept: list[str] = []
    for word in reversed(before.split()[-6:]):
        if not (_adjective(word, language) or words.ordinal.fullmatch(word) or word.casefold() in {"members'", "and"}):
            break
        kept.append(word)
    return " ".join(reversed(kept))


def _owner(before: str, after: str, word: str, words: _Words, language: str) -> str | None:
    """The body: what follows “of the”, or what stands before the number or the adjectives."""
    if found := words.of.match(after):
        owner = words.stop.split(after[found.end() :], maxsplit=1)[0].strip(" ,")
        owner = re.sub(r"\s*\([^()]*\)\s*$", "", owner) if owner.count("(") else owner
        if owner and words.own_body.search(word):
            own = _own(before, word, words, language)
            the = "the " if re.search(r"\bthe\s+$", found[0]) else ""
            return f"{own} of {the}{owner}" if own else owner
        if owner:
            return owner
    head = before[: len(before) - len(_adjectives(before, words, language))].rstrip() if before else ""
    head = before.rstrip()
    if tail := _adjectives(before, words, language):
        head = head[: head.rfind(tail.split()[0])].rstrip() if tail.split()[0] in head else head
    head = words.verb.sub("", head.rstrip(" ,").rsplit(", ", 1)[-1])
    head = re.sub(r"(?:'s|s')$", lambda m: "s" if m[0] == "s'" else "", head.strip(" ,:–—-|"))
    if words.body.search(head):
        return head
    return None


def _own(before: str, word: str, words: _Words, language: str) -> str:
    """The body that a congress, conference or synod is itself, without what a sentence sets before its article."""
    before = words.article.split(before)[-1]
    kept = [
        w for w in before.split() if not words.ordinal.fullmatch(w) and w.casefold() not in {"the", "a", "its", "an"}
    ]
    kept = [
        w
        for w in kept
        if w.casefold()
        not in {
            "annual",
            "extraordinary",
            "special",
            "regular",
            "ordinary",
            "biennial",
            "triennial",
            "quadrennial",
            "quinquennial",
            "inaugural",
        }
    ]
    return tidy(" ".join([*kept, word]))


def _is_congress(body: str, words: _Words) -> bool:
    return words.own_body.match(body.split(" of ", maxsplit=1)[0].rsplit(maxsplit=1)[-1] if body else "") is not None


def _generic(owner: str) -> bool:
    """Whether a body is named by its word alone: the Council, the Board."""
    return len(tidy(owner).split()) < 2


@cache
def _words(language: str) -> _Words:
    book = lexicon.load("naming", language) or lexicon.load("naming", "en")
    return _Words(
        re.compile(rf"\b{part('meeting', language)}\b", re.IGNORECASE),
        re.compile(rf"(?<!\w)({ordinal_pattern(language)})(?!\w)"),
        tuple(re.compile(entry, re.IGNORECASE) for entry in book["sitting"]),
        re.compile(book["enlarged"], re.IGNORECASE),
        re.compile(book["own_body"], re.IGNORECASE),
        re.compile(rf"\b{part('bodyword', language)}\b", re.IGNORECASE),
        re.compile(book["of"], re.IGNORECASE),
        re.compile(book["stop"], re.IGNORECASE),
        re.compile(book["article"], re.IGNORECASE),
        re.compile(book.get("verb", "(?!)"), re.IGNORECASE),
        re.compile(book.get("numbered", "(?!)")),
    )
