"""Condorcet with Schwartz sequential dropping (Schulze's method), as Debian's constitution has it in A.5 (once A.6).

An option falls that fewer than the quorum prefer to the default option, or that does not beat the default option by
its majority: at least the ratio asked for (3:1), and strictly more voters for than against. Among the rest the
weakest defeats within the Schwartz set are dropped until nobody in it is beaten. Options left out of a paper are
ranked last and equal. If several are left, the casting vote chooses (a breaker).
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import isqrt

from hemicycle.voting.methods.election import CannotCount, Election, counted_papers
from hemicycle.voting.methods.result import Count, Elected, Stage, Tie
from hemicycle.voting.methods.ties import Breaker, choose

Matrix = list[list[int]]
Defeats = dict[tuple[int, int], tuple[int, int]]


def count(
    election: Election,
    breakers: Sequence[Breaker] = (),
    *,
    default: int | None = None,
    quorum: int = 0,
    majorities: Mapping[int, Fraction] | None = None,
) -> Count:
    """Count by Debian's constitution; without a default option neither quorum nor majorities are asked for.

    `quorum` is the least number of voters who must prefer an option to the default; `majorities` gives the ratio
    asked of an option where it is not 1:1. `details` holds the matrix (`matrix[x][y]` voters prefer x to y), who
    was dropped and why, the defeats, and the Schwartz set. The one stage holds the votes above the default option,
    or without one the number of others that each option beats.
    """
    if election.seats != 1:
        raise CannotCount(f"This method finds one winner, not {election.seats}.")
    if not election.standing:
        raise CannotCount("Every candidate withdrew.")
    if default is None and (quorum or majorities):
        raise CannotCount("A quorum and a majority are measured against the default option; say which it is.")
    if default is not None and default not in election.standing:
        raise CannotCount(f"Option {default} cannot be the default: it is not on the list.")
    matrix = pairwise(election)
    dropped = fallen(election, matrix, default, quorum, majorities or {})
    options = sorted(election.standing - dropped.keys())
    defeats = {
        (one, other): (matrix[one - 1][other - 1], matrix[other - 1][one - 1])
        for one in options
        for other in options
        if matrix[one - 1][other - 1] > matrix[other - 1][one - 1]
    }
    left = undefeated(options, dict(defeats))
    chosen: tuple[int, ...] = tuple(left)
    ties: tuple[Tie, ...] = ()
    if len(left) > 1:
        chosen, tie = choose(left, 1, breakers, "election", 1)
        ties = (tie,)
    return Count(
        "schulze",
        election.candidates,
        1,
        tuple(Elected(number, 1) for number in chosen),
        (first_stage(election, matrix, default),),
        quorum or None,
        ties=ties,
        papers=sum(election.papers.values()),
        details={
            "matrix": matrix,
            "dropped": dropped,
            "defeats": [[one, other, *votes] for (one, other), votes in defeats.items()],
            "schwartz_set": left,
        },
    )


def debian_quorum(developers: int) -> int:
    """Return 3Q in whole votes, where Q is half the square root of the number of developers (4.2.7)."""
    votes = isqrt(9 * developers // 4)
    return votes if 4 * votes * votes >= 9 * developers else votes + 1


def pairwise(election: Election) -> Matrix:
    """Return how many voters prefer each candidate to each other one.

    A row of the matrix is kept as one large number with a field of `width` bits for each rival, so that a paper
    adds one to the fields of all whom a candidate stands above at once.
    """
    width = sum(election.papers.values()).bit_length() + 1
    unit = [1 << width * number for number in range(len(election.candidates))]
    everyone = sum(unit[number - 1] for number in election.standing)
    rows = [0] * len(unit)
    for ranking, papers in counted_papers(election).items():
        below = everyone
        for rank in ranking:
            if isinstance(rank, int):
                below -= unit[rank - 1]
                rows[rank - 1] += below * papers
            else:
                below -= sum(unit[number - 1] for number in rank)
                for number in rank:
                    rows[number - 1] += below * papers
    field = (1 << width) - 1
    return [[row >> width * other & field for other in range(len(unit))] for row in rows]


def fallen(
    election: Election, matrix: Matrix, default: int | None, quorum: int, majorities: Mapping[int, Fraction]
) -> dict[int, str]:
    """Return the options that fall by quorum or majority, and which of the two it was (A.5.3 and A.5.4)."""
    if default is None:
        return {}
    found: dict[int, str] = {}
    for option in sorted(election.standing - {default}):
        votes, against = matrix[option - 1][default - 1], matrix[default - 1][option - 1]
        if votes < quorum:
            found[option] = "quorum"
        elif votes <= against or votes < majorities.get(option, Fraction(1)) * against:
            found[option] = "majority"
    return found


def undefeated(options: Sequence[int], defeats: Defeats) -> list[int]:
    """Drop the weakest defeats within the Schwartz set until there are none in it, and return the set."""
    while True:
        schwartz = schwartz_set(options, defeats)
        inside = {pair: votes for pair, votes in defeats.items() if pair[0] in schwartz and pair[1] in schwartz}
        if not inside:
            return schwartz
        weakest = min((votes, -against) for votes, against in inside.values())
        for pair, (votes, against) in inside.items():
            if (votes, -against) == weakest:
                del defeats[pair]


def schwartz_set(options: Sequence[int], defeats: Defeats) -> list[int]:
    """Return the options that reach back, over a chain of defeats, everyone who reaches them."""
    reach = {option: {other for one, other in defeats if one == option} for option in options}
    for through in options:
        for option in options:
            if through in reach[option]:
                reach[option] |= reach[through]
    return [option for option in options if all(rival in reach[option] for rival in options if option in reach[rival])]


def first_stage(election: Election, matrix: Matrix, default: int | None) -> Stage:
    """Return the votes above the default option, or without one how many others each candidate beats."""
    if default is not None:
        return Stage("votes above the default option", (default,), tuple(row[default - 1] for row in matrix))
    wins = [
        sum(matrix[one - 1][other - 1] > matrix[other - 1][one - 1] for other in election.standing)
        for one in election.numbers
    ]
    return Stage("others beaten", (), tuple(wins))
