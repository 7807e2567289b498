"""Whoever is called after the notice went out is written to: alternates in order, delegates named late."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail, signing
from django.template.loader import render_to_string
from django.test import Client

from hemicycle.accounts.models import Person
from hemicycle.demo.club import Club
from hemicycle.journal.models import Entry
from hemicycle.meetings.acts import (
    Asked,
    add_item,
    answer_summons,
    call_for_mandates,
    convene_meeting,
    move_meeting,
    name_delegates,
    summon,
)
from hemicycle.meetings.mail import catch_up, seen_by, shown_to
from hemicycle.meetings.models import Meeting
from hemicycle.meetings.notices import notices_of
from hemicycle.meetings.queries.mandates import answer_key
from hemicycle.meetings.receipts import receipt_key
from hemicycle.meetings.tests.test_calendar import as_one, files, hold_to_golden, steady

FIRST = date(2026, 3, 28)


@pytest.fixture
def meeting(club: Club) -> Meeting:
    start = datetime(2026, 3, 28, 9, tzinfo=UTC)
    called = convene_meeting(
        by=club.chair,
        body_id=club.body.pk,
        title="Spring meeting",
        place="Harbour hall",
        starts=FIRST,
        ends=FIRST,
        sittings=[(start, start + timedelta(hours=2))],
    )
    add_item(by=club.chair, meeting_id=called.pk, title="Fees")
    summon(by=club.secretary, meeting_id=called.pk, text="You are called to the spring meeting.")
    catch_up()
    mail.outbox.clear()
    return called


def sent() -> dict[str, mail.EmailMultiAlternatives]:
    mail.outbox.clear()
    catch_up()
    return {message.to[0]: message for message in mail.outbox}


def answers(club: Club, meeting: Meeting, person: Person, coming: str) -> None:
    answer_summons(by=club.secretary, meeting_id=meeting.pk, person_id=person.pk, coming=coming)


def test_an_alternate_who_is_called_has_a_mail_with_the_invitation(club: Club, meeting: Meeting) -> None:
    answers(club, meeting, club.members[2], "apology")
    letters = sent()
    assert list(letters) == [club.alternate.email]
    letter = letters[club.alternate.email]
    assert "in place of Cleo Costa, who cannot come" in letter.body
    assert answer_key(meeting.pk, club.alternate.pk) in letter.body
    invitation = files(letter)[0]
    assert "METHOD:REQUEST" in invitation
    assert "ROLE=REQ-PARTICIPANT" in invitation
    assert sent() == {}
    hold_to_golden("alternate_called_mail.txt", as_one(letter))


def test_an_alternate_who_is_called_no_more_is_told_and_keeps_their_place(club: Club, meeting: Meeting) -> None:
    answers(club, meeting, club.members[2], "apology")
    sent()
    answers(club, meeting, club.members[2], "coming")
    letter = sent()[club.alternate.email]
    assert "not called in their place any more" in letter.body
    assert answer_key(meeting.pk, club.alternate.pk) not in letter.body
    invitation = files(letter)[0]
    assert "METHOD:REQUEST" in invitation
    assert "ROLE=OPT-PARTICIPANT" in invitation
    hold_to_golden("alternate_freed_mail.txt", as_one(letter))


def named(club: Club, meeting: Meeting, delegates: list[Person]) -> None:
    [call] = call_for_mandates(
        by=club.secretary,
        meeting_id=meeting.pk,
        units=[Asked(club.local.pk, 1, 2)],
        deadline=datetime(2026, 3, 20, 20, tzinfo=UTC),
    )
    keys = [person.pk for person in delegates]
    name_delegates(by=club.head, call_id=call.pk, delegates=keys[:1], alternates=keys[1:])


@pytest.fixture
def mailed(delegates: list[Person]) -> list[Person]:
    for person in delegates:
        person.email = f"{person.slug}@unit.example"
        person.save()
    return delegates[:3]


def test_a_delegate_who_is_named_after_the_notice_is_called_then(
    club: Club, meeting: Meeting, mailed: list[Person]
) -> None:
    named(club, meeting, mailed)
    letters = sent()
    assert list(letters) == [mailed[0].email]
    assert "You are called to the spring meeting." in letters[mailed[0].email].body
    move_meeting(by=club.chair, meeting_id=meeting.pk, starts=date(2026, 4, 11), place="", because="The storm.")
    moved = sent()
    assert mailed[0].email in moved
    assert mailed[1].email not in moved


def test_a_units_alternate_who_is_called_no_more_has_the_invitation_taken_back(
    club: Club, meeting: Meeting, mailed: list[Person]
) -> None:
    named(club, meeting, mailed)
    sent()
    answers(club, meeting, mailed[0], "apology")
    assert "METHOD:REQUEST" in files(sent()[mailed[1].email])[0]
    answers(club, meeting, mailed[0], "coming")
    invitation = files(sent()[mailed[1].email])[0]
    assert "METHOD:CANCEL" in invitation
    assert "STATUS:CANCELLED" in invitation


def test_nobody_is_called_by_mail_before_notice_was_given(club: Club) -> None:
    start = datetime(2026, 4, 28, 9, tzinfo=UTC)
    quiet = convene_meeting(
        by=club.chair,
        body_id=club.body.pk,
        starts=start.date(),
        ends=start.date(),
        sittings=[(start, start + timedelta(hours=1))],
    )
    answers(club, quiet, club.members[2], "apology")
    assert sent() == {}


def test_the_link_in_a_mail_opens_the_page_where_one_answers(club: Club, meeting: Meeting) -> None:
    assert len(answer_key(99, 9_999)) < 24  # Of numbers of our own: those of this test grow with what ran before it.
    key = answer_key(meeting.pk, club.members[3].pk)
    page = Client().get(f"/en/answer/{key}/")
    assert page.status_code == 200
    assert "Dov Dahl" in page.content.decode()
    for wrong in (key[:-1] + ("a" if key[-1] != "a" else "b"), f"1-{10**17}-aaaa", key.replace("-", "_")):
        assert Client().get(f"/en/answer/{wrong}/").status_code == 404
    assert Client().get(f"/en/answer/{key.upper()}/").status_code == 200


def test_a_link_of_before_the_key_was_short_still_opens(club: Club, meeting: Meeting) -> None:
    key = signing.Signer(salt="hemicycle.meetings.answer").sign_object([meeting.pk, club.members[3].pk])
    assert Client().get(f"/en/answer/{key}/").status_code == 200


def test_a_letter_says_how_to_answer(club: Club, meeting: Meeting) -> None:
    entry = Entry.objects.get(kind="meeting.summoned")
    [notice] = notices_of(entry)
    person = club.members[3]
    shown = shown_to(notice.summons, person, seen_by(notice, person)) | {"code": "[code]"}
    told = {"letters": [shown], "news": notice.news(entry), "summons": notice.summons, "lang": "en"}
    text = render_to_string("meetings/paper/letters.html", told)
    assert answer_key(meeting.pk, person.pk) in text
    hold_to_golden("summons_letter.html", steady(text))


def test_the_mail_of_a_meeting_that_is_moved(club: Club, meeting: Meeting) -> None:
    move_meeting(
        by=club.chair, meeting_id=meeting.pk, starts=date(2026, 4, 11), place="Town hall", because="The harbour floods."
    )
    hold_to_golden("summons_moved_mail.txt", as_one(sent()[club.alternate.email]))


def test_the_page_of_the_link_by_which_one_says_that_it_was_received(club: Club, meeting: Meeting) -> None:
    summons = meeting.summonses.get()
    address = f"/en/summons/{receipt_key(summons.pk, club.members[3].pk)}/"
    asks = said_on(Client().get(address).content.decode())
    thanks = said_on(Client().post(address).content.decode())
    hold_to_golden("summons_receipt.txt", f"{asks}\n\n{thanks}\n")


def said_on(page: str) -> str:
    main = page[page.index("<main") : page.index("</main>")]
    words = re.sub(r"<[^>]+>", " ", main)
    return "\n".join(line for line in (" ".join(one.split()) for one in words.splitlines()) if line)
