"""From a source to a page laid open: its blocks by kind, and its article as running text."""

import re

from hemicycle.reader.shape import Block, Label, Page, Span, Weaver

PARAGRAPH = re.compile(r"[^\s][^\n]*")


def open_page(source: bytes | str, *, name: str, media_type: str | None = None) -> Page:
    """The page that a source holds. Raises Unreadable where nothing in it can be read."""
    text = source if isinstance(source, str) else source.decode("utf-8", "replace")
    spans = [Span(found.start(), found.start() + len(found.group().rstrip())) for found in PARAGRAPH.finditer(text)]
    weaver = Weaver()
    for span in spans:
        weaver.join("\n\n")
        weaver.add(text[span.start : span.end], span.start)
    return Page(
        name=name,
        text=text,
        media_type=media_type or "text/plain",
        encoding="utf-8",
        language="en",
        blocks=tuple(Block(span, Label.ARTICLE) for span in spans),
        article=weaver.running(),
        article_span=Span(spans[0].start, spans[-1].end) if spans else None,
        title="",
        title_span=None,
    )
