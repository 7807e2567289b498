"""Packs to print: what their reader may see, in order, with bookmarks; what cannot be joined is told of."""

import io
import re
import struct
import zlib
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader, PdfWriter

from hemicycle.accounts.models import Person
from hemicycle.bodies.acts import adopt_rules
from hemicycle.bodies.rules import PRESETS
from hemicycle.demo.club import Club
from hemicycle.journal.act import Refused
from hemicycle.journal.clock import clock_at
from hemicycle.journal.models import Entry
from hemicycle.journal.verify import verify
from hemicycle.journal.words import sentence
from hemicycle.meetings.acts import (
    accredit_members,
    add_item,
    admit_document,
    convene_meeting,
    hand_out_document,
    make_badges,
    open_sitting,
    participants_came,
    refuse_document,
    summon,
    take_chair,
)
from hemicycle.meetings.agenda import Vote
from hemicycle.meetings.forms.convening import RulingForm
from hemicycle.meetings.models import DocumentVersion, Meeting
from hemicycle.meetings.tests.world import signed_in
from hemicycle.motions.acts import table_motion
from hemicycle.printing.models import PrintJob
from hemicycle.printing.tasks import make

OPENS = datetime(2026, 3, 24, 9, tzinfo=UTC)


def pdf(pages: int, *, password: str = "") -> bytes:
    writer, made = PdfWriter(), io.BytesIO()
    for number in range(pages):
        writer.add_blank_page(200 + number, 300)
    if password:
        writer.encrypt(password)
    writer.write(made)
    return made.getvalue()


def picture() -> bytes:
    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")


@pytest.fixture
def meeting(club: Club) -> Meeting:
    """A meeting of three weeks ahead with papers of every kind, one of them for the body alone."""
    made = convene_meeting(
        by=club.chair,
        body_id=club.body.pk,
        starts=OPENS.date(),
        ends=OPENS.date(),
        sittings=[(OPENS, OPENS + timedelta(hours=2))],
        title="Spring meeting",
    )
    boats = add_item(by=club.chair, meeting_id=made.pk, title="Boats")
    add_item(by=club.chair, meeting_id=made.pk, title="Fees", parent_id=boats.pk)
    staff = add_item(by=club.chair, meeting_id=made.pk, title="Staff", access="body")
    for title, name, content, item, access in (
        ("Survey", "survey.pdf", pdf(3), boats, "public"),
        ("Letter", "letter.txt", "Grüße <b>from</b> the quay".encode(), boats, "public"),
        ("Photo", "photo.png", picture(), None, "public"),
        ("Locked", "locked.pdf", pdf(1, password="secret"), boats, "public"),
        ("Damaged", "damaged.pdf", b"%PDF-1.7\nnothing", boats, "public"),
        ("Wages", "wages.txt", b"Secret wages", staff, "body"),
    ):
        hand_out_document(
            by=club.chair,
            meeting_id=made.pk,
            upload=ContentFile(content, name),
            title=title,
            item_id=item.pk if item else None,
            access=access,
        )
    made.refresh_from_db()
    return made


def pack(person: Person, meeting: Meeting, **typed: object) -> PdfReader:
    client = signed_in(person)
    answer = client.post(reverse("meetings:packs", args=[meeting.pk]), typed)
    assert answer.status_code == 302
    job = PrintJob.objects.latest("pk")
    assert answer.headers["Location"] == reverse("printing:job", args=[job.uuid])
    make.call(job.pk)
    job.refresh_from_db()
    assert job.failed == ""
    made = b"".join(client.get(reverse("printing:file", args=[job.uuid])).streaming_content)
    return PdfReader(io.BytesIO(made))


