"""The protocol of a vote, and its exports: what everybody may count again counts to the same."""

import csv
import json
import re
import subprocess
import sys
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from hemicycle.bodies.rules import Elections, Reserved
from hemicycle.command import Stop
from hemicycle.command.recount import recounted
from hemicycle.demo.club import Club
from hemicycle.ground.config import HOUSE
from hemicycle.motions.acts import nominate
from hemicycle.voting.acts import Papers, declare_result, enter_count, note_consent, note_no_contest, open_ballot
from hemicycle.voting.bundles import bundles_in
from hemicycle.voting.methods.ballot_files import read_text
from hemicycle.voting.models import Ballot, Method, Result
from hemicycle.voting.protocol_paper import make, pairs_in
from hemicycle.voting.stages import stages_of
from hemicycle.voting.tests.test_elections import STV, called, stands, under, voted
from hemicycle.voting.tests.test_pages import as_person, page
from hemicycle.voting.tests.test_weights import weighs, with_rules
from hemicycle.voting.tests.world import at, certified, counted, floor_of

pytestmark = pytest.mark.django_db

PAPERS = ("1>2", "2>1>4", "3", "1", "4>5", "5>4", "2")


def get(client: Client, name: str, ballot: Ballot, status: int = 200) -> str:
    answer = client.get(reverse(f"voting:{name}", args=[ballot.pk]))
    assert answer.status_code == status
    return answer.content.decode()


def export_of(client: Client, ballot: Ballot) -> dict[str, Any]:
    export: dict[str, Any] = json.loads(get(client, "box_file", ballot))
    return export


def by_script(export: dict[str, Any], folder: Path) -> tuple[int, str]:
    """Recount with the script of docs/, without Hemicycle."""
    file = folder / "export.json"
    file.write_text(json.dumps(export), encoding="utf-8")
    asked = [sys.executable, "-I", str(HOUSE / "docs" / "recount.py"), str(file)]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def elected(club: Club, elections: Elections, *papers: str, **more: Any) -> Result:
    floor = under(club, elections)
    return stands(floor, voted(floor, called(floor, **more), *papers))


def test_an_election_by_transferable_vote_is_counted_again_from_its_export(club: Club, tmp_path: Path) -> None:
    result = elected(club, STV, *PAPERS)
    export = export_of(Client(), result.ballot)
    assert recounted(export) == export["result"]
    code, said = by_script(export, tmp_path)
    assert (code, "Everything holds." in said) == (0, True), said
    assert sorted(ballot["vote"] for ballot in export["ballots"]) == sorted(PAPERS)
    assert all("name" not in ballot for ballot in export["ballots"])
    named = export_of(as_person(club.members[4]), result.ballot)
    assert all(ballot["name"] for ballot in named["ballots"])


def test_an_export_that_was_altered_does_not_hold(club: Club, tmp_path: Path) -> None:
    export = export_of(Client(), elected(club, STV, *PAPERS).ballot)
    export["ballots"] = [{"vote": "5", "weight": 7}]
    assert recounted(export) != export["result"]
    code, said = by_script(export, tmp_path)
    assert (code, "DOES NOT HOLD" in said) == (1, True)
    with pytest.raises(Stop, match="committed"):
        recounted(export | {"seed": "another"})
    with pytest.raises(Stop, match="no paper"):
        recounted(export | {"ballots": [{"vote": "9>9"}]})


@pytest.mark.parametrize(
    ("elections", "papers", "seats"),
    [
        (Elections(), ("1+2", "1", "2+3", "1+3", "1+4", "5", "-"), 2),
        (Elections(several="approval", plurality=True), ("1+2+3", "1", "2+3", "1+3", "1+4", "5", "-"), 2),
        (Elections(several="dhondt"), ("1", "1", "1", "2", "2", "3", "4"), 3),
        (Elections(several="yes-no"), ("1y 2y", "1y 2n", "1y 2y 3y", "1y", "2n", "3y", "-"), 2),
        (Elections(several="meek"), PAPERS, 2),
        (Elections(several="ers97"), PAPERS, 2),
        (Elections(one="schulze"), PAPERS, 1),
        (Elections(one="schulze"), ("1=2>3", "2=3", "3>1=2", "2", "1=5>4", "2=4=5>1", "-"), 1),
        (Elections(one="irv"), PAPERS, 1),
    ],
    ids=lambda value: value.several + value.one if isinstance(value, Elections) else "",
)
def test_an_election_by_any_method_is_counted_again_from_its_export(
    club: Club, elections: Elections, papers: tuple[str, ...], seats: int, tmp_path: Path
) -> None:
    floor = under(club, elections)
    result = voted(floor, called(floor, seats=seats), *papers)
    with at(13):
        declare_result(by=club.chair, result_id=result.pk)
    export = export_of(Client(), result.ballot)
    assert recounted(export) == export["result"]
    code, said = by_script(export, tmp_path)
    assert (code, "take “hemicycle recount”" in said) == (1, True)
    assert "The count, stage by stage" in get(Client(), "protocol", result.ballot)


