"""When a unit ends, its share is free for its successor; what it reported counts, and nobody is asked twice."""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from hemicycle.bodies.acts import NewUnit, end_unit, found_units, move_unit
from hemicycle.bodies.models import Unit
from hemicycle.demo.club import MONDAY, Club
from hemicycle.journal.act import Refused
from hemicycle.journal.clock import clock_at
from hemicycle.journal.verify import verify
from hemicycle.plans.acts import NewFigure, Share, allocate_shares, define_indicator, report_figure, set_target
from hemicycle.plans.models import Figure, Indicator
from hemicycle.plans.queries.board import Board
from hemicycle.plans.rules.measure import OverTime, OverUnits
from hemicycle.plans.tests.test_pages import page
from hemicycle.plans.tests.world import HALF, YEAR, Planned, berths, noon, planned, reported
from hemicycle.voting.tests.test_pages import as_person

END = date(2026, 8, 10)
AFTER = date(2026, 9, 30)


@pytest.fixture(scope="module")
def laid(founded: Club, django_db_blocker: Any) -> Iterator[Planned]:
    from tests.world import taken_back

    with django_db_blocker.unblock(), taken_back():
        with clock_at(MONDAY):
            world = planned(deepcopy(founded))
        yield world


@pytest.fixture
def world(laid: Planned, db: None) -> Planned:
    return deepcopy(laid)


def heir_of(world: Planned) -> Unit:
    """Found the unit that comes after the mill, and end the mill."""
    with clock_at(noon(END)):
        (heir,) = found_units(by=world.club.administrator, units=[NewUnit("New mill", "local", world.club.unit.pk)])
        end_unit(by=world.club.administrator, unit_id=world.other.pk, ends=END, successor_id=heir.pk)
    return Unit.objects.get(pk=heir.pk)


def shares(world: Planned, *given: tuple[Unit, int], indicator: Indicator | None = None) -> None:
    with clock_at(noon(END)):
        allocate_shares(
            by=world.desk,
            indicator_id=(indicator or world.number).pk,
            period_id=world.year.pk,
            over_id=world.club.unit.pk,
            shares=[Share(unit.pk, value) for unit, value in given],
        )


def board(world: Planned, day: date, indicator: Indicator | None = None) -> Board:
    return Board(world.club.body, [indicator or world.number], day)


def test_the_share_of_a_unit_that_ended_goes_to_its_successor_who_answers_for_what_it_reported(world: Planned) -> None:
    reported(world, 30, HALF, by=world.other_head)
    heir = heir_of(world)
    found = board(world, AFTER)
    whole = world.club.unit.pk
    # 275, of which 175 are the harbour's; the 75 of the mill are free again.
    assert found.remainder(world.number, world.year, whole) == 100
    shown = page(Client(), "plans:indicator", world.number.pk)
    shares(world, (heir, 75))
    found = board(world, AFTER)
    assert found.remainder(world.number, world.year, whole) == 25
    assert set(found.reporters(world.number, world.second)) == {world.club.local.pk, heir.pk}
    assert set(found.reporters(world.number, world.first)) == {world.club.local.pk, heir.pk, world.other.pk}
    # In the first part the mill reported, and its successor is not asked for it; the harbour is missing twice.
    total = found.total(world.number, world.year)
    assert (total.value, total.reported, total.expected) == (30, 1, 4)
    own = found.standing(world.number, world.year, heir.pk)
    assert (own.total.value, own.total.reported, own.total.expected, own.amount and own.amount.value) == (30, 1, 2, 75)
    with clock_at(noon(AFTER)):
        new = NewFigure(world.number.pk, world.second.pk, AFTER, 20)
        with pytest.raises(Refused) as refused:
            report_figure(by=world.other_head, unit_id=world.other.pk, new=new)
        assert refused.value.code in {"unit_ended", "other_body"}
        shown = page(Client(), "plans:indicator", world.number.pk)
        assert "Mill ended on" in shown
        assert "with a share of 75 in “Year of the harbour”" in shown
        assert "After it comes New mill." in shown
        head = as_person(world.club.members[3])
        assert "missing" not in page(head, "plans:figures", world.other.slug)
    assert verify() == []


