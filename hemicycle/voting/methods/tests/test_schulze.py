"""Schwartz sequential dropping against Schulze's strongest paths, and Debian's quorum and majorities."""

from fractions import Fraction
from itertools import pairwise, permutations
from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hemicycle.voting.methods import schulze
from hemicycle.voting.methods.election import CannotCount, Election, flat
from hemicycle.voting.methods.result import How
from hemicycle.voting.methods.tests.making import LOT, calm, elections, vote
from hemicycle.voting.methods.ties import CastingVote


def slow_matrix(election: Election) -> list[list[int]]:
    """Ask each paper about each pair."""
    size = len(election.candidates)
    matrix = [[0] * size for _ in range(size)]
    for ranking, times in election.papers.items():
        place = {n: at for at, rank in enumerate(ranking) for n in flat((rank,))}
        for x in election.standing:
            for y in election.standing:
                if place.get(x, size) < place.get(y, size):
                    matrix[x - 1][y - 1] += times
    return matrix


def strongest(election: Election, matrix: list[list[int]]) -> set[int]:
    """Return who is beaten by nobody over the strongest paths, trying every path there is (Schulze 2011, section 2)."""
    size = len(election.candidates)

    def strength(x: int, y: int) -> tuple[int, int]:
        best = (0, 0)
        between = [n for n in election.standing if n not in {x, y}]
        for length in range(size - 1):
            for middle in permutations(between, length):
                links = [(matrix[a - 1][b - 1], -matrix[b - 1][a - 1]) for a, b in pairwise((x, *middle, y))]
                if all(votes > -against for votes, against in links):
                    best = max(best, min(links))
        return best

    paths = {(x, y): strength(x, y) for x in election.standing for y in election.standing if x != y}
    return {x for x in election.standing if all(paths[x, y] >= paths[y, x] for y in election.standing if y != x)}


@calm
@given(elections(most_candidates=5, seats=1, equal=True, withdrawn=True))
def test_the_matrix_and_the_winners_are_those_of_the_strongest_paths(election: Election) -> None:
    count = schulze.count(election, LOT)
    matrix = slow_matrix(election)
    assert count.details["matrix"] == matrix
    left = count.details["schwartz_set"]
    assert set(left) == strongest(election, matrix)
    assert count.winners[0] in left
    assert bool(count.ties) == (len(left) > 1)


@calm
@given(elections(most_candidates=5, seats=1, equal=True))
def test_whoever_beats_each_other_wins(election: Election) -> None:
    matrix = slow_matrix(election)
    numbers = election.numbers
    for x in numbers:
        if all(matrix[x - 1][y - 1] > matrix[y - 1][x - 1] for y in numbers if y != x):
            assert schulze.count(election).winners == (x,)


@calm
@given(
    elections(most_candidates=4, seats=1, equal=True),
    st.integers(0, 60),
    st.dictionaries(st.integers(1, 4), st.sampled_from([Fraction(1), Fraction(2), Fraction(3)])),
)
def test_an_option_stays_only_with_its_quorum_and_its_majority_over_the_default(
    election: Election, quorum: int, asked: dict[int, Fraction]
) -> None:
    default = len(election.candidates)
    count = schulze.count(election, LOT, default=default, quorum=quorum, majorities=asked)
    matrix = slow_matrix(election)
    for option in range(1, default):
        votes, against = matrix[option - 1][default - 1], matrix[default - 1][option - 1]
        ratio = asked.get(option, Fraction(1))
        stays = votes >= quorum and votes > against and votes * ratio.denominator >= ratio.numerator * against
        assert (option in count.details["dropped"]) == (not stays)
    assert set(count.winners).isdisjoint(count.details["dropped"])


@calm
@given(st.integers(0, 10**6))
def test_debians_quorum_is_one_and_a_half_roots(developers: int) -> None:
    quorum = schulze.debian_quorum(developers)
    assert 2 * quorum >= 3 * sqrt(developers) - 1e-6
    assert quorum == 0 or 2 * (quorum - 1) < 3 * sqrt(developers) + 1e-6
    assert schulze.debian_quorum(1024) == 48


def test_exactly_three_to_one_is_a_majority_of_three_to_one_and_equal_votes_are_none() -> None:
    three = vote("9:1 2; 3:2 1")
    assert schulze.count(three, default=2, majorities={1: Fraction(3)}).winners == (1,)
    assert schulze.count(vote("8:1 2; 3:2 1"), default=2, majorities={1: Fraction(3)}).winners == (2,)
    assert schulze.count(vote("5:1 2; 5:2 1"), default=2).winners == (2,)


def test_a_cycle_loses_its_weakest_defeat() -> None:
    count = schulze.count(vote("9:1 2 3; 8:2 3 1; 6:3 1 2"))
    assert count.winners == (1,)
    assert count.details["schwartz_set"] == [1]


def test_several_who_are_left_are_chosen_from_by_the_casting_vote() -> None:
    equal = vote("1:1 2; 1:2 1")
    assert schulze.count(equal).winners == ()
    assert schulze.count(equal).ties[0].how is How.NOT
    chosen = schulze.count(equal, (CastingVote((2,)),))
    assert (chosen.winners, chosen.ties[0].how, chosen.ties[0].decided_by) == ((2,), How.CASTING, "the chair")


@pytest.mark.parametrize(
    ("election", "options", "sentence"),
    [
        (vote("1:1 2", seats=2), {}, "finds one winner, not 2"),
        (vote("1:1 2"), {"quorum": 3}, "say which it is"),
        (vote("1:1 2"), {"default": 3}, "Option 3 cannot be the default"),
        (vote("1:1", withdrawn=[1]), {}, "Every candidate withdrew"),
    ],
)
def test_what_the_method_cannot_do_is_refused(election: Election, options: dict, sentence: str) -> None:
    with pytest.raises(CannotCount, match=sentence):
        schulze.count(election, **options)
