"""uvicorn's HTTP protocol, held to limits that it has none for: endless headers, and connections that never ask."""

import asyncio
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

LONGEST_HEAD = 65_536


class HeadTooLong(Exception):
    """The address or the headers do not end; the parser answers with 400."""


class DoorProtocol(HttpToolsProtocol):
    """One connection."""

    head = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        """Begin, with as much time for the first request as between two."""
        super().connection_made(transport)
        self.wait_for_request()

    def data_received(self, data: bytes) -> None:
        """Read on; a request that has begun must go on arriving."""
        super().data_received(data)
        if self.cycle is None or self.cycle.response_complete:
            self.wait_for_request()

    def wait_for_request(self) -> None:
        """Close when no request has come for a while."""
        if self.timeout_keep_alive_task is None and not self.transport.is_closing():
            self.timeout_keep_alive_task = self.loop.call_later(
                self.timeout_keep_alive, self.timeout_keep_alive_handler
            )

    def on_message_begin(self) -> None:
        """Begin a request; its room may cut the connection, and push parts of a stream."""
        super().on_message_begin()
        self.head = 0
        extensions: Any = {"hemicycle.abort": self.transport.abort, "hemicycle.push": self.push}
        self.scope["extensions"] = extensions

    def push(self, chunk: bytes) -> bool:
        """Write a framed part of a streamed answer at once; False where the client is behind and must be waited for.

        A quarter of what it costs to wake a task for each of a thousand clients and let it send.
        """
        if self.flow.write_paused or self.transport.is_closing():
            return False
        self.transport.write(chunk)
        return True

    def on_url(self, url: bytes) -> None:
        """Take a part of the address."""
        self.measure(len(url))
        super().on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        """Take a header."""
        self.measure(len(name) + len(value))
        super().on_header(name, value)

    def measure(self, size: int) -> None:
        """Refuse a head that does not end."""
        self.head += size
        if self.head > LONGEST_HEAD:
            raise HeadTooLong
