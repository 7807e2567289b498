"""Figures on the pages: asked for, broken down, reported on a phone, and read with how many reported."""

import csv
from datetime import date, timedelta
from io import StringIO

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from hemicycle.decisions import acts
from hemicycle.decisions.acts import NewAim, Part
from hemicycle.decisions.models import Aim, Directive, Progress
from hemicycle.decisions.tests.test_pages import text_of
from hemicycle.decisions.tests.test_rollup import HOUSES, MAY, asked, broken_down, piers, reported
from hemicycle.decisions.tests.world import APRIL, DUE, decided
from hemicycle.demo.club import Club
from hemicycle.journal.clock import clock_at
from hemicycle.voting.tests.test_pages import as_person
from hemicycle.voting.tests.world import at, floor_of

pytestmark = pytest.mark.django_db


def test_a_figure_is_asked_for_and_shared_out_by_the_pages(club: Club) -> None:
    decision = decided(floor_of(club))
    chair, head = as_person(club.members[0]), as_person(club.members[2])
    form = reverse("decisions:issue", args=[decision.points.get(ordinal=1).pk])
    sent = {"responsible_unit": club.local.pk, "text": "Mend.", "due": DUE.isoformat(), "once": "ask"}
    with at(20):
        for wrong, said in (
            ({"target": "12,5"}, "Say what kind of figure it is"),
            ({"rule": "sum", "measure": "t", "target": "1,234"}, "This can be read in two ways."),
            ({"rule": "sum", "measure": "%", "target": "90"}, "A percentage is not added up."),
            ({"rule": "ratio", "measure": "members", "target": "90"}, "A share is reached out of something."),
        ):
            answer = chair.post(form, {**sent, **wrong})
            assert answer.status_code == 422
            assert said in answer.content.decode()
            assert wrong["target"] in answer.content.decode()
        typed = {"rule": "sum", "measure": "tonnes", "places": "1", "target": "1 200.5"}
        assert chair.post(form, {**sent, **typed}).status_code == 302
    whole = Directive.objects.get()
    assert (whole.aim.target, whole.aim.places) == (12_005, 1)
    first, second = piers(club, 2)
    form = reverse("decisions:break_down", args=[whole.pk])
    with clock_at(APRIL):
        acts.receive_directive(by=club.head, directive_id=whole.pk)
        sent = {"units": [first.pk, second.pk], "text": "Mend too.", "due": DUE.isoformat(), "once": "parts"}
        assert f"Target of {first.name}" in head.get(form).content.decode()
        wrong = head.post(form, {**sent, f"target_{first.pk}": "many"})
        assert wrong.status_code == 422
        assert "many" in wrong.content.decode()
        assert head.post(form, {**sent, f"target_{first.pk}": "800.5"}).status_code == 302
    assert list(Aim.objects.exclude(pk=whole.pk).values_list("target", "measure")) == [
        (8_005, "tonnes"),
        (None, "tonnes"),
    ]


def test_weights_are_typed_for_each_unit_and_come_to_the_whole(club: Club) -> None:
    whole = asked(club, decided(floor_of(club)), NewAim("weighted"))
    first, second = piers(club, 2)
    head, form = as_person(club.members[2]), reverse("decisions:break_down", args=[whole.pk])
    sent = {
        "units": [first.pk, second.pk], "text": "Mend.", "due": DUE.isoformat(), "once": "w",
        "rule": "sum", "measure": "roofs", "places": "0", f"target_{first.pk}": "4", f"target_{second.pk}": "8",
        f"weight_{first.pk}": "60", f"weight_{second.pk}": "39.5",
    }  # fmt: skip
    with clock_at(APRIL):
        answer = head.post(form, sent)
        assert answer.status_code == 422
        assert "The weights come to 99.50 %, not to 100 %." in answer.content.decode()
        assert "39.5" in answer.content.decode()
        below = head.post(form, {**sent, f"weight_{first.pk}": "150", f"weight_{second.pk}": "-50"})
        assert below.status_code == 422
        assert "Every part has a weight of more than 0 %" in below.content.decode()
        assert "150" in below.content.decode()
        assert head.post(form, {**sent, f"weight_{second.pk}": "40"}).status_code == 302
    assert list(whole.parts.values_list("aim__weight", flat=True)) == [6_000, 4_000]


