"""`bench`: measure what this machine gives, each bench in a module of its own."""

import argparse
from importlib import import_module

BENCHES = {
    "acts": "acts a second, against the same writes without a book and against the disk",
    "screens": "from an act's commit to the last of many screens, against a bare server",
    "ballots": "votes a second through the door, against what the disk and a bare server allow",
    "count": "ballots counted, by the median of several goes",
    "arrivals": "members scanned at the door, and phones that sign in with badges at once",
    "search": "two words over a million passages, and how soon new ones are found",
    "rollup": "pages of a large federation, one report up to every ancestor, and all figures anew",
    "read": "pages a second, read on one core and on all, against trafilatura",
}


def configure(parser: argparse.ArgumentParser) -> None:
    """Each bench says itself what it may be asked."""
    benches = parser.add_subparsers(title="benches", metavar="BENCH", required=True)
    for name, line in BENCHES.items():
        bench = benches.add_parser(name, help=line, description=f"{line[0].upper()}{line[1:]}.")
        module = import_module(f"hemicycle.command.bench_{name}")
        module.configure(bench)
        bench.set_defaults(bench=module.run)


def run(args: argparse.Namespace) -> int:
    """Run the bench that was asked for."""
    code: int = args.bench(args)
    return code
