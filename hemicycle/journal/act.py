"""A change of state is one act: it writes its rows and one entry, in one transaction, with the book locked first.

    with act(Kind.SITTING_OPENED, by=by, happened=happened) as entry:
        sitting = entry.lock(Sitting, sitting_id)
        ...                                     # ask the rules
        entry.update(sitting, opened=entry.when)
        entry.record(subjects=[sitting, sitting.meeting], access=sitting.access, facts={...})

Acts do not nest, send mail, call out or publish; whoever wants to know follows the book.
"""

import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import Any, Literal, TypeVar

from django.conf import settings
from django.db import connection, models, transaction
from django.utils.formats import date_format
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from hemicycle.ground.among import Among
from hemicycle.journal.bulk import insert_many
from hemicycle.journal.canonical import check, digest_of, written
from hemicycle.journal.chain import entry_digest
from hemicycle.journal.clock import now
from hemicycle.journal.models import Book, Entry
from hemicycle.journal.rows import cover
from hemicycle.journal.statements import insert, insert_entry, insert_subjects, locked, move_head, number_entered

Row = TypeVar("Row", bound=models.Model)

CHANNEL = "hemicycle"
_under_way: ContextVar[str | None] = ContextVar("act_under_way", default=None)


class Refused(Exception):
    """A refusal that a person can cause, with a code for programs and a sentence for the person.

    The sentence says what happened and what to do. `status` is 409 where the state is against it, 422 where the
    input is, 403 where the capacity is; `field` names the field of the form that it is about.
    """

    def __init__(self, code: str, sentence: str, *, status: Literal[403, 409, 422] = 409, field: str = "") -> None:
        super().__init__(code, sentence)
        self.code = code
        self.sentence = sentence
        self.status = status
        self.field = field


class NotRecorded(RuntimeError):
    """An act ended without an entry, or with two: a mistake in the program, so nothing was written."""


class ActInsideAct(RuntimeError):
    """An act was begun inside another: a mistake in the program."""


@dataclass(frozen=True)
class Actor:
    """A person acting in a capacity, as the book names them. `book` is the book of the body they act for.

    `capacity` is one of accounts.capacities; `title` is how the capacity is called there (“chair of the
    Council”). `once` is the token of the form that asked; `person` and `account` are keys, None for the house
    itself.
    """

    name: str
    capacity: str
    title: str
    body: str
    book: int
    person: int | None = None
    account: int | None = None
    once: str | None = None
    # The one meeting (as a subject) in which they act, where they signed in for that alone.
    only: str = ""

    def with_once(self, once: str | None) -> "Actor":
        """Return the same actor, answering the form with this token."""
        return replace(self, once=once or None)


@dataclass(frozen=True)
class Happened:
    """When an act happened, where that is not the moment of its entry: a moment, a date, a range, or not stated.

    Moments have a time zone. A moment has no end; a date is given as the first and last moment of the day at the
    body's place. The reason says why it is entered later (an hour kept on paper, an imported report).

    Raises:
        ValueError: the moments do not fit the precision, or one of them has no time zone.
    """

    precision: Literal["moment", "date", "range", "not stated"]
    start: datetime | None = None
    end: datetime | None = None
    reason: str = ""

    def __post_init__(self) -> None:
        stated = [moment for moment in (self.start, self.end) if moment is not None]
        if len(stated) != {"moment": 1, "date": 2, "range": 2, "not stated": 0}[self.precision] or (
            stated and self.start is None
        ):
            raise ValueError(f"These moments do not state a {self.precision}: {self.start}, {self.end}.")
        if any(moment.tzinfo is None for moment in stated):
            raise ValueError("A moment has a time zone.")
        if self.start and self.end and self.end < self.start:
            raise ValueError("What happened ended before it began.")


