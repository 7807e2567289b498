"""A bare broadcast, the measure of `bench screens`: two workers of the same server, and nothing but sending.

Started without arguments it serves; `go N` lets it send N times, by a datagram to each worker.
"""

import asyncio
import json
import os
import socket
import sys
import time
from pathlib import Path

import uvicorn
from uvicorn.supervisors import Multiprocess

from hemicycle.command.bench_screens import PAUSE
from hemicycle.ground.asgi import Receive, Scope, Send
from hemicycle.web.door.protocol import DoorProtocol
from hemicycle.web.door.serve import listen, raise_file_limit
from hemicycle.web.door.worker import PARENT, chain_signals, end_with_parent

_waiting: set["asyncio.Future[bytes]"] = set()


class Trigger(asyncio.DatagramProtocol):
    """Wakes every client with the event it is told to send."""

    def datagram_received(self, data: bytes, _address: object) -> None:
        """Send to all."""
        filler = b"data: " + b"x" * (int(os.environ["BENCH_BYTES"]) - 40) + b"\n"
        event = b"id: 1:" + data + b"\nevent: now\n" + filler + b"\n"
        send_to_all(event)


def send_to_all(event: bytes) -> None:
    """Let every client's loop send an event, or end it with none."""
    for future in list(_waiting):
        if not future.done():
            future.set_result(event)


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    """Hold streams open and send them what the trigger says."""
    loop = asyncio.get_running_loop()
    if scope["type"] == "lifespan":
        await receive()
        place = str(Path(os.environ["BENCH_FOLDER"], f"{os.getpid()}.bare"))
        own = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        own.bind(place)
        await loop.create_datagram_endpoint(Trigger, sock=own)
        end_with_parent()
        chain_signals(lambda: send_to_all(b""))
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await send({"type": "lifespan.shutdown.complete"})
        return
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/event-stream")]})
    event = b"id: 1:0\nevent: now\ndata: first\n\n"
    while event:
        await send({"type": "http.response.body", "body": event, "more_body": True})
        future: asyncio.Future[bytes] = loop.create_future()
        _waiting.add(future)
        event = await future
        _waiting.discard(future)
    await send({"type": "http.response.body", "body": b""})


def serve(served: str) -> None:
    """Serve an application, named by its module, with two workers."""
    raise_file_limit()
    os.environ[PARENT] = str(os.getpid())
    config = uvicorn.Config(
        served,
        workers=2,
        http=DoorProtocol,
        loop="hemicycle.web.door.loop:DoorLoop",
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,
        timeout_graceful_shutdown=1,
    )
    Multiprocess(config, sockets=[listen("127.0.0.1", int(os.environ["PORT"]))]).run()


def go(times: int) -> None:
    """Let every worker send, and tell the moments."""
    sent: dict[str, float] = {}
    workers = [str(path) for path in Path(os.environ["BENCH_FOLDER"]).glob("*.bare")]
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as out:
        for number in range(1, times + 1):
            sent[str(number)] = time.monotonic()
            for worker in workers:
                out.sendto(str(number).encode(), worker)
            time.sleep(PAUSE)
    time.sleep(2)
    print(json.dumps(sent), flush=True)


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["go", times]:
            go(int(times))
        case _:
            serve(f"{__spec__.name}:app")
