"""What was on the agenda: announced lists, “First, … Second, …”, run-in lists and the headings of minutes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice

from hemicycle.reader import lexicon
from hemicycle.reader.dates import dates
from hemicycle.reader.frames.attendance import _label
from hemicycle.reader.passages import Passage, Text, plain
from hemicycle.reader.patterns import Saying, compiled, labels, saying
from hemicycle.reader.shape import Claim, Span

LONGEST = 8000  # Characters of a paragraph in which a list may run on.
MOST = 80  # Items that an agenda may have.
SECTIONS = 4  # Headings from which a report is taken to go through its subjects one by one.
LONG_HEADING = 60  # Characters.
WRAPPED = "+"  # Stands for a number where a line only continues the item before it.


@dataclass(frozen=True, slots=True)
class Item:
    """One item: its words and where they stand."""

    text: str
    passage: Passage
    start: int
    end: int
    number: str = ""
    last: Passage | None = None  # The line on which it ends, where it wraps over several.


def claims(text: Text) -> Iterator[Claim]:
    """One claim for each item, in order, and the items for the frames that follow."""
    rule, items = "agenda.announced", [*_announced(text)]
    if not items:
        rule, items = "agenda.run-in", [*_run_in(text)]
    if not items:
        rule, items = "agenda.headings", [*_headings(text)]
    text.facts["items"] = items = [*_joined(items)]
    for item in items[:MOST]:
        claim = text.claim("agenda", item.text, item.passage, item.start, item.end, 0.8, rule, item.number)
        if item.last:
            end = text.span(item.last, 0, len(item.last.text)).end
            claim = replace(claim, span=Span(claim.span.start, max(end, claim.span.end)))
        yield claim


def _joined(items: list[Item]) -> Iterator[Item]:
    """Items with the lines put back that they wrap over."""
    for place, item in enumerate(items):
        if item.number == WRAPPED:
            continue
        rest = items[place + 1] if place + 1 < len(items) and items[place + 1].number == WRAPPED else None
        yield replace(item, text=f"{item.text} {rest.text}", last=rest.passage) if rest else item


def _announced(text: Text) -> Iterator[Item]:
    """A list that stands below a sentence or a label saying that these are the items."""
    words = _words(text.language)
    for place, passage in enumerate(text.passages):
        entry = labels(text.language).get(_label(passage, text.language).casefold())
        labelled = entry is not None and entry["role"] == "agenda"
        may = len(passage.text) < 1500 and (":" in passage.text or "：" in passage.text)  # A list is opened by a colon.
        opening = words.announced.search(passage.text) if may else None
        if not (labelled or opening):
            continue
        if labelled and passage.is_heading and passage.level and (under := [*_under(text, passage)]):
            yield from under
            return
        rest = passage.text[opening.end() :] if opening else passage.body if passage.label else ""
        at = opening.end() if opening else passage.body_at
        inline = [*_inline(passage, at)] if len(rest.strip()) > 20 else []
        if len(inline) > 1:
            yield from inline
            return
        below = [*_below(text, place + 1)]
        if below and (first := [*_numbered(passage, at)]):
            below = [*first, *below]
        if len(below) > 1 or (below and opening):
            yield from below
            return


def _under(text: Text, heading: Passage) -> Iterator[Item]:
    """The headings below the heading “Agenda”, one rank deeper."""
    below = []
    for passage in text.passages[heading.index + 1 :]:
        if passage.is_heading and passage.level and passage.level <= heading.level:
            break
        if passage.is_heading and passage.level:
            below.append(passage)
    if len(below) > 1:
        top = min(passage.level for passage in below)
        for passage in below:
            if passage.level == top:
                at = _after_number(passage)
                yield Item(_clean(passage.text[at:]), passage, at, len(passage.text), passage.number)


def _below(text: Text, start: int) -> Iterator[Item]:
    """The items of a list, each with the lines it wraps over."""
    numbered = bulleted = False
    for passage in text.passages[start : start + MOST]:
        body = plain(passage.body if not passage.label else passage.text[_after_number(passage) :])
        spelt = _SPELT.match(body)
        if passage.number or spelt or (passage.form == "item" and not numbered):
            numbered = numbered or bool(passage.number)
            bulleted = True
            number = passage.number or (spelt[1] if spelt else "")
            yield Item(
                _clean(body[spelt.end() :] if spelt else body),
                passage,
                _after_number(passage),
                len(passage.text),
                number,
            )
        elif bulleted and body[:1].islower() and len(body) < 120:
            yield Item(_clean(body), passage, 0, len(passage.text), WRAPPED)
        else:
            return


def _after_number(passage: Passage) -> int:
    """Where the item's own words begin, its label included."""
    if not passage.label:
        return passage.body_at
    return max(passage.text.find(passage.label), 0)


