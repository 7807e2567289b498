"""`bench count`: milliseconds to read a file of ballots and to count it, the median of several goes.

The papers are drawn with a fixed seed; every paper ranks every candidate, the liked ones oftener first, so that
two thirds of 100,000 papers over ten candidates are unlike every other. Real elections have far fewer kinds of paper.
"""

import argparse
import gc
import json
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from hemicycle.command import Stop
from hemicycle.voting.methods import METHODS
from hemicycle.voting.methods.ballot_files import Found, read
from hemicycle.voting.methods.election import Election
from hemicycle.voting.methods.lot import Lot

LOT = (Lot("bench"),)
TIMED = {"scottish-stv": None, "schulze": 1, "irv": 1, "ers97": None}
GOES = 5


def configure(parser: argparse.ArgumentParser) -> None:
    """Say what `bench count` may be asked."""
    parser.add_argument("--json", action="store_true", help="one JSON object a line and method")
    parser.add_argument("--ballots", type=int, default=100_000, metavar="N", help="papers (default: 100,000)")
    parser.add_argument("--candidates", type=int, default=10, metavar="N", help="candidates (default: 10)")
    parser.add_argument("--seats", type=int, default=5, metavar="N", help="seats, where there may be many (default: 5)")


def run(args: argparse.Namespace) -> int:
    """Draw the papers, write them as BLT, and time reading and counting."""
    if not (args.ballots > 0 and 1 < args.candidates <= 40 and args.seats > 0):
        raise Stop("There must be a paper, a seat, and from 2 to 40 candidates.", 2)
    with tempfile.TemporaryDirectory(prefix="hemicycle-bench-") as folder:
        path = Path(folder, "ballots.blt")
        path.write_text("\n".join(blt(args.ballots, args.candidates, args.seats)), encoding="utf-8")
        found, read_ms = median(lambda: read(path))
    for name, seats in TIMED.items():
        figures = measured(name, found, seats or args.seats) | {"read_ms": read_ms}
        print(json.dumps(figures) if args.json else sentence(figures), flush=True)
    return 0


def blt(ballots: int, candidates: int, seats: int) -> Iterator[str]:
    """Yield the lines of a BLT file with one line for each paper."""
    dice = random.Random(1)  # noqa: S311 -- papers for a bench, not secrets
    liked = [dice.uniform(0.2, 1) for _ in range(candidates)]
    yield f"{candidates} {seats}"
    for _paper in range(ballots):
        draws = [dice.random() ** (1 / like) for like in liked]
        order = sorted(range(candidates), key=draws.__getitem__, reverse=True)
        yield f"1 {' '.join(str(number + 1) for number in order)} 0"
    yield from ["0", *(f"Candidate {number}" for number in range(1, candidates + 1)), "Bench", ""]


def median(work: Callable[[], Any]) -> tuple[Any, float]:
    """Return what the work gives, and the median of its milliseconds."""
    took: list[float] = []
    done: Any = None
    for _go in range(GOES):
        done = None
        gc.collect()
        begun = time.perf_counter()
        done = work()
        took.append((time.perf_counter() - begun) * 1000)
    return done, round(statistics.median(took), 1)


def measured(name: str, found: Found, seats: int) -> dict[str, Any]:
    """Return the figures of a method."""
    election = Election(found.candidates, found.papers, seats)
    _count, count_ms = median(lambda: METHODS[name].count(election, LOT))
    return {
        "bench": "count",
        "method": name,
        "ballots": sum(found.papers.values()),
        "candidates": len(found.candidates),
        "seats": seats,
        "count_ms": count_ms,
    }


def sentence(figures: dict[str, Any]) -> str:
    """Return the figures as a person reads them."""
    return (
        f"{figures['method']}: {figures['ballots']:,} papers, {figures['candidates']} candidates, "
        f"seats: {figures['seats']}; counted in {figures['count_ms']:,} ms, read in {figures['read_ms']:,} ms."
    )
