"""A PDF is made in the background, once for each stand of the book, and shown to whoever asked for it alone."""

from collections.abc import Callable
from typing import IO, Any

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from hemicycle.demo.club import Club
from hemicycle.meetings.acts import add_item, convene_meeting
from hemicycle.meetings.tests.world import DAY, ENDS, STARTS, signed_in
from hemicycle.printing.asking import ask_for, asked_before
from hemicycle.printing.models import PrintJob
from hemicycle.printing.paper import PangoMissing, install_pango
from hemicycle.printing.tasks import make

HERE = "hemicycle.printing.tests.test_print_jobs"
made: list[dict[str, Any]] = []


def one_page(arguments: dict[str, Any], progress: Callable[[int, int], None], out: IO[bytes]) -> None:
    """A maker that makes little."""
    made.append(arguments)
    progress(1, 2)
    out.write(b"%PDF-1.7 one page")
    progress(2, 2)


def without_pango(*_given: object) -> None:
    """A maker on a machine without Pango."""
    raise PangoMissing(install_pango())


def broken(*_given: object) -> None:
    """A maker that meets what it does not know."""
    raise ZeroDivisionError


@pytest.fixture(autouse=True)
def apart(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    made.clear()


def asked(club: Club, maker: str = "one_page", person: int = 1) -> PrintJob:
    return ask_for(
        f"{HERE}.{maker}",
        {"meeting": 1},
        book=club.body.book_id,
        person=club.members[person].pk,
        title="A pack",
        file_name="pack.pdf",
        back="/en/",
    )


def waiting() -> int:
    return DBTaskResult.objects.filter(status="READY").count()


def test_the_same_question_about_the_same_book_is_one_job(
    club: Club, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        first = asked(club)
    assert waiting() == 1
    with django_capture_on_commit_callbacks(execute=True):
        assert asked(club) == first
        assert asked(club, person=2) != first
    assert waiting() == 2
    meeting = convene_meeting(by=club.chair, body_id=club.body.pk, starts=DAY, ends=DAY, sittings=[(STARTS, ENDS)])
    add_item(by=club.chair, meeting_id=meeting.pk, title="Boats")
    assert asked(club) != first


def test_a_job_done_again_after_a_crash_does_its_work_once(club: Club) -> None:
    job = asked(club)
    make.call(job.pk)
    job.refresh_from_db()
    assert (job.done, job.whole, job.failed) == (2, 2, "")
    with default_storage.open(job.file) as file:
        assert file.read() == b"%PDF-1.7 one page"
    make.call(job.pk)
    make.call(987_654)
    assert len(made) == 1


def test_a_job_cut_off_half_way_is_begun_anew(club: Club) -> None:
    """A worker that is killed leaves a job begun and not made; its task is made ready again."""
    job = asked(club)
    PrintJob.objects.filter(pk=job.pk).update(begun=STARTS, done=1, whole=2)
    make.call(job.pk)
    job.refresh_from_db()
    assert job.made


@pytest.mark.parametrize(
    ("maker", "sentence"), [("without_pango", "apt install libpango-1.0-0"), ("broken", "can ask for it again")]
)
def test_what_fails_says_so_and_can_be_asked_for_again(
    club: Club, maker: str, sentence: str, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    job = asked(club, maker)
    make.call(job.pk)
    page = signed_in(club.members[1]).get(reverse("printing:job", args=[job.uuid])).content.decode()
    assert "It was not made" in page
    assert sentence in page
    before = waiting()
    with django_capture_on_commit_callbacks(execute=True):
        assert asked(club, maker).pk == job.pk
    assert waiting() == before + 1


def test_the_page_looks_again_until_the_job_is_made(club: Club) -> None:
    job, client = asked(club), signed_in(club.members[1])
    page = client.get(reverse("printing:job", args=[job.uuid]))
    assert page.headers["Refresh"] == "2"
    assert "It waits for its turn." in page.content.decode()
    PrintJob.objects.filter(pk=job.pk).update(begun=STARTS, done=1, whole=4)
    assert "1 of 4" in " ".join(client.get(reverse("printing:job", args=[job.uuid])).content.decode().split())
    assert client.get(reverse("printing:file", args=[job.uuid])).status_code == 404
    make.call(job.pk)
    page = client.get(reverse("printing:job", args=[job.uuid]))
    assert "Refresh" not in page.headers
    assert reverse("printing:file", args=[job.uuid]) in page.content.decode()
    answer = client.get(reverse("printing:file", args=[job.uuid]))
    assert b"".join(answer.streaming_content) == b"%PDF-1.7 one page"
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_what_never_changes_is_drawn_once_for_everybody(club: Club) -> None:
    question = {"maker": f"{HERE}.one_page", "arguments": {"page": 1}, "book": None, "person": None, "language": "en"}
    assert asked_before(**question) is None
    job = ask_for(**question, title="A page", file_name="page.pdf")
    meeting = convene_meeting(by=club.chair, body_id=club.body.pk, starts=DAY, ends=DAY, sittings=[(STARTS, ENDS)])
    add_item(by=club.chair, meeting_id=meeting.pk, title="Boats")
    assert asked_before(**question) == job == ask_for(**question, title="A page", file_name="page.pdf")
    make.call(job.pk)
    answer = Client().get(reverse("printing:file", args=[job.uuid]))
    assert answer.headers["Cache-Control"].startswith("public")
    assert b"".join(answer.streaming_content).startswith(b"%PDF-")


def test_what_was_lost_is_drawn_anew(club: Club) -> None:
    question = {"maker": f"{HERE}.one_page", "arguments": {"page": 1}, "book": None, "person": None, "language": "en"}
    job = ask_for(**question, title="A page", file_name="page.pdf")
    make.call(job.pk)
    job.refresh_from_db()
    default_storage.delete(job.file)
    assert asked_before(**question) is None
    assert ask_for(**question, title="A page", file_name="page.pdf") == job
    make.call(job.pk)
    answer = Client().get(reverse("printing:file", args=[job.uuid]))
    assert b"".join(answer.streaming_content).startswith(b"%PDF-")


def test_a_job_is_there_for_whoever_asked_alone(club: Club) -> None:
    job = asked(club)
    make.call(job.pk)
    for client in (Client(), signed_in(club.members[2])):
        for name in ("job", "file"):
            assert client.get(reverse(f"printing:{name}", args=[job.uuid])).status_code == 404
