"""How the server stops: quickly, with open streams; and nothing of it is left when its first process is killed."""

import os
import signal
import time

import pytest

from tests.door.server import Door, Stream, World

pytestmark = pytest.mark.door


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    with open(f"/proc/{pid}/stat", encoding="ascii") as file:  # noqa: PTH123  # procfs is no path to think about
        return file.read().rpartition(")")[2].split()[0] != "Z"


def test_it_stops_within_three_seconds_with_streams_open(world: World) -> None:
    with Door(world) as door:
        streams = [Stream(door, door.live()) for _ in range(20)]
        for stream in streams:
            event = stream.event()
            assert event
            assert event.name == "now"
        assert door.stop() < 3
        assert [stream.event() for stream in streams] == [None] * 20
        for stream in streams:
            stream.close()
        assert "Traceback" not in door.log()


def test_workers_end_when_the_process_that_started_them_is_killed(world: World) -> None:
    with Door(world) as door:
        assert door.process
        workers = door.workers()
        assert len(workers) >= 2
        with Stream(door, door.live()) as stream:
            assert stream.event()
            os.kill(door.process.pid, signal.SIGKILL)
            end = time.monotonic() + 10
            while any(map(alive, workers)) and time.monotonic() < end:
                time.sleep(0.05)
        assert [pid for pid in workers if alive(pid)] == []
        door.process.wait()
        door.start()
        assert door.get("/healthz")[0] == 200


def test_a_worker_that_is_killed_is_replaced(world: World) -> None:
    with Door(world) as door:
        first = set(door.workers())
        for pid in first:
            os.kill(pid, signal.SIGKILL)
        end = time.monotonic() + 20
        while time.monotonic() < end:
            try:
                if door.get("/healthz", timeout=5)[0] == 200:
                    break
            except OSError:
                time.sleep(0.1)
        assert door.get("/healthz")[0] == 200
