"""Notices that a book may have grown: one thread per process, awake only while somebody follows.

On SQLite it asks for `PRAGMA data_version` every 10 ms, which reads a number in shared memory; on PostgreSQL it
listens on a direct connection of its own. Both look by themselves every two seconds, should a hint be lost.
"""

import logging
import threading
import time
from collections.abc import Callable

import psycopg
from django.db import connection, connections

from hemicycle.journal.act import CHANNEL

TICK = 0.010
LOOK_SECONDS = 2.0
AGAIN_SECONDS = 1.0

log = logging.getLogger(__name__)


class Watch(threading.Thread):
    """Calls `grown` from its own thread, after each commit it notices. `pause()` says how long to rest after it."""

    def __init__(self, grown: Callable[[], None], pause: Callable[[], float]) -> None:
        super().__init__(name="live-watch", daemon=True)
        self.grown = grown
        self.pause = pause
        self.wanted = threading.Event()
        self.over = False

    def begin(self) -> None:
        """Watch: somebody follows."""
        if not self.ident:
            self.start()
        self.wanted.set()

    def rest(self) -> None:
        """Watch no longer: nobody follows."""
        self.wanted.clear()

    def stop(self) -> None:
        """Let the thread end."""
        self.over = True
        self.wanted.set()

    def run(self) -> None:
        """Watch while somebody follows; begin anew after a failure of the database."""
        watch = self.listen if connection.vendor == "postgresql" else self.poll
        while not self.over:
            self.wanted.wait()
            try:
                watch()
            except Exception:
                log.warning("The book cannot be watched just now; it is tried again.", exc_info=True)
                time.sleep(AGAIN_SECONDS)
            finally:
                connections.close_all()

    def watching(self) -> bool:
        """Say whether anybody follows."""
        return self.wanted.is_set() and not self.over

    def poll(self) -> None:
        """Look at the version of the SQLite database."""
        connection.ensure_connection()
        version, looked = None, 0.0
        while self.watching():
            found = connection.connection.execute("PRAGMA data_version").fetchone()
            if found != version or time.monotonic() - looked > LOOK_SECONDS:
                version, looked = found, time.monotonic()
                if not connection.is_usable():  # Another file was put in its place.
                    return
                self.grown()
                time.sleep(self.pause())
            time.sleep(TICK)

    def listen(self) -> None:
        """Wait for the hint of PostgreSQL."""
        with psycopg.connect(**connection.get_connection_params(), autocommit=True) as own:
            own.execute(f"LISTEN {CHANNEL}")
            while self.watching():
                self.grown()
                time.sleep(self.pause())
                for _hint in own.notifies(timeout=LOOK_SECONDS, stop_after=1):
                    pass
