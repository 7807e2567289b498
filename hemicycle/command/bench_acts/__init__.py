"""`bench acts`: acts a second, against the same statements without act(), and against the disk.

Each figure is taken in a process of its own on a copy of the same small world (the club), and they take turns every
few acts, so that whatever else the machine does falls on all of them alike.
`plain_transactions_per_s` sends the statements that the acts sent, recorded once, each act's in one plain
transaction of Django; `commit_limit_per_s` commits one row at a time with the bare driver.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from hemicycle.command import Stop

Copy = Callable[[str], str]
TIMED = ("acts", "replay", "commits")
TURN = 50


def configure(parser: argparse.ArgumentParser) -> None:
    """Say what `bench acts` may be asked."""
    parser.add_argument("--json", action="store_true", help="one JSON object a line and database")
    parser.add_argument("--acts", type=int, default=2000, metavar="N", help="how many acts (default: 2000)")


def run(args: argparse.Namespace) -> int:
    """Measure on SQLite, and on PostgreSQL where DATABASE_URL or HEMICYCLE_TEST_POSTGRES names one."""
    named = (os.environ.get("DATABASE_URL", ""), os.environ.get("HEMICYCLE_TEST_POSTGRES", ""))
    server = next((url for url in named if url.startswith("postgres")), "")
    for database, url in {"sqlite": "", "postgresql": server}.items():
        if database == "sqlite" or url:
            found = measure(database, url, max(args.acts, TURN))
            print(json.dumps(found) if args.json else sentence(found), flush=True)
    return 0


def sentence(found: dict[str, Any]) -> str:
    """Return the figures as a person reads them."""
    return (
        f"{found['database']}: {found['acts_per_s']:,} acts a second; the same statements without a book "
        f"{found['plain_transactions_per_s']:,} (ratio {found['ratio']}); the disk {found['commit_limit_per_s']:,}."
    )


def measure(database: str, url: str, acts: int) -> dict[str, Any]:
    """Found the world, record the statements of the acts once, and take the figures in turns."""
    with tempfile.TemporaryDirectory(prefix="hemicycle-bench-") as folder, copies(url, Path(folder)) as copy:
        run_stage(folder, copy("world"), "found", acts)
        run_stage(folder, copy("recorded"), "record", acts)
        with ExitStack() as stages:
            ready = {name: stages.enter_context(started(folder, copy(name), name, acts)) for name in TIMED}
            seconds = dict.fromkeys(TIMED, 0.0)
            for _turn in range(acts // TURN):
                for name, process in ready.items():
                    seconds[name] += take_turn(process)
    # The ratio is that of the two figures told, so that whoever divides them finds it.
    rates = {name: round(acts // TURN * TURN / seconds[name]) for name in TIMED}
    return {
        "bench": "acts",
        "database": database,
        "acts": acts // TURN * TURN,
        "acts_per_s": rates["acts"],
        "plain_transactions_per_s": rates["replay"],
        "commit_limit_per_s": rates["commits"],
        "ratio": round(rates["acts"] / rates["replay"], 2),
    }


def words(name: str, acts: int, folder: str) -> list[str]:
    """Return the command of a stage."""
    return [sys.executable, "-m", "hemicycle.command.bench_acts.stage", name, str(acts), str(Path(folder, "sent"))]


def environ(folder: str, url: str) -> dict[str, str]:
    """Return the settings of a stage: nothing of the installation at hand."""
    ours = {"HEMICYCLE_DATA": folder, "HEMICYCLE_CONFIG": str(Path(folder, "none.toml")), "DATABASE_URL": url}
    return {**os.environ, **ours}


def run_stage(folder: str, url: str, name: str, acts: int) -> None:
    """Run a stage to its end."""
    done = subprocess.run(words(name, acts, folder), env=environ(folder, url), stdin=subprocess.DEVNULL, check=False)
    if done.returncode:
        raise Stop("A part of the bench ended before its time; what it said stands above.")


@contextmanager
def started(folder: str, url: str, name: str, acts: int) -> "Iterator[subprocess.Popen[str]]":
    """Start a stage that takes turns, and end it."""
    with subprocess.Popen(
        words(name, acts, folder),
        env=environ(folder, url),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            take_turn(process)  # Of no act: it says that it is ready.
            yield process
        finally:
            process.kill()


def take_turn(process: "subprocess.Popen[str]") -> float:
    """Let a stage do its next few, and return the seconds that it took."""
    if process.stdin is None or process.stdout is None:
        raise ValueError("A stage is spoken to by pipes.")
    process.stdin.write("\n")
    process.stdin.flush()
    if not (said := process.stdout.readline()):
        raise Stop("A part of the bench ended before its time; what it said stands above.")
    return float(said)


@contextmanager
def copies(url: str, folder: Path) -> Iterator[Copy]:
    """Yield what makes a database: “world” is empty, every other a copy of it."""
    if not url:
        yield lambda name: copy_sqlite(folder, name)
        return
    parts = urlsplit(url)
    stem = f"hemicycle_bench_{os.getpid()}"

    def address(database: str) -> str:
        return urlunsplit((parts.scheme, parts.netloc, f"/{database}", parts.query, ""))

    try:
        server = psycopg.connect(address("postgres"), autocommit=True)
    except psycopg.Error as error:
        raise Stop(f"The PostgreSQL for the bench does not answer: {error}.") from error
    with server, ExitStack() as afterwards:

        def copy(name: str) -> str:
            made, world = sql.Identifier(f"{stem}_{name}"), sql.Identifier(f"{stem}_world")
            template = sql.SQL("") if name == "world" else sql.SQL(" TEMPLATE {}").format(world)
            server.execute(sql.SQL("CREATE DATABASE {}").format(made) + template)
            afterwards.callback(server.execute, sql.SQL("DROP DATABASE {} WITH (FORCE)").format(made))
            return address(f"{stem}_{name}")

        yield copy


def copy_sqlite(folder: Path, name: str) -> str:
    """Copy the closed file of the world."""
    path = folder / f"{name}.sqlite3"
    if name != "world":
        shutil.copyfile(folder / "world.sqlite3", path)
    return f"sqlite:///{path}"
