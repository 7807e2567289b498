"""`bench search` gives its figures, and the passages that it makes are as it says."""

import json
from pathlib import Path

from hemicycle.command.bench_search.passages import COMMON, passage, questions, text_of
from hemicycle.command.tests.apart import Place

FIGURES = (
    "p50_ms",
    "p99_ms",
    "p99_cpu_ms",
    "common_p99_ms",
    "findable_ms",
    "findable_most_ms",
    "build_s",
    "index_mb",
    "peak_mb",
)


def test_the_figures_come_as_one_object(tmp_path: Path) -> None:
    done = Place(tmp_path).run("bench", "search", "--json", "--passages", "2000", "--questions", "40")
    assert (done.returncode, done.stderr) == (0, "")
    figures = json.loads(done.stdout)
    assert (figures["bench"], figures["passages"], figures["questions"]) == ("search", 2000, 40)
    assert all(figures[name] > 0 for name in FIGURES)
    assert figures["p50_ms"] <= figures["p99_ms"]
    assert figures["findable_ms"] <= figures["findable_most_ms"]


def test_the_same_passages_are_made_every_time_and_common_words_are_common() -> None:
    assert passage(5) == passage(5)
    said = [word for key in range(1, 400) for word in text_of(key).split()]
    assert 0.3 < sum(word in COMMON for word in said) / len(said) < 0.7
    asked = questions(50, 400)
    assert asked == questions(50, 400)
    assert all(len(set(one.split())) == 2 for one in asked)
    assert any(one.split()[0] in COMMON for one in asked)
