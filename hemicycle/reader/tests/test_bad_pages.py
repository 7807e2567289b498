"""No page brings the reader down: it reads it or says in a sentence why it cannot; soon, and in little room."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from hemicycle.reader.flat import flat
from hemicycle.reader.reading import read
from hemicycle.reader.shape import Reading, Unreadable
from hemicycle.reader.tests.bad_pages import HEAVY, LIGHT, MINUTES
from hemicycle.reader.whole import whole

SECONDS = 10
MEGABYTES = 500
HOUSE = Path(__file__).parents[3]
CORPUS = Path(__file__).with_name("corpus") / "seen"
PAGES = sorted(CORPUS.parent.glob("*/*.*"))
NAMES = st.sampled_from(["page.txt", "page.html", "page.md", "page.pdf", "page.docx", "page.png", "page"])
# What makes the reader take notice: pieces of pages, which hypothesis puts together as nobody would.
PIECES = [
    "Present: ", "Apologies: ", "Cllr A. Poole", "The 7th Congress", "was held", "on Sunday",
    "4 May 2020", "16/11/2020", "(KCNA) -- ", "presided over", "RESOLVED", "Motion carried 4-0.",
    "lost", "1. ", "(a) ", "First, ", "ACTION: ", "-0-", "ENDS", "###", "\n", "\n\n", "\r", "\t",
    " ", "-\n", "“", "”", "\"", "’", "|", "---\n", "# ", "> ", "* ", "[15:01] <a> ",
    "He continued: ", "ADVERTISEMENT", "More from ", "Kim II Sung", "guality", "\u2028", "\u0000",
    "\ufeff", "\u202e", "한국", "中央委员会", "съезд", "é", "ß", "İ", "ﬁ", "<p>", "</p>", "<div>",
    "<article>", "<h1>", "</h1>", "<table><tr><td>", "&amp;", "<!--",
]  # fmt: skip


def limited(path: Path) -> dict[str, Any]:
    """Read a file in a process with limits, and return what it says of itself."""
    done = subprocess.run(
        [sys.executable, "-m", "hemicycle.reader.tests.limited", str(path), path.name],
        cwd=HOUSE,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, f"{path.name}: {done.returncode} {done.stderr[-3000:]}"
    return dict(json.loads(done.stdout))


def stays_small(path: Path) -> dict[str, Any]:
    """Hold that a page is read or refused soon and in little room."""
    said = limited(path)
    assert said["seconds"] < SECONDS, said
    assert said["peak_mb"] < MEGABYTES, said
    return said


@pytest.mark.parametrize("name", LIGHT)
def test_a_bad_page_is_read_or_refused(name: str) -> None:
    told(LIGHT[name](), name)


@pytest.mark.parametrize("name", ["zip_bomb.docx", "letters_50_mb.txt"])
def test_a_page_out_to_fill_the_memory_is_read_or_refused_in_little_room(name: str, tmp_path: Path) -> None:
    (path := tmp_path / name).write_bytes(HEAVY[name]())
    stays_small(path)


@pytest.mark.long
@pytest.mark.parametrize("name", LIGHT | HEAVY)
def test_a_bad_page_takes_under_ten_seconds_and_five_hundred_megabytes(name: str, tmp_path: Path) -> None:
    (path := tmp_path / name).write_bytes((LIGHT | HEAVY)[name]())
    stays_small(path)


def held(reading: Reading) -> None:
    """Hold what every reading keeps: places inside the page, pieces that cut out what they say, JSON that is JSON."""
    page = reading.page
    size = len(page.text)
    places = [block.span for block in page.blocks] + [repair.span for repair in page.repairs] + list(page.lost)
    places += [claim.span for claim in reading.claims]
    places += [span for span in (page.article_span, page.title_span, page.source_span) if span]
    assert all(0 <= span.start <= span.end <= size for span in places)
    assert all(page.text[repair.span.start : repair.span.end] == repair.original for repair in page.repairs)
    assert all(claim.line == page.text.count("\n", 0, claim.span.start) + 1 for claim in reading.claims)
    begins = [at for at, _start, _length in page.article.pieces]
    ends = [*begins[1:], len(page.article.text)] if begins else []
    for (at, start, length), end in zip(page.article.pieces, ends, strict=True):
        assert 0 <= start <= start + length <= size
        if length == end - at and not any(
            repair.span.start < start + length and start < repair.span.end for repair in page.repairs
        ):
            assert page.text[start : start + length] == page.article.text[at:end]
    text = json.dumps(whole(reading)) + json.dumps(flat(reading))
    assert text


def told(source: bytes | str, name: str) -> None:
    """Read and hold, or be refused by a sentence."""
    try:
        reading = read(source, name=name)
    except Unreadable as refusal:
        refused(refusal)
    else:
        held(reading)


def refused(refusal: Unreadable) -> None:
    """Hold that a refusal is a sentence."""
    assert str(refusal).endswith((".", "?"))


@settings(deadline=None, max_examples=150)
@given(st.binary(max_size=3000), NAMES)
@example(b"%PDF-1.4\n%%EOF", "page.pdf")
@example(b"PK\x03\x04", "page.docx")
@example(b"\xff\xfe\x00\xd8", "page.txt")
def test_random_bytes_bring_nothing_down(source: bytes, name: str) -> None:
    told(source, name)


@settings(deadline=None, max_examples=150)
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=20), max_size=60), NAMES)
@example(["\ud800", MINUTES], "page.txt")
def test_pieces_of_pages_in_any_order_bring_nothing_down(pieces: list[str], name: str) -> None:
    told("".join(pieces), name)


@settings(deadline=None, max_examples=100)
@given(st.data())
def test_a_page_cut_and_spliced_brings_nothing_down(data: st.DataObject) -> None:
    pages = sorted(path for path in CORPUS.iterdir() if not path.name.endswith(".json"))
    path = data.draw(st.sampled_from(pages))
    source = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 8))):
        at, length = data.draw(st.integers(0, len(source))), data.draw(st.integers(0, 400))
        to = data.draw(st.integers(0, len(source)))
        source[at : at + length] = source[to : to + data.draw(st.integers(0, 400))]
    told(bytes(source), path.name)


@pytest.mark.parametrize("path", [path for path in PAGES if path.suffix != ".json"], ids=lambda path: path.name)
def test_every_place_in_a_page_of_the_corpus_holds(path: Path) -> None:
    held(read(path.read_bytes(), name=path.name))
