"""The federation, told in acts with a moving clock: the demo, and the world that the journeys stand on."""

from collections.abc import Callable

from hemicycle.demo.organisation import found_federation
from hemicycle.journal.clock import now

Progress = Callable[[str, int, int], None]


def build(progress: Progress | None = None) -> None:
    """Tell the whole story into an empty database, up to a ballot that was opened a few minutes ago."""
    found_federation(now())
