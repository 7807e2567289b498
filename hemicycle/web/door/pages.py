"""Django behind the door: two threads, and one hop there and back, with the whole body in and the whole answer out.

A stalled upload or download so never holds a thread, and a body that was cut off never reaches a view.
"""

import asyncio
import contextvars
import logging
import sys
import tempfile
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from threading import Event
from typing import IO, Any
from urllib.parse import quote

from a2wsgi.wsgi import build_environ
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from hemicycle.ground.asgi import (
    IN_MEMORY,
    SEND_SECONDS,
    CutOff,
    Receive,
    Scope,
    Send,
    TooLarge,
    TooSlow,
    abort,
    answer,
    read_body,
    say,
    until_gone,
)
from hemicycle.ground.settings import CONFIG

THREADS = 2
MOST_WAITING = 256
LARGEST_ANSWER = 512_000_000
PIECE = 65_536
BESIDE_THE_FILE = 1_000_000  # What a form sends beside its file.
PRINTABLE = "".join(map(chr, range(33, 127)))

log = logging.getLogger(__name__)
Wsgi = Callable[[dict[str, Any], Any], Iterable[bytes]]


@dataclass
class Answer:
    """What Django answered: its body lies in memory, or in a temporary file beyond 1 MB."""

    status: int = 500
    headers: list[tuple[bytes, bytes]] = field(default_factory=list)
    size: int = 0
    body: IO[bytes] = field(default_factory=partial(tempfile.SpooledTemporaryFile, IN_MEMORY))

    def start(self, status: str, headers: list[tuple[str, str]], _error: Any = None) -> Callable[[bytes], None]:
        """Take status and headers: WSGI's start_response."""
        self.status = int(status.split(" ", 1)[0])
        self.headers = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]
        return self.write

    def write(self, part: bytes) -> None:
        """Take a part of the body."""
        self.size += len(part)
        if self.size > LARGEST_ANSWER:
            raise ValueError(f"An answer of more than {LARGEST_ANSWER} bytes does not pass the door.")
        self.body.write(part)


class Pages:
    """Hands requests to a WSGI application in its threads."""

    def __init__(self, application: Wsgi, threads: int = THREADS) -> None:
        self.application = application
        self.threads = ThreadPoolExecutor(threads, thread_name_prefix="page")
        self.waiting = 0

    def close(self) -> None:
        """Take no further request; those under way end."""
        self.threads.shutdown(wait=False)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or say why it cannot be taken."""
        close = [(b"connection", b"close")]
        try:
            if self.waiting >= MOST_WAITING:
                sentence = _("Too many pages are asked for at this moment. Nothing was done; please try again.")
                await say(send, 503, sentence, [(b"retry-after", b"2"), *close])
                return
            with await read_body(scope, receive, limit=CONFIG.upload_limit + BESIDE_THE_FILE) as body:
                await self.answer(scope, receive, send, body)
        except CutOff:
            return
        except TooLarge:
            await answer(send, 413, too_large(scope["path"]), b"text/html; charset=utf-8", close)
        except TooSlow:
            await say(send, 408, _("What you sent stopped half way. Nothing of it was kept; send it again."), close)

    async def answer(self, scope: Scope, receive: Receive, send: Send, body: IO[bytes]) -> None:
        """Let Django answer in a thread, then send its answer."""
        gone = Event()
        watch = asyncio.ensure_future(until_gone(receive))
        watch.add_done_callback(lambda _done: gone.set())
        self.waiting += 1
        try:
            # Who only reads and has left need not be answered; what was sent in whole is entered all the same.
            unless = gone if scope["method"] != "POST" else Event()
            environ = environ_of(scope, body)
            made = await asyncio.get_running_loop().run_in_executor(self.threads, self.make, environ, unless)
        except Exception:
            log.exception("A page failed outside of Django.")
            await say(send, 500, _("Something went wrong here, and it was noted. What you see elsewhere still holds."))
            return
        finally:
            self.waiting -= 1
            watch.cancel()
        if made is not None:
            with made.body:
                await deliver(made, scope, send)

    def make(self, environ: dict[str, Any], gone: Event) -> Answer | None:
        """Run the application in this thread; None where nobody waits for the answer any more."""
        if gone.is_set():
            return None
        return contextvars.Context().run(self.run, environ)

    def run(self, environ: dict[str, Any]) -> Answer:
        """Collect the whole answer."""
        made = Answer()
        parts = self.application(environ, made.start)
        try:
            for part in parts:
                made.write(part)
        except BaseException:
            made.body.close()
            raise
        finally:
            getattr(parts, "close", lambda: None)()
        made.body.seek(0)
        return made


def too_large(path: str) -> bytes:
    """Return the page for who sent more than is taken."""
    with translation.override(translation.get_language_from_path(path) or settings.LANGUAGE_CODE):
        most = CONFIG.upload_limit // 1_000_000
        told = {
            "heading": _("This is too large"),
            "sentence": _("A file may have %(most)d MB at most. Nothing of what you sent was kept.") % {"most": most},
            "more": _("Go back with your browser: what you typed is still there. Choose a smaller file, or several."),
        }
        return render_to_string("web/bare.html", told).encode()


def environ_of(scope: Scope, body: IO[bytes]) -> dict[str, Any]:
    """Return the request as WSGI has it.

    Headers with an underscore are left out (they would pass for others), and so is what a proxy says of the
    client: the server has taken that into account already where it trusts the proxy.
    """
    headers = [
        (name, value)
        for name, value in scope["headers"]
        if b"_" not in name and not name.startswith(b"x-forwarded-") and name != b"forwarded"
    ]
    query = quote(scope["query_string"], safe=PRINTABLE).encode()
    request: Any = {**scope, "headers": headers, "query_string": query}
    stream: Any = body
    environ: Any = build_environ(request, stream)
    return {**environ, "wsgi.errors": sys.stderr}


async def deliver(made: Answer, scope: Scope, send: Send) -> None:
    """Send an answer in pieces; who takes none for half a minute is dropped."""
    headers = made.headers
    if scope["method"] != "HEAD" and made.status not in {204, 304}:
        headers = [(name, value) for name, value in headers if name != b"content-length"]
        headers.append((b"content-length", b"%d" % made.size))
    await send({"type": "http.response.start", "status": made.status, "headers": headers})
    left = made.size
    while True:
        piece = made.body.read(PIECE)
        left -= len(piece)
        try:
            async with asyncio.timeout(SEND_SECONDS):
                await send({"type": "http.response.body", "body": piece, "more_body": left > 0})
        except TimeoutError:
            abort(scope)
            return
        if left <= 0:
            return
