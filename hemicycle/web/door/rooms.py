"""Which room answers: the event streams, the box, or Django. And what a worker does when it starts and stops."""

import json
from importlib import import_module

import django
from django.apps import apps
from django.conf import settings

if not apps.ready:
    django.setup()

from django.core.wsgi import get_wsgi_application  # Django is set up first
from django.utils.translation import gettext as _

from hemicycle.ground.asgi import Receive, Scope, Send, answer, header, say
from hemicycle.ground.garbage import spare_what_stays
from hemicycle.ground.sqlite.base import serve
from hemicycle.live.stream import end_streams, stream
from hemicycle.voting.box import box
from hemicycle.web.door.pages import Pages
from hemicycle.web.door.worker import chain_signals, end_with_parent

METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS"})
LONGEST_ADDRESS = 8_000
WRONG_METHOD = 405

pages = Pages(get_wsgi_application())


async def enter(scope: Scope, receive: Receive, send: Send) -> None:
    """Lead one connection to its room."""
    if scope["type"] == "lifespan":
        await live_through(receive, send)
        return
    if scope["type"] != "http":
        return
    path = scope["path"]
    if unfit := unfit_because(scope):
        await turn_away(send, path, *unfit)
    elif path.startswith("/live/"):
        await stream(scope, receive, send)
    elif path.startswith("/box/"):
        await box(scope, receive, send)
    elif path == "/healthz":
        await answer(send, 200, b"ok\n", b"text/plain")
    else:
        await pages(scope, receive, send)


async def turn_away(send: Send, path: str, status: int, sentence: str) -> None:
    """Say why a request is led nowhere: a person as a page, a program as its own room would."""
    close = [(b"connection", b"close")]
    if not path.startswith("/api/"):
        await say(send, status, sentence, close)
        return
    code = "wrong_method" if status == WRONG_METHOD else "unfit_request"
    told = json.dumps({"code": code, "sentence": sentence, "field": ""})
    await answer(send, status, told.encode(), b"application/json", close)


def unfit_because(scope: Scope) -> tuple[int, str] | None:
    """Return why a request cannot be led anywhere, or None."""
    if scope["method"] not in METHODS:
        return WRONG_METHOD, _("This method is not used here. Pages are read with GET and sent with POST.")
    if len(scope["raw_path"]) + len(scope["query_string"]) > LONGEST_ADDRESS:
        return 414, _("This address is too long to be one of ours. Nothing was done.")
    hosts = [value for name, value in scope["headers"] if name == b"host"]
    if len(hosts) != 1 and (hosts or scope["http_version"] == "1.1"):
        return 400, _("This request does not say for which site it is meant. Nothing was done.")
    if "\0" in scope["path"]:
        return 400, _("This address holds a character that no address here has. Nothing was done.")
    if header(scope, b"transfer-encoding") and header(scope, b"content-length"):
        return 400, _("This request gives its length in two ways. Nothing was done.")
    return None


async def live_through(receive: Receive, send: Send) -> None:
    """Follow the server from its start to its stop."""
    await receive()
    end_with_parent()
    serve()
    chain_signals(end_streams)
    load_pages()
    await send({"type": "lifespan.startup.complete"})
    await receive()
    end_streams()
    pages.close()
    await send({"type": "lifespan.shutdown.complete"})


def load_pages() -> None:
    """Load the addresses and pages of every room now, not while the first visitor waits."""
    import_module(settings.ROOT_URLCONF)
    spare_what_stays()
