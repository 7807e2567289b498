"""Planning, setting, sharing out and reporting: the rows, the entries, and every refusal with its sentence."""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from hemicycle.bodies.acts import NewUnit, end_unit, found_units
from hemicycle.bodies.day import zone_of
from hemicycle.demo.club import MONDAY, Club
from hemicycle.journal.act import Refused
from hemicycle.journal.clock import clock_at
from hemicycle.journal.models import Book, Entry
from hemicycle.journal.verify import verify
from hemicycle.journal.words import sentence
from hemicycle.plans.acts import (
    NewFigure,
    NewIndicator,
    NewPeriod,
    Share,
    allocate_shares,
    close_period,
    define_indicator,
    dispute_figure,
    plan_period,
    redefine_indicator,
    report_figure,
    review_figure,
    set_target,
)
from hemicycle.plans.models import Figure, Period, Target
from hemicycle.plans.queries.board import Board
from hemicycle.plans.queries.pictures import burn_up_of
from hemicycle.plans.queries.shown import versions_told
from hemicycle.plans.rules.measure import Light, OverUnits
from hemicycle.plans.rules.periods import PeriodKind
from hemicycle.plans.tests.world import HALF, Planned, berths, noon, planned, reported, safe, share_out

APRIL = date(2026, 4, 20)


@pytest.fixture(scope="module")
def laid(founded: Club, django_db_blocker: Any) -> Iterator[Planned]:
    from tests.world import taken_back

    with django_db_blocker.unblock(), taken_back():
        with clock_at(MONDAY):
            world = planned(deepcopy(founded))
        yield world


@pytest.fixture
def world(laid: Planned, db: None) -> Iterator[Planned]:
    with clock_at(noon(APRIL)):
        yield deepcopy(laid)


def last(book: int) -> Entry:
    return Entry.objects.filter(book=book).latest("number")


def refused(code: str, act: Any, **kwargs: Any) -> str:
    heads = list(Book.objects.order_by("pk").values_list("head_number", flat=True))
    with pytest.raises(Refused) as caught:
        act(**kwargs)
    assert caught.value.code == code
    assert list(Book.objects.order_by("pk").values_list("head_number", flat=True)) == heads
    return caught.value.sentence


def board(world: Planned, day: date) -> Board:
    return Board(world.club.body, [world.number, world.rate], day)


def test_every_act_of_a_plan_stands_in_the_book_and_its_rows_hold(world: Planned) -> None:
    figure = reported(world, 12, APRIL)
    review_figure(by=world.desk, figure_id=figure.pk)
    dispute_figure(by=world.desk, figure_id=figure.pk, reason="Two berths are counted twice.")
    redefine_indicator(
        by=world.desk,
        indicator_id=world.number.pk,
        text="Berths in use.",
        counts="berths",
        reason="Moorings count too.",
    )
    set_target(
        by=world.desk,
        indicator_id=world.number.pk,
        period_id=world.year.pk,
        value=300,
        decision_id=world.decision.pk,
        reason="The mole was given to us.",
    )
    told = [sentence(entry) for entry in Entry.objects.filter(book=world.club.body.book_id).order_by("number")][-9:]
    assert told[-1] == (
        "The target of B-1 for “Year of the harbour” was changed by decision 1 from 275 to 300 berths: "
        "The mole was given to us."
    )
    assert told[-2].startswith("What B-1 counts was defined anew, in version 2: Berths in use.")
    assert told[-3].endswith("12, was disputed: Two berths are counted twice.")
    assert told[0].startswith("“Eighty days” was planned, from 1 May 2026")
    assert any("gave 2 units their shares of B-1" in one for one in told)
    in_unit = sentence(last(world.club.local.book_id))
    assert in_unit == "Harbour reported 12 for B-1, “First part”, as of 20 April 2026."
    assert not verify()


