"""Debian's tally sheets: a heading with the options, then “V: ranks voter” a line, “-” for an option not ranked.

The last option is the default. An option asks for a majority where the heading says so: “[3:1]”.
"""

import re
from fractions import Fraction

from hemicycle.voting.methods.ballot_files.found import Found, Unreadable
from hemicycle.voting.methods.election import Ranking

OPTION = re.compile(r"Option\s+(\w+)\s*-*>?\s*:\s*(.+?)\s*$")
VOTE = re.compile(r"^\s*V:\s*([-0-9A-Za-z]+)(?=\s|$)")
MAJORITY = re.compile(r"[\[(][^\])]*?(\d+)\s*:\s*(\d+)\s*[\])]")


def looks_like_debian(lines: list[str]) -> bool:
    """Say whether there is a line of a vote."""
    return any(line.lstrip().startswith("V:") for line in lines)


def read_debian(lines: list[str]) -> Found:
    """Read the lines of a tally sheet."""
    options: list[str] = []
    written: dict[str, int] = {}
    first_seen: dict[str, int] = {}
    for number, line in enumerate(lines, 1):
        if (option := OPTION.search(line)) and not written:
            options.append(option[2])
        elif line.lstrip().startswith("V:"):
            vote = VOTE.match(line)
            if not vote:
                raise Unreadable("After “V:” come the ranks of the options, a sign for each, “-” for none.", number)
            written[vote[1]] = written.get(vote[1], 0) + 1
            first_seen.setdefault(vote[1], number)
    how_many = len(options) or len(next(iter(written)))
    papers: dict[Ranking, int] = {}
    for ranks, times in written.items():
        if len(ranks) != how_many:
            raise Unreadable(
                f"“{ranks}” ranks {len(ranks)} options, but there are {how_many} on the list.", first_seen[ranks]
            )
        ranking = ranking_of(ranks)
        papers[ranking] = papers.get(ranking, 0) + times
    names = tuple(options) or tuple(f"Option {number}" for number in range(1, how_many + 1))
    majorities = {
        number: Fraction(int(asked[1]), int(asked[2]))
        for number, name in enumerate(names, 1)
        if (asked := MAJORITY.search(name)) and int(asked[2])
    }
    return Found(names, papers, 1, default=how_many, majorities=majorities)


def ranking_of(ranks: str) -> Ranking:
    """Return the ranking of a paper: the options by the sign they were given, equal ones together."""
    at: dict[int, list[int]] = {}
    for option, sign in enumerate(ranks, 1):
        if sign != "-":
            at.setdefault(int(sign, 36), []).append(option)
    return tuple(tied[0] if len(tied) == 1 else tuple(tied) for _rank, tied in sorted(at.items()))
