"""Seats for lists against two oracles: a queue that gives one seat after the other, and apportionment."""

from fractions import Fraction

import pytest
from apportionment import methods as oracle
from hypothesis import given
from hypothesis import strategies as st

from hemicycle.voting.methods import party_list
from hemicycle.voting.methods.election import CannotCount, Election
from hemicycle.voting.methods.result import How
from hemicycle.voting.methods.tests.making import LOT, calm, vote, with_reservation

VOTES = st.lists(st.integers(0, 500), min_size=1, max_size=7)
SEATS = st.integers(1, 20)


def lists(votes: list[int], seats: int) -> Election:
    return Election(tuple(map(str, votes)), {(n,): count for n, count in enumerate(votes, 1)}, seats)


def one_by_one(votes: list[int], seats: int, step: int, threshold: Fraction) -> tuple[list[int], bool]:
    """Give seats one after the other; say whether the last ones were tied."""
    least = threshold * sum(votes)
    won = [0] * len(votes)
    for _seat in range(seats):
        quotients = [
            Fraction(v, 1 + step * w) if v and v >= least else Fraction(-1) for v, w in zip(votes, won, strict=True)
        ]
        if max(quotients) < 0:
            break
        won[quotients.index(max(quotients))] += 1
    given = [Fraction(v, 1 + step * (w - 1)) for v, w in zip(votes, won, strict=True) if w]
    left = [Fraction(v, 1 + step * w) for v, w in zip(votes, won, strict=True) if v and v >= least]
    return won, bool(given) and min(given) == max(left)


@pytest.mark.parametrize(("method", "step"), [(party_list.dhondt, 1), (party_list.sainte_lague, 2)])
@calm
@given(VOTES, SEATS, st.sampled_from([Fraction(0), Fraction(5, 100), Fraction(1, 4)]))
def test_quotients_give_seats_as_one_after_the_other(method, step, votes, seats, threshold) -> None:
    count = method(lists(votes, seats), LOT, threshold=threshold)
    won, tied = one_by_one(votes, seats, step, threshold)
    assert bool(count.ties) == tied
    assert tied or list(count.details["seats"].values()) == won
    assert len(count.winners) == sum(won)
    assert [one.stage for one in count.elected] == list(range(1, sum(won) + 1))


@calm
@given(VOTES.filter(any), SEATS)
def test_every_method_for_lists_agrees_with_apportionment_where_nothing_is_tied(votes: list[int], seats: int) -> None:
    for name, method in (
        ("dhondt", party_list.dhondt),
        ("saintelague", party_list.sainte_lague),
        ("largest_remainder", party_list.count_remainders),
    ):
        count = method(lists(votes, seats), LOT)
        if count.ties:
            continue
        assert list(count.details["seats"].values()) == oracle.compute(name, votes, seats, fractions=True), name


@calm
@given(VOTES, SEATS, st.booleans())
def test_largest_remainders_keep_to_the_quota(votes: list[int], seats: int, droop: bool) -> None:
    count = party_list.count_remainders(lists(votes, seats), LOT, droop=droop)
    won = count.details["seats"]
    assert sum(won.values()) == len(count.winners) <= seats
    if not droop and sum(votes):
        shares = {n: Fraction(v * seats, sum(votes)) for n, v in enumerate(votes, 1)}
        assert all(int(shares[n]) <= won[n] <= int(shares[n]) + 1 for n in won)
        assert len(count.winners) == seats


def test_the_quotients_of_each_seat_are_written_down_cut_off() -> None:
    count = party_list.dhondt(lists([100, 80, 30], 3))
    assert count.winners == (1, 2, 1)
    assert [stage.totals for stage in count.stages] == [
        (100_00000, 80_00000, 30_00000),
        (50_00000, 80_00000, 30_00000),
        (50_00000, 40_00000, 30_00000),
    ]
    assert party_list.dhondt(lists([10, 1], 4)).stages[3].totals[0] == 2_50000
    assert party_list.dhondt(lists([10, 1], 4)).stages[2].totals[0] == 3_33333


def test_a_tie_at_the_last_seat_is_drawn_or_the_seat_stays_open() -> None:
    tied = lists([60, 60, 60], 4)
    drawn = party_list.dhondt(tied, LOT)
    assert (len(drawn.winners), drawn.ties[0].candidates, drawn.ties[0].how) == (4, (1, 2, 3), How.LOT)
    left = party_list.dhondt(tied)
    assert (left.unfilled, left.ties[0].how) == (1, How.NOT)
    left = party_list.count_remainders(lists([50, 50], 3))
    assert (left.unfilled, left.ties[0].how) == (1, How.NOT)


def test_a_list_just_at_the_threshold_takes_part_and_one_below_only_if_exempt() -> None:
    votes = lists([95, 5], 20)
    assert party_list.dhondt(votes, LOT, threshold=Fraction(5, 100)).details["seats"][2] == 1
    assert party_list.dhondt(votes, LOT, threshold=Fraction(51, 1000)).details["seats"][2] == 0
    assert party_list.dhondt(votes, LOT, threshold=Fraction(51, 1000), exempt=[2]).details["seats"][2] == 1


def test_seats_are_reserved_for_candidates_and_not_for_lists() -> None:
    with pytest.raises(CannotCount, match="among candidates"):
        party_list.dhondt(with_reservation(vote("3:1; 2:2"), {1}, 1))
