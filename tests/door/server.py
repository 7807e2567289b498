"""The real server on a database of its own: started, stopped and killed by the trials, and asked by plain sockets."""

import asyncio
import contextlib
import http.client
import json
import os
import queue
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import psycopg

from hemicycle.command import lifeline
from tests import world as worlds

HOUSE = Path(__file__).resolve().parents[2]
START_SECONDS = 60.0


@dataclass(frozen=True)
class World(worlds.World):
    """A data folder and its database, with what `hall found` told of it."""

    keys: dict[str, Any] = field(default_factory=dict)

    @property
    def environ(self) -> dict[str, str]:
        """The environment in which processes see this world."""
        return {
            **os.environ,
            "HEMICYCLE_DATA": str(self.data),
            "DATABASE_URL": self.database_url,
            "DJANGO_SETTINGS_MODULE": "hemicycle.ground.settings",
            "HEMICYCLE_ALLOWED_HOSTS": "localhost 127.0.0.1",
            "PYTHONWARNINGS": "ignore",
        }

    def command(self, *arguments: str) -> list[str]:
        """Return the command line of the hall."""
        return [sys.executable, "-m", "tests.door.hall", *arguments]

    def hall(self, *arguments: str) -> dict[str, Any]:
        """Run a command of the hall to its end and return what it told last."""
        done = subprocess.run(
            self.command(*arguments),
            env=self.environ,
            cwd=HOUSE,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
            timeout=600,
        )
        told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
        return told

    def writer(self, seconds: float, pause: float) -> "subprocess.Popen[str]":
        """Start acting without pause."""
        command = self.command("write", str(seconds), str(pause))
        return subprocess.Popen(command, env=self.environ, cwd=HOUSE, stdout=subprocess.PIPE, text=True)

    def change(self, sql: str) -> None:
        """Change the database past everything of ours."""
        if self.database_url.startswith("postgres"):
            with psycopg.connect(self.database_url) as connection:
                connection.execute(sql)  # type: ignore[call-overload]  # plain SQL
            return
        with contextlib.closing(sqlite3.connect(self.data / "hemicycle.sqlite3")) as opened, opened:
            opened.execute(sql)

    def rows(self, sql: str) -> set[Any]:
        """Return the first column of what the database holds, past everything of ours."""
        if self.database_url.startswith("postgres"):
            with psycopg.connect(self.database_url) as connection:
                return {row[0] for row in connection.execute(sql).fetchall()}  # type: ignore[call-overload]  # plain SQL
        with contextlib.closing(sqlite3.connect(self.data / "hemicycle.sqlite3")) as opened:
            return {row[0] for row in opened.execute(sql).fetchall()}


@contextlib.contextmanager
def founded(template: worlds.World, folder: Path, *size: str) -> Iterator[World]:
    """Build the world once; tests work on copies of it."""
    with worlds.copied(template, folder) as tables:
        world = World(tables.data, tables.database_url)
        world.keys.update(world.hall("found", *size))
        yield world


@contextlib.contextmanager
def copied(world: World, folder: Path) -> Iterator[World]:
    """Copy a world: the folder, and on PostgreSQL the database."""
    with worlds.copied(world, folder) as copy:
        yield World(copy.data, copy.database_url, world.keys)


class Door:
    """A running server."""

    def __init__(self, world: World, workers: int = 2, **environ: str) -> None:
        self.world = world
        self.environ = {**world.environ, "HEMICYCLE_WORKERS": str(workers), **environ}
        self.port = free_port()
        self.process: subprocess.Popen[bytes] | None = None
        self.lifelines: list[int] = []

    def __enter__(self) -> "Door":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()

    def start(self) -> None:
        """Start and wait until it answers. It ends with the tests, however these end."""
        reading, writing = os.pipe()
        self.lifelines.append(writing)
        with (self.world.data / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "hemicycle.command.server"],
                env={**self.environ, "PORT": str(self.port), lifeline.NAME: str(reading)},
                cwd=HOUSE,
                stdout=log,
                stderr=log,
                pass_fds=(reading,),
                start_new_session=True,
            )
        os.close(reading)
        end = time.monotonic() + START_SECONDS
        while True:
            with contextlib.suppress(OSError):
                if self.get("/healthz")[0] == 200:
                    return
            if self.process.poll() is not None or time.monotonic() > end:
                raise AssertionError(f"The server did not start:\n{self.log()}")
            time.sleep(0.05)

    def log(self) -> str:
        """Return what the server said."""
        return (self.world.data / "server.log").read_text(encoding="utf-8", errors="replace")

    def stop(self) -> float:
        """Ask it to stop and return how many seconds that took."""
        assert self.process
        began = time.monotonic()
        self.process.terminate()
        self.process.wait(30)
        return time.monotonic() - began

    def kill(self) -> None:
        """Kill it and its workers, as a power cut would."""
        if self.process:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        for end in self.lifelines:
            os.close(end)
        self.lifelines.clear()

    def workers(self) -> list[int]:
        """Return the processes that hold the port besides the one that was started."""
        assert self.process
        listed = subprocess.run(
            ["ps", "-A", "-o", "pid=,pgid="], capture_output=True, text=True, check=True
        ).stdout.splitlines()
        found = [tuple(map(int, line.split())) for line in listed]
        return [pid for pid, group in found if group == self.process.pid and pid != self.process.pid]

    def get(self, path: str, timeout: float = 20, **headers: str) -> tuple[int, str]:
        """Ask for a page."""
        asked = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            asked.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
            answer = asked.getresponse()
            return answer.status, answer.read().decode(errors="replace")
        finally:
            asked.close()

    def raw(self, sent: bytes, timeout: float = 20) -> bytes:
        """Send bytes and return everything until the server closes, or nothing more comes."""
        with self.connect(timeout) as connection:
            connection.sendall(sent)
            found = b""
            with contextlib.suppress(TimeoutError, ConnectionResetError):
                while part := connection.recv(65536):
                    found += part
                    if b"\r\n\r\n" in found and complete(found):
                        break
            return found

    def connect(self, timeout: float = 20) -> socket.socket:
        """Open a connection."""
        return socket.create_connection(("127.0.0.1", self.port), timeout=timeout)

    def session(self, who: str) -> str:
        """Return the cookie of somebody who is signed in."""
        return f"sessionid={self.world.keys['sessions'][who]}"

    def live(self, face: str = "public", cookie: str = "", **asked: str) -> str:
        """Return the address of a stream."""
        query = urlencode({"meeting": self.world.keys["meeting"], "face": face, **asked})
        return f"/live/{self.world.keys['book']}/?{query}"


