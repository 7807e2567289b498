"""How workers know of each other that they live: a lock that the system lets go when its holder dies.

On SQLite all workers are on one machine and lock a file; on PostgreSQL they hold an advisory lock on a connection
of its own. A task whose worker died is made ready again, so tasks are written to be repeatable.
"""

import fcntl
import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import IO, Protocol

import psycopg
from django.db import connection
from django_tasks_db.models import DBTaskResult

from hemicycle.ground.settings import CONFIG

RUNNING, READY = "RUNNING", "READY"


class Signs(Protocol):
    """The sign of life that a worker gives, and how those of others are read."""

    def give(self, worker: str) -> None:
        """Show that this worker lives, until its process ends; give the sign again where it was lost."""

    def missing(self, worker: str) -> bool:
        """Say whether no sign of this other worker is there."""

    def take_back(self) -> None:
        """End the sign; the process may live on."""


class FileSigns:
    """Locked files in the data folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.held: IO[str] | None = None

    def give(self, worker: str) -> None:
        if self.held is None:
            self.folder.mkdir(parents=True, exist_ok=True)
            for left_behind in self.folder.iterdir():
                self.missing(left_behind.name)
            self.held = (self.folder / worker).open("w", encoding="ascii")
            fcntl.flock(self.held, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def missing(self, worker: str) -> bool:
        path = self.folder / worker
        if not path.is_file():
            return True
        with path.open("r", encoding="ascii") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return False
        path.unlink(missing_ok=True)
        return True

    def take_back(self) -> None:
        if self.held is not None:
            self.held.close()
            self.held = None


class AdvisorySigns:
    """Advisory locks of PostgreSQL, on a connection that does nothing else."""

    def __init__(self, connect: Callable[[], "psycopg.Connection[tuple[bool]]"]) -> None:
        self.connect = connect
        self.held: psycopg.Connection[tuple[bool]] | None = None

    def give(self, worker: str) -> None:
        try:
            if self.held is not None:
                self.held.execute("SELECT true")
                return
        except psycopg.Error:
            self.take_back()
        self.held = self.connect()
        self.held.execute("SELECT pg_try_advisory_lock(%s)", [lock_number(worker)])

    def missing(self, worker: str) -> bool:
        with self.connect() as asking:
            row = asking.execute("SELECT pg_try_advisory_lock(%s)", [lock_number(worker)]).fetchone()
        return bool(row and row[0])

    def take_back(self) -> None:
        if self.held is not None:
            self.held.close()
            self.held = None


def lock_number(worker: str) -> int:
    """Return the number of a worker's advisory lock."""
    return int.from_bytes(hashlib.sha256(worker.encode()).digest()[:8], "big", signed=True)


def signs() -> Signs:
    """Return the signs of life that fit this database."""
    if connection.vendor == "postgresql":
        parameters = connection.get_connection_params()
        wanted = ("dbname", "user", "password", "host", "port", "sslmode", "sslrootcert", "sslcert", "sslkey")
        known = {name: parameters[name] for name in wanted if parameters.get(name)}
        return AdvisorySigns(lambda: psycopg.connect(autocommit=True, connect_timeout=10, **known))
    return FileSigns(CONFIG.data / "workers")


def revive_orphans(own: str, found: Signs) -> int:
    """Make ready again the tasks whose worker died while it ran them; return how many."""
    revived = 0
    for task in DBTaskResult.objects.filter(status=RUNNING):
        last = task.worker_ids[-1] if task.worker_ids else ""
        if last == own or (last and not found.missing(last)):
            continue
        revived += DBTaskResult.objects.filter(pk=task.pk, status=RUNNING, worker_ids=task.worker_ids).update(
            status=READY, started_at=None
        )
    return revived
