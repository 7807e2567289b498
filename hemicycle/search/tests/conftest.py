"""An index in a folder of its own, and a world with something to find."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from hemicycle.search.tests import things


@pytest.fixture
def index_folder(tmp_path: Path, settings: Any) -> Iterator[Path]:
    """Keep the index of this test apart."""
    settings.CONFIG = replace(settings.CONFIG, data=tmp_path)
    settings.HEMICYCLE_SEARCHABLE = {noun: f"hemicycle.search.tests.things.{noun}s" for noun in ("meeting", "decision")}
    things.THINGS.clear()
    yield tmp_path / "search" / "v2"
    things.THINGS.clear()
