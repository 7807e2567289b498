"""`bench screens`: from an act's commit to the last of many screens, against a bare broadcast in the same run.

It makes its own folder, database, server and clients, and takes them away again. One JSON object a line and
database: SQLite, and PostgreSQL where DATABASE_URL or HEMICYCLE_TEST_POSTGRES names one. Each act is timed from its
commit to the moment when the last client has the event in whole; `p50_ms` and `p99_ms` are over the acts.
"""

import argparse
import contextlib
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any
from urllib.parse import urlsplit, urlunsplit

import psycopg

from hemicycle.command import Stop

HERE = "hemicycle.command.bench_screens"
START_SECONDS = 60.0
PAUSE = 0.7


def configure(parser: argparse.ArgumentParser) -> None:
    """Say what `bench screens` may be asked."""
    parser.add_argument("--json", action="store_true", help="one JSON object a line and database")
    parser.add_argument("--clients", type=int, default=1000, metavar="N", help="how many screens (default: 1000)")
    parser.add_argument("--acts", type=int, default=30, metavar="N", help="how many acts (default: 30)")


def run(args: argparse.Namespace) -> int:
    """Measure on each database that is there."""
    for name, url in databases().items():
        found = measure(name, url, args.clients, args.acts)
        print(json.dumps(found) if args.json else sentence(found), flush=True)
    return 0


def databases() -> dict[str, str]:
    """Return the databases to measure on, with the address of their server."""
    named = [os.environ.get("DATABASE_URL", ""), os.environ.get("HEMICYCLE_TEST_POSTGRES", "")]
    server = next((url for url in named if url.startswith("postgres")), "")
    return {"sqlite": ""} | ({"postgresql": server} if server else {})


def sentence(found: dict[str, Any]) -> str:
    """Return a figure as a person reads it."""
    return (
        f"{found['database']}: {found['clients']} screens had an act after {found['p50_ms']} ms, at worst "
        f"{found['p99_ms']} ms; a bare server needs {found['bare_p99_ms']} ms ({found['ratio']} times as long)."
    )


def measure(name: str, url: str, clients: int, acts: int) -> dict[str, Any]:
    """Measure the house, then a bare server with events of the same size, on one database."""
    with tempfile.TemporaryDirectory(prefix="hemicycle-bench-") as folder, own_database(url) as own:
        environ = {
            **os.environ,
            "HEMICYCLE_DATA": folder,
            "HEMICYCLE_CONFIG": str(Path(folder, "none.toml")),
            "DATABASE_URL": own,
            "HEMICYCLE_ALLOWED_HOSTS": "localhost",
            "HEMICYCLE_WORKERS": "2",
            "PYTHONWARNINGS": "ignore",
        }
        world = json.loads(once(environ, f"{HERE}.world", "found"))
        path = f"/live/{world['book']}/?meeting={world['meeting']}&face=public"
        house = latencies(environ, "hemicycle.command.server", path, clients, [f"{HERE}.world", "act", str(acts)])
        environ |= {"BENCH_FOLDER": folder, "BENCH_BYTES": str(house["bytes"])}
        bare = latencies(environ, f"{HERE}.bare", "/", clients, [f"{HERE}.bare", "go", str(acts)])
    worst, bare_worst = percentile(house["last"], 99), percentile(bare["last"], 99)
    return {
        "bench": "screens",
        "database": name,
        "clients": clients,
        "acts": acts,
        "p50_ms": percentile(house["last"], 50),
        "p99_ms": worst,
        "bare_p50_ms": percentile(bare["last"], 50),
        "bare_p99_ms": bare_worst,
        "ratio": round(worst / bare_worst, 2),
    }


def latencies(environ: dict[str, str], server: str, path: str, clients: int, actor: list[str]) -> dict[str, Any]:
    """Return for each act the milliseconds until the last client had its event, and the size of an event."""
    environ = {**environ, "PORT": str(free_port())}
    with started(environ, server) as served, started(environ, f"{HERE}.clients", path, str(clients)) as screens:
        if not line(screens).startswith("ready"):
            raise Stop(f"The {clients} screens could not connect; the server said: {served.poll()}.")
        time.sleep(0.5)
        committed = json.loads(once(environ, *actor))
        if screens.stdin:
            screens.stdin.close()
        told = json.loads(line(screens))
    missed = [number for number in committed if len(told["arrived"].get(number, [])) < clients]
    if missed:
        raise Stop(f"Of {len(committed)} acts, {len(missed)} did not reach every screen.")
    last = [1000 * (max(told["arrived"][number]) - moment) for number, moment in committed.items()]
    return {"last": last, "bytes": told["bytes"]}


def percentile(found: list[float], share: int) -> float:
    """Return the value below which this share of them lies, the nearest one."""
    ordered = sorted(found)
    return round(ordered[min(len(ordered) - 1, len(ordered) * share // 100)], 1)


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


def line(process: "subprocess.Popen[str]") -> str:
    """Return the next line that a process says."""
    said: IO[str] | None = process.stdout
    return said.readline() if said else ""


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
