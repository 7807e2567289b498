"""BLT files: “candidates seats”, lines “papers preference … 0”, a line “0”, the names, and the title.

As David Hill's programs wrote them, with what others added since: withdrawn candidates as negative numbers, equal
ranks (“2=3”), skipped ranks (“-”), comments. Names may stand in quotes or without.
"""

import re

from hemicycle.voting.methods.ballot_files.found import Found, Unreadable
from hemicycle.voting.methods.election import Rank, Ranking

QUOTED = re.compile(r'"([^"]*)"')
WITHDRAWN = re.compile(r"\[withdrawn ([\d ]+)\]|-\d+(?: -\d+)*")
COMMENT = re.compile(r"\s*(#|//).*$")
MOST_CANDIDATES = 10_000


def read_blt(lines: list[str]) -> Found:
    """Read the lines of a BLT file."""
    start = next(number for number, line in enumerate(lines) if COMMENT.sub("", line).strip())
    candidates, seats = (int(word) for word in COMMENT.sub("", lines[start]).split())
    if not 1 <= candidates <= MOST_CANDIDATES or seats < 1:
        raise Unreadable(f"{candidates} candidates and {seats} seats cannot be.", start + 1)
    withdrawn: set[int] = set()
    # Equal lines are gathered before they are read: the times each was met, and where first.
    written: dict[str, int] = {}
    first_seen: dict[str, int] = {}
    for number in range(start + 1, len(lines)):
        count, _space, order = lines[number].partition(" ")
        if not count.isdecimal() or not order:
            count, order = irregular(lines[number], candidates, number + 1, withdrawn)
        if count == "0":
            break
        if order in written:
            written[order] += int(count)
        elif count:
            written[order] = int(count)
            first_seen[order] = number + 1
    else:
        raise Unreadable("The line “0” after the papers is missing.", len(lines))
    known_words = {str(one): one for one in range(1, candidates + 1)}
    papers: dict[Ranking, int] = {}
    for order, times in written.items():
        ranking = plain_ranking(order, known_words) or ranking_of(order, candidates, first_seen[order])
        papers[ranking] = papers.get(ranking, 0) + times
    names, title = names_of(lines, number + 1, candidates)
    return Found(names, papers, seats, frozenset(withdrawn), title)


def irregular(line: str, candidates: int, number: int, withdrawn: set[int]) -> tuple[str, str]:
    """Return the count and the preferences of a line that is no plain paper; nothing for one that is no paper at all.

    A line of negative numbers, or “[withdrawn 2 5]”, names who withdrew.
    """
    words = COMMENT.sub("", line).split()
    if not words:
        return "", ""
    if gone := WITHDRAWN.fullmatch(" ".join(words)):
        withdrawn |= {known(abs(int(word)), candidates, number) for word in (gone[1] or gone[0]).split()}
        return "", ""
    if not words[0].isdecimal():
        raise Unreadable(f"“{shown(line.strip())}” does not begin with a whole number of papers.", number)
    return words[0], " ".join(words[1:])


def plain_ranking(order: str, known_words: dict[str, int]) -> Ranking:
    """Read the usual paper quickly: numbers, all different, and the 0; nothing where it is any other."""
    words = order.split()
    if words and words[-1] == "0":
        words.pop()
    try:
        ranking = tuple(map(known_words.__getitem__, words))
    except KeyError:
        return ()
    return ranking if len(set(ranking)) == len(ranking) else ()


def ranking_of(order: str, candidates: int, line: int) -> Ranking:
    """Read the preferences of a paper; a candidate's second place is passed over, as is a rank left out."""
    ranks: list[Rank] = []
    seen: set[int] = set()
    for word in COMMENT.sub("", order).split():
        if word == "0":
            break
        if word == "-":
            continue
        parts = word.split("=")
        if not all(part.isdecimal() for part in parts):
            raise Unreadable(f"“{shown(word)}” is no candidate's number.", line)
        here = [one for one in dict.fromkeys(known(int(part), candidates, line) for part in parts) if one not in seen]
        seen |= {*here}
        if here:
            ranks.append(here[0] if len(here) == 1 else tuple(here))
    return tuple(ranks)


def known(number: int, candidates: int, line: int) -> int:
    """Return a candidate's number, if there is one."""
    if not 1 <= number <= candidates:
        raise Unreadable(f"There is no candidate {number}; they are numbered from 1 to {candidates}.", line)
    return number


def names_of(lines: list[str], start: int, candidates: int) -> tuple[tuple[str, ...], str]:
    """Return the names and the title that follow the papers; numbers stand in where a file has no names at all."""
    found: list[str] = []
    for line in lines[start:]:
        if line.strip() and not line.lstrip().startswith(("#", "//")):
            quoted = QUOTED.findall(line) if line.lstrip().startswith('"') else []
            found += [name.strip() for name in quoted] or [line.strip().strip('"')]
    if not found:
        return tuple(f"Candidate {number}" for number in range(1, candidates + 1)), ""
    if len(found) < candidates:
        raise Unreadable(f"There are {candidates} candidates, but only {len(found)} names at the end.", len(lines))
    return tuple(found[:candidates]), found[candidates] if len(found) > candidates else ""


def shown(text: str) -> str:
    """Return the beginning of a text, for a sentence."""
    return text if len(text) <= 40 else f"{text[:40]}…"
