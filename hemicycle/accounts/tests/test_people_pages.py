"""The desk's list of people, slips, and how an invited person gets in."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from hemicycle.accounts.acts import make_invitations
from hemicycle.accounts.codes import link_token
from hemicycle.accounts.models import Account, Invitation, Person
from hemicycle.demo.club import MONDAY, Club
from hemicycle.journal.clock import clock_at
from hemicycle.journal.models import Entry

PASSWORD = "correct horse battery"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
TWICE = {"password1": PASSWORD, "password2": PASSWORD}


def as_person(name: str) -> Client:
    client = Client()
    client.force_login(Account.objects.get(person__name=name), backend=BACKEND)
    return client


@pytest.fixture
def desk(club: Club) -> Client:
    """Ben Bloom, secretary."""
    return as_person("Ben Bloom")


@pytest.fixture
def administrator(club: Club) -> Client:
    """Kim Kern, an administrator who holds no post."""
    Account.objects.filter(person=club.outsider).update(is_administrator=True)
    return as_person("Kim Kern")


def text(response: Any) -> str:
    return str(response.content.decode())


def account_of(person: Person) -> Account:
    return Account.objects.get(person=person)


def test_only_a_desk_sees_the_list_of_people(club: Club, desk: Client, administrator: Client) -> None:
    assert Client().get(reverse("accounts:people")).status_code == 302
    assert as_person("Eva Egger").get(reverse("accounts:people")).status_code == 404
    for client in (desk, administrator):
        page = text(client.get(reverse("accounts:people")))
        assert "eva@club.example" in page
    assert as_person("Eva Egger").post(reverse("accounts:invite"), {"way": "slips"}).status_code == 404


def test_the_list_is_read_in_few_queries(
    club: Club, desk: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(12):
        desk.get(reverse("accounts:people"))


def test_people_are_found_by_name_or_address(desk: Client) -> None:
    page = text(desk.get(reverse("accounts:people"), {"q": "egger eva@"}))
    assert "Eva Egger" in page
    assert "Fay Fink" not in page
    assert "Nobody is found" in text(desk.get(reverse("accounts:people"), {"q": "zzz"}))


def test_slips_are_printed_once_with_code_and_drawing(club: Club, desk: Client) -> None:
    chosen = [account_of(person).pk for person in club.members[3:6]]
    page = desk.post(reverse("accounts:invite"), {"account": chosen, "way": "slips", "once": "one"})
    codes = re.findall(r"[0-9A-Z]{5}-[0-9A-Z]{5}-[0-9A-Z]{5}", text(page))
    assert len(codes) == 3
    assert text(page).count("<svg") >= 3
    assert "style=" not in text(page)
    assert "no-store" in page["Cache-Control"]
    again = desk.post(reverse("accounts:invite"), {"account": chosen, "way": "slips", "once": "one"})
    assert again.status_code == 409
    assert Invitation.objects.count() == 3


def test_a_slip_taken_up_signs_in(club: Club, desk: Client) -> None:
    page = desk.post(reverse("accounts:invite"), {"account": [account_of(club.members[3]).pk], "way": "slips"})
    [code] = re.findall(r"slip__code\">([^<]+)<", text(page))
    guest = Client()
    typed = guest.post(reverse("accounts:enter_code"), {"code": code.lower().replace("-", " ")})
    assert typed["Location"] == reverse("accounts:take_up", args=[code])
    assert "Welcome, Dov Dahl" in text(guest.get(typed["Location"]))
    assert Invitation.objects.get().used_at is None
    assert guest.post(typed["Location"], TWICE).status_code == 302
    assert "Dov Dahl" in text(guest.get(reverse("web:me")))
    assert account_of(club.members[3]).check_password(PASSWORD)
    again = Client().post(typed["Location"], TWICE)
    assert again.status_code == 409
    assert "used already" in text(again)
    assert PASSWORD not in text(again)


def test_a_mailed_link_signs_in(club: Club, desk: Client) -> None:
    desk.post(reverse("accounts:invite"), {"account": [account_of(club.members[3]).pk], "way": "mail"})
    link = reverse("accounts:take_up", args=[link_token(Invitation.objects.get().pk)])
    guest = Client()
    assert "Welcome, Dov Dahl" in text(guest.get(link))
    assert guest.post(link, TWICE).status_code == 302
    assert guest.get(reverse("web:me")).status_code == 200


@pytest.mark.parametrize("code", ["00000-00000-00000", "x", "1:2:3", "nonsense:" + "a" * 43])
def test_a_wrong_code_is_told_and_opens_nothing(club: Club, code: str) -> None:
    page = Client().get(reverse("accounts:take_up", args=[code]))
    assert page.status_code == 404
    assert "No invitation has this code" in text(page)
    typed = Client().post(reverse("accounts:enter_code"), {"code": code})
    assert typed.status_code == 422


def test_a_link_by_mail_opens_no_slip(club: Club) -> None:
    make_invitations(by=club.secretary, account_ids=[account_of(club.members[3]).pk], by_mail=False)
    link = reverse("accounts:take_up", args=[link_token(Invitation.objects.get().pk)])
    assert Client().get(link).status_code == 404


def test_an_invitation_that_ended_says_so(club: Club) -> None:
    [slip] = make_invitations(by=club.secretary, account_ids=[account_of(club.members[3]).pk], by_mail=False)
    with clock_at(MONDAY + timedelta(days=15)):
        page = Client().get(reverse("accounts:take_up", args=[slip.code]))
    assert page.status_code == 409
    assert "has ended" in text(page)


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        ("shortish", "shortish", "too short"),
        (PASSWORD, "another fine horse", "differ"),
        ("dov@club-example", "dov@club-example", "similar"),
    ],
)
def test_a_weak_or_mistyped_password_is_asked_again(club: Club, first: str, second: str, told: str) -> None:
    [slip] = make_invitations(by=club.secretary, account_ids=[account_of(club.members[3]).pk], by_mail=False)
    page = Client().post(reverse("accounts:take_up", args=[slip.code]), {"password1": first, "password2": second})
    assert page.status_code == 422
    assert told in text(page)
    assert first not in text(page)
    assert Invitation.objects.get().used_at is None


def test_taking_up_an_invitation_ends_who_was_signed_in_before_on_this_device(club: Club) -> None:
    [slip] = make_invitations(by=club.secretary, account_ids=[account_of(club.members[3]).pk], by_mail=False)
    client = as_person("Eva Egger")
    link = reverse("accounts:take_up", args=[slip.code])
    assert "Eva Egger is signed in" in text(client.get(link))
    client.post(link, TWICE)
    assert "Dov Dahl" in text(client.get(reverse("web:me")))


def test_the_desk_enters_a_person_with_an_account(club: Club, desk: Client) -> None:
    answer = desk.post(reverse("accounts:register"), {"name": "Zoe Zimmer", "email": "zoe@club.example", "once": "one"})
    assert answer.status_code == 302
    assert account_of(Person.objects.get(name="Zoe Zimmer")).email == "zoe@club.example"
    assert Entry.objects.latest("pk").book_id == club.body.book_id
    again = desk.post(reverse("accounts:register"), {"name": "Zoe Zimmer", "email": "zoe@club.example", "once": "one"})
    assert again.status_code == 409
    assert Person.objects.filter(name="Zoe Zimmer").count() == 1


def test_an_address_that_is_none_is_asked_again_with_what_was_typed(desk: Client) -> None:
    page = desk.post(reverse("accounts:register"), {"name": "Zoe Zimmer", "email": "zoe"})
    assert page.status_code == 422
    assert "Zoe Zimmer" in text(page)
    assert not Person.objects.filter(name="Zoe Zimmer").exists()


def test_the_desk_opens_an_account_for_a_person_without(club: Club, desk: Client) -> None:
    desk.post(reverse("accounts:register"), {"name": "Zoe Zimmer"})
    zoe = Person.objects.get(name="Zoe Zimmer")
    desk.post(reverse("accounts:open_account", args=[zoe.pk]), {"email": "zoe@club.example"})
    assert account_of(zoe).is_active
    assert desk.post(reverse("accounts:open_account", args=[10**9]), {"email": "no@club.example"}).status_code == 404


def test_only_an_administrator_closes_and_reopens_accounts(club: Club, desk: Client, administrator: Client) -> None:
    account = account_of(club.members[3])
    assert desk.post(reverse("accounts:close", args=[account.pk])).status_code == 404
    assert administrator.post(reverse("accounts:close", args=[account.pk])).status_code == 302
    assert not account_of(club.members[3]).is_active
    assert administrator.post(reverse("accounts:reopen", args=[account.pk])).status_code == 302
    assert account_of(club.members[3]).is_active
    assert administrator.post(reverse("accounts:close", args=[account_of(club.outsider).pk])).status_code == 409
    assert administrator.post(reverse("accounts:close", args=[10**9])).status_code == 404


def test_nobody_acts_in_a_book_that_is_not_theirs(club: Club, desk: Client) -> None:
    sent = {"account": [account_of(club.members[3]).pk], "way": "slips", "book": club.local.book_id}
    assert desk.post(reverse("accounts:invite"), sent).status_code == 403
    assert Invitation.objects.count() == 0


def test_a_forgotten_password_is_taken_away_by_an_administrator_only(
    club: Club, desk: Client, administrator: Client
) -> None:
    Account.objects.filter(person=club.members[3]).update(password=make_password(PASSWORD))
    sent = {"account": [account_of(club.members[3]).pk], "way": "slips", "anew": "yes"}
    assert desk.post(reverse("accounts:invite"), sent).status_code == 403
    assert administrator.post(reverse("accounts:invite"), sent).status_code == 200
    assert not account_of(club.members[3]).has_usable_password()


def test_ticks_that_are_no_numbers_invite_nobody(desk: Client) -> None:
    page = desk.post(reverse("accounts:invite"), {"account": ["x", "9" * 40, "-1"], "way": "slips"})
    assert page.status_code == 422
    assert "Nobody was invited yet" in text(page)
