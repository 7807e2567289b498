"""A delegation that is named by its head and number: its head casts its votes, and its unit sees how."""

from datetime import timedelta

import pytest
from django.test import Client

from hemicycle.accounts.access import Viewer
from hemicycle.accounts.acts import NewPerson, register_persons
from hemicycle.accounts.models import Person
from hemicycle.bodies.acts import NewUnit, found_units
from hemicycle.command.recount import recounted
from hemicycle.demo.club import Club
from hemicycle.journal.act import Actor
from hemicycle.journal.models import Entry
from hemicycle.journal.verify import verify
from hemicycle.journal.words import sentence
from hemicycle.meetings.acts import (
    Asked,
    accredit_mandates,
    call_for_mandates,
    name_delegates,
    participants_came,
)
from hemicycle.meetings.models import Participation
from hemicycle.voting.acts import certify_result
from hemicycle.voting.models import Entitled
from hemicycle.voting.queries import recountable
from hemicycle.voting.tests.test_weights import cast, closed, opened, own, signed_in, with_rules
from hemicycle.voting.tests.world import OPENING, Floor, at, floor_of

NUMBER = 4


@pytest.fixture
def head(club: Club) -> Person:
    (person,) = register_persons(by=club.administrator, people=[NewPerson("Dea Dorn")])
    return person


def sent_by_number(floor: Floor, head: Person, number: int = NUMBER) -> list[Participation]:
    """Let the local unit send a delegation by its head and number, and accredit it."""
    club = floor.club
    (call,) = call_for_mandates(
        by=club.secretary,
        meeting_id=floor.meeting.pk,
        units=[Asked(club.local.pk, number, 0)],
        deadline=OPENING + timedelta(hours=2),
    )
    name_delegates(by=club.head, call_id=call.pk, head=head.pk, number=number)
    return accredit_mandates(by=club.secretary, sitting_id=floor.sitting.pk)


def there(floor: Floor, head: Person) -> Participation:
    """Let the head come."""
    row = Participation.objects.get(sitting=floor.sitting, person=head)
    participants_came(by=floor.club.secretary, sitting_id=floor.sitting.pk, participations=[row.pk])
    return row


def test_the_head_of_a_delegation_casts_its_votes_split_and_its_unit_sees_how(club: Club, head: Person) -> None:
    with_rules(club, votes_weighted=True, votes_split=True)
    floor = floor_of(club, present=6)
    with at(4):
        made = sent_by_number(floor, head)
        assert [(str(row), row.votes, row.weight, row.number) for row in made] == [
            ("Dea Dorn", True, NUMBER, None),
            ("Delegation of Harbour, led by Dea Dorn", False, 1, NUMBER - 1),
        ]
        assert sentence(Entry.objects.latest("pk")).endswith("Heads of delegations cast 4 votes for them.")
        there(floor, head)
    with at(5):
        ballot = opened(floor)
        rows = list(ballot.entitled.filter(name="Dea Dorn").order_by("mandate"))
        assert [one.weight for one in rows] == [1] * NUMBER
        assert own(ballot, head) == ["Dea Dorn"] * NUMBER
        assert ballot.members == 9 + NUMBER
        cast(ballot, "for", *rows[:3])
        cast(ballot, "against", rows[3])
    with at(10):
        result = closed(floor, ballot)
    assert (result.votes_for, result.votes_against, result.entitled) == (3, 1, 6 + NUMBER)
    page = f"/en/ballots/{ballot.pk}/"
    # The head of the unit that sent them sees it; members of the body, whose unit is another, and strangers do not.
    assert "How your delegation voted" in signed_in(club.members[2]).get(page).content.decode()
    assert "How your delegation voted" not in signed_in(club.members[1]).get(page).content.decode()
    assert "How your delegation voted" not in Client().get(page).content.decode()
    with at(11):
        certify_result(by=club.chair, result_id=result.pk)
    export = recountable(Viewer(), result)
    assert recounted(export) == export["result"]
    assert verify() == []


def test_a_delegation_is_cast_whole_where_votes_are_not_split(club: Club, head: Person) -> None:
    with_rules(club, votes_weighted=True)
    floor = floor_of(club, present=6)
    with at(4):
        sent_by_number(floor, head)
        there(floor, head)
    with at(5):
        ballot = opened(floor)
        (row,) = Entitled.objects.filter(ballot=ballot, name="Dea Dorn")
        cast(ballot, "for", row)
    with at(10):
        result = closed(floor, ballot)
    assert (row.weight, result.votes_for) == (NUMBER, NUMBER)


def test_where_votes_do_not_weigh_a_delegation_by_number_has_none(club: Club, head: Person) -> None:
    floor = floor_of(club, present=6)
    with at(4):
        (row,) = sent_by_number(floor, head)
    assert (row.person, row.number, row.votes) == (None, NUMBER, False)


def test_a_head_with_a_seat_of_their_own_has_that_vote_alone(club: Club) -> None:
    with_rules(club, votes_weighted=True)
    floor = floor_of(club, present=6)
    with at(4):
        (row,) = sent_by_number(floor, club.members[3])
    assert (row.person, row.number) == (None, NUMBER)
    assert Participation.objects.get(sitting=floor.sitting, person=club.members[3]).weight == 1


def test_a_delegation_of_one_is_its_head(club: Club, head: Person) -> None:
    with_rules(club, votes_weighted=True)
    floor = floor_of(club, present=6)
    with at(4):
        (row,) = sent_by_number(floor, head, number=1)
    assert (row.person, row.votes, row.weight) == (head, True, 1)


@pytest.mark.parametrize("units", [1, 2])
def test_a_head_whom_other_units_named_has_no_votes_of_the_delegation(club: Club, head: Person, units: int) -> None:
    with_rules(club, votes_weighted=True)
    floor = floor_of(club, present=6)
    others = found_units(
        by=club.administrator, units=[NewUnit(f"Pier {number}", "pier", club.local.pk) for number in range(units)]
    )
    with at(4):
        calls = call_for_mandates(
            by=club.secretary,
            meeting_id=floor.meeting.pk,
            units=[Asked(club.local.pk, NUMBER, 0), *(Asked(unit.pk, 1, 0) for unit in others)],
            deadline=OPENING + timedelta(hours=2),
        )
        name_delegates(by=club.head, call_id=calls[0].pk, head=head.pk, number=NUMBER)
        for unit, call in zip(others, calls[1:], strict=True):
            by = Actor("Head", "head of unit", "head of unit", unit.name, unit.book_id)
            name_delegates(by=by, call_id=call.pk, delegates=[head.pk])
        made = accredit_mandates(by=club.secretary, sitting_id=floor.sitting.pk)
    # Named once it is that unit's delegate; named twice it is left out until it says whose.
    assert [(row.group, row.weight) for row in made if row.person == head] == [(others[0], 1)] * (units == 1)
    assert [row.number for row in made if row.delegation] == [NUMBER]