def text(reader: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def bookmarks(reader: PdfReader, outline: list[Any] | None = None, level: int = 0) -> list[str]:
    found = []
    for one in reader.outline if outline is None else outline:
        if isinstance(one, list):
            found += bookmarks(reader, one, level + 1)
        else:
            found.append(f"{'  ' * level}{one.title}: {reader.get_destination_page_number(one) + 1}")
    return found


def test_the_reading_pack_has_every_document_in_order_with_bookmarks(club: Club, meeting: Meeting) -> None:
    reader = pack(club.members[4], meeting)
    assert bookmarks(reader) == [
        "Agenda and documents: 1",
        "For the meeting as a whole: 2",
        "  Photo: 2",
        "1 Boats: 3",
        "  Survey: 3",
        "  Letter: 6",
        "  Locked: 7",
        "  Damaged: 8",
        "B1 Staff: 9",
        "  Wages: 9",
    ]
    said = text(reader)
    assert "1.1 Fees" in said
    assert "Grüße <b>from</b> the quay" in said
    assert said.count("This document is not part of the pack.") == 2
    assert "Secret wages" in said


def test_nobody_finds_in_their_pack_what_they_may_not_see(club: Club, meeting: Meeting) -> None:
    said = text(pack(club.members[0], meeting))
    assert "Secret wages" in said
    said = text(pack(club.outsider, meeting))
    for hidden in ("Secret wages", "Wages", "Staff", "B1"):
        assert hidden not in said


def test_large_print_sets_texts_larger_and_enlarges_other_pages(club: Club, meeting: Meeting) -> None:
    small, large = pack(club.members[4], meeting), pack(club.members[4], meeting, large="on")
    survey = [reader.pages[reader.get_destination_page_number(reader.outline[4][0])] for reader in (small, large)]
    assert float(survey[0].mediabox.width) == 200
    assert float(survey[1].mediabox.width) == pytest.approx(200 * 2**0.5, abs=0.01)
    sizes: list[list[float]] = [[], []]
    for reader, found in zip((small, large), sizes, strict=True):

        def visit(_text: str, _user: object, _matrix: object, _font: object, size: float, found=found) -> None:
            found.append(size)

        reader.pages[0].extract_text(visitor_text=visit)
    assert max(sizes[1]) > max(sizes[0])


def test_the_desk_prints_lists_and_ballots(club: Club, meeting: Meeting) -> None:
    table_motion(by=club.chair, item_id=meeting.items.get(title="Boats").pk, title="The roof", points=[("So.", True)])
    reader = pack(club.members[1], meeting, pack="printing", ballots=10)
    said = text(reader)
    assert "Attendance, sitting 1" in said
    assert "Cleo Costa" in said
    assert "Tally sheet" in said
    assert said.count("I abstain") == 10
    client = signed_in(club.members[4])
    assert "Printing pack" not in client.get(reverse("meetings:packs", args=[meeting.pk])).content.decode()
    page = signed_in(club.members[1]).post(
        reverse("meetings:packs", args=[meeting.pk]), {"pack": "printing", "ballots": 5000}
    )
    assert (page.status_code, b'value="5000"' in page.content) == (422, True)


def test_the_printing_pack_is_for_those_who_keep_the_desk_when_it_is_made(club: Club, meeting: Meeting) -> None:
    job = PrintJob.objects.create(
        key="k", maker="hemicycle.meetings.packs.desk.make", title="Pack", file_name="p.pdf", language="en",
        arguments={"meeting": meeting.pk, "person": club.members[4].pk, "ballots": 0},
        person=club.members[4], asked=OPENS,
    )  # fmt: skip
    make.call(job.pk)
    job.refresh_from_db()
    assert (job.made, bool(job.failed)) == (None, True)


def test_those_without_an_address_for_mail_get_letters(club: Club, meeting: Meeting) -> None:
    summons = summon(by=club.secretary, meeting_id=meeting.pk, text="You are called.\nBring oars.")
    desk = signed_in(club.members[1])
    address = reverse("meetings:letters", args=[summons.pk])
    assert b"no letter is needed" in desk.post(address).content
    Person.objects.filter(pk__in=[club.members[2].pk, club.members[5].pk]).update(email="")
    assert desk.post(address).status_code == 302
    job = PrintJob.objects.latest("pk")
    make.call(job.pk)
    job.refresh_from_db()
    with open_made(job) as file:
        reader = PdfReader(file)
        assert len(reader.pages) == 2
        for page, name in zip(reader.pages, ("Cleo Costa", "Fay Fink"), strict=True):
            said = " ".join(page.extract_text().split())
            assert f"Dear {name}," in said
            assert "Bring oars." in said
            assert "1.1 Fees" in said
    assert signed_in(club.members[4]).post(address).status_code == 404


def open_made(job: PrintJob) -> Any:
    from django.core.files.storage import default_storage

    return default_storage.open(job.file)


def test_nobody_signed_out_asks_for_a_pack(meeting: Meeting) -> None:
    assert Client().post(reverse("meetings:packs", args=[meeting.pk])).status_code == 403
    assert not PrintJob.objects.exists()


@pytest.fixture
def sitting_day(club: Club) -> tuple[Meeting, DocumentVersion, DocumentVersion]:
    """The council's rules ask for documents five clear days before; of two one came in time. The sitting is open."""
    adopt_rules(by=club.administrator, body_id=club.body.pk, preset=PRESETS["council"], in_force_from=OPENS.date())
    meeting = convene_meeting(
        by=club.chair,
        body_id=club.body.pk,
        starts=OPENS.date(),
        ends=OPENS.date(),
        sittings=[(OPENS, OPENS + timedelta(hours=2))],
    )
    given = {"by": club.chair, "meeting_id": meeting.pk, "access": "public"}
    early = hand_out_document(**given, upload=ContentFile(b"In time", "a.txt"), title="Early")
    summon(by=club.chair, meeting_id=meeting.pk, text="Come.")
    with clock_at(datetime(2026, 3, 19, 9, tzinfo=UTC)):
        late = hand_out_document(**given, upload=ContentFile(b"Too late", "b.txt"), title="Late")
        accredit_members(by=club.chair, sitting_id=meeting.sittings.get().pk)
    return meeting, early, late


def in_session(club: Club, meeting: Meeting) -> None:
    sitting = meeting.sittings.get().pk
    take_chair(by=club.chair, sitting_id=sitting, person_id=club.members[0].pk, basis="office")
    open_sitting(by=club.chair, sitting_id=sitting)


def test_the_meeting_refuses_or_admits_what_came_late(
    club: Club, sitting_day: tuple[Meeting, DocumentVersion, DocumentVersion]
) -> None:
    meeting, early, late = sitting_day
    with pytest.raises(Refused, match="no sitting is open"):
        refuse_document(by=club.chair, version_id=late.pk)
    with clock_at(OPENS):
        in_session(club, meeting)
        with pytest.raises(Refused, match="was handed out in time"):
            refuse_document(by=club.chair, version_id=early.pk)
        refuse_document(by=club.chair, version_id=late.pk, because="Nobody has read it.")
        assert sentence(Entry.objects.order_by("-pk")[0]) == (
            "The meeting refused “Late”, version 1, because it was handed out late. Reason: Nobody has read it."
        )
        with pytest.raises(Refused, match="ruled on this already"):
            admit_document(by=club.chair, version_id=late.pk)
        assert verify() == []


def test_what_came_late_is_marked_and_what_was_refused_is_in_no_pack(
    club: Club, sitting_day: tuple[Meeting, DocumentVersion, DocumentVersion]
) -> None:
    meeting, _early, late = sitting_day
    desk = signed_in(club.members[1])
    address = reverse("meetings:meeting", args=["general-meeting", 1, 1])
    with clock_at(OPENS):
        assert "handed out late" in Client().get(address).content.decode()
        assert "Too late" in text(pack(club.members[1], meeting))
        in_session(club, meeting)
        page = desk.get(address).content.decode()
        (refuse,) = re.findall(r'href="([^"]+/refuse/)"', page)
        assert "meeting itself decides" in desk.get(refuse).content.decode()
        assert desk.post(refuse, {"because": "", "once": "x1"}).status_code == 302
        assert "late, refused" in Client().get(address).content.decode()
        assert "Too late" not in text(pack(club.members[1], meeting))
        assert DocumentVersion.objects.filter(pk=late.pk, ruling__admitted=False).exists()


def test_a_later_version_of_what_was_refused_is_ruled_on_for_itself(
    club: Club, sitting_day: tuple[Meeting, DocumentVersion, DocumentVersion]
) -> None:
    meeting, _early, late = sitting_day
    with clock_at(OPENS):
        in_session(club, meeting)
        refuse_document(by=club.chair, version_id=late.pk)
        second = hand_out_document(
            by=club.chair, meeting_id=meeting.pk, document_id=late.document_id, upload=ContentFile(b"New", "b.txt")
        )
        admit_document(by=club.chair, version_id=second.pk)
        assert "New" in text(pack(club.members[1], meeting))


def test_a_late_document_is_ruled_on_by_the_votes_that_the_rules_ask_for(
    club: Club, sitting_day: tuple[Meeting, DocumentVersion, DocumentVersion]
) -> None:
    meeting, _early, late = sitting_day
    with clock_at(OPENS):
        in_session(club, meeting)
        sitting = meeting.sittings.get()
        voters = list(sitting.participations.filter(votes=True).values_list("pk", flat=True))
        participants_came(by=club.chair, sitting_id=sitting.pk, participations=voters)
        there = len(voters)
        few, most = Vote(1, there - 1, 0), Vote(there - 1, 1, 0)
        with pytest.raises(Refused, match="Votes to admit it: 1; the rules ask for"):
            admit_document(by=club.chair, version_id=late.pk, vote=few)
        with pytest.raises(Refused, match="Enter what follows from that"):
            refuse_document(by=club.chair, version_id=late.pk, vote=most)
        with pytest.raises(Refused, match="votes were entered"):
            admit_document(by=club.chair, version_id=late.pk, vote=Vote(there, 1, 0))
        admit_document(by=club.chair, version_id=late.pk, vote=most)
        # The sitting that ruled on it has dealt with something, and its opening is not undone any more.
        assert f"sitting:{sitting.pk}" in Entry.objects.latest("pk").subjects
        assert sentence(Entry.objects.order_by("-pk")[0]).startswith(
            "The meeting admitted “Late”, version 1, although it was handed out late. "
            f"{there - 1} voted to admit it, 1 against, 0 abstained; "
        )
        assert verify() == []


def test_badges_are_made_as_a_pdf_with_a_code_for_each_person(club: Club, meeting: Meeting) -> None:
    sitting = meeting.sittings.order_by("ordinal").first()
    accredit_members(by=club.secretary, sitting_id=sitting.pk)
    desk = signed_in(club.members[1])
    address = reverse("meetings:badges", args=[sitting.pk])
    assert "Print them as a PDF" not in desk.get(address).content.decode()
    make_badges(by=club.secretary, meeting_id=meeting.pk)
    assert "Print them as a PDF" in desk.get(address).content.decode()
    assert desk.post(address).status_code == 302
    job = PrintJob.objects.latest("pk")
    make.call(job.pk)
    job.refresh_from_db()
    assert not job.failed
    with open_made(job) as file:
        said = " ".join(" ".join(page.extract_text() for page in PdfReader(file).pages).split())
    for row in sitting.participations.select_related("person"):
        assert row.person.name in said
    assert signed_in(club.members[4]).post(address).status_code == 404
    assert Client().post(address).status_code == 404


@pytest.mark.parametrize(
    ("typed", "vote"),
    [({}, None), ({"votes_for": "2", "against": "1"}, Vote(2, 1, 0)), ({"against": "3"}, Vote(0, 3, 0))],
)
def test_counts_are_counts_although_nobody_voted_to_admit_it(typed: dict[str, str], vote: Vote | None) -> None:
    form = RulingForm(typed, zone="UTC")
    assert form.is_valid()
    assert form.vote == vote
