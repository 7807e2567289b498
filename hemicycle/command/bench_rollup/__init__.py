"""`bench rollup`: what a large federation costs: its pages, a report up to every ancestor, all figures anew.

Each database is built for the run by the acts of the large demo, in a process of its own, and is gone afterwards. Pages
are asked for as everybody, through the whole of Django; a report is written with its entry by the head of its unit.
"""

import argparse
import json
from typing import Any

from hemicycle.command import Stop
from hemicycle.command.bench_place import databases, once, own_place, takes_json

DEFAULTS = {"units": 10_000, "decisions": 100, "directives": 100_000, "reports": 300_000, "times": 200}
LEAST_UNITS = 12


def configure(parser: argparse.ArgumentParser) -> None:
    """Say what `bench rollup` may be asked."""
    takes_json(parser)
    for name, count in DEFAULTS.items():
        parser.add_argument(f"--{name}", type=int, default=count, metavar="N", help=f"how many (default: {count:,})")


def run(args: argparse.Namespace) -> int:
    """Measure on each database that is there, and print a line for each measure."""
    asked = {name: getattr(args, name) for name in DEFAULTS}
    if min(asked.values()) < 1 or asked["units"] < LEAST_UNITS:
        raise Stop(f"There must be {LEAST_UNITS} units at least, and one of everything else.", 2)
    for database, url in databases().items():
        with own_place(url) as environ:
            stage = once(environ, "hemicycle.command.bench_rollup.stage", *(str(count) for count in asked.values()))
        for found in json.loads(stage):
            told = {"bench": "rollup", "database": database, **found}
            print(json.dumps(told) if args.json else sentence(told), flush=True)
    return 0


def sentence(found: dict[str, Any]) -> str:
    """Return a measure as a person reads it."""
    return (
        f"{found['database']}, {found['measure']}: half in {found['p50_ms']:,} ms or less, 99 of 100 in "
        f"{found['p99_ms']:,} ms or less ({found['times']:,} times; {found['directives']:,} tasks, "
        f"{found['reports']:,} reports, built in {found['build_s']:,} s)."
    )
