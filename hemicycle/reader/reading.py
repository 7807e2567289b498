"""From a source to what it reports: the page laid open, its genre, and the claims of every frame."""

import re
from collections.abc import Callable, Iterable, Iterator

from hemicycle.reader.dates import dates, issue_year
from hemicycle.reader.frames import ANYWHERE, FRAMES
from hemicycle.reader.genre import judge, laid_out_as_minutes
from hemicycle.reader.page import open_page
from hemicycle.reader.passages import LONGEST, Text
from hemicycle.reader.shape import Claim, Label, Page, Reading
from hemicycle.reader.speakers import voices

YEAR = re.compile(r"(?<![\d.,-])((?:19|20)\d\d)(?![\d-])")
Frame = Callable[[Text], Iterator[Claim]]


def read(source: bytes | str, *, name: str, media_type: str | None = None) -> Reading:
    """Read a published report. Raises Unreadable where nothing in the source can be read."""
    return read_page(open_page(source, name=name, media_type=media_type))


def read_page(page: Page) -> Reading:
    """What an opened page reports; a page that reports no meeting has only the claims that hold of any page."""
    text = Text(page, published=page.published)
    text.facts["year"] = _year(text)
    judged = judge(text)
    text.genre = judged.genre
    text.facts["minutes"] = judged.is_report and laid_out_as_minutes(text)
    notes = [*page.notes, f"genre: {judged.genre} ({judged.why})"]
    if len(page.article.text) > LONGEST:
        notes.append(f"read for facts: the first {LONGEST} characters")
    text.voices = voices(text).at
    frames = (*FRAMES, *ANYWHERE) if judged.is_report else ANYWHERE
    claims: list[Claim] = []
    for frame in frames:
        claims.extend(frame(text))
    return Reading(page, judged.is_report, tuple(claims), tuple(notes))


def _year(text: Text) -> int | None:
    """The year that the issue's line gives, where the page has no date of its own."""
    if text.published:
        return text.published.year
    if year := next((year for passage in text.front if (year := issue_year(passage.text))), None):
        return year
    if year := _one_year(passage.text for passage in text.front):
        return year
    article = text.page.article.text
    told = (found for piece in (article[:3000], article[-800:]) for found in dates(piece, text.language))
    if year := next((found.first.year for found in told if found.first and found.stated_year), None):
        return year
    below = (b for b in text.page.blocks[-40:] if b.label is Label.COLOPHON)
    return _one_year(text.page.text[b.span.start : b.span.end] for b in below)


def _one_year(lines: Iterable[str]) -> int | None:
    """The year that these lines name, where they name one only."""
    years = {int(year) for line in lines for year in YEAR.findall(line[:400])}
    return years.pop() if len(years) == 1 else None