def test_a_part_lies_within_its_period_is_shorter_and_has_no_day_of_another_part(world: Planned) -> None:
    def part(kind: PeriodKind, starts: date, ends: date, parent: Period) -> dict[str, Any]:
        new = NewPeriod(kind, "A part", starts, ends, parent.pk)
        return {"by": world.desk, "body_id": world.club.body.pk, "new": new}

    day = date(2026, 12, 1)
    refused("does_not_nest", plan_period, **part(PeriodKind.PLAN, day, day, world.year))
    refused("does_not_nest", plan_period, **part(PeriodKind.QUARTER, day, date(2027, 1, 1), world.year))
    refused("does_not_nest", plan_period, **part(PeriodKind.CAMPAIGN, date(2026, 5, 2), day, world.campaign))
    refused("ends_before_start", plan_period, **part(PeriodKind.QUARTER, day, date(2026, 11, 1), world.year))
    assert "Second part" in refused("periods_overlap", plan_period, **part(PeriodKind.QUARTER, day, day, world.year))
    with pytest.raises(IntegrityError), transaction.atomic():
        Period.objects.filter(pk=world.year.pk).update(ends=date(2026, 1, 1))


def test_a_period_with_figures_of_a_longer_ones_indicator_is_not_divided(world: Planned) -> None:
    def lasting(kind: PeriodKind, title: str, days: tuple[date, date], parent: Period | None = None) -> dict[str, Any]:
        new = NewPeriod(kind, title, *days, parent.pk if parent else None)
        return {"by": world.desk, "body_id": world.club.body.pk, "new": new}

    january, june = date(2027, 1, 1), date(2027, 6, 30)
    five = plan_period(**lasting(PeriodKind.PLAN, "Five years", (january, date(2031, 12, 31))))
    year = plan_period(**lasting(PeriodKind.YEAR, "First year", (january, date(2027, 12, 31)), five))
    boats = define_indicator(by=world.desk, period_id=five.pk, new=replace(safe(), code="S-2"))
    with clock_at(noon(date(2027, 2, 1))):
        new = NewFigure(boats.pk, year.pk, january, 3, 4)
        report_figure(by=world.desk, unit_id=world.club.unit.pk, new=new)
        refused("has_figures", plan_period, **lasting(PeriodKind.QUARTER, "Half", (january, june), year))
        plan_period(**lasting(PeriodKind.CAMPAIGN, "Spring", (january, june), year))


def test_a_campaign_has_eighty_days_and_not_one_more(world: Planned) -> None:
    from hemicycle.plans.queries.board import span_of

    span = span_of(world.campaign)
    assert (span.days, span.day_number(date(2026, 5, 1)), span.days_left(date(2026, 5, 23))) == (80, 1, 57)
    assert (span.day_number(date(2026, 4, 30)), span.days_left(date(2026, 7, 19))) == (0, 0)


@pytest.mark.parametrize(
    ("code", "changed"),
    [
        ("no_denominator", {"out_of": " "}),
        ("rates_are_not_added", {"over_units": OverUnits.SUM}),
        ("no_code", {"code": "small"}),
        ("code_taken", {"code": "B-1"}),
        ("no_definition", {"definition": ""}),
        ("no_places", {"places": 5}),
        ("no_per", {"per": 0}),
    ],
)
def test_an_indicator_that_cannot_be_told_is_refused(world: Planned, code: str, changed: dict[str, Any]) -> None:
    new = replace(safe(), **{"code": "S-2", **changed})
    refused(code, define_indicator, by=world.desk, period_id=world.year.pk, new=new)


def test_a_target_is_set_by_a_decision_of_the_body_alone(world: Planned) -> None:
    target = {"by": world.desk, "indicator_id": world.number.pk, "period_id": world.year.pk, "value": 300}
    refused("no_such_decision", set_target, **target, decision_id=987_654, reason="Why.")
    refused("no_reason", set_target, **target, decision_id=world.decision.pk)
    refused("same_target", set_target, **{**target, "value": 275}, decision_id=world.decision.pk)
    refused("no_bounds", set_target, **target, upper=400, decision_id=world.decision.pk)
    refused("no_right", set_target, **{**target, "by": world.club.head}, decision_id=world.decision.pk)
    set_target(**target, decision_id=world.decision.pk, reason="More boats came.")
    versions = Target.objects.filter(indicator=world.number).order_by("version")
    assert [(one.version, one.value, one.reason) for one in versions] == [(1, 275, ""), (2, 300, "More boats came.")]
    with pytest.raises(IntegrityError), transaction.atomic():
        versions.update(value=1)


