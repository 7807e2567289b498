"""The passages of a source: its paragraphs and pieces of furniture, each with what is said there."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from hemicycle.archive.models import ArchivedReport, Fact, Passage, Reading
from hemicycle.archive.rules import repaired, sort_of
from hemicycle.reader.lines import Lines

SHORTEST = 3
LONGEST = 20_000


def passages_of(report: ArchivedReport, reading: Reading, facts: Sequence[Fact]) -> Iterator[Passage]:
    """Yield the passages of a source. A block that repeats another is one more place of it, and no passage."""
    blocks = reading.page.get("blocks", [])
    places = places_by_first(blocks)
    repairs = [
        (repair["start"], repair["end"], repair["repaired"])
        for repair in reading.page.get("repairs", [])
        if isinstance(repair.get("repaired"), str)
    ]
    lines, ordinal = Lines(reading.text), 0
    for index, block in enumerate(blocks):
        start, end = block["start"], min(block["end"], block["start"] + LONGEST)
        words = reading.text[start:end]
        if block["repeats"] is not None or len(words.strip()) < SHORTEST:
            continue
        ordinal += 1
        yield Passage(
            report=report,
            ordinal=ordinal,
            sort=sort_of(block["label"], said_in(start, end, facts))[:16],
            start=start,
            end=end,
            line=lines.line(start),
            places=places[index],
            text=words,
            repaired=repaired(words, start, repairs),
        )


def places_by_first(blocks: Sequence[dict[str, Any]]) -> dict[int, list[list[int]]]:
    """Return every place of a block, by the index of the first that says the same."""
    places: dict[int, list[list[int]]] = defaultdict(list)
    for index, block in enumerate(blocks):
        first = index if block["repeats"] is None else block["repeats"]
        places[first].append([block["start"], block["end"]])
    return places


def said_in(start: int, end: int, facts: Iterable[Fact]) -> set[str]:
    """Return the fields of the facts that stand in a passage, at least with half of their words."""
    found = set()
    for fact in facts:
        if fact.start is None or fact.end is None:
            continue
        common = min(end, fact.end) - max(start, fact.start)
        if common > 0 and 2 * common >= min(fact.end - fact.start, end - start):
            found.add(fact.field)
    return found
