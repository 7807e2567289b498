"""`bench arrivals` gives its figures, and everybody whom it scans is there."""

import json
from pathlib import Path

from hemicycle.command.tests.apart import Place


def test_the_figures_come_one_object_a_line_and_database(tmp_path: Path) -> None:
    done = Place(tmp_path).run("bench", "arrivals", "--json", "--arrivals", "6", "--desks", "2", "--phones", "3")
    assert (done.returncode, done.stderr) == (0, "")
    (figures,) = [json.loads(line) for line in done.stdout.splitlines()]
    assert (figures["bench"], figures["database"]) == ("arrivals", "sqlite")
    assert (figures["arrivals"], figures["desks"], figures["phones"]) == (6, 2, 3)
    assert 0 < figures["scan_p50_ms"] <= figures["scan_p99_ms"] <= figures["scan_worst_ms"]
    assert min(figures[f"{wave}_worst_ms"] for wave in ("open", "sign_in", "floor")) > 0
    assert figures["in_ten_minutes"] > 0


def test_more_phones_than_people_are_refused(tmp_path: Path) -> None:
    done = Place(tmp_path).run("bench", "arrivals", "--arrivals", "2", "--phones", "3")
    assert done.returncode != 0
    assert "no more phones than people" in done.stderr
