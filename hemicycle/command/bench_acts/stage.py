"""One stage of `bench acts`, in a process and on a database of its own.

A stage that is timed does its next few whenever a line comes, and answers with the seconds that they took.
"""

import pickle
import sqlite3
import sys
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import Any

from hemicycle.command.bench_acts import TURN
from hemicycle.ground.opening import open_house

Statement = tuple[str, Any, bool]


def main() -> None:
    """Run the stage that is named."""
    open_house()
    from django.db import connection

    stages: dict[str, Callable[[int, Path], None]] = {
        "found": found,
        "record": record,
        "acts": acts,
        "replay": replay,
        "commits": commits,
    }
    name, count, path = sys.argv[1:]
    stages[name](int(count), Path(path))
    connection.close()


def found(_count: int, _path: Path) -> None:
    """Make the tables and found the club."""
    from hemicycle.command.new_database import make_tables
    from hemicycle.demo.club import found_club

    make_tables()
    found_club()


def act_of(number: int) -> Callable[[], object]:
    """Return one act, ready to be done."""
    from hemicycle.accounts.models import Installation
    from hemicycle.bodies.acts import create_post
    from hemicycle.bodies.models import Body, PostKind
    from hemicycle.journal.act import Actor

    installation, body = Installation.objects.select_related("book").get(), Body.objects.get()
    by = Actor("Ada Admin", "administrator", "administrator", installation.book.title, installation.book_id)
    return lambda: create_post(
        by=by.with_once(f"form-{number}"), body_id=body.pk, kind=PostKind.FULL, title=f"seat {number}", votes=True
    )


def acts(count: int, _path: Path) -> None:
    """Do acts, one after another."""
    ready = [act_of(number) for number in range(count + 1)]
    ready.pop()()  # The first pays for what is loaded once.
    take_turns(ready)


def record(count: int, path: Path) -> None:
    """Do the same acts and write down the statements that each of them sent."""
    from django.db import connection

    sent: list[list[Statement]] = []

    def wrapper(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if not sql.startswith("BEGIN"):  # The plain transaction begins by itself.
            sent[-1].append((sql, params, many))
        return execute(sql, params, many, context)

    ready = [act_of(number) for number in range(count + 1)]
    ready.pop()()
    with connection.execute_wrapper(wrapper):
        for one in ready:
            sent.append([])
            one()
    path.write_bytes(pickle.dumps(sent))


def replay(count: int, path: Path) -> None:
    """Send the same statements, each act's in one plain transaction."""
    act_of(count)()
    sent: list[list[Statement]] = pickle.loads(path.read_bytes())  # noqa: S301  # Written by `record` a moment ago.
    take_turns([transaction_of(statements) for statements in sent])


def transaction_of(statements: list[Statement]) -> Callable[[], None]:
    """Return a plain transaction of these statements, ready to be done; what came after the commit comes after it."""
    from django.db import connection, transaction

    inside = [statement for statement in statements if "pg_notify" not in statement[0]]
    after = [statement for statement in statements if "pg_notify" in statement[0]]

    def send(some: list[Statement]) -> None:
        with connection.cursor() as cursor:
            for sql, params, many in some:
                if many:
                    cursor.executemany(sql, params)
                    continue
                cursor.execute(sql, params)
                if cursor.description:
                    cursor.fetchall()

    def whole() -> None:
        with transaction.atomic():
            send(inside)
        if after:
            send(after)

    return whole


def commits(count: int, _path: Path) -> None:
    """Commit single rows to the disk with the bare driver."""
    from django.db import connection

    if connection.vendor == "postgresql":
        connection.ensure_connection()
        bare: Any = connection.connection
        connection.set_autocommit(True)
    else:
        bare = sqlite3.connect(str(connection.settings_dict["NAME"]), isolation_level=None)
        bare.execute("PRAGMA journal_mode = WAL")
        bare.execute("PRAGMA synchronous = FULL")
    bare.execute("CREATE TABLE bench_commit (word text)")
    take_turns([lambda: bare.execute("INSERT INTO bench_commit VALUES ('x')")] * count)


def take_turns(things: list[Callable[[], object]]) -> None:
    """Answer the first line at once, and each later one when the next few are done."""
    waiting = iter(things)
    sys.stdin.readline()
    print(0, flush=True)
    for _line in sys.stdin:
        few = list(islice(waiting, TURN))
        begun = time.perf_counter()
        for thing in few:
            thing()
        print(time.perf_counter() - begun, flush=True)


if __name__ == "__main__":
    main()
