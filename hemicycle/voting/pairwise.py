"""Each candidate against each other, as a table: on how many papers one stands before the other. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from hemicycle.voting.electing import Asked, election_of
from hemicycle.voting.methods.schulze import pairwise


@dataclass(frozen=True)
class Cell:
    """How many papers put the one of the row before the one of the column, and whether those are the more of the two.

    `other` is the number of the one of the column; `papers` is None where somebody would stand against themselves.
    """

    other: int
    papers: int | None
    beats: bool


@dataclass(frozen=True)
class Line:
    """A candidate against each of the others."""

    number: int
    name: str
    cells: list[Cell]

    @property
    def beaten(self) -> int:
        """How many of the others this one beats."""
        return sum(cell.beats for cell in self.cells)


def pairs_of(asked: Asked, papers: Mapping[str, int]) -> list[Line]:
    """Return the table of those who stand, by their number."""
    election = election_of(asked, papers)
    matrix = pairwise(election)
    standing = sorted(election.standing)
    return [Line(one, asked.names[one - 1], [cell(matrix, one, other) for other in standing]) for one in standing]


def cell(matrix: list[list[int]], one: int, other: int) -> Cell:
    """Return how one stands against another."""
    if one == other:
        return Cell(other, None, beats=False)
    before, behind = matrix[one - 1][other - 1], matrix[other - 1][one - 1]
    return Cell(other, before, before > behind)
