"""What every kind of source is laid out as before anyone asks what it says: text, and blocks in physical order."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from hemicycle.reader.shape import Label, Span

LOOKED_AT = 3_000  # Characters of one block that the rules look at: a cue stands at its beginning or its end.
READ_AT_MOST = 1_500_000  # Characters of a source that are read for their article; a book has fewer.
BLOCKS_AT_MOST = 20_000

BLANKS = re.compile(r"[\s\x00-\x1f\xa0\u200b-\u200f\u2028\u2029\u202a-\u202e\u2060-\u2069\ufeff]+")
WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
MARKER = re.compile(
    r"\s{0,40}(?:[-*•●▪◦·‣–—+]\s+(?:\[[ xX]\]\s+)?"
    r"|\(?\d{1,3}(?:\.\d{1,3}){0,3}[.):]?\s+(?=\S)|\(?(?:[a-z]|[ivx]{1,5}|[A-Z])[.)]\s+)"
)
SIMPLE = re.compile(r"\w+")
NO_SIGNS = {code: " " for code in range(128) if not SIMPLE.match(chr(code))}
TERMINAL = re.compile(r"[.!?。!?…][\"'”’»)\]]{0,3}\s*\Z")
SCRIPTED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")


@dataclass(slots=True)
class Draft:
    """A block on its way to a label."""

    start: int
    end: int
    flat: str  # Its words with blanks made single, as far as the rules look.
    form: str = "paragraph"
    level: int = 0
    gap: int = 0  # Blank lines before it.
    hint: Label | None = None  # What the page's own mark-up says it is.
    hint_why: str = ""
    linked: float = 0.0  # The part of it that is links.
    inside: bool = True  # Within what the mark-up calls the main part.
    leaf: int = 0  # The sheet it stands on, from 0.
    cuts: tuple[Span, ...] = ()  # Mark-up within it that is no part of its words.
    label: Label | None = None
    why: str = ""
    repeats: int | None = None
    words: int = 0
    closed: bool = False  # Ends as a sentence ends.

    def __post_init__(self) -> None:
        self.words = self.flat.count(" ") + 1 if self.flat else 0
        if self.end - self.start < LOOKED_AT and not self.flat[-1:].isalnum():
            self.closed = TERMINAL.search(self.flat[-6:]) is not None
        if self.words < 12 and not self.flat.isascii() and SCRIPTED.search(self.flat):
            self.words = max(self.words, len(self.flat) // 2)

    @property
    def prose(self) -> bool:
        """Reads as running sentences."""
        return self.words >= 12 and (self.closed or self.words >= 30) and self.linked < 0.5

    def mark(self, label: Label, why: str) -> None:
        """Say what it is, and by which rule."""
        self.label, self.why = label, why


@dataclass(slots=True)
class Laid:
    """A source laid out."""

    text: str
    drafts: list[Draft]
    media_type: str
    encoding: str = "utf-8"
    meta: list[tuple[str, str, Span]] = field(default_factory=list)  # What its head says of it: key, value, place.
    language: str = ""  # As its mark-up names it.
    notes: list[str] = field(default_factory=list)

    def said(self, *keys: str) -> Iterator[tuple[str, Span]]:
        """What the head says under these keys, in the order of the keys."""
        for wanted in keys:
            yield from ((value, span) for key, value, span in self.meta if key == wanted)


def simple_words(piece: str) -> list[str]:
    r"""What \w+ finds; of plain letters without asking a pattern, which takes ten times as long."""
    return piece.translate(NO_SIGNS).split() if piece.isascii() else SIMPLE.findall(piece)


def flatten(text: str) -> str:
    """Words with single blanks between them."""
    return BLANKS.sub(" ", text[:LOOKED_AT] if len(text) > LOOKED_AT else text).strip()


def draft_of(text: str, start: int, end: int, **more: object) -> Draft | None:
    """A block over text[start:end] without the blanks at its ends; None where nothing is left."""
    piece = text[start : min(end, start + LOOKED_AT)]
    flat = flatten(piece)
    if not flat:
        return None
    start += len(piece) - len(piece.lstrip())
    tail = text[max(start, end - LOOKED_AT) : end]
    end -= len(tail) - len(tail.rstrip())
    return Draft(start, end, flat, **more)  # type: ignore[arg-type]  # The caller names fields of Draft.
