"""Pages are stored whole, once, with where each came from; a machine reads each of them once."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hemicycle.archive import acts
from hemicycle.archive.models import Archive, Claim, Reading, Source
from hemicycle.archive.queries.files import files_that_do_not_hold, opened
from hemicycle.archive.tasks import ask_to_read, read_source
from hemicycle.archive.tests.world import FINAL, archive_of, installation_book, keeper, read, stored, upload
from hemicycle.demo.club import Club
from hemicycle.journal.act import Refused
from hemicycle.journal.models import Entry
from hemicycle.journal.verify import verify
from hemicycle.journal.words import sentence


def test_an_archive_is_opened_once_with_a_book_of_its_own(club: Club) -> None:
    archive = archive_of(club)
    assert (archive.book.noun, archive.book.slug) == ("archive", club.body.slug)
    entry = Entry.objects.get(kind="archive.opened")
    assert entry.book_id == club.body.book_id
    assert sentence(entry) == "The archive of General Meeting was opened."
    with pytest.raises(Refused, match="open already"):
        acts.open_archive(by=club.administrator, body_id=club.body.pk)
    with pytest.raises(Refused, match="not do this"):
        acts.open_archive(by=club.chair, body_id=club.body.pk)


def test_a_page_is_stored_whole_with_its_digest_and_where_it_came_from(club: Club) -> None:
    source = stored(club)
    with opened(source) as file:
        assert file.read().decode() == FINAL
    assert (source.file_name, source.media_type, source.origin) == ("gazette.txt", "text/plain", "a shelf")
    entry = Entry.objects.get(kind="sources.added")
    assert entry.book == archive_of(club).book
    assert sentence(entry) == "gazette.txt was added to the sources."
    assert entry.facts["sources"][0]["sha256"] == source.sha256
    assert verify() == []


def test_pages_stored_at_once_are_told_to_those_alone_who_may_read_them_all(club: Club) -> None:
    pages = [acts.NewSource(upload(), access="public"), acts.NewSource(upload("A note.", "note.txt"), access="desk")]
    acts.add_sources(by=keeper(club), home_id=club.body.book_id, pages=pages)
    assert Entry.objects.get(kind="sources.added").access == "desk"


def test_the_same_bytes_are_stored_once_in_one_home(club: Club) -> None:
    stored(club)
    with pytest.raises(Refused, match=r"byte for byte: gazette\.txt"):
        stored(club, name="again.txt")
    both = [acts.NewSource(upload()), acts.NewSource(upload("A note.", "note.txt"))]
    added = acts.add_sources(by=keeper(club), home_id=club.body.book_id, pages=both)
    assert [one.file_name for one in added.sources] == ["note.txt"]
    assert [one.file_name for one in added.known] == ["gazette.txt"]
    elsewhere = acts.add_sources(by=club.administrator, home_id=installation_book(), pages=[acts.NewSource(upload())])
    assert len(elsewhere.sources) == 1
    assert Source.objects.count() == 3


@pytest.mark.parametrize(
    ("name", "content", "sentence_said"),
    [
        ("page.txt", b"", "page.txt is empty"),
        ("song.mp3", b"ID3 la la", "song.mp3 is of a kind that is not read here"),
        ("old.txt", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 words", "old Word file"),
    ],
)
def test_what_cannot_be_read_is_refused_in_a_sentence(
    club: Club, tmp_path: Path, name: str, content: bytes, sentence_said: str
) -> None:
    by = keeper(club)
    page = acts.NewSource(SimpleUploadedFile(name, content))
    with pytest.raises(Refused, match=sentence_said):
        acts.add_sources(by=by, home_id=club.body.book_id, pages=[page])
    assert not Source.objects.exists()
    assert not [path for path in (tmp_path / "files").rglob("*") if path.is_file()]


def test_a_page_that_is_too_large_is_refused(club: Club, settings: Any) -> None:
    settings.CONFIG = replace(settings.CONFIG, upload_limit=100)
    with pytest.raises(Refused, match="at most 0 MB"):
        stored(club)


def test_sources_of_a_body_are_kept_by_its_own_desk(club: Club) -> None:
    archive_of(club)
    with pytest.raises(Refused, match="another body"):
        acts.add_sources(by=club.secretary, home_id=club.body.book_id, pages=[acts.NewSource(upload())])
    with pytest.raises(Refused, match="not do this"):
        acts.add_sources(by=club.chair, home_id=club.body.book_id, pages=[acts.NewSource(upload())])


def test_a_file_that_was_changed_is_found_and_not_given(club: Club) -> None:
    source = stored(club)
    Path(source.file.path).chmod(0o600)
    Path(source.file.path).write_text("Something else.")
    assert ["not the one that was stored" in told for told in files_that_do_not_hold()] == [True]
    Path(source.file.path).unlink()
    with pytest.raises(Refused, match="not in its place"):
        opened(source)


def test_reading_a_source_again_changes_nothing(club: Club) -> None:
    source = read(club)
    reading = Reading.objects.get(source=source)
    assert reading.is_report
    assert reading.text == FINAL
    before = list(Claim.objects.values_list("pk", "field", "start", "confidence"))
    ask_to_read(source)
    read_source.call(reading.pk)
    read_source.call(987_654)
    assert list(Claim.objects.values_list("pk", "field", "start", "confidence")) == before
    assert Reading.objects.get(source=source).done == reading.done


def test_every_claim_points_at_the_words_that_state_it(club: Club) -> None:
    source = read(club)
    claim = source.reading.claims.get(field="presided_by")
    assert claim.value == "Marta Quill"
    assert "presided over the meeting" in source.reading.text[claim.start : claim.end]
    assert claim.confidence == 90
    assert claim.mark == ""


def test_a_page_that_cannot_be_read_says_so_and_is_kept(club: Club) -> None:
    by = keeper(club)
    page = acts.NewSource(SimpleUploadedFile("broken.pdf", b"%PDF-1.7 and nothing more"))
    source = acts.add_sources(by=by, home_id=club.body.book_id, pages=[page]).sources[0]
    read_source.call(ask_to_read(source).pk)
    reading = Reading.objects.get(source=source)
    assert reading.failed
    assert reading.done is None
    ask_to_read(source)
    assert Reading.objects.get(source=source).failed == ""


def test_what_a_database_cannot_keep_is_replaced_place_by_place(club: Club) -> None:
    source = read(club, FINAL.replace("Tomas", "To\0mas").replace("-0-", "a\0b"), "nul.txt")
    assert source.reading.done
    assert "\0" not in source.reading.text
    assert Archive.objects.count() == 1
