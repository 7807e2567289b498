"""Seats handed over, credentials, and the pages on which delegates are named and answer."""

from dataclasses import replace
from datetime import date

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from hemicycle.accounts.models import Person
from hemicycle.bodies.acts import adopt_rules
from hemicycle.bodies.queries import procedure, rules_on
from hemicycle.demo.club import Club
from hemicycle.journal.act import Refused
from hemicycle.journal.models import Entry
from hemicycle.journal.verify import verify
from hemicycle.meetings.acts import (
    accredit_mandates,
    accredit_members,
    adopt_credentials,
    hand_over_seat,
    open_sitting,
    participants_came,
    report_credentials,
    seat_alternate,
)
from hemicycle.meetings.alternates import next_alternate, passed_over
from hemicycle.meetings.models import Participation
from hemicycle.meetings.models.mandates import CredentialsReport, MandateCall
from hemicycle.meetings.queries import quorum_at
from hemicycle.meetings.tests.naming import asked, named, told
from hemicycle.meetings.tests.world import Gathering, convened, signed_in, under_way


def test_the_page_of_a_meeting_asks_those_called_whether_they_come(club: Club, gathering: Gathering) -> None:
    asked(club, gathering, club.local)
    page = "/en/bodies/general-meeting/terms/1/meetings/1/"
    member = signed_in(club.members[2])
    shown = member.get(page).content.decode()
    assert "Say whether you come" in shown
    assert "Name the delegates of your unit" in shown
    assert (
        "will you come?" in member.get(f"/en/meetings/{gathering.meeting.pk}/my-answer/", follow=True).content.decode()
    )
    assert "Asked of you" not in Client().get(page).content.decode()
    assert "Asked of you" not in signed_in(club.outsider).get(page).content.decode()
    assert signed_in(club.outsider).get(f"/en/meetings/{gathering.meeting.pk}/my-answer/").status_code == 404


def test_a_seat_is_handed_over_and_the_quorum_follows_at_once(club: Club) -> None:
    gathering = under_way(club, present=5)
    sitting = gathering.sitting
    member = Participation.objects.get(sitting=sitting, person=club.members[4])
    alternate = Participation.objects.get(sitting=sitting, person=club.alternate)
    hand_over_seat(by=club.secretary, participation_id=member.pk, alternate_id=alternate.pk)
    assert told() == "Eva Egger left, and Jon Jonas took the seat."
    moment = Entry.objects.latest("pk").recorded_at
    assert quorum_at(sitting, moment).present == 5
    alternate.refresh_from_db()
    assert (alternate.capacity, alternate.votes, alternate.stands_for) == ("alternate seated", True, member)
    with pytest.raises(Refused, match="without a seat"):
        hand_over_seat(
            by=club.secretary,
            participation_id=Participation.objects.get(sitting=sitting, person=club.members[3]).pk,
            alternate_id=alternate.pk,
        )
    assert verify() == []


def test_a_seat_is_not_handed_over_by_who_is_absent_or_presides(club: Club) -> None:
    gathering = under_way(club, present=5)
    rows = {row.person_id: row for row in Participation.objects.filter(sitting=gathering.sitting)}
    alternate = rows[club.alternate.pk].pk
    with pytest.raises(Refused, match="not entered as there"):
        hand_over_seat(by=club.secretary, participation_id=rows[club.members[8].pk].pk, alternate_id=alternate)
    with pytest.raises(Refused, match="Let somebody else take the chair"):
        hand_over_seat(by=club.secretary, participation_id=rows[club.members[0].pk].pk, alternate_id=alternate)


def test_an_alternate_takes_no_seat_out_of_order_or_of_somebody_present(
    club: Club, gathering: Gathering, delegates: list[Person]
) -> None:
    named(club, asked(club, gathering, club.local), delegates)
    rows = {row.person_id: row for row in accredit_mandates(by=club.secretary, sitting_id=gathering.sitting.pk)}
    dea, dio, alf, amy, abe = (rows[person.pk].pk for person in delegates)
    participants_came(by=club.secretary, sitting_id=gathering.sitting.pk, participations=[dio, alf, amy, abe])
    with pytest.raises(Refused, match="Alf Arndt comes before Abe Arndt"):
        seat_alternate(by=club.secretary, participation_id=abe, stands_for_id=dea)
    with pytest.raises(Refused, match="nobody can stand for them"):
        seat_alternate(by=club.secretary, participation_id=alf, stands_for_id=dio)
    seat_alternate(by=club.secretary, participation_id=alf, stands_for_id=dea)
    hand_over_seat(by=club.secretary, participation_id=dio, alternate_id=amy)


def test_where_the_rules_say_so_an_alternate_in_a_seat_does_not_vote(club: Club, gathering: Gathering) -> None:
    rules = replace(procedure(rules_on(club.body, date(2026, 3, 2))), alternates_vote=False)
    adopt_rules(by=club.secretary, body_id=club.body.pk, preset=rules, in_force_from=date(2026, 3, 2))
    accredit_members(by=club.secretary, sitting_id=gathering.sitting.pk)
    alternate = Participation.objects.get(sitting=gathering.sitting, person=club.alternate)
    member = Participation.objects.get(sitting=gathering.sitting, person=club.members[7])
    assert not seat_alternate(by=club.secretary, participation_id=alternate.pk, stands_for_id=member.pk).votes


