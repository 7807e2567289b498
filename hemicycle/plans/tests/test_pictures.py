"""Counters, drawings, the heat map and the comparison, as pages show them."""

import random
import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from hemicycle.bodies.acts import NewUnit, found_units
from hemicycle.bodies.models import Unit
from hemicycle.demo.club import MONDAY, Club
from hemicycle.journal.act import Refused
from hemicycle.journal.clock import clock_at
from hemicycle.journal.models import Entry
from hemicycle.journal.verify import verify
from hemicycle.journal.words import sentence
from hemicycle.plans.acts import (
    NewFigure,
    Share,
    allocate_shares,
    define_indicator,
    dispute_figure,
    dissolve_peers,
    form_peers,
    report_figure,
    set_target,
    tell_method,
)
from hemicycle.plans.models import Allocation, Figure, Indicator, Method, PeerGroup
from hemicycle.plans.queries.board import Board
from hemicycle.plans.queries.pictures import burn_up_of
from hemicycle.plans.tests.test_pages import page, post
from hemicycle.plans.tests.world import Planned, berths, noon, planned, reported
from hemicycle.voting.tests.test_pages import as_person

MAY = date(2026, 5, 23)


@pytest.fixture(scope="module")
def laid(founded: Club, django_db_blocker: Any) -> Iterator[Planned]:
    from tests.world import taken_back

    with django_db_blocker.unblock(), taken_back():
        with clock_at(MONDAY):
            world = planned(deepcopy(founded))
            for day, value in ((20, 12), (30, 20)):
                reported(world, value, date(2026, 4, day))
                reported(world, value - 6, date(2026, 4, day), by=world.other_head)
        yield world


@pytest.fixture
def world(laid: Planned, db: None) -> Iterator[Planned]:
    with clock_at(noon(MAY)):
        yield deepcopy(laid)


def set_for(world: Planned, indicator: Indicator, value: int, period: int, **more: Any) -> None:
    set_target(
        by=world.desk,
        indicator_id=indicator.pk,
        period_id=period,
        value=value,
        decision_id=world.decision.pk,
        **more,
    )


def test_a_campaign_counts_its_days_and_what_a_day_still_needs(world: Planned) -> None:
    boats = define_indicator(by=world.desk, period_id=world.campaign.pk, new=replace(berths(), code="C-1"))
    set_for(world, boats, 80, world.campaign.pk)
    report_figure(by=world.desk, unit_id=world.club.unit.pk, new=NewFigure(boats.pk, world.campaign.pk, MAY, 23))
    shown = page(Client(), "plans:plan", world.club.body.slug, world.campaign.number)
    assert "Day 23 of 80" in shown
    assert "<strong>1.0</strong> a day still needed, 57 days left" in shown
    counter = re.search(r"<svg class=\"plot-bar\".*?</svg>", shown)
    assert counter is not None
    assert "23 berths so far, 23 expected by now, target 80: on course." in counter[0]
    filled = re.search(r'plot__filled" x="([0-9.]+)" y="8" width="([0-9.]+)"', counter[0])
    assert filled is not None
    # 23 of 80 of 316 steps across.
    assert (float(filled[1]), float(filled[2])) == (2.0, pytest.approx(316 * 23 / 80, abs=0.1))
    assert "target from" not in shown
    set_for(world, boats, 90, world.campaign.pk, reason="More boats came.")
    changed = page(Client(), "plans:plan", world.club.body.slug, world.campaign.number)
    assert "target from 80 to 90, by decision <a" in changed
    assert "More boats came." in changed
    assert "C-1" not in page(Client(), "plans:plan", world.club.body.slug, world.year.number)


def test_a_burn_up_has_title_description_and_table_and_shows_every_target(world: Planned) -> None:
    set_for(world, world.number, 300, world.year.pk, reason="More was asked.")
    shown = page(Client(), "plans:indicator", world.number.pk)
    drawing = re.search(r"<svg class=\"plot\".*?</svg>", shown)
    assert drawing is not None
    assert '<title id="burn-up-title">Berths repaired, “Year of the harbour”</title>' in drawing[0]
    assert "34 berths so far" in drawing[0]
    assert ">275</text>" in drawing[0]
    assert ">300</text>" in drawing[0]
    assert "The same as a table" in shown
    assert "from 275 to 300 berths" in shown
    assert "At this pace by the end" in shown
    (table,) = re.findall(r"The same as a table.*?</table>", shown)
    cells = [re.sub(r"<[^>]*>", "", cell) for cell in re.findall(r"<td[^>]*>(.*?)</td>", table)]
    assert {"275", "300"} <= set(cells)
    assert re.fullmatch(r"[0-9]+( \([0-9]+–[0-9]+\))?", cells[-1])
    assert " style=" not in drawing[0]


