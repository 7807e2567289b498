"""`demo`: build the demo in an empty database, or begin it anew with --reset."""

import argparse
from time import monotonic

from hemicycle.accounts.models import Installation
from hemicycle.command import Stop, prepare
from hemicycle.command.read.bar import Bar
from hemicycle.demo.anew import InUse, NotADemo, take_away
from hemicycle.demo.large import Size, build_large

LEAST_UNITS = 12
ELSEWHERE = "Build the demo elsewhere: name another data folder with HEMICYCLE_DATA."


def configure(parser: argparse.ArgumentParser) -> None:
    """`demo` may be asked to begin anew."""
    parser.add_argument("--reset", action="store_true", help="take the demo away first; a real body is never touched")
    parser.add_argument("--size", choices=("usual", "large"), default="usual", help="large: a generated federation")
    for name, count in vars(Size()).items():
        told = f"how many, of a large one (default: {count:,})"
        parser.add_argument(f"--{name}", type=int, default=count, metavar="N", help=told)


def run(args: argparse.Namespace) -> int:
    """Build the demo; with --reset, in the place of the one that stands there."""
    size = Size(args.units, args.decisions, args.directives, args.reports)
    if min(vars(size).values()) < 1 or size.units < LEAST_UNITS:
        raise Stop(f"A large demo has {LEAST_UNITS} units at least, and one of everything else.", 2)
    prepare.make_folders()
    if args.reset:
        reset()
    prepare.bring_up_to_date()
    if standing := Installation.objects.first():
        raise Stop(
            f"{standing.name} stands in this database already; nothing was changed. "
            + ("“hemicycle demo --reset” builds the demo anew." if standing.is_demo else ELSEWHERE)
        )
    if args.size == "large":
        seed_large(size)
    else:
        prepare.seed_demo()
    return 0


def seed_large(size: Size) -> None:
    """Fill an empty database with a generated federation."""
    prepare.say(f"Building a federation of {size.units:,} units, with {size.directives:,} tasks …")
    began = monotonic()
    prepare.UNFINISHED.touch()
    bar = Bar(size.directives + size.reports, "tasks and reports")
    build_large(size, bar.step)
    bar.end()
    prepare.UNFINISHED.unlink()
    prepare.say(f"It stands, after {monotonic() - began:.0f} seconds.")


def reset() -> None:
    """Take the demo away, or say why it stays."""
    try:
        take_away()
    except NotADemo as real:
        raise Stop(f"{real} is no demo, so its records stay; nothing was changed. {ELSEWHERE}") from real
    except InUse as used:
        raise Stop(
            "Somebody has this database open; nothing was changed. Stop Hemicycle where it runs (Ctrl-C), then reset."
        ) from used
    prepare.say("The old demo is gone.")
