"""The pieces that every drawing is made of, as SVG: a frame with a title and a description, lines, and words."""

from collections.abc import Iterable

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe


def framed(
    kind: str,
    size: tuple[int, int],
    name: str,
    title: str,
    description: str,
    *inside: SafeString,
    with_links: bool = False,
) -> SafeString:
    """Return a drawing of a kind, which is its class, in its frame; `name` is its own on its page.

    One `with_links` is no picture to who hears the page, but a group of them, and is never drawn smaller than it is.
    """
    role = format_html('width="{}" height="{}" role="group"', *size) if with_links else mark_safe('role="img"')
    return format_html(
        '<svg class="{}" viewBox="0 0 {} {}" {} aria-labelledby="{}-title {}-desc"><title id="{}-title">{}'
        '</title><desc id="{}-desc">{}</desc>{}</svg>',
        *(kind, *size, role, name, name, name, title, name, description, together(inside)),
    )


def together(parts: Iterable[SafeString]) -> SafeString:
    """Return parts of a drawing as one."""
    return format_html_join("", "{}", ((part,) for part in parts))


def text(kind: str, x: float, y: float, said: object, anchor: str = "start") -> SafeString:
    """Return words at a place."""
    return format_html('<text class="{}" text-anchor="{}" x="{}" y="{}">{}</text>', kind, anchor, x, y, said)


def line(kind: str, x: tuple[float, float], y: tuple[float, float]) -> SafeString:
    """Return a straight line, from the first of two places across and down to the second."""
    return format_html('<line class="{}" x1="{}" x2="{}" y1="{}" y2="{}"/>', kind, *x, *y)
