"""Calendar files, read by others: vobject and khal know the sittings again, at the right hours."""

import os
import re
import subprocess
import sys
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from threading import Event
from zoneinfo import ZoneInfo

import pytest
import vobject
from django.core import mail
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from hemicycle.accounts.models import Person
from hemicycle.demo.club import Club
from hemicycle.journal.models import Entry
from hemicycle.meetings.acts import (
    Accredit,
    accredit_participants,
    add_item,
    cancel_meeting,
    convene_meeting,
    drop_sitting,
    move_meeting,
    summon,
)
from hemicycle.meetings.calendar import changes, zone
from hemicycle.meetings.mail import catch_up
from hemicycle.meetings.models import Meeting

HOUR = timedelta(hours=1)
# Among them one whose clocks change by half an hour, one that never changes, and one that changes around Ramadan.
ZONES = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Africa/Casablanca"]
GOLDEN = Path(__file__).resolve().parents[3] / "tests" / "golden"


@pytest.fixture
def meeting(club: Club) -> Meeting:
    """A meeting over the weekend on which Berlin's clocks go forward, with an observer."""
    start = datetime(2026, 3, 28, 9, tzinfo=UTC)
    made = convene_meeting(
        by=club.chair,
        body_id=club.body.pk,
        starts=date(2026, 3, 28),
        ends=date(2026, 3, 29),
        sittings=[(start, start + 2 * HOUR), (start + 23 * HOUR, start + 25 * HOUR)],
        title="Spring meeting",
        purpose="Boats, and what they cost.",
        place="Harbour hall, Quay 3; first floor",
    )
    above = add_item(by=club.chair, meeting_id=made.pk, title="Fees, dues")
    add_item(by=club.chair, meeting_id=made.pk, title="Adults", parent_id=above.pk)
    add_item(by=club.chair, meeting_id=made.pk, title="A matter of staff", access="body")
    accredit_participants(
        by=club.chair, sitting_id=made.sittings.get(ordinal=1).pk, people=[Accredit(club.outsider.pk, "observer")]
    )
    summon(by=club.secretary, meeting_id=made.pk, text="You are called to the spring meeting.\nPlease be on time.")
    return made


def letters() -> dict[str, mail.EmailMultiAlternatives]:
    """The mails sent since the last look, by their addressee."""
    mail.outbox.clear()
    catch_up(Event())
    return {message.to[0]: message for message in mail.outbox}


def files(message: mail.EmailMultiAlternatives) -> list[str]:
    """The calendar files of a mail, as a mail program takes them out."""
    return [
        part.get_payload(decode=True).decode()
        for part in message.message().walk()
        if part.get_content_type() == "text/calendar"
    ]


def test_every_sitting_is_an_event_at_the_hours_of_the_clock_there(meeting: Meeting) -> None:
    found = [vobject.readOne(text) for text in files(letters()["cleo@club.example"])]
    assert [one.method.value for one in found] == ["REQUEST", "REQUEST"]
    assert [one.vevent.dtstart.value.astimezone(UTC) for one in found] == [
        datetime(2026, 3, 28, 9, tzinfo=UTC),
        datetime(2026, 3, 29, 8, tzinfo=UTC),
    ]
    assert [one.vevent.dtstart.value.hour for one in found] == [10, 10]
    assert all(one.vevent.sequence.value == "1" for one in found)
    assert len({one.vevent.uid.value for one in found}) == 2
    assert found[0].vevent.location.value == "Harbour hall, Quay 3; first floor"


@pytest.mark.parametrize(
    ("address", "role"),
    [
        ("ann@club.example", "CHAIR"),
        ("ben@club.example", "REQ-PARTICIPANT"),
        ("cleo@club.example", "REQ-PARTICIPANT"),
        ("jon@club.example", "OPT-PARTICIPANT"),
        ("kim@club.example", "NON-PARTICIPANT"),
    ],
)
def test_an_invitation_names_its_addressee_alone_and_in_their_role(meeting: Meeting, address: str, role: str) -> None:
    event = vobject.readOne(files(letters()[address])[0]).vevent
    assert [one.value for one in event.attendee_list] == [f"mailto:{address}"]
    assert event.attendee.params["ROLE"] == [role]
    assert event.organizer.params["CN"] == ["General Meeting"]