def test_a_target_holds_from_the_day_at_the_place_of_the_body(world: Planned) -> None:
    body = world.club.body
    body.time_zone = "Pacific/Kiritimati"
    there = Target.objects.get().entered.astimezone(zone_of(body)).date()
    assert there == Target.objects.get().entered.date() + timedelta(days=1)
    found = Board(body, [world.number], APRIL)
    assert [one.day for one in versions_told(found, world.number, world.year)] == [there]
    drawn = burn_up_of(found, world.number, world.year)
    assert drawn is not None
    assert [one.day for one in drawn.targets] == [there]


def test_the_unallocated_remainder_is_what_is_left_and_no_more_is_given_than_there_is(world: Planned) -> None:
    assert board(world, APRIL).remainder(world.number, world.year, world.club.unit.pk) == 25
    with pytest.raises(Refused, match="275") as caught:
        share_out(world, (world.other, 101))
    assert caught.value.code == "more_than_there_is"
    share_out(world, (world.other, 100))
    assert board(world, APRIL).remainder(world.number, world.year, world.club.unit.pk) == 0
    reported(world, 12, APRIL)
    (pier,) = found_units(by=world.club.administrator, units=[NewUnit("Pier", "group", world.club.local.pk)])
    own = {"indicator_id": world.number.pk, "period_id": world.year.pk, "over_id": world.club.local.pk}
    refused("reported_itself", allocate_shares, by=world.club.head, **own, shares=[Share(pier.pk, 5)])
    own["over_id"] = world.other.pk
    refused("unit_elsewhere", allocate_shares, by=world.other_head, **own, shares=[Share(pier.pk, 5)])
    refused("other_body", allocate_shares, by=world.club.head, **own, shares=[Share(pier.pk, 5)])


def test_whoever_has_a_share_in_the_year_reports_in_each_part_of_it(world: Planned) -> None:
    target = {"indicator_id": world.number.pk, "period_id": world.first.pk, "decision_id": world.decision.pk}
    set_target(by=world.desk, **target, value=100)
    key = {"indicator_id": world.number.pk, "period_id": world.first.pk, "over_id": world.club.unit.pk}
    allocate_shares(by=world.desk, **key, shares=[Share(world.other.pk, 60)])
    both = {world.club.local.pk, world.other.pk}
    found = board(world, APRIL)
    assert set(found.reporters(world.number, world.first)) == both == set(found.reporters(world.number, world.year))
    reported(world, 12, APRIL)
    (figure,) = Figure.objects.all()
    assert (figure.unit, board(world, APRIL).total(world.number, world.first).reported) == (world.club.local, 1)


def test_weights_of_a_part_are_given_to_the_units_of_the_whole(world: Planned) -> None:
    weighted = define_indicator(
        by=world.desk, period_id=world.year.pk, new=replace(berths(), code="W-1", over_units=OverUnits.WEIGHTED)
    )
    for period in (world.year, world.first):
        target = {"indicator_id": weighted.pk, "period_id": period.pk, "decision_id": world.decision.pk}
        set_target(by=world.desk, **target, value=100)
    key = {"indicator_id": weighted.pk, "over_id": world.club.unit.pk}
    halves = [Share(world.club.local.pk, 100, 5_000), Share(world.other.pk, 100, 5_000)]
    allocate_shares(by=world.desk, **key, period_id=world.year.pk, shares=halves)
    alone = [Share(world.other.pk, 100, 10_000)]
    refused("other_units", allocate_shares, by=world.desk, **key, period_id=world.first.pk, shares=alone)
    allocate_shares(by=world.desk, **key, period_id=world.first.pk, shares=halves)


def test_a_share_handed_on_is_reported_by_those_who_have_it(world: Planned) -> None:
    (pier,) = found_units(by=world.club.administrator, units=[NewUnit("Pier", "group", world.club.local.pk)])
    own = {"indicator_id": world.number.pk, "period_id": world.year.pk, "over_id": world.club.local.pk}
    allocate_shares(by=world.club.head, **own, shares=[Share(pier.pk, 170)])
    found = board(world, APRIL)
    assert found.remainder(world.number, world.year, world.club.local.pk) == 5
    assert set(found.reporters(world.number, world.year)) == {pier.pk, world.other.pk}
    new = NewFigure(world.number.pk, world.first.pk, APRIL, 12)
    assert "handed its share" in refused(
        "no_share", report_figure, by=world.club.head, unit_id=world.club.local.pk, new=new
    )
    with pytest.raises(Refused) as caught:
        share_out(world, (world.club.local, 100))
    assert caught.value.code == "less_than_handed_on"


