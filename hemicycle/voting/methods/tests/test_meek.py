"""Meek's method: the fixed point that it must reach, checked with exact fractions, and what holds in every count."""

from fractions import Fraction

import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from hemicycle.voting.methods import irv, meek
from hemicycle.voting.methods.election import CannotCount, Election
from hemicycle.voting.methods.tests.making import LOT, calm, elections, vote, with_reservation

ONE = 10**9
NEAR = Fraction(1, 10**5)


@calm
@given(elections(withdrawn=True))
def test_no_vote_is_lost_from_sight_and_every_seat_is_filled(election: Election) -> None:
    count = meek.count(election, LOT)
    valid = (count.papers - count.blank) * ONE
    assert all(sum(stage.totals) + stage.exhausted == valid for stage in count.stages)
    assert all(min(*stage.totals, stage.exhausted) >= 0 for stage in count.stages)
    assert len(count.winners) == len(set(count.winners)) == election.filled


@calm
@given(elections(seats=1))
def test_for_one_seat_it_is_an_instant_run_off_with_a_majority_of_what_is_left(election: Election) -> None:
    count = irv.count(election, LOT)
    if not count.ties and count.papers > count.blank:
        assert meek.count(election, LOT).winners == count.winners


@settings(max_examples=60, deadline=None)
@given(elections(most_candidates=5), st.integers(2, 4))
def test_before_an_exclusion_each_of_the_elected_has_the_quota_and_nothing_more(election: Election, seats: int) -> None:
    election = Election(election.candidates, election.papers, seats)
    count = meek.count(election, LOT)
    for number, (stage, after) in enumerate(zip(count.stages, count.stages[1:], strict=False), 1):
        # Where almost every paper has run out, nine decimals cannot hold the keep factors and the rule stops early.
        if after.what == "exclusion" and stage.what != "exclusion" and stage.quota > ONE // 100:
            before = [one.candidate for one in count.elected if one.stage < number]
            surplus = sum(Fraction(stage.totals[n - 1] - stage.quota, ONE) for n in before)
            assert abs(surplus) < NEAR


class TooClose(Exception):
    """Two numbers are so near that rounding decides."""


def slow(election: Election) -> set[int]:
    """Count by Meek with floating numbers, iterating far beyond what is needed.

    Raises:
        TooClose: somebody is within a hair of the quota or of the next to last.
    """
    papers = {tuple(order): times for order, times in election.papers.items() if order}
    hopeful, elected = set(election.numbers), set[int]()
    keep = dict.fromkeys(election.numbers, 1.0)
    while len(hopeful) + len(elected) > election.filled > len(elected):
        for _turn in range(400):
            votes = dict.fromkeys(election.numbers, 0.0)
            for order, times in papers.items():
                left = float(times)
                for number in order:
                    votes[number] += left * keep[number]
                    left *= 1 - keep[number]
            quota = sum(votes.values()) / (election.seats + 1)
            if reached := {n for n in hopeful if votes[n] > quota + 1e-6}:
                break
            for number in elected:
                keep[number] *= quota / votes[number] if votes[number] else 1.0
        if any(1e-9 < abs(votes[n] - quota) < 1e-4 for n in hopeful) or quota < 0.1:
            raise TooClose
        elected |= reached
        hopeful -= reached
        if not reached:
            order = sorted(hopeful, key=lambda n: votes[n])
            if len(order) > 1 and votes[order[1]] - votes[order[0]] < 1e-4:
                raise TooClose
            hopeful.remove(order[0])
            keep[order[0]] = 0.0
    return elected if len(elected) == election.filled else elected | hopeful


@calm
@given(elections(most_candidates=5))
def test_the_winners_are_those_of_a_count_iterated_far_beyond(election: Election) -> None:
    try:
        winners = slow(election)
    except TooClose:
        reject()
    assert set(meek.count(election, LOT).winners) == winners


def distributed(papers: dict[tuple[int, ...], int], keep: dict[int, Fraction]) -> dict[int, Fraction]:
    """Give each paper away by exact shares."""
    votes = dict.fromkeys(keep, Fraction(0))
    for ranking, times in papers.items():
        left = Fraction(times)
        for number in ranking:
            votes[number] += left * keep[number]
            left *= 1 - keep[number]
    return votes


def test_two_who_pass_votes_to_each_other_settle_where_exact_fractions_do() -> None:
    papers = {(1, 2, 3): 28, (2, 1, 3): 26, (3,): 3, (4,): 2, (5,): 1}
    count = meek.count(Election(tuple("ABCDE"), papers, 3))
    keep = dict.fromkeys(range(1, 6), Fraction(1))
    for _step in range(60):
        votes = distributed(papers, keep)
        quota = Fraction(sum(votes.values()), 4)
        for number in (1, 2):
            keep[number] = (keep[number] * quota / votes[number]).limit_denominator(10**15)
    exact = distributed(papers, keep)
    # The third is elected as soon as the others' surplus has lifted it to the quota.
    assert count.winners[:2] == (1, 2)
    assert set(count.winners) == {1, 2, 3}
    assert abs(exact[1] - 15) < NEAR
    assert abs(exact[2] - 15) < NEAR
    assert exact[3] > 15


def test_reserved_seats_are_refused() -> None:
    with pytest.raises(CannotCount, match="no reserved seats"):
        meek.count(with_reservation(vote("3:1; 2:2"), {1}, 1))
