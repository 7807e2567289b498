"""`bench count` gives its figures, one object a line and method."""

import json
from pathlib import Path

from hemicycle.command.tests.apart import Place


def test_the_figures_come_one_object_a_line_and_method(tmp_path: Path) -> None:
    done = Place(tmp_path).run("bench", "count", "--json", "--ballots", "300", "--candidates", "5", "--seats", "2")
    assert (done.returncode, done.stderr) == (0, "")
    figures = [json.loads(line) for line in done.stdout.splitlines()]
    assert [line["method"] for line in figures] == ["scottish-stv", "schulze", "irv", "ers97"]
    for line in figures:
        assert line["ballots"] == 300
        assert line["candidates"] == 5
        assert line["seats"] == (1 if line["method"] in {"schulze", "irv"} else 2)
        assert line["count_ms"] > 0
        assert line["read_ms"] > 0


def test_a_bench_that_cannot_be_is_refused(tmp_path: Path) -> None:
    done = Place(tmp_path).run("bench", "count", "--candidates", "1")
    assert done.returncode == 2
    assert "from 2 to 40 candidates" in done.stderr