def test_what_a_unit_did_not_report_while_it_stood_stays_missing(world: Planned) -> None:
    heir_of(world)
    total = board(world, AFTER).total(world.number, world.year)
    # The first part of harbour and mill, the second of the harbour alone.
    assert (total.value, total.reported, total.expected) == (None, 0, 3)


def test_a_level_of_a_unit_that_ended_is_not_counted_beside_that_of_its_successor(world: Planned) -> None:
    with clock_at(noon(YEAR[0])):
        members = define_indicator(
            by=world.desk, period_id=world.year.pk, new=replace(berths(), code="M-1", over_time=OverTime.LAST)
        )
        set_target(
            by=world.desk, indicator_id=members.pk, period_id=world.year.pk, value=100, decision_id=world.decision.pk
        )
        allocate_shares(
            by=world.desk,
            indicator_id=members.pk,
            period_id=world.year.pk,
            over_id=world.club.unit.pk,
            shares=[Share(world.other.pk, 60)],
        )
    with clock_at(noon(HALF)):
        report_figure(
            by=world.other_head,
            unit_id=world.other.pk,
            new=NewFigure(members.pk, world.first.pk, HALF, 30, None, "", "-"),
        )
    heir = heir_of(world)
    assert board(world, HALF, members).total(members, world.year).value == 30
    shares(world, (heir, 60), indicator=members)
    # Until its successor reports, the last level stands, and says that one is missing.
    total = board(world, AFTER, members).total(members, world.year)
    assert (total.value, total.reported, total.expected) == (30, 1, 2)
    Figure.objects.create(
        indicator=members,
        definition=members.definitions.get(),
        period=world.second,
        unit=heir,
        number=1,
        as_of=AFTER,
        numerator=44,
        reported=noon(AFTER),
    )
    total = board(world, AFTER, members).total(members, world.year)
    assert (total.value, total.reported, total.expected) == (44, 1, 1)
    # What stood in the first part is told of it as it was.
    series = board(world, AFTER, members).series(members, world.year)
    assert [(one.day, one.value) for one in series] == [(HALF, 30), (AFTER, 44)]


def test_a_unit_that_moved_keeps_its_share_where_it_was_given(world: Planned) -> None:
    with clock_at(noon(HALF)):
        move_unit(by=world.club.administrator, unit_id=world.other.pk, under=world.club.local.pk, starts=HALF)
    with clock_at(noon(HALF + timedelta(days=1))):
        allocate_shares(
            by=world.desk,
            indicator_id=world.number.pk,
            period_id=world.year.pk,
            over_id=world.club.unit.pk,
            shares=[Share(world.club.local.pk, 170), Share(world.other.pk, 70)],
        )
    found = board(world, HALF + timedelta(days=1))
    assert found.remainder(world.number, world.year, world.club.unit.pk) == 35


def test_no_percentage_is_kept_without_what_it_is_a_share_of_and_no_weight_is_below_nought(world: Planned) -> None:
    with clock_at(noon(YEAR[0])):
        with pytest.raises(Refused) as refused:
            define_indicator(
                by=world.desk, period_id=world.year.pk, new=replace(berths(), code="P-1", unit_of_measure="% of boats")
            )
        assert (refused.value.code, refused.value.field) == ("no_denominator", "unit_of_measure")
        weighted = define_indicator(
            by=world.desk, period_id=world.year.pk, new=replace(berths(), code="W-1", over_units=OverUnits.WEIGHTED)
        )
        set_target(
            by=world.desk, indicator_id=weighted.pk, period_id=world.year.pk, value=100, decision_id=world.decision.pk
        )
        for first, second in ((15_000, -5_000), (10_000, 0), (10_000, None)):
            with pytest.raises(Refused) as refused:
                allocate_shares(
                    by=world.desk,
                    indicator_id=weighted.pk,
                    period_id=world.year.pk,
                    over_id=world.club.unit.pk,
                    shares=[Share(world.club.local.pk, 100, first), Share(world.other.pk, 100, second)],
                )
            assert refused.value.sentence.startswith("Every unit has a weight of more than 0 %")
