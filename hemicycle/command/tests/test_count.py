"""`count` reads ballots of any origin and says what came out, to programs and to people."""

import json
import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from hemicycle.ground.config import HOUSE
from hemicycle.voting.methods import METHODS

BLT = "4 2\n9 1 2 0\n4 2 3 0\n3 3 0\n2 4 3 0\n0\nAnn Ash\nBen Birch\nCem Cedar\nDee Dogwood\nThe board\n"
SHEET = "".join(
    ["Option 1-->: Go on [3:1]\n", "Option 2-->: Go back\n", "Option 3-->: Further discussion\n"]
    + ["V: 123\tvoter\n"] * 5
    + ["V: 312\tvoter\n"] * 3
)


def count(*arguments: object) -> "subprocess.CompletedProcess[str]":
    """Run the command where there is no house: no settings, no data, no database."""
    return subprocess.run(
        [sys.executable, "-m", "hemicycle", "count", *map(str, arguments)],
        cwd=HOUSE,
        env={**os.environ, "HEMICYCLE_DATA": "/nowhere", "DATABASE_URL": "nonsense", "COLUMNS": "100"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def counted(*arguments: object) -> dict:
    done = count(*arguments, "--json")
    assert (done.returncode, done.stderr) == (0, "")
    return json.loads(done.stdout)


@pytest.fixture
def blt(tmp_path: Path) -> Path:
    path = tmp_path / "board.blt"
    path.write_text(BLT, encoding="utf-8")
    return path


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    path = tmp_path / "tally.txt"
    path.write_text(SHEET, encoding="utf-8")
    return path


def test_an_stv_count_is_given_stage_by_stage_with_five_decimals(blt: Path) -> None:
    assert counted(blt, "--method", "scottish-stv") == {
        "elected": [{"candidate": 1, "stage": 1}, {"candidate": 2, "stage": 4}],
        "quota": 7,
        "stages": [
            ["9.00000", "4.00000", "3.00000", "2.00000"],
            ["7.00000", "5.99998", "3.00000", "2.00000"],
            ["7.00000", "5.99998", "5.00000", "0.00000"],
            ["7.00000", "5.99998", "0.00000", "0.00000"],
        ],
        "ties": [],
        "candidates": ["Ann Ash", "Ben Birch", "Cem Cedar", "Dee Dogwood"],
    }


@pytest.mark.parametrize("method", list(METHODS))
def test_every_method_counts_a_file_of_one_seat_and_says_it_alike(blt: Path, method: str) -> None:
    found = counted(blt, "--method", method, "--seats", "1")
    # Papers with two names are invalid in a block vote for one seat, and two approvals count alike.
    assert found["elected"][0]["candidate"] == {"approval": 2, "block": 3}.get(method, 1)
    assert all(len(stage) == 4 and all(isinstance(total, str) for total in stage) for stage in found["stages"])
    assert {"elected", "quota", "stages", "ties"} <= found.keys()


def test_a_person_reads_names_stages_and_who_is_elected(blt: Path) -> None:
    done = count(blt, "--method", "scottish-stv")
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert lines[:4] == [
        "The board",
        "Single transferable vote by the Scottish rules (SSI 2011/399).",
        "18 papers, 4 candidates, 2 seats.",
        "Quota: 7.",
    ]
    assert "  1  Ann Ash, at stage 1" in lines
    assert "  2  Ben Birch, at stage 4" in lines


def test_a_tie_is_told_with_its_lot_and_a_lot_without_a_committed_seed_says_so(blt: Path) -> None:
    blt.write_text("2 1\n3 1 0\n3 2 0\n0\nAnn\nBen\n", encoding="utf-8")
    told = counted(blt, "--method", "irv", "--seed", "salt")["ties"]
    assert told == [
        {
            "stage": 2,
            "what": "exclusion",
            "candidates": [1, 2],
            "chosen": told[0]["chosen"],
            "how": "lot",
            "decided_by": "salt",
        }
    ]
    drawn = {number: sha256(f"salt/2/exclusion/{number}".encode()).hexdigest() for number in (1, 2)}
    assert told[0]["chosen"] == [max(drawn, key=lambda number: drawn[number])]
    without = counted(blt, "--method", "irv")["ties"][0]
    assert without["decided_by"] == sha256(blt.read_bytes()).hexdigest()
    assert without["note"].startswith("No seed was given")
    assert "by lot with the seed “salt”" in count(blt, "--method", "irv", "--seed", "salt").stdout


def test_a_lot_that_was_drawn_by_hand_is_followed(blt: Path) -> None:
    blt.write_text("2 1\n3 1 0\n3 2 0\n0\nAnn\nBen\n", encoding="utf-8")
    for drawn, winner in (("1,2", 1), ("2,1", 2)):
        found = counted(blt, "--method", "scottish-stv", "--drawn", drawn)
        assert found["elected"][0]["candidate"] == winner
        assert found["ties"][0] == {
            "stage": 2,
            "what": "exclusion",
            "candidates": [1, 2],
            "chosen": [3 - winner],
            "how": "lot",
            "decided_by": "drawn by hand",
        }
    done = count(blt, "--method", "scottish-stv", "--drawn", "1,2")
    assert done.stdout.endswith("Chosen: 2, by a lot drawn by hand.\n")


def test_a_tally_sheet_carries_its_default_option_and_majorities(sheet: Path) -> None:
    assert counted(sheet, "--method", "schulze")["elected"] == [{"candidate": 2, "stage": 1}]
    assert counted(sheet, "--method", "schulze")["dropped"] == {"1": "majority"}
    assert counted(sheet, "--method", "schulze", "--supermajority", "1=1:1")["elected"][0]["candidate"] == 1
    assert counted(sheet, "--method", "schulze", "--quorum", "8.5")["elected"][0]["candidate"] == 3
    assert counted(sheet, "--method", "schulze", "--developers", "4")["quota"] == 3
    assert "dropped" in counted(sheet, "--method", "schulze", "--default-option", "0")
    assert counted(sheet, "--method", "schulze", "--default-option", "0")["dropped"] == {}
    assert "Dropped: 1 for want of majority." in count(sheet, "--method", "schulze").stdout


def test_lists_take_a_threshold_and_block_votes_a_majority(tmp_path: Path) -> None:
    lists = tmp_path / "lists.csv"
    lists.write_text("party,votes\nA,5300\nB,2400\nC,2200\nD,100\n", encoding="utf-8")
    seats = [one["candidate"] for one in counted(lists, "--method", "dhondt", "--seats", "7")["elected"]]
    assert [seats.count(number) for number in (1, 2, 3, 4)] == [4, 2, 1, 0]
    done = counted(lists, "--method", "sainte-lague", "--seats", "7", "--threshold", "23%")
    assert {one["candidate"] for one in done["elected"]} == {1, 2}
    done = counted(lists, "--method", "block", "--seats", "1", "--majority", "2/3")
    assert (done["elected"], done["quota"], done["runoff"]) == ([], 6667, [1, 2])


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (("--method", "irv"), 1, "board.blt: An instant run-off fills one seat, not 2; scottish-stv fills several."),
        (("--method", "scottish-stv", "--seats", "0"), 1, "There is no seat to fill."),
        (("--method", "irv", "--quorum", "3"), 2, "irv does not know --quorum."),
        (("--method", "block", "--majority", "most"), 2, "“most” is no majority"),
        (("--method", "scottish-stv", "--withdrawn", "7"), 1, "A withdrawn candidate is not on the list"),
        (("--method", "scottish-stv", "--reserve", "women"), 2, "“women” reserves no seats"),
        (("--method", "dhondt", "--threshold", "much"), 2, "“much” is no number"),
        (("--method", "luck"), 2, "invalid choice: 'luck'"),
    ],
)
def test_what_cannot_be_counted_is_told_in_a_sentence(
    blt: Path, arguments: tuple[str, ...], code: int, sentence: str
) -> None:
    done = count(blt, *arguments)
    assert done.returncode == code
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_files_that_are_not_there_or_not_ballots_are_told_in_a_sentence(tmp_path: Path, blt: Path) -> None:
    assert "There is no such file" in count(tmp_path / "none.blt", "--method", "irv").stderr
    blt.write_text("3 2\n1 9 0\n0\n", encoding="utf-8")
    done = count(blt, "--method", "scottish-stv")
    assert done.stderr == "board.blt: Line 2: There is no candidate 9; they are numbered from 1 to 3.\n"


def test_candidates_who_withdrew_and_reserved_seats_are_heeded(blt: Path) -> None:
    assert [e["candidate"] for e in counted(blt, "--method", "scottish-stv", "--withdrawn", "1")["elected"]] == [2, 3]
    reserved = counted(blt, "--method", "block", "--reserve", "1:3,4", "--seats", "2")
    assert [one["candidate"] for one in reserved["elected"]] == [2, 3]
