"""The script in docs/ recounts exports without Hemicycle, to the same figures, and finds what was changed."""

import json
import subprocess
import sys
from hashlib import sha256
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from hemicycle.bodies.rules import Share
from hemicycle.ground.config import HOUSE
from hemicycle.voting.methods import scottish_stv
from hemicycle.voting.methods.ballot_files import read
from hemicycle.voting.methods.election import Election, counted_papers
from hemicycle.voting.methods.lot import commitment
from hemicycle.voting.methods.result import decimal
from hemicycle.voting.methods.tests.making import LOT, calm, elections
from hemicycle.voting.rules import Base, Counts, Majority, outcome

SCRIPT = HOUSE / "docs" / "recount.py"


def script() -> ModuleType:
    spec = spec_from_file_location("recount", SCRIPT)
    assert spec
    assert spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


RECOUNT = script()


def stv_export(election: Election) -> dict[str, Any]:
    count = scottish_stv.count(election, LOT)
    return {
        "method": "scottish-stv",
        "options": list(election.candidates),
        "withdrawn": sorted(election.withdrawn),
        "seats": election.seats,
        "seed": LOT[0].seed,
        "commitment": commitment(LOT[0].seed),
        "ballots": [{"vote": list(ranking), "weight": times} for ranking, times in election.papers.items()],
        "result": {
            "elected": [{"candidate": one.candidate, "stage": one.stage} for one in count.elected],
            "quota": count.quota // 100000,
            "stages": [[decimal(total, 5) for total in stage.totals] for stage in count.stages],
        },
    }


@calm
@given(elections(withdrawn=True))
def test_the_script_recounts_an_stv_ballot_to_every_figure(election: Election) -> None:
    assume(any(counted_papers(election)))  # Else the count is not asked: voting/tests/test_elections.py.
    export = stv_export(election)
    assert RECOUNT.check(export) == export["result"]


def test_the_script_recounts_every_real_ward(elections: Path) -> None:
    for path in sorted((elections / "scotland-2017" / "ballots").glob("*.blt")):
        found = read(path)
        RECOUNT.check(stv_export(Election(found.candidates, found.papers, found.seats)))


SHARES = st.sampled_from([(1, 2, True), (2, 3, False), (2, 3, True), (3, 4, False), (1, 1, False)])
BOXES = st.lists(st.tuples(st.sampled_from(["for", "against", "abstain"]), st.integers(1, 5)), max_size=30)


def motion_export(box: list[tuple[str, int]], share: tuple[int, int, bool], of: str) -> dict[str, Any]:
    totals = {choice: sum(worth for vote, worth in box if vote == choice) for choice in ("for", "against", "abstain")}
    members = sum(totals.values()) + 7
    counts = Counts(*totals.values(), present=members - 3, members=members)
    found = outcome(counts, Majority(Share(share[0], share[1], strict=share[2]), Base(of)))
    return {
        "method": "named vote",
        "title": "On the garden",
        "majority": {"numerator": share[0], "denominator": share[1], "strict": share[2], "of": of},
        "present": counts.present,
        "members": counts.members,
        "ballots": [
            {"number": number, "name": f"Voter {number}", "vote": vote, "weight": worth}
            for number, (vote, worth) in enumerate(box, 1)
        ],
        "result": {**totals, "base": found.base, "needed": found.needed, "carried": found.carried},
    }


@calm
@given(BOXES, SHARES, st.sampled_from(["valid", "cast", "present", "members"]))
def test_the_script_recounts_a_motion_by_its_own_arithmetic(box, share, of) -> None:
    export = motion_export(box, share, of)
    assert RECOUNT.check(export) == export["result"]


@calm
@given(st.lists(st.text(max_size=5), max_size=20))
def test_the_root_of_a_box_is_that_of_rfc_6962(codes: list[str]) -> None:
    def root(leaves: list[bytes]) -> bytes:
        if len(leaves) < 2:
            return leaves[0] if leaves else sha256(b"").digest()
        size = 1
        while size * 2 < len(leaves):
            size *= 2
        return sha256(b"\1" + root(leaves[:size]) + root(leaves[size:])).digest()

    ballots = [{"vote": "for", "code": code} for code in codes]
    leaves = [
        sha256(b"\0" + ('{"code":' + json.dumps(code, ensure_ascii=False) + ',"vote":"for"}').encode()).digest()
        for code in codes
    ]
    assert RECOUNT.merkle_root(ballots) == root(leaves)


def secret_export() -> dict[str, Any]:
    export = motion_export([("for", 1), ("against", 1), ("for", 1)], (1, 2, True), "valid")
    export["method"] = "secret vote"
    export["ballots"] = sorted(
        ({"vote": ballot["vote"], "code": f"code-{ballot['number']}"} for ballot in export["ballots"]),
        key=lambda ballot: ballot["code"],
    )
    export["merkle_root"] = RECOUNT.merkle_root(export["ballots"]).hex()
    return export


def run(export: dict[str, Any], folder: Path) -> "subprocess.CompletedProcess[str]":
    path = folder / "export.json"
    path.write_text(json.dumps(export), encoding="utf-8")
    return subprocess.run([sys.executable, "-I", SCRIPT, path], capture_output=True, text=True, check=False, cwd=folder)


def test_a_secret_ballot_is_recounted_from_its_codes_and_its_root(tmp_path: Path) -> None:
    done = run(secret_export(), tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        "On the garden: 3 ballots recounted.",
        "2 for, 1 against, 0 abstain",
        "2 of 3 needed: carried.",
        "Everything holds.",
    ]


def changed(key: str, value: object) -> dict[str, Any]:
    return {**secret_export(), key: value}


def without(key: str, export: dict[str, Any] | None = None) -> dict[str, Any]:
    return {name: value for name, value in (export or secret_export()).items() if name != key}


@pytest.mark.parametrize(
    ("export", "sentence"),
    [
        (changed("ballots", secret_export()["ballots"][:2]), "its Merkle root is another"),
        (changed("ballots", secret_export()["ballots"][:1] * 2), "Two ballots have the same code"),
        (
            changed("ballots", [{"vote": "maybe"}]) | {"merkle_root": RECOUNT.merkle_root([{"vote": "maybe"}]).hex()},
            "no choice",
        ),
        (changed("result", {"for": 3}), "“for” was given as 3; the recount gives 2"),
        (changed("result", {"carried": False}), "“carried” was given as False; the recount gives True"),
        (changed("seed", "another") | {"commitment": commitment("one")}, "is not the one that was committed"),
        (
            stv_export(Election(("A", "B"), {(1,): 2, (2,): 2})) | {"seed": ""} | {"commitment": commitment("")},
            "no seed",
        ),
        (stv_export(Election(("A",), {(1,): 2})) | {"ballots": [{"vote": [1, 1]}]}, "names somebody twice"),
        (stv_export(Election(("A",), {(1,): 2})) | {"ballots": [{"vote": [1], "weight": 1.5}]}, "is no weight"),
    ],
)
def test_what_was_changed_is_found_and_said(export: dict[str, Any], sentence: str, tmp_path: Path) -> None:
    done = run(export, tmp_path)
    assert done.returncode == 1
    assert done.stderr.startswith("DOES NOT HOLD: ")
    assert sentence in done.stderr


def test_the_script_stands_alone_and_is_short() -> None:
    text = SCRIPT.read_text(encoding="utf-8")
    assert len(text.splitlines()) < 200
    assert "import hemicycle" not in text
    assert "from hemicycle" not in text
