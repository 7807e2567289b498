"""Signing in as somebody of the demo, and a page of one's own."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from hemicycle.accounts.models import Account, Installation
from hemicycle.demo.club import MONDAY, Club
from hemicycle.meetings.models import Meeting, MeetingKind, Participation, ParticipationCapacity, Sitting
from hemicycle.web.context import installation_at


def text(response: Any) -> str:
    return str(response.content.decode())


@pytest.fixture
def demo(club: Club) -> Club:
    """The club as a demo, in the middle of a meeting that Kim Kern observes."""
    Installation.objects.update(is_demo=True)
    day = MONDAY.date()
    meeting = Meeting.objects.create(
        body=club.body,
        term=club.term,
        ordinal=1,
        kind=MeetingKind.ORDINARY,
        title="Spring meeting",
        starts=day,
        ends=day,
        convened=MONDAY,
    )
    sitting = Sitting.objects.create(
        meeting=meeting, ordinal=1, planned_start=MONDAY, planned_end=MONDAY.replace(hour=18), opened=MONDAY
    )
    Participation.objects.create(
        sitting=sitting, person=club.outsider, capacity=ParticipationCapacity.OBSERVER, votes=False
    )
    return club


def test_outside_a_demo_nobody_signs_in_without_a_password(club: Club, client: Client) -> None:
    assert client.get(reverse("web:demo_sign_in")).status_code == 404
    assert client.post(reverse("web:demo_sign_in"), {"part": "chair"}).status_code == 404
    assert "_auth_user_id" not in client.session
    assert reverse("web:demo_sign_in") not in text(client.get(reverse("account_login")))


@pytest.mark.parametrize(
    ("part", "name"),
    [
        ("chair", "Ann Adler"),
        ("secretary", "Ben Bloom"),
        ("delegate", "Cleo Costa"),
        ("observer", "Kim Kern"),
    ],
)
def test_in_a_demo_each_part_is_one_button(demo: Club, client: Client, part: str, name: str) -> None:
    page = text(client.get(reverse("web:demo_sign_in")))
    assert name in page
    assert client.post(reverse("web:demo_sign_in"), {"part": part}).status_code == 302
    assert Account.objects.get(pk=client.session["_auth_user_id"]).person.name == name
    assert name in text(client.get(reverse("web:me")))


def test_the_sign_in_page_of_a_demo_leads_there(demo: Club, client: Client) -> None:
    assert reverse("web:demo_sign_in") in text(client.get(reverse("account_login")))


def test_a_part_that_nobody_plays_is_not_there(demo: Club, client: Client) -> None:
    assert client.post(reverse("web:demo_sign_in"), {"part": "administrator"}).status_code == 404


def test_signing_in_to_a_demo_needs_the_form_of_this_site(demo: Club) -> None:
    assert Client(enforce_csrf_checks=True).post(reverse("web:demo_sign_in"), {"part": "chair"}).status_code == 403


def test_a_demo_before_its_first_meeting_offers_nobody(club: Club, client: Client) -> None:
    Installation.objects.update(is_demo=True)
    assert "no meeting yet" in text(client.get(reverse("web:demo_sign_in")))


def test_my_page_names_my_capacities_and_meetings(demo: Club, client: Client) -> None:
    client.post(reverse("web:demo_sign_in"), {"part": "observer"})
    page = text(client.get(reverse("web:me")))
    assert "Spring meeting" in page
    assert "observer" in page
    client.post(reverse("web:demo_sign_in"), {"part": "chair"})
    assert "President" in text(client.get(reverse("web:me")))


def test_whoever_has_no_password_in_a_demo_is_not_asked_to_change_it(demo: Club, client: Client) -> None:
    installation_at.cache_clear()
    client.post(reverse("web:demo_sign_in"), {"part": "chair"})
    page = text(client.get(reverse("web:me")))
    assert "Nobody in the demo has a password." in page
    assert "Change password" not in page
    installation_at.cache_clear()
