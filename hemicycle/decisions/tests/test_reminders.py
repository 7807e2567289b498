"""Due dates in calendars, and the mail about what waits: read by others, and only what their owner may see."""

import logging
import re
import smtplib
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from threading import Event

import pytest
import vobject
from django.core import mail
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from hemicycle.accounts.access import Access
from hemicycle.accounts.acts import close_account
from hemicycle.accounts.models import Account, Person
from hemicycle.decisions import acts
from hemicycle.decisions.digest import catch_up, last_of, taken_up
from hemicycle.decisions.models import CalendarLink, Digest
from hemicycle.decisions.reminders import choose_digest, key_of, make_link
from hemicycle.decisions.tests.test_consulting import called, tree
from hemicycle.decisions.tests.world import APRIL, DUE, decided, issued, received
from hemicycle.demo.club import Club
from hemicycle.journal.clock import clock_at
from hemicycle.voting.tests.test_pages import as_person
from hemicycle.voting.tests.world import at, floor_of

pytestmark = pytest.mark.django_db
MAY = APRIL + timedelta(days=20)


def head(club: Club) -> Person:
    """Return who heads the harbour."""
    return club.members[2]


def address(person: Person, slug: str = "") -> str:
    key = key_of(make_link(person.pk))
    if slug:
        return reverse("decisions:calendar_of_unit", args=[key, slug])
    return reverse("decisions:calendar", args=[key])


def calendar(where: str, client: Client | None = None) -> vobject.base.Component:
    answer = (client or Client()).get(where)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    return vobject.readOne(answer.content.decode())


def test_a_calendar_reads_each_due_date_as_a_task_and_as_a_day(club: Club) -> None:
    directive = received(floor_of(club))
    where = address(head(club))
    with clock_at(MAY):
        found = calendar(where)
        (todo,), (day,) = found.vtodo_list, found.vevent_list
        assert (todo.due.value, day.dtstart.value, day.dtend.value) == (DUE, DUE, DUE + timedelta(1))
        assert todo.summary.value == day.summary.value == "Harbour: Have the roof repaired by a roofer."
        assert todo.status.value == "IN-PROCESS"
        assert todo.uid.value != day.uid.value
        assert f"/directives/{directive.pk}/" in todo.url.value
        before = todo.uid.value
        acts.ask_extension(by=club.head, directive_id=directive.pk, until=DUE + timedelta(9), because="Rain.")
        acts.grant_extension(by=club.chair, directive_id=directive.pk, until=DUE + timedelta(9))
        (todo,) = calendar(where).vtodo_list
        assert (todo.uid.value, todo.due.value) == (before, DUE + timedelta(9))
        acts.withdraw_directive(by=club.chair, directive_id=directive.pk, because="No money.")
        assert "vtodo" not in calendar(where).contents


def test_another_program_takes_the_calendar_in(club: Club, tmp_path: Path) -> None:
    received(floor_of(club))
    with clock_at(MAY):
        content = Client().get(address(head(club))).content
    (tmp_path / "house").mkdir()
    (tmp_path / "tasks.ics").write_bytes(content)
    config = tmp_path / "khal.conf"
    config.write_text(
        f"[calendars]\n[[house]]\npath = {tmp_path / 'house'}\n[locale]\nlocal_timezone = Europe/Berlin\n"
        "default_timezone = Europe/Berlin\ntimeformat = %H:%M\ndateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\n"
        "datetimeformat = %Y-%m-%d %H:%M\nlongdatetimeformat = %Y-%m-%d %H:%M\n"
        f"[sqlite]\npath = {tmp_path / 'khal.db'}\n[default]\ndefault_calendar = house\n"
    )
    khal = [str(Path(sys.executable).with_name("khal")), "-c", str(config)]
    environ = {"HOME": str(tmp_path), "LC_ALL": "C.UTF-8", "PYTHONWARNINGS": "ignore", "PATH": "/usr/bin"}
    shown = ["list", "--format", "{start}|{title}", "--day-format", "", "2026-06-01", "60d"]
    for asked in (["import", "--batch", str(tmp_path / "tasks.ics")], shown):
        ran = subprocess.run([*khal, *asked], env=environ, capture_output=True, text=True, timeout=120, check=False)
        assert ran.returncode == 0, ran.stderr
    assert ran.stdout.splitlines() == ["2026-06-30|Harbour: Have the roof repaired by a roofer."]


