"""The raw ASGI ground that the door and the two hot rooms stand on: reading a whole body, answering a sentence."""

import asyncio
import io
import tempfile
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from html import escape
from typing import IO, Any

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Headers = Iterable[tuple[bytes, bytes]]

IN_MEMORY = 1_000_000
SEND_SECONDS = 30.0

PAGE = (
    '<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{title}</title>'
    '<meta name="viewport" content="width=device-width"></head><body><main><p>{sentence}</p></main></body></html>\n'
)
SAFE: tuple[tuple[bytes, bytes], ...] = (
    (b"cache-control", b"no-store"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
)


class CutOff(Exception):
    """The client went away before the whole body had arrived: there is nobody to answer."""


class TooLarge(Exception):
    """The body is over the limit."""


class TooSlow(Exception):
    """The body stopped arriving."""


async def read_body(scope: Scope, receive: Receive, *, limit: int, seconds: float = 30) -> IO[bytes]:
    """Return the whole body, in memory up to 1 MB and in a temporary file beyond it, ready to be read.

    Raises:
        CutOff: the connection ended first, or the length is not the one announced.
        TooLarge: it is over the limit, in bytes. What came is read and thrown away, so that an answer can be read.
        TooSlow: nothing came for this many seconds.
    """
    announced = int(header(scope, b"content-length") or -1)
    body: IO[bytes] = io.BytesIO()
    if limit > IN_MEMORY:  # A vote needs no file, and making one takes as long as reading it.
        body = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115  # the caller closes it
    try:
        size = await (copy_body if announced <= limit else discard)(receive, body, limit, seconds)
    except BaseException:
        body.close()
        raise
    if size >= 0 and announced in {-1, size}:
        body.seek(0)
        return body
    body.close()
    raise TooLarge if size < 0 else CutOff


async def copy_body(receive: Receive, body: IO[bytes], limit: int, seconds: float) -> int:
    """Write what arrives into a file and return how long it was, or −1 as soon as it is over the limit."""
    size, more = 0, True
    while more:
        part, more = await read_part(receive, seconds)
        size += len(part)
        if size > limit:
            return await discard(receive, body, limit, seconds) if more else -1
        if part:
            body.write(part)
    return size


async def read_part(receive: Receive, seconds: float) -> tuple[bytes, bool]:
    """Return the next part of a body, and whether more follows."""
    try:
        async with asyncio.timeout(seconds):
            message = await receive()
    except TimeoutError:
        raise TooSlow from None
    if message["type"] != "http.request":
        raise CutOff
    return message.get("body", b""), message.get("more_body", False)


async def discard(receive: Receive, _body: IO[bytes], limit: int, seconds: float) -> int:
    """Read and throw away, for a while, and return −1: a client that still sends would never see the answer."""
    try:
        async with asyncio.timeout(seconds):
            more, size = True, 0
            while more and size < 4 * limit:
                part, more = await read_part(receive, seconds)
                size += len(part)
    except (TimeoutError, TooSlow):
        pass
    return -1


def header(scope: Scope, name: bytes) -> bytes | None:
    """Return a header's value, or None where it is not there."""
    for found, value in scope["headers"]:
        if found == name:
            return bytes(value)
    return None


async def answer(send: Send, status: int, body: bytes, content_type: bytes, headers: Headers = ()) -> None:
    """Send a whole answer."""
    given = [(b"content-type", content_type), (b"content-length", b"%d" % len(body)), *SAFE, *headers]
    await send({"type": "http.response.start", "status": status, "headers": given})
    await send({"type": "http.response.body", "body": body})


async def say(send: Send, status: int, sentence: str, headers: Headers = (), language: str = "en") -> None:
    """Answer with one sentence, as a page."""
    page = PAGE.format(title="Hemicycle", sentence=escape(sentence), language=escape(language))
    await answer(send, status, page.encode(), b"text/html; charset=utf-8", headers)


async def until_gone(receive: Receive) -> None:
    """Return when the client has gone; uvicorn's `send` says nothing of it."""
    while (await receive())["type"] != "http.disconnect":
        pass


def push_of(scope: Scope) -> Callable[[bytes], bool] | None:
    """Return what writes a framed chunk to the client at once, where the server has it."""
    found: Callable[[bytes], bool] | None = scope.get("extensions", {}).get("hemicycle.push")
    return found


def framed(part: bytes) -> bytes:
    """Return a part of an answer as a chunk (RFC 9112, section 7.1)."""
    return b"%x\r\n%b\r\n" % (len(part), part)


def abort(scope: Scope) -> None:
    """End the connection at once, with what still waits to be sent."""
    end = scope.get("extensions", {}).get("hemicycle.abort")
    if end:
        end()
