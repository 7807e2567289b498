"""The salted digest of a row: what an entry remembers of what its act wrote.

A digest names the columns it covers, so that a later migration may add a column without breaking the past.
"""

import uuid
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import models

from hemicycle.journal.canonical import GREATEST, Json, check, digest, timestamp


def covered_columns(model: type[models.Model]) -> list[str]:
    """Return the columns of a table that entries cover: all but those the model names as `uncovered`."""
    left_out: frozenset[str] = getattr(model, "uncovered", frozenset())
    return sorted(field.attname for field in model._meta.concrete_fields if field.attname not in left_out)


def plain(value: Any) -> Json:
    """Return a column's value as canonical JSON has it."""
    if isinstance(value, datetime):
        return timestamp(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, uuid.UUID | Decimal | models.fields.files.FieldFile):
        return str(value)
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) > GREATEST:
        return str(value)
    return check(value)


def column(row: models.Model, name: str) -> Any:
    """Return a column's value in its own type, also where the row was built from text and not read back."""
    value = getattr(row, name)
    return row._meta.get_field(name).to_python(value) if isinstance(value, str) else value  # type: ignore[union-attr]  # concrete columns only


def row_digest(row: models.Model, columns: Iterable[str], salt: str) -> str:
    """Return the digest of a row over these columns, with the salt of the entry that covers it."""
    values = {name: plain(column(row, name)) for name in columns}
    return digest({"key": str(row.pk), "table": row._meta.db_table, "columns": values}, salt)


def cover(rows: Iterable[models.Model], gone: Iterable[models.Model], salt: str) -> list[Json]:
    """Return the entry's record of its rows, by table: the columns covered, and a key and digest for each row.

    A row that the act deleted has the digest null. A row given twice counts as it is now.
    """
    tables: dict[str, tuple[list[str], dict[str, str | None]]] = {}
    for row in rows:
        table = row._meta.db_table
        if table not in tables:
            tables[table] = (covered_columns(type(row)), {})
        columns, digests = tables[table]
        digests[str(row.pk)] = row_digest(row, columns, salt)
    for row in gone:
        tables.setdefault(row._meta.db_table, (covered_columns(type(row)), {}))[1][str(row.pk)] = None
    return [
        {"table": table, "columns": list(columns), "rows": [[key, made] for key, made in digests.items()]}
        for table, (columns, digests) in sorted(tables.items())
    ]
