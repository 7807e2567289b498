"""`restore`: bring a backup back into an empty place, and verify it."""

import argparse
import shutil
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections

from hemicycle.command import Stop, verify
from hemicycle.command.archive import unpack
from hemicycle.command.backup import DATABASE, FILES, KEYS, named_database, run_tool, tool
from hemicycle.ground.config import secret_key
from hemicycle.journal.checkpoints import PRIVATE, remember


def configure(parser: argparse.ArgumentParser) -> None:
    """Say what may be asked."""
    parser.epilog = (
        "The place is the one that the settings name: HEMICYCLE_DATA, DATABASE_URL, HEMICYCLE_KEYS. It has to be "
        "empty; nothing is ever written over. Every file is checked against the archive's manifest before anything is "
        "put in place, and the books are verified afterwards."
    )
    parser.add_argument("archive", type=Path, help="the archive that “backup” wrote")
    parser.add_argument(
        "--keys", type=Path, metavar="FILE", help="the archive of the keys, if they are to come back too"
    )


def run(args: argparse.Namespace) -> int:
    """Restore, and return what verify says."""
    refuse_what_is_there(keys=bool(args.keys))
    data: Path = settings.CONFIG.data
    data.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=data, prefix=".restoring-") as folder:
        unpacked, keys = Path(folder) / "archive", Path(folder) / "keys"
        unpacked.mkdir()
        keys.mkdir()
        manifest = unpack(args.archive, unpacked)
        if manifest.get("database") != connection.vendor:
            raise Stop(
                f"This is a backup of a {manifest.get('database')} database, and DATABASE_URL names a "
                f"{connection.vendor} one. A backup comes back into the kind of database that it was taken from.",
                2,
            )
        if args.keys:
            unpack(args.keys, keys)
        put_database(unpacked)
        put_folder(unpacked / FILES, Path(settings.MEDIA_ROOT))
        if args.keys:
            put_keys(keys / KEYS)
        remember(*manifest.get("public_keys", []))
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    print(f"The backup of {manifest['made_at']} was restored; now its books are verified.")
    return verify.run(argparse.Namespace(sign=False))


def refuse_what_is_there(*, keys: bool) -> None:
    """Refuse to restore over anything.

    Raises:
        Stop: there are tables, files or keys already.
    """
    if tables():
        raise Stop("The database is not empty. Name another in DATABASE_URL or HEMICYCLE_DATA; nothing was changed.", 2)
    media = Path(settings.MEDIA_ROOT)
    if media.is_dir() and any(path.is_file() for path in media.rglob("*")):
        raise Stop(f"There are files in {media}. Name another folder in HEMICYCLE_DATA; nothing was changed.", 2)
    if keys and (settings.CONFIG.keys / PRIVATE).exists():
        raise Stop(f"There are keys in {settings.CONFIG.keys}. Name another in HEMICYCLE_KEYS; nothing was changed.", 2)


def tables() -> list[str]:
    """Return the tables that are there; a SQLite file that is not there yet is not made by asking."""
    if connection.vendor == "postgresql":
        return connection.introspection.table_names()
    path = Path(str(connection.settings_dict["NAME"]))
    if not path.exists():
        return []
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as found:
        return [name for (name,) in found.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]


def put_database(unpacked: Path) -> None:
    """Put the database in its place: the whole of it, or nothing."""
    copy = unpacked / DATABASE[connection.vendor]
    connections.close_all()
    if connection.vendor == "postgresql":
        command = [*tool("pg_restore"), "--no-owner", "--no-acl", "--single-transaction", "--exit-on-error"]
        run_tool([*command, f"--dbname={named_database()}", str(copy)])
        return
    path = Path(str(connection.settings_dict["NAME"]))
    path.parent.mkdir(parents=True, exist_ok=True)
    for beside in ("-wal", "-shm"):
        path.with_name(path.name + beside).unlink(missing_ok=True)
    shutil.move(copy, path)
    path.chmod(0o640)


def put_folder(unpacked: Path, place: Path) -> None:
    """Move unpacked files to their place."""
    place.mkdir(parents=True, exist_ok=True)
    for file in sorted(path for path in unpacked.rglob("*") if path.is_file()):
        target = place / file.relative_to(unpacked)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(file, target)
        target.chmod(settings.FILE_UPLOAD_PERMISSIONS)


def put_keys(unpacked: Path) -> None:
    """Move the keys to their place; the one that signs sessions was made anew when this command began."""
    place: Path = settings.CONFIG.keys
    secret_key(place)
    for file in unpacked.iterdir():
        file.chmod(0o600)
        shutil.move(file, place / file.name)
