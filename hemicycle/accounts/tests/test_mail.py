"""Letters of invitation go once, and none is lost."""

import re
import smtplib
import threading
from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.test import Client

from hemicycle.accounts.acts import close_account, make_invitations
from hemicycle.accounts.mail import catch_up, follow_forever, taken_up
from hemicycle.accounts.models import Account, Invitation
from hemicycle.demo.club import MONDAY, Club
from hemicycle.journal.clock import clock_at


def invite(club: Club, *names: str) -> None:
    accounts = Account.objects.filter(person__name__in=names).values_list("pk", flat=True)
    make_invitations(by=club.secretary, account_ids=list(accounts), by_mail=True)


def test_each_letter_goes_once_with_a_link_that_works(club: Club, client: Client) -> None:
    invite(club, "Eva Egger", "Fay Fink")
    assert catch_up() == 2
    assert catch_up() == 0
    assert [letter.to for letter in mail.outbox] == [["eva@club.example"], ["fay@club.example"]]
    letter = mail.outbox[0]
    assert letter.subject == "Your way into The Club"
    [path] = re.findall(r"http://localhost:\d+(/\S+)", letter.body)
    assert b"Welcome, Eva Egger" in client.get(path).content
    assert "16 March 2026" in letter.body or "16 March 2026" in letter.body


def test_the_link_is_stored_nowhere(club: Club) -> None:
    invite(club, "Eva Egger")
    catch_up()
    [token] = re.findall(r"/invitation/([^/]+)/", mail.outbox[0].body)
    kept = str(list(Invitation.objects.values())) + str(list(club.body.book.entries.values()))
    assert token not in kept


def test_a_letter_taken_up_by_one_mailer_is_left_alone_by_another(club: Club) -> None:
    invite(club, "Eva Egger")
    key = Invitation.objects.get().pk
    assert taken_up(key)
    assert not taken_up(key)
    assert catch_up() == 0
    assert mail.outbox == []


def test_a_letter_that_did_not_go_is_tried_again(club: Club, monkeypatch: pytest.MonkeyPatch) -> None:
    invite(club, "Eva Egger")

    def fail(self: EmailMessage, *args: object) -> int:
        raise smtplib.SMTPServerDisconnected("ann@club.example")

    with monkeypatch.context() as broken:
        broken.setattr(EmailMessage, "send", fail)
        assert catch_up() == 0
    assert catch_up() == 0
    with clock_at(MONDAY + timedelta(minutes=11)):
        assert catch_up() == 1
    assert len(mail.outbox) == 1


def test_no_letter_goes_to_a_closed_account_or_for_an_invitation_that_ended(club: Club) -> None:
    invite(club, "Eva Egger", "Fay Fink")
    close_account(by=club.administrator, account_id=Account.objects.get(person__name="Eva Egger").pk)
    with clock_at(MONDAY + timedelta(days=14)):
        assert catch_up() == 0
    assert catch_up() == 1
    assert mail.outbox[0].to == ["fay@club.example"]


def test_a_slip_is_never_mailed(club: Club) -> None:
    make_invitations(by=club.secretary, account_ids=[Account.objects.order_by("pk")[0].pk], by_mail=False)
    assert catch_up() == 0


def test_the_mailer_stops_when_it_is_told_to(club: Club) -> None:
    stop = threading.Event()
    stop.set()
    follow_forever(stop)
    invite(club, "Eva Egger")
    assert catch_up(stop) == 0
