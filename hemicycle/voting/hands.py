"""What tellers counted of hands or papers."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Hands:
    """What tellers counted: how many for, against and abstaining, and who the tellers were."""

    votes_for: int
    against: int
    abstained: int
    tellers: tuple[str, ...] = ()
