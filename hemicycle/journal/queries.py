"""Reading the books: following them as they grow, and what was recorded about a thing."""

from collections.abc import Iterator

from django.db.models import QuerySet

from hemicycle.journal.models import Book, Entry


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
