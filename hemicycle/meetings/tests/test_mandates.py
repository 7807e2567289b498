"""Mandates, answers to the summons, credentials and seats handed over: what they write, and what they refuse."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

from hemicycle.accounts.acts import NewPerson, register_persons
from hemicycle.accounts.models import Person
from hemicycle.bodies.acts import NewUnit, end_unit, found_units
from hemicycle.demo.club import Club, acting
from hemicycle.journal.act import Refused
from hemicycle.journal.clock import clock_at
from hemicycle.journal.models import Entry
from hemicycle.journal.verify import verify
from hemicycle.meetings.acts import (
    Asked,
    accredit_mandates,
    answer_summons,
    call_for_mandates,
    name_delegates,
    take_mandate,
)
from hemicycle.meetings.models.mandates import AlternateCall, Mandate, MandateCall
from hemicycle.meetings.queries.mandates import answer_key, forecast
from hemicycle.meetings.tests.naming import DEADLINE, asked, named, told
from hemicycle.meetings.tests.world import Gathering


def test_a_unit_names_its_delegates_and_its_alternates_in_order(
    club: Club, gathering: Gathering, delegates: list[Person]
) -> None:
    call = asked(club, gathering, club.local)
    assert told() == "Harbour was asked to name 2 delegates by 2 March 2026."
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
