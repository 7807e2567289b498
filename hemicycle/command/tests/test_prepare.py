"""What stands before serving is done once, and only when it is due."""

from pathlib import Path

import pytest
from django.conf import LazySettings

from hemicycle.command import prepare


@pytest.mark.django_db
def test_a_database_that_is_up_to_date_is_left_alone(capsys: pytest.CaptureFixture[str]) -> None:
    prepare.bring_up_to_date()
    capsys.readouterr()
    assert prepare.bring_up_to_date() is False
    assert capsys.readouterr().out == ""


def test_static_files_are_collected_once_until_one_changes(
    settings: LazySettings, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.STATIC_ROOT = tmp_path / "static"
    prepare.collect_static()
    assert "Collecting" in capsys.readouterr().out
    prepare.collect_static()
    assert capsys.readouterr().out == ""
    changed = tmp_path / "changed.css"
    changed.write_text("main { color: black }")
    before = list(prepare.static_files())
    monkeypatch.setattr(prepare, "static_files", lambda: iter([*before, ("changed.css", changed)]))
    prepare.collect_static()
    assert "Collecting" in capsys.readouterr().out


def test_where_pango_is_missing_the_line_that_brings_it_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(prepare, "has_pango", lambda: False)
    prepare.warn_of_pango()
    told = capsys.readouterr().out
    assert "there will be no PDF; everything else works" in told
    assert "install" in told


def test_where_pango_is_there_nothing_is_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(prepare, "has_pango", lambda: True)
    prepare.warn_of_pango()
    assert capsys.readouterr().out == ""
