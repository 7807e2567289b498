"""Reading the books: following them as they grow, and what was recorded about a thing."""

import json
from collections.abc import Iterator

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.http import Http404
from django.utils.translation import gettext as _

from hemicycle.journal.models import Book, Checkpoint, Entry
from hemicycle.journal.readers import Reader


def follow(book: int, after: int, limit: int = 500) -> list[Entry]:
    """Return the entries of a book past a number, in order. Numbers follow commits, so none appears later behind."""
    return list(Entry.objects.filter(book=book, number__gt=after).order_by("number")[:limit])


def follow_to_the_end(book: int, after: int, limit: int = 500) -> Iterator[Entry]:
    """Yield every entry of a book past a number, a batch at a time."""
    while batch := follow(book, after, limit):
        yield from batch
        after = batch[-1].number


def heads() -> dict[int, int]:
    """Return the number of the last entry of every book that has one."""
    return dict(Book.objects.filter(head_number__gt=0).values_list("pk", "head_number"))


def entries_about(*names: str) -> QuerySet[Entry]:
    """Return the entries that concern any of these subjects (“meeting:3”), in the order of their books."""
    return Entry.objects.filter(concerns__name__in=names).distinct().order_by("book", "number")


def books_for(viewer: Reader) -> QuerySet[Book]:
    """Return the books in which a reader may read anything, by kind and title."""
    seen = read_by(viewer).filter(book=OuterRef("pk"))
    return Book.objects.filter(Exists(seen)).order_by("noun", "pk")


def book_named(noun: str, slug: str) -> Book:
    """Return the book at this address, or raise Http404."""
    found = Book.objects.filter(noun=noun, slug=slug).first()
    if found is None:
        raise Http404(_("There is no such book."))
    return found


def entries_for(viewer: Reader, book: Book) -> QuerySet[Entry]:
    """Return what a reader may read in a book, the latest first."""
    return read_by(viewer).filter(book=book).order_by("-number")


def read_by(viewer: Reader) -> QuerySet[Entry]:
    """Return the entries that a reader may read. The book of an archive is read by whoever reads its body's."""
    bodys = Book.objects.filter(noun="body", slug=OuterRef("book__slug")).values("pk")
    archived = Q(book__noun="archive") & viewer.filter(book="home")
    return Entry.objects.alias(home=Subquery(bodys)).filter(viewer.filter(scope="scope") | archived)


def entry_for(viewer: Reader, book: Book, number: int) -> Entry:
    """Return an entry that a reader may read, or raise Http404."""
    found = entries_for(viewer, book).filter(number=number).select_related("book").first()
    if found is None:
        raise Http404(_("There is no such entry."))
    return found


def readable(entry: Entry) -> str:
    """Return an entry's facts as text in lines; empty where they were erased."""
    return json.dumps(entry.facts, ensure_ascii=False, indent=2) if entry.facts_text is not None else ""


def first_signed(entry: Entry) -> Checkpoint | None:
    """Return the first signed head that vouches for an entry, or None before one was signed."""
    return Checkpoint.objects.filter(book=entry.book_id, number__gte=entry.number).order_by("number").first()
