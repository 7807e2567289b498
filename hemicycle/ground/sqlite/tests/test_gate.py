"""The gate lets one writer in at a time, in the order of coming, and never stays shut."""

import gc
import multiprocessing
import os
import signal
import sqlite3
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, transaction

from hemicycle.ground.sqlite.base import READS, DatabaseWrapper
from hemicycle.ground.sqlite.gate import Gate, gate_of


def wrapper(path: Path, timeout: float = 20) -> DatabaseWrapper:
    settings: dict[str, Any] = {
        "ENGINE": "hemicycle.ground.sqlite",
        "NAME": str(path),
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": timeout},
        "TIME_ZONE": None,
        "USER": "",
        "AUTOCOMMIT": True,
        "ATOMIC_REQUESTS": False,
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "TEST": {"NAME": None},
    }
    return DatabaseWrapper(settings, alias="gated")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "gated.sqlite3"


@pytest.fixture
def database(path: Path) -> Iterator[DatabaseWrapper]:
    with Using(wrapper(path)) as opened:
        run(opened, "CREATE TABLE line (id INTEGER PRIMARY KEY, who TEXT)")
        yield opened


@pytest.fixture(autouse=True)
def own_databases(django_db_blocker: Any) -> Iterator[None]:
    """Let these tests open files of their own; the project's database is not touched."""
    with django_db_blocker.unblock():
        yield


class Using:
    """Puts a wrapper where `transaction.atomic(using="gated")` of this thread finds it, and closes it."""

    def __init__(self, opened: DatabaseWrapper) -> None:
        self.opened = opened

    def __enter__(self) -> DatabaseWrapper:
        from django.db import connections

        connections.databases["gated"] = self.opened.settings_dict
        connections["gated"] = self.opened
        return self.opened

    def __exit__(self, *_: object) -> None:
        from django.db import connections

        self.opened.close()
        del connections["gated"]
        connections.databases.pop("gated", None)


def run(database: DatabaseWrapper, sql: str, *params: object) -> list[Any]:
    with database.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall() if cursor.description else []


def is_free(path: Path) -> bool:
    """Say whether another process would get in at once."""
    gate = Gate(path.resolve())
    try:
        gate.enter(0)
    except TimeoutError:
        return False
    gate.leave()
    gate.forget()
    return True


def test_the_database_is_kept_in_a_write_ahead_log_and_synced_in_full(database: DatabaseWrapper) -> None:
    found = [run(database, f"PRAGMA {name}")[0][0] for name in ("journal_mode", "synchronous", "recursive_triggers")]
    assert found == ["wal", 2, 1]


@pytest.mark.parametrize(
    ("sql", "reads"),
    [
        ("SELECT 1", True),
        ("  select 1", True),
        ("WITH a AS (SELECT 1) SELECT * FROM a", True),
        ("WITH a AS (SELECT 1) INSERT INTO line SELECT * FROM a", False),
        ("BEGIN", True),
        ("BEGIN IMMEDIATE", False),
        ("INSERT INTO line VALUES (1)", False),
        ("SELECTED", False),
        ("DROP TABLE line", False),
    ],
)
def test_only_statements_that_cannot_write_pass_beside_the_gate(sql: str, reads: bool) -> None:
    assert bool(READS.match(sql)) is reads


def test_the_turn_is_held_for_a_transaction_and_given_back_after_it(database: DatabaseWrapper, path: Path) -> None:
    with transaction.atomic(using="gated"):
        assert not is_free(path)
        run(database, "INSERT INTO line (who) VALUES ('a')")
        with transaction.atomic(using="gated"):
            run(database, "INSERT INTO line (who) VALUES ('b')")
        assert not is_free(path)
    assert is_free(path)
    assert run(database, "SELECT count(*) FROM line") == [(2,)]


def test_the_turn_is_given_back_after_a_rollback_a_refused_commit_and_a_close(
    database: DatabaseWrapper, path: Path
) -> None:
    with pytest.raises(OperationalError, match="no such table"), transaction.atomic(using="gated"):
        run(database, "INSERT INTO nowhere VALUES (1)")
    assert is_free(path)
    run(database, "CREATE TABLE part (of INTEGER REFERENCES line (id) DEFERRABLE INITIALLY DEFERRED)")
    with pytest.raises(Exception, match="FOREIGN KEY"), transaction.atomic(using="gated"):
        run(database, "INSERT INTO part VALUES (99)")
    assert is_free(path)
    with transaction.atomic(using="gated"):
        database.close()
        assert is_free(path)
    assert run(database, "SELECT count(*) FROM part") == [(0,)]


def test_a_write_outside_a_transaction_takes_its_turn_and_gives_it_back(database: DatabaseWrapper, path: Path) -> None:
    with database.cursor() as cursor:
        cursor.execute("INSERT INTO line (who) VALUES ('a'), ('b'), ('c') RETURNING id")
        assert is_free(path)
        assert (cursor.fetchone(), cursor.fetchmany(1), cursor.fetchall()) == ((1,), [(2,)], [(3,)])
    database.set_autocommit(False)
    run(database, "INSERT INTO line (who) VALUES ('d')")
    assert not is_free(path)
    database.commit()
    assert is_free(path)
    run(database, "INSERT INTO line (who) VALUES ('e')")
    database.set_autocommit(True)
    assert is_free(path)
    with pytest.raises(Exception, match="no such table"):
        run(database, "INSERT INTO nowhere VALUES (1)")
    assert is_free(path)


