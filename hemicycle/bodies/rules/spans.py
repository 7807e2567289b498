"""Spells of time in days: from a day until before another. Pure: no database, no clock."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Span:
    """From a day until before another, or without an end. One that ends where it starts holds on no day."""

    starts: date
    ends: date | None = None

    def covers(self, day: date) -> bool:
        """Say whether the span holds on a day."""
        return self.starts <= day and (self.ends is None or day < self.ends)


def overlap(first: Span, second: Span) -> bool:
    """Say whether two spans hold on a day together."""
    latest = max(first.starts, second.starts)
    return first.covers(latest) and second.covers(latest)


def most_at_once(spans: Sequence[Span]) -> int:
    """Return the greatest number of spans that hold on one day; it is reached on the first day of one of them."""
    return max((sum(other.covers(span.starts) for other in spans) for span in spans), default=0)
