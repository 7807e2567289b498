"""One world for all trials of the door, copied for each."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import world as worlds
from tests.door.server import Door, World, copied, founded


@pytest.fixture(scope="session")
def hall(tables_template: worlds.World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """The club at its sitting."""
    with founded(tables_template, tmp_path_factory.mktemp("hall") / "data") as world:
        yield world


@pytest.fixture
def world(hall: World, tmp_path: Path) -> Iterator[World]:
    """A copy of the hall for one trial."""
    with copied(hall, tmp_path / "world") as copy:
        yield copy


@pytest.fixture(scope="module")
def shared_world(hall: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A copy of the hall for the trials of a module that leave it as it is."""
    with copied(hall, tmp_path_factory.mktemp("shared") / "data") as copy:
        yield copy


@pytest.fixture(scope="module")
def door(shared_world: World) -> Iterator[Door]:
    """A running server for the trials of a module."""
    with Door(shared_world) as running:
        yield running


@pytest.fixture(scope="session")
def great_hall(tables_template: worlds.World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """The club with a thousand voters at its sitting."""
    with founded(tables_template, tmp_path_factory.mktemp("great") / "data", "1000") as world:
        yield world


@pytest.fixture
def great_world(great_hall: World, tmp_path: Path) -> Iterator[World]:
    """A copy of the great hall for one trial."""
    with copied(great_hall, tmp_path / "great") as copy:
        yield copy
