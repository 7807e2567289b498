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
