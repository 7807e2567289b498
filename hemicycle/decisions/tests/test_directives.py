"""Handing a point to a unit, and the unit's answers in its own book."""

from datetime import date, timedelta

import pytest
from django.utils.formats import date_format

from hemicycle.accounts.access import PUBLIC, Access, Viewer
from hemicycle.bodies.acts import NewUnit, found_units
from hemicycle.bodies.models import Unit
from hemicycle.decisions.acts import issue_directive, receive_directive, report_progress
from hemicycle.decisions.queries import points_of
from hemicycle.decisions.queries.work import inbox
from hemicycle.decisions.tests.world import APRIL, DUE, decided, issued, received
from hemicycle.demo.club import Club
from hemicycle.journal.act import Refused
from hemicycle.journal.clock import clock_at
from hemicycle.journal.models import Entry
from hemicycle.journal.words import sentence
from hemicycle.voting.tests.world import DAY, at, floor_of

LATE = APRIL.replace(month=7)


def test_a_point_is_handed_to_one_unit_below(club: Club) -> None:
    directive = issued(floor_of(club))
    assert (directive.issuing_unit, directive.responsible_unit) == (club.unit, club.local)
    assert (directive.number, directive.due, directive.sector, directive.received) == (1, DUE, "buildings", None)
    entry = Entry.objects.get(kind="directive.issued")
    assert entry.book_id == club.body.book_id
    assert sentence(entry) == (
        "Point 1 of decision 1 was handed to Harbour, due 30 June 2026: Have the roof repaired by a roofer."
    )


def test_a_task_needs_an_operational_point(club: Club) -> None:
    decision = decided(floor_of(club))
    with at(20), pytest.raises(Refused) as refused:
        issue_directive(
            by=club.chair,
            point_id=decision.points.get(ordinal=2).pk,
            responsible_unit_id=club.local.pk,
            text="Thank them.",
            due=DUE,
        )
    assert refused.value.code == "point_not_operational"


@pytest.mark.parametrize("due", [DAY, DAY - timedelta(1), date(2020, 1, 1)])
def test_a_task_is_due_after_it_was_decided(club: Club, due: date) -> None:
    decision = decided(floor_of(club))
    with at(20), pytest.raises(Refused) as refused:
        issue_directive(
            by=club.chair,
            point_id=decision.points.get(ordinal=1).pk,
            responsible_unit_id=club.local.pk,
            text="Repair it.",
            due=due,
        )
    assert (refused.value.code, refused.value.field) == ("due_before_decision", "due")
    assert date_format(due) in refused.value.sentence


def test_a_unit_that_ended_or_stands_elsewhere_takes_on_nothing(club: Club) -> None:
    (elsewhere,) = found_units(by=club.administrator, units=[NewUnit("Another house", "whole", None)])
    decision = decided(floor_of(club))
    wanted = {"by": club.chair, "point_id": decision.points.get(ordinal=1).pk, "text": "Repair it.", "due": DUE}
    with at(20), pytest.raises(Refused) as refused:
        issue_directive(**wanted, responsible_unit_id=elsewhere.pk)
    assert refused.value.code == "unit_elsewhere"
    Unit.objects.filter(pk=club.local.pk).update(ended=DAY)
    with at(21), pytest.raises(Refused) as refused:
        issue_directive(**wanted, responsible_unit_id=club.local.pk)
    assert refused.value.code == "unit_ended"
    with at(22), pytest.raises(Refused) as refused:
        issue_directive(**{**wanted, "text": " "}, responsible_unit_id=club.unit.pk)
    assert (refused.value.code, refused.value.status) == ("no_text", 422)
    with at(23):
        assert issue_directive(**wanted, responsible_unit_id=club.unit.pk).number == 1


def test_a_unit_receives_its_task_in_its_own_book(club: Club) -> None:
    directive = received(floor_of(club))
    assert directive.received == APRIL
    entry = Entry.objects.get(kind="directive.received")
    assert entry.book_id == club.local.book_id
    assert f"directive:{directive.pk}" in entry.subjects
    assert sentence(entry) == "Harbour received its task from decision 1 of General Meeting."
    with clock_at(APRIL), pytest.raises(Refused) as refused:
        receive_directive(by=club.head, directive_id=directive.pk)
    assert refused.value.code == "directive_received"