def test_nobody_reads_in_their_calendar_of_an_item_they_may_not_see(meeting: Meeting) -> None:
    sent = letters()
    assert "A matter of staff" in files(sent["cleo@club.example"])[0].replace("\r\n ", "")
    assert all("A matter of staff" not in text.replace("\r\n ", "") for text in files(sent["kim@club.example"]))


def test_a_moved_meeting_is_the_same_event_with_a_higher_sequence(club: Club, meeting: Meeting) -> None:
    before = [vobject.readOne(text).vevent for text in files(letters()["cleo@club.example"])]
    move_meeting(
        by=club.chair, meeting_id=meeting.pk, starts=date(2026, 4, 11), place=meeting.place, because="The storm."
    )
    message = letters()["cleo@club.example"]
    after = [vobject.readOne(text).vevent for text in files(message)]
    assert message.subject == "General Meeting: change of Spring meeting"
    assert "The meeting was moved from 28 March 2026 – 29 March 2026 to 11 April 2026 – 12 April 2026." in message.body
    assert [one.uid.value for one in after] == [one.uid.value for one in before]
    assert {one.sequence.value for one in after} == {"2"}
    assert [one.dtstart.value.hour for one in after] == [10, 10]


def test_a_dropped_sitting_and_a_cancelled_meeting_are_taken_back_under_the_same_uid(
    club: Club, meeting: Meeting
) -> None:
    first, second = (vobject.readOne(text).vevent.uid.value for text in files(letters()["cleo@club.example"]))
    drop_sitting(by=club.chair, sitting_id=meeting.sittings.get(ordinal=2).pk, because="One day is enough.")
    found = [vobject.readOne(text) for text in files(letters()["cleo@club.example"])]
    assert [(one.method.value, one.vevent.uid.value) for one in found] == [("REQUEST", first), ("CANCEL", second)]
    cancel_meeting(by=club.chair, meeting_id=meeting.pk, because="The hall burned down.")
    message = letters()["cleo@club.example"]
    assert message.subject == "General Meeting: Spring meeting is cancelled"
    # The one file stands twice: as an attachment, and as what mail programs show as an invitation.
    found = [vobject.readOne(text) for text in files(message)]
    assert {(one.method.value, one.vevent.uid.value, one.vevent.status.value) for one in found} == {
        ("CANCEL", first, "CANCELLED")
    }
    assert {one.vevent.sequence.value for one in found} == {"3"}


def khal(vault: Path, *arguments: str) -> str:
    """Run khal on a vault of its own."""
    config = vault / "khal.conf"
    config.write_text(
        f"[calendars]\n[[house]]\npath = {vault / 'house'}\n[locale]\nlocal_timezone = Europe/Berlin\n"
        "default_timezone = Europe/Berlin\ntimeformat = %H:%M\ndateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\n"
        "datetimeformat = %Y-%m-%d %H:%M\nlongdatetimeformat = %Y-%m-%d %H:%M\n"
        f"[sqlite]\npath = {vault / 'khal.db'}\n[default]\ndefault_calendar = house\n"
    )
    (vault / "house").mkdir(exist_ok=True)
    environ = {**os.environ, "HOME": str(vault), "LC_ALL": "C.UTF-8", "PYTHONWARNINGS": "ignore"}
    ran = subprocess.run(
        [str(Path(sys.executable).with_name("khal")), "-c", str(config), *arguments],
        env=environ, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def test_khal_takes_the_invitations_in_and_the_changes_after_them(club: Club, meeting: Meeting, tmp_path: Path) -> None:
    def take_in(texts: list[str]) -> None:
        for number, text in enumerate(texts):
            (tmp_path / f"{number}.ics").write_text(text)
            khal(tmp_path, "import", "--batch", str(tmp_path / f"{number}.ics"))

    take_in(files(letters()["cleo@club.example"]))
    listed = ("list", "--format", "{start}|{end-time}|{title}|{location}", "--day-format", "", "2026-03-01", "60d")
    assert khal(tmp_path, *listed).splitlines() == [
        "2026-03-28 10:00|12:00|Spring meeting, sitting 1|Harbour hall, Quay 3; first floor",
        "2026-03-29 10:00|12:00|Spring meeting, sitting 2|Harbour hall, Quay 3; first floor",
    ]
    move_meeting(
        by=club.chair, meeting_id=meeting.pk, starts=date(2026, 4, 11), place=meeting.place, because="The storm."
    )
    take_in(files(letters()["cleo@club.example"]))
    assert [line.partition("|")[0] for line in khal(tmp_path, *listed).splitlines()] == [
        "2026-04-11 10:00",
        "2026-04-12 10:00",
    ]


@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from(
        ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Africa/Casablanca"]
    ),
    st.dates(date(2024, 1, 2), date(2029, 12, 1)),
    st.integers(0, 60),
)
def test_the_clocks_written_into_a_file_are_those_of_the_place(name: str, day: date, days: int) -> None:
    place, first = ZoneInfo(name), datetime.combine(day, time(12), UTC)
    last = first + timedelta(days=days)
    offsets = clocks(zone(place, first, last).to_ical().decode())
    for hour in range(0, days * 24 + 1, 5):
        moment = first + hour * HOUR
        begun = [offset for onset, offset in offsets if onset <= moment]
        assert begun[-1] == moment.astimezone(place).utcoffset()