_TIMES = re.compile(  # The hour or the time that an item was given, and who was to speak.
    r"\s+\(?\d{1,2}[:.]\d\d\s*(?:[ap]\.?m\.?)?\)?$|\s*\(?(?:[-–—]\s*)?\d{1,3} ?min(?:ute)?s?\)?$"
    r"|\s*\([^()]{2,60}?[,;:]? ?\d{1,3} ?min(?:ute)?s?\)$"
)
_SPELT = re.compile(
    r"(first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|lastly|finally)(?:ly)?[,:]\s+", re.IGNORECASE
)
_RUN_IN = re.compile(
    r"(?P<head>(?:[A-Z][\w'’/&,()-]*(?: |$|(?=\.))(?:(?:of|and|the|for|on|to|in|with|from|a) )*){1,6}"
    r"(?:[a-z][\w'’-]* ?){0,4})[.:]\s+(?=[\"“(]?[A-Z0-9])"
)
_ABBREVIATED = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Prof|Cllrs?|Rev|St|No|Sen|Rep|Gen|Hon|Messrs|[A-Z])$")
_TELLS = re.compile(
    r"\b(?:welcomed|opened|was|were|reported|thanked|said|gave|had|called|noted|asked|has|have|moved)\b"
)
_PLACE = re.compile(
    r"(?:(?<=^)|(?<=[\s;,:.(]))(?:\(?(\d{1,2})[.)]\s+|\(([a-z]|[ivx]{1,4})\)\s+|(?:and\s+)?(?i:(first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)(?:ly)?),\s+)"
)


def _numbered(passage: Passage, at: int) -> Iterator[Item]:
    """The first item, where it stands in the line that announces the list."""
    found = _PLACE.match(passage.text, at + len(passage.text[at:]) - len(passage.text[at:].lstrip()))
    if found and found.end() < len(passage.text):
        yield Item(
            _clean(passage.text[found.end() :]),
            passage,
            found.end(),
            len(passage.text),
            next(filter(None, found.groups()), ""),
        )


def _inline(passage: Passage, at: int) -> Iterator[Item]:
    """Items in one paragraph: 1) … 2) …; (a) … (b) …; First, … Second, …; or parted by semicolons."""
    found = [*islice(_PLACE.finditer(passage.text, at), MOST)]
    if len(found) > 1:
        for mark, after in zip(found, [*found[1:], None], strict=True):
            end = after.start() if after else len(passage.text)
            if not after:
                end = _sentence_end(passage.text, mark.end(), end)
            yield Item(
                _clean(passage.text[mark.end() : end]), passage, mark.end(), end, next(filter(None, mark.groups()), "")
            )
        return
    rest = passage.text[at:].lstrip(" :")
    if rest.count(";") > 0 and len(rest) < 900:
        start = len(passage.text) - len(rest)
        end = _sentence_end(passage.text, start, len(passage.text))
        for piece in re.finditer(r"[^;]+", passage.text[start:end]):
            words = _clean(piece[0])
            if words:
                yield Item(words, passage, start + piece.start(), start + piece.end())


def _sentence_end(text: str, start: int, end: int) -> int:
    stop = re.search(r"\.(?=\s+[A-Z]|\s*$)", text[start:end])
    return start + stop.start() if stop else end


