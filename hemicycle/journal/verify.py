"""Proof of the record: every chain is recomputed, and every covered row compared with the entry that last wrote it.

Read in one snapshot of the database and in bounded memory, while others write.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from hemicycle.journal.canonical import NO_DIGEST, digest_of
from hemicycle.journal.chain import entry_digest
from hemicycle.journal.checkpoints import holds, kept_heads, known_keys
from hemicycle.journal.covers import Covers
from hemicycle.journal.models import Book, Checkpoint, Entry, Subject
from hemicycle.journal.unreadable import unreadable_moments
from hemicycle.journal.words import Kind

BATCH = 2000


@dataclass(frozen=True)
class Problem:
    """Something that does not hold: in which book (noun/slug), at which number, or in which row of which table."""

    book: str
    number: int | None
    table: str
    key: str
    sentence: str


def verify() -> list[Problem]:
    """Return the first thing that does not hold in each book, and everything else that no book answers for."""
    with snapshot(), Covers() as covers:
        return [*first_of_each_book(covers), *not_in_the_books()]


@contextmanager
def snapshot() -> Iterator[None]:
    """Read the database as it is at one moment, without holding up those who write."""
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
    else:
        # By hand, because Django would begin with the one write lock of the database.
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")


def first_of_each_book(covers: Covers) -> Iterator[Problem]:
    """Yield the first problem of every book: in its chain, or else in the rows that its entries cover."""
    faulty: set[str] = set()
    erased = erasures()
    for book in Book.objects.order_by("pk"):
        if problem := chain_problem(book, covers, erased):
            faulty.add(problem.book)
            yield problem
    names = {book.pk: address(book) for book in Book.objects.all()}
    for table, key, book_key, number, sentence in covers.rows_that_do_not_hold():
        name = names.get(book_key, "") if book_key is not None else ""
        if not name or name not in faulty:
            faulty.add(name)
            yield Problem(name, number, table, key, sentence)


def not_in_the_books() -> Iterator[Problem]:
    """Yield values that cannot be read, and what the rooms themselves say does not hold (boxes, files)."""
    for table, key, sentence in unreadable_moments():
        yield Problem("", None, table, key, sentence)
    for path in settings.HEMICYCLE_VERIFY:
        for sentence in import_string(path)():
            yield Problem("", None, "", "", sentence)


def address(book: Book) -> str:
    """Return a book's place among the books."""
    return f"{book.noun}/{book.slug}"


def erasures() -> set[tuple[str, int]]:
    """Return the entries whose facts an act erased: the book's UUID and the number."""
    told = Entry.objects.filter(kind=Kind.FACTS_ERASED, facts_text__isnull=False).values_list("facts_text", flat=True)
    return {(facts["book"], facts["number"]) for facts in (json.loads(text or "") for text in told)}


def chain_problem(book: Book, covers: Covers, erased: set[tuple[str, int]]) -> Problem | None:
    """Recompute the chain of one book, remembering the rows it covers, and return the first thing that fails."""
    uuid, problem = str(book.uuid), None
    signed, sentence = signed_heads(book)
    if sentence:
        problem = Problem(address(book), None, Checkpoint._meta.db_table, "", sentence)
    before: Entry | None = None
    index = subjects_by_entry(book)
    for entry in Entry.objects.filter(book=book).order_by("number").iterator(chunk_size=BATCH):
        covers.add(entry)
        if problem is None and (
            fault := entry_fault(entry, before, uuid, next(index, (0, set())), erased)
            or checkpoint_fault(entry, signed)
        ):
            problem = Problem(address(book), number_at_fault(entry, before), Entry._meta.db_table, str(entry.pk), fault)
        before = entry
    covers.flush()
    if problem is None and (fault := head_fault(book, before, signed)):
        problem = Problem(address(book), before.number if before else None, Book._meta.db_table, str(book.pk), fault)
    return problem


def number_at_fault(entry: Entry, before: Entry | None) -> int:
    """Return the number that should stand here: of this entry, or of the one that is missing."""
    return min(entry.number, before.number + 1 if before else 1)


