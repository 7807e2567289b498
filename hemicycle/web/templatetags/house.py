"""The tags that templates of every room use: form tokens, sentences of entries, moments at a place, meters, seats."""

import secrets
from collections.abc import Iterable, Sequence
from datetime import date, datetime, tzinfo
from functools import cache
from zoneinfo import ZoneInfo

from django import template
from django.templatetags.static import static
from django.utils import timezone
from django.utils.formats import date_format, get_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from hemicycle.journal import words
from hemicycle.journal.models import Entry
from hemicycle.meetings.rehearsing import is_of_a_rehearsal
from hemicycle.web import hemicycle_svg

register = template.Library()

# In this order: the first names the layers.
STYLES = (
    "tokens", "base", "layout", "button", "field", "notice", "badge", "card", "table", "agenda", "trail", "meter",
    "facts", "wording", "outcome", "timeline", "hemicycle", "now", "print",
)  # fmt: skip
DAY_FIRST = "j F Y"
SIGNS = {"now": "●", "good": "✓", "warn": "!", "bad": "✕", "plain": "○"}


@register.simple_tag
@cache
def styles() -> SafeString:
    """Link every style sheet that all pages share; what a server serves them from never changes while it runs."""
    return format_html_join("\n", '<link rel="stylesheet" href="{}">', ((sheet(name),) for name in STYLES))


@register.simple_tag
def style(name: str) -> SafeString:
    """Link a style sheet that only some pages need, by its name."""
    return format_html('<link rel="stylesheet" href="{}">', sheet(name))


def sheet(name: str) -> str:
    """Return the address of a style sheet."""
    return static(f"web/css/{name}.css")


@register.simple_tag
def once() -> SafeString:
    """Put a token into a form, so that the same form posted twice does nothing twice."""
    return format_html('<input type="hidden" name="once" value="{}">', secrets.token_urlsafe(16))


@register.simple_tag
def sentence(entry: Entry) -> str:
    """Tell an entry of a book as a sentence."""
    return words.sentence(entry)


@register.inclusion_tag("components/rehearsal.html", takes_context=True)
def rehearsal_note(context: template.Context) -> dict[str, bool]:
    """Say on every page about a rehearsal that it is one."""
    return {"rehearsal": is_of_a_rehearsal({str(name): value for name, value in context.flatten().items()})}


@register.simple_tag
def when(moment: datetime | date | None, zone: str = "", form: str = "DATETIME_FORMAT") -> str:
    """Show a moment at a place (a body's time zone), or a day. A moment that is missing shows as nothing."""
    if moment is None:
        return ""
    if not isinstance(moment, datetime):
        shown = "DATE_FORMAT" if form == "DATETIME_FORMAT" else form
        return format_html('<time datetime="{}">{}</time>', moment.isoformat(), date_format(moment, shown))
    there = moment.astimezone(place(zone))
    return format_html('<time datetime="{}">{}</time>', moment.isoformat(), date_format(there, form))


@register.simple_tag
def days(first: date, last: date | None = None) -> str:
    """Show a day, or the days from one to another; a month and a year that both share are said once."""
    if last is None or last == first:
        return when(first)
    plain = get_format("DATE_FORMAT") == DAY_FIRST
    if plain and (first.year, first.month) == (last.year, last.month):
        start, dash = str(first.day), "–"
    elif plain and first.year == last.year:
        start, dash = date_format(first, "j F"), " – "
    else:
        start, dash = date_format(first), " – "
    return format_html('<time datetime="{}">{}</time>{}{}', first.isoformat(), start, dash, when(last))


@register.simple_tag
def hours(first: datetime, last: datetime, zone: str = "") -> str:
    """Show from when to when something lasts, at a place; a day that both share is said once."""
    start, end = (moment.astimezone(place(zone)).date() for moment in (first, last))
    form = "TIME_FORMAT" if start == end else "DATETIME_FORMAT"
    return format_html("{} – {}", when(first, zone), when(last, zone, form))


@register.simple_tag
def happened(entry: Entry, zone: str = "") -> str:
    """Say when an entry happened, where that is not when it was entered; else nothing."""
    if entry.happened_as == "not stated":
        return _("when it happened is not stated")
    start, end = entry.happened_from, entry.happened_to
    if start is None or start == entry.recorded_at:
        return ""
    if entry.happened_as == "moment" or end is None:
        return format_html(_("happened {}"), when(start, zone))
    first, last = start.astimezone(place(zone)).date(), end.astimezone(place(zone)).date()
    if first == last:
        return format_html(_("happened on {}"), when(first))
    return format_html(_("happened from {} to {}"), when(first), when(last))


def place(zone: str) -> tzinfo:
    """Return the time zone with this name, or the one in force."""
    return ZoneInfo(zone) if zone else timezone.get_current_timezone()


@register.inclusion_tag("components/badge.html")
def badge(label: str, tone: str = "plain") -> dict[str, str]:
    """Show a state: a sign and a word. `tone` is one of now, good, warn, bad, plain."""
    return {"label": label, "tone": tone, "sign": SIGNS[tone]}


@register.inclusion_tag("components/meter.html")
def meter(label: str, reached: int, whole: int, mark: int | None = None, more: str = "") -> dict[str, object]:
    """Show how much of a whole is reached, as a bar and in words; `mark` draws the line that has to be reached."""
    return {
        "label": label,
        "reached": reached,
        "whole": whole,
        "more": more,
        "width": share(reached, whole),
        "mark": share(mark, whole) if mark is not None else None,
        "enough": mark is not None and reached >= mark,
    }


def share(part: int, whole: int) -> int:
    """Return a part of a whole in thousandths, never beyond it."""
    return min(1000, part * 1000 // whole) if whole > 0 else 0


@register.simple_tag
def mark() -> SafeString:
    """Draw the mark of the house: two rows of seats and the chair."""
    return SafeString(
        '<svg viewBox="0 0 52 34" aria-hidden="true" focusable="false"><g fill="none" stroke="currentColor" '
        'stroke-width="6.5" stroke-linecap="round">'
        '<path d="M4 29h0M10.4 12.400h0M26 5h0M41.600 12.400h0M48 29h0M15 29h0M18.300 21.300h0M26 18h0'
        'M33.700 21.300h0M37 29h0"/></g><circle cx="26" cy="30" r="3.500" fill="currentColor"/></svg>'
    )


@register.simple_tag
def swatch(kind: str) -> SafeString:
    """Draw one seat of a kind (for, against, abstain, none, present, absent, 1 to 8), for a key."""
    return hemicycle_svg.swatch(kind)


@register.inclusion_tag("components/hemicycle.html")
def hemicycle(
    parts: Iterable[tuple[str, str, int]],
    title: str,
    figure: str = "",
    heading: str = "",
    column: str = "",
    order: Sequence[str] = (),
    table: bool = True,
    whose: Sequence[str] = (),
) -> dict[str, object]:
    """Draw seats in arcs. `parts`: kind, label and count of each; `order`: the kind of every seat, from the left.

    `whose`: what is read by whoever points at a seat.
    """
    shown = [hemicycle_svg.Part(*part) for part in parts]
    said = ", ".join(f"{part.label}: {part.count}" for part in shown)
    return {
        "drawing": hemicycle_svg.draw(shown, title=title, desc=said, figure=figure, order=order, whose=whose),
        "parts": shown,
        "heading": heading,
        "column": column or _("Kind"),
        "whole": sum(part.count for part in shown),
        "table": table,
    }
