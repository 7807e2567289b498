"""A stored page as it is shown: its paragraphs in their order, furniture labelled, and passages to be clicked."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from hemicycle.archive.models import Reading
from hemicycle.archive.rules import Place, blocks_in, parted

# Of a page longer than this the beginning is shown; nothing is read for facts so far in.
LONGEST_SHOWN = 300_000
SHORTEST_LINK = 4


@dataclass(frozen=True)
class Said:
    """Something said at a place: its key among the proposals or facts, and the group whose colour it has."""

    key: int
    group: str
    start: int
    end: int


@dataclass(frozen=True)
class Piece:
    """A stretch of text; `keys` are what is said in it, the closest first, `at` whether the link points here."""

    text: str
    keys: tuple[int, ...]
    group: str
    at: bool
    first_of: tuple[int, ...] = ()

    @property
    def linked(self) -> bool:
        """Whether it is long enough to be hit: a stop after a slogan is none."""
        return sum(letter.isalnum() for letter in self.text) >= SHORTEST_LINK


@dataclass(frozen=True)
class Paragraph:
    """A block of the page. `label` names its kind of furniture for people; empty in the article."""

    kind: str
    label: str
    pieces: list[Piece]


def furniture() -> dict[str, str]:
    """Return how kinds of furniture are called."""
    return {
        "title": _("headline"),
        "front": _("front matter"),
        "masthead": _("masthead"),
        "navigation": _("navigation"),
        "advertisement": _("advertisement"),
        "teaser": _("teaser"),
        "caption": _("caption"),
        "colophon": _("colophon"),
        "end_mark": _("end mark"),
        "chat": _("talk around the minutes"),
        "noise": _("noise"),
    }


def paragraphs(reading: Reading, said: Sequence[Said], at: tuple[int, int] | None = None) -> list[Paragraph]:
    """Return a page's paragraphs with what is said in them; `at` is the passage that a link points to."""
    text = reading.text[:LONGEST_SHOWN]
    groups = {one.key: one.group for one in said}
    length = {one.key: one.end - one.start for one in said}
    places = [Place(one.start, one.end, (one.key,)) for one in said]
    if at:
        places.append(Place(*at, (-1,)))
    blocks = [(block["start"], block["end"], block["label"]) for block in reading.page.get("blocks", [])]
    labels, begun = furniture(), set[int]()
    shown = []
    for start, end, label in blocks_in(len(text), blocks):
        if not text[start:end].strip():
            continue
        pieces = []
        for first, last, keys in parted(start, end, places):
            own = tuple(sorted((key for key in keys if key != -1), key=lambda key: length[key]))
            new = tuple(key for key in keys if key not in begun)
            begun.update(new)
            group = groups[own[0]] if own else ""
            pieces.append(Piece(text[first:last], own, group, -1 in keys, new))
        shown.append(Paragraph(label or "between", labels.get(label, ""), pieces))
    return shown


def place_in(text: str, length: int) -> tuple[int, int] | None:
    """Return the passage that a link names (“210-694”), where there is such a place in a text of this length."""
    start, _dash, end = text.partition("-")
    if not (start.isdecimal() and end.isdecimal()) or len(text) > 20:
        return None
    first, last = int(start), min(int(end), length)
    return (first, last) if first < last else None
