"""What the book tells of a meeting to an audience: the entries that all of the audience may read, in order."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q

from hemicycle.accounts.access import WIDTH, Access
from hemicycle.bodies.models import RulesOfProcedure
from hemicycle.bodies.queries import rules_on
from hemicycle.journal.act import subject
from hemicycle.journal.models import Entry
from hemicycle.journal.queries import entries_about
from hemicycle.meetings.models import Meeting, Sitting

STRUCK = "words.struck"
TURNS = frozenset({
    "sitting.opened", "sitting.closed", "sitting.adjourned", "sitting.reopened", "sitting.opening_undone",
})  # fmt: skip


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
    def held(self) -> dict[int, Sitting]:
        """The sittings that were opened, and are held or were, by their keys."""
        return Sitting.every.filter(opened__isnull=False).in_bulk(keys_of(self.of("sitting.opened"), "sitting"))

    @cached_property
    def opened(self) -> list[Entry]:
        """The entries with which sittings were opened that were held: of one opened twice the last."""
        by_sitting = {key_of(entry, "sitting"): entry for entry in self.of("sitting.opened")}
        return [entry for key, entry in by_sitting.items() if key in self.held]

    @cached_property
    def rules(self) -> RulesOfProcedure:
        """The rules of procedure that applied to the meeting."""
        return rules_on(self.meeting.body, self.meeting.starts)

    @property
    def ended(self) -> bool:
        """Say whether the meeting was closed, and not opened again."""
        last = self.of("meeting.closed", "meeting.reopened")[-1:]
        return any(entry.kind == "meeting.closed" for entry in last)

    @cached_property
    def turns(self) -> list[Entry]:
        """The entries with which sittings began, ended or were adjourned, in order."""
        return [entry for entry in self.entries if entry.kind in TURNS or adjourned_for_want(entry)]

    @property
    def sits(self) -> bool:
        """Say whether a sitting is open."""
        return any(entry.kind in {"sitting.opened", "sitting.reopened"} for entry in self.turns[-1:])


def adjourned_for_want(entry: Entry) -> bool:
    """Say whether an entry is of a count after which a sitting was adjourned, because too few were there."""
    return entry.kind == "quorum.called" and bool(entry.facts["effect"] == "adjourned")


def told(meeting: Meeting, access: str, *, full: bool = False, apart: bool = False) -> Told:
    """Return what the body's book tells of a meeting to everybody in an audience. Erased facts tell nothing.

    Words that were struck are told to nobody, also where they were struck before fewer people than had heard them.
    """
    book = Told(meeting, Access(access), [], full, apart)
    about = entries_about(subject(meeting)).filter(book=meeting.body.book_id)
    readable = Q(access__in=book.audiences, facts_text__isnull=False)
    both = list(about.filter(readable | Q(kind=STRUCK)).order_by("number"))
    found = [entry for entry in both if entry.access in book.audiences and entry.facts_text is not None]
    struck = {name for entry in both if entry.kind == STRUCK for name in entry.subjects} & spoken(found)
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
