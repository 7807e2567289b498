"""The map of tasks by unit and sector: what it counts, for whom, as of which day, and how it is drawn."""

import re
from datetime import date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from hemicycle.accounts.access import PUBLIC, Access
from hemicycle.bodies.acts import NewUnit, found_body, found_units
from hemicycle.decisions import acts, heat_drawing
from hemicycle.decisions.acts import Part
from hemicycle.decisions.models import Decision, Directive
from hemicycle.decisions.queries import state_of
from hemicycle.decisions.queries.heat import Asked, Cell, cells_now, cells_then, grouped, heat_map, tasks_asked
from hemicycle.decisions.queries.states import states_then
from hemicycle.decisions.tests.test_pages import text_of
from hemicycle.decisions.tests.test_rollup import broken_down, piers, reported
from hemicycle.decisions.tests.world import APRIL, DUE, decided, issued, received
from hemicycle.demo.club import Club
from hemicycle.journal.clock import clock_at
from hemicycle.voting.models import Result
from hemicycle.voting.tests.test_pages import as_person
from hemicycle.voting.tests.world import floor_of

pytestmark = pytest.mark.django_db
LATE = APRIL.replace(month=8)
AUGUST = LATE.date()
DAY = timedelta(days=1)


def shown(client: Client, name: str = "decisions:heat", moment: datetime = LATE, **query: object) -> str:
    with clock_at(moment):
        return " ".join(text_of(client, name, **query).split())


def cells(club: Club, day: date, *, today: date = AUGUST, under: bool = False) -> dict[tuple[str, str], Cell]:
    asked = Asked(club.body, today, day, under=club.local if under else None)
    made = heat_map(PUBLIC, asked)
    names = {unit.pk: unit.name for unit in made.units}
    return {(names[unit], sector): cell for (unit, sector), cell in made.cells.items()}


def several(club: Club) -> list[Directive]:
    """Hand the harbour three tasks in two sectors: one is reported as done, one withdrawn, one not received."""
    first = received(floor_of(club))
    made = [first]
    for text, sector in (("Buy slates.", "buildings"), ("Write to the members.", "")):
        with clock_at(APRIL):
            made.append(
                acts.issue_directive(
                    by=club.secretary, point_id=first.point_id, responsible_unit_id=club.local.pk, text=text, due=DUE,
                    sector=sector,
                )
            )  # fmt: skip
    with clock_at(APRIL + 7 * DAY):
        acts.report_progress(by=club.head, directive_id=first.pk, narrative="It is tight.", done=True)
    with clock_at(APRIL + 9 * DAY):
        acts.withdraw_directive(by=club.secretary, directive_id=made[1].pk, because="There are slates.")
    return made


def test_a_cell_counts_what_is_late_claimed_and_verified_and_not_what_was_withdrawn(club: Club) -> None:
    first = several(club)[0]
    assert cells(club, AUGUST) == {
        ("Harbour", "buildings"): Cell(1, 0, 1, 0),
        ("Harbour", ""): Cell(1, 1, 0, 0),
    }
    with clock_at(LATE):
        acts.verify_directive(by=club.chair, directive_id=first.pk)
    assert cells(club, AUGUST)["Harbour", "buildings"] == Cell(1, 0, 0, 1)


def test_the_map_of_a_day_is_as_the_tasks_stood_on_it(club: Club) -> None:
    several(club)
    start = APRIL.date()
    assert cells(club, start) == {("Harbour", "buildings"): Cell(2), ("Harbour", ""): Cell(1)}
    assert cells(club, start + 8 * DAY)["Harbour", "buildings"] == Cell(2, 0, 1, 0)
    assert cells(club, start + 9 * DAY)["Harbour", "buildings"] == Cell(1, 0, 1, 0)
    assert cells(club, start + 9 * DAY, today=start + 9 * DAY) == cells(club, start + 9 * DAY)
    assert cells(club, DUE)["Harbour", ""].late == 0
    assert cells(club, DUE + DAY)["Harbour", ""].late == 1
    assert cells(club, date(2026, 1, 1)) == {}


