"""What the door answers to requests that are good, bad, cut off, too large or too slow."""

import re
import time

import pytest

from tests.door.server import Door

pytestmark = pytest.mark.door


def status(answer: bytes) -> int:
    return int(answer.split()[1]) if answer else 0


def form(body: bytes, length: int, path: str = "/en/sign-in/") -> bytes:
    head = f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    return f"{head}Content-Length: {length}\r\n\r\n".encode() + body


def test_pages_the_box_the_streams_and_the_health_are_behind_one_door(door: Door) -> None:
    assert door.get("/healthz") == (200, "ok\n")
    assert door.get("/en/")[0] == 200
    assert door.get("/live/1/?meeting=999&face=public")[0] == 404
    assert door.get("/box/1/")[0] == 405


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        (b"GET /en/ HTTP/1.1\r\n\r\n", 400),
        (b"GET /en/ HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400),
        (b"GET /en/ HTTP/1.1\r\nHost: elsewhere.example\r\n\r\n", 400),
        (b"GET /%00 HTTP/1.1\r\nHost: localhost\r\n\r\n", 400),
        (b"GET /" + b"a" * 9000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n", 414),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"a" * 80_000 + b"\r\n\r\n", 400),
        (b"TRACE / HTTP/1.1\r\nHost: localhost\r\n\r\n", 405),
        (b"FROB / HTTP/1.1\r\nHost: localhost\r\n\r\n", 400),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01", 400),
        (b"GET /en/?q=\xff\xfe HTTP/1.1\r\nHost: localhost\r\n\r\n", 400),
        (b"HEAD /en/ HTTP/1.1\r\nHost: localhost\r\n\r\n", 200),
        (b"POST /box/1/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\nTransfer-Encoding: chunked\r\n\r\n", 400),
    ],
)
def test_every_request_is_answered(door: Door, sent: bytes, expected: int) -> None:
    timeout = 2 if sent.startswith(b"HEAD") else 20
    assert status(door.raw(sent, timeout)) == expected
    assert door.get("/healthz")[0] == 200


def test_a_proxy_that_is_not_trusted_says_nothing_about_the_client(door: Door) -> None:
    forged = (
        b"GET /en/ HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-Proto: https\r\nX_Forwarded_Host: evil.example\r\n\r\n"
    )
    answer = door.raw(forged)
    assert status(answer) == 200
    assert b"https://" not in answer.partition(b"\r\n\r\n")[0]


def test_a_body_cut_off_half_way_reaches_no_view(door: Door) -> None:
    reached = door.log().count("/en/sign-in/")
    with door.connect() as cut:
        cut.sendall(form(b"login=a%40b.example&password=half", 400))
    with door.connect() as cut:
        cut.sendall(form(b"login=" + b"a" * 3_000_000, 4_000_000))
    assert status(door.raw(form(b"login=x", 7))) == 403
    assert door.log().count("/en/sign-in/") == reached + 1, "Django tells each form without a token once"


def test_an_upload_over_the_limit_gets_a_sentence(door: Door) -> None:
    answer = door.raw(form(b"x" * 27_000_000, 27_000_000))
    assert status(answer) == 413
    assert b"at most. Nothing of what you sent was kept." in answer


def test_an_upload_announced_as_far_over_the_limit_is_not_waited_for(door: Door) -> None:
    with door.connect() as waiting:
        waiting.sendall(form(b"x" * 1000, 10**12))
        assert door.get("/en/")[0] == 200


def test_stalled_clients_do_not_freeze_pages(door: Door) -> None:
    stalled = [door.connect() for _ in range(12)]
    try:
        for number, connection in enumerate(stalled):
            if number % 3 == 0:
                connection.sendall(form(b"login=", 100_000))
            elif number % 3 == 1:
                connection.sendall(b"GET /en/ HTTP/1.1\r\nHost: loc")
            else:
                connection.sendall(b"GET /en/ HTTP/1.1\r\nHost: localhost\r\n\r\n" * 200)
        began = time.monotonic()
        assert door.get("/en/")[0] == 200
        assert time.monotonic() - began < 10
    finally:
        for connection in stalled:
            connection.close()


def test_a_page_says_how_long_it_is_and_the_connection_stays(door: Door) -> None:
    answer = door.raw(b"GET /en/ HTTP/1.1\r\nHost: localhost\r\n\r\n")
    head, _, body = answer.partition(b"\r\n\r\n")
    length = re.search(rb"content-length: (\d+)", head.lower())
    assert length
    assert int(length[1]) == len(body)
    assert b"connection: close" not in head.lower()
