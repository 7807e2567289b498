"""The few statements that every act sends, written once.

Django would build each of them anew every time, which costs more than the database takes for them (see docs/book.md).
"""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any, TypeVar

from django.db import connection, models

from hemicycle.journal.models import Book, Entry

Row = TypeVar("Row", bound=models.Model)


def locked(model: type[Row], key: object, *, no_key: bool = False) -> Row:
    """Return a row, locked until the transaction ends; `no_key` lets others refer to it meanwhile.

    Raises:
        DoesNotExist: there is none.
    """
    pk: models.Field[Any, Any] = model._meta.pk
    for row in model._default_manager.raw(lock_statement(model, no_key, connection.vendor), [pk.to_python(key)]):
        return row
    return model._default_manager.get(pk=key)  # There is none; Django says so.


@cache
def lock_statement(model: type[models.Model], no_key: bool, _vendor: str) -> str:
    """Return the statement that locks one row."""
    rows = model._default_manager.order_by().select_for_update(of=("self",), no_key=no_key).filter(pk=0)
    return str(rows.query.sql_with_params()[0])


def number_entered(book: Book, once: str) -> int | None:
    """Return the number under which a form was entered in a book already, if it was."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM journal_entry WHERE book_id = %s AND once = %s", [book.pk, once])
        found = cursor.fetchone()
    return int(found[0]) if found else None


def insert_entry(entry: Entry) -> None:
    """Insert an entry and set its key."""
    statement, fields = entry_statement()
    with connection.cursor() as cursor:
        cursor.execute(
            statement, [field.get_db_prep_save(getattr(entry, field.attname), connection) for field in fields]
        )
        (entry.pk,) = cursor.fetchone()
    entry._state.adding, entry._state.db = False, connection.alias


@cache
def entry_statement() -> tuple[str, Sequence[Any]]:
    """Return the statement that inserts an entry, and the fields whose values it takes."""
    fields = [field for field in Entry._meta.concrete_fields if not field.primary_key]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    places = ", ".join(["%s"] * len(fields))
    return f"INSERT INTO journal_entry ({columns}) VALUES ({places}) RETURNING id", fields  # noqa: S608  # our columns


def insert_subjects(entry: Entry, names: Sequence[str]) -> None:
    """Insert the names of what an entry concerns."""
    statement = "INSERT INTO journal_subject (entry_id, name) VALUES (%s, %s)"
    with connection.cursor() as cursor:
        if len(names) <= 8:
            # One statement for a few; each number of them has its own.
            cursor.execute(
                statement + ", (%s, %s)" * (len(names) - 1), [part for name in names for part in (entry.pk, name)]
            )
        else:
            cursor.executemany(statement, [(entry.pk, name) for name in names])


def move_head(book: Book, number: int, digest: str, recorded_at: datetime) -> None:
    """Let a book end at this entry."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE journal_book SET head_number = %s, head_digest = %s, head_recorded_at = %s WHERE id = %s",
            [number, digest, connection.ops.adapt_datetimefield_value(recorded_at), book.pk],
        )