def test_the_state_told_from_steps_and_reports_is_the_state_that_is_kept(club: Club) -> None:
    """After each step of a long life the state of now, told anew, is the one in the table."""
    directive = received(floor_of(club))
    piers_ = piers(club, 2)
    key, moment = {"directive_id": directive.pk}, APRIL
    chair, head = {"by": club.chair, **key}, {"by": club.head, **key}
    life = [
        lambda: acts.report_progress(**head, narrative="Begun."),
        lambda: acts.report_progress(**head, narrative="Done.", done=True),
        lambda: acts.suspend_directive(**chair, because="The rain."),
        lambda: acts.resume_directive(**chair),
        lambda: acts.send_back_directive(**chair, because="It drips."),
        lambda: acts.ask_extension(**head, because="Slates.", until=DUE + 9 * DAY),
        lambda: acts.answer_not_applicable(**head, because="There is no roof."),
        lambda: acts.send_back_directive(**chair, because="There is."),
        lambda: acts.return_directive(**head, because="It is the piers'."),
        lambda: acts.suspend_directive(**chair, because="A look is taken."),
        lambda: acts.hand_over_directive(**chair, unit_id=piers_[0].pk, because="So it is."),
        lambda: acts.resume_directive(**chair),
        lambda: acts.hand_over_directive(**chair, unit_id=piers_[1].pk, because="Or theirs."),
        lambda: acts.withdraw_directive(**chair, because="The hall is sold."),
    ]
    found = Directive.objects.filter(pk=directive.pk)
    states = [Directive.State.OPEN.value]
    for step in life:
        moment += DAY
        with clock_at(moment):
            step()
        kept = state_of(found.get())
        assert states_then(found, moment + DAY).get(directive.pk, "") == kept
        states.append(kept)
    for number, state in enumerate(states):
        assert states_then(found, APRIL + number * DAY + timedelta(hours=1)).get(directive.pk, "") == state
    assert set(states) > {"claimed", "sent back", "not applicable", "returned", "suspended", "withdrawn"}


def test_what_the_database_counts_today_is_what_is_told_from_the_story(club: Club) -> None:
    several(club)
    today = AUGUST
    asked = Asked(club.body, today, today)
    for tasks in tasks_asked(PUBLIC, asked):
        assert cells_now(grouped(tasks.order_by(), today)) == cells_then(tasks.order_by(), asked)


def test_a_unit_that_hands_on_has_a_map_of_its_own(club: Club) -> None:
    whole = received(floor_of(club))
    units = piers(club, 2)
    first, _second = broken_down(whole, [Part(unit.pk) for unit in units])
    reported(first, None, done=True)
    assert cells(club, AUGUST) == {("Harbour", "buildings"): Cell(1, 1)}
    found = cells(club, AUGUST, under=True)
    assert found == {("Pier 1", "buildings"): Cell(1, 0, 1, 0), ("Pier 2", "buildings"): Cell(1, 1)}
    page = shown(Client(), body=club.body.slug)
    below = reverse("decisions:heat") + f"?body={club.body.slug}&amp;show=late&amp;under={club.local.slug}"
    assert below in page
    assert "What Harbour handed on" in shown(Client(), body=club.body.slug, under=club.local.slug)


def test_the_parts_of_the_bodys_own_unit_stand_beside_what_the_body_handed_out(club: Club) -> None:
    decision = decided(floor_of(club))
    with clock_at(APRIL):
        acts.issue_directives(
            by=club.chair, point_id=decision.points.get(ordinal=1).pk, level="local", text="Count slates.", due=DUE,
            through=True, sector="stock",
        )  # fmt: skip
    assert cells(club, AUGUST) == {("The Club", "stock"): Cell(1, 1), ("Harbour", "stock"): Cell(1, 1)}


