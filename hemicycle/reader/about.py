"""What the page says of itself: its days, kept apart by their roles, and who published it."""

import re
from collections.abc import Iterator
from datetime import date

from hemicycle.reader.article import Bounds
from hemicycle.reader.blocks import WORD, Draft, Laid
from hemicycle.reader.furniture import SPACED, Cues, plain
from hemicycle.reader.page_dates import PUBLISHED, SHOWN, choose, dateline_at, dates_in, day_first, from_stamp, made
from hemicycle.reader.shape import Label, Span
from hemicycle.reader.title import FIELD

DATED = tuple[int, Span, date, str]
HEAD = 4000  # Characters above the article in which its date may stand in numbers.
NUMERIC = re.compile(r"(?<![\d/.-])(\d{1,2})[/.](\d{1,2})[/.]\d{4}(?![\d/.])")
SHORT = 50  # Words of a block that may be the page speaking of itself.
LABELLED = re.compile(r"\bdate\b", re.IGNORECASE)
EMBARGO = re.compile(r"\bembargo|\bnot for publication before", re.IGNORECASE)
YEAR = re.compile(r"(?<![\d/.-])((?:19|20)\d\d)(?![\d/.-])")
SOURCE = re.compile(
    r"(?:\bsource|\bquelle|источник|来源|출처)\s?[:：]\s*"
    r"((?:(?!\s\s|,?\s(?:editors?|author|date|time|updated|published)\s?[:：]|,?\s\(?\d{1,4}[-./]\d{1,2}[-./])[^|·•\n]){2,80})",
    re.IGNORECASE,
)
MORE_FROM = re.compile(
    r"(?:more|other|latest)(?:\s(?:news|stories|articles|headlines))?\s+from\s+(?:the\s+)?(.{2,60})\Z", re.IGNORECASE
)
BY = re.compile(
    r"(?:©|\(c\)|copyright)?\s*(?:(?:19|20)\d\d)?,?\s*(?:published|issued|produced)\s+by\s+(?:the\s+)?"
    r"(.{2,80}?)(?=\s+editorial\b|\s+press\s+office\b|\s+(?:19|20)\d\d|\s+address\b|[,;:.|]|\s+[-–—]\s|\Z)",
    re.IGNORECASE,
)
OWNER = re.compile(
    r"(?:©|\(c\)|copyright)\s*(?:©|\(c\))?\s*(?:(?:19|20)\d\d(?:\s?[-–]\s?\d{2,4})?)?,?\s*(?:by\s+)?(?:the\s+)?"
    r"((?!all rights)[^.,;|\d]{3,70})",
    re.IGNORECASE,
)
OF_BODY = re.compile(
    r"\b(?:minutes|proceedings|notes|record)\s+(?:of|for)\s+(?:the\s+|a\s+|an\s+)?(?:[\w’'-]+\s+){0,5}?(?:meeting|session|sitting)\s+of\s+(?:the\s+)?"
    r"(?P<body>.+?)(?=\s+(?:held|on|at|in)\b|[,;:–—-]\s|\Z)",
    re.IGNORECASE,
)
BODY_FIRST = re.compile(
    r"(?:#+\s*)?(?P<body>[A-Z][\w.&’' -]{2,70}?)\s*"
    r"(?:--|[-–—:@|,(]|\b(?=(?:annual|regular|ordinary|special|board|minutes|meeting|teleconference|telecon|weekly)\b))"
    r".{0,80}?\b(?:minutes|meeting|call|notes|session|teleconference|telecon)\b",
    re.IGNORECASE,
)
ISSUE = re.compile(
    r"\s*(?:[|•·–—]|\bvol(?:ume)?\b\.?|\bissue\b|\bno\b\.|\(no\b|,\s*(?:mon|tues|wednes|thurs|fri|satur|sun)day).*\Z",
    re.IGNORECASE,
)
NUMBERED = re.compile(
    r"\b(?:press|news|media)\s+release\b|\b(?:organ of|no\.?|vol\.?|volume|issue|price)\s*[#№]?\s?\w", re.IGNORECASE
)
ABOUT_PAGE = re.compile(
    r"\b(?:unconfirmed|confirmed|draft|approved|minutes|results?|agenda|conclusions|press release|report|archive|home"
    r"|documents?)\b",
    re.IGNORECASE,
)
UNIT = re.compile(  # An office of whoever published it, or a body without a name: no source by itself.
    r"(?:the )?(?:communications?|press|media|public (?:relations|affairs|information)|information|news)"
    r" (?:office|department|unit|centre|center|service|desk|section|room)"
    r"|(?:the )?(?:committee|board|council|secretariat)"
    r"|(?:secretary|secretariat)(?: of)?\b.*|.*\ball rights reserved.*"
    r"|(?:press|news|media) release\b.*|for (?:immediate )?(?:release|use)\b.*",
    re.IGNORECASE,
)
SUFFIX = re.compile(r"\s+[|–—·»-]\s+")