def test_what_was_expected_was_so_of_the_target_of_its_time(world: Planned) -> None:
    def expected() -> dict[date, int]:
        drawn = burn_up_of(Board(world.club.body, [world.number], MAY), world.number, world.year)
        assert drawn is not None
        return {day: round(value) for day, value in drawn.expected}

    # 275 days, and 275 to reach: one a day.
    before = {day: value for day, value in expected().items() if day < MAY}
    assert all(value == (day - date(2026, 3, 31)).days for day, value in before.items())
    set_for(world, world.number, 550, world.year.pk, reason="More was asked.")
    changed = expected()
    assert {day: changed[day] for day in before} == before
    assert (changed[MAY - timedelta(days=1)], changed[MAY]) == (52, 106)  # Of 275 and of 550.
    assert changed[date(2026, 12, 31)] == 550


def test_a_target_lowered_below_what_is_shared_out_says_so(world: Planned) -> None:
    set_for(world, world.number, 200, world.year.pk, reason="Less was asked.")
    assert "50 more handed on than there is" in page(Client(), "plans:indicator", world.number.pk)


def test_a_campaign_that_is_over_was_reached_or_missed(world: Planned) -> None:
    boats = define_indicator(by=world.desk, period_id=world.campaign.pk, new=replace(berths(), code="C-1"))
    set_for(world, boats, 80, world.campaign.pk)
    address = ("plans:plan", world.club.body.slug, world.campaign.number)
    with clock_at(noon(world.campaign.starts - timedelta(days=1))):
        assert "No figure so far, target 80." in page(Client(), *address)
    for value, said in ((79, "missed by a little"), (80, "reached")):
        with clock_at(noon(world.campaign.ends)):
            report_figure(
                by=world.desk,
                unit_id=world.club.unit.pk,
                new=NewFigure(boats.pk, world.campaign.pk, world.campaign.ends, value),
            )
            assert "on course" in page(Client(), *address)
        with clock_at(noon(world.campaign.ends + timedelta(days=1))):
            assert said in page(Client(), *address)


def test_the_heat_map_says_in_words_what_its_colours_say(world: Planned) -> None:
    shown = page(Client(), "plans:plan", world.club.body.slug, world.year.number)
    table = re.search(r"<table class=\"table heat\">.*?</table>", shown)
    assert table is not None
    assert "Mill" in table[0]
    assert "on course" in table[0]
    assert "far behind" in table[0]
    dispute_figure(by=world.desk, figure_id=Figure.objects.filter(unit=world.other).latest("pk").pk, reason="Is it so?")
    shown = page(Client(), "plans:plan", world.club.body.slug, world.year.number)
    assert "heat__cell--disputed" in shown


def many(world: Planned, count: int, *, off: int = 0) -> list[Unit]:
    """Found units of one true rate, 70 %, with their shares and figures; the last `off` of them at 30 %."""
    units = found_units(
        by=world.club.administrator,
        units=[NewUnit(f"Pier {number:03}", "pier", world.club.unit.pk) for number in range(count)],
    )
    set_for(world, world.rate, 800, world.year.pk)
    allocate_shares(
        by=world.desk,
        indicator_id=world.rate.pk,
        period_id=world.year.pk,
        over_id=world.club.unit.pk,
        shares=[Share(unit.pk, 800) for unit in units],
    )
    dice, definition = random.Random(20), world.rate.definitions.get()  # noqa: S311 - A simulation, not a secret.
    figures = []
    for number, unit in enumerate(units):
        whole, rate = dice.randint(20, 300), 0.3 if number >= count - off else 0.7
        part = sum(dice.random() < rate for _one in range(whole))
        figures.append(
            Figure(
                indicator=world.rate,
                definition=definition,
                period=world.first,
                unit=unit,
                number=1,
                as_of=MAY,
                numerator=part,
                denominator=whole,
                reported=noon(MAY),
            )
        )
    Figure.objects.bulk_create(figures)
    return units


