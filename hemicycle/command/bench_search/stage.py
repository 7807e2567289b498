"""The stage of `bench search`, in a process of its own: it builds the index, asks, and enters what is then found."""

import gc
import json
import multiprocessing
import resource
import statistics
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from hemicycle.command.bench_search.passages import COMMON, questions, text_of
from hemicycle.ground import opening

BATCH = 500
WARM = 30
ENTERED = 9
SEARCHABLE = {"passage": "hemicycle.command.bench_search.passages.searchable"}
LONGEST_WAIT = 30.0


def main() -> None:
    """Measure and print the figures."""
    passages, count = int(sys.argv[1]), int(sys.argv[2])
    context = multiprocessing.get_context("spawn")
    with context.Pool(1) as pool:
        built = pool.apply(build, (passages,))
    with context.Pool(1) as pool:
        asked = pool.apply(ask, (passages, count))
    print(json.dumps({"bench": "search", "passages": passages, "questions": count, **built, **asked}))


def open_house() -> None:
    """Let the rooms be loaded, with nothing searchable but the passages of the bench."""
    opening.open_house()
    from django.conf import settings

    settings.HEMICYCLE_SEARCHABLE = SEARCHABLE


def build(passages: int) -> dict[str, Any]:
    """Make the tables, found the club, and index the passages."""
    open_house()
    from hemicycle.command.new_database import make_tables
    from hemicycle.demo.club import found_club
    from hemicycle.search.index import writing

    make_tables()
    found_club()
    begun = time.perf_counter()
    with writing() as writer:
        for first in range(1, passages + 1, BATCH):
            writer.add("passage", list(range(first, min(first + BATCH, passages + 1))))
        writer.commit(heads())
        writer.writer.wait_merging_threads()
        took, place = time.perf_counter() - begun, writer.place
    size = sum(file.stat().st_size for file in place.rglob("*") if file.is_file())
    return {"build_s": round(took, 1), "index_mb": round(size / 1e6), "peak_mb": peak()}


def heads() -> dict[str, int]:
    """Return up to which entry each book is read."""
    from hemicycle.journal.models import Book

    return {str(uuid): number for uuid, number in Book.objects.values_list("uuid", "head_number")}


def ask(passages: int, count: int) -> dict[str, Any]:
    """Ask as the public and as a member, in turns; then enter passages and look for them."""
    open_house()
    from hemicycle.accounts.access import PUBLIC, Viewer

    member = Viewer(person=1, organisation=True, bodies=frozenset({3, 9}), desks=frozenset({9}))
    asked = questions(count, passages)
    common = [f"{one} {COMMON[place // 2]}" for place, one in enumerate(COMMON[1:21])]
    # Twice: the first time brings the files from the disk.
    for one in [*asked, *common][:: max(1, count // WARM)] + asked[:WARM]:
        timed(PUBLIC, one)
    took = [timed((PUBLIC, member)[place % 2], one) for place, one in enumerate(asked)]
    hard = [timed((PUBLIC, member)[place % 2], one) for place, one in enumerate(common)]
    walls, works = zip(*took, strict=True)
    told = {
        "p50_ms": centile(walls, 50),
        "p99_ms": centile(walls, 99),
        "p50_cpu_ms": centile(works, 50),
        "p99_cpu_ms": centile(works, 99),
        "common_p50_ms": centile([wall for wall, _work in hard], 50),
        "common_p99_ms": centile([wall for wall, _work in hard], 99),
        "common_p99_cpu_ms": centile([work for _wall, work in hard], 99),
        "search_peak_mb": peak(),
    }
    return told | findable(passages)


def timed(viewer: Any, words: str) -> tuple[float, float]:
    """Return the milliseconds of one search, and those for which the processor worked on it."""
    from hemicycle.search.find import search

    gc.collect(0)
    begun, worked = time.perf_counter(), time.thread_time()
    found = search(viewer, words)
    took = (time.perf_counter() - begun) * 1000, (time.thread_time() - worked) * 1000
    if not found.ready:
        raise RuntimeError("There is no index.")
    return took


def centile(took: Sequence[float], of_hundred: int) -> float:
    """Return the time within which so many of a hundred stayed."""
    ordered = sorted(took)
    return round(ordered[min(len(ordered) - 1, len(ordered) * of_hundred // 100)], 2)


def findable(passages: int) -> dict[str, float]:
    """Enter passages one by one while the follower runs, and look until each is found; return how long that took."""
    from hemicycle.accounts.access import PUBLIC
    from hemicycle.command.bench_search import passages as made
    from hemicycle.search.find import search

    took = []
    with following():
        for key in range(passages + 1, passages + 1 + ENTERED):
            mark = f"zz{key}zz"
            made.ADDED[key] = f"{text_of(key)} {mark}"
            begun = enter(key)
            while not search(PUBLIC, mark).total:
                if time.perf_counter() - begun > LONGEST_WAIT:
                    raise RuntimeError("What was entered is not found.")
                time.sleep(0.005)
            took.append((time.perf_counter() - begun) * 1000)
            time.sleep(0.137 * (key % 5))  # The follower looks at its own times, and is met at all of them.
    return {"findable_ms": round(statistics.median(took)), "findable_most_ms": round(max(took))}


def enter(key: int) -> float:
    """Enter a passage by an act that concerns it; return when that was committed."""
    from hemicycle.accounts.models import Installation
    from hemicycle.journal.act import Actor, act

    book = Installation.objects.select_related("book").get().book
    by = Actor("Ada Admin", "administrator", "administrator", book.title, book.pk)
    with act("units.founded", by=by) as entry:
        entry.record(subjects=[f"passage:{key}"], access="public", facts={})
    return time.perf_counter()


@contextmanager
def following() -> Iterator[None]:
    """Have the follower keep the index, as the worker does."""
    from django.db import connections

    from hemicycle.search.follower import follow_forever

    stop = threading.Event()

    def follow() -> None:
        follow_forever(stop)
        connections.close_all()

    thread = threading.Thread(target=follow)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def peak() -> int:
    """Return the most memory that this process had, in MB."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(most / (1e6 if sys.platform == "darwin" else 1e3))


if __name__ == "__main__":
    main()
