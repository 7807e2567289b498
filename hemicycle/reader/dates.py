"""Dates as pages write them, resolved to calendar days against the dateline and the year the page gives."""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from hemicycle.reader import lexicon


@dataclass(frozen=True, slots=True)
class Found:
    """A date or a range in a text: where it stands, its first and last day (None where the text does not tell)."""

    start: int
    end: int
    first: date | None
    last: date | None
    kind: str  # day, range, weekday, relative, month, year
    stated_year: bool = True


@dataclass(frozen=True, slots=True)
class Anchor:
    """What a relative date counts from: the dateline's day, or at least the year."""

    day: date | None = None
    year: int | None = None


@dataclass(frozen=True)
class _Words:
    months: dict[str, int]
    weekdays: dict[str, int]
    relative: dict[str, int]
    pattern: re.Pattern[str]
    month_first: bool


NOWHERE = Anchor()


def dates(text: str, language: str = "en", anchor: Anchor = NOWHERE) -> Iterator[Found]:
    """Yield the dates of a text from left to right; a weekday counts back from the anchor's day."""
    words = _words(language)
    at = 0
    while found := words.pattern.search(text, at):
        day = _read(found, words, anchor)
        at = max(found.end(), at + 1)
        if day is not None:
            yield day


@dataclass(frozen=True, slots=True)
class Dateline:
    """“Karesh, 26 June (SIB) –” at the head of a report: where it ends, its place and its day."""

    end: int
    place: str
    day: date | None


_DATELINE = re.compile(
    r"\s*(?P<place>[^\W\d_][^()\n,.:;–—]{1,40}?(?:/[^()\n,.:;–—]{2,30})?)"
    r"(?:,\s*(?P<day>[^()\n:–—-]{3,40}?))?\.?\s*(?:\((?P<agency>[A-Za-zÀ-ÿ .-]{2,30})\))?"
    r"\s*(?:--+|[–—]|-(?=\s)|(?<=\d):(?=\s+[A-ZÀ-Þ]))\s*"
)


def dateline(text: str, language: str = "en", anchor: Anchor = NOWHERE) -> Dateline | None:
    """The dateline a report begins with, if it does: a place with a day, an agency, or in capitals."""
    found = _DATELINE.match(text[:160])
    if not found or not (found["day"] or found["agency"] or found["place"].isupper()):
        return None
    if found["day"] and not re.search(r"\d", found["day"]):
        return None
    day = first_day(found["day"], language, anchor) if found["day"] else None
    return Dateline(found.end(), found["place"].split("/")[0].strip().title(), day)


def first_day(text: str, language: str = "en", anchor: Anchor = NOWHERE) -> date | None:
    """The first full date of a text, or nothing."""
    return next((f.first for f in dates(text, language, anchor) if f.first and f.kind in {"day", "range"}), None)


def _read(found: re.Match[str], words: _Words, anchor: Anchor) -> Found | None:
    """Make days of one match."""
    part = {key: value for key, value in found.groupdict().items() if value is not None}
    if "iso" in part:
        first = _make(int(part["iy"]), int(part["im"]), int(part["id"]))
        last = _make(int(part["iy"]), int(part["im"]), int(part.get("id2", part["id"])))
        if not first or not last:
            return None
        return Found(*found.span(), first, last, "range" if first < last else "day")
    if "koy" in part:
        first = _make(int(part["koy"]), int(part["kom"]), int(part["kod"]))
        last = _make(int(part["koy"]), int(part["kom"]), int(part["kod2"])) if "kod2" in part else first
        return Found(*found.span(), first, last, "range" if first != last else "day") if first and last else None
    if "juche" in part:
        return Found(*found.span(), None, None, "year")
    if "num" in part:
        return _numeric(found, part, words)
    if "weekday" in part:
        return _weekday(found, words.weekdays[part["weekday"].casefold().rstrip(".")], anchor)
    if "relative" in part:
        shift = words.relative[part["relative"].casefold()]
        day = anchor.day + timedelta(days=shift) if anchor.day else None
        return Found(*found.span(), day, day, "relative")
    return _named(found, part, words, anchor)


def _named(found: re.Match[str], part: dict[str, str], words: _Words, anchor: Anchor) -> Found | None:
    """A date with the month's name: 28-31 December 2019, December 28 to January 2, 2020."""
    form = "a" if "ad" in part else "b"
    month = words.months[(part.get("am0") or part[form + "m"]).casefold().rstrip(".")]
    last_month = words.months[(part.get("bm2") or part[form + "m"]).casefold().rstrip(".")]
    stated = part.get(form + "y") or part.get(form + "y2")
    year = int(stated) if stated else _year(anchor, month)
    if year is None:
        return Found(*found.span(), None, None, "day", stated_year=False)
    first_year = int(part[form + "y1"]) if form + "y1" in part else year
    if not stated and form + "y1" in part:
        year = first_year
    if form + "y1" not in part and stated and last_month < month:
        first_year = year - 1
    first = _make(first_year, month, int(part[form + "d"]))
    last = _make(year, last_month, int(part[form + "d2"])) if form + "d2" in part else first
    if first is None or last is None or last < first:
        return None
    return Found(*found.span(), first, last, "range" if last != first else "day", stated_year=bool(stated))


