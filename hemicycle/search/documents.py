"""What the index holds: one searchable text for each thing, given by the room that the thing belongs to."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Searchable:
    """A thing as search knows it. `noun` and `key` make its subject; a later text replaces an earlier one.

    `access`, `book` and `scope` decide who may find it (see accounts.access.Viewer); `address` is its page without the
    language prefix; `day` is when it happened. `term` is the ordinal of the body's term, `sectors` what it is about,
    `people` those who stand in it with the office in which they do (“Marta Quill”, “chairwoman of the League”).
    """

    noun: str
    key: int
    title: str
    text: str
    address: str
    access: str
    book: int
    scope: str
    language: str
    body: str
    kind: str
    day: date | None
    term: int | None = None
    sectors: tuple[str, ...] = ()
    people: tuple[tuple[str, str], ...] = ()
