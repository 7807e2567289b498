"""The article as passages and sentences, with what every frame needs to make a claim that points at its place."""

import re
from bisect import bisect_right
from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from itertools import islice
from typing import Any

from hemicycle.reader.lines import Lines
from hemicycle.reader.patterns import labels
from hemicycle.reader.sentences import sentences
from hemicycle.reader.shape import Block, Claim, Label, Page, Span

LONGEST = 120_000  # Characters of an article that are read for facts; a longer one is a volume of many meetings.
MOST = 4000  # Sentences that are read for facts.
_BLANK = re.compile(r"\n[ \t]*\n\s*")
_NUMBER = re.compile(
    r"(?:[-–•*]\s*)?(?:(?:agenda\s+item|item|minute|min\.?|§|no\.)\s*)?[\[(]?"
    r"((?:\d{1,4}/\d{2,4}(?:[./]\d{1,3})?)|(?:\d{1,3}(?:\.\d{1,3}){0,3})|[A-Z]|[IVX]{1,5}|[ivx]{1,5}|[a-h])"
    r"(?:[.):\]]+|\s*[-–—](?=\s)|(?<=[\d])(?=\s+(?-i:[A-ZÀ-Þ])))\s*",
    re.IGNORECASE,
)
_EMPHASIS = re.compile(
    r"\*{1,3}(?=\w)|(?<=[\w:.,)!?])\*{1,3}(?!\w)|(?<!\w)_{1,2}(?=\w)|(?<=[\w:.,)!?])_{1,2}(?!\w)|^#{1,6}(?=\s)",
    re.MULTILINE,
)
_LOOSE = re.compile(r"\s+([,;:](?:\s|$))")
_MONTH = re.compile(r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b", re.IGNORECASE)
_STAMP = re.compile(r"\[?\d{1,2}:\d{2}(?::\d{2})?\]?\s+<[^<>\n]{1,30}>\s+|<[\w-]{1,30}>\s+")
_SPACE = re.compile(r"\s+")
_BULLET = re.compile(r"[-–—•*▪◦·‣→⇒]\s+(?:\[[ xX]\]\s+)?|[=-]>\s+|>\s")
_LABEL = re.compile(r"([^\W\d_][^:\n|]{0,58}?)\s*(?::+(?!\d)|\s[-–—](?=\s)|\|)\s*(?=\S|$)")
_CLAUSE = re.compile(
    r"[a-z]{3}\.\s|\b(?:said|was|were|is|are|has|have|had|noted|continued|stressed|adopted|elected|decided|added|declared|that|which)\b",
    re.IGNORECASE,
)
_TIMED = re.compile(r"\(?\b\d{1,3}\s?(?:min|mins|minutes|')\)?$")  # “Charter (R. Ode, 10 min)”
_STARTS = re.compile(
    r"\s*(?:[-–•*▪]\s|\(?\d{1,3}(?:\.\d{1,2}){0,3}[.)]\s|\(?[a-z]\)\s|[^\W\d_a-z][^:\n.]{0,40}:(?:\s|$)"
    r"|(?:RESOLVED|AGREED|ACTION|MOVED|CARRIED|LOST|NOTED|APPROVED|DECISION)\b|(?:Moved|Motion|Proposed)\b)"
)


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, heading, item or line, with the number and the label it begins with."""

    index: int
    text: str
    start: int  # In the running text; in the original where it is front matter.
    form: str = "paragraph"
    level: int = 0
    front: bool = False
    number: str = ""
    label: str = ""
    body_at: int = 0  # Where the text begins after number and label.

    @property
    def body(self) -> str:
        """The text after number, bullet and label."""
        return self.text[self.body_at :]

    @property
    def is_heading(self) -> bool:
        """Whether this stands over what follows it."""
        return self.form == "heading"


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: where it stands in its passage."""

    passage: Passage
    start: int
    end: int
    text: str
    low: str  # The same in small letters, for looking whether a pattern can match.


@dataclass
class Text:
    """A page's article ready for the frames, and the facts that later frames take from earlier ones."""

    page: Page
    genre: str = ""
    published: date | None = None
    chair: str = ""  # Who presides, once that is known.
    body: str = ""  # Which body met, once that is known.
    voices: Callable[["Passage", int], tuple[str, ...]] = lambda _passage, _start: ()  # Who speaks at a place.
    facts: dict[str, Any] = field(default_factory=dict)
    _parted: dict[tuple[int, bool], tuple[Sentence, ...]] = field(default_factory=dict)

    @property
    def language(self) -> str:
        """The language of the article, English where none was found."""
        return self.page.language or "en"

    @cached_property
    def front(self) -> tuple[Passage, ...]:
        """Headline, sub-titles, date lines and masthead."""
        kept = [b for b in self.page.blocks if b.label in {Label.TITLE, Label.FRONT, Label.MASTHEAD}]
        return tuple(_front(self.page.text, index, block, self.language) for index, block in enumerate(kept[:60]))

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """The article in reading order."""
        return tuple(_passages(self.page))

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """All sentences of the article in reading order."""
        return tuple(islice((s for passage in self.passages for s in self.sentences_of(passage)), MOST))

    def sentences_of(self, passage: Passage) -> tuple[Sentence, ...]:
        """The sentences of one passage, after its number and label."""
        key = passage.start, passage.front
        if key not in self._parted:
            self._parted[key] = tuple(self._part(passage))
        return self._parted[key]

    def _part(self, passage: Passage) -> Iterator[Sentence]:
        for start, end in sentences(passage.body, self.language):
            at = passage.body_at + start
            words = passage.text[at : passage.body_at + end]
            yield Sentence(passage, at, passage.body_at + end, words, words.lower())

    def span(self, passage: Passage, start: int, end: int) -> Span:
        """The place in the original of passage.text[start:end]."""
        if passage.front:
            return Span(passage.start + start, passage.start + end)
        return self.page.article.span(passage.start + start, passage.start + end)

    @cached_property
    def _lines(self) -> Lines:
        return Lines(self.page.text)

    def line(self, offset: int) -> int:
        """The line of the original, counted from 1, at that offset."""
        return self._lines.line(offset)

    def claim(
        self,
        name: str,
        value: object,
        passage: Passage,
        start: int,
        end: int,
        confidence: float,
        rule: str,
        original: str = "",
    ) -> Claim:
        """One fact with the place that states it."""
        span = self.span(passage, start, end)
        speakers = self.voices(passage, start)
        return Claim(name, value, span, self.line(span.start), confidence, rule, original, speakers)

    def claim_sentence(
        self, name: str, value: object, sentence: Sentence, confidence: float, rule: str, original: str = ""
    ) -> Claim:
        """One fact stated by a whole sentence."""
        return self.claim(name, value, sentence.passage, sentence.start, sentence.end, confidence, rule, original)


def plain(text: str) -> str:
    """The text with straight apostrophes and single spaces, for comparing and for values."""
    if not text.isascii():
        text = text.replace("\u00ad", "").replace("’", "'").replace("‘", "'").replace("\u2011", "-")
    words = " ".join(text.split())
    return _LOOSE.sub(r"\1", words) if " ," in words or " ;" in words or " :" in words else words


def _front(text: str, index: int, block: Block, language: str) -> Passage:
    """A block before the article as a passage."""
    piece = text[block.span.start : block.span.end].replace("\n", " ")
    piece = _EMPHASIS.sub(lambda mark: " " * len(mark[0]), piece)
    return replace(_opened(index, piece, block.span.start, block.form, block.level, language), front=True)


def _passages(page: Page) -> Iterator[Passage]:
    """Yield paragraphs of the running text, split where lists and labelled lines were set without blank lines."""
    running = _EMPHASIS.sub(lambda mark: " " * len(mark[0]), page.article.text[:LONGEST])
    forms = _Forms(page)
    index = 0
    at = 0
    for stop in [*_BLANK.finditer(running), None]:
        end = stop.start() if stop else len(running)
        for start, finish in _lines(page, running, at, end):
            form, level = forms.at(page.article.span(start, start + 1).start)
            yield _opened(index, running[start:finish], start, form, level, page.language or "en")
            index += 1
        at = stop.end() if stop else end


class _Forms:
    """The form of the block at an offset of the original."""

    def __init__(self, page: Page) -> None:
        self.blocks = sorted(page.blocks, key=lambda b: b.span.start)
        self.starts = [b.span.start for b in self.blocks]

    def at(self, offset: int) -> tuple[str, int]:
        """Form and level of the block that holds the offset."""
        place = bisect_right(self.starts, offset) - 1
        if place < 0 or self.blocks[place].span.end <= offset:
            return "paragraph", 0
        return self.blocks[place].form, self.blocks[place].level


def _lines(page: Page, running: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the stretches of one paragraph that begin a line of their own."""
    at = start
    for space in _SPACE.finditer(running, start, end):
        place, after = space.start(), space.end()
        if place == at:
            continue
        inside = "a" <= running[after : after + 1] <= "z" and running[after + 1 : after + 2] != ")"  # Of a line.
        if (not inside and _STARTS.match(running, after, end)) or (place - at < 48 and _short(running[at:place])):
            origin = page.article.span(place, place + 1).start
            if "\n" in space[0] or page.text[origin : origin + 1] == "\n":
                yield at, place
                at = after
    if at < end:
        yield at, end


def _short(line: str) -> bool:
    """Whether a line stands alone: short and without the punctuation of a sentence that goes on."""
    return not line.rstrip().endswith((",", ";", "-")) and not line[-1:].islower()


def _opened(index: int, text: str, start: int, form: str, level: int, language: str) -> Passage:
    """A passage with its number and label found, and its form corrected by how it looks."""
    stamped = _STAMP.match(text)
    at = stamped.end() if stamped else 0
    number = label = ""
    if found := _BULLET.match(text, at):
        at, form = found.end(), "item" if form in {"paragraph", "line"} else form
    if (found := _NUMBER.match(text, at)) and _is_number(found, text):
        number, at = found[1], found.end()
    if found := _LABEL.match(text, at):
        label = found[1].strip(" *_#")
        if len(label.split()) <= 8 and (label.casefold() in _known(language) or not _CLAUSE.search(label)):
            return Passage(index, text, start, form, level, number=number, label=label, body_at=found.end())
        label = ""
    if form in {"paragraph", "line", "item"} and looks_like_heading(text[at:], number):
        form = "heading"
    return Passage(index, text, start, form, level, number=number, label=label, body_at=at)


def _is_number(found: re.Match[str], text: str) -> bool:
    """Whether what was matched is the number of an item and not a word, a year, an initial or an hour."""
    number = found[1]
    if number.isalpha() and not found[0].rstrip().endswith((")", "]")) and len(number) == 1 and number not in "IVX":
        return len(text) < 90 and found[0].rstrip().endswith(".") and number.isupper()
    if number.isalpha() and found[0].strip() == number:
        return False
    if number.isdigit() and found[0].strip() == number and _MONTH.match(text, found.end()):
        return False
    return not (number.isdigit() and len(number) == 4)


def _known(language: str) -> Container[str]:
    """The labels that the genre files know, in small letters."""
    return labels(language)


def looks_like_heading(text: str, number: str = "") -> bool:
    """Whether a line reads as a heading: short, without a full stop, in capitals or title case or numbered."""
    line = text.strip(" *_#")
    if not line or len(line) > 110 or line[-1] in ".,;:!?" or "\t" in line:
        return False
    if line.isupper() and len(line) > 3:
        return True
    if (number and len(line) < 90) or _TIMED.search(line):
        return True
    listed = line.split()
    capital = sum(1 for word in listed if word[:1].isupper() or word[:1].isdigit())
    return len(listed) <= 10 and capital * 2 > len(listed) and line[0].isupper()
