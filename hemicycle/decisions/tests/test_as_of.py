"""A decision's tasks as of a day: with whom, where the unit stood, and what was reported by then."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from hemicycle.accounts.access import PUBLIC, Access
from hemicycle.bodies.acts import move_unit
from hemicycle.decisions import acts
from hemicycle.decisions.acts import NewAim, Part
from hemicycle.decisions.models import Decision
from hemicycle.decisions.queries.as_of import stood_on
from hemicycle.decisions.tests.test_pages import text_of
from hemicycle.decisions.tests.test_rollup import HOUSES, asked, broken_down, figure, piers, reported
from hemicycle.decisions.tests.world import APRIL, decided
from hemicycle.demo.club import Club
from hemicycle.journal.clock import clock_at
from hemicycle.voting.tests.world import floor_of

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)


def reorganised(club: Club) -> Decision:
    """Report in the first week; in the second move a pier and hand its task over, withdraw another, report anew."""
    decision = decided(floor_of(club))
    whole = asked(club, decision, HOUSES)
    units = piers(club)
    parts = broken_down(whole, [Part(unit.pk, aim=NewAim("sum", target=50)) for unit in units[:2]])
    for part, value in zip(parts, (10, 20), strict=True):
        reported(part, value, moment=APRIL + timedelta(days=1))
    with clock_at(APRIL + WEEK):
        move_unit(by=club.administrator, unit_id=units[0].pk, under=club.unit.pk, starts=(APRIL + WEEK).date())
        acts.hand_over_directive(by=club.head, directive_id=parts[0].pk, unit_id=units[2].pk, because="It moved.")
        acts.withdraw_directive(by=club.head, directive_id=parts[1].pk, because="Sold.")
    return decision


def test_a_reorganisation_leaves_the_tree_of_then_readable(club: Club) -> None:
    decision = reorganised(club)
    before, count = stood_on(PUBLIC, decision, (APRIL + timedelta(days=2)).date())
    assert count == 3
    assert [(one.unit, one.over, one.counted) for one in before] == [
        ("Harbour", ["The Club"], True),
        ("Pier 1", ["Harbour", "The Club"], True),
        ("Pier 2", ["Harbour", "The Club"], True),
    ]
    assert before[0].shown
    assert (before[0].shown.told, before[0].shown.reported) == ("30 of 100 houses (30.0 %)", "2 of 2 reported")
    after, _count = stood_on(PUBLIC, decision, (APRIL + 2 * WEEK).date())
    assert [(one.unit, one.counted) for one in after] == [("Harbour", True), ("Pier 3", True), ("Pier 2", False)]
    assert after[0].shown
    assert after[0].shown.told.startswith("10 of 100")
    assert figure(after[0].directive).value == 10
    with clock_at(APRIL + 3 * WEEK):
        moved, _count = stood_on(PUBLIC, decision, (APRIL - timedelta(days=1)).date())
    assert moved == []


def test_the_page_shows_the_day_that_is_asked_for(
    club: Club, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    decision = reorganised(club)
    keys = [decision.body.slug, decision.number]
    with clock_at(APRIL + 2 * WEEK):
        assert reverse("decisions:tree", args=keys) in text_of(Client(), "decisions:decision", *keys)
        with django_assert_max_num_queries(12):
            then = text_of(Client(), "decisions:tree_table", *keys, on=(APRIL + timedelta(days=2)).date().isoformat())
        today = text_of(Client(), "decisions:tree_table", *keys)
        wrong = text_of(Client(), "decisions:tree_table", *keys, on="soon", status=422)
        later = text_of(Client(), "decisions:tree_table", *keys, on=date(2030, 1, 1).isoformat())
    assert "Harbour › The Club" in then
    assert "30 of 100 houses" in then
    assert "does not count any more" in today
    assert "This is not a day." in wrong
    assert "soon" in wrong
    assert "10 of 100 houses" in later


def test_a_closed_decision_has_no_tree_for_others(club: Club) -> None:
    decision = decided(floor_of(club, item_access=Access.BODY))
    asked(club, decision, HOUSES)
    text_of(Client(), "decisions:tree_table", decision.body.slug, decision.number, status=404)
