"""The mailer reads the book and sends each notice once to each person it concerns."""

import smtplib
from datetime import timedelta
from threading import Event

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from hemicycle.accounts.models import Person
from hemicycle.demo.club import MONDAY, Club
from hemicycle.journal.clock import clock_at
from hemicycle.meetings.acts import Accredit, accredit_participants, add_item, convene_meeting, summon
from hemicycle.meetings.mail import HOLD, catch_up
from hemicycle.meetings.models import MailPosition, MailSent, Meeting
from hemicycle.meetings.tests.world import DAY, ENDS, STARTS, convened


class Ill(EmailBackend):
    """A mail server that refuses Eva's address, and goes away at Gus's."""

    def send_messages(self, messages: list) -> int:
        [message] = messages
        if message.to == ["eva@club.example"]:
            raise smtplib.SMTPRecipientsRefused({"eva@club.example": (550, b"no such user")})
        if message.to == ["gus@club.example"]:
            raise smtplib.SMTPServerDisconnected("gone")
        return super().send_messages(messages)


def addressees() -> list[str]:
    return sorted(name for message in mail.outbox for name in message.to)


def test_a_notice_goes_once_to_every_member_and_guest_with_an_address(club: Club) -> None:
    gathering = convened(club)
    accredit_participants(
        by=club.secretary,
        sitting_id=gathering.sitting.pk,
        people=[Accredit(club.outsider.pk, "observer"), Accredit(club.members[0].pk, "member")],
    )
    Person.objects.filter(pk=club.members[3].pk).update(email="")
    assert catch_up() == 10
    assert catch_up() == 0
    expected = [person.email for person in (*club.members, club.alternate, club.outsider) if person.name != "Dov Dahl"]
    assert addressees() == sorted(expected)
    [letter] = [message for message in mail.outbox if message.to == ["cleo@club.example"]]
    assert letter.subject == "General Meeting: notice of General Meeting, meeting 1"
    assert "Dear Cleo Costa," in letter.body
    assert "Please come." in letter.body
    assert "1. The boathouse\n2. Fees" in letter.body
    assert "2 March 2026, 10:00" in letter.body
    assert "/en/bodies/general-meeting/terms/1/meetings/1/" in letter.body


def test_a_further_notice_goes_to_everybody_again(club: Club) -> None:
    gathering = convened(club)
    catch_up()
    mail.outbox.clear()
    summon(by=club.secretary, meeting_id=gathering.meeting.pk, text="An hour later.", waive_because="All agreed.")
    assert catch_up() == 10
    assert mail.outbox[0].subject.startswith("General Meeting: new notice of")


def test_nobody_reads_in_their_mail_of_an_item_they_may_not_see(club: Club) -> None:
    meeting: Meeting = convene_meeting(
        by=club.chair, body_id=club.body.pk, starts=DAY, ends=DAY, sittings=[(STARTS, ENDS)]
    )
    add_item(by=club.chair, meeting_id=meeting.pk, title="A grievance", access="body")
    add_item(by=club.chair, meeting_id=meeting.pk, title="Fees")
    accredit_participants(
        by=club.chair, sitting_id=meeting.sittings.get().pk, people=[Accredit(club.outsider.pk, "observer")]
    )
    summon(by=club.chair, meeting_id=meeting.pk, text="Come.", waive_because="Urgent.")
    catch_up()
    said = {message.to[0]: message.body for message in mail.outbox}
    assert "A grievance" in said["cleo@club.example"]
    assert "A grievance" not in said["kim@club.example"]
    assert "1. Fees" in said["kim@club.example"]


def test_a_notice_of_a_meeting_that_is_over_is_not_sent(club: Club) -> None:
    convened(club)
    with clock_at(MONDAY + timedelta(days=2)):
        assert catch_up() == 0
        assert not mail.outbox
        assert (
            MailPosition.objects.get().number == club.body.book.__class__.objects.get(pk=club.body.book_id).head_number
        )


def test_a_mailer_goes_on_where_a_fault_stopped_it(
    club: Club, settings: object, caplog: pytest.LogCaptureFixture
) -> None:
    convened(club)
    backend = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "hemicycle.meetings.tests.test_mail.Ill"
    with caplog.at_level("INFO"), pytest.raises(smtplib.SMTPServerDisconnected):
        catch_up()
    assert MailSent.objects.filter(refused=True).get().person == club.members[4]
    before = addressees()
    settings.EMAIL_BACKEND = backend
    assert catch_up() == 10 - len(before) - 1
    assert len(addressees()) == len(set(addressees())) == 9
    assert "eva@club.example" not in caplog.text
    assert "550" not in caplog.text


def test_a_mailer_told_to_stop_leaves_the_rest_for_the_next(club: Club) -> None:
    convened(club)
    stop = Event()
    stop.set()
    assert catch_up(stop) == 0
    assert not mail.outbox
    assert catch_up() == 10


def test_one_book_is_read_by_one_mailer_at_a_time(club: Club) -> None:
    convened(club)
    MailPosition.objects.create(book=club.body.book, held_until=MONDAY + HOLD)
    assert catch_up() == 0
    with clock_at(MONDAY + HOLD + timedelta(seconds=1)):
        assert catch_up() == 10
