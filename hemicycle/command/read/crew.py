"""Who reads: this process, a pool of processes, or a Dask cluster. Outcomes come in the order of the pages."""

import multiprocessing
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from importlib import import_module
from itertools import islice
from typing import Any

from hemicycle.command import Stop
from hemicycle.command.read.work import Order, Outcome, failure, read_page

AHEAD = 4  # Pages given out for each worker before the first of them is back.
CLUSTER_AHEAD = 64
PRELOADED = ["hemicycle.reader.reading", "hemicycle.reader.flat", "hemicycle.reader.whole"]

Waiting = deque[tuple[Order, "Future[Outcome]"]]


def one_by_one(orders: Iterable[Order]) -> Generator[Outcome, None, None]:
    """Read page after page here."""
    for order in orders:
        yield read_page(order)


def on_cores(orders: Iterable[Order], workers: int) -> Generator[Outcome, None, None]:
    """Read in a pool of processes; a page that brings its process down is told, and the others go on."""
    left = iter(orders)
    broken = True
    while broken:
        broken = False
        waiting: Waiting = deque()
        pool = pool_of(workers)
        try:
            yield from in_turn(pool, left, waiting, workers * AHEAD)
        except BrokenProcessPool:
            broken = True
        finally:
            pool.shutdown(cancel_futures=True)
        for order, _lost in waiting if broken else ():
            yield alone(order)


def pool_of(workers: int) -> ProcessPoolExecutor:
    """Return a pool whose processes share what is loaded, where the system can do that."""
    methods = multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
    if "forkserver" in methods:
        context.set_forkserver_preload(PRELOADED)
    return ProcessPoolExecutor(workers, mp_context=context)


def in_turn(
    executor: Executor, orders: Iterator[Order], waiting: Waiting, ahead: int
) -> Generator[Outcome, None, None]:
    """Yield outcomes in order, never more than so many pages ahead; what is not yielded stands in `waiting`."""
    for order in islice(orders, ahead):
        give(executor, order, waiting)
    while waiting:
        outcome = waiting[0][1].result()
        waiting.popleft()
        yield outcome
        for order in islice(orders, 1):
            give(executor, order, waiting)


def give(executor: Executor, order: Order, waiting: Waiting) -> None:
    """Give a page out; where the pool is broken already, it waits to be read alone."""
    try:
        waiting.append((order, executor.submit(read_page, order)))
    except BrokenProcessPool:
        waiting.append((order, Future()))
        raise


def alone(order: Order) -> Outcome:
    """Read a page in a process of its own, so that it can bring down no other."""
    with pool_of(1) as pool:
        try:
            return pool.submit(read_page, order).result()
        except BrokenProcessPool:
            sentence = "The process that read it was ended; it may need more memory than there is."
            return failure(order.name, sentence)


def on_cluster(orders: Iterable[Order], address: str) -> Generator[Outcome, None, None]:
    """Read on a Dask cluster, whose machines need Hemicycle installed and no path of ours. Raises Stop."""
    try:
        distributed: Any = import_module("distributed")
    except ImportError as error:
        raise Stop("A cluster needs the package “distributed”: pip install 'hemicycle[cluster]'.") from error
    try:
        client = distributed.Client(address, timeout=10)
    except (OSError, ValueError) as error:
        raise Stop(f"No Dask scheduler answers at {address}. Nothing was read; look whether it runs there.") from error
    with client, client.get_executor() as executor:
        yield from in_turn(executor, (packed(order) for order in orders), deque(), CLUSTER_AHEAD)


def packed(order: Order) -> Order:
    """Return an order that brings its page along; one that cannot be opened here is told by whoever gets it."""
    try:
        return replace(order, source=order.path.read_bytes())
    except OSError:
        return order
