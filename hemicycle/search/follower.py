"""The follower that keeps the index: it reads every book past the number it saw, and puts the documents anew."""

import threading
from collections.abc import Iterable, Iterator

from django.apps import apps
from django.db import close_old_connections

from hemicycle.journal.models import Book, Entry
from hemicycle.journal.queries import follow_to_the_end
from hemicycle.search.index import IndexTaken, Writer, rebuild_with, writing

EVERY = 1.0
ANOTHER_WRITES = 15.0
BATCH = 1000


def follow_forever(stop: threading.Event) -> None:
    """Follow until told to stop. Where another process of this machine follows, wait to take its place."""
    while not stop.is_set():
        try:
            with writing() as writer:
                follow_with(writer, stop)
        except IndexTaken:
            stop.wait(ANOTHER_WRITES)


def follow_with(writer: Writer, stop: threading.Event) -> None:
    """Follow with the writer at hand."""
    while not stop.is_set():
        close_old_connections()
        catch_up_with(writer)
        stop.wait(EVERY)


def catch_up() -> int:
    """Read every book to its present end, once, and return how many entries were read."""
    with writing() as writer:
        return catch_up_with(writer)


def catch_up_with(writer: Writer) -> int:
    """Read every book past the position, in batches; begin anew where the books are not those of the position."""
    position = writer.position()
    books = list(Book.objects.order_by("pk").values_list("pk", "uuid", "head_number"))
    heads = {str(uuid): head for _pk, uuid, head in books}
    if not (writer.place / "position.json").exists() or any(
        number > heads.get(uuid, -1) for uuid, number in position.items()
    ):
        rebuild_with(writer)
        position = writer.position()
    read = 0
    for pk, uuid, head in books:
        after = position.get(str(uuid), 0)
        if head > after:
            for batch in batches(follow_to_the_end(pk, after)):
                writer.replace(concerned(batch, writer))
                position[str(uuid)] = batch[-1].number
                writer.commit(position)
                read += len(batch)
    return read


def batches(entries: Iterator[Entry]) -> Iterator[list[Entry]]:
    """Yield entries in lists, so that a commit covers many."""
    batch: list[Entry] = []
    for entry in entries:
        batch.append(entry)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def concerned(entries: Iterable[Entry], writer: Writer) -> set[str]:
    """Return the things whose documents these entries may have changed.

    An entry that wrote a row with an access of its own may have changed who may read what hangs on it, so everything
    of that meeting is put anew.
    """
    names: set[str] = set()
    scopes: set[str] = set()
    for entry in entries:
        names.update(entry.subjects)
        if any(table["table"] in tables_with_access() for table in entry.rows):
            scopes.update(entry.subjects)
            scopes.add(entry.scope)
    scopes.discard("")
    return names | (set(writer.named_in_scopes(scopes)) if scopes else set())


def tables_with_access() -> set[str]:
    """Return the tables whose rows say who may read them."""
    return {
        model._meta.db_table
        for model in apps.get_models()
        if any(field.name == "access" for field in model._meta.concrete_fields)
    }
