"""Works that keep different books, done at once: each in a process of its own."""

import multiprocessing
import pickle
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess

from hemicycle.ground.opening import open_house

Told = Callable[[int], None]
Work = Callable[[Told], None]


def side_by_side(works: Sequence[Work], step: Told) -> None:
    """Do works at once; `step` hears what each of them tells. Where one fails, the others are ended.

    Raises:
        ChildProcessError: a work failed; why stands on the terminal.
    """
    working: dict[Connection, BaseProcess] = {}
    try:
        for work in works:
            hearing, process = begun(work)
            working[hearing] = process
        while working:
            ready = wait(working)
            for hearing in [one for one in working if one in ready]:
                try:
                    step(hearing.recv())
                except EOFError:
                    refuse_failed(working.pop(hearing))
    finally:
        for process in working.values():
            process.terminate()
            process.join()


def begun(work: Work) -> tuple[Connection, BaseProcess]:
    """Begin a work in a process of its own; return where it is heard, and the process."""
    context = multiprocessing.get_context("spawn")
    hearing, telling = context.Pipe(duplex=False)
    process = context.Process(target=alone, args=(pickle.dumps(work), telling), daemon=True)
    process.start()
    telling.close()  # Else its end would not be heard.
    return hearing, process


def alone(work: bytes, telling: Connection) -> None:
    """Do a work in this new process. What it is made of can be read once the house is open."""
    open_house()
    pickle.loads(work)(telling.send)  # noqa: S301  # Written by the process that began this one.


def refuse_failed(process: BaseProcess) -> None:
    """Raise where a work that ended did not come to its end."""
    process.join()
    if process.exitcode:
        raise ChildProcessError(f"A part of the work ended with code {process.exitcode}.")
