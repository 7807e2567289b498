"""What stands before serving: folders, tables, static files, the demo. Each step does only what is due."""

import ctypes
import hashlib
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from time import monotonic

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

import hemicycle
from hemicycle.command import Stop, new_database
from hemicycle.ground.settings import CONFIG

PANGO = {
    "darwin": "brew install pango",
    "linux": "sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0",
}
PANGO_LIBRARIES = ("libgobject-2.0.so.0", "libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz.so.0")
# Stands in the data folder while the demo is being built.
UNFINISHED = CONFIG.data / "demo-unfinished"


def say(sentence: str) -> None:
    """Tell the person at the terminal what is being done."""
    print(sentence, flush=True)


def make_folders() -> None:
    """Make the data folder and what stands in it."""
    for folder in (CONFIG.data, CONFIG.data / "files"):
        folder.mkdir(parents=True, exist_ok=True)


def refuse_without_its_database() -> None:
    """Stop where the files of an installation are here and its database is not: an empty one would hide the loss."""
    database = Path(str(settings.DATABASES["default"]["NAME"]))
    if connection.vendor != "sqlite" or database.exists() or UNFINISHED.exists():
        return
    if (CONFIG.keys / "checkpoint_key").exists() or any((CONFIG.data / "files").glob("documents/**/*")):
        raise Stop(
            f"The files of an installation are in {CONFIG.data}, but its database {database.name} is not. Nothing was "
            "made in its place. Put it back, or bring a backup back into an empty folder with: bin/hemicycle restore. "
            "To begin something new, name another folder with HEMICYCLE_DATA.",
            1,
        )


def bring_up_to_date(*, always: bool = False) -> bool:
    """Make or migrate the database, and make the cache's table, if that is due; say whether it was."""
    executor = MigrationExecutor(connection)
    due = executor.migration_plan(executor.loader.graph.leaf_nodes())
    cache_table = str(settings.CACHES["default"]["LOCATION"])
    if not always and not due and cache_table in connection.introspection.table_names():
        return False
    if new_database.is_new():
        say("Making the database …")
        new_database.make_tables()
    else:
        say(f"Bringing the database to version {hemicycle.__version__} ({len(due)} steps) …")
        call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    return True


def collect_static() -> None:
    """Copy the static files to one folder with their digests in their names, if one of them changed."""
    root = Path(settings.STATIC_ROOT)
    stamp, made = root / ".stamp", fingerprint(static_files())
    if stamp.is_file() and stamp.read_text(encoding="ascii") == made:
        return
    say("Collecting the static files …")
    call_command("collectstatic", interactive=False, verbosity=0, clear=root.is_dir())
    stamp.write_text(made, encoding="ascii")


def static_files() -> Iterator[tuple[str, Path]]:
    """Yield every static file by its name and place."""
    for finder in get_finders():
        for name, storage in finder.list([]):
            yield name, Path(storage.path(name))


def fingerprint(files: Iterator[tuple[str, Path]]) -> str:
    """Return a digest over the names, sizes and times of files."""
    made = hashlib.sha256(hemicycle.__version__.encode())
    for name, path in sorted(files):
        known = path.stat()
        made.update(f"{name}\0{known.st_size}\0{known.st_mtime_ns}\n".encode())
    return made.hexdigest()


def is_empty() -> bool:
    """Say whether nothing was founded in this database yet."""
    from hemicycle.accounts.models import Installation

    return not Installation.objects.exists()


def clear_unfinished_demo() -> None:
    """Take away a demo whose building was broken off, so that it can begin anew."""
    if UNFINISHED.exists():
        from hemicycle.demo.anew import NotADemo, take_away

        say("The demo was not finished last time; it begins anew.")
        with suppress(NotADemo):  # A real body was founded since: it stays, and nothing is to be cleared.
            take_away()
            bring_up_to_date()
        UNFINISHED.unlink()


def seed_demo() -> None:
    """Fill an empty database with the demo federation."""
    from hemicycle.demo.federation import build

    say("Building the demo, a federation of co-operatives with invented people …")
    began = monotonic()
    UNFINISHED.touch()
    build(progress=Progress())
    UNFINISHED.unlink()
    say(f"The demo stands, after {monotonic() - began:.0f} seconds.")


class Progress:
    """Shows how far a long work is: one line that is rewritten in a terminal, one line a step elsewhere."""

    def __init__(self) -> None:
        self.terminal = sys.stdout.isatty()

    def __call__(self, sentence: str, done: int | None = None, of: int | None = None) -> None:
        """Show a step; `done` of `of` where the number of steps is known."""
        line = f"  {sentence}" if done is None or of is None else f"  {done} of {of}: {sentence}"
        print(line, flush=True)


def has_pango() -> bool:
    """Say whether PDF can be made: Pango is there under its usual names, or WeasyPrint finds it in its own way."""
    try:
        for name in PANGO_LIBRARIES:
            ctypes.CDLL(name)
    except OSError:
        try:
            import weasyprint  # noqa: F401  # Loading it is the trial, and takes a second.
        except OSError:
            return False
    return True


def warn_of_pango() -> None:
    """Say which package makes PDF possible where Pango is missing; everything else runs without it."""
    if not has_pango():
        line = PANGO.get(sys.platform, PANGO["linux"])
        say(f"Pango is missing, so there will be no PDF; everything else works. To have PDF: {line}")
