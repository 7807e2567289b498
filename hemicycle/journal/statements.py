"""The few statements that every act sends, written once: lock a row, insert a row, append the entry.

Django would build each of them anew every time, which costs more than the database takes for them (docs/book.md).
Whatever is out of the ordinary is left to Django.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cache
from typing import Any, TypeVar

from django.db import connection, models

from hemicycle.journal import bulk
from hemicycle.journal.models import Book, Entry

Row = TypeVar("Row", bound=models.Model)
Converter = Callable[[Any, Any, Any], Any]


def locked(model: type[Row], key: object, *, no_key: bool = False) -> Row:
    """Return a row, locked until the transaction ends; `no_key` lets others refer to it meanwhile.

    Raises:
        DoesNotExist: there is none.
    """
    statement, names, conversions = reading(model, no_key, connection.vendor)
    pk: models.Field[Any, Any] = model._meta.pk
    with connection.cursor() as cursor:
        cursor.execute(statement, [pk.get_db_prep_value(key, connection)])
        found = cursor.fetchone()
    if found is None:
        return model._default_manager.get(pk=key)  # There is none; Django says so.
    values = list(found)
    for place, converters, column in conversions:
        for convert in converters:
            values[place] = convert(values[place], column, connection)
    return model.from_db(connection.alias, names, values)


@cache
def reading(
    model: type[models.Model], no_key: bool, _vendor: str
) -> tuple[str, list[str], list[tuple[int, list[Converter], Any]]]:
    """Return the statement that locks one row, its columns, and what makes a column's value of the database's."""
    query = models.QuerySet(model).order_by().select_for_update(of=("self",), no_key=no_key).filter(pk=0).query
    fields = model._meta.concrete_fields
    columns = [field.get_col(model._meta.db_table) for field in fields]
    found = query.get_compiler(connection.alias).get_converters(columns)
    conversions = [(place, converters, column) for place, (converters, column) in found.items()]
    return str(query.sql_with_params()[0]), [field.attname for field in fields], conversions


def insert(row: models.Model) -> None:
    """Insert a row and set its key."""
    if row.pk is not None or row._meta.parents:
        row.save(force_insert=True)
        return
    statement, fields = insertion(type(row))
    values = []
    for field in fields:
        value = field.pre_save(row, add=True)
        if left_to_django(field, value, row):
            row.save(force_insert=True)
            return
        values.append(field.get_db_prep_save(value, connection))
    send_insert(row, statement, values)


def left_to_django(field: Any, value: object, row: models.Model) -> bool:
    """Say whether a value is an expression, or the key of a row that had none yet when it was assigned."""
    if value is None and field.is_relation:
        return field.get_cached_value(row, None) is not None
    return hasattr(value, "resolve_expression")


@cache
def insertion(model: type[models.Model]) -> tuple[str, list[Any]]:
    """Return the statement that inserts a row of a table, and the fields whose values it takes."""
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    places = ", ".join(["%s"] * len(fields))
    table, key = model._meta.db_table, model._meta.pk.column
    statement = f'INSERT INTO "{table}" ({columns}) VALUES ({places}) RETURNING "{key}"'  # noqa: S608  # Our own names.
    return statement, fields


def send_insert(row: models.Model, statement: str, values: list[Any]) -> None:
    """Send an insertion and tell the row that it is stored."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        (row.pk,) = cursor.fetchone()
    row._state.adding, row._state.db = False, connection.alias


def number_entered(book: Book, once: str) -> int | None:
    """Return the number under which a form was entered in a book already, if it was."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM journal_entry WHERE book_id = %s AND once = %s", [book.pk, once])
        found = cursor.fetchone()
    return int(found[0]) if found else None


def insert_entry(entry: Entry) -> None:
    """Insert an entry and set its key. Of its columns, only moments and JSON have to be made ready."""
    statement, fields = insertion(Entry)
    values = [getattr(entry, field.attname) for field in fields]
    for place, field in enumerate(fields):
        if isinstance(field, models.DateTimeField):
            values[place] = connection.ops.adapt_datetimefield_value(values[place])
        elif isinstance(field, models.JSONField):
            values[place] = field.get_db_prep_save(values[place], connection)
    send_insert(entry, statement, values)


def insert_subjects(entry: Entry, names: Sequence[str]) -> None:
    """Insert the names of what an entry concerns."""
    if len(names) > 8:
        bulk.send("journal_subject", ("entry_id", "name"), [(entry.pk, name) for name in names])
        return
    statement = "INSERT INTO journal_subject (entry_id, name) VALUES (%s, %s)"
    with connection.cursor() as cursor:
        values = [part for name in names for part in (entry.pk, name)]
        cursor.execute(statement + ", (%s, %s)" * (len(names) - 1), values)


def move_head(book: Book, number: int, digest: str, recorded_at: datetime) -> None:
    """Let a book end at this entry."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE journal_book SET head_number = %s, head_digest = %s, head_recorded_at = %s WHERE id = %s",
            [number, digest, connection.ops.adapt_datetimefield_value(recorded_at), book.pk],
        )
