"""How a worker ends: with its parent, and without waiting for the event streams it still holds open."""

import asyncio
import ctypes
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from types import FrameType

PARENT = "HEMICYCLE_DOOR_PARENT"
PR_SET_PDEATHSIG = 1


def end_with_parent() -> None:
    """Let this worker end, as SIGTERM would, when the process that serves is gone: else it would hold the port."""
    parent = int(os.environ.get(PARENT, "0"))
    if parent in {0, os.getpid()}:
        return
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    else:
        threading.Thread(target=watch, args=(parent,), name="parent", daemon=True).start()
    if os.getppid() != parent:  # It went before we asked to be told.
        os.kill(os.getpid(), signal.SIGTERM)


def watch(parent: int) -> None:
    """Look every second whether the parent is there, where the kernel does not tell."""
    while os.getppid() == parent:
        time.sleep(1)
    os.kill(os.getpid(), signal.SIGTERM)


def chain_signals(first: Callable[[], None]) -> None:
    """Call this on the event loop when a stop is asked for, before the server begins to wait for connections."""
    if threading.current_thread() is not threading.main_thread():
        return  # A server in a thread of the tests takes no signals.
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        before = signal.getsignal(number)

        def stop(
            given: int,
            frame: FrameType | None,
            then: Callable[[int, FrameType | None], object] | int | None = before,
        ) -> None:
            loop.call_soon_threadsafe(first)
            if callable(then):
                then(given, frame)

        signal.signal(number, stop)
