"""What the tests of voting share."""

from pathlib import Path

import pytest
from django.conf import settings


@pytest.fixture(autouse=True)
def own_keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep the keys of a test in a folder of its own."""
    config = type("Config", (), {**vars(settings.CONFIG), "keys": tmp_path / "keys"})
    monkeypatch.setattr(settings, "CONFIG", config)
    return tmp_path / "keys"
