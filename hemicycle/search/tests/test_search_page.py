"""The search page."""

from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from hemicycle.accounts.models import Account
from hemicycle.demo.club import Club
from hemicycle.search.follower import catch_up
from hemicycle.search.forms import KINDS
from hemicycle.search.tests.things import enter


@pytest.fixture
def page(client: Client, club: Club, index_folder: Path) -> Client:
    """Have something to find."""
    enter(club.chair, "meeting", 1, "First plenary", "On the <em>harbour</em> dues")
    enter(club.chair, "decision", 2, "The closed harbour", access="body")
    catch_up()
    return client


def told(client: Client, **asked: object) -> str:
    """Return the page as text."""
    answer = client.get(reverse("search:search"), asked)
    assert answer.status_code == 200
    return answer.content.decode()


def test_every_kind_of_thing_has_a_name_for_people() -> None:
    assert set(KINDS) == set(settings.HEMICYCLE_SEARCHABLE)


def test_the_page_asks_before_it_answers(page: Client) -> None:
    assert "are found by their words" in told(page)


def test_the_page_shows_what_was_found_and_where_it_is(page: Client) -> None:
    shown = told(page, q="harbour")
    assert '<a class="listing__title" href="/en/meetings/1/" lang="en">First plenary</a>' in shown
    assert "&lt;em&gt;<mark>harbour</mark>&lt;/em&gt; dues" in shown
    assert "1 was found." in shown
    assert "closed" not in shown


def test_a_member_finds_what_members_may_read(page: Client, club: Club) -> None:
    account = Account.objects.get(person=club.members[3])
    page.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert "The closed harbour" in told(page, q="harbour")


def test_the_page_says_when_nothing_is_found(page: Client) -> None:
    assert "Nothing was found that you may read" in told(page, q="nowhere")
    assert "Nothing was found that you may read" in told(page, q="harbour", year=2019)


@pytest.mark.parametrize(
    "asked", [{"kind": "x"}, {"body": "x"}, {"year": "x"}, {"page": "x"}, {"page": "-1"}, {"page": "9999999"}]
)
def test_a_filter_that_cannot_be_read_narrows_nothing(page: Client, asked: dict[str, str]) -> None:
    shown = told(page, q="harbour", **asked)
    assert "First plenary" in shown or "page" in asked


@pytest.mark.parametrize("text", ["x" * 7000, "\0", "(" * 3000, '"'])
def test_no_question_breaks_the_page(page: Client, text: str) -> None:
    told(page, q=text)


def test_the_page_says_when_there_is_no_index(client: Client, club: Club, index_folder: Path) -> None:
    assert "The index is being made" in told(client, q="harbour")
