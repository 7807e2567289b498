"""`read` reads pages into JSON: each by itself, in order, once; and no bad page stops the others."""

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from hemicycle.command import obey
from hemicycle.command.read import work
from hemicycle.command.read.crew import on_cores
from hemicycle.command.read.sources import sources
from hemicycle.command.read.work import Order
from hemicycle.ground.config import HOUSE
from hemicycle.reader import reading
from hemicycle.reader.score import FIELDS

PAGE = """KARESH, 4 May 2020 (KPA) -- The Third Plenary Meeting of the Second Council of Karesh was held on Sunday.

Mara Lind presided over the meeting.

The meeting unanimously adopted the resolution on the harbour. -0-
"""
FLAT = {
    *(
        "source_name",
        "published",
        "is_meeting_report",
        "title",
        "meeting",
        "presided_by",
        "authorized_by",
        "attendance",
    ),
    *("agenda", "reports", "adopted", "tasks", "criticised", "commended"),
    *("article_first_words", "article_last_words", "furniture_examples"),
}


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """A folder with two pages and one that cannot be opened, and what is no page."""
    folder = tmp_path / "pages"
    (folder / "deep").mkdir(parents=True)
    (folder / "a.txt").write_text(PAGE)
    (folder / "b.html").symlink_to("nowhere.html")
    (folder / "deep" / "a.txt").write_text(PAGE.replace("Mara Lind", "Jonas Brandt"))
    (folder / "notes.json").write_text("{}")
    (folder / ".hidden.txt").write_text(PAGE)
    return folder