def test_reserved_seats_and_seniority_are_counted_again_by_the_command(club: Club) -> None:
    rules = Elections(several="scottish-stv", reserved=(Reserved("islands", 1),), ties=("seniority", "lot"))
    floor = under(club, rules)
    election = called(floor, names=("Ada", "Ben", "Cora"))
    with at(6):
        nominate(by=club.chair, motion_id=election.motion_id, name="Isla", group="islands", accepted=True)
    result = stands(floor, voted(floor, election, "1>2", "1>2", "1>2", "2>1", "2>1", "2>1", "3"))
    export = export_of(Client(), result.ballot)
    assert export["rules"]["reserved"] == [{"numbers": [4], "least": 1, "most": None}]
    assert recounted(export) == export["result"]


def test_a_named_vote_is_counted_again_from_its_export(club: Club, tmp_path: Path) -> None:
    result = certified(floor_of(club), "for", "for", "for", "against", "abstain", "for")
    export = export_of(Client(), result.ballot)
    assert recounted(export) == export["result"]
    assert by_script(export, tmp_path)[0] == 0
    assert "over half of the valid votes" in get(Client(), "protocol", result.ballot)


@pytest.mark.parametrize(
    ("by", "asked", "weights"),
    [("weight", "2/3 least valid", (6, 1)), ("units", "1/2 more members", (1, 3))],
)
def test_a_second_majority_and_a_quorum_of_votes_are_counted_again_from_the_export(
    club: Club, tmp_path: Path, by: str, asked: str, weights: tuple[int, int]
) -> None:
    with_rules(club, votes_weighted=True, second_by=by, second_majority=asked, votes_quorum="1/2 least members")
    floor = floor_of(club, present=6)
    with at(5):
        for place, weight in enumerate(weights):
            weighs(floor, place, weight)
        floor.sitting.participations.filter(person__in=club.members[:3]).update(group=club.local)
    result = certified(floor, "for", "against", "for", "for", "abstain")
    named = export_of(as_person(club.members[4]), result.ballot)
    assert named["result"]["second"]["needed"] == result.second["needed"]
    assert named["result"]["votes_quorum"] == result.quorum_of_votes == 5
    assert recounted(named) == named["result"]
    assert by_script(named, tmp_path)[0] == 0
    table = csv.DictReader(StringIO(get(as_person(club.members[4]), "votes_csv", result.ballot)))
    assert [int(row["weight"]) for row in table] == [*weights, 1, 1, 1]
    other = named["ballots"][:1] * 5
    for changed in ({"votes_quorum": {"numerator": 2, "denominator": 3, "strict": False}}, {"ballots": other}):
        assert recounted(named | changed) != named["result"]
        assert by_script(named | changed, tmp_path)[0] == 1
    # Who may not know the names counts the persons again, and is told no more.
    export = export_of(Client(), result.ballot)
    assert "carried" not in export["result"]
    assert by_script(export, tmp_path)[0] == 0


def test_what_nobody_voted_on_is_told_so_in_its_export(club: Club, tmp_path: Path) -> None:
    floor = under(club, STV)
    with at(4):
        ballot = open_ballot(by=club.chair, motion_id=floor.motion.pk, method=Method.CONSENT)
        stands(floor, note_consent(by=club.chair, ballot_id=ballot.pk))
    election = called(floor, names=("Ada", "Ben"))
    with at(15):
        result = note_no_contest(by=club.chair, motion_id=election.motion_id)
        declare_result(by=club.chair, result_id=result.pk)
    for one in (ballot, result.ballot):
        export = export_of(Client(), one)
        assert recounted(export) == export["result"]
        assert by_script(export, tmp_path)[0] == 0


def test_papers_that_tellers_counted_are_exported_as_they_were_counted(club: Club, tmp_path: Path) -> None:
    floor = under(club, STV)
    election = called(floor)
    with at(10):
        ballot = open_ballot(by=club.chair, motion_id=election.motion_id, method=Method.PAPER)
    with at(12):
        result = enter_count(by=club.chair, ballot_id=ballot.pk, counted=Papers({"1>2": 4, "2>1": 2}))
    with at(13):
        declare_result(by=club.chair, result_id=result.pk)
    export = export_of(Client(), result.ballot)
    assert export["ballots"] == [{"vote": "1>2", "weight": 4}, {"vote": "2>1", "weight": 2}]
    assert by_script(export, tmp_path)[0] == 0


