"""What holds for motions. Pure: no database, no clock."""

from collections.abc import Sequence
from dataclasses import dataclass

TABLED, VOTING, ADOPTED, REJECTED, WITHDRAWN = "tabled", "voting", "adopted", "rejected", "withdrawn"


@dataclass(frozen=True)
class Point:
    """A point of a motion as its mover wrote it; an operational one asks somebody to do something."""

    text: str
    operational: bool = False


def why_fixed(state: str) -> str | None:
    """Return why a motion can no longer be changed or withdrawn (a code), or None where it still can."""
    return {VOTING: "vote_open", ADOPTED: "motion_settled", REJECTED: "motion_settled", WITHDRAWN: "withdrawn"}.get(
        state
    )


def written(points: Sequence[tuple[str, bool]]) -> list[Point]:
    """Return the points that say something, in order, without the space around them."""
    return [Point(text.strip(), operational) for text, operational in points if text.strip()]


def says_something(preamble: str, points: Sequence[Point]) -> bool:
    """Say whether there is anything to vote on: a preamble, or a point."""
    return bool(preamble.strip() or points)


def is_change(before: tuple[str, Sequence[Point]], after: tuple[str, Sequence[Point]]) -> bool:
    """Say whether a revision changes anything: the preamble, a point, or their order."""
    return before[0].strip() != after[0].strip() or list(before[1]) != list(after[1])


PREAMBLE, POINT, AFTER, STRIKE = "preamble", "point", "after", "strike"


@dataclass(frozen=True)
class Change:
    """What an amendment changes: the preamble, the point at a place, a new point after it (0: the first), or none."""

    target: str
    place: int
    text: str = ""
    operational: bool = False


def fits(change: Change, points: int) -> bool:
    """Say whether a change is on something that a text with so many points has."""
    match change.target:
        case "preamble":
            return True
        case "after":
            return 0 <= change.place <= points
        case _:
            return 1 <= change.place <= points


def amended(preamble: str, points: Sequence[Point], change: Change) -> tuple[str, list[Point]]:
    """Return a text as it reads with a change."""
    new, place = Point(change.text.strip(), change.operational), change.place
    match change.target:
        case "preamble":
            return change.text.strip(), list(points)
        case "point":
            return preamble, [*points[: place - 1], new, *points[place:]]
        case "after":
            return preamble, [*points[:place], new, *points[place:]]
        case _strike:
            return preamble, [*points[: place - 1], *points[place:]]


def moved(change: Change, before: Change) -> int | None:
    """Return the place of a change once another was made; None where the point that it is on was struck."""
    if change.target == PREAMBLE or before.target in {PREAMBLE, POINT}:
        return change.place
    if before.target == AFTER:
        return change.place + (change.place > before.place)
    if change.place == before.place and change.target != AFTER:
        return None
    return change.place - (change.place >= before.place)


def goes_first(pending: Sequence[int]) -> int | None:
    """Return the precedence of the procedural motion that is decided first: the lowest number; None without any."""
    return min(pending, default=None)


def in_order(precedence: int, pending: Sequence[int]) -> bool:
    """Say whether a procedural motion may be moved while others are pending: it goes before all of them."""
    return all(precedence < other for other in pending)
