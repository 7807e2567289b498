"""What the book tells of a meeting to an audience: the entries that all of the audience may read, in order."""

from collections.abc import Iterator
from dataclasses import dataclass

from hemicycle.accounts.access import WIDTH, Access
from hemicycle.journal.act import subject
from hemicycle.journal.models import Entry
from hemicycle.journal.queries import entries_about
from hemicycle.meetings.models import Meeting


@dataclass(frozen=True)
class Told:
    """The entries about a meeting that an audience may read, in the order of the book."""

    meeting: Meeting
    access: Access
    entries: list[Entry]

    def of(self, *kinds: str) -> list[Entry]:
        """Return the entries of these kinds."""
        return [entry for entry in self.entries if entry.kind in kinds]

    def concerning(self, entry_subject: str, *kinds: str) -> Iterator[Entry]:
        """Yield the entries of these kinds that concern a thing."""
        return (entry for entry in self.of(*kinds) if entry_subject in entry.subjects)

    @property
    def ended(self) -> bool:
        """Say whether the meeting was closed."""
        return bool(self.of("meeting.closed"))


def told(meeting: Meeting, access: str) -> Told:
    """Return what the body's book tells of a meeting to everybody in an audience. Erased facts tell nothing."""
    audience = Access(access)
    readable = [wider for wider in Access if WIDTH[wider] >= WIDTH[audience]]
    entries = entries_about(subject(meeting)).filter(
        book=meeting.body.book_id, access__in=readable, facts_text__isnull=False
    )
    found = list(entries.order_by("number"))
    struck = {name for entry in found if entry.kind == "words.struck" for name in entry.subjects} & spoken(found)
    return Told(meeting, audience, [entry for entry in found if not struck.intersection(entry.subjects)])


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
