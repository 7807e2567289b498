"""`run --new` founds a real body that its founder can sign in to and convene."""

import io
from datetime import UTC, datetime

import pytest
from django.contrib.auth import authenticate
from django.test import Client, RequestFactory

from hemicycle.accounts.capacities import Capacity
from hemicycle.accounts.models import Account, Installation
from hemicycle.bodies.day import today_in
from hemicycle.bodies.models import Body
from hemicycle.bodies.queries import actors_of, rules_on, voting_members
from hemicycle.command import Stop
from hemicycle.command.founding import found_by_questions
from hemicycle.journal.clock import clock_at, now
from hemicycle.journal.models import Entry
from hemicycle.journal.words import sentence

ANSWERS = ["Harbour Co-operative", "de", "Europe/Berlin", "Mia Muster", "mia@harbour.example", "a long way home", "2"]


@pytest.fixture
def founded(db: None, monkeypatch: pytest.MonkeyPatch) -> Body:
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(ANSWERS) + "\n"))
    found_by_questions()
    return Body.objects.get()


def test_the_founder_holds_chair_desk_and_a_vote(founded: Body) -> None:
    founder = Account.objects.get().person
    today = today_in(founded)
    capacities = {actor.capacity for actor in actors_of(founder.pk)}
    assert capacities == {Capacity.ADMINISTRATOR, Capacity.CHAIR, Capacity.SECRETARY, Capacity.MEMBER}
    assert [held.person for held in voting_members(founded, today)] == [founder]


def test_who_founds_between_two_midnights_holds_the_posts_at_once(
    db: None, monkeypatch: pytest.MonkeyPatch, client: Client
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(ANSWERS) + "\n"))
    with clock_at(datetime(2026, 11, 22, 23, 30, tzinfo=UTC)):  # Half past midnight in Berlin.
        found_by_questions()
        founder = Account.objects.get()
        assert Capacity.CHAIR in {actor.capacity for actor in actors_of(founder.person_id)}
        assert Capacity.CHAIR not in {actor.capacity for actor in actors_of(founder.person_id, now().date())}
        client.force_login(founder)
        assert "Bring the list of the people of General meeting" in client.get("/en/").content.decode()
        page = client.get("/en/bodies/general-meeting/posts/").content.decode()
        assert "Mia Muster" in page


def test_the_body_begins_with_the_rules_that_were_chosen(founded: Body) -> None:
    assert rules_on(founded, today_in(founded)).preset == "association"
    assert (founded.time_zone, founded.language) == ("Europe/Berlin", "de")


def test_the_founder_can_sign_in(founded: Body) -> None:
    request = RequestFactory().post("/")
    assert authenticate(request, email="mia@harbour.example", password="a long way home") == Account.objects.get()


def test_nothing_of_the_demo_is_there_and_every_entry_can_be_told(founded: Body) -> None:
    assert not Installation.objects.get().is_demo
    entries = list(Entry.objects.order_by("number"))
    assert len(entries) == 12
    assert all(sentence(entry) for entry in entries)
    assert not any("mia@harbour.example" in (entry.facts_text or "") for entry in entries)


def test_what_is_founded_is_not_founded_again(founded: Body) -> None:
    with pytest.raises(Stop, match="was founded here already"):
        found_by_questions()
