"""How a body elects, as its rules of procedure say: which count, what one candidate means, what breaks a tie. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from fractions import Fraction


class Counting(StrEnum):
    """The counts that rules can name (voting/methods)."""

    BLOCK = "block"
    APPROVAL = "approval"
    YES_NO = "yes-no"
    IRV = "irv"
    SCOTTISH_STV = "scottish-stv"
    ERS97 = "ers97"
    MEEK = "meek"
    SCHULZE = "schulze"
    DHONDT = "dhondt"
    SAINTE_LAGUE = "sainte-lague"
    LARGEST_REMAINDER = "largest-remainder"


ONE_SEAT = frozenset({Counting.IRV, Counting.SCHULZE})
LISTS = frozenset({Counting.DHONDT, Counting.SAINTE_LAGUE, Counting.LARGEST_REMAINDER})
BY_MAJORITY = frozenset({Counting.BLOCK, Counting.APPROVAL, Counting.YES_NO})
RESERVES = BY_MAJORITY | {Counting.SCOTTISH_STV}
NONE_OF_THE_ABOVE = frozenset({Counting.BLOCK, Counting.APPROVAL, Counting.SCHULZE})


class Sole(StrEnum):
    """What happens where there are no more candidates than seats: they are declared elected, or each is voted on."""

    DECLARED = "declared"
    YES_NO = "yes or no"


class Breaks(StrEnum):
    """What breaks a tie that the count itself leaves: who is longest in the body, the chair, or the bound lot."""

    SENIORITY = "seniority"
    CASTING = "casting vote"
    LOT = "lot"


@dataclass(frozen=True)
class Reserved:
    """At least and at most so many seats for a group of candidates, as it is named beside theirs."""

    group: str
    least: int
    most: int | None = None


@dataclass(frozen=True)
class Elections:
    """The rules of a body's elections.

    With `plurality` no majority is asked of who is elected by names. `threshold` is the share of the valid papers that
    a list needs for a seat.
    """

    one: str = Counting.BLOCK
    several: str = Counting.BLOCK
    sole: str = Sole.DECLARED
    plurality: bool = False
    none_of_the_above: bool = False
    ties: tuple[str, ...] = (Breaks.LOT,)
    reserved: tuple[Reserved, ...] = ()
    threshold: str = "0/1"

    def counting(self, seats: int) -> str:
        """Return the count for so many seats."""
        return self.one if seats == 1 else self.several


def as_column(rules: Elections) -> dict[str, object]:
    """Return the rules of elections as the column keeps them."""
    return {**asdict(rules), "ties": list(rules.ties), "reserved": [asdict(one) for one in rules.reserved]}


def from_column(kept: Mapping[str, object]) -> Elections:
    """Return the rules of elections from the column; one that is empty, as in older versions, means the usual."""
    said = dict(kept)
    groups, ties = said.pop("reserved", []), said.pop("ties", list(Elections.ties))
    if not isinstance(groups, list) or not isinstance(ties, list):
        raise TypeError("The rules of elections keep their groups and their ties in lists.")
    return Elections(**said, ties=tuple(ties), reserved=tuple(Reserved(**group) for group in groups))  # type: ignore[arg-type]  # What as_column wrote.


def faults_in_elections(rules: Elections) -> Iterator[tuple[str, str]]:
    """Yield the field and the code of everything that cannot stand in the rules of elections."""
    if rules.several in ONE_SEAT:
        yield ("elections_several", "one_seat_only")
    if not 0 <= Fraction(rules.threshold) <= 1:
        yield ("elections_threshold", "no_fraction")
    if len({one.group.casefold() for one in rules.reserved}) < len(rules.reserved):
        yield ("elections_reserved", "named_twice")
    if {Breaks.CASTING, Breaks.LOT} <= set(rules.ties):
        yield ("elections_casting", "casting_or_lot")
    if any(one.most is not None and one.most < one.least for one in rules.reserved):
        yield ("elections_reserved", "most_below_least")