def test_weights_come_to_the_whole_or_are_refused(world: Planned) -> None:
    new = NewIndicator(
        "W-1", "Order", "points", "Points of the audit.", "points", over_units=OverUnits.WEIGHTED, places=1
    )
    order = define_indicator(by=world.desk, period_id=world.year.pk, new=new)
    where = {"indicator_id": order.pk, "period_id": world.year.pk}
    set_target(by=world.desk, **where, value=800, decision_id=world.decision.pk)
    units = (world.club.local.pk, world.other.pk)
    given = {"by": world.desk, **where, "over_id": world.club.unit.pk}
    wrong = [Share(key, 800, weight) for key, weight in zip(units, (6000, 3999), strict=True)]
    assert "99.99 %" in refused("weights_do_not_sum", allocate_shares, **given, shares=wrong)
    allocate_shares(**given, shares=[Share(key, 800, weight) for key, weight in zip(units, (6000, 4000), strict=True)])


def test_weights_of_shares_that_were_handed_on_are_multiplied(world: Planned) -> None:
    new = NewIndicator("W-1", "Order", "points", "Points of the audit.", "points", over_units=OverUnits.WEIGHTED)
    order = define_indicator(by=world.desk, period_id=world.first.pk, new=new)
    where = {"indicator_id": order.pk, "period_id": world.first.pk}
    set_target(by=world.desk, **where, value=80, decision_id=world.decision.pk)
    local, other = world.club.local, world.other
    shares = [Share(local.pk, 80, 6000), Share(other.pk, 80, 4000)]
    allocate_shares(by=world.desk, **where, over_id=world.club.unit.pk, shares=shares)
    units = [NewUnit(name, "group", local.pk) for name in ("Pier", "Mole")]
    pier, mole = found_units(by=world.club.administrator, units=units)
    handed = [Share(pier.pk, 80, 2500), Share(mole.pk, 80, 7500)]
    allocate_shares(by=world.club.head, **where, over_id=local.pk, shares=handed)
    Figure.objects.bulk_create(
        Figure(
            **where,
            definition=order.definitions.get(),
            unit=unit,
            number=1,
            as_of=APRIL,
            numerator=value,
            reported=noon(APRIL),
        )
        for unit, value in ((pier, 40), (mole, 80), (other, 100))
    )
    found = Board(world.club.body, [order], APRIL)
    values = [found.standing(order, world.first, unit.pk).value for unit in (pier, other, local, world.club.unit)]
    assert values == [40, 100, 70, 82]


def test_a_report_is_refused_where_it_cannot_be_true(world: Planned) -> None:
    new = NewFigure(world.number.pk, world.first.pk, APRIL, 12)
    by = {"by": world.club.head, "unit_id": world.club.local.pk}
    for code, changed in (
        ("period_has_parts", {"period_id": world.year.pk}),
        ("not_measured", {"period_id": world.campaign.pk}),
        ("outside_the_period", {"as_of": APRIL + timedelta(days=1)}),
        ("outside_the_period", {"as_of": date(2026, 3, 31)}),
        ("no_rate", {"denominator": 3}),
        ("no_explanation", {"numerator": 9}),
    ):
        refused(code, report_figure, **by, new=replace(new, **changed))
    rate = NewFigure(world.rate.pk, world.first.pk, APRIL, 12)
    refused("no_share", report_figure, **by, new=rate)
    whole = {"by": world.desk, "unit_id": world.club.unit.pk}
    refused("no_denominator", report_figure, **whole, new=rate)
    refused("no_denominator", report_figure, **whole, new=replace(rate, denominator=0))
    report_figure(**whole, new=replace(rate, denominator=40))
    refused("other_body", report_figure, by=world.other_head, unit_id=world.club.local.pk, new=new)
    reported(world, 9, APRIL, why="The crane is broken.")
    refused(
        "figure_reported",
        report_figure,
        **by,
        new=NewFigure(
            world.number.pk, world.first.pk, APRIL, 9, evidence="Logbook, p. 3", explanation="The crane is broken."
        ),
    )


