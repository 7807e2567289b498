"""The account on paper: with the documents of its item and in the packs, for whoever may read all that stands in it."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from pypdf import PdfReader
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from hemicycle.accounts.access import Access
from hemicycle.decisions import account_paper, acts
from hemicycle.decisions.models import Account, AccountLine, AccountPaper
from hemicycle.decisions.queries.accounts import lines_for_all
from hemicycle.decisions.tests.test_account import drawn, worked
from hemicycle.decisions.tests.test_life import refused, told
from hemicycle.demo.club import Club
from hemicycle.journal.verify import verify
from hemicycle.meetings.models import AgendaItem, Document
from hemicycle.meetings.packs import reading
from hemicycle.printing.models import PrintJob
from hemicycle.printing.tasks import make
from hemicycle.voting.tests.test_pages import as_person
from hemicycle.voting.tests.world import Floor, at

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def apart(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def text_of(paper: bytes) -> str:
    """Return what stands in a PDF, on one line."""
    return " ".join("\n".join(page.extract_text() for page in PdfReader(BytesIO(paper)).pages).split())


def paper(text: str = "") -> ContentFile[bytes]:
    """Return a file that is a PDF as far as its first bytes tell."""
    return ContentFile(b"%PDF-1.7\n" + text.encode(), name="account.pdf")


def asked_for(club: Club, floor: Floor, callbacks: DjangoCaptureOnCommitCallbacks) -> Account:
    """Draw up the account by its form, and let the worker draw its paper."""
    sent = {"item": floor.item.pk, "presenter": club.members[2].name, "once": f"draw-{Account.objects.count()}"}
    with callbacks():
        answer = as_person(club.members[0]).post(reverse("decisions:draw_up_account", args=[floor.meeting.pk]), sent)
    assert answer.status_code == 302
    make.call(PrintJob.objects.latest("pk").pk)
    return Account.objects.latest("pk")


def test_the_account_stands_with_the_documents_of_its_item_and_in_the_pack(
    club: Club, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    floor = worked(club)
    with at(20):
        account = asked_for(club, floor, django_capture_on_commit_callbacks)
        document = floor.meeting.documents.get()
        (version,) = document.versions.all()
        assert (document.item, document.title, document.access) == (
            floor.item,
            "What became of the decisions",
            Access.PUBLIC,
        )
        assert told("account.filed") == (
            "The account as of 24 March 2026 was put with the documents of item 1: "
            "“What became of the decisions”, version 1."
        )
        with version.file.open("rb") as file:
            said = text_of(file.read())
        for words in ("24 March 2026", club.members[2].name, "Find the money.", "Never reported", "each reader finds"):
            assert words in said
        pack = BytesIO()
        reading.make(
            {"meeting": floor.meeting.pk, "person": club.members[6].pk, "large": False}, lambda _d, _w: None, pack
        )
        assert "Find the money." in text_of(pack.getvalue())
        keys = [club.body.slug, floor.meeting.term.ordinal, floor.meeting.ordinal]
        address = reverse("meetings:download", args=[document.pk, 1])
        assert address in as_person(club.members[6]).get(reverse("meetings:meeting", args=keys)).content.decode()
        page = as_person(club.members[0]).get(reverse("decisions:account", args=[*keys, 1])).content.decode()
        assert address in page
        assert reverse("decisions:file_account", args=[*keys, 1]) not in page
    # Done again after a crash, the task does its work once.
    PrintJob.objects.update(made=None)
    with at(21):
        make.call(PrintJob.objects.get().pk)
        assert PrintJob.objects.get().failed == ""
        refused("account_filed", acts.file_account, by=club.chair, account_id=account.pk, paper=paper())
    assert (document.versions.count(), AccountPaper.objects.count()) == (1, 1)
    assert [fault.sentence for fault in verify()] == []


def test_a_second_account_is_the_next_version_of_the_same_document(
    club: Club, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    floor = worked(club)
    with at(20):
        first = asked_for(club, floor, django_capture_on_commit_callbacks)
    with at(21):
        acts.send_back_account(by=club.chair, account_id=first.pk, because="The money is missing.")
    with at(22):
        second = asked_for(club, floor, django_capture_on_commit_callbacks)
    document = floor.meeting.documents.get()
    assert [one.number for one in document.versions.order_by("number")] == [1, 2]
    assert second.paper.version.number == 2


def test_what_does_not_come_with_the_documents_is_asked_for_again_by_the_desk_alone(
    club: Club, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    floor = worked(club)
    account = drawn(floor, 20)
    keys = [club.body.slug, floor.meeting.term.ordinal, floor.meeting.ordinal, 1]
    page, filing = reverse("decisions:account", args=keys), reverse("decisions:file_account", args=keys)
    with at(21):
        assert filing in as_person(club.members[0]).get(page).content.decode()
        assert filing not in as_person(club.members[5]).get(page).content.decode()
        assert as_person(club.members[5]).post(filing, {"once": "a"}).status_code == 403
        assert not AccountPaper.objects.exists()
        refused("wrong_kind_of_file", acts.file_account, by=club.chair, account_id=account.pk, paper=ContentFile(b"x"))
        with django_capture_on_commit_callbacks():
            answer = as_person(club.members[0]).post(filing, {"once": "a"})
        assert "/prints/" in answer.headers["Location"]
        make.call(PrintJob.objects.get().pk)
    assert AccountPaper.objects.get().account == account


def test_on_paper_stands_only_what_all_its_readers_may_know(club: Club) -> None:
    floor = worked(club, item_access=Access.BODY)
    other = AgendaItem.objects.create(meeting=floor.meeting, ordinal=9, number="9", title="The account")
    account = drawn(floor, 27, other.pk)
    assert account.access == Access.PUBLIC
    assert not lines_for_all(account).exists()
    with at(28):
        said = text_of(account_paper.paper(account, lines_for_all(account), "https://club.example/", shared=True))
    assert "Find the money." not in said
    for access, count in ((Access.BODY, 2), (Access.DESK, 2), (Access.PARTICIPANTS, 0), (Access.ORGANISATION, 0)):
        account.access = access
        assert lines_for_all(account).count() == count


def test_a_line_of_another_meeting_that_its_participants_may_know_is_not_on_this_ones_paper(club: Club) -> None:
    account = drawn(worked(club, item_access=Access.PARTICIPANTS), 20)
    assert (account.access, lines_for_all(account).count()) == (Access.PARTICIPANTS, 2)
    # As if it were put to another meeting, whose participants are others.
    account.meeting_id += 1
    assert lines_for_all(account).count() == 0


def test_a_meeting_that_is_over_takes_no_paper(club: Club) -> None:
    floor = worked(club)
    account = drawn(floor, 20)
    floor.meeting.closed = floor.sitting.opened
    floor.meeting.save(update_fields=["closed"])
    with at(30):
        refused("meeting_closed", acts.file_account, by=club.chair, account_id=account.pk, paper=paper())
    assert not Document.objects.exists()


def test_an_account_of_many_points_is_paged_and_its_table_is_whole(
    club: Club, django_assert_max_num_queries: DjangoAssertNumQueries, monkeypatch: pytest.MonkeyPatch
) -> None:
    floor = worked(club)
    account = drawn(floor, 20)
    point = account.lines.get(ordinal=2).point
    more = [
        AccountLine(account=account, ordinal=number, point=point, text=f"Line {number}.", state="no task")
        for number in range(3, 2503)
    ]
    AccountLine.objects.bulk_create(more)
    keys = [club.body.slug, floor.meeting.term.ordinal, floor.meeting.ordinal, 1]
    chair, page = as_person(club.members[0]), reverse("decisions:account", args=keys)
    with at(21):
        with django_assert_max_num_queries(12):
            first = chair.get(page).content.decode()
        with django_assert_max_num_queries(12):
            last = chair.get(page, {"page": 26}).content.decode()
        table = chair.get(reverse("decisions:account_csv", args=keys)).content.decode()
        finding = reverse("decisions:finding", args=[account.lines.get(ordinal=2502).pk])
        sent = {"outcome": "not fulfilled", "text": "Nobody did.", "once": "find"}
        answer = chair.post(finding, sent)
        wrong = chair.get(page, {"page": "x"})
    assert ("Page 1 of 26" in first, 'id="line-100"' in first, 'id="line-101"' in first) == (True, True, False)
    assert ("Page 26 of 26" in last, 'id="line-2502"' in last) == (True, True)
    assert "<dd>2501</dd>" in first
    assert len(table.splitlines()) == 2503
    assert answer.headers["Location"].endswith(f"{page}?page=26#line-2502")
    assert wrong.status_code == 200