class Act:
    """What an act may do while its book is locked: lock rows, write them, and record the one entry."""

    def __init__(self, kind: str, by: Actor, book: Book, happened: Happened | None) -> None:
        self.kind = kind
        self.by = by
        self.book = book
        self.recorded_at = max(now(), book.head_recorded_at) if book.head_recorded_at else now()
        self.happened = happened or Happened("moment", self.recorded_at)
        self.entry: Entry | None = None
        self._rows: list[models.Model] = []
        self._gone: list[models.Model] = []
        self._said: dict[str, Any] | None = None

    @property
    def when(self) -> datetime:
        """The moment the act counts from: when it happened, or when it is entered if that was not stated."""
        return self.happened.start or self.recorded_at

    def lock(self, model: type[Row], key: object) -> Row:
        """Return the row with this key, locked until the act ends; raise DoesNotExist where there is none."""
        return locked(model, key)

    def create(self, row: Row) -> Row:
        """Insert a row and cover it."""
        insert(row)
        self._rows.append(row)
        return row

    def create_many(self, model: type[Row], rows: Iterable[Row]) -> list[Row]:
        """Insert many rows at once and cover each of them."""
        made = insert_many(model, rows)
        self._rows.extend(made)
        return made

    def update(self, row: Row, **changes: object) -> Row:
        """Write these columns of a row and cover it."""
        for name, value in changes.items():
            setattr(row, name, value)
        row.save(update_fields=list(changes))
        self._rows.append(row)
        return row

    def update_many(self, rows: Iterable[Row], fields: list[str]) -> None:
        """Write these columns of many rows at once and cover each of them."""
        changed = list(rows)
        if changed:
            type(changed[0])._default_manager.bulk_update(changed, fields, batch_size=500)
            self._rows.extend(changed)

    def update_same(self, rows: Sequence[Row], **changes: object) -> None:
        """Write the same into these columns of many rows at once and cover each of them."""
        for start in range(0, len(rows), 2000):
            some = rows[start : start + 2000]
            type(some[0])._default_manager.filter(Among("pk", [row.pk for row in some])).update(**changes)
            for row in some:
                for name, value in changes.items():
                    setattr(row, name, value)
            self._rows.extend(some)

    def delete(self, row: models.Model) -> None:
        """Delete a row and remember that it is gone."""
        self._gone.append(type(row)(pk=row.pk))
        row.delete()

    def open_book(self, noun: str, slug: str, title: str) -> Book:
        """Begin the book of a body or unit that this act founds."""
        return self.create(Book(noun=noun, slug=slug, title=title))

    def record(
        self,
        *,
        subjects: Iterable[models.Model | str],
        access: str,
        facts: Mapping[str, object],
        scope: models.Model | str = "",
    ) -> None:
        """State what the entry says: what it concerns, who may read it, and its facts. Once in every act.

        `scope` names the meeting whose participants may read an entry with access “participants”. What it has as
        `told_in_every_entry` is among the facts of each entry within it.
        """
        if self._said is not None:
            raise NotRecorded(f"{self.kind} was recorded twice.")
        names = {name if isinstance(name, str) else subject(name) for name in subjects}
        if not names:
            raise NotRecorded(f"{self.kind} concerns nothing.")
        within = scope if isinstance(scope, str) else subject(scope)
        if self.by.only and self.by.only != within:
            raise Refused("other_meeting", _("You signed in for another meeting. Nothing was entered."), status=403)
        self._said = {
            "subjects": sorted(names),
            "access": str(access),
            "scope": within,
            "facts": written(check({**facts, **getattr(scope, "told_in_every_entry", {})})),
        }

    def write(self) -> Entry:
        """Append the entry to the locked book."""
        said = self._said
        if said is None:
            raise NotRecorded(f"{self.kind} recorded nothing.")
        salt, rows_salt = secrets.token_hex(16), secrets.token_hex(16)
        entry = Entry(
            book=self.book,
            number=self.book.head_number + 1,
            recorded_at=self.recorded_at,
            happened_as=self.happened.precision,
            happened_from=self.happened.start,
            happened_to=self.happened.end,
            happened_reason=self.happened.reason,
            actor_name=self.by.name,
            actor_capacity=self.by.title,
            actor_body=self.by.body,
            kind=self.kind,
            subjects=said["subjects"],
            access=said["access"],
            scope=said["scope"],
            facts_text=said["facts"],
            salt=salt,
            facts_digest=digest_of(said["facts"], salt),
            rows=cover(self._rows, self._gone, rows_salt),
            rows_salt=rows_salt,
            previous=self.book.head_digest,
            once=self.by.once,
        )
        entry.digest = entry_digest(entry, str(self.book.uuid))
        insert_entry(entry)
        insert_subjects(entry, said["subjects"])
        move_head(self.book, entry.number, entry.digest, entry.recorded_at)
        self.entry = entry
        return entry


@contextmanager
def act(kind: str, *, by: Actor, happened: Happened | None = None) -> Iterator[Act]:
    """Begin an act of this kind: rights are asked, the transaction opened and the actor's book locked.

    Leaving the block appends the entry and commits. An exception inside rolls everything back.

    Raises:
        Refused: the actor has no right to it, the same form was already answered, or it has not happened yet.
        ActInsideAct: another act is under way.
        NotRecorded: the block said nothing to record.
    """
    if (outer := _under_way.get()) is not None:
        raise ActInsideAct(f"{kind} was begun inside {outer}.")
    ask_right()(kind, by)
    token = _under_way.set(kind)
    try:
        with transaction.atomic(durable=True):
            book = locked(Book, by.book, no_key=True)
            if by.once and (before := number_entered(book, by.once)):
                raise already_entered(before)
            doing = Act(kind, by, book, happened)
            if doing.when > doing.recorded_at:
                raise in_the_future(doing)
            yield doing
            written = doing.write()
            if connection.vendor == "postgresql":
                # Robust: the act stands whether or not the hint could be given.
                transaction.on_commit(lambda: announce(f"{written.book_id}:{written.number}"), robust=True)
    finally:
        _under_way.reset(token)


def already_entered(number: int) -> Refused:
    """Return the refusal of a form that was posted twice."""
    return Refused(
        "already_entered",
        _("This was already entered, as number %(number)d of the book. Nothing was entered twice.")
        % {"number": number},
    )


def in_the_future(doing: Act) -> Refused:
    """Return the refusal of an act that is said to have happened after it is entered."""
    return Refused(
        "not_yet_happened",
        _("This would have happened on %(when)s (UTC), which is still to come. Enter it once it has happened.")
        % {"when": date_format(doing.when, "DATETIME_FORMAT")},
        status=422,
        field="happened",
    )


def announce(head: str) -> None:
    """Tell other processes that a book has grown. A hint, sent after the commit: readers also look by themselves."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, head])


def subject(row: models.Model) -> str:
    """Return a row's name in the index of subjects: its noun and key."""
    return f"{row._meta.model_name}:{row.pk}"


@cache
def ask_right() -> Callable[[str, Actor], None]:
    """Return the one function of the house that knows who may do what."""
    found: Callable[[str, Actor], None] = import_string(settings.HEMICYCLE_RIGHTS)
    return found
