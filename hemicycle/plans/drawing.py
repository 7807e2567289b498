"""Drawings of figures as SVG, made on the server: each has a title and a description, and stands beside its table.

Colours are never alone: what was is a solid line, what was to be is dashed, what may come is hatched.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Protocol

from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from hemicycle.decisions.rollup.figures import shown
from hemicycle.ground import picture
from hemicycle.plans.rules.comparison import Compared, Interval, Verdict, limits
from hemicycle.plans.rules.measure import Forecast
from hemicycle.plans.rules.periods import Span

# On a phone the same drawing has letters twice as high: there is room for them at every edge.
WIDTH, HEIGHT = 720, 412
LEFT, RIGHT, TOP, BOTTOM = 96, 16, 32, 62
BELOW = HEIGHT - BOTTOM + 26
BAR_WIDTH, BAR_HEIGHT = 320, 36
STEPS = 24
Point = tuple[date, Fraction]


class Dot(Protocol):
    """What was reached by a day, and whether all was there that was to be."""

    @property
    def day(self) -> date: ...
    @property
    def value(self) -> Fraction: ...
    @property
    def whole(self) -> bool: ...


@dataclass(frozen=True)
class Change:
    """A target as it was from a day on."""

    day: date
    value: int
    label: str


@dataclass(frozen=True)
class BurnUp:
    """What a burn-up shows: what was, what was to be, what may come, and every target in its time."""

    title: str
    description: str
    span: Span
    today: date
    actual: Sequence[Dot]
    expected: Sequence[Point]
    targets: Sequence[Change]
    forecast: Forecast | None
    places: int
    unit: str


class Plane:
    """Turns days and values, or numbers and rates, into places on the drawing."""

    def __init__(self, across: tuple[float, float], up: tuple[float, float]) -> None:
        self.across, self.up = across, up

    def x(self, value: float) -> float:
        """Return how far to the right."""
        first, last = self.across
        return round(LEFT + (WIDTH - LEFT - RIGHT) * (value - first) / ((last - first) or 1), 1)

    def y(self, value: float) -> float:
        """Return how far down."""
        low, high = self.up
        return round(HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * (value - low) / ((high - low) or 1), 1)

    def line(self, points: Sequence[tuple[float, float]]) -> str:
        """Return points as SVG writes them."""
        return " ".join(f"{self.x(across)},{self.y(up)}" for across, up in points)


def tidy_steps(low: float, high: float, most: int = 5) -> list[float]:
    """Return round numbers between two, a few of them."""
    width = (high - low) or 1
    power = 10 ** (len(str(int(width))) - 1) if width >= 1 else 1
    step = next((power * one for one in (0.2, 0.5, 1, 2, 5, 10) if width / (power * one) <= most), width)
    first = int(low // step)
    return [number * step for number in range(first, first + most * 3) if low <= number * step <= high]


def framed(title: str, description: str, inside: SafeString, figure: str) -> SafeString:
    """Return a drawing in its frame."""
    return picture.framed("plot", (WIDTH, HEIGHT), figure, title, description, HATCH, inside)


HATCH = mark_safe(
    '<defs><pattern id="may-come" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<line class="plot__hatch" x1="0" y1="0" x2="0" y2="6"/></pattern></defs>'
)


def texts(class_: str, anchor: str, places: Sequence[tuple[float, float, str]]) -> SafeString:
    """Return words at places."""
    return picture.together(picture.text(class_, across, up, said, anchor) for across, up, said in places)


def rules_across(plane: Plane, ups: Sequence[tuple[float, str]]) -> SafeString:
    """Return the thin lines at round values, with what they stand for."""
    lines = (picture.line("plot__rule", (LEFT, WIDTH - RIGHT), (plane.y(up), plane.y(up))) for up, _said in ups)
    return picture.together(lines) + texts("plot__text", "end", [(LEFT - 8, plane.y(up) + 4, said) for up, said in ups])


def burn_up(drawn: BurnUp) -> SafeString:
    """Draw what was reached by which day, beside what was to be, every target, and where it goes at this pace."""
    first, last = drawn.span.starts.toordinal(), drawn.span.ends.toordinal()
    heights = [float(one.value) for one in drawn.actual] + [float(value) for _day, value in drawn.expected]
    heights += [float(one.value) for one in drawn.targets]
    heights += [float(drawn.forecast.low), float(drawn.forecast.high)] if drawn.forecast else []
    low, high = min([0.0, *heights]), max([1.0, *heights]) * 1.06
    plane = Plane((first, last), (low, high))
    days = [drawn.span.starts, drawn.span.starts + timedelta(days=drawn.span.days // 2), drawn.span.ends]
    anchors = ("start", "middle", "end")
    parts = [rules_across(plane, [(up, shown(Fraction(up), drawn.places)) for up in tidy_steps(low, high)])]
    for day, anchor in zip(days, anchors, strict=True):
        class_ = "plot__text plot__text--between" if anchor == "middle" else "plot__text"
        parts.append(texts(class_, anchor, [(plane.x(day.toordinal()), BELOW, date_format(day))]))
    parts += [stepped(plane, drawn, last), may_come(plane, drawn, last)]
    parts.append(lined("plot__expected", plane, drawn.expected))
    parts.append(lined("plot__actual", plane, [(one.day, one.value) for one in drawn.actual]))
    parts.append(
        format_html_join(
            "",
            '<circle class="plot__dot{}" cx="{}" cy="{}" r="4"/>',
            (
                ("" if one.whole else " plot__dot--part", plane.x(one.day.toordinal()), plane.y(float(one.value)))
                for one in drawn.actual
            ),
        )
    )
    if drawn.span.starts <= drawn.today <= drawn.span.ends:
        today = plane.x(drawn.today.toordinal())
        parts.append(picture.line("plot__today", (today, today), (TOP, HEIGHT - BOTTOM)))
        parts.append(texts("plot__text", "middle", [(min(max(today, LEFT + 34), WIDTH - 50), TOP - 7, _("today"))]))
    return framed(drawn.title, drawn.description, picture.together(parts), "burn-up")


@dataclass(frozen=True)
class Bar:
    """A counter as a bar: how far it is, what was to be expected by the day, and its target or its two bounds."""

    name: str
    title: str
    description: str
    value: Fraction | None
    expected: Fraction | None
    targets: Sequence[int]


def bar(drawn: Bar) -> SafeString:
    """Draw a counter: filled up to where it is, a stroke at each target, a dashed one at what was to be expected."""
    values = [float(one) for one in (drawn.value, drawn.expected, *drawn.targets) if one is not None]
    low, high = min([0.0, *values]), max([0.0, *values]) or 1.0

    def across(value: float) -> float:
        return round(2 + (BAR_WIDTH - 4) * (value - low) / (high - low), 1)

    ends = (2, BAR_HEIGHT - 2)
    parts = [rectangle("plot__track", across(low), across(high))]
    if drawn.value is not None:
        parts.append(rectangle("plot__filled", *sorted((across(0), across(float(drawn.value))))))
    if drawn.expected is not None:
        place = across(float(drawn.expected))
        parts.append(picture.line("plot__expected", (place, place), ends))
    for target in drawn.targets:
        place = across(float(target))
        parts.append(picture.line("plot__target", (place, place), ends))
    size = (BAR_WIDTH, BAR_HEIGHT)
    return picture.framed("plot-bar", size, drawn.name, drawn.title, drawn.description, *parts)


def rectangle(class_: str, left: float, right: float) -> SafeString:
    """Return a stretch of a bar."""
    return format_html(
        '<rect class="{}" x="{}" y="8" width="{}" height="{}"/>', class_, left, round(right - left, 1), BAR_HEIGHT - 16
    )


def lined(class_: str, plane: Plane, points: Sequence[Point]) -> SafeString:
    """Return a line through points."""
    through = plane.line([(day.toordinal(), float(value)) for day, value in points])
    return format_html('<polyline class="{}" points="{}"/>', class_, through) if points else SafeString()


def stepped(plane: Plane, drawn: BurnUp, last: int) -> SafeString:
    """Return every target from the day on which it held until the next one's, the last to the end."""
    found = []
    for number, one in enumerate(drawn.targets):
        start = max(one.day.toordinal(), drawn.span.starts.toordinal()) if number else drawn.span.starts.toordinal()
        after = drawn.targets[number + 1].day.toordinal() if number + 1 < len(drawn.targets) else last
        up = plane.y(float(one.value))
        found.append((plane.x(min(start, last)), plane.x(min(max(after, start), last)), up))
    lines = (picture.line("plot__target", (starts, ends), (up, up)) for starts, ends, up in found)
    return picture.together(lines) + texts(
        "plot__text plot__text--target",
        "start",
        [(place[0] + 4, place[2] - 5, one.label) for place, one in zip(found, drawn.targets, strict=True)],
    )