def test_json_gives_every_claim_with_its_passage(pages: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert obey(["read", str(pages / "a.txt"), "--json"]) == 0
    (said,) = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert said["name"] == "a.txt"
    assert said["text"] == PAGE
    (chair,) = [claim for claim in said["claims"] if claim["field"] == "presided_by"]
    assert chair["value"] == "Mara Lind"
    assert PAGE[chair["start"] : chair["end"]] == chair["passage"]
    assert "Mara Lind" in chair["passage"]
    assert chair["line"] == 3
    assert 0 < chair["confidence"] <= 1
    assert said["blocks"][0].keys() >= {"start", "end", "line", "label", "why"}
    assert said["notes"].keys() == {"page", "reading"}


def test_flat_gives_the_flat_shape_and_nothing_else(pages: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert obey(["read", str(pages / "a.txt"), "--flat"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert set(said) == FLAT
    assert said["is_meeting_report"] is True
    assert said["presided_by"] == "Mara Lind"


def test_a_folder_is_walked_and_a_bad_page_is_told(pages: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert obey(["read", str(pages), "--flat"]) == 1
    printed = capsys.readouterr()
    first, bad, deep = [json.loads(line) for line in printed.out.splitlines()]
    assert first["presided_by"] == "Mara Lind"
    assert bad["name"] == "b.html"
    assert bad["error"].endswith(".")
    assert deep["presided_by"] == "Jonas Brandt"
    assert printed.err == f"b.html: {bad['error']}\n"


def test_what_a_page_reports_is_told_in_a_few_lines(pages: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert obey(["read", str(pages / "a.txt")]) == 0
    assert "presided by: Mara Lind" in capsys.readouterr().out


def test_a_second_run_skips_what_is_done(pages: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "read"
    command = ["read", str(pages), "--flat", "--out", str(out)]
    assert obey(command) == 1
    assert sorted(str(path.relative_to(out)) for path in out.rglob("*.json")) == ["a.txt.json", "deep/a.txt.json"]
    assert set(json.loads((out / "a.txt.json").read_text())) == FLAT | {"source_sha256", "reader"}
    assert "2 pages read" in capsys.readouterr().err
    (pages / "b.html").unlink()
    before = (out / "a.txt.json").stat().st_mtime_ns
    assert obey(command) == 0
    assert "0 pages read" in capsys.readouterr().err
    (pages / "a.txt").write_text(PAGE.replace("Mara Lind", "Emil Sato"))
    assert obey(command) == 0
    assert "1 page read" in capsys.readouterr().err
    assert (out / "a.txt.json").stat().st_mtime_ns > before
    assert json.loads((out / "a.txt.json").read_text())["presided_by"] == "Emil Sato"
    assert obey(["read", str(pages), "--json", "--out", str(out)]) == 0
    assert "2 pages read" in capsys.readouterr().err


def test_pages_of_the_same_name_are_kept_apart(pages: Path, tmp_path: Path) -> None:
    out = tmp_path / "read"
    assert obey(["read", str(pages / "a.txt"), str(pages / "deep" / "a.txt"), "--out", str(out)]) == 0
    assert {str(path.relative_to(out)) for path in out.rglob("*.json")} == {"a.txt.json", "deep/a.txt.json"}
    found = [pages, pages / "deep" / "a.txt", pages / "a.txt", pages]  # Each page once, however often it is named.
    assert [source.name for source in sources(found)] == ["a.txt", "b.html", "deep/a.txt"]


def test_workers_give_the_same_in_the_same_order(pages: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert obey(["read", str(pages), "--flat", "--workers", "1"]) == 1
    alone = capsys.readouterr().out
    assert obey(["read", str(pages), "--flat", "--workers", "2"]) == 1
    assert capsys.readouterr().out == alone


def test_whoever_watches_sees_how_far_it_is(
    pages: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    assert obey(["read", str(pages), "--flat", "--out", str(tmp_path / "read")]) == 1
    printed = capsys.readouterr()
    assert "3 of 3 pages" in printed.err
    assert printed.err.splitlines()[-1].endswith(
        "2 pages read into " + str(tmp_path / "read") + ", 1 could not be read."
    )
    assert printed.out == ""


class Deadly(type(Path())):  # type: ignore[misc]  # The class of paths of this system.
    """A page that ends the process which reads it, as the system does where memory runs out."""

    def read_bytes(self) -> bytes:
        os._exit(9)


def test_a_page_that_ends_its_process_stops_no_other(pages: Path) -> None:
    good = [Order(f"{number}", pages / "a.txt", "flat") for number in range(12)]
    orders = [*good[:3], Order("deadly", Deadly("x.txt"), "flat"), *good[3:]]
    outcomes = list(on_cores(orders, 2))
    assert [outcome.name for outcome in outcomes] == [order.name for order in orders]
    assert [outcome.name for outcome in outcomes if outcome.error] == ["deadly"]
    assert "ended" in outcomes[3].error


def test_a_page_that_takes_too_long_is_left(
    pages: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work, "SECONDS", 0.05)
    monkeypatch.setattr(reading, "open_page", lambda *_page, **_named: re.match("(a+)+b", "a" * 60))
    assert obey(["read", str(pages / "a.txt"), "--flat"]) == 1
    assert "left after" in capsys.readouterr().err
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)


def test_a_cluster_reads_the_same(pages: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from distributed import LocalCluster

    assert obey(["read", str(pages), "--flat"]) == 1
    alone = capsys.readouterr().out
    options = {"n_workers": 1, "threads_per_worker": 1, "processes": False, "dashboard_address": None}
    with LocalCluster(**options) as cluster:
        assert obey(["read", str(pages), "--flat", "--cluster", cluster.scheduler_address]) == 1
    assert capsys.readouterr().out == alone


def test_without_distributed_a_sentence_says_so(
    pages: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    assert obey(["read", str(pages), "--cluster", "tcp://127.0.0.1:1"]) == 1
    assert "pip install" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "Name a page"),
        (["nowhere.txt"], "no page or folder called"),
        (["--score", "."], "no NAME.truth.json"),
        (["x", "--workers", "0"], "from 1 on"),
    ],
)
def test_what_was_asked_wrongly_is_told(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert obey(["read", *arguments]) == 2
    assert said in capsys.readouterr().err


def test_score_says_each_field_in_total_and_by_genre(
    pages: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "truths"
    folder.mkdir()
    (folder / "a.txt").write_text(PAGE)
    obey(["read", str(folder / "a.txt"), "--flat"])
    (folder / "a.truth.json").write_text(capsys.readouterr().out)
    (folder / "genres.json").write_text('{"a": "council"}')
    assert obey(["read", "--score", str(folder), "--json"]) == 0
    everything, council = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert (everything["genre"], everything["pages"], everything["mean_f1"]) == ("all", 1, 1)
    assert list(council["fields"]) == list(FIELDS)
    assert obey(["read", "--score", str(folder)]) == 0
    assert "presided_by" in capsys.readouterr().out


def test_reading_needs_no_django(pages: Path) -> None:
    code = (
        "import sys; from hemicycle.command import obey; code = obey(['read', sys.argv[1], '--flat']);"
        "assert not any(name.partition('.')[0] == 'django' for name in sys.modules); sys.exit(code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(pages / "a.txt")], cwd=HOUSE, check=False, capture_output=True, text=True
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_a_pipe_in_a_folder_is_no_page_and_a_file_is_no_folder(
    pages: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    os.mkfifo(pages / "waits.txt")
    (pages / "empty.txt").touch()
    assert obey(["read", str(pages), "--flat"]) == 1
    told = capsys.readouterr().err
    assert "waits.txt" not in told
    assert "empty.txt is empty" in told
    assert "empty.txt: empty.txt" not in told
    kept = tmp_path / "kept"
    kept.write_text("mine")
    assert obey(["read", str(pages), "--json", "--out", str(kept)]) == 2
    assert "kept is a file; --out takes a folder" in capsys.readouterr().err
    assert kept.read_text() == "mine"
