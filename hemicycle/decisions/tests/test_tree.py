"""The map of a decision's tasks: folded part below whole, with what stands below each, for whom, as of which day."""

from datetime import timedelta

import pytest
from django.http import Http404
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from hemicycle.accounts.access import PUBLIC, Access
from hemicycle.bodies.acts import NewUnit, found_units
from hemicycle.decisions import acts, rules
from hemicycle.decisions.acts import Part
from hemicycle.decisions.models import Decision, Directive
from hemicycle.decisions.queries import tree
from hemicycle.decisions.queries.tree import Below, Light, Tree, counts, own, tree_of
from hemicycle.decisions.tests.test_pages import text_of
from hemicycle.decisions.tests.test_rollup import HOUSES, asked, broken_down, piers, reported
from hemicycle.decisions.tests.world import APRIL, DUE, decided, issued
from hemicycle.demo.club import Club
from hemicycle.journal.clock import clock_at
from hemicycle.voting.tests.test_pages import as_person
from hemicycle.voting.tests.world import floor_of

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
AUGUST = APRIL.replace(month=8)
TODAY = AUGUST.date()


def spread(club: Club) -> tuple[Decision, Directive, list[Directive], list[Directive]]:
    """Break the harbour's task down for three piers, and the first pier's for two berths; one pier's is withdrawn."""
    decision = decided(floor_of(club))
    whole = asked(club, decision, HOUSES)
    units = piers(club)
    parts = broken_down(whole, [Part(unit.pk) for unit in units])
    berths = found_units(by=club.administrator, units=[NewUnit(f"Berth {name}", "berth", units[0].pk) for name in "ab"])
    below = broken_down(parts[0], [Part(unit.pk) for unit in berths])
    reported(below[0], None, done=True, moment=APRIL + DAY)
    with clock_at(APRIL + 3 * DAY):
        acts.withdraw_directive(by=club.head, directive_id=parts[2].pk, because="Sold.")
    return decision, whole, parts, below


def seen(decision: Decision, **more: object) -> Tree:
    return tree_of(PUBLIC, decision, TODAY, TODAY, **more)  # type: ignore[arg-type]


def shown(client: Client, decision: Decision, status: int = 200, **query: object) -> str:
    keys = [decision.body.slug, decision.number]
    with clock_at(AUGUST):
        return " ".join(text_of(client, "decisions:tree", *keys, status=status, **query).split())


def test_each_task_tells_how_many_below_it_are_open_late_done_and_dropped(club: Club) -> None:
    decision, _whole, _parts, _below = spread(club)
    made = seen(decision)
    (harbour,) = made.twigs
    assert made.all == Below(open=4, late=4, done=1, dropped=1)
    assert harbour.below == Below(open=3, late=3, done=1, dropped=1)
    assert [(one.unit, one.below) for one in harbour.parts] == [
        ("Pier 1", Below(open=1, late=1, done=1)),
        ("Pier 2", Below()),
        ("Pier 3", Below()),
    ]
    assert [one.standing.state for one in harbour.parts] == ["overdue", "overdue", "withdrawn"]
    assert harbour.parts[0].below.shares == (500, 500)
    over = (TODAY - DUE).days
    assert {one.standing.days_over for one in harbour.parts[0].parts} == {0, over}
    page = shown(Client(), decision)
    assert f"Overdue by {over} days" in page
    assert "5 parts: 3 open (3 late), 1 done, 1 dropped" in page
    assert "2 parts: 1 open (1 late), 1 done" in page
    assert "Open: 4, of them late: 4. Done: 1. Withdrawn, superseded or not applicable: 1." in page
    assert page.count("<details") == 2
    assert page.count('<details class="parts" open>') == 2


def test_the_map_is_as_of_the_day_that_is_asked_for(club: Club) -> None:
    decision, _whole, parts, _below = spread(club)
    with clock_at(APRIL + 5 * DAY):
        acts.hand_over_directive(
            by=club.head, directive_id=parts[1].pk, unit_id=parts[2].responsible_unit_id, because="So it is."
        )
    then = tree_of(PUBLIC, decision, APRIL.date(), TODAY)
    assert then.all == Below(open=6)
    assert [one.unit for one in then.twigs[0].parts] == ["Pier 1", "Pier 2", "Pier 3"]
    assert tree_of(PUBLIC, decision, (APRIL + DAY).date(), TODAY).all == Below(open=5, done=1)
    assert tree_of(PUBLIC, decision, (APRIL + 3 * DAY).date(), TODAY).all == Below(open=4, done=1, dropped=1)
    assert tree_of(PUBLIC, decision, (APRIL - DAY).date(), TODAY).twigs == []
    assert [one.unit for one in seen(decision).twigs[0].parts] == ["Pier 1", "Pier 3", "Pier 3"]
    page = shown(Client(), decision, on=APRIL.date().isoformat())
    assert "Open: 6, of them late: 0. Done: 0." in page
    assert "With the due dates of today." in page
    assert "No task was issued by then." in shown(Client(), decision, on="2026-01-01")
    assert "This is not a day." in shown(Client(), decision, on="soon", status=422)


