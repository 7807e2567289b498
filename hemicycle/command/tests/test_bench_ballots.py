"""`bench ballots` gives its figures, and every vote that it casts is counted."""

import json
from pathlib import Path

from hemicycle.command.tests.apart import Place


def test_the_figures_come_one_object_a_line_and_database(tmp_path: Path) -> None:
    done = Place(tmp_path).run("bench", "ballots", "--json", "--voters", "30", "--concurrency", "10")
    assert (done.returncode, done.stderr) == (0, "")
    (figures,) = [json.loads(line) for line in done.stdout.splitlines()]
    assert (figures["bench"], figures["database"]) == ("ballots", "sqlite")
    assert (figures["voters"], figures["concurrency"]) == (30, 10)
    assert figures["p50_ms"] <= figures["p99_ms"]
    assert figures["bare_votes_per_s"] == min(figures["rows_per_s"], figures["answers_per_s"])
    assert figures["ratio"] == round(figures["votes_per_s"] / figures["bare_votes_per_s"], 2)
    assert all(figures[name] > 0 for name in ("votes_per_s", "burst_ms", "close_ms", "close_ms_after_20_ballots"))


def test_a_bench_that_cannot_be_is_refused(tmp_path: Path) -> None:
    done = Place(tmp_path).run("bench", "ballots", "--voters", "3")
    assert done.returncode == 2
    assert "from 9 to 20000 voters" in done.stderr
