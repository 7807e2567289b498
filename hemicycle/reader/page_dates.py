"""The days that a page gives itself: when it was published, when it was shown or saved."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from hemicycle.reader.shape import Span

MONTHS = {
    "en": "january february march april may june july august september october november december",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
}
SHORT = {
    "jan": 1,
    "feb": 2,
    "mar": 3,
    "apr": 4,
    "jun": 6,
    "jul": 7,
    "aug": 8,
    "sep": 9,
    "sept": 9,
    "oct": 10,
    "nov": 11,
    "dec": 12,
}


@cache
def _months() -> dict[str, int]:
    table = dict(SHORT)
    for names in MONTHS.values():
        table.update({name: number for number, name in enumerate(names.split(), 1)})
    return table


NAMED = "|".join(sorted(_months(), key=len, reverse=True))
FULL = re.compile(
    rf"(?<![\w/.-])(?:(?P<d1>\d{{1,2}})(?:st|nd|rd|th|er)?\s+(?:of\s+)?(?P<m1>{NAMED})\.?,?\s+(?P<y1>(?:1[89]|20)\d\d)"
    rf"|(?P<m2>{NAMED})\.?\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y2>(?:1[89]|20)\d\d)"
    r"|(?P<y3>(?:1[89]|20)\d\d)[-/.](?P<m3>\d{1,2})[-/.](?P<d3>\d{1,2})(?=\D|T|\Z)"
    r"|(?P<n1>\d{1,2})[/.-](?P<n2>\d{1,2})[/.-](?P<y4>(?:1[89]|20)\d\d|\d\d(?!\d))"
    r"|(?P<y5>(?:1[89]|20)\d\d)\s?[年년]\s?(?P<m5>\d{1,2})\s?[月월]\s?(?P<d5>\d{1,2})\s?[日일]"
    rf"|(?P<d6>\d{{1,2}})-(?P<m6>{NAMED})-(?P<y6>(?:1[89]|20)\d\d))(?!\d)",
    re.IGNORECASE,
)
DATELINE = re.compile(
    rf"(?P<place>[A-ZÀ-Þ][\w.'’ -]{{1,40}}?(?:,\s?[A-ZÀ-Þ][\w.'’ -]{{1,30}}?){{0,2}}),?\s+"
    r"(?:\(?(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?)"
    rf"(?:(?P<m1>{NAMED})\.?\s+(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?|(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<m2>{NAMED})\.?)"
    r"(?:,?\s+(?P<year>(?:1[89]|20)\d\d))?\)?\s*,?\s*(?P<agency>\((?P<name>[\w .-]{2,40})\))?\s*(?:--|[-–—:/])",
    re.IGNORECASE,
)
DIGIT = re.compile(r"\d")
WEEKDAY = re.compile(
    r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\b(?:mon|tue|wed|thu|fri|sat|sun)\b", re.IGNORECASE
)
LEFT_OVER = re.compile(
    r"[\s,|•·()\[\]–—-]+|\b(?:at|gmt|utc|est|edt|bst|cet|et|a\.?m\.?|p\.?m\.?|date|time|juche|updated|on)\b"
    r"|\d{1,2}[:.h]\d{2}(?::\d{2})?|\d{2,3}(?=\s*\()",
    re.IGNORECASE,
)
PUBLISHED = re.compile(
    r"\b(?:published?|posted|issued|released?|publication date|date of (?:issue|publication)|first published|"
    r"circulated|distributed|publié le|опубликовано|date)\b|发布|入力|입력|발행|기사입력",
    re.IGNORECASE,
)
SHOWN = re.compile(
    r"\b(?:updated|modified|printed|retrieved|accessed|archived|saved|captured|last edited|mis à jour|обновлено)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Found:
    """A full date in the text."""

    span: Span
    day: date
    alone: bool  # The block is nothing but this date.
    unsure: bool = False  # Day and month could be the other way round.


HABIT = re.compile(r"[/.](\d{1,2})[/.](?:\d{4}|\d\d)(?![\d/.])")  # From its first sign on: quickly passed over.
BEFORE = re.compile(r"(?<![\d/.-])\d{1,2}\Z")


def day_first(text: str, address: str = "", language: str = "") -> bool | None:
    """Whether this source writes the day before the month, by its dates that can only be one; None where none tells."""
    first, second = 0, 0
    for found in HABIT.finditer(text[:200_000]):
        head = BEFORE.search(text, max(0, found.start() - 3), found.start())
        if head is None:
            continue
        one, two = int(head[0]), int(found[1])
        first += 12 < one <= 31 and two <= 12
        second += 12 < two <= 31 and one <= 12
    if first != second:
        return first > second
    if language.endswith("-us") or re.search(r"\.(?:gov|us|mil)(?:/|\Z)", address):
        return False
    return None


def dates_in(text: str, start: int, end: int, *, day_before_month: bool | None = None) -> Iterable[Found]:
    """Every full date in text[start:end]; a numeric one is read by the source's habit, day first where it has none."""
    piece = text[start:end]
    if DIGIT.search(piece) is None:
        return
    for found in FULL.finditer(piece):
        day, unsure = _day(found, day_before_month)
        if day is None:
            continue
        rest = WEEKDAY.sub(" ", piece[: found.start()] + " " + piece[found.end() :])
        alone = len(piece) < 90 and not LEFT_OVER.sub("", rest).strip(" .,;:|")
        yield Found(Span(start + found.start(), start + found.end()), day, alone, unsure)