def test_the_drawing_says_in_figures_words_and_patterns_what_it_shows(club: Club) -> None:
    several(club)
    page = shown(Client(), body=club.body.slug)
    drawing = re.search(r'<svg class="heatmap".*?</svg>', page)
    assert drawing
    assert 'role="group"' in drawing[0]
    assert '<title id="heat-map-title">Tasks late, by unit and sector</title>' in drawing[0]
    assert (
        "All that is drawn: 2 tasks, 1 late, 1 reported as done, 0 verified. Most at Harbour, no sector" in drawing[0]
    )
    assert re.findall(r'heatmap__count"[^>]*>([^<]*)<', drawing[0]) == ["1/1", "0/1"]
    assert 'fill="url(#heat-late)"' in drawing[0]
    assert 'fill="url(#heat-done)"' in shown(Client(), show="done")
    assert '<td data-label="Sector"><a href=' in page
    assert page.count("Harbour, buildings: 1 task, 0 late, 1 reported as done, 0 verified") == 2


def test_where_a_unit_has_no_task_the_cell_is_grey_with_a_stroke(club: Club) -> None:
    several(club)
    units = found_units(by=club.administrator, units=[NewUnit("Mill", "local", club.unit.pk)])
    drawn = heat_drawing.heat_map(units, ["buildings"], {}, "late", {})
    assert 'class="heatmap__none"' in drawn
    assert "<a " not in drawn
    assert ">–</text>" in drawn


def test_a_long_name_is_shortened_and_many_sectors_are_left_to_the_table(club: Club) -> None:
    units = found_units(
        by=club.administrator, units=[NewUnit("The Co-operative of " + "very " * 20, "x", club.unit.pk)]
    )
    sectors = ["A sector of quite an unusual length", *(f"Sector {number}" for number in range(30))]
    table = {(units[0].pk, sector): Cell(1, 1) for sector in sectors}
    drawn = heat_drawing.heat_map(units, sectors, table, "late", dict.fromkeys(table, "#"))
    assert drawn.count("<a ") == heat_drawing.COLUMNS
    assert ">A sector of quite an…</text>" in drawn
    assert "All that is drawn: 12 tasks, 12 late" in drawn


def test_a_cell_leads_to_its_tasks(club: Club) -> None:
    several(club)
    page = shown(Client(), body=club.body.slug)
    address = re.search(r'<a class="heatmap__link" href="([^"]*sector=buildings[^"]*)"', page)
    assert address
    with clock_at(LATE):
        listed = Client().get(address[1].replace("&amp;", "&")).content.decode()
    assert "Have the roof repaired by a roofer." in listed
    assert "Reported as done" in listed
    assert "Buy slates." not in listed
    name, asked = "decisions:heat_tasks", {"body": club.body.slug, "unit": club.local.slug}
    without = shown(Client(), name, **asked)
    assert "Write to the members." in without
    assert "Overdue by" in without
    then = shown(Client(), name, **asked, sector="buildings", on=(APRIL + DAY).date().isoformat())
    assert "Buy slates." in then
    assert "Under way" in then
    assert "Not received yet" in then
    assert "No task is found." in shown(Client(), name, **asked, sector="navigation")


def test_nobody_finds_what_they_may_not_see_in_the_map(club: Club) -> None:
    directive = issued(floor_of(club, item_access=Access.BODY))
    for page in (shown(Client()), shown(as_person(club.members[1]))):
        assert ("Harbour" in page) == (page.count("heatmap__link") > 0)
    assert "No decision was certified yet." in shown(Client())
    assert "1 task, 1 late" in shown(as_person(club.members[1]))
    text_of(Client(), "decisions:heat", body=club.body.slug)
    listed = {"body": club.body.slug, "unit": club.local.slug, "sector": directive.sector}
    text_of(Client(), "decisions:heat_tasks", **listed, status=404)
    assert directive.text in shown(as_person(club.members[1]), "decisions:heat_tasks", **listed)


