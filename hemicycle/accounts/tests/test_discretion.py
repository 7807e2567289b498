"""Logs and error reports tell no secrets."""

import logging
import sys

import pytest
from django.core import signing
from django.test import RequestFactory
from django.views.debug import ExceptionReporter, get_exception_reporter_filter

from hemicycle.accounts.codes import link_token, new_code
from hemicycle.accounts.discretion import HIDDEN, DiscreetFormatter, DiscreetReports, hide
from hemicycle.voting.card import issue_card

SECRET, ADDRESS = "cz1k2p-horse", "ann@club.example"


def fail(message: str) -> None:
    raise ValueError(message)


def stumble(secret: str, digits: str) -> int:
    return len(secret) + int(digits)


def logged(message: str, *args: object) -> str:
    formatter = DiscreetFormatter("{message}", style="{")
    try:
        fail(f"Key (email)=({ADDRESS}) already exists")
    except ValueError:
        record = logging.LogRecord("x", logging.ERROR, "x.py", 1, message, args, sys.exc_info())
    return formatter.format(record)


def test_an_address_in_a_message_or_a_traceback_is_hidden() -> None:
    told = logged("No mail for %s", "Ann.Adler+x@club.example")
    assert "club.example" not in told
    assert "ValueError" in told
    assert told.count(HIDDEN) == 2
    assert logged("No mail for %s", "Ann").count(HIDDEN) == 1


@pytest.mark.parametrize(
    "secret",
    [
        new_code(),
        link_token(17),
        signing.dumps({"ballot": 3, "person": 4}, salt="card"),
        signing.Signer().sign("3.4"),
        signing.TimestampSigner().sign("card"),
        issue_card(17, 4),
    ],
)
def test_a_code_a_link_and_a_card_are_hidden_wherever_they_stand(secret: str) -> None:
    for line in (f"Not Found: /en/invitation/{secret}/", f"it was {secret}.", f"Cookie: x={secret}; y=1"):
        assert secret not in hide(line)


@pytest.mark.parametrize(
    "line",
    [
        "Not Found: /en/password/reset/3f-cz1k2p-0123456789abcdef0123456789abcdef/",
        "POST {'login': 'x', 'password': 'cz1k2p-horse'}",
        "GET /box/3/?card=cz1k2p-horse&x=1",
        "Cookie: sessionid=cz1k2p-horse; csrftoken=cz1k2p",
        "<QueryDict: {'once': ['cz1k2p']}>",
    ],
)
def test_what_stands_after_the_name_of_a_secret_is_hidden(line: str) -> None:
    assert "cz1k2p" not in hide(line)


@pytest.mark.parametrize(
    "line",
    [
        "Not Found: /en/bodies/council/terms/3/meetings/2/",
        "2026-03-02 09:00:00 WARNING django.request Bad Request",
        "entry 3:17 ballot.closed 2026-03-02T09:00:00.000000Z",
        "ab12" * 16,
    ],
)
def test_an_ordinary_line_stays_readable(line: str) -> None:
    assert hide(line) == line


def test_the_house_logs_and_reports_through_it(settings: object) -> None:
    from django.conf import settings as house

    assert house.LOGGING["formatters"]["plain"]["()"] == "hemicycle.accounts.discretion.DiscreetFormatter"
    assert {handler["formatter"] for handler in house.LOGGING["handlers"].values()} == {"plain"}
    assert isinstance(get_exception_reporter_filter(RequestFactory().get("/")), DiscreetReports)


def test_an_error_report_repeats_nothing_that_was_sent() -> None:
    request = RequestFactory().post(
        "/en/sign-in/", {"login": ADDRESS, "password": SECRET}, HTTP_COOKIE=f"sessionid={SECRET}"
    )
    try:
        stumble(SECRET, "x")
    except ValueError:
        report = ExceptionReporter(request, *sys.exc_info())
    for told in (report.get_traceback_text(), report.get_traceback_html()):
        assert SECRET not in told
        assert ADDRESS not in told