def test_a_connection_that_is_dropped_gives_its_turn_back(database: DatabaseWrapper, path: Path) -> None:
    other = wrapper(path)
    other.ensure_connection()
    other.connection.execute("BEGIN IMMEDIATE")
    assert not is_free(path)
    other.connection = None
    gc.collect()
    assert is_free(path)


def test_reading_never_waits(database: DatabaseWrapper, path: Path) -> None:
    gate = Gate(path.resolve())
    gate.enter(1)
    try:
        assert run(database, "SELECT count(*) FROM line") == [(0,)]
    finally:
        gate.leave()
        gate.forget()


def test_who_waits_too_long_is_told_that_the_database_is_locked(database: DatabaseWrapper, path: Path) -> None:
    gate = Gate(path.resolve())
    gate.enter(1)
    database.connection.patience = 0.05
    try:
        with pytest.raises(OperationalError, match="database is locked"):
            run(database, "INSERT INTO line (who) VALUES ('a')")
        with pytest.raises(OperationalError, match="database is locked"), transaction.atomic(using="gated"):
            pass
    finally:
        gate.leave()
        gate.forget()
    run(database, "INSERT INTO line (who) VALUES ('a')")
    assert is_free(path)


def test_threads_get_their_turn_in_the_order_of_coming(path: Path) -> None:
    gate, order, count = gate_of(path), [], 20

    def come(number: int) -> None:
        gate.enter(5)
        order.append(number)
        gate.leave()

    gate.enter(5)
    threads = []
    for number in range(count):
        threads.append(threading.Thread(target=come, args=(number,)))
        threads[-1].start()
        while len(gate._queue) <= number:
            time.sleep(0.001)
    gate.leave()
    for thread in threads:
        thread.join()
    assert order == list(range(count))


def test_one_who_gives_up_leaves_the_queue_in_order(path: Path) -> None:
    gate = gate_of(path)
    gate.enter(1)
    with pytest.raises(TimeoutError):
        gate.enter(0.01)
    gate.leave()
    gate.enter(0)
    gate.leave()


def write_without_pause(path: Path, seconds: float, waits: Any) -> None:
    worst, count, gate = 0.0, 0, gate_of(path)
    end = time.monotonic() + seconds
    while (began := time.monotonic()) < end:
        gate.enter(10)
        worst, count = max(worst, time.monotonic() - began), count + 1
        time.sleep(0.001)
        gate.leave()
    waits.put((worst, count))


def test_a_process_that_writes_without_pause_does_not_starve_another(path: Path) -> None:
    fresh = multiprocessing.get_context("spawn")
    waits: Any = fresh.Queue()
    processes = [fresh.Process(target=write_without_pause, args=(path, 1.0, waits)) for _ in range(2)]
    for process in processes:
        process.start()
    found = [waits.get(timeout=60) for _ in processes]
    for process in processes:
        process.join()
    assert all(worst < 0.5 and count > 20 for worst, count in found), found


def hold_for_ever(path: Path, inside: Any) -> None:
    connection = wrapper(path)
    connection.ensure_connection()
    connection.connection.execute("BEGIN IMMEDIATE")
    connection.connection.execute("INSERT INTO line (who) VALUES ('lost')")
    inside.set()
    time.sleep(60)


def test_the_turn_of_a_killed_process_is_free(database: DatabaseWrapper, path: Path) -> None:
    fresh = multiprocessing.get_context("spawn")
    inside = fresh.Event()
    process = fresh.Process(target=hold_for_ever, args=(path, inside))
    process.start()
    assert inside.wait(60)
    assert not is_free(path)
    assert process.pid
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    assert is_free(path)
    run(database, "INSERT INTO line (who) VALUES ('kept')")
    assert run(database, "SELECT who FROM line") == [("kept",)]


def test_many_threads_write_without_a_refusal(database: DatabaseWrapper, path: Path) -> None:
    failed: list[Exception] = []

    def write(who: str) -> None:
        try:
            with Using(wrapper(path)) as own:
                for _ in range(25):
                    with transaction.atomic(using="gated"):
                        run(own, "INSERT INTO line (who) VALUES (%s)", who)
        except Exception as error:  # noqa: BLE001  # the test tells every failure of its threads
            failed.append(error)

    threads = [threading.Thread(target=write, args=(str(number),)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert run(database, "SELECT count(*) FROM line") == [(200,)]


def test_a_file_put_in_the_place_of_the_database_is_opened_anew(database: DatabaseWrapper, path: Path) -> None:
    assert database.is_usable()
    other = path.with_name("other.sqlite3")
    with sqlite3.connect(other) as made:
        made.execute("CREATE TABLE line (id INTEGER PRIMARY KEY, who TEXT)")
        made.execute("INSERT INTO line (who) VALUES ('restored')")
    made.close()
    for left in ("-wal", "-shm"):
        path.with_name(path.name + left).unlink(missing_ok=True)
    other.replace(path)
    assert not database.is_usable()
    database.close()
    assert run(database, "SELECT who FROM line") == [("restored",)]


def test_a_database_in_memory_needs_no_gate() -> None:
    memory = wrapper(Path(":memory:"))
    memory.settings_dict["NAME"] = ":memory:"
    run(memory, "CREATE TABLE line (id INTEGER PRIMARY KEY)")
    assert memory.connection.gate is None
    memory.connection.close()
