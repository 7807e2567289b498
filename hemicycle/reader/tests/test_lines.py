"""An offset's line is the number of line ends before it, and one."""

from hypothesis import given
from hypothesis import strategies as st

from hemicycle.reader.lines import STEP, Lines


@given(st.text(alphabet="a\n", max_size=40), st.integers(1, 400))
def test_every_offset_has_the_line_that_counting_gives(piece: str, times: int) -> None:
    text = piece * times
    lines = Lines(text)
    for offset in {0, 1, len(text) // 2, STEP - 1, STEP, STEP + 1, len(text)}:
        if offset <= len(text):
            assert lines.line(offset) == text.count("\n", 0, offset) + 1


def test_a_line_end_stands_on_the_line_that_it_ends() -> None:
    assert [Lines("a\nb\n").line(offset) for offset in range(5)] == [1, 1, 2, 2, 3]
