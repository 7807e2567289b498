"""The tables of a new database, made at once as the last migration leaves them: going through every step takes longer.

That both ways lead to the same database is held by the tests, on both kinds of it. No migration here moves data.
"""

from django.core.management.sql import emit_post_migrate_signal
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Model


def is_new() -> bool:
    """Say whether there is not a single table in the database."""
    return not connection.introspection.table_names()


def make_tables() -> None:
    """Make every table, and enter all migrations as done; broken off in the midst, it leaves nothing."""
    loader = MigrationLoader(connection)
    tables: list[type[Model]] = [MigrationRecorder.Migration, *loader.project_state().apps.get_models()]
    with connection.schema_editor() as editor:
        for model in tables:
            if model._meta.can_migrate(connection) and model._meta.app_label in {"migrations", *loader.migrated_apps}:
                editor.create_model(model)
        enter_all_migrations()
    emit_post_migrate_signal(verbosity=0, interactive=False, db=connection.alias)


def enter_all_migrations() -> None:
    """Enter all migrations that this version knows as done."""
    recorder = MigrationRecorder(connection)
    for app, name in sorted(MigrationLoader(None).disk_migrations):
        recorder.record_applied(app, name)
