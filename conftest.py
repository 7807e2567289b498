"""What the tests of every room share."""

from collections.abc import Iterator
from datetime import datetime

import pytest

from hemicycle.demo.club import MONDAY, Club, found_club
from hemicycle.journal.clock import clock_at


@pytest.fixture
def monday() -> Iterator[datetime]:
    """Tell Monday 2 March 2026, nine in the morning, UTC."""
    with clock_at(MONDAY):
        yield MONDAY


@pytest.fixture
def club(db: None, monday: datetime) -> Club:
    """Found the club by acts on that Monday."""
    return found_club()
