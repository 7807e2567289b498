"""Papers: what a voter says in a ballot, as one canonical text. Pure: no database, no clock, no Django.

To a motion `for`, `against` or `abstain`. Among options, which are numbered from 1: a ranking `2>5>1`, the best first,
and where equal ranks count `2>5=1`; marks `1+4`; yes, no or abstention for each `1y 2n 3a`; one list `3`. The empty
text is a blank paper.
"""

import re
from collections.abc import Iterable
from enum import StrEnum

LONGEST = 4_000
NUMBER = re.compile(r"[1-9][0-9]{0,4}", re.ASCII)
SAID = re.compile(r"([1-9][0-9]{0,4})([yna])", re.ASCII)
FIELD = re.compile(r"(rank|say)-([1-9][0-9]{0,4})", re.ASCII)


class Form(StrEnum):
    """What a paper looks like."""

    MOTION = "motion"
    RANKING = "ranking"
    # A ranking in which several may share a rank.
    RANKS = "ranks"
    MARKS = "marks"
    YES_NO = "yes_no"
    LIST = "list"


MOTION = ("for", "against", "abstain")
ANSWERS = ("y", "n", "a")


class BadPaper(ValueError):
    """A paper that cannot be counted, and why: a code for which box.py has the sentence."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def read(text: str, form: str, *, options: int = 0, most: int = 0) -> str:
    """Return the canonical paper; `most` says how many may be named (0: as many as there are, on a list one).

    Raises:
        BadPaper: unknown_choice, unknown_option, named_twice, too_many, not_a_paper.
    """
    said = text.strip()
    if form == Form.MOTION:
        if said not in MOTION:
            raise BadPaper("unknown_choice")
        return said
    if len(said) > LONGEST:
        raise BadPaper("not_a_paper")
    if not said:
        return ""
    if form == Form.YES_NO:
        return read_answers(said, options, most)
    if form == Form.RANKING:
        return ">".join(map(str, numbers(said.split(">"), options, most)))
    if form == Form.RANKS:
        return read_ranks(said, options)
    if form == Form.MARKS:
        return "+".join(map(str, sorted(numbers(said.split("+"), options, most))))
    return str(*numbers([said], options, 1))


def numbers(parts: Iterable[str], options: int, most: int) -> list[int]:
    """Return the options that a paper names."""
    named = []
    for part in parts:
        if not NUMBER.fullmatch(part.strip()):
            raise BadPaper("not_a_paper")
        named.append(int(part))
    hold(named, options, most)
    return named


def read_ranks(said: str, options: int) -> str:
    """Return a ranking in which several may share a rank, those in the order of their numbers."""
    ranks = [sorted(numbers(rank.split("="), options, 0)) for rank in said.split(">")]
    hold([number for rank in ranks for number in rank], options, 0)
    return ">".join("=".join(map(str, rank)) for rank in ranks)


def read_answers(said: str, options: int, most: int) -> str:
    """Return the answers of a paper by the number of their option; no more than `most` of them yes."""
    found = [SAID.fullmatch(part) for part in said.split()]
    answers = {int(one[1]): one[2] for one in found if one}
    if None in found:
        raise BadPaper("not_a_paper")
    hold([int(one[1]) for one in found if one], options, 0)
    if most and sum(answer == "y" for answer in answers.values()) > most:
        raise BadPaper("too_many")
    return " ".join(f"{number}{answers[number]}" for number in sorted(answers))


def hold(named: list[int], options: int, most: int) -> None:
    """Hold that every option named stands on the paper, none twice, and no more than may be named."""
    if any(number > options for number in named):
        raise BadPaper("unknown_option")
    if len(set(named)) < len(named):
        raise BadPaper("named_twice")
    if most and len(named) > most:
        raise BadPaper("too_many")


def composed(fields: Iterable[tuple[str, str]]) -> str | None:
    """Return the paper that the fields of a form come to, None where they hold none.

    `choice` is the paper itself; `equal` says that options may share a rank. Else `rank-2=1` ranks option 2 first,
    `mark=4` marks option 4, `say-3=y` says yes to option 3; left empty they say nothing. A form sends `papers` beside
    them, and `blank` where the paper shall be.

    Raises:
        BadPaper: two options have one rank, or a rank is left out, or nothing is said.
    """
    given = [(name, value.strip()) for name, value in fields]
    sent = dict(given)
    if "choice" in sent:
        return sent["choice"]
    if "papers" not in sent or "blank" in sent:
        return "" if "blank" in sent else None
    parts = [(field, value) for name, value in given if value and (field := FIELD.fullmatch(name))]
    ranks = [(rank(value), field[2]) for field, value in parts if field[1] == "rank"]
    marks = [value for name, value in given if value and name == "mark"]
    answers = [f"{field[2]}{value}" for field, value in parts if field[1] == "say"]
    order = shared if "equal" in sent else ranking
    paper = (order(ranks) if ranks else "") or "+".join(marks) or " ".join(answers)
    if not paper:
        raise BadPaper("nothing_said")
    return paper


def rank(said: str) -> int:
    """Return a rank that was typed or chosen."""
    if not NUMBER.fullmatch(said):
        raise BadPaper("not_a_paper")
    return int(said)


def ranking(ranks: list[tuple[int, str]]) -> str:
    """Return the options in the order of their ranks."""
    given = sorted(place for place, _option in ranks)
    if len(set(given)) < len(given):
        raise BadPaper("same_rank")
    if given != list(range(1, len(given) + 1)):
        raise BadPaper("rank_missing")
    return ">".join(option for _place, option in sorted(ranks))


def shared(ranks: list[tuple[int, str]]) -> str:
    """Return the options in the order of their ranks, those of one rank beside each other; a rank may be left out."""
    places = sorted({place for place, _option in ranks})
    return ">".join("=".join(option for place, option in ranks if place == rank) for rank in places)


def ranks_of(paper: str) -> list[list[int]]:
    """Return the ranks of a canonical paper, the best first, each with the options that share it."""
    return [[int(part) for part in rank.split("=")] for rank in paper.split(">")] if paper else []


def named(paper: str, form: str) -> list[int]:
    """Return the options that a canonical paper names, in its order; those with a yes, where it says yes or no."""
    if form == Form.MOTION or not paper:
        return []
    if form == Form.YES_NO:
        return [number for number, answer in answered(paper).items() if answer == "y"]
    return [int(part) for part in re.split(r"[>+=]", paper)]


def answered(paper: str) -> dict[int, str]:
    """Return the answers of a canonical paper that says yes, no or abstains, by option."""
    return {int(part[:-1]): part[-1] for part in paper.split()}
