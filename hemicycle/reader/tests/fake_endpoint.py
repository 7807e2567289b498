"""An OpenAI-compatible endpoint on this machine that answers whatever it was told to answer."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class FakeServer(ThreadingHTTPServer):
    """What it answers, and with which keys it was asked."""

    content: str
    status: int
    keys: list[str]

    @property
    def address(self) -> str:
        """Where it is asked."""
        return f"http://127.0.0.1:{self.server_address[1]}/v1"


class Fake(BaseHTTPRequestHandler):
    """Answers one question."""

    server: FakeServer

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.server.keys.append(self.headers.get("Authorization", ""))
        body = json.dumps({"choices": [{"message": {"content": self.server.content}}]}).encode()
        self.send_response(self.server.status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: object) -> None:
        """Keep quiet."""


@contextmanager
def fake_endpoint(claims: list[dict[str, Any]]) -> Iterator[FakeServer]:
    """An endpoint that makes these claims."""
    server = FakeServer(("127.0.0.1", 0), Fake)
    server.content, server.status, server.keys = json.dumps({"claims": claims}), 200, []
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