def days(laid: Laid, bounds: Bounds, language: str) -> tuple[tuple[Span, date, str], ...]:
    """The page's own days by role: published, page (shown, saved, changed), dateline."""
    address = next((value for value, _ in laid.said("address")), "")
    habit = _filed_habit(laid, bounds)
    if habit is None:
        habit = day_first(laid.text, address, laid.language or language)
    found: list[DATED] = list(_from_head(laid, bounds))
    for index, draft in enumerate(laid.drafts):
        if _tells(draft, index, bounds):
            found.extend(_from_block(laid, draft, index, bounds, habit))
    found.extend(_at_the_end(laid, bounds, habit))
    filed = _filed(laid, bounds, found)
    if filed is not None:
        found.append(filed)
        found = [_agreed(item, filed) for item in found]
        found.append((5, filed[1], filed[2], "published"))
    elif (unknown := _line(laid, bounds)) is not None:
        found = [
            item for item in found if item[0] < 3 or (item[2].month, item[2].day) == unknown or item[3] != "published"
        ]
    certain = [item for item in found if item[3] == "published" and item[0] <= 2]
    if certain:
        best = min(certain)[2]
        found = [
            (rank, span, day, "page" if rank > 2 and role == "published" and day != best else role)
            for rank, span, day, role in found
        ]
    return choose(found)


def _filed_habit(laid: Laid, bounds: Bounds) -> bool | None:
    """Whether days stand before months, by a numeric date above the article that is the dateline's day one way only."""
    line = dateline_at(laid.text, *_place(laid, bounds)) if bounds.first < len(laid.drafts) else None
    if line is None or line.day == line.month:
        return None
    start = max(0, laid.drafts[bounds.first].start - HEAD)
    for found in NUMERIC.finditer(laid.text, start, laid.drafts[bounds.first].start):
        one, two = int(found[1]), int(found[2])
        if {one, two} == {line.day, line.month}:
            return one == line.day
    return None


def _place(laid: Laid, bounds: Bounds) -> tuple[int, int]:
    draft = laid.drafts[bounds.first]
    return draft.start, draft.end


def _from_head(laid: Laid, bounds: Bounds) -> Iterator[DATED]:
    for key, rank, role in (("published", 0, "published"), ("modified", 0, "page")):
        for value, span in laid.said(key):
            day = from_stamp(value)
            if day is not None:
                yield rank, span, day, role
    first = laid.drafts[bounds.first].end if bounds.first < len(laid.drafts) else 0
    for value, span in laid.said("time"):
        day = from_stamp(value)
        if day is not None and span.start < first and not SHOWN.search(laid.text[span.start : span.end][:80]):
            yield 2 if not bounds.minutes else 9, span, day, "published" if not bounds.minutes else "page"


def _tells(draft: Draft, index: int, bounds: Bounds) -> bool:
    """Whether a block may say when the page was published."""
    if draft.form == "metadata" or draft.label in {Label.TITLE, Label.TEASER, Label.ADVERTISEMENT, Label.CHAT}:
        return False
    near = index <= bounds.first or (
        index > bounds.last and draft.label in {Label.COLOPHON, Label.FRONT, Label.MASTHEAD}
    )
    return near and draft.words <= SHORT and draft.label is not Label.ARTICLE


def _from_block(laid: Laid, draft: Draft, index: int, bounds: Bounds, habit: bool | None) -> Iterator[DATED]:
    said = list(dates_in(laid.text, draft.start, min(draft.end, draft.start + 600), day_before_month=habit))
    if not said or EMBARGO.search(draft.flat):
        return
    for found in said:
        before = laid.text[max(draft.start, found.span.start - 40) : found.span.start]
        shown, published = list(SHOWN.finditer(before)), list(PUBLISHED.finditer(before))
        if shown and (not published or shown[-1].start() > published[-1].start()):
            yield 6, found.span, found.day, "page"
        elif published and not (bounds.minutes and LABELLED.fullmatch(published[-1][0])):
            yield 1 if index <= bounds.first else 4, found.span, found.day, "published"
        elif bounds.minutes or index > bounds.last:
            continue
        elif not bounds.title or index > bounds.title[0] or not found.alone:
            yield 3, found.span, found.day, "published"
        else:
            yield 4, found.span, found.day, "published"


