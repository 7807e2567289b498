"""A house that runs for a journey: started by the command that everybody types, on a world of its own, and visited."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

from tests.journeys.plenary_facts import seeds
from tests.world import HOUSE, World, database_named

PHONE: ViewportSize = {"width": 390, "height": 844}
LAPTOP: ViewportSize = {"width": 1280, "height": 800}
HALL: ViewportSize = {"width": 1920, "height": 1080}
# A busy machine takes its time to start and to answer; what is awaited is awaited by condition, never by the clock.
START_SECONDS, ANSWER_MS = 90.0, 20_000
# A house that is founded first makes its whole database before it answers.
FOUNDING_SECONDS = 150.0
PAUSE = 0.1
expect.set_options(timeout=ANSWER_MS)


@contextlib.contextmanager
def empty_world(data: Path) -> Iterator[World]:
    """Yield a world in which nothing was founded yet, and take its database away in the end."""
    data.mkdir(parents=True)
    with database_named(f"hemicycle_journey_{uuid.uuid4().hex[:12]}") as url:
        yield World(data, url)


@dataclass
class House:
    """A running house, the browser that visits it, and the sessions of those who can sign in, by a short name."""

    world: World
    browser: Browser
    address: str
    sessions: Mapping[str, str]
    contexts: list[BrowserContext] = field(default_factory=list)

    def visit(self, who: str = "", size: ViewportSize = LAPTOP, *, javascript: bool = True) -> Page:
        """Open a window for somebody who is signed in, or for a stranger."""
        context = self.browser.new_context(
            base_url=self.address, viewport=size, java_script_enabled=javascript, locale="en-GB"
        )
        context.set_default_timeout(ANSWER_MS)
        if who:
            context.add_cookies([{"name": "sessionid", "value": self.sessions[who], "url": self.address}])
        self.contexts.append(context)
        return context.new_page()

    def leave(self) -> None:
        """Close all windows."""
        while self.contexts:
            self.contexts.pop().close()


@contextlib.contextmanager
def running(world: World, browser: Browser, sessions: Mapping[str, str], founded: str = "") -> Iterator[House]:
    """Start the house with `hemicycle run`, yield it once it answers, and stop it as Ctrl-C does.

    `founded` are the answers, a line each, with which `run --new` founds a body first.
    """
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    told = world.data / "house.log"
    with told.open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "hemicycle", "run", *(["--new"] if founded else [])],
            cwd=HOUSE,
            env=world.environ | {"PORT": str(port)},
            stdin=subprocess.PIPE,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    if process.stdin:
        process.stdin.write(founded.encode())
        process.stdin.close()
    house = House(world, browser, address, sessions)
    try:
        await_answer(process, address, told, START_SECONDS + (FOUNDING_SECONDS if founded else 0))
        yield house
    finally:
        house.leave()
        stop(process)


def await_answer(process: "subprocess.Popen[bytes]", address: str, told: Path, seconds: float) -> None:
    """Wait until the house answers."""
    end = time.monotonic() + seconds
    while True:
        with (
            contextlib.suppress(OSError, urllib.error.URLError),
            urllib.request.urlopen(f"{address}/healthz") as answer,  # noqa: S310  # An address of our own.
        ):
            if answer.status == 200:
                return
        if process.poll() is not None or time.monotonic() > end:
            raise AssertionError(f"The house did not start:\n{told.read_text(errors='replace')}")
        time.sleep(PAUSE)


def stop(process: "subprocess.Popen[bytes]") -> None:
    """Stop the house and everything it started."""
    process.send_signal(signal.SIGINT)
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def free_port() -> int:
    """Return a port that nobody has now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def told_by(world: World, *arguments: str) -> dict[str, Any]:
    """Run a command of tests.journeys.founding in a world and return what it told."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.journeys.founding", *arguments],
        cwd=HOUSE,
        env=world.environ | {"DJANGO_SETTINGS_MODULE": "hemicycle.ground.settings", "HEMICYCLE_SEEDS": str(seeds())},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told
