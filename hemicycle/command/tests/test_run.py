"""One command starts the house, and Ctrl-C stops all of it. The real thing, on a port and data folder of its own."""

import contextlib
import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic, sleep

import pytest

from hemicycle.ground.config import HOUSE
from tests.world import World, copied, database_named

pytestmark = [pytest.mark.door]

ANSWERS = "Harbour Co-operative\nen\nUTC\nMia Muster\nmia@harbour.example\na long way home\nclub\n"
PATIENCE = 60


class House:
    """A running `hemicycle run`, and what it has said so far."""

    def __init__(self, environ: dict[str, str]) -> None:
        self.environ = environ
        self.port = free_port()
        self.said: list[str] = []

    def start(self, *arguments: str, answers: str = "") -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "hemicycle", "run", "--port", str(self.port), *arguments],
            cwd=HOUSE,
            env={**os.environ, **self.environ, "PYTHONUNBUFFERED": "1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        assert self.process.stdin
        self.process.stdin.write(answers)
        self.process.stdin.close()
        self.reader = threading.Thread(target=self.listen)
        self.reader.start()

    def listen(self) -> None:
        assert self.process.stdout
        self.said.extend(iter(self.process.stdout.readline, ""))

    def wait_until_said(self, words: str) -> None:
        until(lambda: words in "".join(self.said) or self.process.poll() is not None)
        assert words in "".join(self.said), "".join(self.said)

    def status(self) -> int:
        asking = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        with contextlib.closing(asking):
            asking.request("GET", "/en/")
            return asking.getresponse().status

    def end(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            self.process.terminate()
        self.process.wait(PATIENCE)
        self.reader.join(PATIENCE)
        assert self.process.stdout
        self.process.stdout.close()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


def until(holds: Callable[[], bool], seconds: float = PATIENCE) -> None:
    began = monotonic()
    while not holds():
        assert monotonic() - began < seconds, "It did not come to pass in time."
        sleep(0.05)


def port_is_free(port: int) -> bool:
    with socket.socket() as asking:
        return asking.connect_ex(("127.0.0.1", port)) != 0


@contextlib.contextmanager
def house_in(data: Path, url: str) -> Iterator[House]:
    environ = {"HEMICYCLE_DATA": str(data), "HEMICYCLE_ALLOWED_HOSTS": "127.0.0.1"}
    running = House(environ | ({"DATABASE_URL": url} if url else {}))
    yield running
    running.end()


@pytest.fixture
def empty_house(tmp_path: Path) -> Iterator[House]:
    """A house where there is nothing yet: no file, or a new database where the tests are on PostgreSQL."""
    with database_named(f"hemicycle_run_{uuid.uuid4().hex[:8]}") as url, house_in(tmp_path, url) as house:
        yield house


@pytest.fixture
def house(tables_template: World, tmp_path: Path) -> Iterator[House]:
    """A house whose database has its tables and nothing in them."""
    with copied(tables_template, tmp_path / "data") as world, house_in(world.data, world.database_url) as house:
        yield house


def test_one_command_founds_serves_and_stops(empty_house: House) -> None:
    house = empty_house
    house.start("--new", answers=ANSWERS)
    house.wait_until_said("Ctrl-C stops it.")
    told = "".join(house.said)
    assert "Making the database" in told
    assert "“Harbour Co-operative” is founded." in told
    assert f"Hemicycle is at http://127.0.0.1:{house.port}/" in told
    assert house.status() == 200
    began = monotonic()
    house.process.send_signal(signal.SIGINT)
    assert house.process.wait(PATIENCE) == 0
    assert monotonic() - began < 10
    assert port_is_free(house.port)
    assert "Traceback" not in "".join(house.said)


def test_a_second_start_finds_everything_done_and_is_quick(house: House) -> None:
    house.start("--new", answers=ANSWERS)
    house.wait_until_said("Ctrl-C stops it.")
    house.end()
    house.said.clear()
    began = monotonic()
    house.start()
    house.wait_until_said("Ctrl-C stops it.")
    assert monotonic() - began < 15  # Five seconds on an idle machine; here tests run beside it.
    assert not any(words in "".join(house.said) for words in ("Bringing", "Collecting", "Building", "is founded"))


def test_nothing_is_left_behind_when_it_is_killed(house: House) -> None:
    house.start("--new", answers=ANSWERS)
    house.wait_until_said("Ctrl-C stops it.")
    house.process.kill()
    until(lambda: port_is_free(house.port))
    house.reader.join(PATIENCE)  # Its output ends only when server and worker, who share it, are gone too.
    assert not house.reader.is_alive()


def test_answers_that_end_too_early_found_nothing(house: House) -> None:
    house.start("--new", answers="Harbour Co-operative\n")
    assert house.process.wait(PATIENCE) == 2
    house.reader.join(PATIENCE)
    assert "Nothing was entered." in "".join(house.said)


def test_a_demo_that_was_broken_off_begins_anew(house: House) -> None:
    house.start()
    house.wait_until_said("  3 of ")
    house.process.send_signal(signal.SIGINT)
    assert house.process.wait(PATIENCE) == 130
    house.end()
    house.said.clear()
    house.start()
    house.wait_until_said("Ctrl-C stops it.")
    told = "".join(house.said)
    assert "The demo was not finished last time; it begins anew." in told
    assert "The demo stands" in told
    assert house.status() == 200