def test_only_the_head_of_the_responsible_unit_answers(club: Club) -> None:
    from dataclasses import replace

    directive = issued(floor_of(club))
    other = replace(club.head, book=club.unit.book_id)
    for by, code in ((club.chair, "no_right"), (other, "other_body")):
        with clock_at(APRIL), pytest.raises(Refused) as refused:
            receive_directive(by=by, directive_id=directive.pk)
        assert (refused.value.code, refused.value.status) == (code, 403)


def test_a_task_is_received_before_it_is_reported_on(club: Club) -> None:
    directive = issued(floor_of(club))
    with clock_at(APRIL), pytest.raises(Refused) as refused:
        report_progress(by=club.head, directive_id=directive.pk, narrative="A roofer was found.")
    assert refused.value.code == "not_received"


def test_reports_are_added_to_one_another(club: Club) -> None:
    directive = received(floor_of(club))
    with clock_at(APRIL + timedelta(1)):
        report_progress(by=club.head, directive_id=directive.pk, narrative="A roofer was found.")
    with clock_at(APRIL + timedelta(9)):
        report_progress(by=club.head, directive_id=directive.pk, narrative="The roof is tight.", done=True)
    assert [(one.ordinal, one.done) for one in directive.progress.order_by("ordinal")] == [(1, False), (2, True)]
    told = [sentence(entry) for entry in Entry.objects.filter(kind="progress.reported").order_by("number")]
    assert told == [
        "Harbour reported on its task from decision 1: A roofer was found.",
        "Harbour reported its task from decision 1 as done: The roof is tight.",
    ]


def test_a_late_report_says_why_it_is_late(club: Club) -> None:
    directive = received(floor_of(club))
    with clock_at(LATE), pytest.raises(Refused) as refused:
        report_progress(by=club.head, directive_id=directive.pk, narrative="Half of it is done.")
    assert (refused.value.code, refused.value.field) == ("no_delay_reason", "delay_reason")
    with clock_at(LATE):
        report = report_progress(
            by=club.head, directive_id=directive.pk, narrative="Half of it is done.", delay_reason="No slates."
        )
    assert report.delay_reason == "No slates."
    assert sentence(Entry.objects.get(kind="progress.reported")).endswith("Reason for the delay: No slates.")


def test_an_empty_report_is_refused(club: Club) -> None:
    directive = received(floor_of(club))
    with clock_at(APRIL), pytest.raises(Refused) as refused:
        report_progress(by=club.head, directive_id=directive.pk, narrative="\n ")
    assert (refused.value.code, refused.value.status) == ("no_narrative", 422)


def test_a_unit_finds_its_task_where_it_waits_to_be_done(club: Club) -> None:
    directive = issued(floor_of(club))
    viewer = Viewer(person=club.head.person, bodies=frozenset({club.local.book_id}), organisation=True)
    assert [one.directive for one in inbox(viewer, club.local, DAY).to_receive] == [directive]
    with clock_at(APRIL):
        receive_directive(by=club.head, directive_id=directive.pk)
    assert [one.directive for one in inbox(viewer, club.local, DAY).to_report] == [directive]
    overdue = inbox(viewer, club.local, LATE.date()).overdue
    assert [one.standing.days_over for one in overdue] == [(LATE.date() - DUE).days]
    with clock_at(LATE):
        report_progress(
            by=club.head, directive_id=directive.pk, narrative="Done.", done=True, delay_reason="No slates."
        )
    assert [one.directive for one in inbox(viewer, club.local, LATE.date()).done] == [directive]


def test_a_closed_task_is_seen_by_its_unit_and_its_body_alone(club: Club) -> None:
    directive = issued(floor_of(club, item_access=Access.BODY))
    decision = directive.point.decision
    unit = Viewer(person=1, bodies=frozenset({club.local.book_id}), organisation=True)
    body = Viewer(person=2, bodies=frozenset({club.body.book_id}), organisation=True)
    for viewer, seen in ((PUBLIC, 0), (unit, 1), (body, 1), (Viewer(person=3, organisation=True), 0)):
        assert len(inbox(viewer, club.local, DAY).to_receive) == seen
        assert sum(len(one.tasks) for one in points_of(viewer, decision, DAY)) == seen