def _day(found: re.Match[str], day_before_month: bool | None) -> tuple[date | None, bool]:
    parts = found.groupdict()
    for number in "12356":
        year, month, day = parts.get("y" + number), parts.get("m" + number), parts.get("d" + number)
        if year and month and day:
            return made(int(year), _months().get(month.lower()) or _number(month), int(day)), False
    one, two, year = int(parts["n1"] or 0), int(parts["n2"] or 0), parts["y4"] or ""
    whole = int(year) if len(year) == 4 else 2000 + int(year)
    if one > 12:
        return made(whole, two, one), False
    if two > 12:
        return made(whole, one, two), False
    if day_before_month is False:
        return made(whole, one, two), False
    return made(whole, two, one), day_before_month is None and one != two


def _number(text: str) -> int:
    return int(text) if text.isdigit() else 0


def made(year: int, month: int, day: int) -> date | None:
    """The day, where the calendar has it."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Dateline:
    """“PLACE, 3 March (Agency) —”: where and when a report was filed."""

    span: Span
    place: str
    month: int
    day: int
    year: int | None
    agency: str
    agency_span: Span | None


def dateline_at(text: str, start: int, end: int) -> Dateline | None:
    """The dateline that a block begins with."""
    piece = text[start : min(end, start + 160)]
    found = DATELINE.match(piece) if DIGIT.search(piece) else None
    if found is None:
        return None
    month = _months().get((found["m1"] or found["m2"]).lower(), 0)
    year = int(found["year"]) if found["year"] else None
    agency = Span(start + found.start("name"), start + found.end("name")) if found["name"] else None
    span = Span(start + found.start(), start + found.end())
    return Dateline(span, found["place"], month, int(found["d1"] or found["d2"]), year, found["name"] or "", agency)


def from_stamp(stamp: str) -> date | None:
    """The day of a time stamp in a page's head."""
    found = FULL.search(stamp[:80])
    return _day(found, None)[0] if found else None


def choose(
    candidates: Sequence[tuple[int, Span, date, str]],
) -> tuple[tuple[Span, date, str], ...]:
    """(rank, where, which, role) put in order: the best reading of each role first, nothing said twice."""
    chosen: list[tuple[Span, date, str]] = []
    for _, span, day, role in sorted(candidates, key=lambda item: (item[0], item[1].start)):
        if (span, day, role) not in chosen:
            chosen.append((span, day, role))
    return tuple(chosen)
