"""The preview at the press desk, the permanent page, the PDF, and the list of a body."""

import re
import zlib
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from pytest_django import DjangoAssertNumQueries

from hemicycle.accounts.access import Access
from hemicycle.demo.club import Club
from hemicycle.journal.clock import clock_at
from hemicycle.meetings.acts import close_sitting
from hemicycle.printing import paper
from hemicycle.printing.models import PrintJob
from hemicycle.printing.tasks import make
from hemicycle.publishing import printed
from hemicycle.publishing.models import Publication
from hemicycle.publishing.tests.test_communique import hold_to_golden
from hemicycle.publishing.tests.world import both_days, first_day, published
from hemicycle.voting.tests.test_pages import as_person
from hemicycle.voting.tests.world import OPENING, at

HERE = ["general-meeting", 1, 1]
LATER = OPENING + timedelta(days=9)


def get(client: Client, name: str, *args: object, status: int = 200, **query: str) -> str:
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == status
    return answer.content.decode()


def seen_in(text: str) -> str:
    found = re.search(r'name="seen" value="([0-9a-f]{64})"', text)
    assert found
    return found[1]


def test_the_press_publishes_what_it_sees(club: Club) -> None:
    first_day(club)
    press = as_person(club.members[1])
    with at(50):
        text = get(press, "publishing:preview", *HERE)
        assert "Adopted unanimously: 8 for" in text
        sent = {"seen": seen_in(text), "access": "public", "language": "en", "once": "a"}
        answer = press.post(reverse("publishing:preview", args=HERE), sent)
    assert answer.headers["Location"] == reverse("publishing:publication", args=[*HERE, 1])
    assert answer.headers["Location"] == "/en/bodies/general-meeting/terms/1/meetings/1/communique/1/"
    text = get(Client(), "publishing:publication", *HERE, 1)
    assert "First Sitting of the First Enlarged Plenary Meeting" in text
    assert "The sitting continues." in text
    assert "style=" not in text


def test_a_preview_overtaken_by_the_book_is_shown_again_and_not_published(club: Club) -> None:
    meeting = first_day(club)
    press = as_person(club.members[1])
    with at(50):
        seen = seen_in(get(press, "publishing:preview", *HERE))
    with at(60):
        close_sitting(by=club.chair, sitting_id=meeting.sittings.get(ordinal=1).pk)
        sent = {"seen": seen, "access": "public", "language": "en"}
        answer = press.post(reverse("publishing:preview", args=HERE), sent)
        assert answer.status_code == 409
        text = answer.content.decode()
        assert "The book has grown since you looked" in text
        assert seen_in(text) != seen
        assert not Publication.objects.exists()
        press.post(reverse("publishing:preview", args=HERE), {**sent, "seen": seen_in(text)})
    assert Publication.objects.get().version == 1


def test_the_preview_is_for_the_press_alone(club: Club) -> None:
    first_day(club)
    for number in (0, 5):
        get(as_person(club.members[number]), "publishing:preview", *HERE, status=404)
    assert Client().get(reverse("publishing:preview", args=HERE)).status_code == 302


def test_the_preview_shows_each_audience_its_own_text(club: Club) -> None:
    first_day(club)
    press = as_person(club.members[1])
    with at(50):
        assert "A matter of staff" not in get(press, "publishing:preview", *HERE, access="public")
        assert "A matter of staff" in get(press, "publishing:preview", *HERE, access="body")
        get(press, "publishing:preview", *HERE, access="martians", status=404)
        get(press, "publishing:preview", *HERE, language="xx", status=404)


def test_a_version_that_was_corrected_says_so_and_leads_to_the_later_one(club: Club) -> None:
    meeting = both_days(club)
    with clock_at(LATER):
        published(club, meeting)
        meeting.purpose = "Another purpose."
        meeting.save()
        press = as_person(club.members[1])
        text = get(press, "publishing:preview", *HERE)
        sent = {"seen": seen_in(text), "access": "public", "language": "en"}
        answer = press.post(reverse("publishing:preview", args=HERE), sent)
        assert answer.status_code == 422
        assert "say what is corrected" in answer.content.decode()
        press.post(reverse("publishing:preview", args=HERE), {**sent, "correction_reason": "The purpose was wrong."})
    assert "Version 2 has been published since." in get(Client(), "publishing:publication", *HERE, 1)
    assert "This corrects version 1: The purpose was wrong." in get(Client(), "publishing:publication", *HERE, 2)
    listed = get(Client(), "publishing:published", "general-meeting")
    assert listed.count("listing__title") == 2
    assert "correction" in listed


