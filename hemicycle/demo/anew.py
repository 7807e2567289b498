"""Taking a demo's database away, so that it can be built anew: only a demo's, and only when nobody is using it."""

import shutil
import sqlite3
from pathlib import Path

from django.conf import settings
from django.db import connection

from hemicycle.accounts.models import Installation

LEFT_BY_SQLITE = ("", "-wal", "-shm", "-journal")


class InUse(Exception):
    """The database is open elsewhere, so it is not taken away."""


class NotADemo(Exception):
    """What stands in the database is no demo; it is called by the name given."""


def take_away() -> None:
    """Take the demo's tables away, its files, and what was made of them: the index, the mails of an outbox.

    Raises:
        NotADemo: a real body's records stand in this database.
        InUse: a server, a worker or somebody else has the database open.
    """
    if Installation._meta.db_table in connection.introspection.table_names():
        installation = Installation.objects.first()
        if installation and not installation.is_demo:
            raise NotADemo(installation.name)
    if connection.vendor == "postgresql":
        drop_tables()
    else:
        delete_file(Path(str(connection.settings_dict["NAME"])))
    for folder in (Path(settings.MEDIA_ROOT), settings.CONFIG.data / "search", settings.CONFIG.data / "mail"):
        empty(folder)


def drop_tables() -> None:
    """Drop every table of the house on PostgreSQL, and leave whatever else stands in the database."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
        )
        if cursor.fetchone() != (0,):
            raise InUse
        ours = {
            *connection.introspection.django_table_names(include_views=False),
            "django_migrations",
            str(settings.CACHES["default"]["LOCATION"]),
        }
        there = [table for table in connection.introspection.table_names(cursor) if table in ours]
        if there:
            names = ", ".join(connection.ops.quote_name(table) for table in there)
            cursor.execute(f"DROP TABLE {names} CASCADE")


def delete_file(path: Path) -> None:
    """Delete the SQLite database. That it can leave the write-ahead log proves that nobody else has it open."""
    connection.close()
    if path.is_file():
        trial = sqlite3.connect(path, timeout=1)
        try:
            trial.execute("PRAGMA journal_mode = DELETE").fetchone()
        except sqlite3.OperationalError as error:
            raise InUse from error
        finally:
            trial.close()
    for ending in LEFT_BY_SQLITE:
        path.with_name(path.name + ending).unlink(missing_ok=True)


def empty(folder: Path) -> None:
    """Delete what stands in a folder, and leave the folder."""
    for found in folder.iterdir() if folder.is_dir() else ():
        shutil.rmtree(found) if found.is_dir() else found.unlink()
