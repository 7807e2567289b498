"""A lot that anyone can draw again: the seed is committed before the vote, and the draw is a row of SHA-256 digests.

Before the vote the SHA-256 digest of the seed is published (`commitment`); after it the seed itself. For each of the
tied, one line is digested: the seed, the stage, what is decided and the candidate's number, with a stroke between
(“seed/3/exclusion/2”). The tied are drawn in the order of these digests, the smallest first. Whoever is drawn first
is favoured: takes the seat, or is not the one to be excluded.

With a shell:  printf %s 'seed/3/exclusion/2' | sha256sum
"""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from hmac import compare_digest

from hemicycle.voting.methods.election import CannotCount
from hemicycle.voting.methods.result import How

LONGEST = 1000


@dataclass(frozen=True)
class Lot:
    """A lot by this seed; any text that nobody could guess before the vote will do."""

    seed: str
    how = How.LOT

    def __post_init__(self) -> None:
        if not self.seed or len(self.seed) > LONGEST:
            raise CannotCount(f"The seed of a lot is a text of at least 1 and at most {LONGEST} signs.")

    @property
    def by(self) -> str:
        """The seed, as it stands in the note of a tie."""
        return self.seed

    def order(self, tied: Sequence[int], what: str, stage: int) -> Sequence[int]:
        """Return the tied in the order in which they are drawn."""
        return sorted(tied, key=lambda number: (digest(f"{self.seed}/{stage}/{what}/{number}"), number))


@dataclass(frozen=True)
class DrawnByHand:
    """A lot that was drawn in the hall: in the order in which the tied came out, the first favoured."""

    drawn: tuple[int, ...]
    how = How.LOT
    by = "drawn by hand"

    def order(self, tied: Sequence[int], what: str, stage: int) -> Sequence[int] | None:
        """Return the tied as they were drawn, or None where one of them was not."""
        return sorted(tied, key=self.drawn.index) if set(tied) <= set(self.drawn) else None


def commitment(seed: str) -> str:
    """Return what is published before the vote: it binds to the seed and does not show it."""
    return digest(seed)


def was_committed(seed: str, published: str) -> bool:
    """Say whether this is the seed of a commitment that was published."""
    return compare_digest(commitment(seed), published.strip().lower())


def digest(text: str) -> str:
    """Return the SHA-256 digest of a text in hexadecimal."""
    return sha256(text.encode()).hexdigest()
