"""The gate in front of a SQLite database: whoever writes waits for their turn, first come, first served.

SQLite alone lets waiting writers retry at random, so that one of many may starve for seconds. Here the threads of
a process stand in one queue, and processes take turns at two locked files beside the database: who holds `-turn`
is next at `-gate`, so a process that writes without pause cannot overtake one that waits. The kernel gives both
back when a process dies.
"""

import fcntl
import os
import threading
import time
from collections import deque
from pathlib import Path

FIRST_PAUSE, LONGEST_PAUSE = 0.000_05, 0.002
# Seconds: how long the next ones wait after one waited in vain, and for how long that holds.
BRIEFLY, REMEMBERED = 0.5, 10.0


class Gate:
    """One writer at a time for one database file, over all threads and processes of this machine."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._begin()

    def _begin(self) -> None:
        self._mutex = threading.Lock()
        self._queue: deque[threading.Lock] = deque()
        self._taken = False
        self._files: tuple[int, int] | None = None
        self._blocked_at = -REMEMBERED

    def enter(self, timeout: float) -> None:
        """Wait for the turn, at most this many seconds; raise TimeoutError when it does not come."""
        deadline = time.monotonic() + timeout
        self._stand_in_queue(deadline)
        try:
            turn, gate = self._files = self._files or self._open()
            lock(turn, deadline)
            try:
                lock(gate, deadline)
            finally:
                fcntl.flock(turn, fcntl.LOCK_UN)
        except BaseException:
            self._next()
            raise

    def leave(self) -> None:
        """Give the turn to the next."""
        if self._files:
            fcntl.flock(self._files[1], fcntl.LOCK_UN)
        self._next()

    def blocked(self) -> None:
        """Remember that somebody waited in vain."""
        self._blocked_at = time.monotonic()

    def patience(self, most: float) -> float:
        """Return how long to wait now: briefly for some seconds after somebody waited in vain."""
        return min(most, BRIEFLY) if time.monotonic() - self._blocked_at < REMEMBERED else most

    def forget(self) -> None:
        """Begin anew in a forked child: its parent's threads and turns are not its own."""
        if self._files:
            for file in self._files:
                os.close(file)
        self._begin()

    def _stand_in_queue(self, deadline: float) -> None:
        called = threading.Lock()
        with self._mutex:
            if not self._taken:
                self._taken = True
                return
            called.acquire()
            self._queue.append(called)
        try:
            if called.acquire(timeout=max(0, deadline - time.monotonic())):
                return
        except BaseException:
            self._step_out(called)
            raise
        if self._step_out(called):
            raise TimeoutError
        # Called in the very moment of giving up: the turn is ours.

    def _step_out(self, called: threading.Lock) -> bool:
        with self._mutex:
            if waiting := called in self._queue:
                self._queue.remove(called)
        return waiting

    def _next(self) -> None:
        with self._mutex:
            if self._queue:
                self._queue.popleft().release()
            else:
                self._taken = False

    def _open(self) -> tuple[int, int]:
        turn, gate = (
            os.open(f"{self.path}-{name}", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644) for name in ("turn", "gate")
        )
        return turn, gate


def lock(file: int, deadline: float) -> None:
    """Lock an open file, trying until the deadline: a blocking flock could not be given up."""
    pause = FIRST_PAUSE
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > deadline:
                raise TimeoutError from None
            time.sleep(pause)
            pause = min(pause * 1.5, LONGEST_PAUSE)
        else:
            return


_gates: dict[Path, Gate] = {}
_making = threading.Lock()


def gate_of(path: Path) -> Gate:
    """Return this process's gate of a database file."""
    path = path.resolve()
    with _making:
        return _gates.setdefault(path, Gate(path))


def _forget_all() -> None:
    for gate in _gates.values():
        gate.forget()


os.register_at_fork(after_in_child=_forget_all)
