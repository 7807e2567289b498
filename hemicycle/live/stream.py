"""The event stream of a sitting: GET /live/<book>/?meeting=…&face=…&lang=…&read=…, a raw ASGI room behind the door.

Events: `now` with the rendered fragment of the present state, `mine` as a hint that the personal part may have
changed. Their identifier is `book:number`; a client that comes back with it gets what it missed, as the present
state of what changed.
"""

import asyncio
import contextlib
import re
import secrets
from functools import partial
from urllib.parse import parse_qsl

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import parse_cookie
from django.utils.translation import gettext as _

from hemicycle.ground.asgi import Receive, Scope, Send, abort, header, push_of, say, until_gone
from hemicycle.journal.clock import now
from hemicycle.languages.naming import TAG
from hemicycle.live.faces import Face
from hemicycle.live.hall import PREFIX
from hemicycle.live.stream_hub import HEARTBEAT_SECONDS, RIGHTS_SECONDS, Hub
from hemicycle.live.stream_rights import Standing, Wish
from hemicycle.live.stream_rings import NEW, Client, Ring

PATH = re.compile(r"/live/([1-9][0-9]{0,17})/", re.ASCII)
IDENTIFIER = re.compile(r"([1-9][0-9]{0,17}):([0-9]{1,18})", re.ASCII)
MOST_PER_ACCOUNT = 24
HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-cache, no-transform"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
]

_hubs: dict[asyncio.AbstractEventLoop, Hub] = {}


def hub() -> Hub:
    """Return the hub of this event loop."""
    loop = asyncio.get_running_loop()
    if loop not in _hubs:
        _hubs[loop] = Hub(loop)
    return _hubs[loop]


def end_streams() -> None:
    """End every stream of this event loop, so that a stop need not wait for them."""
    hub().end()


async def stream(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer one stream."""
    if scope["method"] != "GET":
        await say(send, 405, _("A live page is read with GET."))
        return
    if hub().ending:
        await begin(send, more=False)
        return
    wish, session = wish_of(scope), session_of(scope)
    try:
        standing = await hub().standing(wish, session) if wish else None
        if wish is None or standing is None:
            await say(send, 404, _("There is nothing to follow here, or nothing for you."))
        elif standing.viewer.account and hub().accounts[standing.viewer.account] >= MOST_PER_ACCOUNT:
            sentence = _("You have %(most)d live pages open. Close some of them, and this one will follow again.")
            await say(send, 429, sentence % {"most": MOST_PER_ACCOUNT}, [(b"retry-after", b"30")])
        else:
            await serve(wish, standing, session, scope, receive, send)
    except (OperationalError, InterfaceError):
        sentence = _("The book cannot be reached just now. This page tries again by itself.")
        await say(send, 503, sentence, [(b"retry-after", b"5")])


async def serve(
    wish: Wish, standing: Standing, session: str | None, scope: Scope, receive: Receive, send: Send
) -> None:
    """Let a client follow until it goes, we stop, or it may not see it any more."""
    after = last_seen(scope, wish.book)
    ring = await hub().enter(wish, after)
    now = hub().loop.time()
    client = Client(standing, session, after if after <= ring.number else NEW, now, now, push_of(scope))
    hub().begin(ring, client, partial(abort, scope))
    watch = asyncio.ensure_future(until_gone(receive))
    watch.add_done_callback(lambda _done: let_go(client))
    try:
        await begin(send, more=True)
        await follow(ring, client, send)
    finally:
        watch.cancel()
        hub().finish(ring, client)
        hub().leave(wish)


def wish_of(scope: Scope) -> Wish | None:
    """Return what a client asks to follow, or None where that is nothing we have."""
    path = PATH.fullmatch(scope["path"])
    asked = dict(parse_qsl(scope["query_string"].decode("latin-1")))
    meeting, face, language = asked.get("meeting", ""), asked.get("face", ""), asked.get("lang", "")
    if not path or not re.fullmatch(r"[1-9][0-9]{0,17}", meeting, re.ASCII) or face not in set(Face):
        return None
    if language not in dict(settings.LANGUAGES):
        language = settings.LANGUAGE_CODE
    read = asked.get("read", "") if face != Face.SCREEN else ""
    return Wish(int(path[1]), int(meeting), Face(face), language, read if TAG.fullmatch(read) else "")


def session_of(scope: Scope) -> str | None:
    """Return the session that a client's cookie names; a hall's machine comes with the hall's key instead."""
    if key := dict(parse_qsl(scope["query_string"].decode("latin-1"))).get("key"):
        return f"{PREFIX}{key}"
    cookies = parse_cookie((header(scope, b"cookie") or b"").decode("latin-1"))
    return cookies.get(settings.SESSION_COOKIE_NAME)


def last_seen(scope: Scope, book: int) -> int:
    """Return the number in this book that a client has seen, by its header or by “after” in the address; or NEW."""
    asked = dict(parse_qsl(scope["query_string"].decode("latin-1")))
    named = [(header(scope, b"last-event-id") or b"").decode("latin-1"), asked.get("after", "")]
    found = [IDENTIFIER.fullmatch(name) for name in named]
    return max((int(match[2]) for match in found if match and int(match[1]) == book), default=NEW)


async def begin(send: Send, *, more: bool) -> None:
    """Send the head, and when to come back: not all at once."""
    await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
    body = f"retry: {1000 + secrets.randbelow(2000)}\n\n".encode() + what_time_it_is()
    await send({"type": "http.response.body", "body": body, "more_body": more})


def what_time_it_is() -> bytes:
    """Return an event with our clock, in milliseconds since 1970: clocks on pages go by it, not by their own."""
    return f"event: clock\ndata: {int(now().timestamp() * 1000)}\n\n".encode()


def let_go(client: Client) -> None:
    """Remember that the client has gone."""
    client.gone = True
    client.wake()


async def follow(ring: Ring, client: Client, send: Send) -> None:
    """Send a client what is due to it."""
    loop = hub().loop
    while not client.gone and not hub().ending:
        number = ring.number
        if ring.touches_rights(client) or loop.time() - client.checked > RIGHTS_SECONDS:
            if not await still_allowed(ring, client):
                break
            if number != ring.number:  # What came meanwhile may touch rights again.
                continue
        news = ring.due(client)
        if not news and loop.time() - client.sent > HEARTBEAT_SECONDS:
            news = b": here\n\n"
        client.cursor, client.turned = number, ring.turned
        if news:
            client.sending = loop.time()
            await send({"type": "http.response.body", "body": news, "more_body": True})
            client.sent, client.sending = loop.time(), None
        elif number == ring.number and not client.gone and not hub().ending:
            client.waiting = loop.create_future()
            await client.waiting
            client.waiting = None
    if not client.gone:
        await send({"type": "http.response.body", "body": b""})


async def still_allowed(ring: Ring, client: Client) -> bool:
    """Ask again as whom a client follows; say whether it still may. A database that is away changes nothing."""
    with contextlib.suppress(OperationalError, InterfaceError):
        standing = await hub().standing(ring.wish, client.session)
        if standing is None or standing.viewer.account != client.standing.viewer.account:
            return False
        client.standing = standing
    client.checked = hub().loop.time()
    return True
