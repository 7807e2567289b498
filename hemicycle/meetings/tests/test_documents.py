"""What is handed out: taken by its content, kept for ever, and known by its digest."""

import hashlib
import io
import os
import zipfile
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from hypothesis import given
from hypothesis import strategies as st

from hemicycle.accounts.access import PUBLIC
from hemicycle.demo.club import MONDAY, Club
from hemicycle.journal.act import Refused
from hemicycle.journal.models import Entry
from hemicycle.journal.words import sentence
from hemicycle.meetings.acts import add_item, convene_meeting, hand_out_document
from hemicycle.meetings.media import OPEN_TEXT, media_type
from hemicycle.meetings.models import Document, DocumentVersion
from hemicycle.meetings.queries import documents_for, viewer_of
from hemicycle.meetings.tests.world import DAY, ENDS, STARTS, convened

PDF = b"%PDF-1.7\n..."


@pytest.fixture(autouse=True)
def files(settings: object, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def archive(**parts: str) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as made:
        for name, text in parts.items():
            made.writestr(name, text)
    return kept.getvalue()


WORD_FILE = archive(**{"[Content_Types].xml": "<Types/>", "word/document.xml": "<w/>"})
OPEN_FILE = archive(mimetype=OPEN_TEXT, **{"content.xml": "<o/>"})
SHEET = archive(mimetype="application/vnd.oasis.opendocument.spreadsheet")


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.pdf", PDF, "application/pdf"),
        ("a.PDF", PDF, "application/pdf"),
        ("a.txt", "Grüße".encode(), "text/plain"),
        ("a.md", b"# Fees", "text/markdown"),
        ("a.docx", WORD_FILE, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("a.odt", OPEN_FILE, OPEN_TEXT),
        ("a.png", b"\x89PNG\r\n\x1a\n....", "image/png"),
        ("a.jpeg", b"\xff\xd8\xff\xe0....", "image/jpeg"),
        ("a.pdf", b"<html>", None),
        ("a.html", b"<html>", None),
        ("a.exe", b"MZ", None),
        ("a.txt", b"MZ\x00\x01", None),
        ("a.txt", "Grüße".encode("latin-1"), None),
        ("a.docx", OPEN_FILE, None),
        ("a.odt", SHEET, None),
        ("a.odt", b"PK\x03\x04 cut off", None),
        ("a.svg", b"<svg/>", None),
        ("pdf", PDF, None),
    ],
)
def test_a_file_is_what_its_content_says(name: str, content: bytes, kind: str | None) -> None:
    assert media_type(name, io.BytesIO(content)) == kind


@given(st.sampled_from([".pdf", ".txt", ".docx", ".odt", ".png"]), st.binary(max_size=300))
def test_no_content_makes_the_reader_of_files_fail(suffix: str, content: bytes) -> None:
    for inside in (content, WORD_FILE[:40] + content, OPEN_FILE[: len(content)]):
        media_type(f"a{suffix}", io.BytesIO(inside))


def test_a_document_keeps_every_version_with_its_file_and_digest(club: Club) -> None:
    gathering = convened(club)
    first = hand_out_document(
        by=club.secretary,
        meeting_id=gathering.meeting.pk,
        item_id=gathering.first.pk,
        title="Plan of the boathouse",
        upload=ContentFile(PDF, "plan of boathouse.pdf"),
    )
    second = hand_out_document(
        by=club.secretary,
        meeting_id=gathering.meeting.pk,
        document_id=first.document_id,
        upload=ContentFile(PDF + b"2", "plan.pdf"),
    )
    assert [one.number for one in (first, second)] == [1, 2]
    assert first.sha256 == hashlib.sha256(PDF).hexdigest()
    assert first.file_name == "plan of boathouse.pdf"
    assert "boathouse" not in first.file.name
    with first.file.open() as kept:
        assert kept.read() == PDF
    entry = Entry.objects.filter(kind="document.handed_out").latest("number")
    assert sentence(entry) == "“Plan of the boathouse” was handed out in version 2."
    assert entry.facts["sha256"] == second.sha256
    assert entry.access == "participants"


