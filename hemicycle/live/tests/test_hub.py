"""What the streams of one process share: heartbeats, slow clients, and the end."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from hemicycle.accounts.access import Viewer
from hemicycle.live import stream_hub
from hemicycle.live.faces import Face
from hemicycle.live.stream import follow, let_go
from hemicycle.live.stream_hub import HEARTBEAT_SECONDS, SLOW_SECONDS, Hub
from hemicycle.live.stream_rights import STRANGER, Standing, Wish
from hemicycle.live.stream_rings import NEW, Client, Ring, Step

WISH = Wish(5, 3, Face.PUBLIC, "en")


class Phone:
    """A client that keeps what it was sent."""

    def __init__(self, hub: Hub, ring: Ring, cursor: int = NEW) -> None:
        self.sent: list[bytes] = []
        self.client = Client(STRANGER, None, cursor, hub.loop.time(), hub.loop.time())
        self.aborted = False
        hub.begin(ring, self.client, self.abort)
        self.task = asyncio.ensure_future(follow(ring, self.client, self.send))

    def abort(self) -> None:
        self.aborted = True

    async def send(self, message: object) -> None:
        assert isinstance(message, dict)
        self.sent.append(message["body"])


def with_hub(trial: Callable[[Hub, Ring], Awaitable[None]], monkeypatch: pytest.MonkeyPatch) -> None:
    async def run() -> None:
        hub = Hub(asyncio.get_running_loop())
        monkeypatch.setattr("hemicycle.live.stream.hub", lambda: hub)
        try:
            await trial(hub, Ring(WISH, number=10, shown=8, fragment="eight"))
        finally:
            hub.end()

    asyncio.run(run())


def step(number: int, *, rights: bool = False) -> Step:
    return Step(number, number, hint=False, names=frozenset(), hidden=(), touches_rights=rights)


def test_a_client_gets_what_is_published_until_it_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    async def trial(hub: Hub, ring: Ring) -> None:
        phone = Phone(hub, ring)
        await asyncio.sleep(0)
        hub.publish([(ring, step(11), "eleven")])
        await asyncio.sleep(0.01)
        assert [part.splitlines()[2] for part in phone.sent] == [b"data: eight", b"data: eleven"]
        let_go(phone.client)
        await phone.task
        assert len(phone.sent) == 2

    with_hub(trial, monkeypatch)


def test_who_may_see_it_no_longer_is_sent_nothing_more(monkeypatch: pytest.MonkeyPatch) -> None:
    may: list[Standing | None] = [STRANGER, None]
    monkeypatch.setattr(stream_hub, "with_database", lambda function, *given: function(*given))
    monkeypatch.setattr(stream_hub, "standing_of", lambda wish, session: may.pop(0))

    async def trial(hub: Hub, ring: Ring) -> None:
        phone = Phone(hub, ring, cursor=10)
        hub.publish([(ring, step(11, rights=True), "eleven")])
        await asyncio.sleep(0.05)
        hub.publish([(ring, step(12, rights=True), "twelve")])
        await phone.task
        assert phone.sent == [b"id: 5:11\nevent: now\ndata: eleven\n\n", b""]

    with_hub(trial, monkeypatch)


def test_an_idle_client_hears_that_we_are_here_and_a_stuck_one_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    async def trial(hub: Hub, ring: Ring) -> None:
        idle, stuck = Phone(hub, ring, cursor=10), Phone(hub, ring, cursor=10)
        await asyncio.sleep(0)
        idle.client.sent -= HEARTBEAT_SECONDS + 1
        stuck.client.sending = hub.loop.time() - SLOW_SECONDS - 1
        await asyncio.sleep(1.2)
        assert (idle.sent, idle.aborted) == ([b": here\n\n"], False)
        assert (stuck.sent, stuck.aborted) == ([], True)
        hub.end()
        await idle.task
        assert idle.sent[-1] == b""

    with_hub(trial, monkeypatch)


def test_every_process_is_told_whose_page_for_delegates_follows_here(monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[dict[int, set[int]]] = []
    monkeypatch.setattr(stream_hub, "with_database", lambda _function, _process, held: said.append(held))

    async def trial(hub: Hub, _ring: Ring) -> None:
        rings = [Ring(Wish(5, 3, face, "en"), number=10, shown=8, fragment="eight") for face in Face]
        for ring in rings:
            hub.rings[ring.wish] = asyncio.get_running_loop().create_future()
            hub.rings[ring.wish].set_result(ring)
            for person in (ring.wish.face == Face.DESK and 1, 7, 9, None):
                standing = Standing(Viewer(person=person or None), frozenset())
                hub.begin(ring, Client(standing, None, NEW, 0, 0), lambda: None)
        for moment in (100.0, 103.0, 105.0, 111.0):
            hub.say_who_follows(moment)
        hub.asking.submit(list).result()
        assert said == [{3: {7, 9}}, {3: {7, 9}}], "once at first, and once more after a while"
        for ring in rings:
            hub.rings.pop(ring.wish)
        hub.say_who_follows(116.0)
        hub.asking.submit(list).result()
        assert said[2:] == [{}]

    with_hub(trial, monkeypatch)
