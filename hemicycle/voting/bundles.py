"""Reading tellers' papers of an election as they were typed: lines with how many papers say what, or a BLT file."""

import re

from hemicycle.voting.methods.ballot_files import Unreadable
from hemicycle.voting.methods.ballot_files.blt import read_blt
from hemicycle.voting.methods.election import Rank
from hemicycle.voting.papers import BadPaper, Form, read

LINE = re.compile(r"\s*(\d{1,7})\s*[:x×]\s*(.*?)\s*", re.ASCII)
JOINED = {Form.RANKING: ">", Form.MARKS: "+"}


class Unread(ValueError):
    """A line that cannot be counted: its number and what stands there."""

    def __init__(self, line: int, text: str) -> None:
        super().__init__(text)
        self.line, self.text = line, text[:80]


def bundles_in(text: str, form: str, options: int, most: int) -> dict[str, int]:
    """Return how many papers say what.

    Raises:
        Unread: a line is no bundle of papers, or its paper cannot be counted in this ballot.
    """
    lines = text.splitlines()
    begins = next((line.split() for line in lines if line.strip()), [])
    if len(begins) == 2 and all(word.isdecimal() for word in begins):
        return from_blt(lines, form, options, most)
    found: dict[str, int] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        said = LINE.fullmatch(line)
        if said is None:
            raise Unread(number, line)
        add(found, said[2], int(said[1]), (form, options, most), number, line)
    return found


def add(found: dict[str, int], paper: str, times: int, asked: tuple[str, int, int], number: int, line: str) -> None:
    """Add so many papers that say this."""
    form, options, most = asked
    try:
        said = read(paper, form, options=options, most=most)
    except BadPaper as bad:
        raise Unread(number, line) from bad
    if times:
        found[said] = found.get(said, 0) + times


def from_blt(lines: list[str], form: str, options: int, most: int) -> dict[str, int]:
    """Return the papers of a BLT file, whose candidates are those of the ballot in their order."""
    try:
        file = read_blt(lines)
    except Unreadable as wrong:
        raise Unread(1, str(wrong)) from wrong
    if len(file.candidates) != options:
        raise Unread(1, lines[0])
    found: dict[str, int] = {}
    for ranking, times in file.papers.items():
        add(found, joined(ranking, form), times, (form, options, most), 1, str(ranking))
    return found


def joined(ranking: tuple[Rank, ...], form: str) -> str:
    """Return a ranking of a file as a paper; ranks that are shared stay unreadable where an order is asked for."""
    if form == Form.MARKS:
        flat = [str(one) for rank in ranking for one in (rank if isinstance(rank, tuple) else (rank,))]
        return "+".join(flat)
    if form == Form.RANKS:
        return ">".join("=".join(map(str, rank)) if isinstance(rank, tuple) else str(rank) for rank in ranking)
    return JOINED.get(Form(form), " ").join(str(rank) for rank in ranking)