@pytest.mark.parametrize(
    ("upload", "code"),
    [
        (ContentFile(b"", "a.pdf"), "empty_file"),
        (ContentFile(b"<html>", "a.pdf"), "wrong_kind_of_file"),
        (ContentFile(b"x" * 25_000_001, "a.txt"), "file_too_large"),
    ],
)
def test_a_file_that_cannot_be_handed_out_leaves_nothing(
    club: Club, files: Path, upload: ContentFile, code: str
) -> None:
    meeting = convened(club).meeting
    with pytest.raises(Refused) as refusal:
        hand_out_document(by=club.secretary, meeting_id=meeting.pk, title="Plan", upload=upload)
    assert refusal.value.code == code
    assert refusal.value.status == 422
    assert not DocumentVersion.objects.exists()
    assert not [path for path in files.rglob("*") if path.is_file()]


def test_a_refused_act_takes_its_file_away_again(club: Club, files: Path) -> None:
    gathering = convened(club)
    asked = {"by": club.secretary, "meeting_id": gathering.meeting.pk, "upload": ContentFile(PDF, "a.pdf")}
    for more, code in (
        ({}, "no_title"),
        ({"title": "Plan", "item_id": 999_999}, "item_elsewhere"),
    ):
        with pytest.raises(Refused) as refusal:
            hand_out_document(**asked, **more)
        assert refusal.value.code == code
    version = hand_out_document(**asked, title="Plan")
    with pytest.raises(Refused, match="byte for byte"):
        hand_out_document(**asked, document_id=version.document_id)
    assert [path.name for path in files.rglob("*.pdf")] == [Path(version.file.name).name]
    assert default_storage.exists(version.file.name)


def test_a_file_is_on_the_disk_with_its_folders_before_the_record_names_it(
    club: Club, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[int] = []
    monkeypatch.setattr("os.fsync", lambda opened: synced.append(os.fstat(opened).st_ino))
    meeting = convened(club).meeting
    version = hand_out_document(
        by=club.secretary, meeting_id=meeting.pk, title="Plan", upload=ContentFile(PDF, "a.pdf")
    )
    stored = files / version.file.name
    assert synced == [part.stat().st_ino for part in (stored, stored.parent, files / "documents", files)]


def test_who_holds_no_desk_stores_no_file(club: Club, files: Path) -> None:
    meeting = convened(club).meeting
    with pytest.raises(Refused) as refusal:
        hand_out_document(by=club.head, meeting_id=meeting.pk, title="Plan", upload=ContentFile(PDF, "a.pdf"))
    assert refusal.value.status == 403
    assert not list(files.rglob("*.pdf"))


def test_a_document_is_never_open_to_more_people_than_its_item_or_meeting(club: Club) -> None:
    meeting = convene_meeting(
        by=club.chair, body_id=club.body.pk, starts=DAY, ends=DAY, sittings=[(STARTS, ENDS)], access="organisation"
    )
    closed = add_item(by=club.chair, meeting_id=meeting.pk, title="A grievance", access="body")
    for item, asked, given_access in ((None, "public", "organisation"), (closed.pk, "public", "body")):
        version = hand_out_document(
            by=club.chair,
            meeting_id=meeting.pk,
            title="Paper",
            item_id=item,
            access=asked,
            upload=ContentFile(PDF, "a.pdf"),
        )
        assert version.document.access == given_access
    outsider = viewer_of(club.outsider.pk, None, MONDAY.date())
    member = viewer_of(club.members[4].pk, None, MONDAY.date())
    assert not documents_for(outsider, meeting).exists()
    assert not documents_for(PUBLIC, meeting).exists()
    assert documents_for(member, meeting).count() == Document.objects.count() == 2
