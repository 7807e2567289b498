"""When a named vote carries, and what a box proves. Pure: no database, no clock.

What a majority is taken of (Robert's Rules, 12th edition, §44): “valid” are the votes for and against; “cast”
counts abstentions too; “present” are the voters on the list, voting or not; “members” all members with a vote.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from hemicycle.bodies.rules import Share
from hemicycle.journal.canonical import Json, written
from hemicycle.voting.methods.lot import Lot

# So many voters of one weight there must be, else the published papers tell who voted how.
LEAST_IN_SECRET = 5


class Base(StrEnum):
    """What a majority is taken of."""

    CAST = "cast"
    VALID = "valid"
    PRESENT = "present"
    MEMBERS = "members"


@dataclass(frozen=True)
class Counts:
    """What was counted, in votes: `present` are the entitled voters on the list, `members` all who have a vote."""

    votes_for: int
    against: int
    abstained: int
    present: int
    members: int

    @property
    def cast(self) -> int:
        """The votes in the box."""
        return self.votes_for + self.against + self.abstained

    @property
    def silent(self) -> int:
        """The voters on the list who put nothing in the box."""
        return self.present - self.cast


@dataclass(frozen=True)
class Majority:
    """What carries a motion: a share of a base."""

    share: Share
    of: Base


@dataclass(frozen=True)
class Outcome:
    """What the counts come to: how many votes for were needed, of how many, and whether they were there."""

    base: int
    needed: int
    carried: bool
    unanimous: bool


def base_of(counts: Counts, of: Base) -> int:
    """Return the number that a majority is taken of."""
    match of:
        case Base.CAST:
            return counts.cast
        case Base.VALID:
            return counts.votes_for + counts.against
        case Base.PRESENT:
            return counts.present
        case Base.MEMBERS:
            return counts.members


def outcome(counts: Counts, majority: Majority) -> Outcome:
    """Return what these counts come to. Nothing carries without a vote for it, whatever the share."""
    base = base_of(counts, majority.of)
    needed = max(1, majority.share.least(base))
    return Outcome(base, needed, counts.votes_for >= needed, is_unanimous(counts))


def is_tied(counts: Counts, majority: Majority) -> bool:
    """Say whether as many were for as against, and one vote more for it, the chair's, would have carried it."""
    one_more = replace(counts, votes_for=counts.votes_for + 1)
    return (
        counts.votes_for == counts.against > 0
        and not outcome(counts, majority).carried
        and outcome(one_more, majority).carried
    )


def drawn(seed: str) -> bool:
    """Say whether the lot of this seed is for a motion on which the votes were equal: 1 stands for it, 2 against it."""
    return next(iter(Lot(seed).order((1, 2), "adoption", 1))) == 1


def is_unanimous(counts: Counts, *, abstentions_allowed: bool = False) -> bool:
    """Say whether somebody voted for it and nobody against it; nobody abstained either, unless the rules allow it."""
    return counts.votes_for > 0 and counts.against == 0 and (abstentions_allowed or counts.abstained == 0)


def box_facts(votes: Iterable[tuple[int, str]]) -> list[list[int | str]]:
    """Return what the digest of a box is taken over: each voter's number on the list and choice, by number."""
    return [[number, choice] for number, choice in sorted(votes)]


def small_classes(votes: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the weights of which fewer persons cast votes than a secret needs, each with how many do.

    A vote is given by its weight and who casts it: who casts several is one person.
    """
    casting: dict[int, set[int]] = {}
    for weight, person in votes:
        casting.setdefault(weight, set()).add(person)
    return [(weight, len(some)) for weight, some in sorted(casting.items()) if len(some) < LEAST_IN_SECRET]


def published(papers: Iterable[tuple[str, str, int]]) -> list[dict[str, Json]]:
    """Return papers (code, what was voted, weight) as they are published, and as docs/recount.py reads them."""
    return [
        {"code": code, "vote": said} if weight == 1 else {"code": code, "vote": said, "weight": weight}
        for code, said, weight in papers
    ]


def merkle_root(leaves: Sequence[dict[str, Json]]) -> str:
    """Return the Merkle root of a box (RFC 6962, section 2.1, SHA-256) over the canonical JSON of each paper."""

    def digest(data: bytes) -> bytes:
        return hashlib.sha256(data).digest()

    def node(part: Sequence[bytes]) -> bytes:
        if len(part) == 1:
            return part[0]
        half = 1 << (len(part) - 1).bit_length() - 1
        return digest(b"\1" + node(part[:half]) + node(part[half:]))

    hashed = [digest(b"\0" + written(leaf).encode()) for leaf in leaves]
    return (node(hashed) if hashed else digest(b"")).hex()


def list_facts(voters: Iterable[tuple[int, str, str, int | None, int, int, str]]) -> list[list[int | str | None]]:
    """Return what the digest of the list of the entitled is taken over: number, name, group, seat and weight.

    A vote that is not its owner's first, or that another casts, has its place among theirs and who casts it too.
    """
    ordered = sorted(voters, key=lambda voter: voter[0])
    return [list(voter if voter[5] > 1 or voter[6] else voter[:5]) for voter in ordered]


FIRST_CALL, LAST_CALL = 1, 2


def called_next(silent: Sequence[int], after: int, turn: int, wanted: int = 0) -> tuple[int | None, int]:
    """Return the number on the roll that is called now, and in which turn; None where the call is at its end.

    `silent` have not answered, in the order of the roll. It is called to its end, `after` being the last who did not
    answer, and those who did not are called once more. Who is `wanted` out of the order is called before.
    """
    if wanted in silent:
        return wanted, turn
    later = next((number for number in silent if number > after), None)
    if later is None and silent and turn < LAST_CALL:
        return silent[0], LAST_CALL
    return later, turn