def test_nothing_is_reported_on_a_closed_period_nor_on_a_part_of_one(world: Planned) -> None:
    figure, after = reported(world, 12, APRIL), HALF + timedelta(days=3)
    with clock_at(noon(after)):
        refused("not_over", close_period, by=world.desk, period_id=world.second.pk)
        close_period(by=world.desk, period_id=world.first.pk)
        new = NewFigure(world.number.pk, world.first.pk, HALF, 95)
        refused("period_closed", report_figure, by=world.club.head, unit_id=world.club.local.pk, new=new)
        refused("period_closed", close_period, by=world.desk, period_id=world.first.pk)
        refused("period_closed", review_figure, by=world.desk, figure_id=figure.pk)
        refused("period_closed", dispute_figure, by=world.desk, figure_id=figure.pk, reason="Counted twice.")
    with clock_at(noon(date(2027, 1, 4))):
        close_period(by=world.desk, period_id=world.year.pk)
        new = replace(new, period_id=world.second.pk, as_of=date(2026, 12, 1))
        refused("period_closed", report_figure, by=world.club.head, unit_id=world.club.local.pk, new=new)


def test_a_unit_that_ended_reports_nothing_and_gets_no_share(world: Planned) -> None:
    end_unit(by=world.club.administrator, unit_id=world.other.pk, ends=APRIL - timedelta(days=1))
    new = NewFigure(world.number.pk, world.first.pk, APRIL, 12)
    refused("unit_ended", report_figure, by=world.other_head, unit_id=world.other.pk, new=new)
    with pytest.raises(Refused, match="ended") as caught:
        share_out(world, (world.other, 10))
    assert caught.value.code == "unit_ended"


def test_nobody_reviews_their_own_figure(world: Planned) -> None:
    figure = reported(world, 12, APRIL)
    refused("own_figure", review_figure, by=world.club.head, figure_id=figure.pk)
    refused(
        "own_figure",
        dispute_figure,
        by=replace(world.desk, person=world.club.head.person),
        figure_id=figure.pk,
        reason="I said so.",
    )
    refused("other_body", review_figure, by=world.other_head, figure_id=figure.pk)
    refused("no_reason", dispute_figure, by=world.desk, figure_id=figure.pk, reason=" ")
    review_figure(by=world.desk, figure_id=figure.pk)
    assert Figure.objects.get(pk=figure.pk).state == Figure.State.REVIEWED
    refused("looked_at", review_figure, by=world.desk, figure_id=figure.pk)
    reported(world, 13, APRIL)
    refused("reported_anew", dispute_figure, by=world.desk, figure_id=figure.pk, reason="Late.")


def test_the_report_of_the_latest_day_counts_whenever_it_was_entered(world: Planned) -> None:
    late = reported(world, 12, APRIL)
    with clock_at(noon(APRIL)):
        new = NewFigure(world.number.pk, world.first.pk, APRIL - timedelta(days=9), 6, explanation="The tide.")
        early = report_figure(by=world.club.head, unit_id=world.club.local.pk, new=new)
        by = {"by": world.club.head, "unit_id": world.club.local.pk}
        refused("figure_reported", report_figure, **by, new=new)
    found = board(world, APRIL)
    assert found.last_figure(world.number, world.first, world.club.local.pk) == late
    assert found.standing(world.number, world.year, world.club.local.pk).value == 12
    refused("reported_anew", review_figure, by=world.desk, figure_id=early.pk)
    dispute_figure(by=world.desk, figure_id=late.pk, reason="Counted twice.")
    review_figure(by=world.desk, figure_id=late.pk)


def test_what_is_missing_or_disputed_is_counted_and_never_nought(world: Planned) -> None:
    found = board(world, APRIL).standing(world.number, world.year)
    assert (found.value, found.total.expected, found.total.missing, found.light) == (None, 2, 2, Light.GREY)
    figure = reported(world, 12, APRIL)
    reported(world, 8, APRIL, by=world.other_head)
    found = board(world, APRIL).standing(world.number, world.year)
    assert (found.value, found.expected, found.light) == (20, 20, Light.GREEN)
    assert board(world, APRIL).standing(world.number, world.year, world.club.local.pk).value == 12
    dispute_figure(by=world.desk, figure_id=figure.pk, reason="Counted twice.")
    found = board(world, APRIL).standing(world.number, world.year)
    assert (found.value, found.total.reported, found.total.disputed, found.light) == (8, 1, 1, Light.OPEN)
    later = board(world, HALF + timedelta(days=1)).total(world.number, world.year)
    assert (later.expected, later.missing) == (4, 2)