def test_a_discussion_to_be_answered_stands_in_the_calendar_until_it_is(club: Club) -> None:
    groups, anchor = tree(club)
    consultation = called(club)
    where = address(club.members[5])
    with clock_at(MAY):
        (todo,) = calendar(where).vtodo_list
        assert todo.summary.value == "Anchor is to answer: How do we pay for the roof?"
        asked = {"consultation_id": consultation.pk, "unit_id": groups[0].pk}
        acts.answer_consultation(by=anchor, **asked, how="noted", text="Noted.")
        assert "vtodo" not in calendar(where).contents


def test_an_address_is_revoked_for_good_and_never_stored(club: Club) -> None:
    received(floor_of(club))
    person = as_person(head(club))
    page = reverse("decisions:reminders")
    with clock_at(MAY):
        assert "/calendar/" not in person.get(page).content.decode()
        assert person.post(reverse("decisions:make_link")).status_code == 302
        text = person.get(page).content.decode()
        first, of_unit = re.findall(r'value="http://testserver([^"]+\.ics)"', text)
        assert calendar(first).vtodo_list
        assert calendar(of_unit).vtodo_list
        assert person.post(reverse("decisions:make_link")).status_code == 302
        assert Client().get(first).status_code == 404
        (second, _of_unit) = re.findall(r'value="http://testserver([^"]+\.ics)"', person.get(page).content.decode())
        assert calendar(second)
        key = second.split("/")[-2]
        assert key not in str(list(CalendarLink.objects.values()))
        assert person.post(reverse("decisions:revoke_link")).status_code == 302
        assert Client().get(second).status_code == 404
        assert Client().get(second.replace(key, key[:-1])).status_code == 404
        assert Client().get(reverse("decisions:calendar", args=["x"])).status_code == 404
    assert Client().post(reverse("decisions:make_link")).status_code == 403
    assert CalendarLink.objects.filter(revoked=None).count() == 0


def test_the_calendar_of_a_closed_account_shows_nothing(club: Club) -> None:
    received(floor_of(club))
    where = address(head(club))
    assert Client().get(where).status_code == 200
    close_account(by=club.administrator, account_id=Account.objects.get(person=head(club)).pk)
    assert Client().get(where).status_code == 404


def test_closed_tasks_stand_in_no_calendar_but_of_those_who_see_them(club: Club) -> None:
    issued(floor_of(club, item_access=Access.BODY))
    everybody = reverse("decisions:unit_calendar", args=["harbour"])
    with clock_at(MAY):
        assert "roof" not in Client().get(everybody).content.decode()
        assert "roof" not in Client().get(address(club.outsider, "harbour")).content.decode()
        own = Client().get(address(head(club)))
        assert "roof" in own.content.decode()
        assert own.headers["Cache-Control"] == "private, no-cache"
        assert "CLASS:PRIVATE" in own.content.decode()
        assert "roof" in Client().get(address(club.members[7], "harbour")).content.decode()


