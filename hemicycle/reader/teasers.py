"""The other articles that a page announces: each once, with all the places where it is announced."""

from dataclasses import dataclass

from hemicycle.reader.page_dates import dates_in
from hemicycle.reader.shape import Block, Label, Page, Span


@dataclass(frozen=True, slots=True)
class Teaser:
    """Another article, announced once or more often."""

    words: str  # Its first words, as they stand where it is announced first.
    places: tuple[Span, ...]


def teasers(page: Page) -> tuple[Teaser, ...]:
    """What the page announces, without its repetitions; each place runs from a teaser's first block to its last."""
    found: dict[int, list[Span]] = {}
    for run in _runs(page):
        first = run[0]
        original = page.blocks[first].repeats
        key = first if original is None else original
        found.setdefault(key, []).append(Span(page.blocks[first].span.start, page.blocks[run[-1]].span.end))
    return tuple(Teaser(page.words(page.blocks[key].span), tuple(places)) for key, places in found.items())


def _runs(page: Page) -> list[list[int]]:
    """The blocks of each teaser: up to its date and what repeats itself around it."""
    runs: list[list[int]] = []
    run: list[int] = []
    dated = False
    for index, block in enumerate(page.blocks):
        if block.label is not Label.TEASER or block.why.startswith("tail"):
            _close(runs, run)
            run, dated = [], False
            continue
        if run and dated and not _again(page, run, index):
            _close(runs, run)
            run, dated = [], False
        dated = dated or _is_date(page, block)
        run.append(index)
    _close(runs, run)
    return runs


def _close(runs: list[list[int]], run: list[int]) -> None:
    if run:
        runs.append(run)


def _again(page: Page, run: list[int], index: int) -> bool:
    """Whether a block says again what its teaser has said already."""
    block = page.blocks[index]
    kin = {key for at in run for key in (at, page.blocks[at].repeats) if key is not None}
    return block.repeats in kin and not _is_date(page, block)


def _is_date(page: Page, block: Block) -> bool:
    return any(
        found.alone for found in dates_in(page.text, block.span.start, min(block.span.end, block.span.start + 90))
    )
