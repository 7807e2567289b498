"""What the feeds of decisions hold: what anybody may read of them, whoever asks."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID, uuid5

from django.db.models import Q, QuerySet

from hemicycle.accounts.access import PUBLIC
from hemicycle.bodies.models import Body, Unit
from hemicycle.decisions.models import Decision
from hemicycle.decisions.queries import decisions_for, directives_for
from hemicycle.journal.models import Book

LATEST = 50


@dataclass(frozen=True)
class Feed:
    """The latest public decisions of a body, or of a unit: of its bodies, and those with a public task for it."""

    book: Book
    name: str
    decisions: Sequence[Decision]

    @property
    def key(self) -> UUID:
        """What stays the same wherever this house moves."""
        return uuid5(self.book.uuid, "decisions")


def feed_of_body(body: Body) -> Feed:
    """Return the feed of a body."""
    return Feed(body.book, body.name, latest(decisions_for(PUBLIC).filter(body=body)))


def feed_of_unit(unit: Unit) -> Feed:
    """Return the feed of a unit."""
    for_it = directives_for(PUBLIC).filter(responsible_unit=unit).order_by().values("point__decision")
    return Feed(unit.book, unit.name, latest(decisions_for(PUBLIC).filter(Q(body__unit=unit) | Q(pk__in=for_it))))


def latest(found: QuerySet[Decision]) -> list[Decision]:
    """Return the latest of these decisions, with their points and the books in which they stand."""
    return list(found.select_related("body__book").prefetch_related("points")[:LATEST])


def key_of(decision: Decision) -> UUID:
    """Return what a decision is known by for good: by its body's book and its number, and not by an address."""
    return uuid5(decision.body.book.uuid, f"decision:{decision.number}")