def test_a_closed_task_of_an_open_decision_is_in_no_cell_and_no_list(club: Club) -> None:
    directive = issued(floor_of(club), sector="secrets")
    Directive.objects.filter(pk=directive.pk).update(access=Access.BODY)
    page = shown(Client(), body=club.body.slug)
    assert "No task is found." in page
    assert "secrets" not in page
    listed = shown(Client(), "decisions:heat_tasks", body=club.body.slug, unit=club.local.slug, sector="secrets")
    assert directive.text not in listed
    past = shown(Client(), body=club.body.slug, on=(APRIL + DAY).date().isoformat())
    assert "secrets" not in past
    assert "secrets" in shown(as_person(club.members[1]), body=club.body.slug)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"body": "no-such-body"}, "No decision of such a body is found. Choose one."),
        ({"on": "soon"}, "This is not a day."),
        ({"since": "0000-00-00"}, "This is not a day."),
        ({"show": "<b>"}, "Select a valid choice."),
    ],
)
def test_nonsense_is_answered_with_a_sentence(club: Club, query: dict[str, str], said: str) -> None:
    several(club)
    assert said in text_of(Client(), "decisions:heat", **query, status=422)
    text_of(Client(), "decisions:heat_tasks", **query, unit=club.local.slug, status=404)


def test_an_unknown_unit_has_no_map_and_a_later_day_is_today(club: Club) -> None:
    several(club)
    text_of(Client(), "decisions:heat", under="no-such-unit", status=404)
    text_of(Client(), "decisions:heat_tasks", unit="no-such-unit", status=404)
    assert '<time datetime="2026-08' in shown(Client(), on="2030-01-01", page="99")
    assert "No task is found." in shown(Client(), since="2026-07-01")


def test_the_map_takes_few_questions(club: Club, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    whole = several(club)[2]
    with clock_at(APRIL):
        acts.receive_directive(by=club.head, directive_id=whole.pk)
    broken_down(whole, [Part(unit.pk) for unit in piers(club, 5)], APRIL + 8 * DAY)
    for reader in (Client(), as_person(club.members[1])):
        for query in ({}, {"on": (APRIL + 9 * DAY).date().isoformat()}, {"under": club.local.slug}):
            with django_assert_max_num_queries(12):
                shown(reader, **query)
        with django_assert_max_num_queries(12):
            shown(reader, "decisions:heat_tasks", unit=club.local.slug, sector="buildings", on=DUE.isoformat())


def test_where_no_body_is_named_the_one_that_decided_last_is_shown(club: Club) -> None:
    decision = decided(floor_of(club))
    board = found_body(by=club.administrator, unit_id=club.unit.pk, name="The Board", kind="board", time_zone="UTC")
    # A result of a vote before: a decision stands for exactly one.
    other = Result.objects.get(pk=decision.result_id)
    other.pk, other.version, other._state.adding = None, 9, True
    other.certified = other.declared = None
    other.save()
    told = {"motion": other.ballot.motion, "result": other, "effective": decision.effective, "certified": APRIL}
    same = {name: getattr(decision, name) for name in ("meeting", "item", "language", "adopted")}
    assert "Decisions of General Meeting" in shown(Client())
    Decision.objects.create(body=board, number=1, title="The regatta", **told, **same)
    page = shown(Client())
    assert "Decisions of The Board" in page
    assert '<option value="general-meeting">General Meeting</option>' in page
    assert "Decisions of General Meeting" in shown(Client(), body=club.body.slug)


def test_the_register_leads_to_the_map(club: Club) -> None:
    address = reverse("decisions:heat")
    assert address not in text_of(Client(), "decisions:register")
    decided(floor_of(club))
    assert f"{address}?body={club.body.slug}" in text_of(Client(), "decisions:register_of", club.body.slug)
    assert "No task is found." in shown(Client())
