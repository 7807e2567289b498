"""`backup`: copy the database and the files into one archive while Hemicycle runs; the keys into another, if asked."""

import argparse
import os
import shutil
import sqlite3
import subprocess
import tempfile
from contextlib import closing
from pathlib import Path

from django.conf import settings
from django.db import connection

import hemicycle
from hemicycle.command import Stop
from hemicycle.command.archive import packing
from hemicycle.journal.canonical import timestamp
from hemicycle.journal.checkpoints import known_keys, sign_heads
from hemicycle.journal.clock import now
from hemicycle.voting import ballot_keys

DATABASE = {"sqlite": "database.sqlite3", "postgresql": "database.pgdump"}
FILES, KEYS = "files", "keys"


def configure(parser: argparse.ArgumentParser) -> None:
    """Say what may be asked."""
    parser.epilog = (
        "The heads of the books are signed first. Keep the keys apart from the archive: who has both can sign in your "
        "name. Where a backup is restored without them, everyone signs in anew and a new key signs the next heads."
    )
    parser.add_argument(
        "-o", "--output", type=Path, help="the archive to write (default: in backups/ in the data folder)"
    )
    parser.add_argument("--keys", type=Path, metavar="FILE", help="write the keys too, into an archive of their own")


def run(args: argparse.Namespace) -> int:
    """Write the archive, and the keys' if asked."""
    moment = now()
    output = args.output or settings.CONFIG.data / "backups" / f"hemicycle-{moment:%Y-%m-%d-%H%M%S}.tar.gz"
    if args.keys and args.keys.absolute() == output.absolute():
        raise Stop("The keys go into another file than the rest.", 2)
    sign_heads()
    with packing(output) as archive, tempfile.TemporaryDirectory(dir=output.parent, prefix=".hemicycle-") as folder:
        # The database first: whatever file it names was there before, and files are never changed.
        name = DATABASE[connection.vendor]
        copy_database(Path(folder) / name)
        archive.add(Path(folder) / name, name)
        files = archive.add_folder(Path(settings.MEDIA_ROOT), FILES)
        archive.finish(
            made_at=timestamp(moment),
            hemicycle=hemicycle.__version__,
            database=connection.vendor,
            public_keys=known_keys(),
        )
    print(f"The database and {files:,} {'file' if files == 1 else 'files'} are in {output}.")
    if args.keys:
        with packing(args.keys) as archive:
            # Whoever had the key of a secret vote beside a copy of its open box could tell who voted how.
            archive.add_folder(settings.CONFIG.keys, KEYS, without=ballot_keys.FOLDER)
            archive.finish(made_at=timestamp(moment), hemicycle=hemicycle.__version__)
        print(f"The keys are in {args.keys}. Keep it apart from the other, where only you can read it.")
    else:
        print(f"The keys in {settings.CONFIG.keys} are not in it; keep them apart (--keys FILE writes them).")
    return 0


def copy_database(path: Path) -> None:
    """Copy the database as it is at one moment, while others write."""
    if connection.vendor == "sqlite":
        copy_sqlite(str(connection.settings_dict["NAME"]), path)
    else:
        command = [*tool("pg_dump"), "--format=custom", "--no-owner", "--no-acl", f"--file={path}"]
        run_tool([*command, f"--dbname={named_database()}"])


def copy_sqlite(name: str, path: Path) -> None:
    """Copy a SQLite file in one step, under one reading lock of its write-ahead log."""
    if not Path(name).is_file():
        raise Stop(f"There is no database at {name} yet. Start Hemicycle once with bin/run.", 2)
    with closing(sqlite3.connect(f"{Path(name).absolute().as_uri()}?mode=ro", uri=True)) as source:
        path.touch(mode=0o600)
        with closing(sqlite3.connect(path)) as target:
            source.backup(target, pages=-1)


def tool(name: str) -> list[str]:
    """Return the command of a PostgreSQL tool, or say how to get it."""
    found = shutil.which(name)
    if found is None:
        raise Stop(f"{name} is not installed. On Debian: sudo apt-get install postgresql-client")
    return [found]


def named_database() -> str:
    """Return the database as PostgreSQL's tools take it, without its password."""
    known = connection.settings_dict
    names = {"host": known["HOST"], "port": known["PORT"], "user": known["USER"], "dbname": known["NAME"]}
    options = {name: value for name, value in known["OPTIONS"].items() if name.startswith(("ssl", "connect"))}
    return " ".join(f"{name}='{escaped(value)}'" for name, value in (names | options).items() if value)


def escaped(value: object) -> str:
    """Return a value as it stands between the quotes of a connection string."""
    return str(value).replace("\\", "\\\\").replace("'", "\\'")


def run_tool(command: list[str]) -> None:
    """Run a PostgreSQL tool; its password goes by the environment, which others cannot read.

    Raises:
        Stop: it did not end well; the sentence repeats what it said.
    """
    password = str(connection.settings_dict["PASSWORD"] or "")
    environ = os.environ | ({"PGPASSWORD": password} if password else {})
    done = subprocess.run(command, env=environ, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
    if done.returncode:
        said = done.stderr.strip().splitlines()
        raise Stop(f"{Path(command[0]).name} did not end well: {said[0] if said else 'it said nothing'}")
