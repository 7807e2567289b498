"""Ballots as a table (CSV with commas, semicolons or tabs), in the shapes in which elections publish them.

- a column of rankings (“Kiss>Montroll=Smith>Wright”), with or without a column that counts equal papers;
- a column for each rank, holding names (“1st choice”, “rank 2”); cells such as “overvote” and “skipped” are known;
- a column for each candidate, holding ranks, or marks where order has no meaning (x, yes, 1);
- two columns, a list or candidate and its votes.

Candidates are numbered in the order of their columns, or in the order in which the file first names them.
"""

import csv
import re
from collections.abc import Callable, Iterator

from hemicycle.voting.methods.ballot_files.found import Found, Unreadable
from hemicycle.voting.methods.election import Rank, Ranking

Row = tuple[int, list[str]]

COUNTS = {"count", "counts", "votes", "number", "n", "num", "weight", "ballots", "papers", "quantity", "frequency"}
RANKINGS = {"ranking", "rankings", "ballot", "preferences", "preference", "order", "ranks", "vote"}
LISTS = {"party", "parties", "list", "lists", "candidate", "candidates", "option", "options", "name", "choice"}
VOTERS = {"id", "ballot id", "ballotid", "voter", "voter id", "code", "cast vote record", "precinct", "ballot style"}
RANK_COLUMN = re.compile(
    r"(?:^|\W|_)(?:(\d+)(?:st|nd|rd|th)\b|(?:rank|choice|preference|pref)[\s_-]*(\d+))|^(\d+)$", re.IGNORECASE
)
WORDS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6}
SKIPPED = {"", "-", "skipped", "skipped rank", "skippedrank", "undervote", "undervoted", "under vote", "none", "blank"}
OVERVOTES = {"overvote", "overvoted", "over vote", "overvotes"}
MARKS = {"x", "yes", "y", "true", "✓", "✔", "approved"}
NO_MARKS = {"", "-", "0", "no", "n", "false"}


class Names:
    """Candidates by number, in the order in which they were first named."""

    def __init__(self, given: tuple[str, ...]) -> None:
        self.numbers = {name: number for number, name in enumerate(given, 1)}
        self.closed = bool(given)

    def number(self, name: str, line: int) -> int:
        """Return a candidate's number, a new one for a new name unless the list was given."""
        if name not in self.numbers:
            if self.closed:
                raise Unreadable(f"“{name}” is not on the list of candidates.", line)
            self.numbers[name] = len(self.numbers) + 1
        return self.numbers[name]

    def ranking(self, ranks: list[list[str]], line: int) -> Ranking:
        """Return the ranking of names, each in its first place only."""
        seen: set[int] = set()
        found: list[Rank] = []
        for names in ranks:
            here = [n for n in dict.fromkeys(self.number(name, line) for name in names) if n not in seen]
            seen |= {*here}
            if here:
                found.append(here[0] if len(here) == 1 else tuple(here))
        return tuple(found)


def read_table(lines: list[str], given: tuple[str, ...] = ()) -> Found:
    """Read a table of ballots; `given` is the list of candidates in their order, where there is one."""
    rows = list(rows_of(lines))
    if not rows:
        raise Unreadable("There are no ballots in this file.")
    header = [cell.lower() for cell in rows[0][1]]
    counted = next((place for place, cell in enumerate(header) if cell in COUNTS), None)
    rankings = next((place for place, cell in enumerate(header) if cell in RANKINGS), None)
    ranks = rank_columns(header)
    listed = next((place for place, cell in enumerate(header) if cell in LISTS), None)
    if listed is not None and rankings is not None and header[rankings] == "vote":
        counted, rankings = rankings, None
    names = Names(given)
    if rankings is not None:
        found = read_rankings(rows[1:], rankings, counted, names)
    elif ranks:
        found = read_ranks(rows[1:], ranks, counted, names)
    elif listed is not None:
        found = read_lists(rows[1:], listed, counted, names)
    elif without_header(rows):
        found = read_rankings(rows, len(rows[0][1]) - 1, 0 if len(rows[0][1]) == 2 else None, names)
    else:
        found = read_candidates(rows, counted, names)
    if not names.numbers:
        raise Unreadable("No paper in this file names anybody.")
    return Found(tuple(names.numbers), found)


def rows_of(lines: list[str]) -> Iterator[Row]:
    """Yield the rows that hold anything, with the numbers of their lines."""
    first = next((line for line in lines if line.strip() and not line.startswith("#")), "")
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(lines, delimiter=delimiter, skipinitialspace=True)
    try:
        for cells in reader:
            stripped = [cell.strip() for cell in cells]
            if any(stripped) and not stripped[0].startswith("#"):
                yield reader.line_num, stripped
    except csv.Error as error:
        raise Unreadable(f"this row cannot be read ({error}).", reader.line_num) from error


