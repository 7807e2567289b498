"""The streams of one process: its groups and clients on the event loop, its reader and its rights in threads."""

import asyncio
import logging
import secrets
import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from django.db import connection, connections

from hemicycle.live.faces import VOTES_ON
from hemicycle.live.stream_reader import Reader
from hemicycle.live.stream_rights import Standing, Wish, standing_of
from hemicycle.live.stream_rings import Client, Ring, Step
from hemicycle.live.stream_rolls import Turn
from hemicycle.live.stream_watch import Watch
from hemicycle.meetings.following import say_who_follows

HEARTBEAT_SECONDS = 15.0
RIGHTS_SECONDS = 30.0
SLOW_SECONDS = 10.0
# How soon others know that somebody came or went, and how often it is said again where nobody did.
FOLLOWED_SECONDS = 4.0
FOLLOWED_AGAIN_SECONDS = 10.0
AGAIN_SECONDS = 1.0
# The time that one client costs at an event; the streams take at most half of the processor.
CLIENT_SECONDS = 0.000_05

log = logging.getLogger(__name__)
Found = TypeVar("Found")


class Hub:
    """Everything that the streams of this process share. Its methods are called on the event loop."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = loop
        self.ending = False
        self.rings: dict[Wish, asyncio.Future[Ring]] = {}
        self.wanted: Counter[Wish] = Counter()
        self.standings: dict[tuple[Wish, str | None], asyncio.Future[Standing | None]] = {}
        self.aborts: dict[Client, Callable[[], None]] = {}
        self.accounts: Counter[int | None] = Counter()
        self.reading = ThreadPoolExecutor(1, thread_name_prefix="live-reader")
        self.asking = ThreadPoolExecutor(1, thread_name_prefix="live-rights")
        self.reader = Reader(
            lambda news: loop.call_soon_threadsafe(self.publish, news),
            lambda turns: loop.call_soon_threadsafe(self.call, turns),
        )
        self.watch = Watch(self.look_soon, lambda: len(self.aborts) * CLIENT_SECONDS)
        self.looking = threading.Lock()
        self.process = secrets.token_hex(16)
        self.followed: dict[int, set[int]] = {}
        self.followed_at = 0.0
        self.ticker = loop.create_task(self.tick())

    async def standing(self, wish: Wish, session: str | None) -> Standing | None:
        """Return as whom a client may follow, or None. Clients alike are asked for together."""
        asked = self.standings.get((wish, session))
        if asked is None:
            asked = self.loop.run_in_executor(self.asking, with_database, standing_of, wish, session)
            self.standings[wish, session] = asked
        return await asyncio.shield(asked)

    async def enter(self, wish: Wish, after: int) -> Ring:
        """Return the group of a wish, opened if nobody follows it yet, and not behind what a client has seen."""
        self.wanted[wish] += 1
        try:
            if wish not in self.rings:
                self.rings[wish] = self.loop.run_in_executor(self.reading, with_database, self.reader.open, wish)
                self.watch.begin()
            ring = await asyncio.shield(self.rings[wish])
            if after > ring.number:  # Seen at another worker a moment ago.
                await self.loop.run_in_executor(self.reading, with_database, self.reader.look)
                await asyncio.sleep(0)
        except BaseException:
            self.leave(wish)
            raise
        return ring

    def leave(self, wish: Wish) -> None:
        """Let a group go with the last client that wants it."""
        self.wanted[wish] -= 1
        if not self.wanted[wish]:
            del self.wanted[wish]
            if self.rings.pop(wish, None) and not self.ending:
                self.reading.submit(self.reader.drop, wish)
        if not self.rings:
            self.watch.rest()

    def begin(self, ring: Ring, client: Client, abort: Callable[[], None]) -> None:
        """Let a client follow."""
        ring.clients.add(client)
        self.aborts[client] = abort
        self.accounts[client.standing.viewer.account] += 1

    def finish(self, ring: Ring, client: Client) -> None:
        """Let a client go."""
        ring.clients.discard(client)
        del self.aborts[client]
        self.accounts[client.standing.viewer.account] -= 1

    def look_soon(self) -> None:
        """Let the reader look, unless it is about to. Called from any thread."""
        if self.looking.acquire(blocking=False):
            self.reading.submit(self.look)

    def look(self) -> None:
        """Look at the books, in the reader's thread."""
        self.looking.release()
        try:
            with_database(self.reader.look)
        except Exception:
            log.exception("The book could not be read for the live pages; it is tried again.")
            self.loop.call_soon_threadsafe(self.loop.call_later, AGAIN_SECONDS, self.look_soon)

    def publish(self, news: list[tuple[Ring, Step, str | None]]) -> None:
        """Take in what is new and wake the clients."""
        for ring, step, fragment in news:
            ring.take(step, fragment)
            if step.touches_rights:
                self.standings.clear()
            self.hand_over(ring)

    def call(self, turns: list[tuple[Ring, Turn]]) -> None:
        """Take in that rolls are called on, and wake the clients."""
        for ring, turn in turns:
            ring.call(turn)
            self.hand_over(ring)

    def hand_over(self, ring: Ring) -> None:
        """Serve the clients of a group at once, or wake those whose own task must."""
        moment = self.loop.time()
        for client in ring.clients:
            if moment - client.checked > RIGHTS_SECONDS or not ring.hand_over(client, moment):
                client.wake()

    async def tick(self) -> None:
        """Each second: wake who is due a heartbeat, cut off who takes nothing any more, forget who stood how."""
        while True:
            await asyncio.sleep(1)
            self.standings.clear()
            now = self.loop.time()
            for client, abort in list(self.aborts.items()):
                if client.sending is not None and now - client.sending > SLOW_SECONDS:
                    abort()
                elif now - client.sent > HEARTBEAT_SECONDS:
                    client.wake()
            self.say_who_follows(now)

    def say_who_follows(self, now: float) -> None:
        """Let every process know whose delegate's page is connected here, soon where that changed."""
        waited = now - self.followed_at
        if waited < FOLLOWED_SECONDS:
            return
        held: dict[int, set[int]] = {}
        for wish, opened in self.rings.items():
            if wish.face in VOTES_ON and opened.done() and not opened.cancelled() and opened.exception() is None:
                persons = {client.standing.viewer.person for client in opened.result().clients}
                held.setdefault(wish.meeting, set()).update(one for one in persons if one)
        held = {meeting: persons for meeting, persons in held.items() if persons}
        if held != self.followed or (held and waited > FOLLOWED_AGAIN_SECONDS):
            self.followed, self.followed_at = held, now
            self.asking.submit(self.write_who_follows, held)

    def write_who_follows(self, held: dict[int, set[int]]) -> None:
        """Write it down, in the thread of rights. Where the database is away, it is said again."""
        try:
            with_database(say_who_follows, self.process, held)
        except Exception:  # noqa: BLE001 - what it was about says who is connected, and stands in no log.
            log.warning("Whose phones are connected could not be written; it is tried again.")
            self.loop.call_soon_threadsafe(setattr, self, "followed", {})

    def end(self) -> None:
        """End every stream; clients come back to whoever serves next."""
        if self.ending:
            return
        self.ending = True
        self.watch.stop()
        self.ticker.cancel()
        for client, abort in list(self.aborts.items()):
            if client.sending is None:
                client.wake()
            else:
                abort()
        if self.followed:
            self.asking.submit(self.write_who_follows, {})
        for threads in (self.reading, self.asking):
            threads.submit(connections.close_all)
            threads.shutdown(wait=False)


def with_database(function: Callable[..., Found], *given: Any) -> Found:
    """Call a function in a thread that keeps its connection; a broken one is replaced the next time."""
    connection.close_if_unusable_or_obsolete()
    try:
        return function(*given)
    except Exception:
        connection.close()
        raise
