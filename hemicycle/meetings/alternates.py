"""Who is called when somebody cannot come, and who takes a seat: in the order that was named. Pure."""

from collections.abc import Collection, Sequence
from typing import TypeVar

Who = TypeVar("Who")


def next_alternate(ordered: Sequence[Who], unable: Collection[Who], called: Collection[Who]) -> Who | None:
    """Return the first alternate in the order who can come and is called for nobody yet, or None where none is left."""
    return next((one for one in ordered if one not in unable and one not in called), None)


def passed_over(ordered: Sequence[Who], wanted: Who, there: Collection[Who], seated: Collection[Who]) -> Who | None:
    """Return who would be passed over if `wanted` took a seat now: one before them who is there without a seat."""
    before = ordered[: ordered.index(wanted)] if wanted in ordered else ordered
    return next((one for one in before if one in there and one not in seated), None)