def may_come(plane: Plane, drawn: BurnUp, last: int) -> SafeString:
    """Return the band in which the figure may end, and its middle."""
    if drawn.forecast is None or not drawn.actual or drawn.actual[-1].day.toordinal() >= last:
        return SafeString()
    day, value = drawn.actual[-1].day.toordinal(), float(drawn.actual[-1].value)
    ends = [(last, float(drawn.forecast.high)), (last, float(drawn.forecast.low))]
    return format_html(
        '<polygon class="plot__band" fill="url(#may-come)" points="{}"/><polyline class="plot__forecast" points="{}"/>',
        plane.line([(day, value), *ends]),
        plane.line([(day, value), (last, float(drawn.forecast.middle))]),
    )


def funnel(
    title: str, description: str, compared: Sequence[Compared], together: float, scale: int, places: int
) -> SafeString:
    """Draw every unit's rate over its size, with the limits within which chance alone explains what differs."""
    most = max(one.rate.whole for one in compared)
    sizes = sorted({max(1, round(most * step / STEPS)) for step in range(1, STEPS + 1)})
    bounds: list[tuple[int, Interval]] = [(size, limits(size, together, len(compared))) for size in sizes]
    seen = [float(one.rate.value) for one in compared]
    near = [bound for size, bound in bounds if size >= most / 8] or [bounds[-1][1]]
    low = max(0.0, min([*seen, *(one.low for one in near)]) - 0.02)
    high = min(1.0, max([*seen, *(one.high for one in near)]) + 0.02)
    plane = Plane((0, most * 1.03), (low, high))
    ups = [
        (up / 100, shown(Fraction(round(up * 1000), 100_000) * scale * 10**places, places))
        for up in tidy_steps(low * 100, high * 100)
    ]
    parts = [rules_across(plane, ups)]
    parts.append(
        texts(
            "plot__text",
            "middle",
            [(plane.x(one), BELOW, shown(Fraction(one), 0)) for one in tidy_steps(1, most)],
        )
    )
    parts.append(texts("plot__text", "end", [(WIDTH - RIGHT, HEIGHT - 9, _("how many it is out of"))]))
    parts.append(picture.line("plot__expected", (LEFT, WIDTH - RIGHT), (plane.y(together), plane.y(together))))
    for side in ("low", "high"):
        edge = [(size, min(max(getattr(bound, side), low), high)) for size, bound in bounds]
        parts.append(format_html('<polyline class="plot__limit" points="{}"/>', plane.line(edge)))
    for one in compared:
        across, up = plane.x(one.rate.whole), plane.y(float(one.rate.value))
        if one.verdict == Verdict.ALIKE:
            parts.append(format_html('<circle class="plot__unit" cx="{}" cy="{}" r="3.5"/>', across, up))
        else:
            corners = f"{across},{up - 6} {across + 6},{up} {across},{up + 6} {across - 6},{up}"
            parts.append(format_html('<polygon class="plot__unit plot__unit--differs" points="{}"/>', corners))
    return framed(title, description, picture.together(parts), "funnel")
