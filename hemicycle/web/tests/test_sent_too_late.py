"""What a person reads who sent a form too late, opened an address to which only a form is sent, or borrows a device."""

from django.test import Client
from django.urls import reverse

from hemicycle.accounts.acts import NewPerson, register_persons
from hemicycle.accounts.models import Person
from hemicycle.demo.club import Club
from hemicycle.meetings.acts import convene_meeting
from hemicycle.meetings.tests.world import DAY, ENDS, STARTS


def test_a_form_sent_after_the_session_ended_is_shown_again(club: Club) -> None:
    meeting = convene_meeting(by=club.chair, body_id=club.body.pk, starts=DAY, ends=DAY, sittings=[(STARTS, ENDS)])
    answer = Client().post(reverse("meetings:add_item", args=[meeting.pk]), {"title": "A long title, well thought out"})
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "You are not signed in any more" in page
    assert "A long title, well thought out" in page
    assert reverse("account_login") in page


def test_opening_an_address_of_a_form_says_where_to_go(club: Club) -> None:
    client = Client()
    client.force_login(club.members[1].account)
    answer = client.get(reverse("accounts:register"))
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "POST"
    assert "only takes what a form sends" in answer.content.decode()


def test_what_was_sent_is_told_by_its_label_and_without_keys(club: Club) -> None:
    client = Client()
    client.force_login(club.members[1].account)
    register_persons(
        by=club.administrator, people=[NewPerson("Ann Olin", email="olin@choir.example")], with_accounts=True
    )
    sent = {"name": "Dora Dup", "email": "Olin@choir.example", "book": str(club.body.book_id)}
    answer = client.post(reverse("accounts:register"), sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "<dt>Name</dt><dd>Dora Dup</dd>" in page
    assert "<dt>Book</dt>" not in page
    assert not Person.objects.filter(name="Dora Dup").exists()


def test_a_page_of_one_person_is_not_shown_to_the_next(club: Club) -> None:
    client = Client()
    assert "Cache-Control" not in client.get("/en/bodies/").headers
    client.force_login(club.members[1].account)
    assert client.get("/en/bodies/").headers["Cache-Control"] == "private, no-cache"
    assert client.post(reverse("account_logout")).headers["Clear-Site-Data"] == '"cache"'
