"""One act for many units: a task goes through the levels between, and what units told the office is entered at once."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from hemicycle.bodies.acts import NewUnit, found_body, found_units
from hemicycle.decisions import acts
from hemicycle.decisions.acts import NewAim, ToldReport
from hemicycle.decisions.models import Directive, Rollup
from hemicycle.decisions.rollup.recomputing import differing
from hemicycle.decisions.rollup.rules import Figure
from hemicycle.decisions.tests.test_life import refused, told
from hemicycle.decisions.tests.test_rollup import MAY, figure, piers
from hemicycle.decisions.tests.world import DUE, decided
from hemicycle.demo.club import Club
from hemicycle.journal.clock import clock_at
from hemicycle.journal.models import Entry
from hemicycle.journal.verify import verify
from hemicycle.voting.tests.test_pages import as_person
from hemicycle.voting.tests.world import at, floor_of

pytestmark = pytest.mark.django_db


def through(club: Club, aim: NewAim | None = None, **more: object) -> list[Directive]:
    """Hand a point to every berth, through harbour and piers; one pier stands alone."""
    found = piers(club, 2)
    found_units(
        by=club.administrator, units=[NewUnit(f"Berth {side}", "berth", found[0].pk) for side in ("a", "b", "c")]
    )
    decision = decided(floor_of(club))
    with at(20):
        return acts.issue_directives(
            by=club.chair, point_id=decision.points.get(ordinal=1).pk, level="berth", text="Count slates.", due=DUE,
            aim=aim or NewAim("sum", "slates", target=10), through=True, **more,
        )  # fmt: skip


def test_a_task_goes_down_to_a_level_through_the_units_between(club: Club) -> None:
    made = through(club)
    by_unit = {one.responsible_unit.name: one for one in made}
    assert list(by_unit) == ["The Club", "Harbour", "Pier 1", "Berth a", "Berth b", "Berth c"]
    assert by_unit["Berth b"].parent == by_unit["Pier 1"]
    assert by_unit["Pier 1"].issuing_unit == club.local
    assert [one.aim.target for one in made] == [None, None, None, 10, 10, 10]
    assert figure(by_unit["The Club"]) == Figure(0, 30, 0, 3)
    assert told("directives.issued").endswith("3 units above have the whole of what stands below them.")
    assert list(differing()) == []


def test_only_those_below_one_unit_are_addressed(club: Club) -> None:
    (alone,) = found_units(by=club.administrator, units=[NewUnit("Far berth", "berth", club.unit.pk)])
    made = through(club, under_id=club.local.pk)
    assert alone not in {one.responsible_unit for one in made}
    assert len(made) == 6


def test_weights_are_not_given_to_a_whole_level(club: Club) -> None:
    refused("weighted_level", through, club=club, aim=NewAim("weighted"))


def test_what_units_told_the_office_is_entered_in_one_act(club: Club) -> None:
    made = through(club)
    point, numbers = made[0].point_id, [one.number for one in made[3:]]
    asked = {"by": club.chair, "point_id": point}
    reports = [ToldReport(number, "Counted.", value) for number, value in zip(numbers, (4, 5, 0), strict=True)]
    entries = Entry.objects.count()
    with clock_at(MAY):
        twice = [*reports, reports[0]]
        refused("no_reports", acts.enter_reports, **asked, reports=twice)
        refused("no_such_task", acts.enter_reports, **asked, reports=[ToldReport(99, "Counted.", 1)])
        wrong = [*reports[:2], ToldReport(numbers[2], "Counted.", 50)]
        assert f"Task {numbers[2]}, of Berth c: 50 slates is more than the target" in refused(
            "more_than_target", acts.enter_reports, **asked, reports=wrong
        )
        assert Entry.objects.count() == entries
        written = acts.enter_reports(**asked, reports=reports)
    assert Entry.objects.count() == entries + 1
    assert {(one.through, one.ordinal) for one in written} == {(club.unit, 1)}
    assert told("reports.entered") == ("3 reports on point 1 of decision 1: told by telephone, entered by The Club.")
    assert figure(made[0]) == Figure(9, 30, 3, 3)
    with clock_at(MAY + timedelta(1)):
        acts.enter_reports(**asked, reports=[ToldReport(numbers[0], "Counted anew.", 6)])
        refused("figure_of_parts", acts.enter_reports, **asked, reports=[ToldReport(made[0].number, "All.", 9)])
    assert figure(made[0]) == Figure(11, 30, 3, 3)
    assert Directive.objects.get(pk=made[3].pk).received == MAY
    assert (list(differing()), [fault.sentence for fault in verify()]) == ([], [])
    assert Rollup.objects.count() == len(made)
    late = MAY + timedelta(days=200)
    with clock_at(late):
        refused("no_delay_reason", acts.enter_reports, **asked, reports=reports[:1])
    assert late.date() > date(2026, 6, 30)


def test_only_units_with_a_body_of_a_kind_are_addressed(club: Club) -> None:
    found = piers(club, 2)
    council = {"by": club.administrator, "kind": "council", "time_zone": "Europe/Berlin"}
    for number in (1, 2):
        # A unit with two councils is still one unit.
        found_body(unit_id=found[1].pk, name=f"Council {number}", **council)
    found_body(unit_id=club.local.pk, name="Harbour council", **council)
    point = decided(floor_of(club)).points.get(ordinal=1)
    asked = {"by": club.chair, "point_id": point.pk, "text": "Count slates.", "due": DUE}
    with at(20):
        refused("no_unit_of_level", acts.issue_directives, **asked)
        refused("no_unit_of_level", acts.issue_directives, **asked, having="senate")
        refused("no_unit_of_level", acts.issue_directives, **asked, having="council", level="whole")
        made = acts.issue_directives(**asked, having="council")
        refused("no_unit_of_level", acts.issue_directives, **asked, having="council")
    assert {one.responsible_unit for one in made} == {club.local, found[1]}
    assert told("directives.issued") == (
        "Point 1 of decision 1 was handed to 2 units with a body “council”, due 30 June 2026: Count slates."
    )


def test_the_desk_chooses_a_level_or_a_kind_of_body(club: Club) -> None:
    point = decided(floor_of(club)).points.get(ordinal=1)
    chair, form = as_person(club.members[0]), reverse("decisions:issue_all", args=[point.pk])
    with at(20):
        text = chair.get(form).content.decode()
        assert "local (1)" in text
        assert "general meeting (1)" in text
        sent = {"text": "Count slates.", "due": DUE.isoformat(), "once": "a"}
        assert chair.post(form, {**sent, "level": "having: senate"}).status_code == 422
        assert chair.post(form, {**sent, "level": "having: general meeting"}).status_code == 302
    assert Directive.objects.get().responsible_unit == club.unit