def _numeric(found: re.Match[str], part: dict[str, str], words: _Words) -> Found | None:
    """16/11/2020 is day, month, year, unless only the other order makes a date."""
    one, two, year = int(part["n1"]), int(part["n2"]), int(part["ny"])
    year = year + 2000 if year < 70 else year + 1900 if year < 100 else year
    orders = ((two, one), (one, two)) if not words.month_first else ((one, two), (two, one))
    for month, day in orders:
        if made := _make(year, month, day):
            return Found(*found.span(), made, made, "day")
    return None


def _weekday(found: re.Match[str], weekday: int, anchor: Anchor) -> Found:
    """The last such day before the dateline, or the dateline's own day."""
    if anchor.day is None:
        return Found(*found.span(), None, None, "weekday", stated_year=False)
    back = (anchor.day.weekday() - weekday) % 7
    day = anchor.day - timedelta(days=back)
    return Found(*found.span(), day, day, "weekday", stated_year=False)


def _day(found: re.Match[str], year: int, month: int, day: int) -> Found | None:
    made = _make(year, month, day)
    return Found(*found.span(), made, made, "day") if made else None


def _make(year: int, month: int, day: int) -> date | None:
    if 1 <= month <= 12 and 1000 <= year <= 9999 and 1 <= day <= monthrange(year, month)[1]:
        return date(year, month, day)
    return None


def _year(anchor: Anchor, month: int) -> int | None:
    """The year of a date without one: the anchor's, or the year before where the month would lie far ahead."""
    if anchor.day:
        return anchor.day.year - 1 if month - anchor.day.month > 6 else anchor.day.year
    return anchor.year


@lru_cache(maxsize=16)
def _words(language: str) -> _Words:
    """Months, weekdays and relative days of a language, and the pattern made of them."""
    book = lexicon.load("dates", language) or lexicon.load("dates", "en")
    months = {str(k).casefold(): int(v) for k, v in book.get("months", {}).items()}
    weekdays = {str(k).casefold(): int(v) for k, v in book.get("weekdays", {}).items()}
    relative = {str(k).casefold(): int(v) for k, v in book.get("relative", {}).items()}
    month = "|".join(sorted(map(re.escape, months), key=len, reverse=True)) or "(?!)"
    week = "|".join(sorted(map(re.escape, weekdays), key=len, reverse=True)) or "(?!)"
    near = "|".join(sorted(map(re.escape, relative), key=len, reverse=True)) or "(?!)"
    to = rf"\s*(?:-|–|—|to|until|till|through|and|&|au|et|по)\s*(?:the\s+)?(?:(?:{week}),?\s+(?:the\s+)?)?"
    hour = r"(?![\d:]|\s?[ap]\.?m\b)"  # What follows the number is an hour: 6:30, 6 p.m.
    nth = r"(?:st|nd|rd|th|er|-го|\.)?"
    joined = book.get("patterns", [])
    pattern = "|".join(
        [
            *joined,
            r"(?<!\d)(?P<iso>(?P<iy>\d{4})[-./年](?P<im>\d{1,2})[-./月](?P<id>\d{1,2})日?(?:/(?P<id2>\d{1,2})(?![\d/]))?)(?!\d)",
            r"(?<![\d/.])(?P<num>(?P<n1>\d{1,2})(?P<ns>[/.-])(?P<n2>\d{1,2})(?P=ns)(?P<ny>\d{4}|\d{2}))(?![\d/])",
            rf"(?<![\d/.:])(?P<ad>\d{{1,2}}){nth}(?:\s+(?:day\s+)?(?:of\s+)?(?P<am0>{month})\.?(?=\s*(?:-|–|to)\s*\d))?"
            rf"(?:(?:\s+(?P<ay1>\d{{4}}))?{to}(?P<ad2>\d{{1,2}}){nth})?\s+(?:day\s+)?(?:of\s+)?(?P<am>{month})\.?"
            rf"(?!\w)(?:,?\s+(?P<ay>\d{{4}})(?!\d))?",
            rf"(?<!\w)(?P<bm>{month})\.?\s+(?P<bd>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:])"
            rf"(?:,?\s+(?P<by1>\d{{4}})(?={to}(?:(?:{month})\.?\s+)?\d{{1,2}}{hour}))?"
            rf"(?:{to}(?:(?P<bm2>{month})\.?\s+)?(?P<bd2>\d{{1,2}})(?:st|nd|rd|th)?{hour})?(?:,?\s+(?P<by>\d{{4}})(?!\d))?",
            r"(?P<juche>\bJuche\s*\d{1,3}\b)",
            rf"(?<!\w)(?P<weekday>{week})(?!\w)",
            rf"(?<!\w)(?P<relative>{near})(?!\w)",
        ]
    )
    return _Words(months, weekdays, relative, re.compile(pattern, re.IGNORECASE), bool(book.get("month_first")))


def juche_year(text: str) -> int | None:
    """The common year of a Juche year in the text: Juche 109 is 2020."""
    found = re.search(r"\bJuche\s*(\d{1,3})\b", text)
    return int(found[1]) + 1911 if found else None


def issue_year(text: str) -> int | None:
    """The year an issue line gives: Juche 109 (2020), No. 5/2021, Vol. 12 (2019)."""
    if year := juche_year(text):
        return year
    found = re.search(r"(?:\bNo\.?|\bVol\.?|\bIssue)[^\n]{0,30}?\b((?:19|20)\d{2})\b|\(((?:19|20)\d{2})\)", text)
    return int(found[1] or found[2]) if found else None
