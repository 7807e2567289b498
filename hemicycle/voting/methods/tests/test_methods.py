"""What holds for every method of the table, whatever it counts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hemicycle.voting.methods import METHODS
from hemicycle.voting.methods.election import CannotCount, Election
from hemicycle.voting.methods.result import How
from hemicycle.voting.methods.tests.making import LOT, calm, elections, vote


@pytest.mark.parametrize("name", list(METHODS))
@calm
@given(elections(equal=True, withdrawn=True, seats=1), st.randoms())
def test_the_order_in_which_papers_come_has_no_effect(name: str, election: Election, random: st.DataObject) -> None:
    papers = list(election.papers.items())
    random.shuffle(papers)
    again = Election(election.candidates, dict(papers), 1, election.withdrawn)
    assert METHODS[name].count(again, LOT) == METHODS[name].count(election, LOT)


@pytest.mark.parametrize("name", list(METHODS))
@calm
@given(elections(equal=True, withdrawn=True))
def test_a_count_names_candidates_who_stand_stages_that_are_and_ties_that_were(name: str, election: Election) -> None:
    if name in {"irv", "schulze"} and election.seats > 1:
        with pytest.raises(CannotCount, match=f"not {election.seats}"):
            METHODS[name].count(election, LOT)
        return
    count = METHODS[name].count(election, LOT)
    assert len(count.winners) + count.unfilled == election.seats
    assert set(count.winners) <= election.standing
    assert all(1 <= one.stage <= len(count.stages) for one in count.elected)
    assert [one.stage for one in count.elected] == sorted(one.stage for one in count.elected)
    assert all(len(stage.totals) == len(election.candidates) for stage in count.stages)
    assert all(set(tie.chosen) < set(tie.candidates) or tie.how is How.LOT for tie in count.ties)
    assert all(tie.how is not How.NOT and len(tie.candidates) > 1 for tie in count.ties)


@pytest.mark.parametrize("name", list(METHODS))
@pytest.mark.parametrize(
    "election",
    [vote("", candidates=1), vote("5:", candidates=2), vote("3:1; 1:2", withdrawn=[1, 2]), Election((), {})],
    ids=["no papers", "blank papers", "nobody stands", "no candidates"],
)
def test_where_there_is_next_to_nothing_to_count_nothing_crashes(name: str, election: Election) -> None:
    try:
        count = METHODS[name].count(election, LOT)
    except CannotCount:
        assert not election.standing
    else:
        assert set(count.winners) <= election.standing