def test_a_figure_is_reported_on_a_phone_and_nothing_is_lost(club: Club) -> None:
    whole = asked(club, decided(floor_of(club)), NewAim("sum", "houses", target=100, every="month"))
    head, form = as_person(club.members[2]), reverse("decisions:report", args=[whole.pk])
    sent = {"narrative": "Roof by roof.", "value": "120", "period": "2026-04-01", "once": "r"}
    with clock_at(MAY):
        page = head.get(form).content.decode()
        assert "April 2026" in page
        assert "houses" in page
        for wrong, said in (
            ({}, "120 houses is more than the target of 100 houses."),
            ({"value": "lots"}, "This is no number."),
            ({"period": "2026-06-01"}, "This period takes no reports."),
            ({"period": ""}, "Say for which period the figure is."),
        ):
            answer = head.post(form, {**sent, **wrong})
            assert answer.status_code == 422
            assert said in answer.content.decode()
            assert "Roof by roof." in answer.content.decode()
        assert head.post(form, {**sent, "more_than_target": "on"}).status_code == 302
    report = Progress.objects.get()
    assert (report.value, report.period) == (120, date(2026, 4, 1))
    with clock_at(MAY + timedelta(days=20)):
        text = text_of(Client(), "decisions:directive", whole.pk)
    assert "Reported for April 2026: 120 houses." in text
    assert "0 of 1 reported" in text
    assert "1 of 1 reported" in text


def test_every_page_shows_the_figure_with_how_many_reported(
    club: Club, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    floor = floor_of(club)
    decision = decided(floor)
    whole = asked(club, decision, HOUSES)
    units = piers(club)
    parts = broken_down(whole, [Part(unit.pk, aim=NewAim("sum", target=40)) for unit in units])
    reported(parts[0], 30)
    reported(parts[1], 20)
    told = "50 of 100 houses (50.0 %)"
    with clock_at(MAY), django_assert_max_num_queries(12):
        page = text_of(Client(), "decisions:decision", "general-meeting", 1)
    with clock_at(MAY), django_assert_max_num_queries(12):
        own = text_of(Client(), "decisions:directive", whole.pk)
    with clock_at(MAY), django_assert_max_num_queries(12):
        inbox = text_of(Client(), "decisions:tasks", "harbour")
    for text in (page, own, inbox):
        assert told in text
        assert "2 of 3 reported" in text
    assert "The figures of the parts are added up." in own
    assert "not reported yet" in page


def test_the_account_tells_the_figure_on_its_page_and_in_its_table(club: Club) -> None:
    floor = floor_of(club)
    whole = asked(club, decided(floor), HOUSES)
    parts = broken_down(whole, [Part(unit.pk) for unit in piers(club)])
    reported(parts[0], 30)
    with clock_at(MAY):
        acts.draw_up_account(by=club.chair, meeting_id=floor.meeting.pk, item_id=floor.item.pk)
    keys = [club.body.slug, 1, floor.meeting.ordinal, 1]
    reported(parts[1], 20)
    text = text_of(Client(), "decisions:account", *keys)
    (row,) = csv.DictReader(StringIO(Client().get(reverse("decisions:account_csv", args=keys)).content.decode()))
    assert "30 of 100 houses (30.0 %)" in text
    assert "1 of 3 reported" in text
    assert [row[name] for name in ("figure", "out_of", "measure", "figures_reported", "figures_asked")] == [
        "30", "100", "houses", "1", "3",
    ]  # fmt: skip


def test_a_decision_of_many_tasks_counts_the_parts_and_shows_the_wholes(
    club: Club, django_assert_max_num_queries: DjangoAssertNumQueries, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = asked(club, decided(floor_of(club)), HOUSES)
    first, _second, third = broken_down(whole, [Part(unit.pk) for unit in piers(club)])
    with clock_at(MAY):
        acts.withdraw_directive(by=club.head, directive_id=third.pk, because="Sold.")
        before = text_of(Client(), "decisions:decision", "general-meeting", 1)
        monkeypatch.setattr("hemicycle.decisions.queries.MOST_SHOWN", 3)
        with django_assert_max_num_queries(12):
            text = text_of(Client(), "decisions:decision", "general-meeting", 1)
    page = reverse("decisions:directive", args=[first.pk])
    assert page in before
    assert page not in text
    for told in (before, text):
        assert "2 parts" in told  # The third was withdrawn.
        assert "0 done" in told
    with clock_at(MAY + timedelta(days=100)):
        assert "2 late" in text_of(Client(), "decisions:decision", "general-meeting", 1)
        own = text_of(as_person(club.members[2]), "decisions:decision", "general-meeting", 1)
    assert reverse("decisions:directive", args=[whole.pk]) in own


def test_a_unit_with_many_tasks_sees_the_first_due_first(club: Club, monkeypatch: pytest.MonkeyPatch) -> None:
    decision = decided(floor_of(club))
    made = [asked(club, decision, HOUSES) for _task in range(3)]
    monkeypatch.setattr("hemicycle.decisions.queries.work.A_PAGE", 2)
    with clock_at(MAY):
        first, second, far = (text_of(Client(), "decisions:tasks", "harbour", page=page) for page in (1, 2, 10**9))
    pages = [reverse("decisions:directive", args=[one.pk]) for one in made]
    assert [page in first for page in pages] == [True, True, False]
    assert [page in second for page in pages] == [False, False, True]
    assert "Tasks due later" in first
    assert "Tasks due earlier" in second
    assert "This unit has no task." in far
