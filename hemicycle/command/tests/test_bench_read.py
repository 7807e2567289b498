"""`bench read` gives its figures, and the pages that it makes are as it says."""

import json
from pathlib import Path

import pytest

from hemicycle.command import bench_read, obey
from hemicycle.command.bench_read.boundaries import ends_right, known_pages, words_right
from hemicycle.command.bench_read.pages import SIZES, made
from hemicycle.command.tests.apart import Place

FIGURES = ("pages_per_s", "article_pages_per_s", "trafilatura_pages_per_s", "ratio", "article_ratio", "peak_mb")
FIGURES += ("mb_per_s", "workers_pages_per_s", "efficiency")


def test_the_figures_come_as_one_object(tmp_path: Path) -> None:
    done = Place(tmp_path).run("bench", "read", "--json", "--pages", "2")
    assert (done.returncode, done.stderr) == (0, "")
    figures = json.loads(done.stdout)
    assert all(figures[name] > 0 for name in FIGURES)
    assert figures["ratio"] == pytest.approx(figures["pages_per_s"] / figures["trafilatura_pages_per_s"], abs=0.1)
    assert 0 <= figures["boundaries"] <= 1
    assert 0 <= figures["trafilatura_boundaries"] <= 1


def test_without_trafilatura_a_sentence_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bench_read, "find_spec", lambda _name: None)
    assert obey(["bench", "read", "--json", "--pages", "1", "--workers", "1"]) == 0
    printed = capsys.readouterr()
    assert "pip install" in printed.err
    figures = json.loads(printed.out)
    assert figures["pages_per_s"] > 0
    assert figures["trafilatura_pages_per_s"] is figures["ratio"] is None


def test_the_same_pages_are_made_every_time_and_hold_their_article() -> None:
    pages = made(6)
    assert pages == made(6)
    least, most = SIZES
    assert all(least * 0.9 < len(page.html) < most * 1.2 for page in pages)
    for page in pages:
        first, last = page.article[:60], page.article[-60:]
        assert page.html.decode().count(first) == 1
        assert last in page.html.decode()


def test_boundaries_are_right_where_the_article_is_found_and_wrong_where_all_is_taken() -> None:
    pages = made(3)
    known = known_pages(pages)[:3]
    whole = {page.name: page.article for page in pages}
    assert ends_right(known, lambda name, _html: whole[name]) == 1
    assert words_right(known, lambda name, _html: whole[name]) == 1
    assert ends_right(known, lambda name, _html: f"Home Politics Town Sport Weather Letters {whole[name]} © 2021") < 1
    assert words_right(known, lambda _name, html: html.decode()) < 0.5
