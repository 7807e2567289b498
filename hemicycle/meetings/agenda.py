"""What holds for agendas: their order, their numbers, and the vote that changes one adopted. Pure: no database."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from hemicycle.bodies.rules import Base, Threshold

# Items for fewer people than what they stand under are numbered apart: whoever may not see them finds no gap.
APART = {"public": "", "organisation": "O", "participants": "P", "body": "B", "desk": "D"}
DEEPEST = 4


@dataclass(frozen=True)
class Place:
    """An item on an agenda: its key, the key of the item that it stands under, and who may see it."""

    key: int
    parent: int | None
    access: str


class NoSuchPlace(ValueError):
    """An item cannot stand where it was put: under itself, or too deep."""


def in_order(places: Sequence[Place]) -> list[Place]:
    """Return the items as they are read: each before what stands under it, siblings in the order given."""
    return list(under(None, places))


def under(parent: int | None, places: Sequence[Place]) -> Iterator[Place]:
    """Yield what stands under an item, or on top, with all that is below."""
    for place in places:
        if place.parent == parent:
            yield place
            yield from under(place.key, places)


def numbers(places: Sequence[Place], access: str) -> dict[int, str]:
    """Return how each item is called: 1, 1.1, 1.2, 2. `access` is the meeting's own.

    An item for fewer people than its parent counts in a series of its own among its siblings: B1, or 2.B1.
    """
    found: dict[int, str] = {}
    seen_by = {place.key: place.access for place in places}
    counted: dict[tuple[int | None, str], int] = {}
    for place in in_order(places):
        above = access if place.parent is None else seen_by[place.parent]
        series = "" if place.access == above else APART[place.access]
        count = counted[place.parent, series] = counted.get((place.parent, series), 0) + 1
        label = f"{series}{count}"
        found[place.key] = label if place.parent is None else f"{found[place.parent]}.{label}"
    return found


def put(places: Sequence[Place], key: int, parent: int | None, at: int) -> list[Place]:
    """Return the order of an agenda after an item was put under a parent as the `at`-th of its siblings, from 1.

    What stands under the item goes with it. Beyond the last sibling it comes last.

    Raises:
        NoSuchPlace: it would stand under itself, or too deep.
    """
    moving = next(place for place in places if place.key == key)
    below = {place.key for place in under(key, places)}
    if parent == key or parent in below:
        raise NoSuchPlace
    others = [place for place in places if place.key != key]
    siblings = [place for place in others if place.parent == parent]
    moved = replace(moving, parent=parent)
    at = max(at, 1)
    before = siblings[at - 1] if at <= len(siblings) else None
    index = others.index(before) if before else len(others)
    found = in_order([*others[:index], moved, *others[index:]])
    if depth(found) > DEEPEST:
        raise NoSuchPlace
    return found


def depth(places: Iterable[Place]) -> int:
    """Return how many levels an agenda has."""
    levels: dict[int | None, int] = {None: 0}
    for place in in_order(list(places)):
        levels[place.key] = levels[place.parent] + 1
    return max(levels.values())


@dataclass(frozen=True)
class Vote:
    """What the meeting decided about a change, in votes."""

    votes_for: int
    against: int
    abstained: int

    @property
    def cast(self) -> int:
        """All votes given."""
        return self.votes_for + self.against + self.abstained


def needed(vote: Vote, threshold: Threshold, *, present: int, members: int) -> int:
    """Return how many votes for a change are asked: the share of what the majority is taken of, and one at least."""
    of = {
        Base.CAST: vote.cast,
        Base.VALID: vote.votes_for + vote.against,
        Base.PRESENT: present,
        Base.MEMBERS: members,
    }
    return max(1, threshold.share.least(of[Base(threshold.of)]))
