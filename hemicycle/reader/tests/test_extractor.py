"""A language model may propose; only what it quotes word for word is kept."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
import pytest

from hemicycle.reader import flat, read
from hemicycle.reader.extractor import Endpoint, extended

ARTICLE = "The council of Ember met on 3 May 2021 at the Mill House. Old Marten poured the tea and kept the peace."
ANSWER = [
    {"field": "presided_by", "value": "Old Marten", "quote": "Old Marten poured the tea and kept the peace."},
    {"field": "meeting.place", "value": "Town Hall", "quote": "at the Town Hall"},
    {"field": "mood", "value": "good", "quote": "The council of Ember"},
]


class Fake(BaseHTTPRequestHandler):
    """An endpoint that answers whatever its server was told to answer."""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        body = json.dumps({"choices": [{"message": {"content": self.server.content}}]}).encode()
        self.send_response(self.server.status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: object) -> None:
        """Keep quiet."""


@pytest.fixture
def server() -> Iterator[ThreadingHTTPServer]:
    """A local endpoint."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Fake)
    server.content, server.status = json.dumps({"claims": ANSWER}), 200
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def endpoint(server: ThreadingHTTPServer) -> Endpoint:
    """The endpoint as an operator names it."""
    return Endpoint(f"http://127.0.0.1:{server.server_address[1]}/v1", "some-model", timeout=5)


def test_a_claim_that_quotes_the_page_is_kept_with_its_place(server: ThreadingHTTPServer) -> None:
    reading = extended(read(ARTICLE, name="ember.txt"), endpoint(server))
    claim = next(claim for claim in reading.claims if claim.rule == "extractor")
    assert reading.page.words(claim.span) == "Old Marten poured the tea and kept the peace."
    assert (claim.field, claim.value, claim.line) == ("presided_by", "Old Marten", 1)


def test_a_claim_that_quotes_nothing_is_dropped_and_counted(server: ThreadingHTTPServer) -> None:
    reading = extended(read(ARTICLE, name="ember.txt"), endpoint(server))
    assert not [claim for claim in reading.claims if claim.value in {"Town Hall", "good"}]
    assert "2 dropped" in reading.notes[-1]


def test_a_proposal_stays_below_the_floor_of_the_flat_shape(server: ThreadingHTTPServer) -> None:
    reading = extended(read(ARTICLE, name="ember.txt"), endpoint(server))
    assert flat(reading)["presided_by"] is None


def test_an_answer_of_another_form_adds_nothing(server: ThreadingHTTPServer) -> None:
    server.content = "I would rather chat."
    before = read(ARTICLE, name="ember.txt")
    assert extended(before, endpoint(server)).claims == before.claims


def test_an_endpoint_that_fails_says_so(server: ThreadingHTTPServer) -> None:
    server.status = 500
    with pytest.raises(httpx.HTTPStatusError):
        extended(read(ARTICLE, name="ember.txt"), endpoint(server))
