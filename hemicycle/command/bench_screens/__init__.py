"""`bench screens`: from an act's commit to the last of many screens, against a bare broadcast in the same run.

It makes its own folder, database, server and clients, and takes them away again. One JSON object a line and
database: SQLite, and PostgreSQL where DATABASE_URL or HEMICYCLE_TEST_POSTGRES names one. Each act is timed from its
commit to the moment when the last client has the event in whole; `p50_ms` and `p99_ms` are over the acts.
"""

import argparse
import json
import subprocess
import time
from typing import IO, Any

from hemicycle.command import Stop
from hemicycle.command.bench_place import free_port, once, own_place, percentile, started, takes_json, tell_each

HERE = "hemicycle.command.bench_screens"
PAUSE = 0.7


def configure(parser: argparse.ArgumentParser) -> None:
    """Say what `bench screens` may be asked."""
    takes_json(parser)
    parser.add_argument("--clients", type=int, default=1000, metavar="N", help="how many screens (default: 1000)")
    parser.add_argument("--acts", type=int, default=30, metavar="N", help="how many acts (default: 30)")


def run(args: argparse.Namespace) -> int:
    """Measure on each database that is there."""
    return tell_each(args, lambda name, url: measure(name, url, args.clients, args.acts), sentence)


def sentence(found: dict[str, Any]) -> str:
    """Return a figure as a person reads it."""
    return (
        f"{found['database']}: {found['clients']} screens had an act after {found['p50_ms']} ms, at worst "
        f"{found['p99_ms']} ms; a bare server needs {found['bare_p99_ms']} ms ({found['ratio']} times as long)."
    )


def measure(name: str, url: str, clients: int, acts: int) -> dict[str, Any]:
    """Measure the house, then a bare server with events of the same size, on one database."""
    with own_place(url) as environ:
        world = json.loads(once(environ, f"{HERE}.world", "found"))
        path = f"/live/{world['book']}/?meeting={world['meeting']}&face=public"
        house = latencies(environ, "hemicycle.command.server", path, clients, [f"{HERE}.world", "act", str(acts)])
        sized = environ | {"BENCH_BYTES": str(house["bytes"])}
        bare = latencies(sized, f"{HERE}.bare", "/", clients, [f"{HERE}.bare", "go", str(acts)])
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


def line(process: "subprocess.Popen[str]") -> str:
    """Return the next line that a process says."""
    said: IO[str] | None = process.stdout
    return said.readline() if said else ""
