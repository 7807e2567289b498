"""A place of its own for the files and the index of each test."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def apart(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.CONFIG = replace(settings.CONFIG, data=tmp_path)
