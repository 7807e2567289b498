"""Block vote, approval, yes or no: the most votes win, and what stands at the edges."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hemicycle.bodies.rules import HALF, Share
from hemicycle.voting.methods import approval, block, yes_no
from hemicycle.voting.methods.election import CannotCount, Election, flat
from hemicycle.voting.methods.result import How
from hemicycle.voting.methods.tests.making import LOT, calm, elections, vote, with_reservation
from hemicycle.voting.methods.ties import CastingVote, Seniority
from hemicycle.voting.methods.yes_no import Answers, Uncontested, declared_elected
from hemicycle.voting.rules import Base, Majority


def tallied(election: Election, most: int) -> dict[int, int]:
    """Ask each paper about each candidate."""
    votes = {}
    for number in election.standing:
        votes[number] = sum(
            times
            for ranking, times in election.papers.items()
            if number in flat(ranking) and len({*flat(ranking)} - election.withdrawn) <= most
        )
    return votes


@calm
@given(elections(equal=True, withdrawn=True))
def test_no_loser_has_more_votes_than_a_winner(election: Election) -> None:
    for count, most in ((block.count(election, LOT), election.seats), (approval.count(election, LOT), 99)):
        votes = tallied(election, most)
        assert {n: count.stages[0].totals[n - 1] for n in votes} == votes
        losers = election.standing - {*count.winners}
        assert len(count.winners) == election.filled
        assert all(votes[winner] >= votes[loser] for winner in count.winners for loser in losers)
        assert [votes[n] for n in count.winners] == sorted((votes[n] for n in count.winners), reverse=True)
        assert count.papers == sum(election.papers.values())


@calm
@given(elections(equal=True))
def test_a_tie_is_told_exactly_when_the_last_seat_is_tied(election: Election) -> None:
    count = approval.count(election)
    votes = tallied(election, 99)
    order = sorted(votes.values(), reverse=True)
    tied = len(order) > election.seats and order[election.seats - 1] == order[election.seats]
    assert bool(count.ties) == tied
    sure = [n for n in votes if not tied or votes[n] > order[election.seats - 1]]
    assert len(count.winners) == min(len(sure), election.seats)
    drawn = approval.count(election, LOT)
    assert set(count.winners) <= set(drawn.winners)


@calm
@given(elections(equal=True, most_candidates=5), st.sets(st.integers(1, 5)), st.integers(0, 3), st.integers(0, 3))
def test_reserved_seats_are_kept_and_no_swap_that_keeps_them_would_be_better(election, group, least, more) -> None:
    group &= {*election.numbers}
    reserved = with_reservation(election, group, least, least + more)
    keeping = [
        {*chosen}
        for chosen in combinations(election.numbers, election.filled)
        if least <= len(group & {*chosen}) <= least + more
    ]
    if not keeping:
        with pytest.raises(CannotCount, match="as they are reserved"):
            approval.count(reserved, LOT)
        return
    winners = {*approval.count(reserved, LOT).winners}
    votes = tallied(election, 99)
    assert winners in keeping
    assert sum(votes[n] for n in winners) == max(sum(votes[n] for n in chosen) for chosen in keeping)


def test_a_paper_with_more_names_than_seats_is_invalid_and_order_has_no_meaning() -> None:
    count = block.count(vote("3:1 2; 2:2 1; 4:3; 5:1 2 3; 1:", seats=2), LOT)
    assert (count.stages[0].totals, count.invalid, count.blank, count.papers) == ((5, 5, 4), 5, 1, 15)
    assert count.winners == (1, 2)
    strict = block.count(vote("3:1 2; 4:3", seats=2), LOT, least_names=2)
    assert (strict.stages[0].totals, strict.invalid) == ((3, 3, 0), 4)


def test_without_the_majority_the_next_go_to_a_run_off_two_for_each_open_seat() -> None:
    one = block.count(vote("4:1; 3:2; 2:3; 1:4"), majority=HALF)
    assert (one.winners, one.quota, one.runoff, one.unfilled) == ((), 6, (1, 2), 1)
    two = block.count(vote("6:1 2; 3:3 4; 1:5", seats=2), majority=HALF)
    assert (two.winners, two.runoff) == ((1, 2), ())
    three = block.count(vote("6:1; 3:2 3; 1:4; 1:5", seats=2), LOT, majority=HALF)
    assert (three.winners, three.runoff) == ((1,), (2, 3))


def test_a_tie_for_the_run_off_is_broken_or_takes_all_of_the_tied_along() -> None:
    tied = vote("4:1; 3:2; 3:3; 1:4")
    everyone = block.count(tied, majority=HALF)
    assert (everyone.runoff, everyone.ties[0].how, everyone.ties[0].what) == ((1, 2, 3), How.NOT, "run-off")
    senior = block.count(tied, (Seniority((4, 3, 2, 1)),), majority=HALF)
    assert (senior.runoff, senior.ties[0].how) == ((1, 3), How.SENIORITY)


def test_none_of_the_above_keeps_seats_open() -> None:
    count = approval.count(vote("4:1; 3:2; 5:3", seats=2), none_of_the_above=3)
    assert (count.winners, count.unfilled) == ((), 2)
    count = approval.count(vote("6:1; 3:2; 5:3", seats=2), none_of_the_above=3)
    assert (count.winners, count.unfilled) == ((1,), 1)
    with pytest.raises(CannotCount, match="None of the above"):
        approval.count(vote("6:1"), none_of_the_above=2)


def test_a_tie_is_broken_by_the_first_rule_that_can() -> None:
    tied = vote("3:1; 3:2; 3:3; 1:4")
    count = approval.count(tied, (Seniority((1, 2)), CastingVote((3,)), *LOT))
    assert count.ties[0].how is How.LOT
    count = approval.count(tied, (CastingVote((3, 1)), *LOT))
    assert (count.winners, count.ties[0].decided_by) == ((3,), "the chair")
    count = approval.count(tied, (Seniority((2, 3, 1)),))
    assert (count.winners, count.ties[0].chosen) == ((2,), (2,))


VALID_HALF = Majority(HALF, Base.VALID)


def test_yes_or_no_elects_who_has_the_majority_and_the_most_yeses() -> None:
    names = vote("", seats=2, candidates=4)
    answers = {1: Answers(5, 4, 1), 2: Answers(9, 1), 3: Answers(5, 5), 4: Answers(6, 3, 1)}
    count = yes_no.count(names, answers, VALID_HALF, LOT, present=10, members=20)
    assert count.winners == (2, 4)
    assert count.details == {"needed": {1: 5, 2: 6, 3: 6, 4: 5}, "carried": [1, 2, 4]}
    absolute = Majority(Share(1, 2, strict=True), Base.MEMBERS)
    assert yes_no.count(names, answers, absolute, LOT, present=10, members=20).unfilled == 2


def test_a_sole_candidate_is_declared_or_voted_on_as_the_rules_choose() -> None:
    alone = vote("", candidates=1)
    assert declared_elected(alone, Uncontested.DECLARED) == (1,)
    assert declared_elected(alone, Uncontested.YES_NO) == ()
    assert declared_elected(vote("", candidates=2), Uncontested.DECLARED) == ()
    rejected = yes_no.count(alone, {1: Answers(3, 4)}, VALID_HALF, present=7, members=9)
    assert (rejected.winners, rejected.unfilled) == ((), 1)
