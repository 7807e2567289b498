"""The database itself keeps append-only tables from being changed."""

from typing import Any

import pytest
from django.db import IntegrityError, connection, models, transaction

from hemicycle.demo.club import Club
from hemicycle.journal.models import Entry
from hemicycle.journal.triggers import append_only_models


@pytest.mark.django_db
@pytest.mark.parametrize("model", append_only_models(), ids=lambda model: model._meta.db_table)
def test_every_append_only_table_has_its_triggers(model: type[models.Model]) -> None:
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal AND tgenabled = 'O'",
                [table],
            )
            expected = {"append_only", "append_only_truncate"}
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table])
            expected = {f"{table}_update_refused", f"{table}_delete_refused"}
        assert {name for (name,) in cursor.fetchall()} == expected


def refused(sql: str, values: list[Any]) -> None:
    """Try a statement behind Django's back; it must be refused."""
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


def test_no_entry_is_changed_deleted_or_replaced_even_by_hand(club: Club) -> None:
    entry = Entry.objects.order_by("pk")[0]
    refused("UPDATE journal_entry SET kind = 'x' WHERE id = %s", [entry.pk])
    refused("DELETE FROM journal_subject WHERE entry_id = %s", [entry.pk])
    refused("DELETE FROM journal_entry WHERE id = %s", [entry.pk])
    if connection.vendor == "sqlite":
        refused("REPLACE INTO journal_subject SELECT * FROM journal_subject WHERE entry_id = %s", [entry.pk])
    else:
        refused("TRUNCATE journal_checkpoint", [])


@pytest.mark.parametrize("column", [field.column for field in Entry._meta.concrete_fields])
def test_only_facts_and_salt_together_may_be_taken_from_an_entry(club: Club, column: str) -> None:
    entry = Entry.objects.order_by("pk")[0]
    value = "'x'" if column == "salt" else "NULL" if column == "facts_text" else column
    other = f"{column} = {value}" if column in Entry.erasable else f"facts_text = NULL, salt = NULL, {column} = %s"
    values: list[Any] = [] if column in Entry.erasable else [another(getattr(entry, column))]
    refused(f"UPDATE journal_entry SET {other} WHERE id = %s", [*values, entry.pk])  # noqa: S608 -- our own columns


def another(value: Any) -> Any:
    """Return some other value that the column can hold."""
    if isinstance(value, int):
        return value + 1000
    if isinstance(value, list):
        return "[]"
    return "2026-01-01 00:00:00+00:00" if not isinstance(value, str) else f"{value[:10]}x"
