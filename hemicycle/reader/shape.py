"""What a reading is made of. Every offset counts characters of the decoded original, from its first character."""

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from operator import itemgetter
from typing import NamedTuple

REACH = 64  # Characters that may lie between two places which are shown as one.
TEXT_LOST = "[text lost]"  # What is shown where the page breaks off; nothing is ever guessed in its place.


class Unreadable(ValueError):
    """There is nothing here to read; the sentence says why and what may help."""


class Span(NamedTuple):
    """A passage of the decoded original: original[start:end]."""

    start: int
    end: int


class Label(StrEnum):
    """What a block of a page is: the article, or a kind of furniture that is kept and never read as fact."""

    ARTICLE = "article"
    TITLE = "title"  # The headline of the article itself.
    FRONT = "front"  # Front matter: date line, by-line, sub-title, cover, contents.
    MASTHEAD = "masthead"
    NAVIGATION = "navigation"
    ADVERTISEMENT = "advertisement"
    TEASER = "teaser"  # Another article announced, once or repeatedly.
    CAPTION = "caption"
    COLOPHON = "colophon"
    END_MARK = "end_mark"
    CHAT = "chat"  # Talk around minutes that is no part of them.
    NOISE = "noise"  # Script noise, page numbers, OCR dirt.


class Block(NamedTuple):
    """A paragraph, heading, list item, caption or table row as the page has it, in physical order."""

    span: Span
    label: Label
    form: str = "paragraph"  # paragraph, heading, item, caption, row, line
    level: int = 0  # Of a heading (1 is the highest) or a list item's depth.
    repeats: int | None = None  # Index of the block that this one repeats (nearly) word for word.
    why: str = ""  # The rule that gave the label.


@dataclass(frozen=True, slots=True)
class Repair:
    """One change that the reader made to what it read, never silent."""

    span: Span
    original: str
    repaired: str
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Running:
    """The article in reading order, repaired, and where each stretch of it came from.

    pieces are (at, start, length): the text from `at` up to the next piece was read from
    original[start:start + length]. Where both lengths agree they answer character for character; a length of 0 is a
    join that was put in. Paragraphs are parted by a blank line.
    """

    text: str
    pieces: tuple[tuple[int, int, int], ...] = field(repr=False)

    def span(self, start: int, end: int) -> Span:
        """The passage of the original that text[start:end] was read from (from its first to its last character)."""
        if not self.pieces:
            return Span(0, 0)
        here = max(bisect_right(self.pieces, start, key=itemgetter(0)) - 1, 0)
        lowest, highest = None, 0
        while start < end and here < len(self.pieces) and self.pieces[here][0] < end:
            found = self._answers(here, start, end)
            if found is not None:
                lowest = found.start if lowest is None else min(lowest, found.start)
                highest = max(highest, found.end)
            here += 1
        if lowest is None:
            at, origin, length = self.pieces[min(here, len(self.pieces) - 1)]
            near = origin + min(max(start - at, 0), length)
            return Span(near, near)
        return Span(lowest, highest)

    def spans(self, start: int, end: int) -> tuple[Span, ...]:
        """The same passage as its separate places, where a repair rejoined what stood apart, in reading order."""
        here = max(bisect_right(self.pieces, start, key=itemgetter(0)) - 1, 0)
        places: list[Span] = []
        while start < end and here < len(self.pieces) and self.pieces[here][0] < end:
            found = self._answers(here, start, end)
            here += 1
            if found is None:
                continue
            if places and 0 <= found.start - places[-1].end <= REACH:
                places[-1] = Span(places[-1].start, found.end)
            else:
                places.append(found)
        return tuple(places)

    def _answers(self, here: int, start: int, end: int) -> Span | None:
        """What of the original one piece gives to text[start:end]; None where it is a join."""
        at, origin, length = self.pieces[here]
        stop = self.pieces[here + 1][0] if here + 1 < len(self.pieces) else len(self.text)
        if length == 0:
            return None
        first, last = max(start - at, 0), min(end, stop) - at
        if stop - at == length:
            return Span(origin + first, origin + last)
        return Span(origin + min(first, length - 1), origin + (length if last == stop - at else min(last, length)))


class Weaver:
    """Puts running text together, stretch by stretch."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._pieces: list[tuple[int, int, int]] = []
        self._length = 0

    @property
    def begun(self) -> bool:
        """Whether any words are in it."""
        return bool(self._pieces)

    def add(self, words: str, start: int, length: int | None = None) -> None:
        """Words read from original[start:start + length] (of their own length where none is named)."""
        if words:
            self._pieces.append((self._length, start, len(words) if length is None else length))
            self._parts.append(words)
            self._length += len(words)

    def join(self, words: str) -> None:
        """Words that no passage holds: a space, a blank line, a hyphen put back."""
        if self._pieces:
            _, start, length = self._pieces[-1]
            self.add(words, start + length, 0)

    def running(self) -> Running:
        """What was put together."""
        return Running("".join(self._parts), tuple(self._pieces))


@dataclass(frozen=True, slots=True)
class Page:
    """A source laid open: its decoded text, its blocks, and its article as running text."""

    name: str
    text: str  # The decoded original (of HTML, PDF and DOCX their text as laid out); all spans point into it.
    media_type: str
    encoding: str
    language: str  # BCP 47, of the article.
    blocks: tuple[Block, ...]
    article: Running
    article_span: Span | None  # From the first word after the headline (dateline included) to the last before the end.
    title: str
    title_span: Span | None
    repairs: tuple[Repair, ...] = ()
    lost: tuple[Span, ...] = ()  # Places where the text breaks off: an ending or a beginning that is lost.
    page_dates: tuple[tuple[Span, date, str], ...] = ()  # (where, which, role: published, page, dateline)
    notes: tuple[str, ...] = ()
    source_name: str = ""  # The outlet or body that published it, in the page's own words.
    source_span: Span | None = None

    @property
    def published(self) -> date | None:
        """The day of publication, where the page tells it; never the day on which the page was saved or shown."""
        return next((day for _, day, role in self.page_dates if role == "published"), None)

    def words(self, span: Span) -> str:
        """The passage itself, as the page has it."""
        return self.text[span.start : span.end]


@dataclass(frozen=True, slots=True)
class Claim:
    """One fact as the page states it, with the passage that states it.

    field is the key of the flat shape (“meeting.body”, “attendance”, “tasks”), value its value there (a string, a
    number, a date as ISO text, or a mapping for rows); original the words of the page where value is normalised.
    """

    field: str
    value: object
    span: Span
    line: int
    confidence: float
    rule: str
    original: str = ""
    speakers: tuple[str, ...] = ()  # Outlet, report, speaker, quoted party: who says so, outermost first.


@dataclass(frozen=True, slots=True)
class Reading:
    """A page and what it reports: every claim points at its passage; what has no claim was not found."""

    page: Page
    is_meeting_report: bool
    claims: tuple[Claim, ...]
    notes: tuple[str, ...] = ()