def _run_in(text: Text) -> Iterator[Item]:
    """“First, … Second, …” in prose that speaks of items, also over several paragraphs."""
    words = _words(text.language)
    for sentence in text.sentences:
        if len(sentence.passage.text) > LONGEST or len(sentence.text) > 1500:
            continue
        if words.ordinal_item.search(sentence.text):
            items = [*_inline(sentence.passage, sentence.start)]
            if len(items) > 1 and words.about.search(sentence.passage.text[: items[0].start]):
                yield from items
                return


def _headings(text: Text) -> Iterator[Item]:
    """The headings of minutes: topics, numbered headings, run-in headings of list items, or the other headings."""
    listed = labels(text.language)
    topics = [p for p in text.passages if p.label and listed.get(p.label.casefold(), {}).get("role") == "topic"]
    if len(topics) > 1:
        for passage in topics:
            yield Item(_clean(passage.body), passage, passage.body_at, len(passage.text), passage.number)
        return
    numbered = [p for p in _outside_lists(text) if p.number and _top(p) and (p.is_heading or _run_in_heading(p))]
    if sum(p.number[0].isdigit() for p in numbered) >= 3:
        numbered = [p for p in numbered if p.number[0].isdigit()]
    others = [*_unnumbered(text)] if text.facts.get("minutes") else []
    numbered = _ascending(
        [p for p in numbered if not saying("agenda", "no_numbered", text.language).search(_clean(p.body))]
    )
    if all(p.number.isalpha() for p in numbered) and len(others) >= len(numbered):
        numbered = []
    if merged := _merged(numbered, others):
        yield from merged
        return
    if len(numbered) >= 3 or (len(numbered) == 2 and text.facts.get("minutes")):
        yield from _heads(numbered)
        return
    if not text.facts.get("minutes"):
        yield from _topics(text)
        return
    if (sections := [*_sections(text)]) and len(sections) >= SECTIONS > len(others):
        yield from sections
        return
    run_in = [
        p
        for p in text.passages
        if p.form == "item" and not p.number and _heading_words(p)[1] < len(p.text) and _run_in_heading(p)
    ]
    if len(run_in) >= 4 and sum(item.passage.level > 0 for item in others) < SECTIONS - 1:
        yield from _heads(run_in)
    else:
        yield from others


def _merged(numbered: list[Passage], others: list[Item]) -> list[Item]:
    """Headings without numbers with the numbered items that stand below some of them, in the page's order."""
    if len(numbered) < 2 or sum(item.passage.index < numbered[0].index for item in others) < 2:
        return []
    return sorted([*others, *_heads(numbered)], key=lambda item: item.passage.index)


def _sections(text: Text) -> Iterator[Item]:
    """“Audit. Mr. Mott reviewed …”: the first words of paragraphs, set as a heading."""
    words = _words(text.language)
    for passage in text.passages:
        found = _RUN_IN.match(passage.text) if not passage.number and len(passage.text) > 60 else None
        if found is None or _ABBREVIATED.search(found["head"].strip()):
            continue
        head = found["head"].strip()
        if 2 < len(head) < 60 and not words.no_item.search(head) and not _TELLS.search(head) and not passage.label:
            yield Item(_clean(head), passage, 0, found.end("head"))


def _topics(text: Text) -> Iterator[Item]:
    """The headings, or headings that run in, of a report that goes through its subjects one by one."""
    generic = saying("agenda", "generic", text.language)
    capitals = [item for item in _sections(text) if item.text.isupper()]
    headed = [
        Item(_clean(p.body), p, p.body_at, len(p.text))
        for p in text.passages
        if p.is_heading and p.level and not p.label and 2 < len(_clean(p.body)) < LONG_HEADING
    ]
    for listed in (capitals, headed):
        kept = [item for item in listed if not generic.search(item.text)]
        if len(kept) >= SECTIONS:
            yield from kept
            return


def _outside_lists(text: Text) -> Iterator[Passage]:
    """The passages that stand in no list of actions, resolutions or names."""
    inside = False
    for passage in text.passages:
        entry = labels(text.language).get(_label(passage, text.language).casefold())
        if entry and entry["role"] in {"task", "adopted"} and not passage.number:
            inside = not passage.body.strip() or not passage.label
        elif not passage.number and not entry:
            inside = False
        if not inside:
            yield passage


