"""The pages of bodies and units are public, and show what holds today."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hemicycle.bodies.acts import begin_term, found_body
from hemicycle.bodies.models import Body, Placement, Unit
from hemicycle.bodies.queries import above, below, rules_on
from hemicycle.demo.club import MONDAY, Club
from hemicycle.journal.act import Refused

TODAY = MONDAY.date()


def page(address: str) -> str:
    answer = Client().get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_page_of_bodies_leads_to_each(club: Club) -> None:
    text = page("/en/bodies/")
    assert 'href="/en/bodies/general-meeting/"' in text
    assert "The Club" in text


def test_the_page_of_a_body_names_its_officers_and_counts_its_seats(club: Club) -> None:
    text = page("/en/bodies/general-meeting/")
    for said in ("President", "Ann Adler", "Secretary", "Ben Bloom", "9 of 9 seats held", "1 of 3 seats held"):
        assert said in text
    assert "14 clear days" in text
    assert "more than 1/2" in " ".join(text.split())
    assert "Cleo Costa" not in text
    assert "@club.example" not in text


def test_a_body_without_rules_has_a_page_and_holds_no_meeting_yet(club: Club) -> None:
    body: Body = found_body(
        by=club.administrator, unit_id=club.local.pk, name="Harbour Board", kind="board", time_zone="Europe/Berlin"
    )
    begin_term(by=club.administrator, body_id=body.pk, ordinal=1, starts=date(2026, 1, 1))
    assert "Harbour Board" in page("/en/bodies/harbour-board/")
    with pytest.raises(Refused, match="no rules of procedure yet"):
        rules_on(body, TODAY)


def test_the_page_of_a_unit_names_its_head_and_where_it_stands(club: Club) -> None:
    text = page("/en/units/harbour/")
    assert "Cleo Costa" in text
    assert 'href="/en/units/the-club/"' in text
    assert 'href="/en/units/harbour/"' in page("/en/units/the-club/")
    assert above(club.local, TODAY) == [club.unit]
    assert list(below(club.unit, TODAY)) == [club.local]
    assert list(below(club.unit, date(2025, 1, 1))) == []


def test_a_circle_in_old_placements_does_not_hang_the_page(club: Club) -> None:
    Placement.objects.create(unit=club.unit, parent=club.local, starts=date(2026, 1, 1))
    assert club.unit in above(club.local, TODAY)


def test_a_unit_that_ended_says_what_follows_it(club: Club) -> None:
    Unit.objects.filter(pk=club.local.pk).update(ended=date(2026, 2, 1), successor=club.unit)
    assert "Ended" in page("/en/units/harbour/")


@pytest.mark.parametrize("address", ["/en/bodies/no-such-body/", "/en/units/no-such-unit/"])
def test_a_guessed_address_leads_nowhere(club: Club, address: str) -> None:
    assert Client().get(address).status_code == 404


@pytest.mark.parametrize("address", ["/en/bodies/", "/en/bodies/general-meeting/", "/en/units/harbour/"])
def test_the_pages_keep_to_their_budget_of_queries(club: Club, address: str) -> None:
    with CaptureQueriesContext(connection) as asked:
        page(address)
    assert len(asked) <= 12
