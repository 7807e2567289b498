"""The reading order of an article: sentences that columns, pictures and sheets cut, put together again.

A block that ends without a full stop is open; a block that begins with a small letter continues something. What stands
next to each other and fits is joined. Where a continuation's beginning is elsewhere, the stretch between is moved, or
a block is parted, where the words around speak for it; what finds no continuation is lost, and said to be.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from hemicycle.reader import lexicon
from hemicycle.reader.blocks import LOOKED_AT, Draft
from hemicycle.reader.shape import Span

WINDOW = 30  # Blocks within which a parted sentence is looked for.
NEAR = 3
SHORTEST = 8  # Words of a block that is expected to end as a sentence ends.
WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
SAID = re.compile(
    r"\b(?:he|she|they|it|who)\s+(?:added|said|noted|stressed|concluded|continued|asked|declared)\Z", re.IGNORECASE
)
GAP = re.compile(
    r"\ban?\s+(?:[a-z-]+\s+)?(?P<one>[\w-]+),\s+(?P<two>[\w-]+)\s+and(?P<gap>\s+)(?P<noun>[a-z-]+)\s+(?:against|for|of|to|in)\b"
)


@dataclass(slots=True)
class Piece:
    """A stretch of the original on its way into the running text."""

    start: int
    end: int
    block: int
    joined: bool = False  # Goes on in the sentence of the piece before it.
    why: str = ""
    confidence: float = 1.0


@dataclass(slots=True)
class Order:
    """Pieces in reading order, and the places where the text breaks off."""

    pieces: list[Piece]
    lost: list[Span] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Words:
    """What a language tells of how sentences go on."""

    adjectives: tuple[str, ...]
    functions: frozenset[str]
    determiners: frozenset[str]
    modals: frozenset[str]


class Rejoiner:
    """One article's blocks and the joints between them."""

    def __init__(self, drafts: Sequence[Draft], text: str, language: str) -> None:
        table = lexicon.load("repair", language)
        self.words = _Words(
            tuple(table.get("adjectives", ())),
            frozenset(table.get("functions", ())),
            frozenset(table.get("determiners", ())),
            frozenset(table.get("modals", ())),
        )
        self.drafts, self.text = drafts, text
        self.first = [_first_word(text, draft) for draft in drafts]
        self.last = [_last_word(text, draft) for draft in drafts]
        self.open = [self._is_open(index) for index in range(len(drafts))]
        self.goes_on = [self._is_continuing(index) for index in range(len(drafts))]
        self.pairs: Mapping[tuple[str, str], int] | None = None

    def order(self) -> Order:
        """The article in reading order."""
        count = len(self.drafts)
        follows: dict[int, tuple[int, str, float]] = {}  # A block, and the one whose sentence it continues.
        for index in range(1, count):
            if self.goes_on[index] and self._open_before(index):
                follows[index] = (index - 1, "a sentence parted between two paragraphs", 0.9)
        sequence = list(range(count))
        starts = [index for index in range(1, count) if self.goes_on[index] and index not in follows]
        prose = sum(draft.prose for draft in self.drafts)
        mostly = prose > 0 and sum(draft.prose and draft.closed for draft in self.drafts) >= 0.5 * prose
        pieces = [Piece(draft.start, draft.end, index) for index, draft in enumerate(self.drafts)]
        if not starts and not any(self.open):
            return self._told(pieces, sequence, follows, {}, mostly)
        spliced: dict[int, tuple[int, int]] = {}
        for start in starts:
            if self._move(start, follows, sequence) or self._splice(start, follows, spliced):
                continue
            self._reach_back(start, follows, sequence)
        return self._told(pieces, sequence, follows, spliced, mostly)

    def _is_open(self, index: int) -> bool:
        draft = self.drafts[index]
        if draft.closed or draft.form in {"heading", "row"} or draft.flat[-1:] in ":;" or draft.words < 2:
            return False
        if draft.end - draft.start >= LOOKED_AT:
            return self.text[draft.end - 1] not in '.!?。”"’»)'
        return SAID.search(draft.flat[-40:]) is None and draft.flat[-1:] not in "”’»"

    def _is_continuing(self, index: int) -> bool:
        draft = self.drafts[index]
        return draft.form in {"paragraph", "line"} and draft.flat[:1].islower() and (draft.words >= 3 or draft.closed)

    def _open_before(self, index: int) -> bool:
        """Whether the block before this one waits for it."""
        before = self.drafts[index - 1]
        if not self.open[index - 1] or before.form == "heading":
            return False
        return before.words >= SHORTEST or before.form == "item" or before.flat[-1:] in ",-–"

    def _ends(self, follows: Mapping[int, tuple[int, str, float]]) -> list[int]:
        """Open blocks of prose that nothing continues."""
        taken = {before for before, _, _ in follows.values()}
        return [index for index in range(len(self.drafts)) if self._breaks_off(index) and index not in taken]

    def _breaks_off(self, index: int) -> bool:
        draft = self.drafts[index]
        return self.open[index] and draft.words >= SHORTEST and draft.form in {"paragraph", "item"}

    def _move(self, start: int, follows: dict[int, tuple[int, str, float]], sequence: list[int]) -> bool:
        """A column set elsewhere: the stretch from a loose beginning to a loose end belongs into a joint nearby."""
        ends = [end for end in self._ends(follows) if start <= end <= start + WINDOW]
        if not ends:
            return False
        end = ends[0]
        best, best_score = -1, 0.0
        for after in range(max(1, start - WINDOW), min(len(self.drafts), end + WINDOW)):
            joint = follows.get(after)
            if joint is None or start <= after <= end + 1 or joint[0] != after - 1:
                continue
            into, out = self._fit(after - 1, start), self._fit(end, after)
            if into <= 0 or out <= 0:
                continue  # Both new joints must read well.
            score = into + out - self._fit(after - 1, after) - 0.15 * min(abs(after - start), abs(after - end))
            if score > best_score:
                best, best_score = after, score
        if best < 0:
            return False
        moved = list(range(start, end + 1))
        for index in moved:
            sequence.remove(index)
        at = sequence.index(best)
        sequence[at:at] = moved
        follows[start] = (best - 1, "columns put back into their order", 0.75)
        follows[best] = (end, "columns put back into their order", 0.75)
        return True

    def _fit(self, before: int, after: int) -> float:
        """How well the first word of one block goes on after the last of another."""
        last, first = self.last[before], self.first[after]
        if self.pairs is None:
            self.pairs = self._counted()
        score = 2.0 if self.pairs.get((last, first), 0) else 0.0
        if last in {"and", "or"}:
            score += 3.0 if first == "other" else -1.0 if first in self.words.determiners else 0.0
        elif last in self.words.functions and first in self.words.functions:
            score -= 0.5
        elif last not in self.words.functions and first in self.words.determiners:
            score += 0.5
        return score

    def _counted(self) -> Mapping[tuple[str, str], int]:
        """Which pairs of words stand together in the article."""
        pairs: dict[tuple[str, str], int] = {}
        for draft in self.drafts[:2_000]:
            words = [
                word.lower() for word in WORD.findall(self.text[draft.start : min(draft.end, draft.start + 20_000)])
            ]
            for pair in pairwise(words):
                pairs[pair] = pairs.get(pair, 0) + 1
        return pairs

    def _splice(
        self, start: int, follows: dict[int, tuple[int, str, float]], spliced: dict[int, tuple[int, int]]
    ) -> bool:
        """Two sentences run into one block: its beginning belongs before a loose one, its rest after a loose end."""
        if self.first[start] not in self.words.modals or self.drafts[start].words > 40:
            return False
        found: list[tuple[int, int, int]] = []
        for end in self._ends(follows):
            after = end + 1
            if abs(after - start) > 12 or after >= len(self.drafts) or after in spliced or self.goes_on[after]:
                continue
            place = self._seam(after, end)
            if place is not None:
                found.append((abs(after - start), after, place))
        if not found:
            return False
        _, after, place = min(found)
        spliced[after] = (place, start)
        follows[after] = (after - 1, "reconstructed: two sentences that ran into one block", 0.5)
        return True

    def _seam(self, index: int, end: int) -> int | None:
        """Where in a block one sentence breaks into another: a noun with its article, then a noun without."""
        draft = self.drafts[index]
        words = [
            (found[0], draft.start + found.start())
            for found in WORD.finditer(self.text[draft.start : min(draft.end, draft.start + 600)])
        ]
        best: list[tuple[float, int]] = []
        for at in range(SHORTEST, len(words) - 2):
            (last, _), (first, place) = words[at - 1], words[at]
            between = self.text[place - 1 : place]
            if (
                between != " "
                or not first.islower()
                or first in self.words.functions
                or last.lower() in self.words.functions
            ):
                continue
            if not last.islower() or last.endswith(self.words.adjectives) or self.text[place - 2] in ",;:-":
                continue
            nouns = [word.lower() for word, _ in words[max(0, at - 3) : at - 1]]
            score = (
                1.0 if self.words.determiners & set(nouns[-1:]) else 0.5 if self.words.determiners & set(nouns) else 0.0
            )
            closing = self.text[place + len(first) : place + len(first) + 1]
            if self.last[end] in {"and", "or"} and closing == ",":
                score += 1.0
            if score >= 1.5:
                best.append((score, place))
        best.sort(key=lambda item: (-item[0], item[1]))
        return best[0][1] if best and (len(best) == 1 or best[0][0] > best[1][0]) else None

    def _reach_back(self, start: int, follows: dict[int, tuple[int, str, float]], sequence: list[int]) -> None:
        """A sentence that other paragraphs interrupt goes on a few blocks later."""
        for end in reversed([end for end in self._ends(follows) if start - NEAR <= end < start - 1]):
            if any(self.open[between] for between in range(end + 1, start)) or start not in sequence:
                continue
            follows[start] = (end, "a sentence that other paragraphs interrupt", 0.6)
            sequence.remove(start)
            sequence.insert(sequence.index(end) + 1, start)
            return

    def _told(
        self,
        pieces: list[Piece],
        sequence: list[int],
        follows: Mapping[int, tuple[int, str, float]],
        spliced: Mapping[int, tuple[int, int]],
        mostly_closed: bool,
    ) -> Order:
        """The pieces in order, with what is lost."""
        order = Order([])
        heads = {start: (block, place) for block, (place, start) in spliced.items()}
        for index in sequence:
            piece = pieces[index]
            if index in heads:
                block, place = heads[index]
                order.pieces.append(Piece(pieces[block].start, _trim(self.text, place), block))
                piece.joined, piece.why, piece.confidence = (
                    True,
                    "reconstructed: two sentences that ran into one block",
                    0.5,
                )
            if index in spliced:
                piece.start = spliced[index][0]
            if index in follows:
                _, piece.why, piece.confidence = follows[index]
                piece.joined = True
            order.pieces.append(piece)
        if mostly_closed:
            order.lost.extend(
                Span(self.drafts[end].end, self.drafts[end].end) for end in self._ends(follows) if self._is_lost(end)
            )
            order.lost.extend(self._gaps())
        order.lost.sort()
        return order

    def _is_lost(self, index: int) -> bool:
        """A paragraph of prose that breaks off, not a list's head or a line among lines."""
        draft = self.drafts[index]
        after = self.drafts[index + 1] if index + 1 < len(self.drafts) else None
        if (
            draft.form != "paragraph"
            or draft.words < 10
            or (not self.text[draft.start].isalpha() and draft.flat[0] not in "\"“‘'")
        ):
            return False
        return after is None or after.form not in {"item", "row"}

    def _gaps(self) -> list[Span]:
        """Where a word is missing: “an A, B and N against”, in which N is no adjective."""
        found: list[Span] = []
        for draft in self.drafts:
            if draft.form != "paragraph" or draft.words < SHORTEST:
                continue
            for gap in GAP.finditer(self.text, draft.start, min(draft.end, draft.start + LOOKED_AT)):
                adjectives = gap["one"].endswith(self.words.adjectives) and gap["two"].endswith(self.words.adjectives)
                if self.words.adjectives and adjectives and not gap["noun"].endswith(self.words.adjectives):
                    found.append(Span(gap.start("gap"), gap.start("gap")))
        return found


def _first_word(text: str, draft: Draft) -> str:
    found = WORD.search(text, draft.start, min(draft.end, draft.start + 80))
    return found[0].lower() if found else ""


def _last_word(text: str, draft: Draft) -> str:
    words = WORD.findall(text[max(draft.start, draft.end - 60) : draft.end])
    return words[-1].lower() if words else ""


def _trim(text: str, end: int) -> int:
    while end and text[end - 1].isspace():
        end -= 1
    return end
