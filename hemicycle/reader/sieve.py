"""Which of many patterns may match a text: the text's words are looked up once for all of them.

A text has few words and the patterns of a language have a thousand needles, so it is the words that are asked: each
says once, and for every text after that, which needles stand in it.
"""

from collections.abc import Iterator, Sequence

HEAD = 3  # Letters by which needles are looked up.
KEPT = 20_000  # Words that are remembered.
LONGEST = 30  # Letters of a word worth remembering.

Held = tuple[int, tuple[tuple[str, int], ...]]


class Sieve:
    """Bit i of `may` is set where one of the i-th needles stands in the text, or where there are none of them."""

    def __init__(self, needled: Sequence[Sequence[str]]) -> None:
        self._always = 0
        self._loose: dict[str, int] = {}  # Needles without a word long enough to look them up by.
        self._heads: dict[str, list[tuple[str, str, int]]] = {}
        self._words: dict[str, Held] = {}
        bits: dict[str, int] = {}
        for place, needles in enumerate(needled):
            if not needles:
                self._always |= 1 << place
            for needle in needles:
                bits[needle] = bits.get(needle, 0) | 1 << place
        for needle, bit in bits.items():
            word = max(needle.split(" "), key=len)
            if len(word) < HEAD:
                self._loose[needle] = bit
            else:
                self._heads.setdefault(word[:HEAD], []).append((word, needle, bit))

    def may(self, low: str) -> int:
        """The patterns that may match a text, given in small letters."""
        found = self._always
        known = self._words
        for word in low.split():
            bits, pieces = known.get(word) or self._learnt(word)
            found |= bits
            for needle, bit in pieces:
                if needle in low:
                    found |= bit
        for needle, bit in self._loose.items():
            if needle in low:
                found |= bit
        return found

    def _learnt(self, word: str) -> Held:
        """What a word says: the needles that stand in it, and those of several words that may stand around it."""
        bits = 0
        pieces: dict[str, int] = {}
        heads = self._heads
        for at in range(len(word) - HEAD + 1):
            for part, needle, bit in heads.get(word[at : at + HEAD], ()):
                if not word.startswith(part, at):
                    continue
                if part == needle:
                    bits |= bit
                else:
                    pieces[needle] = bit
        held = bits, tuple(pieces.items())
        if len(word) <= LONGEST:
            if len(self._words) >= KEPT:
                self._words.clear()
            self._words[word] = held
        return held


def places(bits: int) -> Iterator[int]:
    """Yield the places of the bits that are set, from the lowest."""
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest
