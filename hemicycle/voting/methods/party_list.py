"""Seats for lists by their votes: D'Hondt and Sainte-Laguë (highest quotients), and largest remainders.

Quotients after Balinski and Young, “Fair Representation” (1982), appendix A: votes divided by 1, 2, 3, … (D'Hondt,
Jefferson) or by 1, 3, 5, … (Sainte-Laguë, Webster), and the seats go to the highest; remainders after the Hare quota
(votes by seats) or the Droop quota (whole: votes by seats and one, cut off, and one). A list below the threshold, a
share of the valid votes, takes no part unless it is exempt.
"""

from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction
from functools import partial

from hemicycle.voting.methods.election import CannotCount, Election, strict_papers
from hemicycle.voting.methods.result import Count, Elected, How, Stage, Tie
from hemicycle.voting.methods.ties import Breaker, choose

DECIMALS = 5
STEPS = {"dhondt": 1, "sainte-lague": 2}


def count_quotients(
    election: Election,
    breakers: Sequence[Breaker] = (),
    *,
    method: str,
    threshold: Fraction = Fraction(0),
    exempt: Collection[int] = (),
) -> Count:
    """Give each seat to the highest quotient; seat by seat a stage, with the quotients it was given by.

    Quotients are compared exactly and written down cut off after five decimals. `threshold` is the least share of
    the valid votes, “at least”. Where a tie at the last seats cannot be broken they stay open.
    """
    votes, valid, blank = list_votes(election)
    taking_part = above(votes, valid, threshold, exempt)
    won = dict.fromkeys(election.numbers, 0)
    elected: list[Elected] = []
    stages: list[Stage] = []
    ties: list[Tie] = []
    queue: list[int] = []
    while len(elected) < election.seats and taking_part:
        quotients = {number: Fraction(votes[number], 1 + STEPS[method] * won[number]) for number in taking_part}
        if not queue:
            best = max(quotients.values())
            queue = sorted(number for number in taking_part if quotients[number] == best)
            if len(queue) > election.seats - len(elected):
                chosen, tie = choose(queue, election.seats - len(elected), breakers, "seat", len(elected) + 1)
                ties.append(tie)
                queue = [*chosen]
                if tie.how is How.NOT:
                    break
        stages.append(Stage("seat", (queue[0],), written(election, quotients)))
        won[queue[0]] += 1
        elected.append(Elected(queue.pop(0), len(stages)))
    return result(method, election, votes, won, elected, stages, ties, valid, blank)


def count_remainders(
    election: Election,
    breakers: Sequence[Breaker] = (),
    *,
    droop: bool = False,
    threshold: Fraction = Fraction(0),
    exempt: Collection[int] = (),
) -> Count:
    """Give each list a seat for each whole quota, and the rest by the largest remainders.

    The first stage holds the votes, the second what is left of them; a list gets at most one seat by its remainder.
    """
    votes, valid, blank = list_votes(election)
    taking_part = above(votes, valid, threshold, exempt)
    total = sum(votes[number] for number in taking_part)
    quota = Fraction(total // (election.seats + 1) + 1) if droop else Fraction(total, election.seats)
    won = dict.fromkeys(election.numbers, 0)
    remainders: dict[int, Fraction] = {}
    for number in taking_part if quota else ():
        won[number] = int(votes[number] // quota)
        remainders[number] = votes[number] - won[number] * quota
    elected = [Elected(number, 1) for number in sorted(won) for _seat in range(won[number])]
    stages = [
        Stage("votes", (), written(election, votes)),
        Stage("remainders", (), written(election, remainders)),
    ]
    ties: list[Tie] = []
    while len(elected) < election.seats and remainders:
        best = max(remainders.values())
        chosen = tuple(sorted(number for number, left in remainders.items() if left == best))
        if len(chosen) > election.seats - len(elected):
            chosen, tie = choose(chosen, election.seats - len(elected), breakers, "seat", 2)
            ties.append(tie)
            if tie.how is How.NOT:
                break
        for number in chosen:
            del remainders[number]
            won[number] += 1
            elected.append(Elected(number, 2))
    found = result("largest-remainder", election, votes, won, elected, stages, ties, valid, blank)
    return Count(**{**vars(found), "quota": cut(quota)})


def list_votes(election: Election) -> tuple[dict[int, int], int, int]:
    """Return the votes of each list (the first that a paper names), how many are valid, and how many are blank."""
    if election.reservations:
        raise CannotCount("Seats are reserved among candidates, not among lists.")
    papers, blank = strict_papers(election)
    votes = dict.fromkeys(election.numbers, 0)
    for order, times in papers.items():
        votes[order[0]] += times
    return votes, sum(votes.values()), blank


def above(votes: Mapping[int, int], valid: int, threshold: Fraction, exempt: Collection[int]) -> list[int]:
    """Return the lists that take part: those with a vote, and the share asked for unless they are exempt."""
    return [number for number, has in votes.items() if has and (number in exempt or has >= threshold * valid)]


def written(election: Election, values: Mapping[int, Fraction] | Mapping[int, int]) -> tuple[int, ...]:
    """Return values as they are written down: cut off after five decimals, none for who takes no part."""
    return tuple(cut(values.get(number, 0)) for number in election.numbers)


def cut(value: Fraction | int) -> int:
    """Return a value in units of its fifth decimal, the rest cut off."""
    return int(value * 10**DECIMALS)


def result(
    method: str,
    election: Election,
    votes: Mapping[int, int],
    won: Mapping[int, int],
    elected: Sequence[Elected],
    stages: Sequence[Stage],
    ties: Sequence[Tie],
    valid: int,
    blank: int,
) -> Count:
    """Put the count of lists together."""
    return Count(
        method,
        election.candidates,
        election.seats,
        tuple(elected),
        tuple(stages),
        decimals=DECIMALS,
        ties=tuple(ties),
        papers=valid + blank,
        blank=blank,
        details={"votes": dict(votes), "seats": dict(won)},
    )


dhondt = partial(count_quotients, method="dhondt")
sainte_lague = partial(count_quotients, method="sainte-lague")
