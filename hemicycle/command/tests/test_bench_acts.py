"""`bench acts` gives its figures, and the acts that it measures leave a record that holds."""

import json
from pathlib import Path

from hemicycle.command.tests.apart import Place


def test_the_figures_come_one_object_a_line_and_database(tmp_path: Path) -> None:
    done = Place(tmp_path).run("bench", "acts", "--json", "--acts", "50")
    assert (done.returncode, done.stderr) == (0, "")
    (figures,) = [json.loads(line) for line in done.stdout.splitlines()]
    assert (figures["bench"], figures["database"]) == ("acts", "sqlite")
    assert figures["acts_per_s"] > 0
    assert figures["plain_transactions_per_s"] > 0
    assert figures["commit_limit_per_s"] > 0
    assert figures["ratio"] == round(figures["acts_per_s"] / figures["plain_transactions_per_s"], 2)
