"""`bench acts`: acts a second, against the same statements without act(), and against the disk.

Each figure is taken on a copy of the same small world (the club), in turns, and the middle one of the rounds counts.
`plain_transactions_per_s` sends the statements that the acts sent, recorded once, each act's in one plain
transaction of Django; `commit_limit_per_s` commits one row at a time with the bare driver.
"""

import argparse
import json
import os
import shutil
import statistics
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


def configure(parser: argparse.ArgumentParser) -> None:
    """Say what `bench acts` may be asked."""
    parser.add_argument("--json", action="store_true", help="one JSON object a line and database")
    parser.add_argument("--acts", type=int, default=1000, metavar="N", help="how many acts in a round (default: 1000)")
    parser.add_argument("--rounds", type=int, default=3, metavar="N", help="how many rounds (default: 3)")


def run(args: argparse.Namespace) -> int:
    """Measure on SQLite, and on PostgreSQL where DATABASE_URL or HEMICYCLE_TEST_POSTGRES names one."""
    named = (os.environ.get("DATABASE_URL", ""), os.environ.get("HEMICYCLE_TEST_POSTGRES", ""))
    server = next((url for url in named if url.startswith("postgres")), "")
    for database, url in {"sqlite": "", "postgresql": server}.items():
        if database == "sqlite" or url:
            found = measure(database, url, args.acts, args.rounds)
            print(json.dumps(found) if args.json else sentence(found), flush=True)
    return 0


def sentence(found: dict[str, Any]) -> str:
    """Return the figures as a person reads them."""
    return (
        f"{found['database']}: {found['acts_per_s']:,} acts a second; the same statements without a book "
        f"{found['plain_transactions_per_s']:,} (ratio {found['ratio']}); the disk {found['commit_limit_per_s']:,}."
    )


def measure(database: str, url: str, acts: int, rounds: int) -> dict[str, Any]:
    """Found the world once, record the statements of the acts once, and take the figures in turns."""
    with tempfile.TemporaryDirectory(prefix="hemicycle-bench-") as folder, copies(url, Path(folder)) as copy:

        def stage(name: str, at: str) -> float:
            return float(run_stage(folder, at, name, str(acts), str(Path(folder, "statements"))) or 0)

        stage("found", copy("world"))
        stage("record", copy("recorded"))
        figures: dict[str, list[float]] = {"acts": [], "replay": [], "commits": []}
        for turn in range(rounds):
            for name, found in figures.items():
                found.append(stage(name, copy(f"{name}{turn}")))
    middle = {name: round(statistics.median(found)) for name, found in figures.items()}
    return {
        "bench": "acts",
        "database": database,
        "acts_per_s": middle["acts"],
        "plain_transactions_per_s": middle["replay"],
        "commit_limit_per_s": middle["commits"],
        "ratio": round(middle["acts"] / middle["replay"], 2),
    }


def run_stage(folder: str, url: str, *arguments: str) -> str:
    """Run one stage in a process of its own and return what it says."""
    environ = {
        **os.environ,
        "HEMICYCLE_DATA": folder,
        "HEMICYCLE_CONFIG": str(Path(folder, "none.toml")),
        "DATABASE_URL": url,
    }
    command = [sys.executable, "-m", "hemicycle.command.bench_acts.stage", *arguments]
    done = subprocess.run(command, env=environ, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        raise Stop("A part of the bench ended before its time; what it said stands above.")
    return done.stdout.strip()


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
