"""`export-book`: write books as JSON Lines that anybody can check without Hemicycle."""

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from hemicycle.accounts.access import WIDTH, Access
from hemicycle.command import Stop
from hemicycle.journal.checkpoints import sign_heads
from hemicycle.journal.export import export_book
from hemicycle.journal.models import Book
from hemicycle.journal.verify import snapshot


def configure(parser: argparse.ArgumentParser) -> None:
    """Say what may be asked."""
    parser.epilog = "docs/verify_export.py checks such a file without Hemicycle; docs/book.md says how."
    parser.add_argument("book", nargs="?", help="the book: “body/council”, or only “council” where that is enough")
    parser.add_argument("--all", action="store_true", help="every book, one after another in one file")
    parser.add_argument(
        "--audience",
        choices=[access.value for access in Access],
        default=Access.PUBLIC.value,
        help="for whom: entries that these may not read are withheld, all but their place (default: public)",
    )
    parser.add_argument("-o", "--output", type=Path, help="the file to write; without it the book is printed")


def run(args: argparse.Namespace) -> int:
    """Write the books."""
    if bool(args.book) == args.all:
        raise Stop("Name one book, or give --all.", 2)
    sign_heads()
    with snapshot():
        books = list(Book.objects.order_by("pk")) if args.all else [find(args.book)]
        lines = told(books, frozenset(access for access in Access if WIDTH[access] >= WIDTH[Access(args.audience)]))
        if args.output is None:
            sys.stdout.writelines(lines)
            return 0
        with args.output.open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(lines)
    print(f"{len(books)} {'book' if len(books) == 1 else 'books'} written to {args.output}.")
    return 0


def find(name: str) -> Book:
    """Return the book with this address."""
    noun, _slash, slug = name.rpartition("/")
    found = list(Book.objects.filter(slug=slug, **({"noun": noun} if noun else {}))[:2])
    if not found:
        raise Stop(f"There is no book “{name}”. Books are called by their kind and place, like “body/council”.", 2)
    if len(found) > 1:
        raise Stop(
            f"More than one book is called “{slug}”: say “{found[0].noun}/{slug}” or “{found[1].noun}/{slug}”.", 2
        )
    return found[0]


def told(books: list[Book], accesses: frozenset[Access]) -> Iterator[str]:
    """Yield the lines of books."""
    for book in books:
        for line in export_book(book, accesses):
            yield json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n"
