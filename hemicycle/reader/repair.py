"""The article as running text, repaired; every repair is recorded, and nothing is guessed."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from hemicycle.reader.blocks import Draft
from hemicycle.reader.rejoin import Order, Piece, Rejoiner
from hemicycle.reader.shape import Repair, Running, Span, Weaver
from hemicycle.reader.spelling import Mended, Spelling, mend, opening, spelling, unbroken

BLANKS = re.compile(
    r"[^\S\n]*[\r\n\f\v\x85\u2028\u2029]+\s*|[\u200b-\u200d\u2060\ufeff\x00]+|\u00ad\s*|[ \t\xa0]{2,}|\xa0"
)
BROKEN = re.compile(r"(?<![^\W\d_])(?P<first>[^\W\d_]{2,40})[-\u2010\u2011]\s*[\r\n]+\s*(?P<second>[^\W\d_]{2,40})")
STRAYS_AT_MOST = 20_000  # With more, the signs between the letters are no slips.
SPACED = re.compile(r"(?<![-–—] )\b(?P<first>[a-z]{3,40})- (?P<second>[a-z]{3,40})\b")
SUSPENDED = frozenset(["and", "or", "nor", "to", "und", "oder", "et", "ou", "y", "o"])
CAPITAL = re.compile(r"(?P<first>[A-Z])\s+(?P<second>[a-z]{2,})\b")
WORD = re.compile(r"[^\W_]+")


class Counts:
    """How often the article has each word; counted when it is first asked for, which few pages need."""

    def __init__(self, drafts: list[Draft], text: str) -> None:
        self._drafts, self._text = drafts, text
        self._counted: Counter[str] | None = None

    def get(self, word: str, default: int) -> int:
        """How often the word stands in the article."""
        if self._counted is None:
            words = "\n".join(self._text[draft.start : draft.end] for draft in self._drafts)
            self._counted = Counter(found.lower() for found in WORD.findall(words))
        return self._counted.get(word, default)


@dataclass(slots=True)
class Repaired:
    """Running text with the record of what was done to it."""

    running: Running
    repairs: tuple[Repair, ...]
    lost: tuple[Span, ...]


@dataclass(slots=True)
class _Loom:
    """What the weaving of one article goes by."""

    text: str
    known: Spelling
    counts: Counts
    weaver: Weaver = field(default_factory=Weaver)
    repairs: list[Repair] = field(default_factory=list)


def repaired(drafts: list[Draft], text: str, language: str) -> Repaired:
    """The article of these blocks in reading order."""
    order = Rejoiner(drafts, text, language).order() if drafts else Order([])
    loom = _Loom(text, spelling(language), Counts(drafts, text))
    lost = list(order.lost)
    _weave(loom, order.pieces, drafts, lost)
    return Repaired(
        loom.weaver.running(), tuple(sorted(loom.repairs, key=lambda repair: repair.span)), tuple(sorted(lost))
    )


def _weave(loom: _Loom, pieces: list[Piece], drafts: list[Draft], lost: list[Span]) -> None:
    """Every piece after the other, joined where one goes on in the next."""
    for number, piece in enumerate(pieces):
        draft = drafts[piece.block]
        start = piece.start
        if number and piece.joined:
            start = _join(loom, pieces[number - 1], piece)
        elif number:
            loom.weaver.join("\n\n")
        if not piece.joined:
            start = _begin(
                loom, start, piece, first=number == 0 or drafts[piece.block - 1].form == "heading", lost=lost
            )
        after = pieces[number + 1] if number + 1 < len(pieces) else None
        end = piece.end
        if after is not None and after.joined and loom.text[end - 1 : end] in "-\u2010\u2011" and end - 1 > start:
            end = _before_hyphen(loom, start, end, after)
        _stretch(loom, start, end, draft)


def _join(loom: _Loom, before: Piece, piece: Piece) -> int:
    """Put a sentence together again; gives where in the piece the text goes on."""
    text = loom.text
    hyphen = text[before.end - 1 : before.end] in "-\u2010\u2011" and before.end - before.start > 1
    first = re.search(r"[^\W\d_]{2,}(?=[-\u2010\u2011]\Z)", text[max(before.start, before.end - 40) : before.end])
    second = re.match(r"[^\W\d_]{2,}", text[piece.start : piece.start + 40])
    if hyphen and first is not None and second is not None:
        whole, confidence = unbroken(first[0], second[0], loom.known, loom.counts)
        span = Span(before.end - 1 - len(first[0]), before.end)
        loom.weaver.add(whole[len(first[0]) :], piece.start, len(second[0]))
        loom.repairs.append(Repair(span, text[span.start : span.end], whole, "a word broken by a hyphen", confidence))
        return piece.start + len(second[0])
    loom.weaver.join(" ")
    if (
        text[before.end : piece.start].strip()
        or piece.start < before.end
        or piece.why != "a sentence parted between two paragraphs"
    ):
        last = re.search(r"\S{1,40}\Z", text[max(before.start, before.end - 40) : before.end])
        words = last[0] if last else ""
        span = Span(before.end - len(words), before.end)
        head = text[piece.start : min(piece.end, piece.start + 40)].split("\n")[0]
        loom.repairs.append(Repair(span, words, f"{words} {head}", piece.why, piece.confidence))
    return piece.start


def _begin(loom: _Loom, start: int, piece: Piece, *, first: bool, lost: list[Span]) -> int:
    """A first letter set large that was lost, or stands apart."""
    if not first:
        return start
    head = loom.text[start : min(piece.end, start + 60)]
    apart = CAPITAL.match(head)
    if apart is not None:
        whole = apart["first"] + apart["second"]
        if whole in loom.known.openings and not (apart["first"] in "AI" and apart["second"] in loom.known.known):
            loom.weaver.add(whole, start, apart.end())
            loom.repairs.append(
                Repair(Span(start, start + apart.end()), apart[0], whole, "a first letter set apart", 0.9)
            )
            return start + apart.end()
        return start
    word = re.match(r"[a-z]+", head)
    if word is None or not first:
        return start
    whole = opening(word[0], loom.known) or ""
    if not whole:
        lost.append(Span(start, start))
        return start
    loom.weaver.add(whole, start, len(word[0]))
    loom.repairs.append(
        Repair(Span(start, start + len(word[0])), word[0], whole, "a first letter set large and lost", 0.85)
    )
    return start + len(word[0])


def _before_hyphen(loom: _Loom, start: int, end: int, after: Piece) -> int:
    """Up to the hyphen that a joined word sheds."""
    continues = re.match(r"[^\W\d_]{2,}", loom.text[after.start : after.start + 40])
    broken = re.search(r"[^\W\d_]{2,}[-\u2010\u2011]\Z", loom.text[max(start, end - 40) : end])
    return end - 1 if continues is not None and broken is not None else end


def _stretch(loom: _Loom, start: int, end: int, draft: Draft) -> None:
    """The words of one piece, with what is cut out or changed within it."""
    at = start
    for change in _changes(loom, start, end, draft):
        if change.start < at:
            continue
        loom.weaver.add(loom.text[at : change.start], at)
        _put(loom, change)
        at = change.end
    loom.weaver.add(loom.text[at:end], at)


def _put(loom: _Loom, change: Mended) -> None:
    """One change: what is the same at both ends keeps its own place."""
    original = loom.text[change.start : change.end]
    if not change.rule:
        loom.weaver.join(change.repaired)
        return
    span = Span(change.start, change.end)
    loom.repairs.append(Repair(span, original, change.repaired, change.rule, change.confidence))
    head = 0
    while head < min(len(original), len(change.repaired)) and original[head] == change.repaired[head]:
        head += 1
    tail = 0
    while tail < min(len(original), len(change.repaired)) - head and original[-1 - tail] == change.repaired[-1 - tail]:
        tail += 1
    middle = change.repaired[head : len(change.repaired) - tail]
    loom.weaver.add(original[:head], change.start)
    length = len(original) - head - tail
    if length or not loom.weaver.begun:
        loom.weaver.add(middle, change.start + head, length)
    else:
        loom.weaver.join(middle)
    if tail:
        loom.weaver.add(original[len(original) - tail :], change.end - tail)


def _changes(loom: _Loom, start: int, end: int, draft: Draft) -> Iterator[Mended]:
    """Everything that changes within a piece, in order; a change without a rule is mark-up or a line's end."""
    found: list[Mended] = [
        Mended(cut.start, cut.end, "", "", 1.0) for cut in draft.cuts if start <= cut.start and cut.end <= end
    ]
    text = loom.text
    hyphens = any(text.find(sign, start, end) >= 0 for sign in "-\u2010\u2011")
    for broken in BROKEN.finditer(text, start, end) if hyphens else ():
        if broken["second"][0].islower() or broken["first"].isupper():
            whole, confidence = unbroken(broken["first"], broken["second"], loom.known, loom.counts)
            found.append(Mended(broken.start(), broken.end(), whole, "a word broken by a hyphen", confidence))
    for broken in SPACED.finditer(text, start, end) if hyphens else ():
        if broken["second"] in SUSPENDED:
            continue
        whole, confidence = unbroken(broken["first"], broken["second"], loom.known, loom.counts)
        if confidence > 0.9:
            found.append(Mended(broken.start(), broken.end(), whole, "a word broken by a hyphen", confidence))
    kept = draft.form == "row"
    if text.count("\x00", start, end) + text.count("\xad", start, end) > STRAYS_AT_MOST:
        return iter(())
    piece = text[start:end]
    clean = piece.isprintable() and "  " not in piece
    for blanks in BLANKS.finditer(text, start, end) if not clean else ():
        blank = blanks[0]
        if kept and blank != "\xa0" and not blank.strip(" \t\xa0"):
            continue
        space = any(sign.isspace() for sign in blank) and "\xad" not in blank
        found.append(Mended(blanks.start(), blanks.end(), " " if space else "", "", 1.0))
    found.extend(mend(text, start, end, loom.known, loom.counts))
    return iter(sorted(found, key=lambda change: (change.start, -change.end)))