def _heads(listed: list[Passage]) -> Iterator[Item]:
    """The heading words of each passage."""
    for passage in listed:
        start, end = _heading_words(passage)
        if title := _clean(passage.text[start:end]):
            yield Item(title, passage, start, end, passage.number)


def _unnumbered(text: Text) -> Iterator[Item]:
    """Headings without numbers, but for those of the form itself: Present, Signed, Contents."""
    words = _words(text.language)
    below = False  # The line under “Chair”, “Regrets”: a name.
    for place, passage in enumerate(text.passages):
        title = _clean(passage.body)
        entry = labels(text.language).get(_label(passage, text.language).casefold())
        alone = not passage.label or not passage.body.strip()
        roles = {"attendance", "presiding", "recording"}
        named, below = below, alone and entry is not None and entry["role"] in roles
        if (
            named
            or not (passage.is_heading and place and len(title) > 2)
            or (words.no_item.search(title) and not passage.number)
            or saying("held", "venue", text.language).match(title)
            or title.isdigit()
        ):
            continue
        opens = entry is not None and saying("agenda", "opening", text.language).fullmatch(title)
        if (entry is None or opens) and not list(dates(title, text.language)):
            at = _after_number(passage)
            yield Item(_clean(passage.text[at:]), passage, at, len(passage.text))


def _top(passage: Passage) -> bool:
    """Whether the number is one of the first rank: 4, IV, 12/23, not 4.2 or (b)."""
    return re.fullmatch(r"\d{1,3}(?:\.0)?|[IVX]{1,5}|\d{1,4}/\d{2,4}|[A-Z]", passage.number) is not None


def _run_in_heading(passage: Passage) -> bool:
    """“4. Apologies. Apologies were received …”, “4. Apologies: …”"""
    start, end = _heading_words(passage)
    heading = passage.text[start:end]
    if re.search(
        r"\b(?:welcomed|opened|was|were|reported|thanked|said|gave|had|called|noted|asked|has|have|moved)\b", heading
    ):
        return False
    return end - start < 90 and (end < len(passage.text) or not heading.endswith("."))


def _heading_words(passage: Passage) -> tuple[int, int]:
    """Where the heading of a numbered passage stands: up to its colon, dash or first stop."""
    start = _after_number(passage)
    whole = passage.text[start:]
    if (whole.isupper() and len(whole) < 160) or passage.is_heading:
        return start, len(passage.text)
    stop = re.search(r"(?<=\w\w)(?<!\bNo)(?<!\b[DM]r)\.\s|\s[-–—]\s|:\s", whole)
    return start, start + stop.start() if stop else len(passage.text)


def _ascending(listed: list[Passage]) -> list[Passage]:
    """Those whose numbers go up one after the other, from the first."""
    last = all("/" in passage.number for passage in listed)
    last = last and len({passage.number.split("/")[0] for passage in listed}) == 1  # 19/088, 19/089: by the second.
    kept: list[Passage] = []
    for passage in listed:
        if not kept or _rank(passage, last=last) > _rank(kept[-1], last=last):
            kept.append(passage)
    return kept


_ROMANS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


def _rank(passage: Passage, *, last: bool) -> float:
    number = passage.number.split("/")[-1 if last else 0].split(".")[0]
    if number.isdigit():
        return float(number)
    number = number.upper()
    return float(_ROMANS.index(number) + 1 if number in _ROMANS else ord(number[:1]) - 64)


def _clean(words: str) -> str:
    """An item's words without what surrounds them."""
    cleaned = plain(words).strip(" .;:,–—-*_#|")
    cleaned = re.sub(r"(?:[;,]\s*|\s+)and$", "", cleaned)
    return _TIMES.sub("", cleaned)


@dataclass(frozen=True)
class _Words:
    announced: Saying
    about: Saying
    ordinal_item: Saying
    no_item: Saying


@cache
def _words(language: str) -> _Words:
    book = lexicon.load("agenda", language) or lexicon.load("agenda", "en")
    return _Words(*(compiled(book[key], re.IGNORECASE) for key in ("announced", "about", "ordinal_item", "no_item")))
