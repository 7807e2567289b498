"""`bench read`: pages a second on one core and on all, against trafilatura on the same pages in the same run.

The pages are made for the run, 30 to 150 KB each. Every reader has a process of its own, and they take turns, so that
what else the machine does hits them alike.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import deque
from contextlib import ExitStack
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from hemicycle.command import Stop
from hemicycle.command.bench_read.boundaries import by_reader, by_trafilatura, ends_right, known_pages, words_right
from hemicycle.command.bench_read.pages import Made, made
from hemicycle.command.read.crew import AHEAD, in_turn, pool_of
from hemicycle.command.read.work import Order

TURN = 5
WARM = 3
ROUNDS = 3  # How often all cores, and one, read all pages.
SCORED = 30  # Pages of the run whose boundaries are looked at.
NO_RIVAL = "trafilatura is not installed, so there is nothing to compare with: pip install 'hemicycle[test]'."


def configure(parser: argparse.ArgumentParser) -> None:
    """Say what `bench read` may be asked."""
    parser.add_argument("--json", action="store_true", help="one JSON object")
    parser.add_argument("--pages", type=int, default=60, metavar="N", help="how many pages (default: 60)")
    parser.add_argument("--workers", type=int, metavar="N", help="processes (default: one a core)")


def run(args: argparse.Namespace) -> int:
    """Measure, and say the figures."""
    if args.pages < 1 or (args.workers is not None and args.workers < 1):
        raise Stop("--pages and --workers take numbers from 1 on.", 2)
    rival = find_spec("trafilatura") is not None
    if not rival:
        print(NO_RIVAL, file=sys.stderr)
    found = measure(made(args.pages), args.workers or cores(), rival=rival)
    print(json.dumps(found) if args.json else sentences(found))
    return 0


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def sentences(found: dict[str, Any]) -> str:
    """Return the figures as a person reads them."""
    lines = [
        f"Whole reading: {found['pages_per_s']} pages ({found['mb_per_s']} MB) a second on one core, "
        f"at most {found['peak_mb']} MB of memory.",
        f"On {found['workers']} processes: {found['workers_pages_per_s']} pages a second, "
        f"{100 * found['efficiency']:.0f} % of what as many cores could give.",
        f"Finding the article alone: {found['article_pages_per_s']} pages a second; "
        f"{100 * found['boundaries']:.0f} % of beginnings and ends right.",
    ]
    if found["trafilatura_pages_per_s"]:
        lines.append(
            f"trafilatura: {found['trafilatura_pages_per_s']} pages a second, "
            f"{100 * found['trafilatura_boundaries']:.0f} % of beginnings and ends right. The whole reading is "
            f"{found['ratio']} times, finding the article {found['article_ratio']} times as fast."
        )
    return "\n".join(lines)


def measure(pages: list[Made], workers: int, *, rival: bool) -> dict[str, Any]:
    """Let every reader read the same pages in turns, then all cores."""
    with tempfile.TemporaryDirectory(prefix="hemicycle-bench-") as folder:
        paths = [Path(folder, page.name) for page in pages]
        for path, page in zip(paths, pages, strict=True):
            path.write_bytes(page.html)
        names = ["whole", "article", *(["trafilatura"] if rival else [])]
        seconds, peaks = in_turns(names, paths)
        alone, together = on_all(paths, workers)
    rates = {name: len(pages) / took for name, took in seconds.items()}
    known = known_pages(pages[:SCORED])
    return {
        "bench": "read",
        "pages": len(pages),
        "mb": round(sum(len(page.html) for page in pages) / 1e6, 2),
        "pages_per_s": round(rates["whole"], 2),
        "mb_per_s": round(sum(len(page.html) for page in pages) / 1e6 / seconds["whole"], 2),
        "article_pages_per_s": round(rates["article"], 2),
        "trafilatura_pages_per_s": round(rates["trafilatura"], 2) if rival else None,
        "ratio": round(rates["whole"] / rates["trafilatura"], 2) if rival else None,
        "article_ratio": round(rates["article"] / rates["trafilatura"], 2) if rival else None,
        "peak_mb": round(peaks["whole"]),
        "workers": workers,
        "workers_pages_per_s": round(together, 2),
        "efficiency": round(together / (workers * alone), 2),
        "boundaries": ends_right(known, by_reader),
        "trafilatura_boundaries": ends_right(known, by_trafilatura) if rival else None,
        "article_words": words_right(known, by_reader),
        "trafilatura_article_words": words_right(known, by_trafilatura) if rival else None,
    }


def in_turns(names: list[str], paths: list[Path]) -> tuple[dict[str, float], dict[str, float]]:
    """Return the seconds that each reader took for all pages, and the most memory that it had."""
    seconds, peaks = dict.fromkeys(names, 0.0), dict.fromkeys(names, 0.0)
    with ExitStack() as afterwards:
        stages = {name: afterwards.enter_context(started(name)) for name in names}
        for stage in stages.values():
            turn(stage, paths[:WARM])  # The first pages pay for what is loaded once.
        for at in range(0, len(paths), TURN):
            for name, stage in stages.items():
                took, peaks[name] = turn(stage, paths[at : at + TURN])
                seconds[name] += took
        for stage in stages.values():
            stage.kill()
    return seconds, peaks


def started(name: str) -> "subprocess.Popen[str]":
    """Start a stage."""
    command = [sys.executable, "-m", "hemicycle.command.bench_read.stage", name]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def turn(stage: "subprocess.Popen[str]", paths: list[Path]) -> tuple[float, float]:
    """Let a stage read these pages; return the seconds, and its peak memory in MB."""
    if stage.stdin is None or stage.stdout is None:
        raise ValueError("A stage is spoken to by pipes.")
    stage.stdin.write(json.dumps([str(path) for path in paths]) + "\n")
    stage.stdin.flush()
    if not (said := stage.stdout.readline()):
        raise Stop("A part of the bench ended before its time; what it said stands above.")
    took, peak = json.loads(said)
    return took, peak


def on_all(paths: list[Path], workers: int) -> tuple[float, float]:
    """Return the pages a second of one process and of so many, as `hemicycle read` uses them, taking turns."""
    seconds = {1: 0.0, workers: 0.0}
    orders = [Order(path.name, path, "flat") for path in paths]
    with ExitStack() as afterwards:
        pools = {count: afterwards.enter_context(pool_of(count)) for count in seconds}
        for count, pool in pools.items():
            deque(in_turn(pool, iter(orders[:WARM] * count * 2), deque(), count * AHEAD), maxlen=0)
        for _round in range(ROUNDS):
            for count, pool in pools.items():
                begun = time.perf_counter()
                deque(in_turn(pool, iter(orders), deque(), count * AHEAD), maxlen=0)
                seconds[count] += time.perf_counter() - begun
    return ROUNDS * len(paths) / seconds[1], ROUNDS * len(paths) / seconds[workers]
