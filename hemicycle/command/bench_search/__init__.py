"""`bench search`: how long a question takes over many passages, and how soon what is entered can be found.

It runs in a process of its own, in a folder and on a database of its own. Passages are made for the run and stand in
no table: what is timed is the whole of a search, from the words typed to the page of hits with their snippets, but for
fetching those twenty rows. How soon a new passage is found is timed from the commit of its act, through the follower.
"""

import argparse
import json
from typing import Any

from hemicycle.command import Stop
from hemicycle.command.bench_place import once, own_place

LEAST = 100


def configure(parser: argparse.ArgumentParser) -> None:
    """Say what `bench search` may be asked."""
    parser.add_argument("--json", action="store_true", help="one JSON object")
    parser.add_argument(
        "--passages", type=int, default=1_000_000, metavar="N", help="how many passages (default: 1,000,000)"
    )
    parser.add_argument("--questions", type=int, default=500, metavar="N", help="how many questions (default: 500)")


def run(args: argparse.Namespace) -> int:
    """Measure, and say the figures."""
    if args.passages < LEAST or args.questions < 1:
        raise Stop(f"There must be {LEAST} passages and a question at least.", 2)
    found = measure(args.passages, args.questions)
    print(json.dumps(found) if args.json else sentences(found))
    return 0


def measure(passages: int, questions: int) -> dict[str, Any]:
    """Let the stage measure, in a place that is gone afterwards."""
    with own_place("") as environ:
        stage = once(environ, "hemicycle.command.bench_search.stage", str(passages), str(questions))
    found: dict[str, Any] = json.loads(stage)
    return found


def sentences(found: dict[str, Any]) -> str:
    """Return the figures as a person reads them."""
    return (
        f"{found['passages']:,} passages, indexed in {found['build_s']:,} s, {found['index_mb']:,} MB on disk. "
        f"Of {found['questions']:,} questions of two words half took {found['p50_ms']} ms or less, "
        f"99 of 100 {found['p99_ms']} ms or less (those of the commonest words alone: {found['common_p99_ms']} ms).\n"
        f"What is entered is found after {found['findable_ms']} ms, at most {found['findable_most_ms']} ms. "
        f"Memory at most: {found['peak_mb']:,} MB to index, {found['search_peak_mb']:,} MB to search."
    )
