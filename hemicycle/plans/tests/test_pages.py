"""The pages of plans: one is made, shared out, reported on and disputed by forms; each sees what is theirs."""

from collections.abc import Iterator
from copy import deepcopy
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from hemicycle.bodies.acts import NewUnit, found_units
from hemicycle.demo.club import MONDAY, Club
from hemicycle.journal.clock import clock_at
from hemicycle.plans.acts import NewFigure, close_period, dispute_figure, report_figure
from hemicycle.plans.forms import SharesForm
from hemicycle.plans.models import Figure, FigureDraft, Indicator, Period
from hemicycle.plans.tests.world import HALF, YEAR, Planned, noon, planned, reported
from hemicycle.voting.tests.test_pages import as_person

MAY = date(2026, 5, 23)


@pytest.fixture(scope="module")
def laid(founded: Club, django_db_blocker: Any) -> Iterator[Planned]:
    from tests.world import taken_back

    with django_db_blocker.unblock(), taken_back():
        with clock_at(MONDAY):
            world = planned(deepcopy(founded))
            reported(world, 35, date(2026, 5, 22))
        yield world


@pytest.fixture
def world(laid: Planned, db: None) -> Iterator[Planned]:
    with clock_at(noon(MAY)):
        yield deepcopy(laid)


def page(client: Client, name: str, *args: object, status: int = 200, **query: object) -> str:
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == status, (name, answer.status_code)
    return " ".join(answer.content.decode().split())


def post(client: Client, address: str, status: int = 302, **sent: object) -> str:
    answer = client.post(address, sent)
    assert answer.status_code == status, answer.content.decode()[-3000:]
    return " ".join(answer.content.decode().split())


def test_a_plan_is_made_by_forms_from_the_body_to_the_figure_of_a_unit(world: Planned) -> None:
    desk, head, body = as_person(world.club.members[0]), as_person(world.club.members[2]), world.club.body
    assert reverse("plans:new", args=[body.slug]) in page(desk, "bodies:body", body.slug)
    new = {"kind": "plan", "title": "Five years", "starts": "2027-01-01", "ends": "2031-12-31", "access": "public"}
    post(desk, reverse("plans:new", args=[body.slug]), **new)
    made = Period.objects.latest("pk")
    part = {"kind": "year", "title": "First year", "starts": "2026-12-31", "ends": "2027-12-31"}
    wrong = post(desk, f"{reverse('plans:new', args=[body.slug])}?part_of={made.pk}", 422, **part)
    assert "A part of it lies within these days." in wrong
    assert "First year" in wrong
    measured = {
        "code": "M-1",
        "title": "Members",
        "unit_of_measure": "members",
        "definition": "Who paid.",
        "counts": "members who paid",
        "places": "0",
        "direction": "more",
        "over_time": "last",
        "over_units": "sum",
        "curve": "even",
        "baseline": "1,234",
    }
    define = reverse("plans:define", args=[made.pk])
    assert "read in two ways" in post(desk, define, 422, **measured)
    post(desk, define, **{**measured, "baseline": "120"})
    members = Indicator.objects.get(code="M-1")
    target = reverse("plans:target", args=[members.pk])
    post(desk, target, value="180", decision=str(world.decision.pk))
    assert "Say why" not in page(desk, "plans:target", members.pk)
    post(desk, target, 422, value="200", decision=str(world.decision.pk), reason="")
    shares = reverse("plans:shares", args=[members.pk])
    assert "has 180 to share out" in post(desk, shares, 422, **{f"unit_{world.club.local.pk}": "181"})
    post(desk, shares, **{f"unit_{world.club.local.pk}": "170"})
    with clock_at(noon(date(2027, 2, 1))):
        assert "Report" in page(head, "bodies:unit", world.club.local.slug)
        report = f"{reverse('plans:report', args=[members.pk])}?unit={world.club.local.pk}&period={made.pk}"
        lines = "1\r\n" * 1000
        post(head, report, figure="125", as_of="2027-02-01", explanation=lines, keep="1")
        assert FigureDraft.objects.get().typed["figure"] == "125"
        assert FigureDraft.objects.get().typed["explanation"] == lines.replace("\r", "")
        assert "your draft" in page(head, "plans:report", members.pk)
        post(head, report, figure="125", as_of="2027-02-01", evidence="The list of members.")
        assert not FigureDraft.objects.exists()
        assert "125 members" in page(Client(), "plans:figures", world.club.local.slug)


