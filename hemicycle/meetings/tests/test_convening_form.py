"""The form that convenes a meeting: days with two sittings, days with hours of their own."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from hemicycle.demo.club import Club
from hemicycle.meetings.forms.calling import ConveneForm
from hemicycle.meetings.models import Meeting

PLENARY = {
    "kind": "plenary",
    "enlarged": "on",
    "starts": "2026-03-10",
    "ends": "2026-03-13",
    "opens": "09:00",
    "closes": "12:30",
    "opens_again": "14:00",
    "closes_again": "18:00",
    "differs": "2026-03-13 10:00–12:00\n",
    "purpose": "Boats.",
    "place": "Harbour hall",
    "access": "public",
}


def hours(**changed: str) -> list[str]:
    form = ConveneForm({**PLENARY, **changed}, zone="Europe/Berlin")
    assert form.is_valid(), form.errors
    return [f"{start:%d %H:%M}-{end:%H:%M}" for start, end in sorted(form.sittings())]


def test_four_days_sit_in_the_morning_and_in_the_afternoon_and_the_last_otherwise() -> None:
    usual = [f"{day} {span}" for day in (10, 11, 12) for span in ("09:00-12:30", "14:00-18:00")]
    assert hours() == [*usual, "13 10:00-12:00"]
    assert hours(differs="", opens_again="", closes_again="", ends="2026-03-10") == ["10 09:00-12:30"]


@pytest.mark.parametrize("line", ["2026-03-13, 10:00-12:00", "2026-3-13 10:00 to 12:00", "2026-03-13 10:00 12:00"])
def test_a_line_is_read_as_people_write_it(line: str) -> None:
    assert hours(differs=line)[-1] == "13 10:00-12:00"


@pytest.mark.parametrize(
    ("changed", "field", "said"),
    [
        ({"differs": "on Friday"}, "differs", "Line 1 cannot be read: “on Friday”"),
        ({"differs": "2026-03-13 10:00-12:00\n2026-02-30 10:00-12:00"}, "differs", "Line 2 cannot be read"),
        ({"differs": "2026-03-13 25:00-26:00"}, "differs", "Line 1 cannot be read"),
        ({"closes_again": ""}, "opens_again", "leave both empty"),
        ({"closes_again": "noon"}, "closes_again", "Write it like 14:05."),
        ({"ends": "2026-09-10"}, "ends", "at most 60 days"),
        ({"differs": "2026-03-13 10:00-12:00\n" * 201}, "differs", "more than 200 sittings"),
    ],
)
def test_what_cannot_be_read_is_said_in_a_sentence(changed: dict[str, str], field: str, said: str) -> None:
    form = ConveneForm({**PLENARY, **changed}, zone="Europe/Berlin")
    assert not form.is_valid()
    assert said in str(form.errors[field])


def test_a_plenary_of_four_days_is_convened_with_its_seven_sittings(club: Club, desk: Client) -> None:
    sent = desk.post("/en/bodies/general-meeting/convene/", PLENARY)
    assert sent.status_code == 302, sent.content.decode()
    meeting = Meeting.objects.get()
    assert (meeting.enlarged, meeting.purpose, meeting.place) == (True, "Boats.", "Harbour hall")
    planned = list(meeting.sittings.order_by("ordinal"))
    assert [one.ordinal for one in planned] == [1, 2, 3, 4, 5, 6, 7]
    assert planned[1].planned_start == datetime(2026, 3, 10, 14, tzinfo=ZoneInfo(club.body.time_zone))


def test_lines_outside_of_the_meeting_or_into_one_another_are_refused_and_kept(club: Club, desk: Client) -> None:
    for differs, said in (
        ("2026-03-14 10:00-12:00", "A sitting lies within its meeting"),
        ("2026-03-13 10:00-12:00\n2026-03-13 11:00-13:00", "Two sittings of the meeting overlap"),
    ):
        answer = desk.post("/en/bodies/general-meeting/convene/", {**PLENARY, "differs": differs})
        assert answer.status_code == 422
        text = answer.content.decode()
        assert said in text
        assert differs.splitlines()[0] in text
    assert not Meeting.objects.exists()
