"""The traps that the three seeds set for whoever opens them: what is article, what is furniture, what was damaged."""

from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from hemicycle.reader.page import open_page
from hemicycle.reader.shape import Label, Page, Span
from hemicycle.reader.teasers import teasers

Three = dict[str, Page]


@pytest.fixture(scope="module")
def three(seeds: Path) -> Three:
    """The three seeds, laid open."""
    return {path.name[:3]: open_page(path.read_bytes(), name=path.name) for path in sorted(seeds.glob("*.txt"))}


def line(page: Page, at: int) -> int:
    """The line of a place."""
    return page.text.count("\n", 0, at) + 1


def lines(page: Page, label: Label) -> set[int]:
    """The lines on which blocks of a kind begin."""
    return {line(page, block.span.start) for block in page.blocks if block.label is label}


def paragraph_of(page: Page, number: int) -> str:
    """The paragraph of the running text in which the words of a line stand."""
    words = page.text.split("\n")[number - 1][:30]
    return next(part for part in page.article.text.split("\n\n") if words in part)


def test_the_article_ends_where_it_ends(three: Three) -> None:
    ends = {name: page.article_span for name, page in three.items()}
    assert all(ends.values())
    placed = {name: (line(three[name], span.start), line(three[name], span.end)) for name, span in ends.items() if span}
    assert placed == {"000": (10, 30), "002": (19, 209), "003": (1, 12)}
    assert not three["000"].article.text.rstrip().endswith("-0-")


def test_trap_1_teasers_are_kept_and_are_no_article(three: Three) -> None:
    assert min(lines(three["000"], Label.TEASER)) == 32
    assert max(lines(three["000"], Label.TEASER)) == 204
    assert lines(three["003"], Label.TEASER) == set(range(13, 75))
    assert "Lunar" not in three["000"].article.text
    assert {8} == lines(three["000"], Label.ADVERTISEMENT)


def test_trap_2_a_teaser_that_repeats_is_one_with_all_its_places(three: Three) -> None:
    found = teasers(three["000"])
    assert len(found) == 10
    assert sum(len(teaser.places) for teaser in found) == 17
    assert len(teasers(three["003"])) == 20


def test_trap_5_the_pages_date_and_the_day_of_publication_are_two(three: Three) -> None:
    page = three["000"]
    assert page.published == date(2020, 11, 16)
    roles = {role: day for _, day, role in page.page_dates}
    assert roles["page"] == date(2025, 1, 31)
    assert roles["dateline"] == date(2020, 11, 16)
    assert three["003"].published is None
    assert three["002"].published is None


def test_trap_7_a_repair_shows_the_original_and_reads_the_repaired(three: Three) -> None:
    page = three["002"]
    made = {(repair.original, repair.repaired) for repair in page.repairs}
    assert ("II", "Il") in made
    assert any(original.startswith("g") and repaired == "quality" for original, repaired in made)
    assert ("state-of-theart", "state-of-the-art") in made
    assert " II " not in page.article.text
    at = page.article.text.index("state-of-the-art")
    assert page.words(page.article.span(at, at + len("state-of-the-art"))) == "state-of-theart"


def test_trap_7_a_lost_first_letter_is_put_back_and_said_to_be(three: Three) -> None:
    page = three["002"]
    assert page.article.text.startswith("The Fifth")
    assert page.repairs[0].original == "he"
    assert line(page, page.repairs[0].span.start) == 19


def test_trap_8_a_spliced_block_is_rejoined_and_both_places_are_listed(three: Three) -> None:
    page = three["002"]
    start = page.article.text.index("this is the fighting slogan")
    end = page.article.text.index("uphold today.") + len("uphold today.")
    assert "\n\n" not in page.article.text[start:end]
    assert [line(page, span.start) for span in page.article.spans(start, end)] == [121, 111]
    tail = page.article.text.index("bringing education closer")
    following = page.article.text[tail : tail + 400]
    assert "research and production, updating" in following
    assert [line(page, span.start) for span in page.article.spans(tail, tail + 200)] == [119, 121]
    rebuilt = [repair for repair in page.repairs if repair.rule.startswith("reconstructed")]
    assert {line(page, repair.span.start) for repair in rebuilt} == {119, 121}
    assert all(repair.confidence <= 0.5 for repair in rebuilt)


def test_trap_9_columns_and_captions_are_read_in_their_order(three: Three) -> None:
    page = three["002"]
    for first, second in ((183, 167), (177, 185), (47, 57), (137, 147), (155, 157), (75, 77), (99, 101)):
        head = page.text.split("\n")[second - 1][:30]
        assert head in paragraph_of(page, first), (first, second)
    assert {51, 145} <= lines(page, Label.CAPTION)
    physical = [block.span for block in page.blocks]
    assert physical == sorted(physical)


def test_trap_10_lost_endings_are_marked_and_never_guessed(three: Three) -> None:
    page = three["002"]
    assert {line(page, span.start) for span in page.lost} == {67, 81, 87, 89, 91, 97, 123, 125, 179, 195}
    assert not three["000"].lost
    assert not three["003"].lost


def test_trap_11_script_noise_and_damaged_korean_are_kept_outside_the_article(three: Three) -> None:
    page = three["002"]
    assert 227 in lines(page, Label.NOISE)
    assert 219 not in lines(page, Label.ARTICLE) | lines(page, Label.NOISE)


def test_the_outlet_is_named_in_the_pages_own_words(three: Three) -> None:
    assert three["000"].source_name == "KCNA.kp (En)"
    assert three["002"].source_name == "pictorial KOREA"
    assert three["003"].source_name == "Pyongyang Times"
    assert all(page.source_span and page.words(page.source_span) == page.source_name for page in three.values())


def test_trap_15_a_headline_that_stands_twice_is_one(three: Three) -> None:
    page = three["002"]
    assert lines(page, Label.TITLE) == {11, 15}
    assert page.title_span == Span(page.text.index(page.title), page.text.index(page.title) + len(page.title))


def test_every_piece_of_the_running_text_is_where_it_says(three: Three) -> None:
    for page in three.values():
        pieces = [*page.article.pieces, (len(page.article.text), 0, 0)]
        mended = [repair.span for repair in page.repairs]
        for (at, start, length), (end, _, _) in pairwise(pieces):
            if length == end - at and not any(span.start < start + length and start < span.end for span in mended):
                assert page.text[start : start + length] == page.article.text[at:end]
