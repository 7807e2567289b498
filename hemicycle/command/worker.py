"""The worker process that `run` starts: background tasks, and those who follow the books (search, mail).

Each follower of settings.HEMICYCLE_FOLLOWERS is a function of one argument, an event that is set when it shall
end. It runs in its own thread and is begun again where it fails, for instance while the database is away.
"""

import logging
import secrets
import signal
import sys
import threading
from collections.abc import Callable
from types import FrameType
from typing import TYPE_CHECKING

from hemicycle.command.lifeline import hold_lifeline
from hemicycle.ground.opening import open_house

if TYPE_CHECKING:
    from django_tasks_db.management.commands.db_worker import Worker

    from hemicycle.command.alive import Signs

Follower = Callable[[threading.Event], None]
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0
REVIVE_SECONDS = 20.0
log = logging.getLogger("hemicycle.worker")


def main() -> None:
    """Run the followers in threads and the tasks in the main thread, until SIGTERM."""
    hold_lifeline()
    open_house()
    from django.conf import settings

    from hemicycle.command.alive import signs

    name, stop, found = secrets.token_hex(8), threading.Event(), signs()
    followers: dict[str, Follower] = {path: named(path) for path in settings.HEMICYCLE_FOLLOWERS}
    followers["revival"] = lambda ending: revive(name, found, ending)
    threads = [
        threading.Thread(target=keep_following, args=(path, follower, stop), name=path, daemon=True)
        for path, follower in followers.items()
    ]
    for thread in threads:
        thread.start()
    try:
        keep_following("tasks", lambda ending: work_off_tasks(name, found, ending), stop)
    finally:
        stop.set()
        for thread in threads:
            thread.join(timeout=3)
        found.take_back()


def named(path: str) -> Follower:
    """Return a follower by its dotted name, looked up when it begins: one that is broken stops no other."""

    def follow(stop: threading.Event) -> None:
        from django.utils.module_loading import import_string

        import_string(path)(stop)

    return follow


def keep_following(path: str, follower: Follower, stop: threading.Event) -> None:
    """Run a follower until the end; where it fails, say so once for each failing and begin it again after a pause."""
    from django.db import connections

    pause = FIRST_PAUSE
    while not stop.is_set():
        try:
            follower(stop)
            pause = FIRST_PAUSE
        except Exception:
            log.exception("%s failed and begins again in %.1f s.", path, pause)
        finally:
            connections.close_all()
        stop.wait(pause)
        pause = min(pause * 2, LONGEST_PAUSE)


def revive(name: str, found: "Signs", stop: threading.Event) -> None:
    """Show that this worker lives, and take up again what dead workers left."""
    from hemicycle.command.alive import revive_orphans

    while not stop.is_set():
        found.give(name)
        if count := revive_orphans(name, found):
            log.warning("%d tasks of a worker that died are done again.", count)
        stop.wait(REVIVE_SECONDS)


def work_off_tasks(name: str, found: "Signs", stop: threading.Event) -> None:
    """Do background tasks, one after another; SIGTERM lets the one at hand end."""
    from django_tasks_db.management.commands.db_worker import Worker

    worker = Worker(
        queue_names=["*"],
        interval=0.5,
        batch=False,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=name,
        excluded_queue_names=[],
    )
    end_on_signals(worker, stop)
    found.give(name)
    worker.run()


def end_on_signals(worker: "Worker", stop: threading.Event) -> None:
    """Let SIGTERM and SIGINT end the followers and, after the task at hand, the worker."""

    def end(_number: int, _frame: FrameType | None) -> None:
        stop.set()
        worker.running = False
        if not worker.running_task:
            sys.exit(0)

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)


if __name__ == "__main__":
    main()