def clocks(text: str) -> list[tuple[datetime, timedelta]]:
    """Read from when on which offset holds, as RFC 5545 has it: onsets are local times by the clock before."""
    found = []
    for part in re.findall(r"BEGIN:(?:STANDARD|DAYLIGHT)(.*?)END:", text, re.DOTALL):
        told = dict(re.findall(r"^(DTSTART|TZOFFSETFROM|TZOFFSETTO):(.*?)\r?$", part, re.MULTILINE))
        before, after = (offset(told[key]) for key in ("TZOFFSETFROM", "TZOFFSETTO"))
        onset = datetime.strptime(told["DTSTART"], "%Y%m%dT%H%M%S").replace(tzinfo=UTC) - before
        found.append((onset, after))
    return sorted(found)


def offset(text: str) -> timedelta:
    """Read an offset."""
    sign = -1 if text[0] == "-" else 1
    return sign * timedelta(hours=int(text[1:3]), minutes=int(text[3:5]))


def test_the_clocks_change_to_the_minute() -> None:
    year = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 12, 31, tzinfo=UTC)
    assert list(changes(ZoneInfo("Europe/Berlin"), *year)) == [
        datetime(2026, 3, 29, 1, tzinfo=UTC),
        datetime(2026, 10, 25, 1, tzinfo=UTC),
    ]


def hold_to_golden(name: str, text: str) -> None:
    """Compare with the golden file, or write it where that is asked for."""
    file = GOLDEN / name
    if os.environ.get("HEMICYCLE_GOLDEN") == "write":
        file.write_text(text, encoding="utf-8")
    assert text == file.read_text(encoding="utf-8")


def steady(text: str) -> str:
    """A mail without what differs from one run to the next: the book's name, keys of rows, and signatures."""
    text = text.replace("\r\n ", "").replace("\r\n", "\n")
    text = re.sub(r"sitting-\d+@[0-9a-f-]{36}", "sitting@book", text)
    return re.sub(r"/(summons|answer)/[^/]+/", r"/\1/signed/", text)


def as_one(message: mail.EmailMultiAlternatives) -> str:
    """A mail with its calendar files, as one text."""
    return steady("\n".join([f"Subject: {message.subject}", f"To: {message.to[0]}", "", message.body, *files(message)]))


def test_the_summons_by_mail_with_its_calendar_files(meeting: Meeting) -> None:
    hold_to_golden("summons_mail.txt", as_one(letters()["jon@club.example"]))


def test_the_mails_of_a_change_and_of_a_cancellation(club: Club, meeting: Meeting) -> None:
    letters()
    drop_sitting(by=club.chair, sitting_id=meeting.sittings.get(ordinal=2).pk, because="One day is enough.")
    hold_to_golden("summons_change_mail.txt", as_one(letters()["jon@club.example"]))
    cancel_meeting(by=club.chair, meeting_id=meeting.pk, because="The hall burned down.")
    hold_to_golden("summons_cancellation_mail.txt", as_one(letters()["jon@club.example"]))


def test_a_file_says_what_an_independent_reader_reads(meeting: Meeting) -> None:
    for text in files(letters()["cleo@club.example"]):
        read = Calendar.from_ical(text)
        assert [part.name for part in read.walk()].count("VEVENT") == 1
        assert vobject.readOne(text).vevent.validate(raiseException=True) is True


def test_those_without_an_address_get_no_mail(club: Club, meeting: Meeting) -> None:
    Person.objects.filter(pk=club.members[2].pk).update(email="")
    assert "cleo@club.example" not in letters()
    assert Entry.objects.filter(kind="meeting.summoned").count() == 1
