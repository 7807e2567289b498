"""SQLite as Hemicycle uses it: write-ahead log, synchronous FULL, and every write takes its turn at one gate.

The gate stands at the lowest door, the connection itself, so that sessions, tasks and the box pass it too. It is
entered before BEGIN IMMEDIATE or before a write outside a transaction, and left when the transaction has ended,
however it ended. Reading never waits.
"""

import contextlib
import os
import re
import sqlite3
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.db.backends.sqlite3 import base

from hemicycle.ground.sqlite.gate import Gate, gate_of

# A statement that begins with none of these may write.
READS = re.compile(
    r"\s*(?:SELECT|VALUES|EXPLAIN|PRAGMA|SAVEPOINT|RELEASE|ROLLBACK|COMMIT|END|ATTACH|DETACH"
    r"|BEGIN(?!\s+(?:IMMEDIATE|EXCLUSIVE))|WITH(?!.*\b(?:INSERT|UPDATE|DELETE|REPLACE)\b))\b",
    re.IGNORECASE | re.DOTALL,
)

# No memory map: a file that shrinks under it (a restore, a broken disk) would end the process without a word.
PRAGMAS = (
    "PRAGMA synchronous = FULL",
    "PRAGMA recursive_triggers = ON",  # Else REPLACE would slip past the append-only triggers.
    "PRAGMA cache_size = -16000",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA journal_size_limit = 67108864",
)


LOCKED = "database is locked"
SERVER_SECONDS = 5.0


def serve() -> None:
    """From now on this process serves pages: it waits for nobody longer than a reader would, and never makes a
    database where one was taken away.
    """
    DatabaseWrapper.serving = True


class GatedConnection(sqlite3.Connection):
    """A connection whose writes take their turn. Without a gate (a database in memory) it is a plain one."""

    gate: Gate | None = None
    patience = 20.0
    waits = 0.0  # How long SQLite itself waits for programs that know of no gate.
    inside = False

    @contextlib.contextmanager
    def turn(self, sql: str) -> Iterator[None]:
        """Run a statement, taking the turn if it may write and giving it back if no transaction remains open."""
        if self.gate and not self.inside and not READS.match(sql):
            self.wait_at(self.gate)
        try:
            yield
        except sqlite3.OperationalError as error:
            if self.gate and self.inside and str(error) == LOCKED:  # By a program that knows of no gate.
                self.gate.blocked()
            raise
        finally:
            self.settle()

    def wait_at(self, gate: Gate) -> None:
        """Take the turn. Where the way was blocked a moment ago, nobody else waits long: pages have few threads."""
        patience = gate.patience(self.patience)
        try:
            gate.enter(patience)
        except TimeoutError:
            gate.blocked()
            raise sqlite3.OperationalError(LOCKED) from None
        except OSError as error:
            raise sqlite3.OperationalError(f"unable to open database file: {error}") from error
        self.inside = True
        if patience != self.waits:
            self.waits = patience
            super().execute(f"PRAGMA busy_timeout = {int(patience * 1000)}")

    def settle(self) -> None:
        """Give the turn back unless a transaction is open."""
        if self.inside and not self.in_transaction:
            self.let_go()

    def let_go(self) -> None:
        """Give the turn back."""
        if self.gate and self.inside:
            self.inside = False
            self.gate.leave()

    def cursor(self, factory: Any = None) -> Any:
        """Return a cursor that takes turns."""
        return super().cursor(factory or GatedCursor)

    def execute(self, sql: str, parameters: Any = ()) -> Any:
        """Execute one statement; sqlite3 would pass beside our cursors here."""
        with self.turn(sql):
            return super().execute(sql, parameters)

    def commit(self) -> None:
        """Commit; the turn is kept if that fails, until the rollback."""
        super().commit()
        self.settle()

    def rollback(self) -> None:
        """Roll back and give the turn back."""
        super().rollback()
        self.settle()

    def close(self) -> None:
        """Close; an open transaction is rolled back by SQLite."""
        try:
            super().close()
        finally:
            self.let_go()

    def __del__(self) -> None:
        self.let_go()


