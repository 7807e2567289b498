"""What the book tells of a meeting to an audience: the entries that all of the audience may read, in order."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from hemicycle.accounts.access import WIDTH, Access
from hemicycle.journal.act import subject
from hemicycle.journal.models import Entry
from hemicycle.journal.queries import entries_about
from hemicycle.meetings.models import Meeting, Sitting


@dataclass(frozen=True)
class Told:
    """The entries about a meeting that an audience may read, in the order of the book.

    `full`: told as minutes are, with everything and the clock. `apart`: only what no wider audience may read.
    """

    meeting: Meeting
    access: Access
    entries: list[Entry]
    full: bool = False
    apart: bool = False

    @property
    def audiences(self) -> list[Access]:
        """The audiences of what is told: this one and every wider one, or this one alone."""
        return [one for one in Access if one == self.access or (not self.apart and WIDTH[one] > WIDTH[self.access])]

    def of(self, *kinds: str) -> list[Entry]:
        """Return the entries of these kinds."""
        return [entry for entry in self.entries if entry.kind in kinds]

    def concerning(self, entry_subject: str, *kinds: str) -> Iterator[Entry]:
        """Yield the entries of these kinds that concern a thing."""
        return (entry for entry in self.of(*kinds) if entry_subject in entry.subjects)

    @cached_property
    def opened(self) -> list[Entry]:
        """The entries with which sittings were opened that were held: of one opened twice the last."""
        by_sitting = {key_of(entry, "sitting"): entry for entry in self.of("sitting.opened")}
        held = Sitting.every.filter(pk__in=list(by_sitting), opened__isnull=False).values_list("pk", flat=True)
        return [by_sitting[key] for key in by_sitting if key in set(held)]

    @property
    def ended(self) -> bool:
        """Say whether the meeting was closed, and not opened again."""
        last = self.of("meeting.closed", "meeting.reopened")[-1:]
        return any(entry.kind == "meeting.closed" for entry in last)

    @property
    def sits(self) -> bool:
        """Say whether a sitting is open."""
        last = self.of(
            "sitting.opened", "sitting.closed", "sitting.adjourned", "sitting.reopened", "sitting.opening_undone"
        )[-1:]
        return any(entry.kind in {"sitting.opened", "sitting.reopened"} for entry in last)


def told(meeting: Meeting, access: str, *, full: bool = False, apart: bool = False) -> Told:
    """Return what the body's book tells of a meeting to everybody in an audience. Erased facts tell nothing."""
    book = Told(meeting, Access(access), [], full, apart)
    entries = entries_about(subject(meeting)).filter(
        book=meeting.body.book_id, access__in=book.audiences, facts_text__isnull=False
    )
    found = list(entries.order_by("number"))
    struck = {name for entry in found if entry.kind == "words.struck" for name in entry.subjects} & spoken(found)
    book.entries.extend(entry for entry in found if not struck.intersection(entry.subjects))
    return book


def spoken(entries: list[Entry]) -> set[str]:
    """Return the subjects of entries that are words somebody said: reports, speeches and conclusions."""
    nouns = {"report", "speech", "conclusion", "organreport"}
    return {name for entry in entries for name in entry.subjects if name.partition(":")[0] in nouns}


def key_of(entry: Entry, noun: str) -> int | None:
    """Return the key of the thing of this kind that an entry concerns, if it concerns one."""
    found = (name.partition(":") for name in entry.subjects)
    return next((int(key) for name, _colon, key in found if name == noun), None)


def keys_of(entries: list[Entry], noun: str) -> list[int]:
    """Return the keys of the things of this kind that entries concern, each once, in order."""
    return list(dict.fromkeys(key for entry in entries if (key := key_of(entry, noun)) is not None))
