"""A book as lines of JSON that anybody can check without Hemicycle: see docs/verify_export.py and docs/book.md.

What the audience may not read is withheld: of such an entry the line has only its number and its place in the chain.
"""

from collections.abc import Collection, Iterator

from hemicycle.journal.canonical import Json, timestamp
from hemicycle.journal.chain import header
from hemicycle.journal.checkpoints import known_keys, statement
from hemicycle.journal.clock import now
from hemicycle.journal.models import Book, Checkpoint, Entry

FORMAT = "hemicycle book 1"
BATCH = 1000


def export_book(book: Book, accesses: Collection[str]) -> Iterator[dict[str, Json]]:
    """Yield a book's description, its entries and its checkpoints; entries whose access is not listed are withheld.

    Call it inside `verify.snapshot()`, so that the description and the last entry are of one moment.
    """
    uuid = str(book.uuid)
    yield {
        "format": FORMAT,
        "book": uuid,
        "noun": book.noun,
        "slug": book.slug,
        "title": book.title,
        "head": {"number": book.head_number, "digest": book.head_digest},
        "public_keys": list(known_keys()),
        "exported_at": timestamp(now()),
    }
    for entry in Entry.objects.filter(book=book).order_by("number").iterator(chunk_size=BATCH):
        yield told(entry, uuid) if entry.access in accesses else withheld(entry)
    for checkpoint in Checkpoint.objects.filter(book=book).order_by("number").iterator(chunk_size=BATCH):
        yield {
            "checkpoint": statement(uuid, checkpoint.number, checkpoint.digest, checkpoint.signed_at),
            "public_key": checkpoint.public_key,
            "signature": checkpoint.signature,
        }


def told(entry: Entry, uuid: str) -> dict[str, Json]:
    """Return an entry in full: its header, its digest, and its facts with their salt unless the law erased them."""
    line: dict[str, Json] = {"number": entry.number, "header": header(entry, uuid), "digest": entry.digest}
    if entry.facts_text is None:
        return line | {"erased": True}
    return line | {"facts": entry.facts, "salt": entry.salt}


def withheld(entry: Entry) -> dict[str, Json]:
    """Return what the chain needs of an entry, and nothing that it says."""
    return {"number": entry.number, "previous": entry.previous, "digest": entry.digest, "withheld": True}
