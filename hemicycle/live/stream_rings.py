"""What a group of clients is sent: one present state in bytes for all of them, and where each client stands.

There is no queue per client. A client has a cursor, the number of the book up to which it was served. The ring
remembers of the latest entries only what they mean for whom; a client behind it gets the present state and a hint.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from hemicycle.accounts.access import Viewer
from hemicycle.ground.asgi import framed
from hemicycle.live.faces import PERSONAL, VOTES_ON
from hemicycle.live.stream_rights import Standing, Wish
from hemicycle.live.stream_rolls import Turn

KEPT = 256
NEW = -1


@dataclass(frozen=True, slots=True)
class Hidden:
    """An entry that the group's audience may not see; single clients may."""

    number: int
    access: str
    scope: str

    def shown_to(self, viewer: Viewer, book: int) -> bool:
        """Say whether a viewer may know of it."""
        return viewer.sees(self.access, book=book, scope=self.scope)


@dataclass(frozen=True, slots=True)
class Step:
    """What entries up to a number mean for a group.

    `shown`: the last of them that the audience may see, 0 for none. `hint`: everyone's personal part may be
    another. `names`: the subjects they concern, by which a client knows that one means them.
    """

    number: int
    shown: int
    hint: bool
    names: frozenset[str]
    hidden: tuple[Hidden, ...]
    touches_rights: bool


@dataclass(eq=False, slots=True)
class Client:
    """One stream. `cursor` is NEW before anything was sent. Moments are those of the event loop's clock."""

    standing: Standing
    session: str | None
    cursor: int
    sent: float
    checked: float
    push: Callable[[bytes], bool] | None = None
    turned: int = NEW
    sending: float | None = None
    waiting: asyncio.Future[None] | None = None
    gone: bool = False

    def wake(self) -> None:
        """Let the client's loop look again."""
        if self.waiting and not self.waiting.done():
            self.waiting.set_result(None)


def bare(name: str, data: str) -> bytes:
    """Return an event without an identifier: it stands for no entry, and a client comes back with the one it has."""
    lines = "".join(f"data: {line}\n" for line in data.splitlines()) or "data:\n"
    return f"event: {name}\n{lines}\n".encode()


@dataclass(eq=False)
class Ring:
    """One group: a book's meeting, a face, a language. Written by the event loop alone once it is open.

    `number`: the head that was taken in. `shown`: the last number that the audience may see. `now`: the event with
    the present state. `changed`: the number with which that state came. `floor`: steps up to it are not known.
    `turned`: how often the calling of a roll moved; `turn`: the event with who is called.
    """

    wish: Wish
    number: int
    shown: int
    fragment: str
    now: bytes = b""
    changed: int = 0
    floor: int = 0
    turned: int = 0
    turn: bytes = b""
    turns: deque[Turn] = field(default_factory=lambda: deque(maxlen=KEPT))
    mine: tuple[int, bytes] = (0, b"")
    chunk: tuple[bytes, bytes] = (b"", b"")
    steps: deque[Step] = field(default_factory=deque)
    clients: set[Client] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.changed, self.floor = self.shown, self.number
        self.now = self.event("now", self.shown, self.fragment)

    def event(self, name: str, number: int, data: str) -> bytes:
        """Return an event in the format of the HTML standard, section 9.2."""
        return f"id: {self.wish.book}:{number}\n".encode() + bare(name, data)

    def take(self, step: Step, fragment: str | None) -> None:
        """Take in a step, and the present state after it where the audience may see one of its entries."""
        if step.number <= self.number:
            return
        self.number = step.number
        self.shown = step.shown or self.shown
        if fragment is not None and fragment != self.fragment:
            self.fragment, self.changed = fragment, step.shown
            self.now = self.event("now", self.shown, self.fragment)
        self.steps.append(step)
        if len(self.steps) > KEPT:
            self.floor = self.steps.popleft().number

    def call(self, turn: Turn) -> None:
        """Take in that the calling of a roll moved."""
        self.turned += 1
        self.turns.append(turn)
        self.turn = bare("turn", turn.fragment)

    def hand_over(self, client: Client, moment: float) -> bool:
        """Serve a client that waits, at once; False where its own task must: it is behind, or rights are asked."""
        if not client.push or not client.waiting or self.touches_rights(client):
            return False
        news = self.due(client)
        if news:
            if self.chunk[0] != news:
                self.chunk = (news, framed(news))
            if not client.push(self.chunk[1]):
                return False
            client.sent = moment
        client.cursor, client.turned = self.number, self.turned
        return True

    def unserved(self, client: Client) -> Iterator[Step]:
        """Yield the steps that a client was not yet served, the latest first."""
        for step in reversed(self.steps):
            if step.number <= client.cursor:
                return
            yield step

    def touches_rights(self, client: Client) -> bool:
        """Say whether something this client was not yet served may change what they may see."""
        return NEW < client.cursor < self.floor or any(step.touches_rights for step in self.unserved(client))

    def due(self, client: Client) -> bytes:
        """Return what a client is to be sent to stand where the ring stands; empty where nothing concerns them."""
        if client.cursor == NEW:
            return self.now + self.called(client)
        news = self.now if self.changed > client.cursor else b""
        if self.wish.face in PERSONAL and (number := self.hinted(client)):
            if self.mine[0] != number:
                self.mine = (number, self.event("mine", number, "mine"))
            news += self.mine[1]
        return news + self.called(client)

    def called(self, client: Client) -> bytes:
        """Return what a client is to be told of the calling of a roll; its own part is hinted at where it is another.

        Who is new has a page that is not older than the call, but for a moment: they are sent how it stands, and
        whoever is called just now looks.
        """
        if client.turned == self.turned or not self.turns:
            return b""
        missed = list(self.turns)[client.turned - self.turned :] if client.turned != NEW else []
        person = client.standing.viewer.person
        concerned = person in self.turns[-1].called or any(person in turn.persons for turn in missed)
        return self.turn + (bare("mine", "mine") if concerned and self.wish.face in VOTES_ON else b"")

    def hinted(self, client: Client) -> int:
        """Return the number with which this client's personal part may have changed, 0 for none."""
        found = max(self.shown, client.cursor) if client.cursor < self.floor else 0
        for step in self.unserved(client):
            if step.shown and (step.hint or not step.names.isdisjoint(client.standing.names)):
                found = max(found, step.shown)
            for entry in step.hidden:
                if entry.shown_to(client.standing.viewer, self.wish.book):
                    found = max(found, entry.number)
        return found