def test_nothing_of_a_count_leaves_before_it_is_declared(club: Club) -> None:
    ballot = counted(floor_of(club), "for", "for", "against")
    for name in ("protocol", "box_file", "votes_csv"):
        get(Client(), name, ballot, 404)
        get(as_person(club.members[5]), name, ballot, 404)
        get(as_person(club.members[0]), name, ballot)


def test_the_protocol_is_there_as_table_and_as_blt(club: Club) -> None:
    result = elected(club, STV, *PAPERS)
    rows = list(csv.reader(StringIO(get(as_person(club.members[4]), "votes_csv", result.ballot))))
    assert rows[0] == ["number", "name", "vote", "weight"]
    assert [row[2] for row in rows[1:]] == list(PAPERS)
    file = read_text(get(Client(), "papers_blt", result.ballot))
    assert (file.candidates, file.seats) == (("Ada", "Ben", "Cora", "Dan", "Eve"), 2)
    assert sum(file.papers.values()) == 7


def test_papers_with_equal_ranks_come_back_from_their_blt_file(club: Club) -> None:
    floor = under(club, Elections(one="schulze"))
    papers = ("1=2>3", "2=3", "2=3", "3>1=2", "2")
    result = stands(floor, voted(floor, called(floor, seats=1), *papers))
    text = get(Client(), "papers_blt", result.ballot)
    assert read_text(text).papers == {((1, 2), 3): 1, ((2, 3),): 2, (3, (1, 2)): 1, (2,): 1}
    assert bundles_in(text, result.ballot.form, 5, 0) == {"1=2>3": 1, "2=3": 2, "3>1=2": 1, "2": 1}
    assert [one["name"] for one in result.election["elected"]] == ["Ben"]
    # Who ranks two equally prefers neither: Ben and Cora are before Ada on more papers than behind her.
    assert "1. Ben and Cora" in page(as_person(club.members[4]), result.ballot)


def test_schulze_shows_how_each_stands_against_each(club: Club) -> None:
    floor = under(club, Elections(one="schulze"))
    result = stands(floor, voted(floor, called(floor, seats=1), "1=2>3", "2=3", "2=3", "3>1=2", "2"))
    lines = pairs_in(result)
    # By hand: Ben (2) stands before Ada (1) on papers 2, 3 and 5; Ada before Ben on none, since equals prefer neither.
    assert [(one.name, [cell.papers for cell in one.cells][:3], one.beaten) for one in lines][:3] == [
        ("Ada", [None, 0, 1], 2),
        ("Ben", [3, None, 2], 4),
        ("Cora", [3, 1, None], 3),
    ]
    assert all(
        cell.beats == (cell.papers > lines[cell.other - 1].cells[line.number - 1].papers)
        for line in lines
        for cell in line.cells
        if cell.papers is not None
    )
    shown = get(Client(), "protocol", result.ballot)
    assert "Each against each" in shown
    assert '2 <span class="pairs__mark">✓</span>' in shown
    out = BytesIO()
    make({"ballot": result.ballot_id, "person": club.members[4].pk}, lambda _done, _whole: None, out)
    assert out.getvalue().startswith(b"%PDF")


def test_another_count_has_no_table_of_pairs(club: Club) -> None:
    assert "Each against each" not in get(Client(), "protocol", elected(club, STV, *PAPERS).ballot)


def test_a_motion_has_no_papers_as_blt(club: Club) -> None:
    get(Client(), "papers_blt", certified(floor_of(club), "for").ballot, 404)


def test_the_bars_of_a_count_have_their_colours_in_the_picture_itself(club: Club) -> None:
    """On paper no style sheet reaches into a picture: a bar without a colour of its own hides its figure in black."""
    stages = stages_of(elected(club, STV, *PAPERS).election)
    assert stages
    bars = re.findall("<rect[^>]*>", stages.drawing)
    assert bars
    assert all(re.search('fill="#[0-9a-f]{6}"', bar) for bar in bars)


def test_the_protocol_is_drawn_on_paper(club: Club) -> None:
    result = elected(club, STV, *PAPERS)
    out = BytesIO()
    make({"ballot": result.ballot_id, "person": club.members[4].pk}, lambda _done, _whole: None, out)
    assert out.getvalue().startswith(b"%PDF")
