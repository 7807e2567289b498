"""`archive add` stores and reads pages from the command line; what was there before stays as it is."""

from pathlib import Path

import pytest

from hemicycle.archive.models import Archive, Source
from hemicycle.archive.tests.world import DAILY, FINAL
from hemicycle.command import Stop, read_arguments
from hemicycle.demo.club import Club


def obey(*words: str) -> int:
    args = read_arguments(["archive", "add", *words])
    code: int = args.run(args)
    return code


def test_pages_of_a_folder_are_stored_and_read_once(
    club: Club, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "gazette.txt").write_text(FINAL)
    (folder / "courier.txt").write_text(DAILY)
    assert obey(str(folder), "--body", club.body.slug, "--access", "public", "--origin", "a shelf") == 0
    assert "2 stored and read, 0 there before, 0 with a problem" in capsys.readouterr().out
    assert Archive.objects.get().body == club.body
    assert {source.home_id for source in Source.objects.all()} == {club.body.book_id}
    assert all(source.reading.is_report and source.access == "public" for source in Source.objects.all())
    assert obey(str(folder / "gazette.txt"), "--body", club.body.slug) == 0
    assert "0 stored and read, 1 there before" in capsys.readouterr().out
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7 and nothing more")
    assert obey(str(folder / "broken.pdf")) == 1
    told = capsys.readouterr()
    assert told.err.startswith("broken.pdf: ")
    assert Source.objects.latest("pk").home.noun == "installation"


def test_a_body_that_is_not_there_is_told(club: Club, tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text(FINAL)
    with pytest.raises(Stop, match="There is no body “regatta”"):
        obey(str(tmp_path / "page.txt"), "--body", "regatta")
