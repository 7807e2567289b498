"""Signing in and out: by address and password, limits per account, sessions that cost a page no write."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher, identify_hasher, make_password
from django.core import mail
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hemicycle.accounts.acts import close_account, reopen_account
from hemicycle.accounts.models import Account
from hemicycle.demo.club import Club
from hemicycle.ground import settings as written

PASSWORD = "correct horse battery"
HASHED = make_password(PASSWORD)
HALL = "192.0.2.7"


@pytest.fixture
def signing(club: Club) -> Club:
    """The club, where everybody has the same password."""
    Account.objects.update(password=HASHED)
    return club


def sign_in(client: Client, name: str, password: str = PASSWORD, **more: str) -> HttpResponse:
    return client.post(
        reverse("account_login"),
        {"login": f"{name}@club.example", "password": password, **more},
        REMOTE_ADDR=HALL,
    )  # type: ignore[return-value]


def text(response: Any) -> str:
    return str(response.content.decode())


def test_a_password_is_hashed_with_argon2() -> None:
    assert written.PASSWORD_HASHERS == ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    assert isinstance(identify_hasher(HASHED), Argon2PasswordHasher)


def test_who_knows_the_password_signs_in_whatever_the_capitals(signing: Club, client: Client) -> None:
    assert sign_in(client, "ANN").status_code == 302
    assert client.get(reverse("web:me")).status_code == 200
    assert "Ann Adler" in text(client.get(reverse("web:me")))


def test_a_wrong_password_and_an_unknown_address_are_told_alike(signing: Club, client: Client) -> None:
    wrong, unknown = sign_in(client, "ann", "wrong"), sign_in(client, "nobody", "wrong")
    told = [re.findall(r"<li>(This e-mail.*?)</li>|(This e-mail.*?)<", text(page)) for page in (wrong, unknown)]
    assert told[0] == told[1] != []
    assert [page.status_code for page in (wrong, unknown)] == [200, 200]


def test_ten_failures_close_one_account_for_a_while_and_no_other_in_the_hall(signing: Club, client: Client) -> None:
    for _each in range(10):
        assert "do not belong together" in text(sign_in(client, "ann", "wrong"))
    closed = text(sign_in(client, "ann"))
    assert "too many wrong passwords" in closed
    assert "_auth_user_id" not in client.session
    # Another name for the same house does not open it.
    elsewhere = client.post(
        reverse("account_login"),
        {"login": "Ann@club.example", "password": PASSWORD},
        REMOTE_ADDR="198.51.100.1",
        HTTP_HOST="127.0.0.1",
    )
    assert "too many wrong passwords" in text(elsewhere)
    assert sign_in(Client(), "ben").status_code == 302


def test_an_address_that_nobody_has_is_closed_alike(signing: Club, client: Client) -> None:
    for _each in range(10):
        sign_in(client, "nobody", "wrong")
    assert "too many wrong passwords" in text(sign_in(client, "nobody", "wrong"))


def test_a_hall_signs_in_from_one_address(signing: Club) -> None:
    for _each in range(9):
        sign_in(Client(), "ann", "wrong")
    names = ("ann", "ben", "cleo", "dov", "eva", "fay", "gus", "hal", "ida", "jon") * 3
    assert all(sign_in(Client(), name).status_code == 302 for name in names)


def test_a_new_password_opens_what_failures_closed(signing: Club, client: Client) -> None:
    for _each in range(11):
        sign_in(client, "ann", "wrong")
    client.post(reverse("account_reset_password"), {"email": "ann@club.example"})
    [letter] = mail.outbox
    [link] = re.findall(r"http://testserver(/\S+)", letter.body)
    page = client.get(link, follow=True)
    set_here = page.redirect_chain[-1][0]
    done = client.post(set_here, {"password1": "another fine horse", "password2": "another fine horse"})
    assert done.status_code == 302
    assert sign_in(client, "ann", "another fine horse").status_code == 302


def test_a_reset_link_works_once(signing: Club, client: Client) -> None:
    client.post(reverse("account_reset_password"), {"email": "ann@club.example"})
    [link] = re.findall(r"http://testserver(/\S+)", mail.outbox[0].body)
    set_here = client.get(link, follow=True).redirect_chain[-1][0]
    client.post(set_here, {"password1": "another fine horse", "password2": "another fine horse"})
    again = Client().get(link, follow=True)
    assert "This link no longer works" in text(again)


def test_asking_for_a_letter_tells_nobody_who_has_an_account(signing: Club, client: Client) -> None:
    known = client.post(reverse("account_reset_password"), {"email": "ann@club.example"})
    unknown = client.post(reverse("account_reset_password"), {"email": "nobody@club.example"})
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert [letter.to for letter in mail.outbox] == [["ann@club.example"], ["nobody@club.example"]]
    assert "no account has it" in mail.outbox[1].body


def test_letters_are_limited_per_address(signing: Club, client: Client) -> None:
    answers = [client.post(reverse("account_reset_password"), {"email": "ann@club.example"}) for _each in range(6)]
    assert [answer.status_code for answer in answers] == [302] * 5 + [429]
    assert len(mail.outbox) == 5
    assert client.post(reverse("account_reset_password"), {"email": "ben@club.example"}).status_code == 302


@contextmanager
def no_writes() -> Iterator[CaptureQueriesContext]:
    with CaptureQueriesContext(connection) as queries:
        yield queries
    written = [query["sql"] for query in queries if re.match(r"\s*(INSERT|UPDATE|DELETE|REPLACE)", query["sql"])]
    assert written == []


def test_a_page_of_somebody_signed_in_writes_nothing_and_reads_the_session_once(signing: Club, client: Client) -> None:
    sign_in(client, "ann")
    for _each in range(2):
        with no_writes() as queries:
            assert client.get(reverse("web:me")).status_code == 200
        assert len([query for query in queries if "django_session" in query["sql"]]) == 1
        assert len(queries) <= 12
        assert "sessionid" not in client.get(reverse("web:home")).cookies


def test_a_page_for_strangers_knows_no_session_and_asks_for_none(club: Club, client: Client) -> None:
    with no_writes() as queries:
        assert client.get(reverse("account_login")).status_code == 200
    assert not [query for query in queries if "django_session" in query["sql"]]


@pytest.mark.parametrize(("remember", "ends"), [({}, True), ({"remember": "on"}, False)])
def test_a_lent_device_forgets_who_was_there_unless_asked(
    signing: Club, client: Client, remember: dict[str, str], *, ends: bool
) -> None:
    cookie = sign_in(client, "ann", **remember).cookies["sessionid"]
    assert (cookie["max-age"] == "") is ends
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_signing_out_is_a_form_and_ends_the_session(signing: Club, client: Client) -> None:
    sign_in(client, "ann")
    assert "Sign out" in text(client.get(reverse("account_logout")))
    assert client.get(reverse("web:me")).status_code == 200
    client.post(reverse("account_logout"))
    assert client.get(reverse("web:me")).status_code == 302


def test_a_changed_password_ends_every_other_session(signing: Club, client: Client) -> None:
    elsewhere = Client()
    sign_in(client, "ann")
    sign_in(elsewhere, "ann")
    changed = client.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": "another fine horse", "password2": "another fine horse"},
    )
    assert changed["Location"] == reverse("web:me")
    assert client.get(reverse("web:me")).status_code == 200
    assert elsewhere.get(reverse("web:me")).status_code == 302


def test_the_present_password_is_asked_before_a_new_one(signing: Club, client: Client) -> None:
    sign_in(client, "ann")
    refused = client.post(
        reverse("account_change_password"),
        {"oldpassword": "wrong", "password1": "another fine horse", "password2": "another fine horse"},
    )
    assert "This is not your present password." in text(refused)


def test_closing_an_account_ends_its_sessions_for_good(signing: Club, client: Client) -> None:
    sign_in(client, "ann")
    account = Account.objects.get(email="ann@club.example")
    close_account(by=signing.administrator, account_id=account.pk)
    assert client.get(reverse("web:me")).status_code == 302
    reopen_account(by=signing.administrator, account_id=account.pk)
    assert client.get(reverse("web:me")).status_code == 302


def test_a_password_is_hashed_outside_any_transaction(
    signing: Club, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    outside, seen = len(connection.savepoint_ids), []

    def noted(method: str) -> None:
        before = getattr(Argon2PasswordHasher, method)

        def and_noted(self: Argon2PasswordHasher, *args: Any, **kwargs: Any) -> Any:
            seen.append((method, len(connection.savepoint_ids)))
            return before(self, *args, **kwargs)

        monkeypatch.setattr(Argon2PasswordHasher, method, and_noted)

    noted("verify")
    noted("encode")
    sign_in(client, "ann")
    sign_in(Client(), "nobody")
    client.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": "another fine horse", "password2": "another fine horse"},
    )
    assert {method for method, _depth in seen} == {"verify", "encode"}
    assert {depth for _method, depth in seen} == {outside}


@pytest.mark.parametrize(
    "away", ["https://evil.example/", "//evil.example/x", "/\\evil.example", "javascript:alert(1)"]
)
def test_signing_in_leads_nowhere_else(signing: Club, away: str) -> None:
    for name in ("account_login", "account_logout"):
        client = Client()
        if name == "account_logout":
            sign_in(client, "ann")
        sent = {"login": "ann@club.example", "password": PASSWORD, "next": away}
        assert client.post(reverse(name), sent)["Location"] == reverse("web:home")


def test_signing_in_leads_back_to_where_one_was(signing: Club, client: Client) -> None:
    asked = client.get(reverse("web:me"))
    assert asked["Location"] == f"{reverse('account_login')}?next={reverse('web:me')}"
    assert sign_in(client, "ann", next=reverse("web:me"))["Location"] == reverse("web:me")


def test_nobody_signs_up_by_themselves(club: Club, client: Client) -> None:
    page = client.get(reverse("account_signup"))
    assert "opened by the desk" in text(page)
    before = Account.objects.count()
    client.post(
        reverse("account_signup"),
        {"email": "new@club.example", "password1": PASSWORD, "password2": PASSWORD},
    )
    assert Account.objects.count() == before


@pytest.mark.parametrize("path", ["email/", "confirm-email/", "reauthenticate/", "login/code/", "login/", "3rdparty/"])
def test_what_is_not_used_is_not_there(club: Club, client: Client, path: str) -> None:
    assert client.get(f"/en/{path}").status_code == 404


@pytest.mark.parametrize(
    "name",
    [
        "account_login",
        "account_signup",
        "account_inactive",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key_done",
        "accounts:enter_code",
    ],
)
def test_every_page_of_signing_in_looks_like_the_house(club: Club, client: Client, name: str) -> None:
    page = text(client.get(reverse(name)))
    assert "The Club" in page
    assert 'id="main"' in page
    assert "placeholder=" not in page
    assert "style=" not in page


@pytest.mark.parametrize("name", ["account_change_password", "account_logout", "web:me"])
def test_every_page_of_ones_own_looks_like_the_house(signing: Club, client: Client, name: str) -> None:
    assert client.get(reverse(name)).status_code == 302
    sign_in(client, "ann")
    page = text(client.get(reverse(name)))
    assert 'id="main"' in page
    assert "placeholder=" not in page


def test_every_field_has_its_label(signing: Club, client: Client) -> None:
    pages = [client.get(reverse(name)) for name in ("account_login", "account_reset_password", "accounts:enter_code")]
    sign_in(client, "ann")
    pages.append(client.get(reverse("account_change_password")))
    for page in pages:
        fields = re.findall(r"<input(?![^>]*type=\"hidden\")[^>]*id=\"([^\"]+)\"", text(page))
        assert fields
        assert all(f'for="{field}"' in text(page) for field in fields)


def test_an_account_without_a_password_is_led_to_set_one(club: Club, client: Client) -> None:
    client.force_login(
        Account.objects.get(email="ann@club.example"), backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    page = client.get(reverse("account_change_password"), follow=True)
    assert "Set a password" in text(page)
    sent = {"password1": "another fine horse", "password2": "another fine horse"}
    assert client.post(reverse("account_set_password"), sent).status_code == 302
    assert client.get(reverse("web:me")).status_code == 200


def test_a_forged_form_signs_nobody_in(signing: Club) -> None:
    client = Client(enforce_csrf_checks=True)
    assert sign_in(client, "ann").status_code == 403
