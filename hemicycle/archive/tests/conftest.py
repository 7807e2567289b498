"""A place of its own for the files and the index of each test."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from hemicycle.archive.tests.world import Record, three_imported
from hemicycle.demo.club import Club


@pytest.fixture(autouse=True)
def apart(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.CONFIG = replace(settings.CONFIG, data=tmp_path)


@pytest.fixture
def record(club: Club, seeds: Path) -> Record:
    return three_imported(club, seeds)
