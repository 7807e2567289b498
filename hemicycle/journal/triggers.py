"""Append-only tables, declared on the models (`append_only = True`) and held by the database itself.

Installed after every migration, because Django's SQLite schema editor rebuilds tables and drops their triggers.
"""

from django.apps import apps
from django.apps.config import AppConfig
from django.db import connections, models

POSTGRES_FUNCTION = """
CREATE OR REPLACE FUNCTION hemicycle_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%: rows are never changed or deleted', TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$
"""


def append_only_models() -> list[type[models.Model]]:
    """Return the models whose rows are never changed or deleted."""
    return [model for model in apps.get_models() if getattr(model, "append_only", False)]


def install_triggers(sender: AppConfig, using: str, **_kwargs: object) -> None:
    """Install the triggers of the tables that exist, after the migrations of the journal's app ran."""
    if sender.name != "hemicycle.journal" and not sender.name.startswith("hemicycle."):
        return
    connection = connections[using]
    there = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(POSTGRES_FUNCTION)
        for model in append_only_models():
            if model._meta.db_table in there:
                for statement in trigger_statements(model._meta.db_table, connection.vendor):
                    cursor.execute(statement)


def trigger_statements(table: str, vendor: str) -> list[str]:
    """Return the statements that make one table append-only on this database."""
    if vendor == "postgresql":
        return [
            f'CREATE OR REPLACE TRIGGER append_only BEFORE UPDATE OR DELETE ON "{table}"'
            " FOR EACH ROW EXECUTE FUNCTION hemicycle_append_only()",
            f'CREATE OR REPLACE TRIGGER append_only_truncate BEFORE TRUNCATE ON "{table}"'
            " FOR EACH STATEMENT EXECUTE FUNCTION hemicycle_append_only()",
        ]
    return [
        f'CREATE TRIGGER IF NOT EXISTS "{table}_{verb.lower()}_refused" BEFORE {verb} ON "{table}"'
        f" BEGIN SELECT RAISE(ABORT, '{table}: rows are never changed or deleted'); END"
        for verb in ("UPDATE", "DELETE")
    ]
