"""Mandates, answers to the summons, credentials and seats handed over: what they write, and what they refuse."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from hemicycle.accounts.acts import NewPerson, register_persons
from hemicycle.accounts.models import Person
from hemicycle.bodies.acts import NewUnit, adopt_rules, end_unit, found_units
from hemicycle.bodies.models import Unit
from hemicycle.bodies.queries import procedure, rules_on
from hemicycle.demo.club import Club, acting
from hemicycle.journal.act import Refused
from hemicycle.journal.clock import clock_at
from hemicycle.journal.models import Entry
from hemicycle.journal.verify import verify
from hemicycle.journal.words import sentence
from hemicycle.meetings.acts import (
    Asked,
    accredit_mandates,
    accredit_members,
    adopt_credentials,
    answer_summons,
    call_for_mandates,
    hand_over_seat,
    name_delegates,
    open_sitting,
    participants_came,
    report_credentials,
    seat_alternate,
    take_mandate,
)
from hemicycle.meetings.alternates import next_alternate, passed_over
from hemicycle.meetings.models import Participation
from hemicycle.meetings.models.mandates import AlternateCall, CredentialsReport, Mandate, MandateCall
from hemicycle.meetings.queries import quorum_at
from hemicycle.meetings.queries.mandates import answer_key, badge_key, forecast
from hemicycle.meetings.tests.world import Gathering, convened, signed_in, under_way

DEADLINE = datetime(2026, 3, 2, 20, 0, tzinfo=UTC)


def told() -> str:
    return sentence(Entry.objects.latest("pk"))


@pytest.fixture
def gathering(club: Club) -> Gathering:
    return convened(club)


@pytest.fixture
def delegates(club: Club) -> list[Person]:
    names = ["Dea Dorn", "Dio Dorn", "Alf Arndt", "Amy Arndt", "Abe Arndt"]
    return register_persons(by=club.administrator, people=[NewPerson(name) for name in names])


def asked(club: Club, gathering: Gathering, unit: Unit, mandates: int = 2, alternates: int = 3) -> MandateCall:
    [call] = call_for_mandates(
        by=club.secretary,
        meeting_id=gathering.meeting.pk,
        units=[Asked(unit.pk, mandates, alternates)],
        deadline=DEADLINE,
    )
    return call


def named(club: Club, call: MandateCall, people: list[Person]) -> MandateCall:
    keys = [person.pk for person in people]
    return name_delegates(by=club.head, call_id=call.pk, delegates=keys[:2], alternates=keys[2:])


def test_a_unit_names_its_delegates_and_its_alternates_in_order(
    club: Club, gathering: Gathering, delegates: list[Person]
) -> None:
    call = asked(club, gathering, club.local)
    assert told() == "Harbour was asked to name 2 delegates by 2026-03-02."
    named(club, call, delegates)
    assert told() == (
        "Harbour named its delegates: Dea Dorn, Dio Dorn. Alternates, in this order: Alf Arndt, Amy Arndt, Abe Arndt."
    )
    named(club, call, delegates[1:])
    assert [one.person.name for one in call.mandates.all()] == ["Dio Dorn", "Alf Arndt"]
    assert verify() == []


def test_a_unit_sends_a_delegation_by_its_head_and_number(
    club: Club, gathering: Gathering, delegates: list[Person]
) -> None:
    call = asked(club, gathering, club.local, mandates=5)
    name_delegates(by=club.head, call_id=call.pk, head=delegates[0].pk, number=4)
    assert told() == "Harbour sends a delegation of 4, led by Dea Dorn."
    made = accredit_mandates(by=club.secretary, sitting_id=gathering.sitting.pk)
    assert [(row.delegation, row.number, row.votes) for row in made] == [
        ("Delegation of Harbour, led by Dea Dorn", 4, False)
    ]


@pytest.mark.parametrize(
    ("delegating", "alternating", "number", "code"),
    [
        ([], [], None, "nobody_named"),
        ([0, 1, 2], [], None, "too_many_delegates"),
        ([0], [1, 2, 3, 4], None, "too_many_alternates"),
        ([0, 0], [], None, "named_twice"),
        ([0], [0], None, "named_twice"),
        ([0], [], 2, "persons_or_number"),
        ([], [], 3, "too_many_delegates"),
    ],
)
def test_a_unit_names_as_many_as_it_was_asked_for(
    club: Club,
    gathering: Gathering,
    delegates: list[Person],
    delegating: list[int],
    alternating: list[int],
    number: int | None,
    code: str,
) -> None:
    call = asked(club, gathering, club.local)
    with pytest.raises(Refused) as refused:
        name_delegates(
            by=club.head,
            call_id=call.pk,
            delegates=[delegates[n].pk for n in delegating],
            alternates=[delegates[n].pk for n in alternating],
            number=number,
        )
    assert refused.value.code == code
    assert Mandate.objects.count() == 0


def test_after_the_deadline_the_desk_alone_enters_names_and_says_why(
    club: Club, gathering: Gathering, delegates: list[Person]
) -> None:
    call = asked(club, gathering, club.local)
    with clock_at(DEADLINE + timedelta(hours=1)):
        with pytest.raises(Refused, match="Ask the desk of the meeting"):
            named(club, call, delegates)
        with pytest.raises(Refused, match="Say why they are entered later"):
            name_delegates(by=club.secretary, call_id=call.pk, delegates=[delegates[0].pk])
        name_delegates(
            by=club.secretary, call_id=call.pk, delegates=[delegates[0].pk], late_because="The post was slow."
        )
    assert told().endswith("Entered after the deadline: The post was slow.")


def test_a_unit_that_ended_is_asked_for_nobody(club: Club, gathering: Gathering) -> None:
    with clock_at(datetime(2026, 3, 3, 9, 0, tzinfo=UTC)):
        end_unit(by=club.administrator, unit_id=club.local.pk, ends=date(2026, 3, 3), successor_id=club.unit.pk)
    with pytest.raises(Refused, match="names nobody") as refused:
        asked(club, gathering, club.local)
    assert refused.value.sentence.endswith("The Club follows it.")


def test_a_unit_is_asked_once_and_before_the_meeting_ends(club: Club, gathering: Gathering) -> None:
    asked(club, gathering, club.local)
    with pytest.raises(Refused, match="was asked already"):
        asked(club, gathering, club.local)
    with pytest.raises(Refused, match="deadline lies between"):
        call_for_mandates(
            by=club.secretary,
            meeting_id=gathering.meeting.pk,
            units=[Asked(club.unit.pk, 1)],
            deadline=datetime(2026, 4, 1, tzinfo=UTC),
        )


def test_the_head_of_another_unit_names_nobody_here(club: Club, gathering: Gathering, delegates: list[Person]) -> None:
    call = asked(club, gathering, club.unit)
    with pytest.raises(Refused, match="another body"):
        named(club, call, delegates)


def test_delegates_vote_by_their_mandate_and_alternates_have_their_place(
    club: Club, gathering: Gathering, delegates: list[Person]
) -> None:
    named(club, asked(club, gathering, club.local), delegates)
    made = accredit_mandates(by=club.secretary, sitting_id=gathering.sitting.pk)
    assert [(str(row), row.capacity, row.votes, row.seat) for row in made] == [
        ("Dea Dorn", "member", True, None),
        ("Dio Dorn", "member", True, None),
        ("Alf Arndt", "alternate", False, 1),
        ("Amy Arndt", "alternate", False, 2),
        ("Abe Arndt", "alternate", False, 3),
    ]
    with pytest.raises(Refused, match="accredited already"):
        accredit_mandates(by=club.secretary, sitting_id=gathering.sitting.pk)
    with pytest.raises(Refused, match="From now on, alternates take their seats"):
        named(club, MandateCall.objects.get(), delegates)


def test_one_person_with_two_mandates_says_as_whom_and_the_other_goes_to_the_next_alternate(
    club: Club, gathering: Gathering, delegates: list[Person]
) -> None:
    [pier] = found_units(by=club.administrator, units=[NewUnit("Pier", "branch", club.unit.pk)])
    named(club, asked(club, gathering, club.local), delegates)
    call = asked(club, gathering, pier, 1, 2)
    stand_ins = register_persons(by=club.administrator, people=[NewPerson("Una Uhl"), NewPerson("Ugo Uhl")])
    name_delegates(
        by=club.secretary,
        call_id=call.pk,
        delegates=[delegates[0].pk],
        alternates=[person.pk for person in stand_ins],
    )
    accredit_mandates(by=club.secretary, sitting_id=gathering.sitting.pk)
    assert told().endswith("1 named by two units have to say as whom.")
    ours, theirs = Mandate.objects.filter(person=delegates[0]).order_by("pk")
    sitting = gathering.sitting.pk
    with pytest.raises(Refused, match="Dea Dorn is named for this mandate and uses no other"):
        take_mandate(by=club.secretary, sitting_id=sitting, mandate_id=theirs.pk, person_id=stand_ins[0].pk)
    take_mandate(by=club.secretary, sitting_id=sitting, mandate_id=ours.pk)
    assert told() == "Dea Dorn takes part for Harbour, with mandate 1."
    with pytest.raises(Refused, match="One person uses it at a time"):
        take_mandate(by=club.secretary, sitting_id=sitting, mandate_id=ours.pk)
    with pytest.raises(Refused, match="One person uses one mandate"):
        take_mandate(by=club.secretary, sitting_id=sitting, mandate_id=theirs.pk)
    with pytest.raises(Refused, match="Una Uhl comes before Ugo Uhl"):
        take_mandate(by=club.secretary, sitting_id=sitting, mandate_id=theirs.pk, person_id=stand_ins[1].pk)
    with pytest.raises(Refused, match="did not name Kim Kern"):
        take_mandate(by=club.secretary, sitting_id=sitting, mandate_id=theirs.pk, person_id=club.outsider.pk)
    take_mandate(by=club.secretary, sitting_id=sitting, mandate_id=theirs.pk, person_id=stand_ins[0].pk)
    assert told() == "Una Uhl, alternate, took mandate 1 of Pier."


def test_an_apology_calls_the_next_alternate_who_can_come(
    club: Club, gathering: Gathering, delegates: list[Person]
) -> None:
    named(club, asked(club, gathering, club.local), delegates)
    dea, dio, alf, amy, abe = delegates

    def answers(person: Person, coming: str) -> str:
        answer_summons(by=club.secretary, meeting_id=gathering.meeting.pk, person_id=person.pk, coming=coming)
        return told()

    assert answers(alf, "apology") == "Alf Arndt sent an apology."
    assert answers(dea, "apology") == "Dea Dorn sent an apology. Amy Arndt was called instead."
    assert answers(amy, "apology") == "Amy Arndt sent an apology. Abe Arndt was called instead."
    assert answers(dio, "apology") == "Dio Dorn sent an apology."
    assert answers(dea, "coming") == "Dea Dorn is coming. Abe Arndt is called no more."
    assert answers(abe, "remote") == "Abe Arndt takes part from elsewhere."
    assert AlternateCall.objects.filter(withdrawn=None).count() == 0
    with pytest.raises(Refused, match="stands in the book already"):
        answers(abe, "remote")
    with pytest.raises(Refused, match="not called to this meeting"):
        answers(club.outsider, "coming")
    assert verify() == []


def test_answers_forecast_the_quorum(club: Club, gathering: Gathering) -> None:
    def answers(person: Person, coming: str) -> None:
        answer_summons(by=club.secretary, meeting_id=gathering.meeting.pk, person_id=person.pk, coming=coming)

    for member in club.members[:4]:
        answers(member, "coming")
    answers(club.members[4], "apology")
    found = forecast(gathering.meeting)
    assert (found.whole, found.needed, found.coming, found.apologies, found.silent) == (9, 5, 4, 1, 4)
    assert (found.reached, found.possible) == (False, True)
    assert [one.called for one in found.people if one.called] == [club.alternate]
    answers(club.alternate, "remote")
    assert forecast(gathering.meeting).reached


def test_nobody_answers_for_another_but_the_desk(club: Club, gathering: Gathering) -> None:
    member = acting(club.members[3], "member")
    with pytest.raises(Refused, match="only for yourself"):
        answer_summons(by=member, meeting_id=gathering.meeting.pk, person_id=club.members[4].pk, coming="coming")
    answer_summons(by=member, meeting_id=gathering.meeting.pk, person_id=club.members[3].pk, coming="coming")


def test_a_summons_is_answered_by_link_without_signing_in(club: Club, gathering: Gathering) -> None:
    address = f"/en/answer/{answer_key(gathering.meeting.pk, club.members[5].pk)}/"
    before = Entry.objects.count()
    assert "will you come?" in Client().get(address).content.decode()
    assert Entry.objects.count() == before
    shown = Client().post(address, {"coming": "apology"}, follow=True).content.decode()
    assert "sends an apology" in shown
    assert told() == "Fay Fink sent an apology. Jon Jonas was called instead."
    instead = Client().get(f"/en/answer/{answer_key(gathering.meeting.pk, club.alternate.pk)}/").content.decode()
    assert "You are called in place of Fay Fink" in instead
    assert Client().post(address, {"coming": "perhaps"}).status_code == 422
    assert Client().get("/en/answer/forged/").status_code == 404


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


def test_a_badge_leads_the_desk_to_its_person_and_nobody_else(club: Club, gathering: Gathering, desk: Client) -> None:
    accredit_members(by=club.secretary, sitting_id=gathering.sitting.pk)
    row = Participation.objects.get(sitting=gathering.sitting, person=club.members[6])
    sheet = desk.get(f"/en/sittings/{gathering.sitting.pk}/badges/").content.decode()
    assert sheet.count('class="qr"') == 10
    address = f"/en/check-in/{badge_key(row.pk)}/"
    assert Client().get(address).status_code == 302
    assert "Enter as there" in desk.get(address).content.decode()
    assert "Enter as there" in signed_in(club.members[6]).get(address).content.decode()
    assert "Enter as there" not in signed_in(club.members[5]).get(address).content.decode()
    desk.post(f"/en/participations/{row.pk}/came/", {"next": address})
    assert "Enter as gone" in desk.get(address).content.decode()
    assert desk.get("/en/check-in/forged/").status_code == 404


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
