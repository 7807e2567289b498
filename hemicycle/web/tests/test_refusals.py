"""What a person reads where something was not done."""

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import path
from django.utils.module_loading import import_string

from hemicycle.journal.act import Refused
from hemicycle.web import refusals
from hemicycle.web import urls as house


def raising(exception: Exception) -> Callable[[HttpRequest], HttpResponse]:
    def view(request: HttpRequest) -> HttpResponse:
        raise exception

    return view


urlpatterns = [
    *house.urlpatterns,
    path("refused/", raising(Refused("late", "The vote is closed. Your vote stands.", status=409))),
    path("wrong/", raising(Refused("no_name", "A person needs a name.", status=422))),
    path("away/", raising(OperationalError("connection refused"))),
    path("gone/", raising(InterfaceError("connection already closed"))),
    path("unmigrated/", raising(OperationalError("no such column: x"))),
    path("broken/", raising(ValueError("a mistake"))),
    path("big/", raising(RequestDataTooBig("too big"))),
    path("odd/", raising(SuspiciousOperation("odd"))),
    path("closed/", raising(PermissionDenied())),
]
handler400, handler403, handler404, handler500 = (
    import_string(name) for name in (house.handler400, house.handler403, house.handler404, house.handler500)
)

pytestmark = pytest.mark.urls(__name__)


@pytest.fixture
def client(db: None) -> Client:
    return Client(raise_request_exception=False)


def test_a_refusal_says_what_happened_and_keeps_what_was_typed(client: Client) -> None:
    sent = {"text": "A long speech <b>", "password": "secret", "once": "token", "as": "chair"}
    answer = client.post("/refused/", sent, headers={"referer": "http://testserver/en/bodies/?page=2"})
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "The vote is closed. Your vote stands." in text
    assert "A long speech &lt;b&gt;" in text
    assert "secret" not in text
    assert 'href="/en/bodies/?page=2"' in text


def test_a_way_back_leads_nowhere_else(client: Client) -> None:
    answer = client.post("/refused/", headers={"referer": "https://elsewhere.example/trap/"})
    assert "trap" not in answer.content.decode()


def test_a_wrong_input_is_unprocessable(client: Client) -> None:
    assert client.post("/wrong/").status_code == 422


def test_htmx_gets_the_sentence_as_a_notice_above_the_page(client: Client) -> None:
    answer = client.post("/refused/", headers={"hx-request": "true"})
    assert answer.status_code == 409
    assert answer.headers["HX-Retarget"] == "#notices"
    assert 'role="alert"' in answer.content.decode()
    assert "<html" not in answer.content.decode()


@pytest.mark.parametrize("address", ["/away/", "/gone/"])
def test_a_database_that_is_away_is_told_and_the_page_comes_back_by_itself(client: Client, address: str) -> None:
    answer = client.get(address)
    text = answer.content.decode()
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "5"
    assert 'http-equiv="refresh"' in text
    assert "Nothing is lost" in text


def test_a_form_sent_to_a_database_that_is_away_is_not_sent_again_by_itself(client: Client) -> None:
    text = client.post("/away/").content.decode()
    assert "http-equiv" not in text
    assert "send the form again" in text


def test_a_database_that_is_away_before_the_page_is_chosen_is_told_too(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unreachable(_self: object, _request: HttpRequest) -> None:
        raise OperationalError("connection refused")

    monkeypatch.setattr("django.contrib.sessions.middleware.SessionMiddleware.process_request", unreachable)
    assert client.get("/en/").status_code == 503


@pytest.mark.parametrize("address", ["/broken/", "/unmigrated/"])
def test_a_mistake_of_the_program_is_told_without_its_words(client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 500
    assert "was not entered, in whole or in part" in answer.content.decode()
    assert "mistake" not in answer.content.decode()


def test_the_page_of_a_failure_asks_the_database_nothing() -> None:
    # This test has no leave to use the database, so asking it would raise.
    request = RequestFactory().get("/")
    assert refusals.failed(request).status_code == 500
    assert refusals.away(request).status_code == 503


def test_too_much_at_once_is_told_with_its_own_status(client: Client) -> None:
    assert client.get("/big/").status_code == 413
    assert client.get("/odd/").status_code == 400


def test_what_is_not_open_and_what_is_not_there_are_told(client: Client) -> None:
    assert client.get("/closed/").status_code == 403
    answer = client.get("/en/no-such-page/")
    assert answer.status_code == 404
    assert "There is nothing here" in answer.content.decode()
    assert "sign in and try again" in answer.content.decode()


def test_a_form_without_its_token_is_refused_with_what_to_do(db: None) -> None:
    answer = Client(enforce_csrf_checks=True).post("/en/sign-in/", {"login": "ann@club.example", "password": "secret"})
    text = answer.content.decode()
    assert answer.status_code == 403
    assert "reload the page and send the form again" in text
    assert "ann@club.example" in text
    assert "secret" not in text
