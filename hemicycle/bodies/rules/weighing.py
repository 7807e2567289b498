"""What rules of procedure say about votes that weigh, are held for others, or are counted twice. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from hemicycle.bodies.rules.shares import Base, Share, Threshold


class ProxyHolders(StrEnum):
    """Who may hold a proxy: members with a vote, only those of the same unit, or whoever takes part."""

    MEMBERS = "members"
    UNIT = "unit"
    PARTICIPANTS = "participants"


class SecondBy(StrEnum):
    """Of what a second majority is asked beside the one of persons: of nothing, of the weight, or of the units."""

    NOTHING = ""
    WEIGHT = "weight"
    UNITS = "units"


@dataclass(frozen=True, kw_only=True)
class Weighing:
    """The rules on weights, proxies and tellers.

    `votes_weighted`: a participation can have more than one vote; `votes_split`: whoever casts several may cast them
    differently. `proxies_most`: how many proxies one person may hold (0: there are none); `mandates_most`: how many
    mandates. `second_majority` (a threshold as text) is asked of `second_by` beside the majority of persons;
    `votes_quorum` is the share of all members that must vote. From `counts_twice_from` members with a vote on, two
    persons enter what tellers counted, each for themselves; None means that one person always may.
    """

    votes_weighted: bool = False
    votes_split: bool = False
    proxies_most: int = 0
    proxy_holders: str = ProxyHolders.MEMBERS
    mandates_most: int = 1
    second_by: str = SecondBy.NOTHING
    second_majority: str = ""
    votes_quorum: str = ""
    counts_twice_from: int | None = None


def threshold_text(one: Threshold) -> str:
    """Return a majority as text: “2/3 least valid”."""
    strict = "more" if one.share.strict else "least"
    return f"{one.share.numerator}/{one.share.denominator} {strict} {one.of}"


def threshold_read(text: str) -> Threshold:
    """Return the majority that such a text stands for.

    Raises:
        ValueError: the text is none.
    """
    fraction, strict, base = text.split()
    over, under = fraction.split("/")
    return Threshold(Share(int(over), int(under), strict=strict == "more"), base)


def counted_twice(counts_twice_from: int | None, members: int) -> bool:
    """Say whether two persons enter what tellers counted, in a body of so many members with a vote."""
    return counts_twice_from is not None and members >= counts_twice_from


def faults_in_weighing(rules: Weighing) -> Iterator[tuple[str, str]]:
    """Yield the field and the code of everything in these rules that cannot hold."""
    if bool(rules.second_by) != bool(rules.second_majority):
        yield ("second_majority", "half_a_second_majority")
    if rules.second_by == SecondBy.WEIGHT and not rules.votes_weighted:
        yield ("second_by", "nothing_weighs")
    if rules.mandates_most < 1:
        yield ("mandates_most", "no_mandate")
    for name, text in (("second_majority", rules.second_majority), ("votes_quorum", rules.votes_quorum)):
        if text and not is_threshold(text, at_least_half=name == "second_majority"):
            yield (name, "no_fraction")


def is_threshold(text: str, *, at_least_half: bool) -> bool:
    """Say whether a text is a majority that can be reached."""
    try:
        one = threshold_read(text)
    except ValueError:
        return False
    share = one.share
    fits = share.denominator >= 1 and 1 <= share.numerator <= share.denominator and one.of in set(Base)
    more_than_all = share.strict and share.numerator == share.denominator
    return fits and not more_than_all and (not at_least_half or share.numerator * 2 >= share.denominator)
