"""`bench arrivals`: members scanned at the door one after the other, and phones that sign in with badges at once.

It makes its own folder, database, server and clients, and takes them away again. One JSON object a line and
database: SQLite, and PostgreSQL where DATABASE_URL or HEMICYCLE_TEST_POSTGRES names one. Every scan is a request to
the door's page, whose answer shows the quorum. Phones come in waves, all at once: the page behind the badge, the
sign-in, and the delegate's page.
"""

import argparse
import json
from pathlib import Path
from typing import Any

from hemicycle.command import Stop
from hemicycle.command.bench_place import free_port, once, own_place, percentile, started, takes_json, tell_each

HERE = "hemicycle.command.bench_arrivals"
TEN_MINUTES = 600


def configure(parser: argparse.ArgumentParser) -> None:
    """Say what `bench arrivals` may be asked."""
    takes_json(parser)
    parser.add_argument("--arrivals", type=int, default=2000, metavar="N", help="how many arrive (default: 2000)")
    parser.add_argument("--desks", type=int, default=4, metavar="D", help="how many scanners (default: 4)")
    parser.add_argument("--phones", type=int, default=200, metavar="P", help="how many sign in at once (default: 200)")


def run(args: argparse.Namespace) -> int:
    """Measure on each database that is there."""
    if args.arrivals < max(args.phones, 1) or min(args.desks, args.phones) < 1:
        raise Stop("Ask for at least one scanner and one phone, and for no more phones than people.")
    return tell_each(args, lambda name, url: measure(name, url, args.arrivals, args.desks, args.phones), sentence)


def sentence(found: dict[str, Any]) -> str:
    """Return the figures as a person reads them."""
    return (
        f"{found['database']}: {found['arrivals']} arrivals at {found['desks']} scanners in {found['seconds']} s "
        f"({found['in_ten_minutes']:,} in ten minutes), a scan at worst {found['scan_worst_ms']} ms; "
        f"{found['phones']} sign-ins at once took at worst {found['sign_in_worst_ms']} ms."
    )


def measure(name: str, url: str, arrivals: int, desks: int, phones: int) -> dict[str, Any]:
    """Take the figures on one database, through the door of the house."""
    with own_place(url) as environ:
        environ["PORT"] = str(free_port())
        world = Path(environ["BENCH_FOLDER"], "world.json")
        once(environ, f"{HERE}.world", str(arrivals), str(desks), str(world))
        with started(environ, "hemicycle.command.server"):
            told = json.loads(once(environ, f"{HERE}.clients", str(world), str(phones)))
    # Who presides was there before.
    if told["failed"] or told["present"] != arrivals + 1:
        raise Stop(f"Of {arrivals} arrivals {told['present'] - 1} were entered; {told['failed']} answers were others.")
    waves = {f"{wave}_worst_ms": percentile(took, 100) for wave, took in told["waves"].items()}
    return {
        "bench": "arrivals",
        "database": name,
        "arrivals": arrivals,
        "desks": desks,
        "seconds": round(told["seconds"], 1),
        "in_ten_minutes": round(arrivals * TEN_MINUTES / told["seconds"]),
        "scan_p50_ms": percentile(told["scans"], 50),
        "scan_p99_ms": percentile(told["scans"], 99),
        "scan_worst_ms": percentile(told["scans"], 100),
        "phones": phones,
        **waves,
    }
