"""Many screens on plain sockets in one process: it says “ready”, and when its input ends, when each event arrived."""

import json
import os
import re
import selectors
import socket
import sys
import time
from collections import defaultdict

from hemicycle.web.door.serve import raise_file_limit

NUMBER = re.compile(rb"id: \d+:(\d+)\nevent: now\n")
AT_ONCE = 100
CONNECT_SECONDS = 120.0


class Screen:
    """One client: what it has received of an event that is not whole yet."""

    __slots__ = ("left", "socket")

    def __init__(self, port: int, path: str) -> None:
        self.left = b""
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=30)
        self.socket.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        self.socket.setblocking(False)  # noqa: FBT003  # Its one argument is positional.


def main(path: str, count: int) -> None:
    """Connect, say so, and follow until the input ends."""
    raise_file_limit()
    port = int(os.environ["PORT"])
    arrived: dict[str, list[float]] = defaultdict(list)
    sizes = [0]
    selector = selectors.DefaultSelector()
    first: set[Screen] = set()
    end = time.monotonic() + CONNECT_SECONDS
    screens = 0
    while len(first) < count and time.monotonic() < end:
        for _ in range(min(AT_ONCE, count - screens)):
            screen = Screen(port, path)
            selector.register(screen.socket, selectors.EVENT_READ, screen)
            screens += 1
        first |= receive(selector, arrived, sizes, 0.05)
    arrived.clear()
    if len(first) < count:
        print(f"only {len(first)}", flush=True)
        return
    print("ready", flush=True)
    selector.register(sys.stdin, selectors.EVENT_READ, None)
    while selector.get_map() and sys.stdin.fileno() in selector.get_map():
        receive(selector, arrived, sizes, 1.0)
    print(json.dumps({"arrived": arrived, "bytes": sizes[0]}), flush=True)


def receive(
    selector: selectors.BaseSelector, arrived: dict[str, list[float]], sizes: list[int], wait: float
) -> set[Screen]:
    """Take what came and note when each event was whole; return the screens that had one."""
    had: set[Screen] = set()
    for key, _events in selector.select(wait):
        screen: Screen | None = key.data
        if screen is None:
            selector.unregister(key.fileobj)
            continue
        part = screen.socket.recv(262_144)
        if not part:
            selector.unregister(key.fileobj)
            continue
        screen.left += part
        if not screen.left.endswith(b"\n\n\r\n"):
            continue
        for number in NUMBER.findall(screen.left):
            arrived[number.decode()].append(time.monotonic())
            had.add(screen)
            sizes[0] = len(screen.left)
        screen.left = b""
    return had


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
