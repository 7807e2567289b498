"""`migrate`: bring the database to this version of Hemicycle, and make the cache's table."""

import argparse

from hemicycle.command import prepare


def configure(parser: argparse.ArgumentParser) -> None:
    """`migrate` asks for nothing."""


def run(args: argparse.Namespace) -> int:
    """Migrate, and say what became of it."""
    prepare.make_folders()
    prepare.bring_up_to_date(always=True)
    prepare.say("The database is up to date.")
    return 0