def test_a_calendar_that_did_not_change_is_not_sent_again(
    club: Club, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    received(floor_of(club))
    where = reverse("decisions:unit_calendar", args=["harbour"])
    with clock_at(MAY):
        with django_assert_max_num_queries(8):
            first = Client().get(where)
        assert first.headers["Cache-Control"] == "public, max-age=900"
        again = Client().get(where, headers={"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        with django_assert_max_num_queries(12):
            Client().get(address(head(club)))


@given(st.integers(0, 6), st.dates(date(2020, 1, 1), date(2030, 1, 1)))
def test_the_last_day_of_a_week_is_that_day_and_within_the_week(weekday: int, day: date) -> None:
    found = last_of(weekday, day)
    assert found.weekday() == weekday
    assert timedelta(0) <= day - found < timedelta(7)


def wanting(club: Club, weekday: int) -> Digest:
    """Let the head of the harbour want a mail on a day of the week, chosen on a Monday."""
    with clock_at(APRIL - timedelta(APRIL.weekday())):
        choose_digest(head(club).pk, weekday)
    return Digest.objects.get()


def morning(day: date) -> object:
    """Tell the morning of a day."""
    return clock_at(APRIL.replace(year=day.year, month=day.month, day=day.day, hour=9))


def test_the_mail_comes_once_on_the_day_chosen_and_tells_what_waits(club: Club) -> None:
    directive = issued(floor_of(club))
    monday = APRIL.date() - timedelta(APRIL.weekday())
    wanting(club, 2)
    for days, mails in ((0, 0), (1, 0), (2, 1), (2, 0), (3, 0), (9, 1)):
        with morning(monday + timedelta(days)):
            assert catch_up() == mails, days
    first = mail.outbox[0]
    assert first.to == [head(club).email]
    assert first.subject == "What waits for you in The Club"
    assert "To receive\n- Have the roof repaired by a roofer.\n  Harbour, due 30 June 2026" in first.body
    assert f"/directives/{directive.pk}/" in first.body
    assert "/tasks/reminders/" in first.body
    assert "/tasks/reminders/" in first.extra_headers["List-Unsubscribe"]
    with clock_at(MAY):
        acts.receive_directive(by=club.head, directive_id=directive.pk)
    with morning(DUE - timedelta(3)):
        assert catch_up() == 1
        assert "Due within seven days" in mail.outbox[-1].body
    with morning(DUE + timedelta(7)):
        assert catch_up() == 1
        assert "Overdue\n- Have the roof" in mail.outbox[-1].body


def test_an_empty_mail_is_not_sent_and_a_missed_day_is_made_up_for(club: Club) -> None:
    monday = APRIL.date() - timedelta(APRIL.weekday())
    digest = wanting(club, 2)
    with morning(monday + timedelta(2)):
        assert catch_up() == 0
    digest.refresh_from_db()
    assert (digest.done, mail.outbox) == (monday + timedelta(2), [])
    issued(floor_of(club))
    with morning(monday + timedelta(10)):
        assert catch_up() == 1
        assert catch_up() == 0


def test_the_chair_is_told_what_has_to_be_answered(club: Club) -> None:
    directive = received(floor_of(club))
    with clock_at(APRIL):
        choose_digest(club.members[0].pk, (APRIL.weekday() + 1) % 7)
    with clock_at(MAY):
        acts.report_progress(by=club.head, directive_id=directive.pk, narrative="Tight.", done=True)
    with clock_at(MAY + timedelta(days=7)):
        assert catch_up() == 1
    assert "To answer for what you handed out\n- Have the roof" in mail.outbox[0].body


def test_a_mail_that_did_not_go_is_tried_again_and_the_log_tells_nothing_of_it(
    club: Club, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    issued(floor_of(club))
    digest = wanting(club, 2)
    day = APRIL - timedelta(APRIL.weekday() - 2)

    def fail(self: EmailMessage, *args: object) -> int:
        raise smtplib.SMTPServerDisconnected(head(club).email)

    with caplog.at_level(logging.INFO), clock_at(day.replace(hour=9)):
        with monkeypatch.context() as broken:
            broken.setattr(EmailMessage, "send", fail)
            assert catch_up() == 0
        assert catch_up() == 0
        assert not taken_up(digest.pk)
    with clock_at(day.replace(hour=10)):
        assert catch_up() == 1
    assert len(mail.outbox) == 1
    assert "tried again in ten minutes" in caplog.text
    for secret in (head(club).email, head(club).name, "roof", "Harbour"):
        assert secret not in caplog.text


def test_a_mailer_that_is_told_to_stop_sends_nothing_more(club: Club) -> None:
    issued(floor_of(club))
    wanting(club, 2)
    stop = Event()
    stop.set()
    with clock_at(APRIL + timedelta(14)):
        assert catch_up(stop) == 0
        assert catch_up() == 1


def test_whoever_has_left_gets_no_mail_and_closed_tasks_reach_only_those_who_see_them(club: Club) -> None:
    issued(floor_of(club, item_access=Access.BODY))
    wanting(club, 2)
    with clock_at(APRIL):
        choose_digest(club.outsider.pk, 2)
    with clock_at(APRIL + timedelta(14)):
        close_account(by=club.administrator, account_id=Account.objects.get(person=head(club)).pk)
        assert catch_up() == 0
    assert mail.outbox == []


def test_the_day_is_chosen_changed_and_given_up_on_one_page(club: Club) -> None:
    decided(floor_of(club))
    person, page = as_person(head(club)), reverse("decisions:reminders")
    keep = reverse("decisions:choose_digest")
    with at(30):
        assert page in person.get(reverse("decisions:mine")).content.decode()
        assert person.post(keep, {"weekday": "4"}).status_code == 302
        assert '<option value="4" selected>Friday' in person.get(page).content.decode()
        wrong = person.post(keep, {"weekday": "9"})
        assert (wrong.status_code, "Choose a day of the week, or none." in wrong.content.decode()) == (422, True)
        assert Digest.objects.get().weekday == 4
        assert person.post(keep, {"weekday": ""}).status_code == 302
        assert not Digest.objects.exists()
        Person.objects.filter(pk=head(club).pk).update(email="")
        without = person.post(keep, {"weekday": "1"})
        assert "No mail address is kept for you." in without.content.decode()
    assert Client().get(page).status_code == 302
