"""What tellers enter, batch by batch: when a batch is settled, and what all of them come to. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from hemicycle.voting.hands import Hands, Papers

HANDS = ("for", "against", "abstain")


class State(StrEnum):
    """How a batch stands: settled, entered by one person where two are asked, or by two who differ."""

    SETTLED = "settled"
    ONCE = "once"
    DIFFERS = "differs"


@dataclass(frozen=True)
class Entered:
    """What one person entered for a batch: how many papers or hands say what; `stands` where the chair ruled so."""

    key: int
    person: int
    counts: Mapping[str, int]
    stands: bool = False


def settled(entries: Iterable[Entered], *, twice: bool) -> tuple[State, Entered]:
    """Return how a batch stands, and the entry that counts, or the first one where none does yet."""
    found = list(entries)
    ruled = next((one for one in found if one.stands), None)
    if ruled:
        return State.SETTLED, ruled
    first = found[0]
    if not twice and len(found) == 1:
        return State.SETTLED, first
    for place, one in enumerate(found):
        for other in found[place + 1 :]:
            if one.person != other.person and same(one.counts, other.counts):
                return State.SETTLED, one
    return (State.ONCE if len(found) == 1 else State.DIFFERS), first


def same(one: Mapping[str, int], other: Mapping[str, int]) -> bool:
    """Say whether two persons counted the same; what was counted as none is as if it were not there."""
    return {key: count for key, count in one.items() if count} == {key: count for key, count in other.items() if count}


def total(counted: Iterable[Mapping[str, int]]) -> Counter[str]:
    """Return what several batches come to."""
    found: Counter[str] = Counter()
    for counts in counted:
        found.update(counts)
    return found


def as_counts(counted: Hands | Papers) -> dict[str, int]:
    """Return what was counted by what it says."""
    if isinstance(counted, Papers):
        return dict(counted.bundles)
    return dict(zip(HANDS, (counted.votes_for, counted.against, counted.abstained), strict=True))


def as_counted(counts: Mapping[str, int], tellers: tuple[str, ...], *, election: bool) -> Hands | Papers:
    """Return the same as the acts take it."""
    if election:
        return Papers(dict(counts), tellers)
    votes_for, against, abstained = (counts.get(said, 0) for said in HANDS)
    return Hands(votes_for, against, abstained, tellers)
