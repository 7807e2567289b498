"""Many rows at once, as an act of a whole level writes them: COPY on PostgreSQL, one prepared statement on SQLite.

Django composes the text of every statement anew, which costs several times what the database takes for the rows.
Whatever is out of the ordinary is left to Django.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from functools import cache
from operator import attrgetter
from typing import Any, TypeVar

from django.db import connection, models

Row = TypeVar("Row", bound=models.Model)
Values = tuple[Any, ...]

# Fewer rows than this are not worth it.
MANY = 50
BATCH = 2000
# What a column of this kind holds, where no conversion is asked for; subclasses of these fields are left to Django.
HOLDS: dict[type[models.Field[Any, Any]], type] = {
    models.CharField: str,
    models.TextField: str,
    models.SlugField: str,
    models.BooleanField: bool,
    models.DateField: date,
    models.DateTimeField: datetime,
    models.IntegerField: int,
    models.BigIntegerField: int,
    models.PositiveIntegerField: int,
    models.PositiveSmallIntegerField: int,
    models.ForeignKey: int,
    models.OneToOneField: int,
}


def insert_many(model: type[Row], rows: Iterable[Row]) -> list[Row]:
    """Insert rows of one table and set their keys."""
    made = list(rows)
    values = values_of(model, made) if len(made) >= MANY else []
    if not values:
        return model._default_manager.bulk_create(made, batch_size=BATCH)
    send(model._meta.db_table, [str(field.column) for field in model._meta.concrete_fields], values)
    for row, (key, *_rest) in zip(made, values, strict=True):
        row.pk = key
        row._state.adding, row._state.db = False, connection.alias
    return made


def values_of(model: type[models.Model], rows: Sequence[models.Model]) -> list[Values]:
    """Return the rows as the database takes them, key first; nothing where Django has to make them ready."""
    if (known := columns_known(model)) is None:
        return []
    fields, read = known
    key, *others = zip(*map(read, rows), strict=True)
    columns = []
    for field, values in zip(fields[1:], others, strict=True):
        ready = column_of(field, values)
        if ready is None or (field.is_relation and any_without_key(field, rows, values)):
            return []
        columns.append(ready)
    if model._meta.auto_field is None:
        return list(zip(key, *columns, strict=True)) if all(type(one) is int for one in key) else []
    return list(zip(new_keys(model, len(rows)), *columns, strict=True)) if not any(key) else []


@cache
def columns_known(model: type[models.Model]) -> tuple[list[Any], Callable[[models.Model], Values]] | None:
    """Return the fields of a table, key first, and what reads their values; None where Django has to see to one."""
    fields = list(model._meta.concrete_fields)
    if fields[0] is not model._meta.pk or len(fields) < 2 or model._meta.parents:
        return None
    if any(type(field) not in HOLDS or getattr(field, "auto_now", False) for field in fields[1:]):
        return None
    return fields, attrgetter(*(field.attname for field in fields))


def column_of(field: Any, values: Sequence[Any]) -> Sequence[Any] | None:
    """Return the values of a column, those of a choice as plain text; None where one is not what the column holds."""
    held = HOLDS[type(field)]
    if held is str:
        values = [str(value) if isinstance(value, str) else value for value in values]
    return values if all(value is None or type(value) is held for value in values) else None


def any_without_key(field: Any, rows: Sequence[models.Model], values: Sequence[Any]) -> bool:
    """Say whether a row refers to one that had no key yet when it was assigned."""
    return any(
        value is None and field.get_cached_value(row, None) is not None for row, value in zip(rows, values, strict=True)
    )


def new_keys(model: type[models.Model], count: int) -> list[int]:
    """Return keys that no other row of a table has or will be given."""
    table, column = model._meta.db_table, model._meta.pk.column
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval((SELECT pg_get_serial_sequence(%s, %s))::regclass) FROM generate_series(1, %s)",
                [f'"{table}"', column, count],
            )
            return [key for (key,) in cursor.fetchall()]
        # Nobody else writes while this transaction does; a row with a key of its own moves the sequence on.
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        last = (cursor.fetchone() or (0,))[0]
    return list(range(last + 1, last + 1 + count))


def send(table: str, columns: Sequence[str], rows: Iterable[Values]) -> None:
    """Write rows into a table: names of our own tables and columns, and values as the database takes them."""
    named = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # Of all that a cursor does, Django leaves this alone to fail by the errors of the driver.
            with connection.wrap_database_errors, cursor.copy(f'COPY "{table}" ({named}) FROM STDIN') as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            places = ", ".join(["%s"] * len(columns))
            statement = f'INSERT INTO "{table}" ({named}) VALUES ({places})'  # noqa: S608  # Our own names.
            cursor.executemany(statement, [adapted(row) for row in rows])


def adapted(row: Values) -> Values:
    """Return values as SQLite takes them: days and moments as text."""
    return tuple(
        connection.ops.adapt_datetimefield_value(value)
        if type(value) is datetime
        else value.isoformat()
        if type(value) is date
        else value
        for value in row
    )
