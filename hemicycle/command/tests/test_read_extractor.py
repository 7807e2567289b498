"""`read --extractor`: a language model is asked where somebody says so, and whatever it does, the pages are read."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from hemicycle.command import obey
from hemicycle.reader.extractor import ADDRESS, KEY, MODEL
from hemicycle.reader.tests.fake_endpoint import FakeServer, fake_endpoint

PAGE = "The council of Ember met on 3 May 2021 at the Mill House. Old Marten poured the tea and kept the peace.\n"
CLAIMS = [
    {"field": "presided_by", "value": "Old Marten", "quote": "Old Marten poured the tea and kept the peace."},
    {"field": "meeting.place", "value": "Town Hall", "quote": "at the Town Hall"},
]
SECRET = "sesame-7"


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeServer]:
    """An endpoint that the environment names."""
    with fake_endpoint(CLAIMS) as server:
        for name, value in ((ADDRESS, server.address), (MODEL, "some-model"), (KEY, SECRET)):
            monkeypatch.setenv(name, value)
        yield server


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """A page to read."""
    path = tmp_path / "ember.txt"
    path.write_text(PAGE)
    return path


def test_nobody_is_asked_unless_somebody_says_so(
    server: FakeServer, page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert obey(["read", str(page), "--json"]) == 0
    assert server.keys == []
    assert "extractor" not in capsys.readouterr().out


def test_what_it_quotes_is_claimed_and_the_rest_counted(
    server: FakeServer, page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert obey(["read", str(page), "--json", "--extractor"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert [claim["value"] for claim in said["claims"] if claim["rule"] == "extractor"] == ["Old Marten"]
    assert "1 claim added, 1 dropped" in str(said["notes"])
    assert server.keys == [f"Bearer {SECRET}"]


def test_a_failing_endpoint_stops_nothing_and_is_asked_again(
    server: FakeServer, page: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    server.status = 500
    asks = ["read", str(page), "--out", str(tmp_path / "read"), "--extractor"]
    assert obey(asks) == 0
    written = (tmp_path / "read" / "ember.txt.json").read_text()
    assert "answered with status 500" in str(json.loads(written)["notes"])
    server.status = 200
    assert obey(asks) == 0
    assert "1 claim added" in (tmp_path / "read" / "ember.txt.json").read_text()
    assert obey(asks) == 0
    printed = capsys.readouterr()
    assert "1 was read before" in printed.err
    assert len(server.keys) == 2
    assert SECRET not in written + printed.out + printed.err


def test_workers_ask_as_well(server: FakeServer, page: Path) -> None:
    # In a process of its own: workers have the environment in which the first of them was started.
    asks = [sys.executable, "-m", "hemicycle", "read", str(page), "--workers", "2", "--extractor"]
    done = subprocess.run(asks, capture_output=True, text=True, check=True)
    assert "1 claim added" in done.stdout
    assert SECRET not in done.stdout + done.stderr
    assert server.keys == [f"Bearer {SECRET}"]


@pytest.mark.parametrize(
    ("named", "said"), [({}, "Neither is set"), ({ADDRESS: "ember.example", MODEL: "m"}, "must begin with https://")]
)
def test_without_an_endpoint_nothing_is_read(
    named: dict[str, str],
    said: str,
    page: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in (ADDRESS, MODEL):
        monkeypatch.delenv(name, raising=False)
    for name, value in named.items():
        monkeypatch.setenv(name, value)
    assert obey(["read", str(page), "--extractor"]) == 2
    assert said in capsys.readouterr().err
