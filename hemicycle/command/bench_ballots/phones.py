"""Many phones in one process: each sends votes on a connection of its own and waits for every answer.

The cards lie in a file that `world open` wrote. It says how many votes were counted, how fast, and one of the answers.
"""

import asyncio
import json
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from hemicycle.command.bench_place import percentile
from hemicycle.web.door.serve import raise_file_limit

CARDS = "cards.json"
CONNECT_SECONDS = 60.0
ANSWER_SECONDS = 120.0


class Phone(asyncio.Protocol):
    """One connection, which takes the next vote whenever its last one was answered."""

    def __init__(self, votes: Iterator[bytes], took: list[float], answers: list[bytes]) -> None:
        self.votes, self.took, self.answers = votes, took, answers
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.received = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the connection."""
        self.transport = transport

    def vote(self) -> None:
        """Send the next vote, or end."""
        request = next(self.votes, None)
        if request is None:
            if not self.done.done():
                self.done.set_result(None)
            return
        self.sent = time.perf_counter()
        self.transport.write(request)  # type: ignore[attr-defined]  # asyncio gives a Transport.

    def data_received(self, data: bytes) -> None:
        """Take the answer."""
        self.received += data
        head, whole, body = self.received.partition(b"\r\n\r\n")
        if not whole or len(body) < length_of(head):
            return
        self.took.append(time.perf_counter() - self.sent)
        self.answers.append(body)
        self.received = b""
        self.vote()

    def connection_lost(self, _error: Exception | None) -> None:
        """End: a vote that was not answered is missed when the answers are counted."""
        if not self.done.done():
            self.done.set_result(None)


def length_of(head: bytes) -> int:
    """Return the length of a body that its head tells."""
    for line in head.split(b"\r\n"):
        name, _colon, value = line.partition(b":")
        if name.lower() == b"content-length":
            return int(value)
    return 0


def requests(ballot: int, cards: list[str]) -> Iterator[bytes]:
    """Yield the requests of all votes, a third of them each way."""
    for number, card in enumerate(cards):
        choice = ("for", "against", "abstain")[number % 3]
        body = urlencode({"card": card, "choice": choice, "request": f"r{number}", "lang": "en"}).encode()
        yield (
            b"POST /box/%d/ HTTP/1.1\r\nHost: localhost\r\nAccept: application/json\r\n"
            b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n" % (ballot, len(body))
        ) + body


async def vote_all(told: dict[str, Any], connections: int) -> dict[str, object]:
    """Let everybody vote on so many connections; where each voter has one, connecting is part of the time."""
    votes = iter(list(requests(told["ballot"], told["cards"])))
    took: list[float] = []
    answers: list[bytes] = []
    loop, port = asyncio.get_running_loop(), int(os.environ["PORT"])
    at_once = connections == len(told["cards"])
    began = time.perf_counter()

    async def phone() -> Phone:
        _transport, made = await loop.create_connection(lambda: Phone(votes, took, answers), "127.0.0.1", port)
        if at_once:
            made.vote()
        return made

    async with asyncio.timeout(CONNECT_SECONDS):
        phones = await asyncio.gather(*(phone() for _ in range(connections)))
    if not at_once:
        began = time.perf_counter()
        for one in phones:
            one.vote()
    async with asyncio.timeout(ANSWER_SECONDS):
        await asyncio.gather(*(one.done for one in phones))
    seconds = time.perf_counter() - began
    return {
        "answered": len(answers),
        "counted": sum(b'"counted"' in answer for answer in answers),
        "votes_per_s": round(len(answers) / seconds),
        "p50_ms": percentile([1000 * one for one in took], 50),
        "p99_ms": percentile([1000 * one for one in took], 99),
        "all_ms": round(1000 * seconds, 1),
        "answer": answers[0].decode() if answers else "",
    }


if __name__ == "__main__":
    raise_file_limit()
    handed = json.loads(Path(os.environ["BENCH_FOLDER"], CARDS).read_text(encoding="ascii"))
    print(json.dumps(asyncio.run(vote_all(handed, int(sys.argv[1])))), flush=True)