class GatedCursor(base.SQLiteCursorWrapper):
    """A cursor whose writes take their turn.

    Outside a transaction SQLite commits `INSERT … RETURNING` only when its last row was fetched; so the rows are
    fetched while the turn is held.
    """

    connection: GatedConnection
    kept: Iterator[Any] | None = None

    def execute(self, query: str, params: Any = None) -> "GatedCursor":
        """Execute one statement."""
        self.kept = None
        connection = self.connection
        with connection.turn(query):
            super().execute(query, params)
            if connection.inside and not connection.in_transaction and self.description:
                self.kept = iter(super().fetchall())
        return self

    def executemany(self, query: str, param_list: Iterable[Any]) -> "GatedCursor":
        """Execute one statement for many rows."""
        self.kept = None
        with self.connection.turn(query):
            super().executemany(query, param_list)
        return self

    def executescript(self, sql_script: str) -> "GatedCursor":
        """Execute a script, which may always write."""
        with self.connection.turn("SCRIPT"):
            super().executescript(sql_script)
        return self

    def __next__(self) -> Any:
        return super().__next__() if self.kept is None else next(self.kept)

    def fetchone(self) -> Any:
        """Return the next row or None."""
        return super().fetchone() if self.kept is None else next(self.kept, None)

    def fetchmany(self, size: int | None = 1) -> list[Any]:
        """Return the next rows."""
        if self.kept is None:
            return super().fetchmany(size)
        return list(islice(self.kept, size))

    def fetchall(self) -> list[Any]:
        """Return the rows that are left."""
        return super().fetchall() if self.kept is None else list(self.kept)


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's SQLite behind the gate."""

    serving = False

    def get_connection_params(self) -> dict[str, Any]:
        return super().get_connection_params() | {"factory": GatedConnection}

    def get_new_connection(self, conn_params: dict[str, Any]) -> GatedConnection:
        """Open the database; the first connection of all switches it to the write-ahead log, at the gate."""
        if self.serving and not self.is_in_memory_db() and not self.path.exists():
            raise sqlite3.OperationalError("unable to open database file")
        connection: GatedConnection = super().get_new_connection(conn_params)
        self.opened_file = None
        if not self.is_in_memory_db():
            path = self.path
            self.opened_file = identity(path)
            connection.gate = gate_of(path)
            patience = float(conn_params.get("timeout", GatedConnection.patience))
            connection.patience = min(patience, SERVER_SECONDS) if self.serving else patience
            if connection.execute("PRAGMA journal_mode").fetchone() != ("wal",):
                with connection.turn("PRAGMA-SWITCH"):
                    connection.execute("PRAGMA journal_mode = WAL").fetchone()
        for pragma in PRAGMAS:
            connection.execute(pragma)
        return connection

    @property
    def path(self) -> Path:
        """The file of the database, also where its name is an address (file:…?mode=ro)."""
        name = str(self.settings_dict["NAME"])
        return Path(unquote(urlsplit(name).path) if name.startswith("file:") else name)

    def create_cursor(self, name: str | None = None) -> Any:
        return self.connection.cursor(GatedCursor)

    def is_usable(self) -> bool:
        """Say whether the file that was opened is still the one in its place: a restore puts another there."""
        return self.opened_file is None or identity(self.path) == self.opened_file

    def _set_autocommit(self, autocommit: bool) -> None:
        super()._set_autocommit(autocommit)  # type: ignore[misc]  # the stubs leave it out
        if autocommit:
            self.connection.settle()  # sqlite3 commits by itself here.


def identity(path: Path) -> tuple[int, int] | None:
    """Return what tells one file from another put in its place, or None where there is none."""
    try:
        found = os.stat(path)  # noqa: PTH116  # pathlib is three times slower, and every page asks
    except OSError:
        return None
    return found.st_dev, found.st_ino
