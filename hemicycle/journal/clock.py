"""The only clock of the house. Everything else asks it, so that a demo and a test can tell the time."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime

_told: ContextVar[datetime | None] = ContextVar("told", default=None)


def now() -> datetime:
    """Return the present moment in UTC, or the moment that `clock_at` tells."""
    return _told.get() or datetime.now(UTC)


@contextmanager
def clock_at(moment: datetime) -> Iterator[None]:
    """Tell this moment as the present inside the block: for the demo's past and for tests, never for a real entry."""
    if moment.tzinfo is None:
        raise ValueError("A moment has a time zone.")
    token = _told.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _told.reset(token)
