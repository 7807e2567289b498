"""The flat shape: one object of plain values for each page, null or [] where the page is silent."""

from collections.abc import Iterable
from typing import Any

from hemicycle.reader.passages import plain
from hemicycle.reader.shape import Claim, Label, Reading

FLOOR = 0.5  # A claim less sure than this stays in the reading and leaves no trace here.
WORDS = 8  # Words by which beginnings and ends are told.
MEETING = ("body", "term_ordinal", "meeting_ordinal", "kind", "enlarged", "sitting_day", "start", "end", "place")
FURNITURE = frozenset(Label) - {Label.ARTICLE, Label.TITLE}


def flat(reading: Reading) -> dict[str, Any]:
    """What leaves the house with --flat, key by key as the shape has it."""
    page = reading.page
    claims = [claim for claim in reading.claims if claim.confidence >= FLOOR] if reading.is_meeting_report else []
    meeting = {key: _one(claims, f"meeting.{key}") for key in MEETING}
    if reading.is_meeting_report:
        meeting["enlarged"] = bool(meeting["enlarged"])
    presided = _all(claims, "presided_by")
    listed = plain(page.article.text).split() if len(page.article.text) < 20_000 else None
    return {
        "source_name": page.source_name or None,
        "published": page.published.isoformat() if page.published else None,
        "is_meeting_report": reading.is_meeting_report,
        "title": plain(page.title) or None,
        "meeting": meeting,
        "presided_by": presided[0] if len(presided) == 1 else presided or None,
        "authorized_by": _one(claims, "authorized_by"),
        "attendance": _rows(claims, "attendance", ("category", "who", "mode")),
        "agenda": _all(claims, "agenda"),
        "reports": _rows(claims, "reports", ("by", "on")),
        "adopted": _rows(claims, "adopted", ("what", "how")),
        "tasks": _rows(claims, "tasks", ("sector", "text_start")),
        "criticised": _all(claims, "criticised"),
        "commended": _all(claims, "commended"),
        "article_first_words": " ".join((listed or page.article.text[:2000].split())[:WORDS]) or None,
        "article_last_words": " ".join((listed or page.article.text[-2000:].split())[-WORDS:]) or None,
        "furniture_examples": _furniture(reading),
    }


def _one(claims: Iterable[Claim], field: str) -> Any:
    """The surest value of a field."""
    found = sorted((claim for claim in claims if claim.field == field), key=lambda claim: -claim.confidence)
    return found[0].value if found else None


def _all(claims: Iterable[Claim], field: str) -> list[Any]:
    """Every value of a field, in the order of the page."""
    return list(dict.fromkeys(claim.value for claim in claims if claim.field == field))


def _rows(claims: Iterable[Claim], field: str, keys: tuple[str, ...]) -> list[dict[str, Any]]:
    """Every row of a field, with these keys and no others."""
    rows: list[dict[str, Any]] = []
    for claim in claims:
        if claim.field == field and isinstance(claim.value, dict):
            row = {key: claim.value.get(key) for key in keys}
            if row not in rows:
                rows.append(row)
    return rows


def _furniture(reading: Reading) -> list[str]:
    """What is no part of the article, each once."""
    texts = (
        plain(reading.page.text[block.span.start : block.span.end])
        for block in reading.page.blocks
        if block.label in FURNITURE and block.repeats is None
    )
    return list(dict.fromkeys(text for text in texts if text))
