"""The salted digest of a row: what an entry remembers of what its act wrote.

A digest names the columns it covers, so that a later migration may add a column without breaking the past.
"""

import hashlib
import uuid
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from django.apps import apps
from django.db import models

from hemicycle.journal.canonical import GREATEST, Json, check, timestamp, written

# Two values of one of these types that are equal are written alike.
ALIKE = frozenset({type(None), bool, int, str, date, datetime})

Columns = dict[str, Callable[[Any], Any]]


def covered_models() -> list[type[models.Model]]:
    """Return the models whose every row is covered by an entry: all of the house that do not say why not.

    A model whose rows are no acts says so itself: `outside_the_book = "the reason"`.
    """
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if model.__module__.startswith("hemicycle.") and not getattr(model, "outside_the_book", "")
    ]


@cache
def columns_of(model: type[models.Model]) -> Columns:
    """Return the columns of a table, each with what brings a value into the type the database gives back."""
    return {field.attname: field.to_python for field in model._meta.concrete_fields}


@cache
def covered_columns(model: type[models.Model]) -> list[str]:
    """Return the columns of a table that entries cover: all but those the model names as `uncovered`."""
    left_out: frozenset[str] = getattr(model, "uncovered", frozenset())
    return sorted(name for name in columns_of(model) if name not in left_out)


def plain(value: Any) -> Json:
    """Return a column's value as canonical JSON has it."""
    if value is None or isinstance(value, str | bool):
        return check(value)
    if isinstance(value, int):
        return int(value) if -GREATEST <= value <= GREATEST else str(value)
    if isinstance(value, datetime):
        return timestamp(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, uuid.UUID | models.fields.files.FieldFile):
        return str(value)
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    return check(value)


def row_digest(row: models.Model, columns: Iterable[str], salt: str) -> str:
    """Return the digest of a row over these columns, with the salt of the entry that covers it."""
    return row_digests(type(row), [row], sorted(columns), salt)[0]


def row_digests(model: type[models.Model], rows: Sequence[models.Model], columns: list[str], salt: str) -> list[str]:
    """Return the same digests for rows of one table, columns in order; what they have in common is written once."""
    known, seasoned = columns_of(model), hashlib.sha256(bytes.fromhex(salt))
    written_columns = [written_column(name, known[name], [getattr(row, name) for row in rows]) for name in columns]
    end = f',"table":{written(model._meta.db_table)}}}'
    digests = []
    for row, values in zip(rows, zip(*written_columns, strict=True), strict=True):
        made = seasoned.copy()
        made.update(f'{{"columns":{{{",".join(values)}}},"key":{written(str(row.pk))}{end}'.encode())
        digests.append(made.hexdigest())
    return digests


def written_column(name: str, to_python: Callable[[Any], Any], values: Iterable[Any]) -> list[str]:
    """Return a column of rows as it stands in the canonical JSON of each."""
    before: dict[tuple[type, Any], str] = {}
    begin, column = f"{written(name)}:", []
    for value in values:
        same = (type(value), value) if type(value) in ALIKE else None
        told = before.get(same) if same else None
        if told is None:
            told = begin + written(plain(to_python(value)))
            if same:
                before[same] = told
        column.append(told)
    return column


def cover(rows: Iterable[models.Model], gone: Iterable[models.Model], salt: str) -> list[Json]:
    """Return the entry's record of its rows, by table: the columns covered, and a key and digest for each row.

    A row that the act deleted has the digest null. A row given twice counts as it is now.
    """
    last: dict[type[models.Model], dict[str, models.Model]] = {}
    for row in rows:
        last.setdefault(type(row), {})[str(row.pk)] = row
    digests: dict[type[models.Model], dict[str, str | None]] = {}
    for model, of_model in last.items():
        made = row_digests(model, list(of_model.values()), covered_columns(model), salt)
        digests[model] = dict(zip(of_model, made, strict=True))
    for row in gone:
        digests.setdefault(type(row), {})[str(row.pk)] = None
    return [
        {
            "columns": list(covered_columns(model)),
            "rows": [[key, made] for key, made in of_table.items()],
            "table": model._meta.db_table,
        }
        for model, of_table in sorted(digests.items(), key=lambda pair: pair[0]._meta.db_table)
    ]
