"""What was found in a file of ballots, and the refusal to read one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from hemicycle.voting.methods.election import CannotCount, Ranking


class Unreadable(CannotCount):
    """A file cannot be read as ballots; the sentence names the line."""

    def __init__(self, sentence: str, line: int | None = None) -> None:
        super().__init__(sentence if line is None else f"Line {line}: {sentence}")
        self.line = line


@dataclass(frozen=True)
class Found:
    """Candidates in the order of the file, papers, and whatever else the file says: None where it does not."""

    candidates: tuple[str, ...]
    papers: Mapping[Ranking, int]
    seats: int | None = None
    withdrawn: frozenset[int] = frozenset()
    title: str = ""
    default: int | None = None
    majorities: Mapping[int, Fraction] = field(default_factory=dict)
