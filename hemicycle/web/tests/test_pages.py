"""The pages of the house itself, and what holds for all: the policy, no style or script inside a page."""

import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from hemicycle.accounts.models import Account, Person
from hemicycle.demo.club import Club
from hemicycle.meetings.models import Meeting
from hemicycle.voting.acts import open_ballot
from hemicycle.voting.tests.world import Floor, at, certified, floor_of

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
INLINE = re.compile(r"\sstyle=|\son[a-z]+=\"|<style|<script(?![^>]*\ssrc=)|javascript:|hx-on", re.IGNORECASE)


def as_person(person: Person) -> Client:
    client = Client()
    client.force_login(Account.objects.get(person=person), backend=BACKEND)
    return client


def meeting_address(floor: Floor) -> str:
    return f"/en/bodies/{floor.club.body.slug}/terms/1/meetings/{floor.meeting.ordinal}/"


def test_the_patterns_show_every_component(db: None) -> None:
    answer = Client().get("/en/patterns/")
    assert answer.status_code == 200
    text = answer.content.decode()
    for part in ("button", "field", "notice", "empty", "badge", "card", "table", "agenda", "trail", "pages", "meter",
                 "quorum", "facts", "outcome", "timeline", "hemicycle", "as-whom", "happened"):  # fmt: skip
        assert f'class="{part}' in text, part


@pytest.mark.parametrize("page", ["/en/", "/en/patterns/", "/en/no-such-page/", "/en/bodies/", "/en/search/"])
def test_no_page_has_style_or_script_inside(club: Club, page: str) -> None:
    answer = Client().get(page)
    assert not INLINE.search(answer.content.decode())
    policy = answer.headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy


@pytest.mark.parametrize("face", ["", "desk/", "floor/", "screen/"])
def test_no_face_has_style_or_script_inside(club: Club, face: str) -> None:
    floor = floor_of(club)
    certified(floor, "for", "for", "for", "for", "against")
    with at(15):
        answer = as_person(club.members[0]).get(f"{meeting_address(floor)}{face}")
    assert answer.status_code == 200
    assert not INLINE.search(answer.content.decode())


def test_every_page_has_a_title_a_language_and_a_way_past_its_header(club: Club) -> None:
    text = Client().get("/en/").content.decode()
    assert '<html lang="en"' in text
    assert "<title>Start – The Club</title>" in text
    assert '<a class="skip" href="#main">' in text
    assert '<meta name="color-scheme" content="light dark">' in text


def test_the_start_page_of_a_new_house_says_that_nothing_is_there_yet(club: Club) -> None:
    text = Client().get("/en/").content.decode()
    assert text.count('class="empty"') == 3


def test_the_start_page_shows_the_sitting_to_each_with_their_own_way_in(club: Club) -> None:
    floor = floor_of(club)
    with at(10):
        open_ballot(by=club.chair, motion_id=floor.motion.pk)
        public, chair, member = (
            client.get("/en/").content.decode()
            for client in (Client(), as_person(club.members[0]), as_person(club.members[4]))
        )
    for text in (public, chair, member):
        assert "Voting open" in text
        assert "The harbour hall" in text
    assert "Open the desk" in chair
    assert "Take part" in member
    assert "Open the desk" not in member
    assert "Take part" not in public


def test_the_start_page_shows_no_closed_meeting_to_the_public(club: Club) -> None:
    floor_of(club, access="participants")
    with at(10):
        text = Client().get("/en/").content.decode()
        assert "Open the desk" in as_person(club.members[0]).get("/en/").content.decode()
    assert "Sitting now" not in text
    assert "harbour" not in text.lower()


def test_the_start_page_names_no_item_that_is_closed_to_the_reader(club: Club) -> None:
    floor_of(club, item_access="body")
    with at(10):
        text = Client().get("/en/").content.decode()
    assert "Sitting now" in text
    assert "The harbour hall" not in text


def test_the_start_page_keeps_within_twelve_queries(
    club: Club, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    floor_of(club)
    client = as_person(club.members[0])
    with at(10), django_assert_max_num_queries(12):
        client.get("/en/")
    assert Meeting.objects.count() == 1
