"""Things to find, standing in for the rooms that have them."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from hemicycle.journal.act import Actor, act
from hemicycle.search.documents import Searchable

THINGS: dict[str, Searchable] = {}


def meetings(keys: Iterable[int]) -> Iterator[Searchable]:
    """Yield the meetings with these keys."""
    return (thing for key in keys if (thing := THINGS.get(f"meeting:{key}")))


def decisions(keys: Iterable[int]) -> Iterator[Searchable]:
    """Yield the decisions with these keys."""
    return (thing for key in keys if (thing := THINGS.get(f"decision:{key}")))


def enter(by: Actor, noun: str, key: int, title: str, text: str = "", **more: Any) -> Searchable:
    """Enter a thing, or enter it anew, by an act that concerns it."""
    thing = Searchable(
        noun=noun,
        key=key,
        title=title,
        text=text,
        address=f"/{noun}s/{key}/",
        access="public",
        book=by.book,
        scope="",
        language="en",
        body="General Meeting",
        kind=noun,
        day=date(2026, 3, key % 28 + 1),
    )
    THINGS[f"{noun}:{key}"] = replace(thing, **more)
    concern(by, f"{noun}:{key}")
    return THINGS[f"{noun}:{key}"]


def concern(by: Actor, *names: str, scope: str = "") -> None:
    """Do an act that concerns these things."""
    with act("meeting.convened", by=by) as entry:
        entry.record(subjects=names, access="public", facts={}, scope=scope)
