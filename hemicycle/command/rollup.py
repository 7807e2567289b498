"""`rollup`: hold the figures of tasks against a full recomputation from the reports, and write them anew if asked."""

import argparse

from hemicycle.decisions.rollup.recomputing import compute_anew, figures_that_do_not_hold
from hemicycle.journal.verify import snapshot


def configure(parser: argparse.ArgumentParser) -> None:
    """`rollup` may be asked to write."""
    parser.add_argument("--anew", action="store_true", help="write every figure as the reports have it")


def run(args: argparse.Namespace) -> int:
    """Say what does not hold, or mend it."""
    if args.anew:
        print(f"Computed anew. Figures that were not what their reports come to: {compute_anew()}.")
        return 0
    with snapshot():
        wrong = list(figures_that_do_not_hold())
    for sentence in wrong:
        print(sentence)
    if not wrong:
        print("Every figure is what its reports come to.")
    return 1 if wrong else 0
