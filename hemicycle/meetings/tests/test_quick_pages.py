"""The pages that spare a small desk its clicks: a meeting with its agenda in one form, everybody there at once."""

import secrets
from datetime import date, timedelta

from django.test import Client
from django.urls import reverse

from hemicycle.demo.club import MONDAY, Club
from hemicycle.journal.clock import clock_at
from hemicycle.journal.models import Entry
from hemicycle.meetings.acts import close_sitting, open_sitting, plan_sitting
from hemicycle.meetings.models import Meeting, Presence
from hemicycle.meetings.tests.world import under_way

PAGE = "/en/bodies/general-meeting/terms/1/meetings/1/"


def send(client: Client, name: str, key: int, **typed: object) -> object:
    return client.post(reverse(f"meetings:{name}", args=[key]), {"once": secrets.token_hex(8), **typed})


def test_a_meeting_of_a_day_is_convened_with_its_agenda(club: Club, desk: Client) -> None:
    typed = {"once": "abc", "kind": "ordinary", "starts": "2026-03-28", "opens": "09:00", "closes": "17:00"}
    typed |= {"access": "public", "items": "The roof\n\n  The boat \n"}
    assert desk.post("/en/bodies/general-meeting/convene/", typed).url == f"{PAGE}desk/"
    meeting = Meeting.objects.get()
    assert (meeting.starts, meeting.ends) == (date(2026, 3, 28), date(2026, 3, 28))
    assert [(item.number, item.title) for item in meeting.items.order_by("ordinal")] == [
        ("1", "The roof"),
        ("2", "The boat"),
    ]
    kinds = Entry.objects.filter(book=club.body.book).order_by("-number").values_list("kind", flat=True)
    assert list(kinds[:3]) == ["item.added", "item.added", "meeting.convened"]


def test_everybody_is_entered_as_there_at_once(club: Club, desk: Client) -> None:
    gathering = under_way(club, present=2)
    everybody = set(gathering.sitting.participations.values_list("pk", flat=True))
    answer = send(desk, "participants_came", gathering.sitting.pk, everybody="yes")
    assert (answer.status_code, answer.url) == (302, f"{PAGE}desk/")
    there = Presence.objects.filter(participation__sitting=gathering.sitting, went=None)
    assert set(there.values_list("participation", flat=True)) == everybody
    again = send(desk, "participants_came", gathering.sitting.pk, everybody="yes")
    assert again.status_code == 409
    assert "All of them are entered as there already." in again.content.decode()


def test_a_further_sitting_begins_with_those_of_the_one_before(club: Club, desk: Client) -> None:
    first = under_way(club).sitting
    starts = first.planned_end + timedelta(hours=1)
    second = plan_sitting(
        by=club.secretary, meeting_id=first.meeting_id, start=starts, end=starts + timedelta(hours=1), lengthen=True
    )
    with clock_at(MONDAY + timedelta(hours=1)):
        close_sitting(by=club.chair, sitting_id=first.pk)
        offered = desk.get(f"{PAGE}desk/").content.decode()
        assert "Accredit those of sitting 1 again" in offered
        assert "Close the meeting" in offered
        assert send(desk, "accredit_again", second.pk).status_code == 302
        assert send(desk, "accredit_again", second.pk).status_code == 409
        assert second.participations.count() == first.participations.count() == 10
        open_sitting(by=club.secretary, sitting_id=second.pk)
        chair = desk.get(reverse("meetings:take_chair", args=[second.pk])).content.decode()
        assert f'value="{club.members[0].name}"' in chair
        assert 'value="office" required id="id_basis_0" checked' in chair


def test_the_button_for_everybody_is_gone_once_everybody_is_there(club: Club, desk: Client) -> None:
    gathering = under_way(club, present=9)
    assert send(desk, "participants_came", gathering.sitting.pk, everybody="yes").status_code == 302
    page = desk.get(reverse("meetings:participants", args=[gathering.sitting.pk])).content.decode()
    assert "Everybody is there" not in page
