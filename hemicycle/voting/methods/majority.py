"""When a question carries: majorities by name, quorums, two majorities at once, and the chair's casting vote.

The shares are Robert's Rules', 12th edition, §44; the double majority is the one of Article 16(4) of the Treaty on
European Union (so many members and so much of the population). What a majority of one is taken of, and the least
number that satisfies it, is in voting/rules.py and bodies/rules.py; this adds them up to one verdict, and keeps each
number of the arithmetic: “2/3 of 9 is 6”, “over half of 9 is 5”.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from hemicycle.bodies.rules import HALF, Share
from hemicycle.voting.rules import Base, Counts, Majority, base_of, outcome

ALL = Share(1, 1, strict=False)

# Each can be asked at least or strictly over, and of another base, by writing another Majority.
MAJORITIES: Mapping[str, Majority] = {
    "simple": Majority(HALF, Base.VALID),
    "simple of those present": Majority(HALF, Base.PRESENT),
    "absolute": Majority(HALF, Base.MEMBERS),
    "three fifths": Majority(Share(3, 5, strict=False), Base.VALID),
    "two thirds": Majority(Share(2, 3, strict=False), Base.VALID),
    "three quarters": Majority(Share(3, 4, strict=False), Base.VALID),
    "four fifths": Majority(Share(4, 5, strict=False), Base.VALID),
    "unanimity": Majority(ALL, Base.VALID),
    "unanimity without abstention": Majority(ALL, Base.CAST),
    "unanimity of all members": Majority(ALL, Base.MEMBERS),
}


class Standing(StrEnum):
    """What became of the question."""

    CARRIED = "carried"
    NOT_CARRIED = "not carried"
    NO_QUORUM = "no quorum"


class Part(StrEnum):
    """What a piece of arithmetic is about."""

    PRESENCE = "quorum of presence"
    VOTES = "quorum of votes"
    PERSONS = "majority of persons"
    WEIGHT = "majority of weight"


@dataclass(frozen=True)
class Rule:
    """What carries: a majority of persons, perhaps also one of units or weight, and perhaps quorums of all members.

    `casting` says whether the chair's vote breaks equal votes for and against where over half is asked.
    """

    persons: Majority
    weight: Majority | None = None
    presence: Share | None = None
    votes: Share | None = None
    casting: bool = False


@dataclass(frozen=True)
class Arithmetic:
    """One sum: the share of the whole is `needed`, and there were `has`."""

    part: Part
    share: Share
    of: Base
    whole: int
    needed: int
    has: int

    @property
    def reached(self) -> bool:
        """Say whether there were enough."""
        return self.has >= self.needed


@dataclass(frozen=True)
class Verdict:
    """What became of a question, with every sum; `by_casting` says that the chair's vote broke a tie."""

    standing: Standing
    sums: tuple[Arithmetic, ...]
    by_casting: bool = False


def decide(rule: Rule, persons: Counts, weight: Counts | None = None, casting_vote: bool | None = None) -> Verdict:
    """Return what these counts come to under a rule; without a quorum nothing is decided, either way.

    Raises:
        ValueError: the rule asks for a majority of weight, and no weights were counted.
    """
    sums = [*quorums(rule, persons)]
    if not all(done.reached for done in sums):
        return Verdict(Standing.NO_QUORUM, tuple(sums))
    found = [majority_sum(Part.PERSONS, rule.persons, persons)]
    if rule.weight is not None:
        if weight is None:
            raise ValueError("A majority of weight is asked for, and no weights were counted.")
        found.append(majority_sum(Part.WEIGHT, rule.weight, weight))
    carried = all(done.reached for done in found)
    by_casting = breaks_tie(rule, persons, casting_vote) and all(done.reached for done in found[1:])
    standing = Standing.CARRIED if carried or (by_casting and casting_vote) else Standing.NOT_CARRIED
    return Verdict(standing, (*sums, *found), by_casting)


def quorums(rule: Rule, counts: Counts) -> list[Arithmetic]:
    """Return the sums of the quorums that a rule asks for: of presence, and of votes in the box."""
    asked = ((Part.PRESENCE, rule.presence, counts.present), (Part.VOTES, rule.votes, counts.cast))
    return [
        Arithmetic(part, share, Base.MEMBERS, counts.members, share.least(counts.members), has)
        for part, share, has in asked
        if share is not None
    ]


def majority_sum(part: Part, majority: Majority, counts: Counts) -> Arithmetic:
    """Return the sum of a majority."""
    needed = outcome(counts, majority).needed
    return Arithmetic(part, majority.share, majority.of, base_of(counts, majority.of), needed, counts.votes_for)


def breaks_tie(rule: Rule, counts: Counts, casting_vote: bool | None) -> bool:
    """Say whether a casting vote was given where the rules give it: equal votes, over half of the valid asked."""
    equal = counts.votes_for == counts.against > 0
    return rule.casting and casting_vote is not None and equal and rule.persons == MAJORITIES["simple"]