def _at_the_end(laid: Laid, bounds: Bounds, habit: bool | None) -> Iterator[DATED]:
    """“Place, the 5th of June 2024” under a letter or a communiqué."""
    if bounds.minutes:
        return
    for draft in laid.drafts[max(bounds.first + 1, bounds.last - 2) : bounds.last + 1]:
        if draft.words <= 9 and draft.label is Label.ARTICLE and not draft.closed:
            for found in dates_in(laid.text, draft.start, draft.end, day_before_month=habit):
                yield 4, found.span, found.day, "published"


def _line(laid: Laid, bounds: Bounds) -> tuple[int, int] | None:
    """Month and day of a dateline without its year."""
    if bounds.first >= len(laid.drafts):
        return None
    draft = laid.drafts[bounds.first]
    line = dateline_at(laid.text, draft.start, draft.end)
    return (line.month, line.day) if line is not None and line.year is None else None


def _filed(laid: Laid, bounds: Bounds, found: list[DATED]) -> DATED | None:
    """The dateline's day; its year, where it has none, by the day of publication or the one year above the article."""
    if bounds.first >= len(laid.drafts):
        return None
    draft = laid.drafts[bounds.first]
    line = dateline_at(laid.text, draft.start, draft.end)
    if line is None:
        return None
    year = line.year
    if year is None:
        near = [day for rank, _, day, role in found if role == "published" and rank <= 4]
        near = sorted(
            (day for day in near if abs((day.month - line.month) % 12) in {0, 1, 11}),
            key=lambda day: (day.month, day.day) != (line.month, line.day),
        )
        years = {int(y) for d in laid.drafts[: bounds.first] if d.form != "metadata" for y in YEAR.findall(d.flat)}
        if near:
            year = near[0].year - (near[0].month == 1 and line.month == 12)
        elif len(years) == 1 and not any(role == "published" for _, _, _, role in found):
            year = years.pop()
        elif not years and not found:
            below = (d for d in laid.drafts[bounds.last + 1 :] if d.label is Label.COLOPHON)
            owned = {int(y) for d in below if OWNER.search(d.flat) for y in YEAR.findall(d.flat)}
            year = owned.pop() if len(owned) == 1 else None
    day = made(year, line.month, line.day) if year else None
    return (2, line.span, day, "dateline") if day is not None else None


def _agreed(item: DATED, filed: DATED) -> DATED:
    """A date by itself that is far from the dateline is the page's, not the report's."""
    rank, span, day, role = item
    return (rank, span, day, "page") if role == "published" and rank >= 3 and abs((day - filed[2]).days) > 10 else item


def source(laid: Laid, bounds: Bounds, known: Cues) -> tuple[str, Span | None]:
    """The outlet or body that published the page, in its own words."""
    for finder in (_named, _in_head, _in_title, _above, _more_from, _below, _body, _in_foot, _agency):
        for span in finder(laid, bounds, known):
            words = laid.text[span.start : span.end]
            kept = words.strip(" \n\t|,.-–—:#*_")
            if 2 <= len(kept) <= 90 and not UNIT.fullmatch(kept):
                start = span.start + words.index(kept)
                shown = kept.replace(" ", "") if SPACED.match(kept) else " ".join(kept.split())
                return shown, Span(start, start + len(kept))
    return "", None


def _matched(draft: Draft, laid: Laid, pattern: re.Pattern[str], *, whole: bool = False) -> Iterator[Span]:
    piece = laid.text[draft.start : min(draft.end, draft.start + 600)]
    found = pattern.match(piece) if whole else pattern.search(piece)
    if found is not None:
        yield Span(draft.start + found.start(found.lastindex or 0), draft.start + found.end(found.lastindex or 0))


def _named(laid: Laid, bounds: Bounds, known: Cues) -> Iterator[Span]:
    for draft in laid.drafts[: bounds.first]:
        if draft.form != "metadata":
            yield from _matched(draft, laid, SOURCE)


def _in_head(laid: Laid, bounds: Bounds, known: Cues) -> Iterator[Span]:
    yield from (span for _, span in laid.said("source"))


