"""Where nobody was voted for nobody is elected: no lot is drawn, and whoever recounts finds the same."""

import runpy
from pathlib import Path

import pytest

from hemicycle.accounts.access import Viewer
from hemicycle.command.recount import recounted
from hemicycle.demo.club import Club
from hemicycle.voting.acts import close_ballot, open_ballot, withdraw_candidate
from hemicycle.voting.election_words import election_told
from hemicycle.voting.queries import recountable
from hemicycle.voting.tests.test_elections import STV, called, stands, under, voted, winners
from hemicycle.voting.tests.world import at, cast

HOUSE = Path(__file__).resolve().parents[3]
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("counting", ["scottish-stv", "irv", "schulze", "approval", "block", "meek", "ers97"])
def test_where_no_paper_is_valid_nobody_is_elected_and_no_lot_is_drawn(club: Club, counting: str) -> None:
    floor = under(club, STV)
    result = voted(floor, called(floor, seats=1, counting=counting), *["-"] * 7)
    assert (winners(result), result.carried, result.abstained) == ([], False, 7)
    assert result.election["ties"] == []
    assert election_told(result.election) == "Nobody is elected. 0 valid papers, 7 blank. 1 seat stays open."
    stands(floor, result)
    export = recountable(Viewer(), result)
    assert recounted(export) == export["result"]
    if counting == "scottish-stv":
        alone = runpy.run_path(str(HOUSE / "docs" / "recount.py"))
        assert alone["check"](export)["elected"] == []


def test_where_papers_name_only_who_withdrew_nobody_is_elected(club: Club) -> None:
    floor = under(club, STV)
    election = called(floor, seats=1, names=("Ada", "Ben", "Cora"), counting="scottish-stv")
    with at(10):
        ballot = open_ballot(by=club.chair, motion_id=election.motion_id)
        cast(ballot, "1", "1", "1")
        withdraw_candidate(by=club.chair, candidate_id=election.candidates.get(name="Ada").pk)
    with at(12):
        result = close_ballot(by=club.chair, ballot_id=ballot.pk).results.get()
    assert (winners(result), result.carried) == ([], False)
    export = recountable(Viewer(), stands(floor, result))
    assert recounted(export) == export["result"]
    assert runpy.run_path(str(HOUSE / "docs" / "recount.py"))["check"](export)["elected"] == []
