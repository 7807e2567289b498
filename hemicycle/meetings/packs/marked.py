"""Documents written in Markdown (CommonMark, with tables), laid out for paper."""

from collections.abc import Sequence
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

LOWEST = 6


def laid_out(text: str, title: str) -> SafeString:
    """Return a Markdown text as HTML that stands below its document's title.

    Headings stand a level lower, and one that only says the title again is left out. HTML in the text stays text, and
    of a picture, which would have to be fetched, its description stands.
    """
    marked = MarkdownIt("commonmark", {"html": False}).enable("table")
    marked.add_render_rule("image", described)
    tokens = marked.parse(text)
    if len(tokens) > 1 and tokens[0].type == "heading_open" and tokens[1].content.strip() == title:
        del tokens[:3]
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(int(token.tag[1:]) + 1, LOWEST)}"
    html: str = marked.renderer.render(tokens, marked.options, {})
    return mark_safe(html)  # noqa: S308  # What is written in it was escaped.


def described(_renderer: Any, tokens: Sequence[Token], index: int, _options: Any, _environ: Any) -> str:
    """Return what stands for a picture: its description."""
    return str(escape(f"[{tokens[index].content}]"))
