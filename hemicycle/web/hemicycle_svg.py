"""Seats in arcs as SVG: each kind of seat has a colour and a mark of its own, so that colour is never the only sign.

All the seats of a kind are one path of dots (a round cap on a line of no length), so that a chamber of eight hundred
is a few kilobytes, and no style attribute is needed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import cos, pi, sin

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

OUTER, INNER, WIDEST = 170.0, 76.0, 50.0
SIZE = 0.84  # Of the distance between two seats.
GROUPS = ("1", "2", "3", "4", "5", "6", "7", "8")
# What is drawn on a seat of each kind: bars across it, a hole, a dot; "small" draws the seat itself small, "ring" small
# and hollow.
MARKS = {
    "for": "",
    "against": "bar",
    "abstain": "hole",
    "none": "small",
    "present": "",
    "absent": "ring",
    "1": "",
    "2": "bar",
    "3": "hole",
    "4": "dot",
    "5": "upright",
    "6": "cross",
    "7": "slash",
    "8": "small",
}
# Parts of a seat's width: of seats that are drawn smaller, and of what is left open in the middle.
SMALLER = {"small": 0.5, "ring": 0.62}
HOLLOW = {"hole": 0.58, "dot": 0.34, "ring": 0.42}


@dataclass(frozen=True)
class Part:
    """Seats of one kind: one of MARKS, how it is called, and how many there are."""

    kind: str
    label: str
    count: int


@dataclass(frozen=True)
class Spot:
    """The middle of a seat."""

    x: float
    y: float


@cache
def arcs(count: int) -> tuple[tuple[Spot, ...], float]:
    """Return where `count` seats stand, from the left end of the arcs to the right, and how far apart they are."""
    best: tuple[float, list[int], list[float]] = (0.0, [], [])
    for rows in range(1, 26):
        radii = [OUTER - (OUTER - INNER) * row / max(rows - 1, 1) for row in range(rows)]
        seats = shared_out(count, radii)
        gap = (OUTER - INNER) / (rows - 1) if rows > 1 else WIDEST
        along = min((pi * radius / (n - 1) for radius, n in zip(radii, seats, strict=True) if n > 1), default=WIDEST)
        apart = min(gap, along, WIDEST)
        if apart > best[0] + 0.01:
            best = (apart, seats, radii)
    apart, seats, radii = best
    placed = [
        (pi - pi * (seat / (n - 1) if n > 1 else 0.5), -radius)
        for n, radius in zip(seats, radii, strict=True)
        for seat in range(n)
    ]
    placed.sort(key=lambda spot: (-spot[0], spot[1]))
    return tuple(Spot(-r * cos(angle), r * sin(angle)) for angle, r in placed), apart


def shared_out(count: int, radii: Sequence[float]) -> list[int]:
    """Return how many of the seats stand in each row: in proportion to its length, the largest remainders first."""
    whole = sum(radii)
    exact = [count * radius / whole for radius in radii]
    seats = [int(share) for share in exact]
    for row in sorted(range(len(radii)), key=lambda row: seats[row] - exact[row])[: count - sum(seats)]:
        seats[row] += 1
    return seats


def draw(
    parts: Sequence[Part],
    *,
    title: str,
    desc: str,
    figure: str = "",
    order: Sequence[str] = (),
    whose: Sequence[str] = (),
) -> SafeString:
    """Draw the seats: the parts side by side from the left, or, where `order` names the kind of every seat, in order.

    `title` and `desc` say in words what is drawn; `figure` stands in the middle. `whose` says of every seat, in order,
    what whoever points at it reads.
    """
    kinds = list(order) or [part.kind for part in parts for _seat in range(part.count)]
    spots, apart = arcs(len(kinds)) if kinds else ((), WIDEST)
    of_kind: dict[str, list[Spot]] = {}
    for kind, spot in zip(kinds, spots, strict=True):
        of_kind.setdefault(kind, []).append(spot)
    return format_html(
        '<svg viewBox="{}" role="img"><title>{}</title><desc>{}</desc>{}{}{}</svg>',
        view(apart),
        title,
        desc,
        format_html_join("", "{}", ((dots(kind, here, apart * SIZE),) for kind, here in of_kind.items())),
        format_html('<text class="hemicycle__figure" font-size="{}">{}</text>', in_the_hole(figure), figure)
        if figure
        else "",
        format_html_join(
            "", "{}", ((pointed_at(spot, apart, said),) for spot, said in zip(spots, whose, strict=False))
        ),
    )


def pointed_at(spot: Spot, apart: float, said: str) -> SafeString:
    """Draw over a seat what is seen only by whoever points at it."""
    return format_html(
        '<circle class="hemicycle__seat" cx="{}" cy="{}" r="{}"><title>{}</title></circle>',
        short(spot.x),
        short(spot.y),
        short(apart / 2),
        said,
    )


def view(apart: float) -> str:
    """Return the part of the plane that the seats fill, with the middle of the arcs at its origin."""
    beyond = OUTER + apart * SIZE / 2 + 1
    return f"{short(-beyond)} {short(-beyond)} {short(2 * beyond)} {short(beyond + max(apart * SIZE / 2, 5) + 1)}"


def in_the_hole(figure: str) -> str:
    """Return the size of type with which a figure fits between the ends of the innermost row."""
    return short(min(38.0, 1.5 * INNER / max(len(figure), 1) / 0.56))


def dots(kind: str, spots: Sequence[Spot], size: float) -> SafeString:
    """Draw seats of one kind, `size` wide, with their mark on them."""
    mark = MARKS[kind]
    path = points(spots)
    drawn = format_html(
        '<path class="seats seats--{}" stroke-width="{}" d="{}"/>',
        kind,
        short(size * SMALLER.get(mark, 1)),
        path,
    )
    if mark in HOLLOW:
        width = short(size * HOLLOW[mark])
        return drawn + format_html('<path class="seats seats--hollow" stroke-width="{}" d="{}"/>', width, path)
    half = size * 0.3
    strokes = {
        "bar": ((half, 0.0),),
        "upright": ((0.0, half),),
        "slash": ((half * 0.75, -half * 0.75),),
        "cross": ((half, 0.0), (0.0, half)),
    }.get(mark, ())
    lines = "".join(
        f"M{short(spot.x - dx)} {short(spot.y - dy)}l{short(2 * dx)} {short(2 * dy)}"
        for spot in spots
        for dx, dy in strokes
    )
    if lines:
        drawn += format_html('<path class="hemicycle__ink" stroke-width="{}" d="{}"/>', short(size * 0.2), lines)
    return drawn


def points(spots: Sequence[Spot]) -> str:
    """Return a path of lines of no length, which round caps turn into dots."""
    return "".join(f"M{short(spot.x)} {short(spot.y)}h0" for spot in spots)


def short(number: float) -> str:
    """Return a number with one decimal at most."""
    return f"{number:.1f}".rstrip("0").rstrip(".") if "." in f"{number:.1f}" else f"{number:.1f}"


@cache
def swatch(kind: str) -> SafeString:
    """Draw one seat of a kind, for the key."""
    return format_html(
        '<svg class="swatch" viewBox="0 0 20 20" aria-hidden="true" focusable="false">{}</svg>',
        dots(kind, (Spot(10, 10),), 18),
    )