def complete(answer: bytes) -> bool:
    """Say whether an answer with a length has arrived in whole."""
    head, _, body = answer.partition(b"\r\n\r\n")
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return len(body) >= int(line.split(b":")[1])
    return False


def free_port() -> int:
    """Return a port that nobody has now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(frozen=True)
class Event:
    """An event of a stream."""

    identifier: str
    name: str
    data: str

    @property
    def number(self) -> int:
        """Its number in the book."""
        return int(self.identifier.partition(":")[2])


class Stream:
    """A client of an event stream; a thread of its own reads."""

    def __init__(self, door: Door, path: str, cookie: str = "", last: str = "") -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", door.port, timeout=60)
        given = {"Cookie": cookie, "Last-Event-ID": last}
        self.connection.request("GET", path, headers={name: value for name, value in given.items() if value})
        self.socket = self.connection.sock
        self.answer = self.connection.getresponse()
        self.status = self.answer.status
        self.events: queue.Queue[Event | None] = queue.Queue()
        # What time it is for the server, in milliseconds since 1970, as the stream tells when it begins.
        self.clocks: queue.Queue[int] = queue.Queue()
        self.reading = threading.Thread(target=self.read, daemon=True)
        self.reading.start()

    def __enter__(self) -> "Stream":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Go away."""
        with contextlib.suppress(OSError):
            self.socket.shutdown(socket.SHUT_RDWR)
        self.reading.join()
        self.answer.close()
        self.connection.close()

    def read(self) -> None:
        """Read events until the stream ends."""
        found: dict[str, list[str]] = {}
        with contextlib.suppress(OSError, http.client.HTTPException, ValueError):
            while line := self.answer.readline():
                name, _, value = line.decode().rstrip("\n").partition(":")
                if name:
                    found.setdefault(name, []).append(value.removeprefix(" "))
                elif not value:  # An empty line ends an event; a comment is the heartbeat.
                    if found.get("event") == ["clock"]:
                        self.clocks.put(int(found["data"][0]))
                    elif "event" in found:
                        self.events.put(Event(found.get("id", [""])[0], found["event"][0], "\n".join(found["data"])))
                    found = {}
        self.events.put(None)

    def event(self, timeout: float = 20) -> Event | None:
        """Return the next event, None when the stream ended; raise queue.Empty where none came."""
        return self.events.get(timeout=timeout)

    def silent(self, seconds: float) -> bool:
        """Say whether nothing comes for a while."""
        try:
            self.event(seconds)
        except queue.Empty:
            return True
        return False


async def cast(
    port: int, ballot: int, card: str, choice: str, request: str, code: str = ""
) -> tuple[int, dict[str, Any]] | None:
    """Send a vote and return status and answer; None where the connection ended without one."""
    body = urlencode({"card": card, "choice": choice, "request": request, "code": code}).encode()
    head = (
        f"POST /box/{ballot}/ HTTP/1.1\r\nHost: localhost\r\nAccept: application/json\r\nConnection: close\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        try:
            writer.write(head.encode() + body)
            answer = await reader.read()
        finally:
            writer.close()
    except OSError:
        return None
    lines, _, told = answer.partition(b"\r\n\r\n")
    if not lines or not complete(answer):
        return None
    return int(lines.split()[1]), json.loads(told)
