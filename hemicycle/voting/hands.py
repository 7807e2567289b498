"""What tellers counted of hands or papers."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Hands:
    """What tellers counted: how many for, against and abstaining, and who the tellers were."""

    votes_for: int
    against: int
    abstained: int
    tellers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Papers:
    """What tellers counted in an election: how many papers say what (papers.py), and who the tellers were."""

    bundles: Mapping[str, int]
    tellers: tuple[str, ...] = ()