def _above(laid: Laid, bounds: Bounds, known: Cues) -> Iterator[Span]:
    """A newspaper's or an agency's name above the article."""
    names = known.names.get("names", frozenset())
    for index, draft in enumerate(laid.drafts[: bounds.first]):
        if draft.form == "metadata" or draft.label not in {Label.MASTHEAD, Label.FRONT} or draft.linked > 0.5:
            continue
        if draft.form == "item":
            continue
        if SPACED.match(draft.flat) and not draft.why.startswith("front"):
            yield Span(draft.start, draft.end)
        if FIELD.match(draft.flat):
            continue
        after = laid.drafts[index + 1] if index + 1 < bounds.first else None
        numbered = any(sign.isdigit() for sign in draft.flat) or draft.why.startswith("front")
        numbered = numbered or plain(draft.flat).rsplit(" ", 1)[-1] in known.names.get("unfinished", frozenset())
        if (
            draft.words <= 6
            and not (draft.linked or numbered)
            and after is not None
            and NUMBERED.search(after.flat)
            and after.label is not Label.TITLE
        ):
            yield Span(draft.start, draft.end)
        piece = ISSUE.sub("", laid.text[draft.start : min(draft.end, draft.start + 120)])
        words = WORD.findall(plain(piece))
        if 2 <= len(words) <= 7 and names & set(words) and piece[:1].isupper() and not draft.why.startswith("front"):
            yield Span(draft.start, draft.start + len(piece))


def _more_from(laid: Laid, bounds: Bounds, known: Cues) -> Iterator[Span]:
    for draft in laid.drafts[bounds.last + 1 :]:
        if draft.words <= 10:
            yield from _matched(draft, laid, MORE_FROM, whole=True)


def _below(laid: Laid, bounds: Bounds, known: Cues) -> Iterator[Span]:
    """Who published or owns it, by the colophon."""
    after = [draft for draft in laid.drafts[bounds.last + 1 :] if draft.label is Label.COLOPHON and draft.words <= 60]
    for pattern in (BY, OWNER):
        for draft in after:
            yield from _matched(draft, laid, pattern)


def _body(laid: Laid, bounds: Bounds, known: Cues) -> Iterator[Span]:
    """The body whose minutes or communiqué these are."""
    bodies = known.names.get("bodies", frozenset())
    unfinished = known.names.get("unfinished", frozenset())
    for draft in laid.drafts[: bounds.first]:
        words = WORD.findall(plain(draft.flat)) if draft.words <= 10 else []
        own = draft.label in {Label.MASTHEAD, Label.FRONT} and draft.form != "metadata" and not draft.linked
        own = own and not FIELD.match(draft.flat)
        if own and bodies & set(words) and words[-1] not in unfinished and not draft.why.startswith("front"):
            yield Span(draft.start, draft.end)
    if bounds.title:
        start, end = laid.drafts[bounds.title[0]].start, laid.drafts[bounds.title[-1]].end
        found = OF_BODY.search(laid.text[start : min(end, start + 400)])
        if found is None and bounds.minutes:
            found = BODY_FIRST.match(laid.text[start : min(end, start + 400)])
            happenings = known.names.get("happenings", frozenset())
            if found is not None and not happenings.isdisjoint(found["body"].lower().split()):
                found = None
        if found is not None:
            yield Span(start + found.start("body"), start + found.end("body"))


def _in_foot(laid: Laid, bounds: Bounds, known: Cues) -> Iterator[Span]:
    """A name at the head or foot of the page that the article names too."""
    body = "\n".join(
        draft.flat.lower() for draft in laid.drafts[bounds.first : bounds.last + 1] if draft.label is Label.ARTICLE
    )
    outside = [*laid.drafts[: bounds.first], *laid.drafts[bounds.last + 1 :]]
    for draft in outside:
        if draft.label not in {Label.COLOPHON, Label.MASTHEAD, Label.FRONT} or draft.form == "metadata":
            continue
        name = re.split(r"[,|.–—:;(]", draft.flat, maxsplit=1)[0].strip(" #*_")
        if 2 <= len(name.split()) <= 8 and name[:1].isupper() and _known(name.lower(), body):
            at = laid.text.find(name, draft.start, draft.end)
            if at >= 0:
                yield Span(at, at + len(name))


def _known(name: str, body: str) -> bool:
    first = name.split(" ", 1)[0]
    return name in body or (len(first) > 7 and first in body)


def _agency(laid: Laid, bounds: Bounds, known: Cues) -> Iterator[Span]:
    if bounds.first < len(laid.drafts):
        draft = laid.drafts[bounds.first]
        line = dateline_at(laid.text, draft.start, draft.end)
        if line is not None and line.agency_span is not None:
            yield line.agency_span


def _in_title(laid: Laid, bounds: Bounds, known: Cues) -> Iterator[Span]:
    """The site's name after the headline in the page's title."""
    for value, span in laid.said("page_title"):
        parts = SUFFIX.split(value)
        own = len(parts) > 1 and not ABOUT_PAGE.search(parts[-1])
        if own and len(parts[-1].split()) <= 6 and not any(sign.isdigit() for sign in parts[-1]):
            yield Span(span.end - len(parts[-1]), span.end)
