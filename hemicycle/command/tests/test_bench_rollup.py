"""`bench rollup` gives its figures, one object a line and measure, and the large demo is built by its command."""

import json
from pathlib import Path

from hemicycle.command.tests.apart import Place, place_apart

SMALL = ("--units", "40", "--decisions", "3", "--directives", "60", "--reports", "100")
PAGES = ["unit_page", "decision_tree", "decision_map", "heat_map"]
DECIDED = """
from hemicycle.bodies.models import Body
from hemicycle.decisions.models import Decision
for body in Body.objects.order_by("-pk"):
    print(body.kind, Decision.objects.filter(body=body).count())
"""
MEASURES = [*PAGES, "report_write", "account_drawn_up", "account", "recomputation"]


def test_the_figures_come_one_object_a_line_and_measure(tmp_path: Path) -> None:
    done = Place(tmp_path).run("bench", "rollup", "--json", "--times", "3", *SMALL)
    assert (done.returncode, done.stderr) == (0, "")
    figures = [json.loads(line) for line in done.stdout.splitlines()]
    assert [line["measure"] for line in figures] == MEASURES
    for line in figures:
        assert (line["bench"], line["database"]) == ("rollup", "sqlite")
        assert 0 < line["p50_ms"] <= line["p99_ms"]
        assert line["reports"] == 100
        assert line["directives"] > 30


def test_a_bench_of_nothing_is_refused(tmp_path: Path) -> None:
    done = Place(tmp_path).run("bench", "rollup", "--directives", "0")
    assert done.returncode == 2
    assert "12 units at least" in done.stderr


def test_a_large_demo_is_built_by_acts_and_holds(tmp_path: Path) -> None:
    with place_apart(tmp_path) as place:
        done = place.run("demo", "--size", "large", *SMALL)
        assert done.returncode == 0, done.stderr
        assert "It stands, after " in done.stdout
        assert "Everything holds: " in place.run("verify").stdout
        assert place.python(DECIDED).split() == ["council", "2", "congress", "1"]
        again = place.run("demo", "--size", "large", *SMALL)
        assert again.returncode == 1
        assert "stands in this database already" in again.stderr
        assert place.run("demo", "--size", "large", "--units", "3").returncode == 2
