"""The ERS97 count: each of its peculiar rules on a small election, and what holds in every count."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from hemicycle.voting.methods import ers97, irv
from hemicycle.voting.methods.election import Election
from hemicycle.voting.methods.result import Elected, How
from hemicycle.voting.methods.tests.making import LOT, calm, elections, vote
from hemicycle.voting.methods.tests.slow_ers97 import SlowErs97


@calm
@given(elections(withdrawn=True))
def test_every_stage_is_the_one_of_the_count_paper_by_paper(election: Election) -> None:
    count = ers97.count(election, LOT)
    slow = SlowErs97(election, LOT[0])
    assert [(one.candidate, one.stage) for one in count.elected] == slow.elected
    assert [[Fraction(total, 100) for total in stage.totals] for stage in count.stages] == slow.stages
    assert Fraction(count.quota, 100) == slow.quota


@calm
@given(elections(withdrawn=True))
def test_no_vote_is_lost_from_sight_and_every_seat_is_filled(election: Election) -> None:
    count = ers97.count(election, LOT)
    valid = (count.papers - count.blank) * 100
    assert all(sum(stage.totals) + stage.exhausted + stage.lost == valid for stage in count.stages)
    assert all(min(*stage.totals, stage.exhausted, stage.lost) >= 0 for stage in count.stages)
    assert len(count.winners) == len(set(count.winners)) == election.filled
    assert not set(count.winners) & election.withdrawn


@calm
@given(elections())
def test_the_quota_never_rises_and_rests_once_somebody_is_elected(election: Election) -> None:
    count = ers97.count(election, LOT)
    quotas = [stage.quota for stage in count.stages]
    assert quotas == sorted(quotas, reverse=True)
    first = min((one.stage for one in count.elected), default=len(quotas))
    assert len(set(quotas[first - 1 :])) <= 1


@calm
@given(elections(), st.randoms())
def test_the_order_of_the_papers_has_no_effect(election: Election, random: st.DataObject) -> None:
    papers = list(election.papers.items())
    random.shuffle(papers)
    assert ers97.count(Election(election.candidates, dict(papers), election.seats), LOT) == ers97.count(election, LOT)


@calm
@given(elections(seats=1))
def test_over_half_of_the_first_preferences_fill_one_seat_as_in_an_instant_run_off(election: Election) -> None:
    count = irv.count(election, LOT)
    if len(count.stages) == 1 and count.papers > count.blank:
        assert ers97.count(election, LOT).winners == count.winners


def test_the_quota_has_two_decimals_and_is_rounded_up() -> None:
    # The model election of the booklet: 753 papers, six places, 753/7 = 107.571…
    assert ers97.count(vote("753:1", seats=6, candidates=8), LOT).stages[0].quota == 107_58
    assert ers97.count(vote("700:1", seats=6, candidates=8), LOT).stages[0].quota == 100_00


def test_the_first_surplus_of_the_booklets_model_election_goes_on_as_printed_there() -> None:
    # Paragraph 8.2: 134 votes of 753, quota 107.58; 26.42 over 123 transferable papers is 0.21, and 0.59 is left.
    others = "105:2; 94:3; 81:4; 81:5; 64:6; 59:7; 55:8; 33:9; 24:10; 23:11"
    count = ers97.count(vote(f"123:1 2; 11:1; {others}", seats=6), LOT)
    assert (count.stages[0].quota, count.stages[1].what, count.stages[1].of) == (107_58, "surplus", (1,))
    assert count.stages[1].totals[:2] == (107_58, 105_00 + 123 * 21)
    assert count.stages[1].lost == 59


def test_a_surplus_is_divided_by_the_transferable_papers_alone() -> None:
    # Quota 20/3 = 6.67; surplus 5.33 over the nine that go on: 0.59 each, 0.02 is cut off; three do not go on.
    count = ers97.count(vote("9:1 2; 3:1; 3:2; 5:3", seats=2))
    assert (count.stages[0].quota, count.stages[1].of) == (6_67, (1,))
    assert count.stages[1].totals == (6_67, 3_00 + 9 * 59, 5_00)
    assert (count.stages[1].lost, count.stages[1].exhausted) == (2, 0)
    assert count.elected == (Elected(1, 1), Elected(2, 2))


def test_papers_worth_less_than_the_surplus_go_on_at_their_value_and_the_rest_runs_out() -> None:
    count = ers97.count(vote("2:1 2; 10:1; 3:2; 5:3", seats=2))
    assert count.stages[1].totals == (6_67, 5_00, 5_00)
    assert (count.stages[1].lost, count.stages[1].exhausted) == (0, 3_33)


def test_only_the_last_batch_of_an_elected_candidate_goes_on() -> None:
    # Candidate 2 is lifted over the quota of 6.67 by four papers of 4, which name 3 next; its own six name 1.
    count = ers97.count(vote("6:2 1; 5:1; 5:3; 4:4 2 3", seats=2))
    assert [stage.of for stage in count.stages] == [(), (4,), (2,)]
    assert count.stages[2].totals == (5_00, 6_67, 5_00 + 4 * 83, 0)
    assert count.winners == (2, 3)


def test_a_surplus_too_small_to_matter_waits_and_the_last_go_together() -> None:
    # The surplus of 1.00 and the two votes of 4 and 5 together are fewer than the eight of 3.
    count = ers97.count(vote("11:1 2; 9:2; 8:3; 1:4 3; 1:5 3", seats=2))
    assert (count.stages[0].quota, count.stages[1].what, count.stages[1].of) == (10_00, "exclusion", (4, 5))


def test_the_quota_falls_while_nobody_is_elected_and_papers_run_out() -> None:
    count = ers97.count(vote("8:1; 7:2; 6:3; 6:4 1; 3:5", seats=2), LOT)
    assert count.stages[0].quota == 10_00
    assert count.stages[1].of == (5,)
    assert (count.stages[1].exhausted, count.stages[1].quota) == (3_00, 9_00)


def test_the_last_of_equals_is_who_was_behind_first() -> None:
    # After candidate 5 is excluded 3 and 4 have six each; 4 began with four.
    count = ers97.count(vote("12:1; 9:2; 6:3 1; 4:4 2; 2:5 4; 1:5 2", seats=1))
    tie = count.ties[0]
    assert (tie.candidates, tie.chosen, tie.how, tie.decided_by) == ((3, 4), (4,), How.EARLIER, 1)


def test_if_an_exclusion_would_leave_just_enough_they_are_elected_without_it() -> None:
    count = ers97.count(vote("6:1; 5:2; 2:3", seats=2))
    assert (len(count.stages), set(count.winners)) == (1, {1, 2})