def test_a_publication_for_the_body_does_not_exist_for_others(club: Club) -> None:
    meeting = first_day(club)
    with at(50):
        published(club, meeting, access=Access.BODY)
    for name in ("publishing:publication", "publishing:pdf"):
        get(Client(), name, *HERE, 1, status=404)
    assert "Nothing was published yet." in get(Client(), "publishing:published", "general-meeting")
    assert "A matter of staff" in get(as_person(club.members[6]), "publishing:publication", *HERE, 1)


def test_guessed_addresses_find_nothing(club: Club) -> None:
    get(Client(), "publishing:publication", "general-meeting", 1, 7, 1, status=404)
    get(Client(), "publishing:published", "no-such-body", status=404)
    first_day(club)
    get(Client(), "publishing:publication", *HERE, 3, status=404)


def inflated(printed: bytes) -> str:
    """Return everything in a PDF that can be unpacked, as text."""
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", printed, re.DOTALL)
    parts = []
    for stream in streams:
        with suppress(zlib.error):
            parts.append(zlib.decompressobj().decompress(stream).decode("latin-1"))
    return "\n".join(parts)


def drawn_next() -> None:
    """Let the worker draw what was asked for last."""
    make.call(PrintJob.objects.latest("pk").pk)


def test_a_communique_is_drawn_once_for_everybody_and_meanwhile_the_page_looks_again(
    club: Club, tmp_path: Path, settings: object
) -> None:
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]
    meeting = both_days(club)
    with clock_at(LATER):
        published(club, meeting)
    address = reverse("publishing:pdf", args=[*HERE, 1])
    assert address == "/en/bodies/general-meeting/terms/1/meetings/1/communique/1.pdf"
    assert "was not drawn yet" in get(Client(), "publishing:pdf", *HERE, 1)
    assert not PrintJob.objects.exists()
    assert Client().post(address).headers["Location"] == address
    waiting = Client().get(address)
    assert waiting.headers["Refresh"] == "2"
    assert "waits for its turn" in waiting.content.decode()
    drawn_next()
    answer = Client().get(address)
    printed_page = b"".join(answer.streaming_content)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/pdf")
    assert printed_page.startswith(b"%PDF-")
    assert "/Lang (en)" in inflated(printed_page)
    Client().post(address)
    assert PrintJob.objects.count() == 1


def test_what_is_published_from_the_page_is_drawn_at_once(club: Club) -> None:
    first_day(club)
    press = as_person(club.members[1])
    with at(50):
        sent = {"seen": seen_in(get(press, "publishing:preview", *HERE)), "access": "public", "language": "en"}
        press.post(reverse("publishing:preview", args=HERE), sent)
    job = PrintJob.objects.get()
    assert (job.person, job.file_name) == (None, "general-meeting-1-1-communique-1-en.pdf")


def test_a_pdf_for_the_body_is_given_to_whoever_asked_for_it_alone(
    club: Club, tmp_path: Path, settings: object
) -> None:
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]
    meeting = first_day(club)
    with at(50):
        published(club, meeting, access=Access.BODY)
        address = reverse("publishing:pdf", args=[*HERE, 1])
        member = as_person(club.members[6])
        member.post(address)
        drawn_next()
        job = PrintJob.objects.get()
        answer = member.get(address)
        assert answer.headers["Cache-Control"] == "private, no-store"
        assert b"".join(answer.streaming_content).startswith(b"%PDF-")
        for other in (Client(), as_person(club.members[5])):
            assert other.get(reverse("printing:file", args=[job.uuid])).status_code == 404


def test_without_pango_the_page_says_what_to_install(club: Club, monkeypatch: pytest.MonkeyPatch) -> None:
    meeting = both_days(club)
    with clock_at(LATER):
        published(club, meeting)

    def without_pango(*_given: object) -> None:
        raise paper.PangoMissing(paper.install_pango())

    monkeypatch.setattr(printed, "draw", without_pango)
    Client().post(reverse("publishing:pdf", args=[*HERE, 1]))
    drawn_next()
    text = get(Client(), "publishing:pdf", *HERE, 1)
    assert "apt install libpango-1.0-0" in text
    assert "Draw the PDF" in text
    get(Client(), "publishing:publication", *HERE, 1)


def test_paper_asks_nobody_for_anything(club: Club) -> None:
    with pytest.raises(ValueError, match="asks nobody"):
        paper.refuse_to_fetch("https://elsewhere.example/font.woff2")


def test_the_printed_page_word_for_word(club: Club) -> None:
    meeting = first_day(club)
    with at(50):
        publication = published(club, meeting)
    with override("en"):
        hold_to_golden(
            "daily_report_paper.html", printed.publication_paper(publication, "https://club.example/communique/1/")
        )


def test_a_published_page_asks_little_of_the_database(
    club: Club, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    meeting = both_days(club)
    with clock_at(LATER):
        published(club, meeting)
    with django_assert_max_num_queries(6):
        get(Client(), "publishing:publication", *HERE, 1)