def test_of_six_hundred_units_of_equal_rate_the_page_says_that_none_differs(
    world: Planned, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    many(world, 600)
    with django_assert_max_num_queries(12):
        shown = page(Client(), "plans:compare", world.rate.pk)
    assert "Between the 600 units there is no distinguishable difference." in shown
    assert "above its peers" not in shown
    assert "below its peers" not in shown
    assert shown.index("<svg") < shown.index("<table")
    assert 'id="funnel-desc"' in shown


def test_a_unit_that_differs_is_said_to_and_who_is_disputed_stays_out(world: Planned) -> None:
    units = many(world, 30, off=1)
    figure = Figure.objects.get(unit=units[0])
    dispute_figure(by=world.desk, figure_id=figure.pk, reason="Counted twice.")
    shown = page(Client(), "plans:compare", world.rate.pk)
    assert "1 of 29 units differ from the rest by more than chance explains." in shown
    assert shown.count("below its peers") == 1
    assert "Pier 000: a figure is disputed" in " ".join(re.sub(r"<[^>]*>", "", shown).split())


def test_a_unit_is_not_compared_with_those_of_whom_its_figure_is_made(world: Planned) -> None:
    over, *others = many(world, 4)
    (below,) = found_units(by=world.club.administrator, units=[NewUnit("Buoy", "buoy", over.pk)])
    Allocation.objects.create(indicator=world.rate, period=world.year, unit=below, over=over, value=800)
    Figure.objects.filter(unit=over).update(unit=below)
    units = [unit.pk for unit in (over, below, *others)]
    group = form_peers(by=world.desk, body_id=world.club.body.pk, name="Of the coast", unit_ids=units)
    shown = page(Client(), "plans:compare", world.rate.pk, group=group.number)
    assert "Pier 000: its figure is made of those of others here" in " ".join(re.sub(r"<[^>]*>", "", shown).split())
    assert "Between the 4 units" in shown
    assert "Buoy</a>" in shown


def test_numbers_are_not_compared_and_two_units_are_no_group(world: Planned) -> None:
    assert "Units are compared by rates" in page(Client(), "plans:compare", world.number.pk)
    assert "Fewer than three units" in page(Client(), "plans:compare", world.rate.pk)


def test_what_a_unit_did_stands_beside_its_figure(world: Planned) -> None:
    head = as_person(world.club.members[2])
    address = f"{reverse('plans:method', args=[world.number.pk])}?unit={world.club.local.pk}"
    post(head, address, text="We asked the carpenters first.")
    assert Method.objects.get().text == "We asked the carpenters first."
    told = {"indicator_id": world.number.pk, "period_id": world.year.pk, "unit_id": world.club.local.pk}
    for code, changed in (("no_text", {"text": " "}), ("same_method", {"text": Method.objects.get().text})):
        with pytest.raises(Refused) as caught:
            tell_method(by=world.club.head, **told, **changed)
        assert caught.value.code == code
    with pytest.raises(Refused) as caught:
        tell_method(by=world.club.head, **{**told, "indicator_id": world.rate.pk}, text="Something.")
    assert caught.value.code == "no_share"
    assert "We asked the carpenters first." in page(Client(), "plans:indicator", world.number.pk)


def test_units_that_work_alike_are_compared_as_a_group(world: Planned) -> None:
    units = many(world, 30, off=1)
    desk, form = as_person(world.club.members[0]), reverse("plans:form_peers", args=[world.rate.pk])
    alike = [str(unit.pk) for unit in units[:4]]
    post(desk, form, name="Ports", units=alike)
    group = PeerGroup.objects.get()
    assert [one.unit for one in group.peers.all()] == units[:4]
    told = sentence(Entry.objects.get(kind="peers.formed"))
    assert told == "A group of peers was formed, “Ports”: Pier 000, Pier 001, Pier 002, Pier 003."
    shown = page(Client(), "plans:compare", world.rate.pk, group="1")
    assert "Between the 4 units there is no distinguishable difference." in shown
    assert "Pier 004" not in shown
    assert "The body holds these units to be alike. The group was formed on" in shown
    assert ">Ports</a>" in page(Client(), "plans:compare", world.rate.pk)
    asked = {"by": world.desk, "body_id": world.club.body.pk}
    for code, name, keys in (
        ("no_name", " ", units[:3]),
        ("too_few_peers", "Two", [units[0], units[0], units[1]]),
        ("group_there", "Ports", units[4:8]),
        ("group_there", "The same", units[:4]),
        ("unit_elsewhere", "Everybody", [world.club.unit, *units[:4]]),
    ):
        with pytest.raises(Refused) as caught:
            form_peers(**asked, name=name, unit_ids=[unit.pk for unit in keys])
        assert caught.value.code == code
    wrong = desk.post(form, {"name": "Harbours", "units": alike[:2], "once": "x"})
    assert wrong.status_code == 422
    assert "Fewer than three units are no group." in wrong.content.decode()
    assert "Harbours" in wrong.content.decode()
    post(desk, reverse("plans:dissolve_peers", args=[group.pk]), reason="The ports were merged.")
    assert "Ports" not in page(Client(), "plans:compare", world.rate.pk)
    with pytest.raises(Refused) as caught:
        dissolve_peers(by=world.desk, group_id=group.pk, reason="Again.")
    assert caught.value.code == "group_dissolved"
    form_peers(**asked, name="Ports", unit_ids=[unit.pk for unit in units[:4]])
    assert not [fault.sentence for fault in verify() if "peer" in fault.sentence]
