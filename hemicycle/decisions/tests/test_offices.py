"""Those beside the two sides of a task: who handles it, who takes a report by telephone, who follows a unit."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from hemicycle.accounts.access import Access
from hemicycle.bodies.acts import Holding, NewUnit, create_post, end_unit, found_units, give_posts
from hemicycle.bodies.models import PostKind, Unit
from hemicycle.bodies.queries import actors_of
from hemicycle.decisions import acts
from hemicycle.decisions.models import Directive, Step
from hemicycle.decisions.queries.offices import Books, books_about
from hemicycle.decisions.tests.test_life import piers, refused, told
from hemicycle.decisions.tests.world import APRIL, DUE, decided, issued, received
from hemicycle.demo.club import Club
from hemicycle.journal.act import Actor
from hemicycle.journal.clock import clock_at
from hemicycle.journal.verify import verify
from hemicycle.voting.tests.test_pages import as_person
from hemicycle.voting.tests.world import DAY, at, floor_of

pytestmark = pytest.mark.django_db
MAY = APRIL + timedelta(days=20)


def headed(club: Club, unit: Unit, number: int) -> Actor:
    """Give a unit a head; return them."""
    post = create_post(by=club.administrator, unit_id=unit.pk, kind=PostKind.HEAD, title=f"Head of {unit.name}")
    person = club.members[number]
    give_posts(by=club.administrator, holdings=[Holding(post.pk, person.pk, date(2026, 1, 1))])
    return next(one for one in actors_of(person.pk, DAY) if one.book == unit.book_id)


def of_pier(club: Club, number: int = 5) -> tuple[Directive, Actor]:
    """Hand the point to a pier below the harbour, whose head receives it."""
    units, head = piers(club)
    point = decided(floor_of(club)).points.get(ordinal=1)
    with at(16):
        directive = acts.issue_directive(
            by=club.chair, point_id=point.pk, responsible_unit_id=units[0].pk, text="Paint the pier.", due=DUE
        )
    with clock_at(APRIL):
        acts.receive_directive(by=head, directive_id=directive.pk)
    return directive, head


def test_any_office_above_enters_what_the_unit_tells_by_telephone_and_verifies_nothing_of_it(club: Club) -> None:
    directive, head = of_pier(club)
    above = {club.local.book_id, club.unit.book_id, club.body.book_id}
    assert books_about(directive.responsible_unit, DAY) == Books({directive.responsible_unit.book_id}, above)
    assert books_about(club.unit, DAY) == Books({club.unit.book_id, club.body.book_id}, frozenset())
    (beside,) = found_units(by=club.administrator, units=[NewUnit("Dunes", "local", club.unit.pk)])
    elsewhere = headed(club, beside, 6)
    with clock_at(MAY):
        ask = {"directive_id": directive.pk, "narrative": "Half of it is blue."}
        refused("other_body", acts.report_progress, by=elsewhere, **ask)
        report = acts.report_progress(by=club.head, **ask)
        assert (report.unit, report.through) == (directive.responsible_unit, club.local)
        assert told("progress.reported").endswith("Told by telephone, and entered by Harbour.")
        own = acts.report_progress(by=head, directive_id=directive.pk, narrative="Three quarters.")
        assert own.through is None
        done = acts.report_progress(by=club.chair, directive_id=directive.pk, narrative="All blue.", done=True)
        assert done.through == club.unit
        refused("own_report", acts.verify_directive, by=club.chair, directive_id=directive.pk)
    assert [fault.sentence for fault in verify()] == []


def test_of_a_closed_task_no_other_office_takes_a_report(club: Club) -> None:
    units, head = piers(club)
    point = decided(floor_of(club, item_access=Access.BODY)).points.get(ordinal=1)
    with at(16):
        directive = acts.issue_directive(
            by=club.chair, point_id=point.pk, responsible_unit_id=units[0].pk, text="Paint the pier.", due=DUE
        )
    with clock_at(MAY):
        acts.receive_directive(by=head, directive_id=directive.pk)
        refused("other_body", acts.report_progress, by=club.head, directive_id=directive.pk, narrative="Blue.")
        assert acts.report_progress(by=club.chair, directive_id=directive.pk, narrative="Blue.").through == club.unit


def test_the_office_in_between_finds_the_button_and_others_do_not(
    club: Club, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    directive, _head = of_pier(club)
    page, form = (reverse(f"decisions:{name}", args=[directive.pk]) for name in ("directive", "report"))
    office, member = as_person(club.members[2]), as_person(club.members[7])
    with clock_at(MAY):
        with django_assert_max_num_queries(12):
            assert "Enter a report by telephone" in office.get(page).content.decode()
        assert "by telephone" not in member.get(page).content.decode()
        assert "Enter what North pier reported by telephone" in office.get(form).content.decode()
        assert member.get(form).status_code == 403
        assert office.post(form, {"narrative": "They called.", "once": "a"}).status_code == 302
        assert "told by telephone, entered by Harbour" in office.get(page).content.decode()


def test_a_unit_names_who_handles_its_task_and_they_find_it(club: Club) -> None:
    directive = received(floor_of(club))
    post = create_post(by=club.administrator, unit_id=club.local.pk, kind=PostKind.PRESS, title="Clerk")
    give_posts(by=club.administrator, holdings=[Holding(post.pk, club.outsider.pk, date(2026, 1, 1))])
    ask = {"directive_id": directive.pk, "person_id": club.outsider.pk}
    with clock_at(MAY):
        refused("other_body", acts.name_handler, by=club.chair, **ask)
        refused("not_of_the_unit", acts.name_handler, by=club.head, **ask | {"person_id": club.members[8].pk})
        acts.name_handler(by=club.head, **ask)
        refused("handler_named", acts.name_handler, by=club.head, **ask)
        name = club.outsider.name
        assert told("handler.named") == f"{name} handles the task of Harbour from decision 1 of General Meeting."
        page = reverse("decisions:directive", args=[directive.pk])
        assert name in as_person(club.members[7]).get(page).content.decode()
        assert name not in Client().get(page).content.decode()
        assert (
            "What you handle for your unit" in as_person(club.outsider).get(reverse("decisions:mine")).content.decode()
        )
        acts.name_handler(by=club.head, directive_id=directive.pk)
        assert told("handler.named").startswith(f"{name} no longer handles")
        assert name not in as_person(club.members[7]).get(page).content.decode()
    assert [fault.sentence for fault in verify()] == []


def test_the_head_names_a_handler_by_the_page_and_nobody_else_does(club: Club) -> None:
    directive = received(floor_of(club))
    page, form = (reverse(f"decisions:{name}", args=[directive.pk]) for name in ("directive", "name_handler"))
    head, chair = as_person(club.members[2]), as_person(club.members[0])
    with clock_at(MAY):
        assert form in head.get(page).content.decode()
        assert form not in chair.get(page).content.decode()
        assert chair.get(form).status_code == 403
        wrong = head.post(form, {"person": str(club.members[8].pk)})
        assert (wrong.status_code, "Choose somebody from the list." in wrong.content.decode()) == (422, True)
        assert head.post(form, {"person": str(club.members[2].pk), "once": "a"}).status_code == 302
        mine = head.get(reverse("decisions:mine")).content.decode()
    assert Directive.objects.get().handler_id == club.members[2].pk
    # Of a head's own unit every task stands there already, once.
    assert mine.count(reverse("decisions:directive", args=[directive.pk])) == 1


def test_a_handler_of_a_closed_task_sees_it_and_others_of_the_organisation_do_not(club: Club) -> None:
    directive = issued(floor_of(club, item_access=Access.BODY))
    post = create_post(by=club.administrator, unit_id=club.local.pk, kind=PostKind.PRESS, title="Clerk")
    give_posts(by=club.administrator, holdings=[Holding(post.pk, club.outsider.pk, date(2026, 1, 1))])
    with clock_at(MAY):
        acts.name_handler(by=club.head, directive_id=directive.pk, person_id=club.outsider.pk)
        page = reverse("decisions:directive", args=[directive.pk])
        assert as_person(club.outsider).get(page).status_code == 200
        assert Client().get(page).status_code == 404


def harbour_ended(club: Club) -> tuple[list[Directive], Unit]:
    """Hand two tasks to the harbour, of which one is suspended, and end it with the marina after it."""
    (marina,) = found_units(by=club.administrator, units=[NewUnit("Marina", "local", club.unit.pk)])
    first = received(floor_of(club))
    point = first.point
    with clock_at(APRIL):
        rest = [
            acts.issue_directive(
                by=club.chair, point_id=point.pk, responsible_unit_id=club.local.pk, text=text, due=DUE
            )
            for text in ("Order slates.", "Order nails.", "Paint it.")
        ]
        acts.suspend_directive(by=club.chair, directive_id=rest[0].pk, because="No money.")
        acts.withdraw_directive(by=club.chair, directive_id=rest[2].pk, because="No paint.")
    with clock_at(MAY):
        end_unit(by=club.administrator, unit_id=club.local.pk, ends=MAY.date(), successor_id=marina.pk)
    return [first, *rest], marina


def test_one_act_hands_all_open_tasks_of_a_unit_that_ended_to_its_successor(club: Club) -> None:
    tasks, marina = harbour_ended(club)
    with clock_at(MAY):
        refused("no_reason", acts.hand_over_directives, by=club.chair, unit_id=club.local.pk, because=" ")
        refused("no_successor", acts.hand_over_directives, by=club.chair, unit_id=marina.pk, because="So.")
        moved = acts.hand_over_directives(by=club.chair, unit_id=club.local.pk, because="Harbour ended.")
        refused("nothing_open", acts.hand_over_directives, by=club.chair, unit_id=club.local.pk, because="So.")
    assert {one.pk for one in moved} == {one.pk for one in tasks[:3]}
    now = {one.number: (one.responsible_unit.name, one.state, one.received) for one in Directive.objects.all()}
    assert now == {
        1: ("Marina", "", None),
        2: ("Marina", "suspended", None),
        3: ("Marina", "", None),
        4: ("Harbour", "withdrawn", None),
    }
    assert Step.objects.filter(kind="handed over", unit=club.local).count() == 3
    assert told("directives.handed_over") == (
        "Harbour ended, and 3 open tasks of it went to its successor Marina: Harbour ended."
    )
    assert [fault.sentence for fault in verify()] == []


def test_the_issuer_is_shown_the_proposal_and_hands_over_with_one_form(
    club: Club, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    _tasks, _marina = harbour_ended(club)
    chair, member = as_person(club.members[0]), as_person(club.members[7])
    form = reverse("decisions:succeed", args=["harbour"])
    with clock_at(MAY + timedelta(1)):
        with django_assert_max_num_queries(12):
            text = chair.get(reverse("decisions:mine")).content.decode()
        assert "Harbour ended with 3 open tasks that you handed out. Marina follows it." in text
        assert form in text
        assert form not in member.get(reverse("decisions:mine")).content.decode()
        assert member.get(form).status_code == 403
        shown = chair.get(form).content.decode()
        assert "3 open tasks" in shown
        assert "Marina follows it." in shown
        assert chair.post(form, {"because": "Marina follows Harbour.", "once": "a"}).status_code == 302
        assert form not in chair.get(reverse("decisions:mine")).content.decode()
    assert Directive.objects.filter(responsible_unit__name="Marina").count() == 3
