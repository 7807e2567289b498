"""Photos and files that show a figure: kept as they were sent, given to whoever sees the figure, and to nobody else."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from hemicycle.accounts.access import Access
from hemicycle.demo.club import Club
from hemicycle.journal.clock import clock_at
from hemicycle.journal.models import Entry
from hemicycle.plans.models import Figure, FigureFile, Period
from hemicycle.plans.queries import files_that_do_not_hold
from hemicycle.plans.tests.world import Planned, noon, planned
from hemicycle.plans.words import Kind
from hemicycle.voting.tests.test_pages import as_person

MAY = date(2026, 5, 23)
PHOTO = b"\x89PNG\r\n\x1a\n" + b"berths"


@pytest.fixture
def world(club: Club, settings: Any, tmp_path: Path) -> Iterator[Planned]:
    settings.CONFIG = replace(settings.CONFIG, data=tmp_path)
    settings.MEDIA_ROOT = tmp_path / "files"
    found = planned(club)
    with clock_at(noon(MAY)):
        yield found


def photo(name: str = "berths.png", content: bytes = PHOTO) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "image/png")


def send(world: Planned, *files: SimpleUploadedFile, figure: str = "35", **more: str) -> Any:
    """Let the head of the local unit report a figure with files."""
    address = f"{reverse('plans:report', args=[world.number.pk])}?unit={world.club.local.pk}&period={world.first.pk}"
    sent = {"figure": figure, "as_of": "2026-05-22", "evidence": "", "explanation": "", "files": list(files), **more}
    return as_person(world.club.members[2]).post(address, sent)


def test_a_figure_comes_with_photos_that_its_readers_can_have(world: Planned) -> None:
    assert send(world, photo(), photo("again.png"), photo("list.png", PHOTO + b"2")).status_code == 302
    figure = Figure.objects.get()
    assert [one.file_name for one in figure.files.all()] == ["berths.png", "list.png"]
    entry = Entry.objects.filter(kind=Kind.FIGURE_REPORTED).latest("number")
    assert [one["sha256"] for one in entry.facts["files"]] == [one.sha256 for one in figure.files.all()]
    address = reverse("plans:file", args=[figure.files.first().pk])
    assert address in Client().get(reverse("plans:indicator", args=[world.number.pk])).content.decode()
    answer = Client().get(address)
    assert (answer.status_code, b"".join(answer.streaming_content)) == (200, PHOTO)
    assert answer.headers["Content-Disposition"] == 'attachment; filename="berths.png"'
    assert not list(files_that_do_not_hold())


def test_the_same_figure_with_a_further_photo_is_another_report(world: Planned) -> None:
    send(world, photo())
    assert send(world).status_code == 409
    assert send(world, photo("later.png", PHOTO + b"3")).status_code == 302
    assert Figure.objects.count() == 2


def test_a_file_of_a_plan_of_the_body_alone_is_not_there_for_anybody_else(world: Planned) -> None:
    send(world, photo())
    Period.objects.update(access=Access.BODY)
    address = reverse("plans:file", args=[FigureFile.objects.get().pk])
    assert Client().get(address).status_code == 404
    assert Client().get(reverse("plans:file", args=[987_654])).status_code == 404
    answer = as_person(world.club.members[1]).get(address)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "private, no-store")
    assert b"".join(answer.streaming_content) == PHOTO


def test_a_file_that_cannot_be_taken_is_refused_and_leaves_nothing(world: Planned) -> None:
    before = Entry.objects.count()
    for name, content, said in (
        ("berths.exe", b"MZ", "This file is not what its name says, or of a kind not taken here."),
        ("berths.png", b"", "The file is empty."),
    ):
        answer = send(world, photo(), photo(name, content))
        assert answer.status_code == 422
        assert said in answer.content.decode()
        assert 'value="35"' in answer.content.decode()
    assert (Entry.objects.count(), Figure.objects.count(), FigureFile.objects.count()) == (before, 0, 0)
    assert not [one for one in Path(default_storage.path("evidence")).rglob("*") if one.is_file()]


def test_a_file_that_was_changed_is_told_and_not_handed_out(world: Planned) -> None:
    send(world, photo())
    kept = FigureFile.objects.get()
    Path(kept.file.path).chmod(0o600)
    Path(kept.file.path).write_bytes(b"another")
    (told,) = files_that_do_not_hold()
    assert "berths.png" in told
    assert Client().get(reverse("plans:file", args=[kept.pk])).status_code >= 400


def test_a_draft_says_that_it_keeps_no_files(world: Planned) -> None:
    answer = send(world, photo(), keep="1")
    assert answer.status_code == 302
    head = as_person(world.club.members[2])
    assert not FigureFile.objects.exists()
    assert head.get(answer.headers["Location"]).status_code == 200