def test_a_weight_without_its_share_is_not_thrown_away(world: Planned) -> None:
    world.number.over_units = "weighted"
    key = world.club.local.pk
    form = SharesForm({f"weight_{key}": "40"}, indicator=world.number, units=[(key, "Harbour")])
    assert "It has a weight here and no share." in form.errors[f"unit_{key}"][0]
    form = SharesForm({f"weight_{key}": "40", f"unit_{key}": "100"}, indicator=world.number, units=[(key, "Harbour")])
    assert form.is_valid()
    assert form.shares == [(key, 100, 4000)]


def test_a_unit_is_asked_for_each_figure_once_however_many_have_shares(world: Planned) -> None:
    assert page(Client(), "plans:figures", world.club.local.slug).count('<li class="due__one">') == 1


def test_the_parts_of_a_rate_are_told_without_what_the_rate_is_measured_in(world: Planned) -> None:
    new = NewFigure(world.rate.pk, world.first.pk, MAY, 13, 31)
    figure = report_figure(by=world.desk, unit_id=world.club.unit.pk, new=new)
    assert "13 of 31, <time" in page(Client(), "plans:figures", world.club.unit.slug)
    asked = page(as_person(world.club.members[1]), "plans:review", figure.pk)
    assert "S-1, “First part”: 13 of 31." in asked


def test_a_figure_far_behind_asks_why_and_keeps_what_was_typed(world: Planned) -> None:
    head = as_person(world.club.members[3])
    address = f"{reverse('plans:report', args=[world.number.pk])}?unit={world.other.pk}&period={world.first.pk}"
    behind = {"figure": "3", "as_of": "2026-05-23", "evidence": "Logbook"}
    asked = post(head, address, 422, **behind)
    assert "far behind what was to be expected by 23 May 2026" in asked
    assert 'value="3"' in asked
    post(head, address, **behind, explanation="The mill flooded.")
    shown = page(Client(), "plans:indicator", world.number.pk)
    assert "The mill flooded." in shown
    assert "a little behind" in shown or "far behind" in shown


def test_a_unit_that_falls_far_behind_without_a_word_is_asked_why(world: Planned) -> None:
    head, local = as_person(world.club.members[2]), world.club.local
    asked = "Nothing says yet why it is so far behind."
    assert asked not in page(head, "plans:figures", local.slug)
    with clock_at(noon(HALF)):
        waits = page(head, "plans:figures", local.slug)
        assert waits.index("To report") < waits.index("far behind") < waits.index(asked)
        address = f"{reverse('plans:report', args=[world.number.pk])}?unit={local.pk}&period={world.first.pk}"
        assert "not explained yet" in page(Client(), "plans:indicator", world.number.pk)
        post(head, address, figure="35", as_of="2026-06-30", explanation="The mill took the carpenters.")
        assert "not explained yet" not in page(Client(), "plans:indicator", world.number.pk)
        explained = page(head, "plans:figures", local.slug)
        assert "far behind" in explained
        assert asked not in explained
    # From the next day on the figure of the second part is missing: that is asked for, and nothing else.
    with clock_at(noon(HALF + timedelta(days=1))):
        assert asked not in page(head, "plans:figures", local.slug)


def test_a_kept_draft_is_shown_to_whoever_wrote_it_alone(world: Planned) -> None:
    head, local = as_person(world.club.members[2]), world.club.local
    address = f"{reverse('plans:report', args=[world.number.pk])}?unit={local.pk}&period={world.first.pk}"
    assert "your draft is kept" not in page(head, "plans:figures", local.slug)
    post(head, address, figure="40", keep="1")
    assert "your draft is kept" in page(head, "plans:figures", local.slug)
    for other in (Client(), as_person(world.club.members[0])):
        assert "your draft is kept" not in page(other, "plans:figures", local.slug)
    post(head, address, figure="40", as_of="2026-05-23")
    assert "your draft is kept" not in page(head, "plans:figures", local.slug)


def test_an_indicator_says_its_target_with_its_decision_and_what_is_missing(world: Planned) -> None:
    shown = page(Client(), "plans:indicator", world.number.pk)
    assert reverse("decisions:decision", args=[world.club.body.slug, 1]) in shown
    decision = page(Client(), "decisions:decision", world.club.body.slug, 1)
    assert reverse("plans:plan", args=[world.club.body.slug, world.year.number]) in decision
    assert f"{reverse('plans:indicator', args=[world.number.pk])}?period={world.year.pk}" in decision
    assert "1 of 2 reported" in shown
    assert "missing" in shown
    assert "Not handed on" in shown
    assert "reported" in shown
    other = page(Client(), "plans:indicator", world.number.pk, period=world.second.pk)
    assert "No figure was reported yet." in other
    page(Client(), "plans:indicator", world.number.pk, period=world.campaign.pk, status=404)
    page(Client(), "plans:indicator", world.number.pk, period=987_654, status=404)
    assert "not set" in page(Client(), "plans:indicator", world.rate.pk)