def rank_columns(header: list[str]) -> list[int]:
    """Return the columns that hold the first, second and further choice, in this order."""
    found: dict[int, int] = {}
    for place, cell in enumerate(header):
        match = RANK_COLUMN.search(cell)
        rank = next((int(digits) for digits in match.groups() if digits), 0) if match else 0
        rank = rank or next((number for word, number in WORDS.items() if cell.startswith(word)), 0)
        if rank:
            found.setdefault(rank, place)
    return [found[rank] for rank in sorted(found)] if 1 in found else []


def without_header(rows: list[Row]) -> bool:
    """Say whether the first row is a paper too: “840,Wright>Kiss”, or rankings alone."""
    widths = {len(cells) for _line, cells in rows}
    first = rows[0][1][0]
    return (widths == {2} and first.isdecimal()) or (widths == {1} and any(">" in cells[0] for _line, cells in rows))


def read_rankings(rows: list[Row], at: int, counted: int | None, names: Names) -> dict[Ranking, int]:
    """Read rankings that are written in one cell, with “>” between ranks and “=” between equals."""

    def ranking(cells: list[str], line: int) -> Ranking:
        ranks = [[name.strip() for name in rank.split("=") if name.strip()] for rank in cell(cells, at).split(">")]
        return names.ranking(ranks, line)

    return gathered(rows, counted, ranking)


def read_ranks(rows: list[Row], at: list[int], counted: int | None, names: Names) -> dict[Ranking, int]:
    """Read a column for each rank; a paper ends where it names too many at one rank."""

    def ranking(cells: list[str], line: int) -> Ranking:
        ranks: list[list[str]] = []
        for place in at:
            name = cell(cells, place)
            if name.lower() in OVERVOTES:
                break
            if name.lower() not in SKIPPED:
                ranks.append([part.strip() for part in name.split("=") if part.strip()])
        return names.ranking(ranks, line)

    return gathered(rows, counted, ranking)


def read_lists(rows: list[Row], at: int, counted: int | None, names: Names) -> dict[Ranking, int]:
    """Read lists or candidates with their votes; without a column of votes each row is one."""
    return gathered(
        rows, counted, lambda cells, line: names.ranking([[cell(cells, at)] if cell(cells, at) else []], line)
    )


def read_candidates(rows: list[Row], counted: int | None, names: Names) -> dict[Ranking, int]:
    """Read a column for each candidate, with the rank or the mark that a paper gives."""
    (first_line, header), rest = rows[0], rows[1:]
    columns = [p for p, name in enumerate(header) if name and p != counted and name.lower() not in VOTERS]
    if not rest or not columns or all(header[place].isdecimal() for place in columns):
        raise Unreadable("this is no row of candidates, ranks or rankings, and no ballots follow it.", first_line)
    numbers = {place: names.number(header[place], first_line) for place in columns}
    if len(set(numbers.values())) < len(columns):
        raise Unreadable("a candidate has two columns.", first_line)

    def ranking(cells: list[str], line: int) -> Ranking:
        at: dict[int, list[int]] = {}
        for place, number in numbers.items():
            said = cell(cells, place).lower()
            if (said.isdecimal() and int(said)) or said in MARKS:
                at.setdefault(1 if said in MARKS else int(said), []).append(number)
            elif said not in NO_MARKS and said not in SKIPPED:
                raise Unreadable(f"“{said}” is neither a rank nor a mark.", line)
        return tuple(tied[0] if len(tied) == 1 else tuple(tied) for _rank, tied in sorted(at.items()))

    return gathered(rest, counted, ranking)


def gathered(rows: list[Row], counted: int | None, ranking: Callable[[list[str], int], Ranking]) -> dict[Ranking, int]:
    """Return the papers of all rows, equal ones together."""
    papers: dict[Ranking, int] = {}
    for line, cells in rows:
        times = 1
        if counted is not None:
            number = re.sub(r"[\s\u00a0\u202f'’,._](?=\d{3}(?!\d))", "", cell(cells, counted))
            if not number.isdecimal():
                raise Unreadable(f"“{cell(cells, counted)}” is no whole number of papers.", line)
            times = int(number)
        order = ranking(cells, line)
        papers[order] = papers.get(order, 0) + times
    return papers


def cell(cells: list[str], place: int) -> str:
    """Return a cell, empty where the row is shorter."""
    return cells[place] if place < len(cells) else ""
