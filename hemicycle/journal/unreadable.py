"""Values that SQLite keeps and no program reads: it takes any text in a column of moments, and Django reads none."""

from collections.abc import Iterator

from django.db import connection, models
from django.utils.translation import gettext as _

from hemicycle.journal.models import Book, Checkpoint, Entry
from hemicycle.journal.rows import covered_models


def unreadable_moments() -> Iterator[tuple[str, str, str]]:
    """Yield table, key and a sentence for every day or moment that cannot be read. PostgreSQL keeps none such."""
    if connection.vendor != "sqlite":
        return
    asked: list[type[models.Model]] = [Book, Entry, Checkpoint, *covered_models()]
    for model in dict.fromkeys(asked):
        moments = [str(field.column) for field in model._meta.concrete_fields if isinstance(field, models.DateField)]
        for column in moments:
            for key in unreadable_in(model, column):
                told = {"column": column, "table": model._meta.db_table}
                yield model._meta.db_table, key, _("“%(column)s” of %(table)s holds what is no day or moment.") % told


def unreadable_in(model: type[models.Model], column: str) -> list[str]:
    """Return the keys of the rows in which a column holds something that is no moment."""
    name = connection.ops.quote_name
    key, table, value = name(str(model._meta.pk.column)), name(model._meta.db_table), name(column)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {key} FROM {table} WHERE {value} IS NOT NULL AND julianday({value}) IS NULL")  # noqa: S608  # Names of ours.
        return [str(found) for (found,) in cursor.fetchall()]
