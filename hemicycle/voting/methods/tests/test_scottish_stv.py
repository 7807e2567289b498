"""The Scottish count against a slow one that handles each paper by itself, and the rules at their edges."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hemicycle.voting.methods import scottish_stv
from hemicycle.voting.methods.election import CannotCount, Election
from hemicycle.voting.methods.lot import Lot
from hemicycle.voting.methods.result import Elected, How
from hemicycle.voting.methods.tests.making import LOT, calm, elections, vote, with_reservation
from hemicycle.voting.methods.ties import LotNeeded


@dataclass
class Paper:
    ranking: tuple[int, ...]
    holder: int
    value: Fraction


class Slow:
    """Count paper by paper: move each one when its holder is elected with a surplus, or excluded."""

    def __init__(self, election: Election, lot: Lot) -> None:
        self.lot, self.election = lot, election
        self.alive = set(election.numbers) - election.withdrawn
        self.seats = min(election.seats, len(self.alive))
        orders = [(tuple(n for n in r if n in self.alive), times) for r, times in election.papers.items()]
        self.papers = [Paper(order, order[0], Fraction(1)) for order, times in orders if order for _ in range(times)]
        self.quota = len(self.papers) // (election.seats + 1) + 1
        self.totals = {n: Fraction(0) for n in election.numbers}
        self.history: list[dict[int, Fraction]] = []
        self.elected: list[tuple[int, int]] = []
        self.surpluses: list[int] = []
        self.settled: set[int] = set()
        self.recount()
        while len(self.elected) < self.seats:
            if self.surpluses:
                self.transfer()
            else:
                fewest = min(self.totals[n] for n in self.alive)
                self.alive.discard(
                    n := self.pick([n for n in self.alive if self.totals[n] == fewest], "exclusion", min)
                )
                self.move(n)
            self.recount()

    def recount(self) -> None:
        for n in self.totals.keys() - self.settled:
            self.totals[n] = sum((p.value for p in self.papers if p.holder == n), Fraction(0))
        self.history.append(dict(self.totals))
        for n in sorted(self.alive, key=lambda n: (-self.totals[n], n)):
            if self.totals[n] >= self.quota:
                self.alive.discard(n)
                self.elected.append((n, len(self.history)))
                self.surpluses += [n] if self.totals[n] > self.quota else []
        if len(self.alive) <= self.seats - len(self.elected):
            rest = sorted(self.alive, key=lambda n: (-self.totals[n], n))
            self.elected += [(n, len(self.history)) for n in rest]
            self.alive.clear()

    def transfer(self) -> None:
        most = max(self.totals[n] for n in self.surpluses)
        n = self.pick([n for n in self.surpluses if self.totals[n] == most], "surplus", max)
        self.surpluses.remove(n)
        for paper in self.papers:
            if paper.holder == n:
                exact = paper.value * (most - self.quota) / most * 100000
                paper.value = Fraction(exact.numerator // exact.denominator, 100000)
        self.move(n)
        self.settled.add(n)
        self.totals[n] = Fraction(self.quota)

    def pick(self, tied: list[int], what: str, best: Callable[..., Fraction]) -> int:
        for before in reversed(self.history):
            edge = best(before[n] for n in tied)
            tied = [n for n in tied if before[n] == edge]
        drawn = self.lot.order(sorted(tied), what, len(self.history) + 1)
        return drawn[-1] if best is min else drawn[0]

    def move(self, n: int) -> None:
        for paper in self.papers:
            if paper.holder == n:
                paper.holder = next((m for m in paper.ranking if m in self.alive), 0)


@calm
@given(elections(withdrawn=True))
def test_every_stage_is_the_one_of_the_count_paper_by_paper(election: Election) -> None:
    count = scottish_stv.count(election, LOT)
    slow = Slow(election, LOT[0])
    assert [(one.candidate, one.stage) for one in count.elected] == slow.elected
    assert [[Fraction(total, 100000) for total in stage.totals] for stage in count.stages] == [
        [before[n] for n in election.numbers] for before in slow.history
    ]


@calm
@given(elections(withdrawn=True))
def test_no_vote_is_lost_from_sight_at_any_stage(election: Election) -> None:
    count = scottish_stv.count(election, LOT)
    valid = (count.papers - count.blank) * 100000
    assert count.papers == sum(election.papers.values())
    assert all(sum(stage.totals) + stage.exhausted + stage.lost == valid for stage in count.stages)
    assert all(min(*stage.totals, stage.exhausted, stage.lost) >= 0 for stage in count.stages)


@calm
@given(elections(withdrawn=True))
def test_every_seat_is_filled_as_long_as_there_are_candidates(election: Election) -> None:
    count = scottish_stv.count(election, LOT)
    assert len(count.winners) == len(set(count.winners)) == min(election.seats, len(election.standing))
    assert not set(count.winners) & election.withdrawn


@calm
@given(elections(), st.randoms())
def test_the_order_of_the_papers_has_no_effect(election: Election, random: st.DataObject) -> None:
    papers = list(election.papers.items())
    random.shuffle(papers)
    again = Election(election.candidates, dict(papers), election.seats)
    first, second = scottish_stv.count(election, LOT), scottish_stv.count(again, LOT)
    assert first == second


def test_the_quota_is_over_a_share_and_one_vote_more_elects() -> None:
    count = scottish_stv.count(vote("4:1; 3:2; 2:3; 1:4", seats=2))
    assert count.quota == 4_00000
    assert count.elected[0] == Elected(1, 1)


def test_a_surplus_goes_on_at_a_value_cut_off_after_five_decimals() -> None:
    count = scottish_stv.count(vote("7:1 2; 3:3; 1:2", seats=2))
    # Quota 4; surplus 3 of 7 votes: 3/7 is 0.42857 and a little, seven times that is 2.99999.
    assert count.stages[1].totals == (4_00000, 3_99999, 3_00000)
    assert count.stages[1].lost == 1
    assert count.winners == (1, 2)


def test_equal_surpluses_are_taken_by_the_most_recent_stage_at_which_they_differed() -> None:
    # The five papers of candidate 4 lift 1 from nine and 2 from eight to eleven each; the quota is ten.
    count = scottish_stv.count(vote("9:1 3; 8:2 3; 7:3; 7:5; 2:4 1; 3:4 2", seats=3), LOT)
    tie = count.ties[0]
    assert count.quota == 10_00000
    assert (tie.what, tie.candidates, tie.chosen) == ("surplus", (1, 2), (1,))
    assert (tie.stage, tie.how, tie.decided_by) == (3, How.EARLIER, 1)
    assert count.stages[2].of == (1,)


def test_the_last_is_found_by_the_most_recent_stage_at_which_the_tied_differed() -> None:
    # The paper of candidate 5 lifts 4 from two to three votes; 3 had three from the beginning.
    count = scottish_stv.count(vote("6:1; 5:2; 3:3 1; 2:4 2; 1:5 4", seats=1))
    tie = count.ties[0]
    assert (tie.candidates, tie.chosen, tie.how, tie.decided_by) == ((3, 4), (4,), How.EARLIER, 1)


def test_equal_candidates_wait_for_a_lot_and_say_so() -> None:
    tied = vote("2:1; 2:2", seats=1)
    with pytest.raises(LotNeeded, match=r"Candidates 1, 2 have equal votes at stage 2 \(exclusion\)"):
        scottish_stv.count(tied)
    (tie,) = scottish_stv.count(tied, LOT).ties
    assert (tie.candidates, tie.how, tie.decided_by) == ((1, 2), How.LOT, "a seed that nobody knew")


def test_no_more_candidates_than_seats_need_no_vote() -> None:
    assert scottish_stv.count(vote("", seats=3, candidates=2)).winners == (1, 2)
    assert scottish_stv.count(vote("5:2; 1:1", seats=2)).winners == (2, 1)


def test_a_paper_ends_where_two_have_the_same_rank() -> None:
    count = scottish_stv.count(vote("5:1; 4:2; 2:3 1=2; 1:1=3", seats=1))
    assert count.blank == 1
    assert (count.stages[1].of, count.stages[1].exhausted) == ((3,), 2_00000)


def test_a_reserved_seat_is_kept_by_guarding_the_last_of_the_group() -> None:
    free = vote("9:1; 8:2; 7:3; 1:4 1; 2:5", seats=3)
    assert set(scottish_stv.count(free, LOT).winners) == {1, 2, 3}
    assert set(scottish_stv.count(with_reservation(free, {4, 5}, 1), LOT).winners) == {1, 2, 5}
    assert set(scottish_stv.count(with_reservation(free, {1, 2, 3}, 0, 1), LOT).winners) == {1, 4, 5}
    with pytest.raises(CannotCount, match="as they are reserved"):
        scottish_stv.count(with_reservation(free, {4, 5}, 3), LOT)


@calm
@given(elections(), st.sets(st.integers(1, 6)), st.integers(0, 3), st.integers(0, 3))
def test_reservations_hold_wherever_they_can(election: Election, group: set[int], least: int, more: int) -> None:
    group &= set(election.numbers)
    try:
        reserved = with_reservation(election, group, least, least + more)
        count = scottish_stv.count(reserved, LOT)
    except CannotCount:
        others = len(election.candidates) - len(group)
        assert len(group) < least or election.filled < least or others + least + more < election.filled
        return
    assert least <= len(group & {*count.winners}) <= least + more
    assert len(count.winners) == election.filled
