"""Altering the record by hand, as somebody with the database's password might: past triggers, and undone after."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
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
    return next(others(field, value))


def others(field: Any, value: Any) -> Iterator[Any]:
    """Give other values that a column can hold: where a constraint refuses one of them, another may pass it."""
    if isinstance(field, models.JSONField):
        yield [value, "altered"]
    elif field.choices:
        yield from (choice for choice, _name in field.choices if choice != value)
    elif isinstance(field, models.BooleanField):
        yield not value
    elif isinstance(field, models.ForeignKey | models.IntegerField | models.AutoField):
        yield from ((value or 0) + 100_000, (value or 0) + 1, abs((value or 0) - 1))
    elif isinstance(field, models.UUIDField):
        yield "00000000-0000-4000-8000-000000000000"
    elif isinstance(field, models.DateTimeField):
        yield datetime.fromisoformat("2031-01-01T00:00:00+00:00")
        yield from (value + step for step in (timedelta(seconds=1), timedelta(days=-1)) if value)
    elif isinstance(field, models.DateField):
        yield date(2031, 1, 1)
        yield from (value + step for step in (timedelta(days=1), timedelta(days=-1)) if value)
    else:
        text = str(value or "")
        flipped = ("b" if text[:1] == "a" else "a") + text[1:]
        yield flipped if field.max_length is None else flipped[: field.max_length]
