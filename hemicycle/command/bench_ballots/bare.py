"""A bare endpoint, one measure of `bench ballots`: two workers of the same server that read a vote and answer it."""

import os

from hemicycle.command.bench_screens.bare import serve
from hemicycle.ground.asgi import SAFE, Receive, Scope, Send
from hemicycle.web.door.worker import end_with_parent

ANSWER = os.environ.get("BENCH_ANSWER", "").encode()
START = {
    "type": "http.response.start",
    "status": 200,
    "headers": [
        (b"content-type", b"application/json"),
        (b"content-length", b"%d" % len(ANSWER)),
        *SAFE,
        (b"vary", b"Accept, HX-Request"),
    ],
}
BODY = {"type": "http.response.body", "body": ANSWER}


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    """Read one vote and answer it."""
    if scope["type"] == "lifespan":
        await receive()
        end_with_parent()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await send({"type": "lifespan.shutdown.complete"})
        return
    while (await receive()).get("more_body"):
        pass
    await send(dict(START))
    await send(dict(BODY))


if __name__ == "__main__":
    serve(f"{__spec__.name}:app")
