"""The two processes of an installation, server and worker: started together, stopped together."""

import http.client
import os
import signal
import ssl
import subprocess
import sys
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from time import monotonic, sleep
from types import FrameType

from hemicycle.command import Stop, lifeline

START_SECONDS = 60
STOP_SECONDS = 8


def serve_until_stopped(host: str, port: int, cert: Path | None, key: Path | None, welcome: str) -> int:
    """Start server and worker, print the welcome when the server answers, and wait for Ctrl-C or SIGTERM."""
    wishes: list[int] = []

    def wish(number: int, _frame: FrameType | None) -> None:
        wishes.append(number)

    with ExitStack() as stack:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            before = signal.signal(number, wish)
            stack.callback(signal.signal, number, before)
        reading, writing = os.pipe()
        stack.callback(os.close, writing)
        stack.callback(os.close, reading)
        files = [str(file) for file in (cert, key) if file is not None]
        children: dict[str, subprocess.Popen[bytes]] = {}
        stack.callback(stop_all, children)
        children["server"] = start("hemicycle.command.server", reading, *files)
        children["worker"] = start("hemicycle.command.worker", reading)
        answer_or_stop(host, port, children["server"], tls=cert is not None, stopped=lambda: bool(wishes))
        if not wishes:
            print(welcome, flush=True)
        code = watch(children, reading, lambda: bool(wishes))
        if wishes:
            print("\nStopping …", flush=True)
    return code


def start(module: str, reading: int, *arguments: str) -> subprocess.Popen[bytes]:
    """Start one of the two processes; it hears through the lifeline when this one is gone."""
    return subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        env={**os.environ, lifeline.NAME: str(reading)},
        pass_fds=(reading,),
        start_new_session=True,  # Ctrl-C reaches only this process, which then stops the others in order.
        stdin=subprocess.DEVNULL,
    )


def answer_or_stop(
    host: str, port: int, server: subprocess.Popen[bytes], *, tls: bool, stopped: Callable[[], bool]
) -> None:
    """Return when the server answers; stop with a sentence where it does not."""
    began = monotonic()
    while not stopped():
        if server.poll() is not None:
            raise Stop("The server ended while it was starting; what it said stands above.")
        if answers(host, port, tls=tls):
            return
        if monotonic() - began > START_SECONDS:
            raise Stop(f"The server did not answer within {START_SECONDS} seconds; what it said stands above.")
        sleep(0.05)


def answers(host: str, port: int, *, tls: bool) -> bool:
    """Say whether somebody answers HTTP there."""
    there = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104  # A name, nothing is bound here.
    if tls:
        # The certificate names the address of the installation, not the loopback asked here.
        trusting = ssl._create_unverified_context()  # noqa: S323, SLF001  # It asks itself whether it is up.
        asked: http.client.HTTPConnection = http.client.HTTPSConnection(there, port, timeout=5, context=trusting)
    else:
        asked = http.client.HTTPConnection(there, port, timeout=5)
    try:
        asked.request("HEAD", "/")
        asked.getresponse()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        asked.close()
    return True


def watch(children: dict[str, subprocess.Popen[bytes]], reading: int, stopped: Callable[[], bool]) -> int:
    """Wait until a stop is wished for or the server ends; start the worker again where it fell."""
    fallen: list[float] = []
    while not stopped():
        if (code := children["server"].poll()) is not None:
            print(f"The server ended by itself (code {code}).", file=sys.stderr, flush=True)
            return 1
        if children["worker"].poll() is not None:
            fallen = [moment for moment in fallen if monotonic() - moment < 60] + [monotonic()]
            print("The worker ended by itself; it is started again.", file=sys.stderr, flush=True)
            sleep(min(2.0 ** len(fallen), 30.0) if len(fallen) > 1 else 0.0)
            children["worker"] = start("hemicycle.command.worker", reading)
        sleep(0.1)
    return 0


def stop_all(children: dict[str, subprocess.Popen[bytes]]) -> None:
    """Ask every child to end, and end those that do not within some seconds."""
    for child in children.values():
        if child.poll() is None:
            child.terminate()
    deadline = monotonic() + STOP_SECONDS
    for child in children.values():
        try:
            child.wait(max(deadline - monotonic(), 0.1))
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()
