"""Altering the record by hand, as somebody with the database's password might: past triggers, and undone after."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from django.db import connection, models, transaction

from hemicycle.journal.triggers import append_only_models, trigger_statements


@contextmanager
def by_hand() -> Iterator[None]:
    """Take the append-only triggers away; afterwards everything is as it was before."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                # Taking triggers from a table would make the server forget how it reads it, every time.
                cursor.execute("SET LOCAL session_replication_role = replica")
            else:
                for model in append_only_models():
                    for statement in trigger_statements(model, "sqlite"):
                        if statement.startswith("DROP"):
                            cursor.execute(statement)
        yield
        transaction.set_rollback(True)


def alter(model: type[models.Model], key: object, column: str, value: object) -> None:
    """Write one column of one row past the house."""
    with transaction.atomic():
        assert models.QuerySet(model).filter(pk=key).update(**{column: value}) == 1


def another(field: Any, value: Any) -> Any:
    """Return some other value that a column can hold."""
    if isinstance(field, models.JSONField):
        return [value, "altered"]
    if field.choices:
        return next(choice for choice, _name in field.choices if choice != value)
    if isinstance(field, models.BooleanField):
        return not value
    if isinstance(field, models.ForeignKey | models.IntegerField | models.AutoField):
        return (value or 0) + 100_000
    if isinstance(field, models.UUIDField):
        return "00000000-0000-4000-8000-000000000000"
    if isinstance(field, models.DateTimeField):
        return datetime.fromisoformat("2031-01-01T00:00:00+00:00")
    if isinstance(field, models.DateField):
        return date(2031, 1, 1)
    text = str(value or "")
    flipped = ("b" if text[:1] == "a" else "a") + text[1:]
    return flipped if field.max_length is None else flipped[: field.max_length]
