"""Elections: which paper a count asks for, the count itself, and its result as facts. Pure: no database, no clock."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from hemicycle.bodies.rules import Counting, Share
from hemicycle.bodies.rules.elections import LISTS
from hemicycle.voting.methods import METHODS, yes_no
from hemicycle.voting.methods.election import Election, Ranking, Reservation, counted_papers
from hemicycle.voting.methods.lot import Lot
from hemicycle.voting.methods.result import Count, decimal
from hemicycle.voting.methods.ties import Breaker, LotNeeded, OneByOne, Seniority
from hemicycle.voting.papers import Form, answered, named, ranks_of
from hemicycle.voting.rules import Base, Majority

# A run-off is by names, with the most votes and no majority asked for.
RUNOFF = "runoff"
ONE_NAME_EACH = frozenset({Counting.BLOCK, RUNOFF})


@dataclass(frozen=True)
class Asked:
    """What is counted: names by number, seats, the count and what the rules ask of it (`Ballot.count_rules`)."""

    counting: str
    names: tuple[str, ...]
    seats: int
    rules: Mapping[str, Any]
    withdrawn: frozenset[int] = frozenset()
    seed: str = ""
    # Whom the chair favoured by casting votes, in this order.
    casting: tuple[int, ...] = ()
    present: int = 0
    members: int = 0


def form_of(counting: str) -> Form:
    """Return what a paper looks like in a count."""
    if counting in LISTS:
        return Form.LIST
    if counting == Counting.YES_NO:
        return Form.YES_NO
    if counting == Counting.SCHULZE:
        return Form.RANKS
    return Form.MARKS if counting in {Counting.BLOCK, Counting.APPROVAL, RUNOFF} else Form.RANKING


def most_of(counting: str, seats: int) -> int:
    """Return how many a paper may name, 0 where that is any number."""
    return seats if counting in ONE_NAME_EACH else 0


def election_of(asked: Asked, papers: Mapping[str, int]) -> Election:
    """Return what the counts take: how many papers name these options in this order."""
    form = form_of(asked.counting)
    held: dict[Ranking, int] = {}
    for paper, times in papers.items():
        key = ranked(paper) if form == Form.RANKS else tuple(named(paper, form))
        held[key] = held.get(key, 0) + times
    reserved = tuple(
        Reservation(frozenset(one["numbers"]), one["least"], one["most"]) for one in asked.rules.get("reserved", ())
    )
    return Election(asked.names, held, asked.seats, asked.withdrawn, reserved)


def ranked(paper: str) -> Ranking:
    """Return a paper on which several may share a rank as the counts take it."""
    return tuple(rank[0] if len(rank) == 1 else tuple(rank) for rank in ranks_of(paper))


def breakers_of(asked: Asked) -> tuple[Breaker, ...]:
    """Return what breaks a tie that the count leaves, in the order of the rules."""
    found: list[Breaker] = []
    for one in asked.rules.get("ties", ()):
        if one == "seniority":
            found.append(Seniority(tuple(asked.rules["seniority"])))
        elif one == "casting vote" and asked.casting:
            found.append(OneByOne(asked.casting))
        elif one == "lot" and asked.seed:
            found.append(Lot(asked.seed))
    return tuple(found)


def counted(asked: Asked, papers: Mapping[str, int]) -> Count:
    """Count an election.

    Raises:
        LotNeeded: a tie has to be broken before the count can go on, and the rules break none.
        CannotCount: it cannot be counted as asked.
    """
    election, breakers = election_of(asked, papers), breakers_of(asked)
    if asked.counting == Counting.YES_NO:
        return count_answers(asked, election, papers, breakers)
    valid = sum(times for paper, times in papers.items() if paper)
    return METHODS[method_of(asked.counting)].count(election, breakers, **options_of(asked, valid))


def method_of(counting: str) -> str:
    """Return the name of the method that counts."""
    return Counting.BLOCK.value if counting == RUNOFF else counting


def options_of(asked: Asked, valid: int) -> dict[str, Any]:
    """Return what the rules ask of a count beyond its seats."""
    options: dict[str, Any] = {}
    majority = asked.rules.get("majority")
    if majority and asked.counting in {Counting.BLOCK, Counting.APPROVAL}:
        options["majority"] = of_valid(asked, majority, valid)
    none = asked.rules.get("none_of_the_above")
    if none:
        options["default" if asked.counting == Counting.SCHULZE else "none_of_the_above"] = none
    if asked.counting in LISTS:
        options["threshold"] = Fraction(asked.rules.get("threshold", "0/1"))
    return options


def of_valid(asked: Asked, majority: Mapping[str, Any], valid: int) -> Share:
    """Return a majority as the share of the valid papers that it comes to, whatever it is taken of."""
    share = Share(majority["numerator"], majority["denominator"], strict=majority["strict"])
    if majority["of"] in {Base.VALID, Base.CAST}:
        return share
    whole = asked.members if majority["of"] == Base.MEMBERS else asked.present
    return Share(share.least(whole), max(valid, 1), strict=False)


def count_answers(asked: Asked, election: Election, papers: Mapping[str, int], breakers: tuple[Breaker, ...]) -> Count:
    """Count yes and no for each candidate."""
    said: dict[int, dict[str, int]] = {number: {"y": 0, "n": 0, "a": 0} for number in election.numbers}
    for paper, times in papers.items():
        for number, answer in answered(paper).items():
            said[number][answer] += times
    majority = asked.rules["majority"]
    share = Share(majority["numerator"], majority["denominator"], strict=majority["strict"])
    return yes_no.count(
        election,
        {number: yes_no.Answers(one["y"], one["n"], one["a"]) for number, one in said.items()},
        Majority(share, Base(majority["of"])),
        breakers,
        present=asked.present,
        members=asked.members,
    )


def result_of(asked: Asked, papers: Mapping[str, int]) -> dict[str, Any]:
    """Return the whole result as facts; a tie that nothing may break leaves it without anybody elected.

    Where no paper names anybody who stands nobody is elected: a lot among those for whom nobody voted is no election.
    Totals are texts with the decimals of the method, since facts hold no fractions.
    """
    blank = papers.get("", 0)
    base: dict[str, Any] = {
        "counting": asked.counting,
        "seats": asked.seats,
        "names": list(asked.names),
        "withdrawn": sorted(asked.withdrawn),
        "valid": sum(papers.values()) - blank,
        "blank": blank,
        **({"casting": list(asked.casting)} if asked.casting else {}),
    }
    nobody = {**base, "elected": [], "quota": None, "stages": [], "ties": [], "runoff": [], "tied": []}
    if names_nobody(asked, papers):
        return nobody
    try:
        count = counted(asked, papers)
    except LotNeeded as needed:
        return {**nobody, "tied": [*needed.tied]}
    if count.invalid >= base["valid"]:
        return {**nobody, "invalid": count.invalid}
    unbroken = [number for tie in count.ties if not tie.chosen for number in tie.candidates]
    return base | facts_of(count) | {"tied": unbroken}


def names_nobody(asked: Asked, papers: Mapping[str, int]) -> bool:
    """Say whether no paper names anybody who still stands."""
    if asked.counting == Counting.YES_NO:
        return not any(papers)
    return not any(counted_papers(election_of(asked, papers)))


def facts_of(count: Count) -> dict[str, Any]:
    """Return a count as facts."""
    whole = 10**count.decimals

    def told(value: int) -> str:
        return decimal(value, count.decimals)

    quota, needed = count.quota, count.details.get("needed")
    return {
        "elected": [
            {"number": one.candidate, "name": count.candidates[one.candidate - 1], "stage": one.stage}
            for one in count.elected
        ],
        "quota": None if quota is None else str(quota // whole) if quota % whole == 0 else told(quota),
        "stages": [
            {
                "what": stage.what,
                "of": list(stage.of),
                "totals": [told(total) for total in stage.totals],
                "exhausted": told(stage.exhausted),
                "lost": told(stage.lost),
            }
            for stage in count.stages
        ],
        "ties": [
            {
                "stage": tie.stage,
                "what": tie.what,
                "candidates": list(tie.candidates),
                "chosen": list(tie.chosen),
                "how": str(tie.how),
                "by": "" if tie.decided_by is None else str(tie.decided_by),
            }
            for tie in count.ties
        ],
        "runoff": list(count.runoff),
        "invalid": count.invalid,
        **({"needed": list(needed.values())} if isinstance(needed, dict) else {}),
    }


def unopposed(asked: Asked) -> dict[str, Any]:
    """Return the result where there are no more candidates than seats and the rules declare them elected."""
    elected = [
        {"number": number, "name": name, "stage": 1}
        for number, name in enumerate(asked.names, 1)
        if number not in asked.withdrawn
    ]
    return {
        "counting": asked.counting,
        "seats": asked.seats,
        "names": list(asked.names),
        "withdrawn": sorted(asked.withdrawn),
        "valid": 0,
        "blank": 0,
        "elected": elected,
        "quota": None,
        "stages": [],
        "ties": [],
        "runoff": [],
        "tied": [],
        "uncontested": True,
    }
