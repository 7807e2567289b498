"""Sections as plain text: what was not touched stays what it was, and every text can be read as blocks."""

from hypothesis import given
from hypothesis import strategies as st

from hemicycle.publishing.communique.blocks import group, listed, paragraph, points, table
from hemicycle.publishing.communique.written import as_blocks, as_text

BLOCKS = [
    paragraph("A paragraph.\nOf two lines."),
    listed(["one", "two\nwith a further line"]),
    points(["first", "second"]),
    group("Buildings", ["a roof", "a door"]),
    table("Present", ["Capacity", "Together"], [["member", "8"], ["observer", "1"]]),
    paragraph("Ein Absatz.", "de"),
]


def test_text_that_nobody_touched_is_the_same_blocks() -> None:
    assert as_blocks(as_text(BLOCKS), BLOCKS) == BLOCKS


def test_text_is_read_as_it_looks() -> None:
    assert [block["form"] for block in as_blocks(as_text(BLOCKS))] == [block["form"] for block in BLOCKS]


def test_a_paragraph_keeps_its_language_where_another_is_put_beside_it() -> None:
    made = as_blocks(as_text(BLOCKS) + "\n\nA new one.", BLOCKS)
    assert [block.get("lang", "") for block in made if block["form"] == "paragraph"] == ["", "de", ""]


@given(st.text(max_size=200))
def test_any_text_can_be_read_and_written_again(text: str) -> None:
    once = as_text(as_blocks(text))
    assert as_text(as_blocks(once)) == once
