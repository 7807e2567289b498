"""Append-only tables, declared on the models (`append_only = True`) and held by the database itself.

Installed after every migration, because Django's SQLite schema editor rebuilds tables and drops their triggers. A
model may name columns that the law can ask to be erased (`erasable`): all of them may go to null, with nothing else.
"""

from django.apps import apps
from django.apps.config import AppConfig
from django.db import connections, models, transaction

# The arguments of the trigger are the erasable columns: the row may only become itself with these as null.
POSTGRES_FUNCTION = """
CREATE OR REPLACE FUNCTION hemicycle_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    erased jsonb;
BEGIN
    IF TG_OP = 'UPDATE' AND TG_NARGS > 0 THEN
        SELECT jsonb_object_agg(name, NULL) INTO erased FROM unnest(TG_ARGV) AS name;
        IF to_jsonb(NEW) = to_jsonb(OLD) || erased THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION '%: rows are never changed or deleted', TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$
"""


def append_only_models() -> list[type[models.Model]]:
    """Return the models whose rows are never changed or deleted."""
    return [model for model in apps.get_models() if getattr(model, "append_only", False)]


def install_triggers(sender: AppConfig, using: str, **_kwargs: object) -> None:
    """Install the triggers of the tables that exist, after the migrations of an app of the house ran."""
    if not sender.name.startswith("hemicycle."):
        return
    connection = connections[using]
    there = set(connection.introspection.table_names())
    with transaction.atomic(using), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(POSTGRES_FUNCTION)
        for model in append_only_models():
            if model._meta.db_table in there:
                for statement in trigger_statements(model, connection.vendor):
                    cursor.execute(statement)


def trigger_statements(model: type[models.Model], vendor: str) -> list[str]:
    """Return the statements that make one table append-only on this database."""
    table: str = model._meta.db_table
    erasable: tuple[str, ...] = getattr(model, "erasable", ())
    if vendor == "postgresql":
        named = ", ".join(f"'{name}'" for name in erasable)
        return [
            f'CREATE OR REPLACE TRIGGER append_only BEFORE UPDATE OR DELETE ON "{table}"'
            f" FOR EACH ROW EXECUTE FUNCTION hemicycle_append_only({named})",
            f'CREATE OR REPLACE TRIGGER append_only_truncate BEFORE TRUNCATE ON "{table}"'
            " FOR EACH STATEMENT EXECUTE FUNCTION hemicycle_append_only()",
        ]
    refuse = f"BEGIN SELECT RAISE(ABORT, '{table}: rows are never changed or deleted'); END"
    unless = f" WHEN NOT ({sqlite_erasure(model, erasable)})" if erasable else ""
    return [
        f'DROP TRIGGER IF EXISTS "{table}_update_refused"',
        f'CREATE TRIGGER "{table}_update_refused" BEFORE UPDATE ON "{table}"{unless} {refuse}',
        f'DROP TRIGGER IF EXISTS "{table}_delete_refused"',
        f'CREATE TRIGGER "{table}_delete_refused" BEFORE DELETE ON "{table}" {refuse}',
    ]


def sqlite_erasure(model: type[models.Model], erasable: tuple[str, ...]) -> str:
    """Return the condition that an update takes away the erasable columns and touches no other."""
    return " AND ".join(
        f'NEW."{column}" IS NULL' if column in erasable else f'NEW."{column}" IS OLD."{column}"'
        for column in (field.column for field in model._meta.concrete_fields)
    )
