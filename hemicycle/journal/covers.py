"""Which entry last wrote which row: gathered while the books are read, then compared with the tables.

Kept in a temporary database of SQLite, which spills to disk, so that memory stays bounded however large the books are.
"""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from functools import cached_property
from itertools import islice
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from hemicycle.journal.models import Entry
from hemicycle.journal.rows import columns_of, covered_models, row_digest

BATCH = 2000
Fault = tuple[str, str, int | None, int | None, str]

SCHEMA = """
CREATE TABLE covers (
    tbl TEXT, key TEXT, entry INTEGER, book INTEGER, number INTEGER, columns TEXT, salt TEXT, digest TEXT,
    seen INTEGER DEFAULT 0, PRIMARY KEY (tbl, key)
) WITHOUT ROWID
"""
# Two books may have written the same row; its lock made their entries' keys follow the order of their commits.
REMEMBER = """
INSERT INTO covers (tbl, key, entry, book, number, columns, salt, digest) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT DO UPDATE SET entry = excluded.entry, book = excluded.book, number = excluded.number,
    columns = excluded.columns, salt = excluded.salt, digest = excluded.digest
WHERE excluded.entry > covers.entry
"""
FIND = (
    "SELECT key, book, number, columns, salt, digest FROM covers"
    " WHERE tbl = ? AND key IN (SELECT value FROM json_each(?))"
)
SEEN = "UPDATE covers SET seen = 1 WHERE tbl = ? AND key IN (SELECT value FROM json_each(?))"
GONE = "SELECT key, book, number FROM covers WHERE tbl = ? AND seen = 0 AND digest IS NOT NULL ORDER BY entry"


class Covers:
    """The last covering entry of every row, as a context manager."""

    def __enter__(self) -> "Covers":
        self._store = sqlite3.connect("")
        self._store.execute(SCHEMA)
        self._waiting: list[tuple[Any, ...]] = []
        return self

    def __exit__(self, *_exception: object) -> None:
        self._store.close()

    def add(self, entry: Entry) -> None:
        """Remember the rows that an entry covers; of one altered beyond reading, the chain tells."""
        with suppress(KeyError, TypeError, ValueError):
            for table in entry.rows:
                name, columns = table["table"], " ".join(table["columns"])
                self._waiting.extend(
                    (name, key, entry.pk, entry.book_id, entry.number, columns, entry.rows_salt, made)
                    for key, made in table["rows"]
                )
        if len(self._waiting) >= BATCH:
            self.flush()

    def flush(self) -> None:
        """Write what was gathered."""
        self._store.executemany(REMEMBER, self._waiting)
        self._waiting.clear()

    @cached_property
    def _models(self) -> dict[str, type[models.Model]]:
        return {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}

    def rows_that_do_not_hold(self, *only: str) -> Iterator[Fault]:
        """Yield table, key, book and number of the covering entry, and a sentence, for every row that does not hold.

        In every table, or in these only.
        """
        must_be_covered = {model._meta.db_table for model in covered_models()}
        written = {table for (table,) in self._store.execute("SELECT DISTINCT tbl FROM covers")}
        for table in only or sorted(must_be_covered | written):
            if model := self._models.get(table):
                yield from self._faults_in(model, whole=table in must_be_covered)
            yield from self._rows_gone(table)

    def _faults_in(self, model: type[models.Model], *, whole: bool) -> Iterator[Fault]:
        """Compare every row of a table with its entry; where the whole table is covered, each must have one."""
        table = model._meta.db_table
        rows = readable(models.QuerySet(model).order_by("pk").iterator(chunk_size=BATCH))
        while batch := list(islice(rows, BATCH)):
            keys = json.dumps([str(row.pk) for row in batch])
            covering = {cover[0]: cover[1:] for cover in self._store.execute(FIND, (table, keys))}
            for row in batch:
                if cover := covering.get(str(row.pk)):
                    book, number, columns, salt, made = cover
                    if not fits(row, columns.split(), salt, made):
                        sentence = _("Row %(key)s of %(table)s is not as entry %(number)d wrote it.")
                        yield (table, str(row.pk), book, number, told(sentence, table, row.pk, number))
                elif whole:
                    sentence = _("Row %(key)s of %(table)s was written by no entry of any book.")
                    yield (table, str(row.pk), None, None, told(sentence, table, row.pk, 0))
            self._store.execute(SEEN, (table, keys))

    def _rows_gone(self, table: str) -> Iterator[Fault]:
        """Yield the rows that an entry wrote and that are not there, though no act deleted them."""
        for key, book, number in self._store.execute(GONE, (table,)):
            sentence = _("Row %(key)s of %(table)s, which entry %(number)d wrote, is gone.")
            yield (table, key, book, number, told(sentence, table, key, number))


def readable(rows: Iterator[models.Model]) -> Iterator[models.Model]:
    """Yield the rows of a table up to one that cannot even be read: what follows is then missing, and so named."""
    with suppress(ValueError):
        yield from rows


def fits(row: models.Model, columns: list[str], salt: str, made: str | None) -> bool:
    """Say whether a row is as its entry wrote it; a deleted row (no digest), or one whose columns are gone, is not."""
    if made is None or not columns_of(type(row)).keys() >= set(columns):
        return False
    try:
        return row_digest(row, columns, salt) == made
    except (ValueError, TypeError, AttributeError, ValidationError):
        return False


def told(sentence: str, table: str, key: object, number: int) -> str:
    """Return a sentence about a row with its place filled in."""
    return sentence % {"table": table, "key": key, "number": number}