def subjects_by_entry(book: Book) -> Iterator[tuple[int, set[str]]]:
    """Yield the index of subjects as it stands, by the key of the entry, in the order of the book."""
    rows = Subject.objects.filter(entry__book=book).order_by("entry__number", "pk").values_list("entry_id", "name")
    for key, group in groupby(rows.iterator(chunk_size=BATCH), key=lambda row: row[0]):
        yield key, {name for _key, name in group}


def entry_fault(
    entry: Entry, before: Entry | None, uuid: str, indexed: tuple[int, set[str]], erased: set[tuple[str, int]]
) -> str:
    """Say what does not hold in an entry, given the one before it; empty where everything does."""
    expected = before.number + 1 if before else 1
    if entry.number != expected:
        return _("Entry %(number)d is missing.") % {"number": expected}
    if entry.previous != (before.digest if before else NO_DIGEST):
        return _("Entry %(number)d does not follow the one before it.") % {"number": entry.number}
    if digest_that_fits(entry, uuid) != entry.digest:
        return _("Entry %(number)d was altered.") % {"number": entry.number}
    if before and (entry.recorded_at < before.recorded_at or entry.pk < before.pk):
        return _("Entry %(number)d was recorded before the one it follows.") % {"number": entry.number}
    if indexed != (entry.pk, set(entry.subjects)):
        return _("The index of subjects of entry %(number)d was altered.") % {"number": entry.number}
    return facts_fault(entry, uuid, erased)


def digest_that_fits(entry: Entry, uuid: str) -> str:
    """Return the digest that the entry must carry; empty where it can have none at all."""
    try:
        return entry_digest(entry, uuid)
    except (ValueError, TypeError, AttributeError):
        return ""


def facts_fault(entry: Entry, uuid: str, erased: set[tuple[str, int]]) -> str:
    """Say what does not hold in an entry's facts."""
    if entry.facts_text is None and entry.salt is None:
        if (uuid, entry.number) in erased:
            return ""
        return _("The facts of entry %(number)d are gone, and no entry says that they were erased.") % {
            "number": entry.number
        }
    try:
        fits = digest_of(entry.facts_text or "", entry.salt or "") == entry.facts_digest
    except ValueError:
        fits = False
    return "" if fits else _("The facts of entry %(number)d were altered.") % {"number": entry.number}


def signed_heads(book: Book) -> tuple[dict[int, str], str]:
    """Return the signed heads of a book by number, and a sentence about the first signature that does not hold."""
    known = set(known_keys())
    signed: dict[int, str] = {}
    for checkpoint in Checkpoint.objects.filter(book=book).order_by("number").iterator(chunk_size=BATCH):
        told: dict[str, Any] = {"number": checkpoint.number}
        if not holds(checkpoint, str(book.uuid)):
            return signed, _("The checkpoint at number %(number)d was altered: its signature does not hold.") % told
        if known and checkpoint.public_key not in known:
            return signed, _("The checkpoint at number %(number)d was signed with a key unknown here.") % told
        signed[checkpoint.number] = checkpoint.digest
    number, digest = kept_heads().get(str(book.uuid), (0, ""))
    if number and signed.setdefault(number, "") != digest:
        signed[number] = digest
        told = {"number": number}
        return signed, _("The head signed at number %(number)d stands beside the key and not in the database.") % told
    return signed, ""


def checkpoint_fault(entry: Entry, signed: dict[int, str]) -> str:
    """Say so where an entry is not the one that was signed."""
    if signed.get(entry.number, entry.digest) == entry.digest:
        return ""
    return _("Entry %(number)d is not the one that was signed: the book was rewritten.") % {"number": entry.number}


def head_fault(book: Book, last: Entry | None, signed: dict[int, str]) -> str:
    """Say so where the book ends elsewhere than its head says, or before a signed checkpoint."""
    number = last.number if last else 0
    if signed and max(signed) > number:
        return _("The book ends at number %(number)d, but was signed up to %(signed)d: its end was cut off.") % {
            "number": number,
            "signed": max(signed),
        }
    head = (book.head_number, book.head_digest, book.head_recorded_at)
    if head != (number, last.digest if last else NO_DIGEST, last.recorded_at if last else None):
        return _("The book says that it ends at number %(head)d, but its last entry is %(number)d.") % {
            "head": book.head_number,
            "number": number,
        }
    return ""
