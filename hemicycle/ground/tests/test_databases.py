"""From the address of a database to Django's settings."""

from pathlib import Path

import pytest

from hemicycle.ground.config import BadSetting, read_config
from hemicycle.ground.databases import database_settings

SERVER = "postgresql://hall:se%20cret@db.example:5433/minutes"


def settings_of(folder: Path, url: str) -> dict[str, object]:
    return database_settings(read_config({"HEMICYCLE_DATA": str(folder), "DATABASE_URL": url}))


def test_a_server_is_named_by_its_address(tmp_path: Path) -> None:
    found = settings_of(tmp_path, SERVER)
    named = [found[name] for name in ("ENGINE", "NAME", "USER", "PASSWORD", "HOST", "PORT")]
    assert named == ["django.db.backends.postgresql", "minutes", "hall", "se cret", "db.example", "5433"]
    assert found["OPTIONS"] == {"options": "-c jit=off"}


def test_what_the_address_says_of_the_connection_counts(tmp_path: Path) -> None:
    found = settings_of(tmp_path, SERVER + "?sslmode=require&options=-c%20jit%3Don&host=/run/postgresql")
    assert found["OPTIONS"] == {"options": "-c jit=on", "sslmode": "require"}
    assert found["HOST"] == "/run/postgresql"


def test_without_an_address_it_is_a_file_in_the_data_folder(tmp_path: Path) -> None:
    assert settings_of(tmp_path, "")["NAME"] == str(tmp_path / "hemicycle.sqlite3")
    assert settings_of(tmp_path, "sqlite:///other.sqlite3")["NAME"] == "other.sqlite3"


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("mysql://host/minutes", "“mysql:”"),
        ("postgresql://host", "names no database"),
        ("postgresql://host:port/minutes", "cannot be understood"),
    ],
)
def test_an_address_that_cannot_be_used_is_refused_in_a_sentence(tmp_path: Path, url: str, said: str) -> None:
    with pytest.raises(BadSetting, match=said):
        settings_of(tmp_path, url)
