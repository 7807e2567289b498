"""What a reading is made of. Every offset counts characters of the decoded original, from its first character."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


@dataclass(frozen=True, slots=True, order=True)
class Span:
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


@dataclass(frozen=True, slots=True)
class Block:
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
    """The article in reading order, repaired, and where each of its characters came from.

    origins[i] is the offset of text[i] in the original; a character that a repair or a join put in carries the offset
    of the character before it. Paragraphs are parted by a blank line.
    """

    text: str
    origins: tuple[int, ...] = field(repr=False)

    def span(self, start: int, end: int) -> Span:
        """The passage of the original that text[start:end] was read from (from its first to its last character)."""
        if start >= end:
            at = self.origins[min(start, len(self.origins) - 1)] if self.origins else 0
            return Span(at, at)
        piece = self.origins[start:end]
        return Span(min(piece), max(piece) + 1)


@dataclass(frozen=True, slots=True)
class Page:
    """A source laid open: its decoded text, its blocks, and its article as running text."""

    name: str
    text: str  # The decoded original; all spans point into it.
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
