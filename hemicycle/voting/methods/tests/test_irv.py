"""Instant run-off against a count from scratch in each round."""

import pytest
from hypothesis import given

from hemicycle.voting.methods import irv
from hemicycle.voting.methods.election import CannotCount, Election
from hemicycle.voting.methods.result import How
from hemicycle.voting.methods.tests.making import LOT, calm, elections, vote
from hemicycle.voting.methods.ties import LotNeeded


def slow(election: Election) -> tuple[list[list[int]], int]:
    """Throw all papers together again in each round."""
    papers = [ranking for ranking, times in election.papers.items() for _ in range(times)]
    alive = set(election.numbers) - election.withdrawn
    rounds: list[list[int]] = []
    while True:
        tops = [next((n for n in ranking if n in alive), 0) for ranking in papers]
        rounds.append([tops.count(n) for n in election.numbers])
        votes = {n: tops.count(n) for n in alive}
        best = max(votes.values())
        if len(alive) == 1 or best > sum(votes.values()) - best:
            return rounds, max(alive, key=lambda n: votes[n])
        tied = [n for n in alive if votes[n] == min(votes.values())]
        for before in reversed(rounds):
            tied = [n for n in tied if before[n - 1] == min(before[m - 1] for m in tied)]
        alive.remove(LOT[0].order(sorted(tied), "exclusion", len(rounds) + 1)[-1])


@calm
@given(elections(seats=1, withdrawn=True))
def test_every_round_is_the_one_of_a_count_from_scratch(election: Election) -> None:
    count = irv.count(election, LOT)
    rounds, winner = slow(election)
    assert [list(stage.totals) for stage in count.stages] == rounds
    assert count.winners == (winner,)
    assert all(sum(stage.totals) + stage.exhausted + count.blank == count.papers for stage in count.stages)


@calm
@given(elections(seats=1))
def test_excluding_together_who_cannot_catch_up_changes_no_winner(election: Election) -> None:
    alone, together = irv.count(election, LOT), irv.count(election, LOT, together=True)
    if not alone.ties and not together.ties:
        assert alone.winners == together.winners
    assert len(together.stages) <= len(alone.stages)


def test_together_go_those_whose_votes_are_fewer_even_when_added_up() -> None:
    count = irv.count(vote("9:1; 8:2; 3:3 2; 2:4 2; 1:5"), together=True)
    assert [stage.of for stage in count.stages] == [(), (3, 4, 5)]
    assert (count.winners, count.quota) == ((2,), 12)


def test_over_half_of_the_votes_still_counting_wins_and_half_does_not() -> None:
    assert len(irv.count(vote("5:1; 4:2; 1:")).stages) == 1
    with pytest.raises(LotNeeded):
        irv.count(vote("5:1; 5:2"))
    (tie,) = irv.count(vote("5:1; 5:2"), LOT).ties
    assert (tie.candidates, tie.how) == ((1, 2), How.LOT)


def test_an_instant_run_off_fills_one_seat_among_those_who_stand() -> None:
    with pytest.raises(CannotCount, match="fills one seat, not 2"):
        irv.count(vote("5:1; 4:2", seats=2))
    with pytest.raises(CannotCount, match="Every candidate withdrew"):
        irv.count(vote("5:1", withdrawn=[1]))
    assert irv.count(vote("5:1 2; 4:2; 3:3", withdrawn=[1])).winners == (2,)
