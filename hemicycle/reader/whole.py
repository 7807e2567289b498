"""The whole of a reading as JSON knows it: every passage with its place, its line and how sure the reader is."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from hemicycle.reader.lines import Lines
from hemicycle.reader.shape import Block, Page, Reading, Repair, Span


def whole(reading: Reading) -> dict[str, Any]:
    """A reading as a mapping for JSON; offsets count characters of `text`, lines begin with 1."""
    page = reading.page
    places = Places(page.text)
    return {
        "name": page.name,
        "is_meeting_report": reading.is_meeting_report,
        "claims": [
            {
                "field": claim.field,
                "value": plain(claim.value),
                **places.place(claim.span),
                "passage": page.text[claim.span.start : claim.span.end],
                "original": claim.original,
                "confidence": claim.confidence,
                "rule": claim.rule,
                "speakers": list(claim.speakers),
            }
            for claim in reading.claims
        ],
        **page_of(page, places),
        "notes": {"page": list(page.notes), "reading": list(reading.notes)},
        "text": page.text,
    }


def page_of(page: Page, places: "Places") -> dict[str, Any]:
    """What is said of the page itself."""
    return {
        "source_name": page.source_name or None,
        "media_type": page.media_type,
        "encoding": page.encoding,
        "language": page.language,
        "title": page.title or None,
        "title_place": places.maybe(page.title_span),
        "source_place": places.maybe(page.source_span),
        "article_place": places.maybe(page.article_span),
        "article": {
            "text": page.article.text,
            "pieces": [list(piece) for piece in page.article.pieces],
        },
        "blocks": [block_of(block, places) for block in page.blocks],
        "repairs": [repair_of(repair, places) for repair in page.repairs],
        "lost": [places.place(span) for span in page.lost],
        "page_dates": [
            {**places.place(span), "date": day.isoformat(), "role": role} for span, day, role in page.page_dates
        ],
    }


def block_of(block: Block, places: "Places") -> dict[str, Any]:
    """A block, with what it is and why."""
    return {
        **places.place(block.span),
        "label": block.label.value,
        "form": block.form,
        "level": block.level,
        "repeats": block.repeats,
        "why": block.why,
    }


def repair_of(repair: Repair, places: "Places") -> dict[str, Any]:
    """A repair, with what stood there before."""
    said = {key: value for key, value in asdict(repair).items() if key != "span"}
    return {**places.place(repair.span), **said}


class Places:
    """Says where a passage is."""

    def __init__(self, text: str) -> None:
        self._lines = Lines(text)

    def place(self, span: Span) -> dict[str, int]:
        """Where a passage is."""
        return {"start": span.start, "end": span.end, "line": self._lines.line(span.start)}

    def maybe(self, span: Span | None) -> dict[str, int] | None:
        """Where a passage is, if there is one."""
        return None if span is None else self.place(span)


def plain(value: object) -> Any:
    """A claim's value in the few types that JSON has."""
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(one) for one in value]
    return value if value is None or isinstance(value, bool | int | float | str) else str(value)
