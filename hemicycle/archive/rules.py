"""What holds for archived meetings. Pure: no database, no clock."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
# What a passage is where several facts stand in it: the rarest first.
SORTS = (
    ("criticised", "criticism"),
    ("adopted", "decision"),
    ("election", "decision"),
    ("tasks", "task"),
    ("success", "success"),
)


@dataclass(frozen=True)
class Identity:
    """By what a meeting is known: its kind, numbers and days, as far as a page tells them."""

    kind: str = ""
    term: int | None = None
    number: int | None = None
    starts: date | None = None
    ends: date | None = None
    enlarged: bool = False
    told_day: str = ""
    year: int | None = None
    place: str = ""


@dataclass(frozen=True)
class Place:
    """A passage of a page, and the keys of what is said there."""

    start: int
    end: int
    keys: tuple[int, ...]


def identity_of(stated: Iterable[tuple[str, Any]]) -> Identity:
    """Return by what a meeting is known, from its stated facts (field and value); the first of each counts."""
    first: dict[str, Any] = {}
    for field, value in stated:
        if value not in (None, ""):
            first.setdefault(field, value)
    starts, ends = day(first.get("meeting.start")), day(first.get("meeting.end"))
    if ends and (starts is None or ends < starts):
        starts, ends = starts or ends, None if starts else ends
    month, weekday = text(first.get("meeting.month")), text(first.get("meeting.weekday"))
    told_day = "" if starts else ", ".join(part for part in (weekday, month) if part)
    found = YEAR.search(told_day)
    return Identity(
        kind=text(first.get("meeting.kind"))[:60],
        term=number(first.get("meeting.term_ordinal")),
        number=number(first.get("meeting.meeting_ordinal")),
        starts=starts,
        ends=ends,
        enlarged=first.get("meeting.enlarged") is True,
        told_day=told_day[:100],
        year=starts.year if starts else int(found.group()) if found else None,
        place=text(first.get("meeting.place"))[:300],
    )


def day(value: object) -> date | None:
    """Return a day written as ISO text, or None."""
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def number(value: object) -> int | None:
    """Return a counting number that a column can hold, or None."""
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 < value < 2**31 else None


def text(value: object) -> str:
    """Return a text, or nothing where the value is none."""
    return value if isinstance(value, str) else ""


def same_meeting(one: Identity, other: Identity) -> bool:
    """Say whether two reports of one body look like reports of one meeting; a person decides.

    Numbers decide where both have one, within the same term; else the days do. A plenary is no congress.
    """
    if one.kind and other.kind and one.kind != other.kind:
        return False
    if one.number and other.number:
        terms = one.term == other.term or None in (one.term, other.term)
        return one.number == other.number and terms and close_in_time(one, other)
    if one.starts and other.starts:
        return one.starts <= (other.ends or other.starts) and other.starts <= (one.ends or one.starts)
    return False


def close_in_time(one: Identity, other: Identity) -> bool:
    """Say whether nothing in the years of two reports speaks against one meeting: it may last into the next."""
    return one.year is None or other.year is None or abs(one.year - other.year) <= 1


def disagreements(values: Mapping[str, Sequence[tuple[int, Any]]], single: Iterable[str]) -> set[str]:
    """Return the fields that are stated once on a page, and by different sources differently.

    `values` has for each field pairs of a source and a value. Several values of one source, such as two who presided
    in turn, are compared as a whole.
    """
    found = set()
    for field in single:
        by_source: dict[int, set[str]] = {}
        for source, value in values.get(field, ()):
            by_source.setdefault(source, set()).add(plain(value))
        if len({frozenset(told) for told in by_source.values()}) > 1:
            found.add(field)
    return found


def plain(value: object) -> str:
    """Return a value as it is compared: spaces and capitals do not count."""
    return " ".join(str(value).casefold().split())


def parted(start: int, end: int, places: Sequence[Place]) -> list[tuple[int, int, tuple[int, ...]]]:
    """Cut text[start:end] wherever a passage begins or ends; return each piece with the keys of what is said in it."""
    inside = [place for place in places if place.start < end and place.end > start]
    cuts = {start, end}
    for place in inside:
        cuts |= {max(place.start, start), min(place.end, end)}
    edges = sorted(cuts)
    pieces = []
    for first, last in pairwise(edges):
        keys = tuple(key for place in inside if place.start <= first and place.end >= last for key in place.keys)
        pieces.append((first, last, keys))
    return pieces


def blocks_in(length: int, blocks: Iterable[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Return blocks (start, end, label) in order and without overlap, and what lies between them, labelled “”."""
    found: list[tuple[int, int, str]] = []
    at = 0
    for start, end, label in sorted(blocks):
        first, last = max(start, at), min(end, length)
        if last <= first:
            continue
        if first > at:
            found.append((at, first, ""))
        found.append((first, last, label))
        at = last
    if at < length:
        found.append((at, length, ""))
    return found


def sort_of(label: str, fields: Iterable[str]) -> str:
    """Return what a passage is: its kind of furniture, or what is said there, or just a passage of the article."""
    if label not in ("article", ""):
        return label
    said = set(fields)
    return next((sort for field, sort in SORTS if field in said), "passage")


def repaired(text_of: str, start: int, repairs: Iterable[tuple[int, int, str]]) -> str:
    """Return a passage that begins at `start` with the repairs (start, end, what should stand there) inside it made."""
    made, at = [], 0
    for first, last, better in sorted(repairs):
        if first - start >= at and last - start <= len(text_of) and last >= first:
            made += [text_of[at : first - start], better]
            at = last - start
    return "".join([*made, text_of[at:]])
