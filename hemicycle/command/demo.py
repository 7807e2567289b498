"""`demo`: build the demo in an empty database, or begin it anew with --reset."""

import argparse

from hemicycle.accounts.models import Installation
from hemicycle.command import Stop, prepare
from hemicycle.demo.anew import InUse, NotADemo, take_away

ELSEWHERE = "Build the demo elsewhere: name another data folder with HEMICYCLE_DATA."


def configure(parser: argparse.ArgumentParser) -> None:
    """`demo` may be asked to begin anew."""
    parser.add_argument("--reset", action="store_true", help="take the demo away first; a real body is never touched")


def run(args: argparse.Namespace) -> int:
    """Build the demo; with --reset, in the place of the one that stands there."""
    prepare.make_folders()
    if args.reset:
        reset()
    prepare.bring_up_to_date()
    if standing := Installation.objects.first():
        raise Stop(
            f"{standing.name} stands in this database already; nothing was changed. "
            + ("“hemicycle demo --reset” builds the demo anew." if standing.is_demo else ELSEWHERE)
        )
    prepare.seed_demo()
    return 0


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