def test_what_is_wider_than_a_page_holds_is_counted_and_opens_on_its_own(
    club: Club, monkeypatch: pytest.MonkeyPatch
) -> None:
    decision, whole, parts, below = spread(club)
    monkeypatch.setattr(tree, "PARTS", 2)
    monkeypatch.setattr(tree, "A_PAGE", 2)
    (harbour,) = seen(decision).twigs
    assert harbour.parts == []
    assert harbour.below.tasks == 5
    page = shown(Client(), decision)
    assert f'<a href="?below={whole.pk}">' in page
    assert "Pier 1" not in page
    first = seen(decision, below=whole.pk)
    assert [one.unit for one in first.twigs] == ["Pier 1", "Pier 2"]
    assert [one.unit for one in first.twigs[0].parts] == ["Berth a", "Berth b"]
    assert (first.page.paginator.num_pages, first.over and first.over.unit, first.above) == (2, "Harbour", None)
    assert [one.unit for one in seen(decision, below=whole.pk, page=2).twigs] == ["Pier 3"]
    assert seen(decision, below=parts[0].pk).above == whole.pk
    own_page = shown(Client(), decision, below=whole.pk, on=(APRIL + DAY).date().isoformat())
    assert f"?on={(APRIL + DAY).date().isoformat()}&amp;below={whole.pk}&amp;page=2" in own_page
    assert "Page 1 of 2" in own_page
    assert "It was not broken down." in shown(Client(), decision, below=below[0].pk)
    monkeypatch.setattr(tree, "PARTS", 30)
    monkeypatch.setattr(tree, "SHOWN", 4)
    assert [one.parts for one in seen(decision).twigs[0].parts] == [[], [], []]
    monkeypatch.setattr(tree, "DEPTH", 0)
    assert seen(decision).twigs[0].parts == []


@pytest.mark.parametrize("below", ["x", "9" * 40, "-1", "0", "٣"])
def test_what_is_no_task_of_the_decision_has_no_page(club: Club, below: str) -> None:
    decision = decided(floor_of(club))
    asked(club, decision, HOUSES)
    shown(Client(), decision, 404, below=below)


def test_a_closed_task_is_in_no_map_and_no_count(club: Club) -> None:
    decision, _whole, parts, below = spread(club)
    Directive.objects.filter(pk__in=[parts[0].pk, below[1].pk]).update(access=Access.BODY)
    made = seen(decision)
    assert made.all == Below(open=2, late=2, done=1, dropped=1)
    assert [(one.unit, one.below.tasks) for one in made.twigs] == [("Harbour", 2), ("Berth a", 0)]
    page = shown(Client(), decision)
    assert "Pier 1" not in page
    assert "Berth b" not in page
    shown(Client(), decision, 404, below=parts[0].pk)
    assert seen(decision, below=below[0].pk).above is None
    member = as_person(club.members[1])
    assert "5 parts" in shown(member, decision)
    assert "Pier 1" in shown(member, decision, below=parts[0].pk)
    with pytest.raises(Http404):
        seen(decision, below=parts[0].pk)


def test_a_closed_decision_has_no_map_for_others(club: Club) -> None:
    directive = issued(floor_of(club, item_access=Access.BODY))
    shown(Client(), directive.point.decision, 404)
    assert "Harbour" in shown(as_person(club.members[1]), directive.point.decision)


def test_a_decision_without_tasks_says_so_and_leads_nowhere(club: Club) -> None:
    decision = decided(floor_of(club))
    page = shown(Client(), decision)
    assert "No task was issued by then." in page
    assert reverse("decisions:tree_table", args=[decision.body.slug, decision.number]) not in page


def test_the_map_takes_few_questions(club: Club, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    decision, whole, _parts, _below = spread(club)
    for reader in (Client(), as_person(club.members[1])):
        for query in ({}, {"on": (APRIL + DAY).date().isoformat()}, {"below": whole.pk}):
            with django_assert_max_num_queries(12):
                shown(reader, decision, **query)


STATES = sorted({*rules.NOT_ENDED, *rules.ENDED})


@given(st.lists(st.tuples(st.integers(0, 9), st.sampled_from(STATES), st.booleans()), max_size=10))
def test_what_is_counted_below_is_what_a_walk_down_finds(rows: list[tuple[int, str, bool]]) -> None:
    lights = {
        key: Light(key, above if 0 < above < key else None, 1, key, state, DUE, None)
        for key, (above, state, _late) in enumerate(rows, 1)
    }
    standings = {
        key: rules.standing(due=DUE, today=DUE + DAY * rows[key - 1][2], received=True, done=False, state=one.state)
        for key, one in lights.items()
    }

    def walked(key: int) -> Below:
        found = [part for part, one in lights.items() if one.parent == key]
        return sum((own(standings[part]) + walked(part) for part in found), Below())

    counted = counts(lights, standings)
    assert counted == {key: walked(key) for key in lights}
    assert all(one.late <= one.open for one in counted.values())
