"""Reads the books that somebody follows, in a thread of its own, and makes each group's present state once."""

from collections.abc import Callable

from hemicycle.journal.models import Book, Entry
from hemicycle.live.faces import HINTED_TO_ALL, MOVE_THE_LIST, TOUCH_RIGHTS, VOTES_BEGIN_OR_END, audience
from hemicycle.live.fragments import render
from hemicycle.live.stream_rights import Wish
from hemicycle.live.stream_rings import Hidden, Ring, Step
from hemicycle.live.stream_rolls import Rolls, Turn
from hemicycle.meetings.models import FloorRequest

Publish = Callable[[list[tuple[Ring, Step, str | None]]], object]
Call = Callable[[list[tuple[Ring, Turn]]], object]
AT_ONCE = 500
LINE = ("number", "kind", "access", "scope", "subjects")
Line = tuple[int, str, str, str, list[str]]


class Reader:
    """The groups that are followed, and how far each of their books was read. Used by one thread alone."""

    def __init__(self, publish: Publish, call: Call) -> None:
        self.publish = publish
        self.call = call
        self.rolls = Rolls()
        self.rings: dict[Wish, Ring] = {}
        self.read: dict[int, int] = {}

    def open(self, wish: Wish) -> Ring:
        """Begin to follow for a group: its present state, as of a head of the book that it is not older than."""
        if wish in self.rings:
            return self.rings[wish]
        head = Book.objects.values_list("head_number", flat=True).get(pk=wish.book)
        seen = audience(wish.face, wish.meeting, wish.book).filter(scope="scope")
        entries = Entry.objects.filter(seen, book=wish.book, number__lte=head).order_by("-number")
        shown = entries.values_list("number", flat=True).first() or 0
        ring = Ring(wish, head, shown, render(wish.meeting, wish.face, wish.language, wish.read))
        self.read.setdefault(wish.book, head)
        self.rings[wish] = ring
        if turn := self.rolls.take_in(wish):
            ring.call(turn)  # Nobody has the ring yet but this thread.
        return ring

    def drop(self, wish: Wish) -> None:
        """Follow no longer for a group without clients."""
        self.rings.pop(wish, None)
        self.rolls.drop(wish)
        followed = {wish.book for wish in self.rings}
        for book in self.read.keys() - followed:
            del self.read[book]

    def look(self) -> None:
        """Read what the followed books have grown by, and publish what it means for each group."""
        if not self.read:
            return
        heads = dict(Book.objects.filter(pk__in=self.read).values_list("pk", "head_number"))
        for book, head in heads.items():
            while self.read[book] < head and (lines := self.lines_after(book)):
                news = [self.step(ring, lines) for ring in self.rings.values() if ring.wish.book == book]
                self.publish(news)
                self.read[book] = lines[-1][0]
                if any(kind in VOTES_BEGIN_OR_END for _number, kind, *_rest in lines):
                    self.take_in_rolls(book)
        if self.rolls.called:
            moved = self.rolls.look(self.rings)
            self.call([(self.rings[wish], turn) for wish, turn in moved])

    def take_in_rolls(self, book: int) -> None:
        """Find out anew which rolls are called: a vote began or ended, or who may know of it is another."""
        found = [(ring, self.rolls.take_in(ring.wish)) for ring in self.rings.values() if ring.wish.book == book]
        self.call([(ring, turn) for ring, turn in found if turn])

    def lines_after(self, book: int) -> list[Line]:
        """Return what is new in a book, without the rows that an entry covers: a bulk act has thousands."""
        new = Entry.objects.filter(book=book, number__gt=self.read[book]).order_by("number")
        return list(new.values_list(*LINE)[:AT_ONCE])

    def step(self, ring: Ring, lines: list[Line]) -> tuple[Ring, Step, str | None]:
        """Return what new entries mean for a group, and the present state after them."""
        wish = ring.wish
        seen = audience(wish.face, wish.meeting, wish.book)
        shown: list[Line] = []
        hidden: list[Hidden] = []
        for line in lines:
            number, _kind, access, scope, _subjects = line
            if seen.sees(access, book=wish.book, scope=scope):
                shown.append(line)
            else:
                hidden.append(Hidden(number, access, scope))
        step = Step(
            number=lines[-1][0],
            shown=shown[-1][0] if shown else 0,
            hint=any(kind in HINTED_TO_ALL for _number, kind, *_rest in shown),
            names=frozenset(name for *_rest, subjects in shown for name in subjects) | waiting_in(shown),
            hidden=tuple(hidden),
            touches_rights=any(kind in TOUCH_RIGHTS for _number, kind, *_rest in lines),
        )
        return ring, step, render(wish.meeting, wish.face, wish.language, wish.read) if shown else None


def waiting_in(lines: list[Line]) -> frozenset[str]:
    """Return the subjects by which those are known whose place on a list of speakers is another after these entries."""
    moved = [subjects for _number, kind, _access, _scope, subjects in lines if kind in MOVE_THE_LIST]
    items = {name for subjects in moved for name in subjects if name.startswith("agendaitem:")}
    keys = [int(name.partition(":")[2]) for name in items]
    if not keys:
        return frozenset()
    waiting = FloorRequest.objects.filter(item__in=keys, called=None, withdrawn=None)
    return frozenset(f"person:{key}" for key in waiting.values_list("person", flat=True))