def test_the_desk_disputes_a_figure_and_its_unit_is_asked_again(world: Planned) -> None:
    desk, head = as_person(world.club.members[0]), as_person(world.club.members[2])
    figure = Figure.objects.get()
    assert reverse("plans:dispute", args=[figure.pk]) in page(desk, "plans:indicator", world.number.pk)
    assert reverse("plans:dispute", args=[figure.pk]) not in page(head, "plans:indicator", world.number.pk)
    assert head.post(reverse("plans:review", args=[figure.pk])).status_code == 403
    post(desk, reverse("plans:dispute", args=[figure.pk]), reason="Counted twice.")
    shown = page(Client(), "plans:plan", world.club.body.slug, world.year.number)
    assert "1 disputed" in shown
    assert "no figure" in shown
    waits = page(head, "plans:figures", world.club.local.slug)
    assert waits.index("To report") < waits.index("disputed")
    # Why it is disputed stands beside it, for whoever has to report it anew and for all who read it.
    assert "Counted twice." in waits
    assert "Counted twice." in page(Client(), "plans:indicator", world.number.pk)
    # The same figure again says why it stands all the same; the dispute stays on the page.
    address = f"{reverse('plans:report', args=[world.number.pk])}?unit={world.club.local.pk}&period={world.first.pk}"
    again = {"figure": "35", "as_of": "2026-05-23"}
    assert "This very figure is disputed." in post(head, address, 422, **again)
    post(head, address, **again, explanation="Both counts are in the logbook.")
    shown = page(Client(), "plans:indicator", world.number.pk)
    assert "It was disputed: Counted twice." in shown
    assert "Both counts are in the logbook." in shown


def test_the_head_of_a_unit_shares_out_its_share_and_looks_at_what_comes_of_it(
    world: Planned, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    local, head, desk = world.club.local, as_person(world.club.members[2]), as_person(world.club.members[0])
    other = as_person(world.club.members[3])
    with clock_at(noon(YEAR[0])):
        Figure.objects.all().delete()
        (pier,) = found_units(by=world.club.administrator, units=[NewUnit("Pier", "group", local.pk)])
    address = f"{reverse('plans:shares', args=[world.number.pk])}?period={world.year.pk}&over={local.pk}"
    with django_assert_max_num_queries(13):
        assert address.replace("&", "&amp;") in page(head, "plans:figures", local.slug)
    assert f"over={local.pk}" not in page(other, "plans:figures", local.slug)
    post(head, address, **{f"unit_{pier.pk}": "170"})
    assert address.replace("&", "&amp;") in page(head, "plans:indicator", world.number.pk)
    assert f"over={local.pk}" not in page(desk, "plans:indicator", world.number.pk)
    new = Figure(
        indicator=world.number,
        definition=world.number.definitions.get(),
        period=world.first,
        unit=pier,
        number=1,
        as_of=MAY,
        numerator=40,
        reported=noon(MAY),
    )
    new.save()
    dispute = reverse("plans:dispute", args=[new.pk])
    with django_assert_max_num_queries(12):
        assert dispute in page(head, "plans:indicator", world.number.pk)
    assert dispute in page(desk, "plans:indicator", world.number.pk)
    assert dispute not in page(other, "plans:indicator", world.number.pk)
    post(head, dispute, reason="Counted twice.")
    with clock_at(noon(HALF + timedelta(days=2))):
        close_period(by=world.desk, period_id=world.first.pk)
        assert reverse("plans:review", args=[new.pk]) not in page(desk, "plans:indicator", world.number.pk)


def test_the_pages_of_plans_ask_little_of_the_database(
    world: Planned, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    head, desk = as_person(world.club.members[2]), as_person(world.club.members[1])
    for name, args in (
        ("plans:plans", [world.club.body.slug]),
        ("plans:plan", [world.club.body.slug, world.year.number]),
        ("plans:indicator", [world.number.pk]),
        ("plans:figures", [world.club.local.slug]),
    ):
        for reader in (Client(), head, desk):
            with django_assert_max_num_queries(12):
                page(reader, name, *args)


def test_a_disputed_figure_counts_again_once_it_is_reviewed(world: Planned) -> None:
    figure = Figure.objects.get()
    dispute_figure(by=world.desk, figure_id=figure.pk, reason="Is it so?")
    post(as_person(world.club.members[1]), reverse("plans:review", args=[figure.pk]))
    assert "1 disputed" not in page(Client(), "plans:indicator", world.number.pk)
