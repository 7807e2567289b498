"""The course of a decision: what happened on which day, and how many of its tasks were due and done by then."""

import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from hemicycle.accounts.access import PUBLIC, Access
from hemicycle.decisions import acts
from hemicycle.decisions.models import Decision, Directive
from hemicycle.decisions.queries.course import Lane, Tally, course_of, tallied
from hemicycle.decisions.tests.test_life import MAY, claimed, piers
from hemicycle.decisions.tests.world import APRIL, DUE, decided, issued
from hemicycle.demo.club import Club
from hemicycle.journal.clock import clock_at
from hemicycle.voting.tests.test_pages import as_person
from hemicycle.voting.tests.world import DAY, floor_of

TODAY = MAY.date()
DAYS = st.integers(0, 60).map(lambda number: DAY + timedelta(days=number))


def shown(client: Client, decision: Decision, status: int = 200) -> str:
    address = reverse("decisions:course", args=[decision.body.slug, decision.number])
    with clock_at(MAY):
        answer = client.get(address)
    assert answer.status_code == status
    return " ".join(answer.content.decode().split())


def test_a_decision_goes_from_its_adoption_over_reports_to_its_end(club: Club) -> None:
    directive = claimed(club)
    with clock_at(MAY):
        acts.verify_directive(by=club.chair, directive_id=directive.pk)
    decision = directive.point.decision
    course = course_of(PUBLIC, decision, TODAY)
    assert [(one.day, one.lane, one.count) for one in course.happened] == [
        (DAY, Lane.DECIDED, 1),
        (DAY, Lane.ISSUED, 1),
        (TODAY, Lane.REPORTED, 1),
        (TODAY, Lane.DONE, 1),
    ]
    assert course.tallies == [Tally(DAY, 1, 0, 0), Tally(TODAY, 1, 0, 1), Tally(DUE, 1, 1, 1)]
    page = shown(Client(), decision)
    for said in ("1 task was closed as done.", "The decision was certified.", '<svg class="course"', "<title id="):
        assert said in page
    assert page.count('role="img"') == 2
    link = reverse("decisions:course", args=[decision.body.slug, decision.number])
    assert link in Client().get(link.removesuffix("course/")).content.decode()


def test_what_was_withdrawn_counts_no_more_and_stands_in_the_line_of_time(club: Club) -> None:
    directive = issued(floor_of(club))
    with clock_at(APRIL):
        acts.withdraw_directive(by=club.secretary, directive_id=directive.pk, because="The roof is sold.")
    course = course_of(PUBLIC, directive.point.decision, TODAY)
    assert [one.lane for one in course.happened] == [Lane.DECIDED, Lane.ISSUED, Lane.DROPPED]
    assert course.tallies[-1] == Tally(TODAY, 0, 0, 0)


def test_a_decision_without_tasks_says_so(club: Club) -> None:
    decision = decided(floor_of(club))
    page = shown(Client(), decision)
    assert "No task was handed out from it yet." in page
    assert page.count('role="img"') == 1


def test_the_course_tells_nobody_of_what_they_may_not_see(club: Club) -> None:
    directive = issued(floor_of(club, item_access=Access.BODY))
    decision = directive.point.decision
    shown(Client(), decision, 404)
    assert "1 task was handed out." in shown(as_person(club.members[1]), decision)


def test_a_closed_task_of_an_open_decision_is_in_no_count(club: Club) -> None:
    directive = issued(floor_of(club))
    Directive.objects.filter(pk=directive.pk).update(access=Access.BODY)
    decision = directive.point.decision
    assert course_of(PUBLIC, decision, TODAY).tallies == []
    assert "No task was handed out from it yet." in shown(Client(), decision)


def test_the_course_of_many_tasks_takes_few_questions(
    club: Club, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    directive = claimed(club)
    piers(club)
    for reader in (Client(), as_person(club.members[1])):
        with django_assert_max_num_queries(12):
            shown(reader, directive.point.decision)


@given(
    st.lists(st.tuples(DAYS, DAYS, st.none() | DAYS, st.booleans()), max_size=12),
    DAYS,
)
def test_a_tally_is_what_a_count_of_each_day_gives(
    tasks: list[tuple[date, date, date | None, bool]], today: date
) -> None:
    spans = [
        (
            issued_on,
            max(due, issued_on),
            None if ended is None else max(ended, issued_on),
            dropped and ended is not None,
        )
        for issued_on, due, ended, dropped in tasks
    ]
    for one in tallied(spans, today):
        there = [span for span in spans if span[0] <= one.day and not (span[3] and span[2] and span[2] <= one.day)]
        assert one.handed_out == len(there)
        assert one.due == sum(span[1] <= one.day for span in there)
        assert one.done == sum(not span[3] and span[2] is not None and span[2] <= one.day for span in there)


@pytest.mark.parametrize("reader", ["stranger", "member"])
def test_the_drawings_have_titles_descriptions_and_tables(club: Club, reader: str) -> None:
    decision = claimed(club).point.decision
    page = shown(Client() if reader == "stranger" else as_person(club.members[1]), decision)
    for title, description in re.findall(r"<title id=[^>]*>([^<]*)</title><desc id=[^>]*>([^<]*)</desc>", page):
        assert title
        assert description
    assert page.count("<table") == 2
