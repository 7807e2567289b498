"""On which line of a text an offset stands, soon and in little room, however many lines there are."""

from itertools import accumulate

STEP = 4096


class Lines:
    """The lines of a text, counted from 1."""

    def __init__(self, text: str) -> None:
        counts = (text.count("\n", at, at + STEP) for at in range(0, len(text), STEP))
        self._text = text
        self._before = [0, *accumulate(counts)]

    def line(self, offset: int) -> int:
        """The line on which the character at this offset stands."""
        step = min(max(offset, 0) // STEP, len(self._before) - 1)
        return self._before[step] + self._text.count("\n", step * STEP, offset) + 1
