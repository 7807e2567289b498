"""The place of a bench: a folder, a database and processes of its own, taken away again in the end."""

import argparse
import contextlib
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg

from hemicycle.command import Stop

START_SECONDS = 60.0
Found = dict[str, Any]


def takes_json(parser: argparse.ArgumentParser) -> None:
    """Let a bench be asked for its figures as JSON."""
    parser.add_argument("--json", action="store_true", help="one JSON object a line and database")


def tell_each(args: argparse.Namespace, measure: Callable[[str, str], Found], sentence: Callable[[Found], str]) -> int:
    """Measure on each database that is there, and print what was found as JSON or in a sentence."""
    for name, url in databases().items():
        found = measure(name, url)
        print(json.dumps(found) if args.json else sentence(found), flush=True)
    return 0


def databases() -> dict[str, str]:
    """Return the databases to measure on, with the address of their server."""
    named = [os.environ.get("DATABASE_URL", ""), os.environ.get("HEMICYCLE_TEST_POSTGRES", "")]
    server = next((url for url in named if url.startswith("postgres")), "")
    return {"sqlite": ""} | ({"postgresql": server} if server else {})


@contextlib.contextmanager
def own_place(url: str) -> Iterator[dict[str, str]]:
    """Make a folder and a database for a bench, and yield the environment of its processes."""
    with tempfile.TemporaryDirectory(prefix="hemicycle-bench-") as folder, own_database(url) as own:
        yield {
            **os.environ,
            "HEMICYCLE_DATA": folder,
            "HEMICYCLE_CONFIG": str(Path(folder, "none.toml")),
            "DATABASE_URL": own,
            "HEMICYCLE_ALLOWED_HOSTS": "localhost",
            "HEMICYCLE_WORKERS": "2",
            "PYTHONWARNINGS": "ignore",
            "BENCH_FOLDER": folder,
        }


@contextlib.contextmanager
def own_database(url: str) -> Iterator[str]:
    """Make a database of the bench's own on a PostgreSQL, for as long as it is needed."""
    if not url:
        yield ""
        return
    name = f"hemicycle_bench_{os.getpid()}"
    parts = urlsplit(url)

    def address(database: str) -> str:
        return urlunsplit((parts.scheme, parts.netloc, f"/{database}", parts.query, ""))

    try:
        server = psycopg.connect(address("postgres"), autocommit=True)
    except psycopg.Error as error:
        raise Stop(f"The PostgreSQL for the bench does not answer: {error}.") from error
    with server:
        server.execute(psycopg.sql.SQL("CREATE DATABASE {}").format(psycopg.sql.Identifier(name)))
        try:
            yield address(name)
        finally:
            server.execute(psycopg.sql.SQL("DROP DATABASE {} WITH (FORCE)").format(psycopg.sql.Identifier(name)))


def once(environ: dict[str, str], module: str, *arguments: str) -> str:
    """Run a module to its end and return the last line of what it says."""
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments], env=environ, stdout=subprocess.PIPE, text=True, check=False
    )
    if done.returncode:
        raise Stop("A part of the bench ended before its time; what it said stands above.")
    return done.stdout.splitlines()[-1]


@contextlib.contextmanager
def started(environ: dict[str, str], module: str, *arguments: str) -> "Iterator[subprocess.Popen[str]]":
    """Run a module beside this, and end it."""
    with subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        env=environ,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            wait_for_port(int(environ["PORT"]), process)
            yield process
        finally:
            process.terminate()


def wait_for_port(port: int, process: "subprocess.Popen[str]") -> None:
    """Return when somebody listens there."""
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.05)
    raise Stop("A server of the bench did not start; what it said stands above.")


def free_port() -> int:
    """Return a port that nobody has now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def percentile(found: list[float], share: int) -> float:
    """Return the value below which this share of them lies, the nearest one."""
    ordered = sorted(found)
    return round(ordered[min(len(ordered) - 1, len(ordered) * share // 100)], 1)