def test_the_sitting_adopts_the_latest_report_on_the_credentials(
    club: Club, gathering: Gathering, delegates: list[Person]
) -> None:
    with pytest.raises(Refused, match="Nobody with a vote is accredited"):
        report_credentials(by=club.secretary, meeting_id=gathering.meeting.pk)
    named(club, asked(club, gathering, club.local), delegates)
    rows = accredit_mandates(by=club.secretary, sitting_id=gathering.sitting.pk)
    participants_came(by=club.secretary, sitting_id=gathering.sitting.pk, participations=[rows[0].pk])
    first = report_credentials(by=club.secretary, meeting_id=gathering.meeting.pk)
    assert first.counts == {
        "units": [{"unit": "Harbour", "asked": 2, "named": 2, "accredited": 2, "present": 1}],
        "accredited": 2,
        "present": 1,
    }
    with pytest.raises(Refused, match="waits for adoption"):
        report_credentials(by=club.secretary, meeting_id=gathering.meeting.pk)
    second = report_credentials(by=club.secretary, meeting_id=gathering.meeting.pk, text="One letter is missing.")
    with pytest.raises(Refused, match="not open yet"):
        adopt_credentials(by=club.secretary, sitting_id=gathering.sitting.pk, report_id=second.pk)


def test_credentials_are_adopted_in_an_open_sitting(club: Club) -> None:
    gathering = under_way(club, present=6)
    first = report_credentials(by=club.secretary, meeting_id=gathering.meeting.pk)
    second = report_credentials(by=club.secretary, meeting_id=gathering.meeting.pk, text="All letters came.")
    with pytest.raises(Refused, match="later report"):
        adopt_credentials(by=club.secretary, sitting_id=gathering.sitting.pk, report_id=first.pk)
    adopt_credentials(by=club.secretary, sitting_id=gathering.sitting.pk, report_id=second.pk)
    assert told() == "The sitting adopted report 2 on the credentials: 9 with a vote, 6 there."
    with pytest.raises(Refused, match="adopted already"):
        adopt_credentials(by=club.secretary, sitting_id=gathering.sitting.pk, report_id=second.pk)
    assert CredentialsReport.objects.get(pk=second.pk).adopted_in == gathering.sitting


def test_the_head_of_a_unit_names_delegates_on_a_page(
    club: Club, gathering: Gathering, delegates: list[Person]
) -> None:
    call = asked(club, gathering, club.local)
    head = signed_in(club.members[2])
    assert "Name them" in head.get(f"/en/meetings/{gathering.meeting.pk}/mandates/").content.decode()
    address = f"/en/mandate-calls/{call.pk}/name/"
    wrong = head.post(address, {"delegates": "Dea Dorn\nNobody Known", "as": "head of unit"})
    assert wrong.status_code == 422
    assert "Nobody, or more than one, is called “Nobody Known”" in wrong.content.decode()
    sent = {"delegates": "Dea Dorn\nDio Dorn", "alternates": "Alf Arndt", "as": "head of unit"}
    assert head.post(address, sent).status_code == 302
    assert [one.person.name for one in call.mandates.all()] == ["Dea Dorn", "Dio Dorn"]
    assert Client().get(address).status_code == 404


def test_the_desk_works_through_the_pages(club: Club, delegates: list[Person], desk: Client) -> None:
    gathering = convened(club)
    meeting, sitting = gathering.meeting.pk, gathering.sitting.pk
    desk.post(
        f"/en/meetings/{meeting}/mandates/call/",
        {"units": [club.local.pk], "delegates": 1, "alternates": 2, "deadline": "2026-03-02"},
    )
    call = MandateCall.objects.get()
    desk.post(f"/en/mandate-calls/{call.pk}/name/", {"delegates": "Dea Dorn", "alternates": "Alf Arndt\nAmy Arndt"})
    desk.post(f"/en/meetings/{meeting}/answers/", {"person": "Dea Dorn", "coming": "apology"})
    assert "Alf Arndt" in desk.get(f"/en/meetings/{meeting}/answers/").content.decode()
    desk.post(f"/en/sittings/{sitting}/accredit-mandates/", {"once": "a"})
    row = Participation.objects.get(person=delegates[0])
    desk.post(f"/en/participations/{row.pk}/came/", {"once": "b"})
    alternate = Participation.objects.get(person=delegates[2])
    assert desk.get(f"/en/sittings/{sitting}/take-mandate/").status_code == 200
    desk.post(f"/en/meetings/{meeting}/credentials/report/", {"text": "In order."})
    open_sitting(by=club.chair, sitting_id=sitting)
    desk.post(f"/en/sittings/{sitting}/credentials/adopt/", {"once": "c"})
    assert "adopted" in desk.get(f"/en/meetings/{meeting}/mandates/").content.decode()
    desk.post(f"/en/participations/{row.pk}/hand-over/", {"alternate": alternate.pk})
    alternate.refresh_from_db()
    assert alternate.stands_for == row


@given(st.lists(st.integers(0, 6), unique=True), st.sets(st.integers(0, 6)), st.sets(st.integers(0, 6)))
def test_who_is_called_is_the_first_in_order_who_can_come(
    ordered: list[int], unable: set[int], called: set[int]
) -> None:
    able = [one for one in ordered if one not in unable | called]
    assert next_alternate(ordered, unable, called) == (able[0] if able else None)


@given(st.lists(st.integers(0, 6), unique=True, min_size=1), st.sets(st.integers(0, 6)), st.sets(st.integers(0, 6)))
def test_nobody_is_passed_over_by_the_first_who_is_there(ordered: list[int], there: set[int], seated: set[int]) -> None:
    free = [one for one in ordered if one in there - seated]
    for wanted in ordered:
        over = passed_over(ordered, wanted, there, seated)
        expected = free[0] if free and ordered.index(free[0]) < ordered.index(wanted) else None
        assert over == expected
