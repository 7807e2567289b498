"""Blocks that say again, word for word or nearly, what another block of the page said; found in one pass by hashes."""

from collections.abc import Sequence

from hemicycle.reader.blocks import WORD, Draft, simple_words
from hemicycle.reader.shape import Label

HEAD = 6  # Words whose sameness makes two blocks worth comparing.
LOOKED = 60
ALIKE = 0.8


def key_of(flat: str) -> tuple[str, ...]:
    """The words of a block, as far as they are compared."""
    piece = flat[:600].lower()
    joined = "-" in piece or "'" in piece or "’" in piece or "_" in piece
    return tuple((WORD.findall(piece) if joined else simple_words(piece))[:LOOKED])


def alike(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """The same words in nearly the same order: their shingles of three agree, or one is cut off within the other."""
    short, long = sorted((one, other), key=len)
    if len(short) >= HEAD and long[: len(short) - 1] == short[:-1]:
        return True  # A teaser cuts its last word.
    if len(short) < HEAD:
        return short == long
    first = {short[at : at + 3] for at in range(len(short) - 2)}
    second = {long[at : at + 3] for at in range(len(long) - 2)}
    return len(first & second) >= ALIKE * len(first | second)


def mark_repeats(drafts: Sequence[Draft], *, least: int = 2) -> None:
    """Set on every block the index of the first block that it repeats."""
    by_head: dict[tuple[str, ...], int] = {}
    keys: dict[int, tuple[str, ...]] = {}
    same: dict[str, int] = {}  # Where the very same words stood first.
    for index, draft in enumerate(drafts):
        draft.repeats = None
        if draft.words < least or draft.form == "metadata" or draft.hint is Label.NAVIGATION:
            continue
        if (before := same.setdefault(draft.flat, index)) != index:
            first = drafts[before].repeats
            draft.repeats = before if first is None else first
            continue
        words = keys[index] = key_of(draft.flat)
        if len(words) < least:
            del same[draft.flat]
            continue
        heads = (("", *words[:HEAD]), (*words[-HEAD:], "")) if len(words) > HEAD else (("", *words),)
        for head in heads:
            found = by_head.get(head)
            if found is not None and alike(keys[found], words):
                draft.repeats = found
                break
        if draft.repeats is None:
            for head in heads:
                by_head.setdefault(head, index)


def places(drafts: Sequence[Draft]) -> dict[int, list[int]]:
    """Every repeated block, with all the places where it stands."""
    found: dict[int, list[int]] = {}
    for index, draft in enumerate(drafts):
        if draft.repeats is not None:
            found.setdefault(draft.repeats, [draft.repeats]).append(index)
    return found
