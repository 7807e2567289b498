"""A part goes down, never across or back; what was taken back can be handed out again; and who may read of a task."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from hemicycle.accounts.access import Access
from hemicycle.bodies.acts import Holding, NewUnit, create_post, found_units, give_posts
from hemicycle.bodies.models import PostKind, Unit
from hemicycle.decisions import acts
from hemicycle.decisions.acts import Part, ToldReport
from hemicycle.decisions.models import Directive
from hemicycle.decisions.tests.test_life import refused
from hemicycle.decisions.tests.test_rollup import HOUSES, asked, broken_down, piers
from hemicycle.decisions.tests.world import APRIL, DUE, decided, issued
from hemicycle.demo.club import Club
from hemicycle.journal.act import Happened
from hemicycle.journal.clock import clock_at
from hemicycle.voting.tests.test_pages import as_person
from hemicycle.voting.tests.world import at, floor_of

pytestmark = pytest.mark.django_db


def test_a_task_is_handed_to_no_unit_that_stands_not_over_its_parts(club: Club) -> None:
    whole = asked(club, decided(floor_of(club)), HOUSES)
    (other,) = found_units(by=club.administrator, units=[NewUnit("Marina", "local", club.unit.pk)])
    pier = piers(club, 1)[0]
    (part,) = broken_down(whole, [Part(pier.pk)])
    over = {"by": club.chair, "directive_id": whole.pk, "unit_id": other.pk, "because": "It can."}
    with clock_at(APRIL):
        said = refused("parts_elsewhere", acts.hand_over_directive, **over)
        assert "Pier 1" in said
        assert Directive.objects.get(pk=whole.pk).responsible_unit == club.local
        acts.withdraw_directive(by=club.head, directive_id=part.pk, because="Moved.")
        acts.hand_over_directive(**over)
    assert Directive.objects.get(pk=whole.pk).responsible_unit == other


def test_a_part_is_not_handed_back_to_the_unit_that_gave_it_out(club: Club) -> None:
    whole = asked(club, decided(floor_of(club)), HOUSES)
    units = piers(club, 2)
    (part,) = broken_down(whole, [Part(units[0].pk)])
    with clock_at(APRIL):
        refused(
            "issuer_itself",
            acts.hand_over_directive,
            by=club.head,
            directive_id=part.pk,
            unit_id=club.local.pk,
            because="We do it.",
        )
        form = as_person(club.members[2]).get(reverse("decisions:hand_over", args=[part.pk])).content.decode()
        assert f'value="{units[1].pk}"' in form
        assert f'value="{club.local.pk}"' not in form


def test_what_was_withdrawn_can_be_handed_out_again_and_what_was_done_cannot(club: Club) -> None:
    first = issued(floor_of(club))
    again = {
        "by": club.chair,
        "point_id": first.point_id,
        "responsible_unit_id": club.local.pk,
        "text": first.text,
        "due": DUE,
    }
    with at(20):
        refused("directive_issued", acts.issue_directive, **again)
        acts.withdraw_directive(by=club.chair, directive_id=first.pk, because="Too early.")
        second = acts.issue_directive(**again)
    with clock_at(APRIL):
        acts.receive_directive(by=club.head, directive_id=second.pk)
        acts.report_progress(by=club.head, directive_id=second.pk, narrative="Tight.", done=True)
        acts.verify_directive(by=club.chair, directive_id=second.pk)
        refused("directive_issued", acts.issue_directive, **again)


def test_a_task_can_be_closed_to_others_than_its_decision(club: Club) -> None:
    floor = floor_of(club)
    point = decided(floor).points.get(ordinal=1)
    chair = as_person(club.members[0])
    address = reverse("decisions:issue", args=[point.pk])
    sent = {
        "responsible_unit": club.local.pk, "text": "Zyklonfarn.", "due": DUE.isoformat(), "access": "body", "once": "a",
    }  # fmt: skip
    with at(20):
        assert 'name="access"' in chair.get(address).content.decode()
        assert chair.post(address, {**sent, "access": "nobody"}).status_code == 422
        assert chair.post(address, sent).status_code == 302
        task = Directive.objects.get()
        acts.receive_directive(by=club.head, directive_id=task.pk)
        (part,) = acts.break_down_directive(
            by=club.head, directive_id=task.pk, text="Look.", parts=[Part(unit.pk) for unit in piers(club, 1)]
        )
        assert (task.access, part.access) == (Access.BODY, Access.BODY)
        keys = ["general-meeting", 1]
        for reader, sees in ((chair, True), (as_person(club.members[2]), True), (Client(), False)):
            assert (reader.get(reverse("decisions:directive", args=[task.pk])).status_code == 200) is sees
            assert ("Zyklonfarn" in reader.get(reverse("decisions:decision", args=keys)).content.decode()) is sees


def test_a_unit_that_ended_tells_nothing_more(club: Club) -> None:
    first = issued(floor_of(club))
    told = [ToldReport(number=first.number, narrative="Tight.")]
    with at(20):
        acts.receive_directive(by=club.head, directive_id=first.pk)
    Unit.objects.filter(pk=club.local.pk).update(ended=APRIL.date())
    with clock_at(APRIL):
        asked_for = {"by": club.chair, "directive_id": first.pk, "narrative": "Tight."}
        assert "Hand its task to another unit first" in refused("unit_ended", acts.report_progress, **asked_for)
        refused("unit_ended", acts.enter_reports, by=club.chair, point_id=first.point_id, reports=told)
        earlier = Happened("moment", APRIL - timedelta(days=2), reason="It was told before the end.")
        assert acts.report_progress(**asked_for, happened=earlier).narrative == "Tight."


def test_the_units_between_are_offered_where_somebody_heads_the_bodys_own(club: Club) -> None:
    point = decided(floor_of(club)).points.get(ordinal=1)
    chair, form = as_person(club.members[0]), reverse("decisions:issue_all", args=[point.pk])
    with at(20):
        page = chair.get(form).content.decode()
        assert "nobody heads it" in page
        head = create_post(by=club.administrator, unit_id=club.unit.pk, kind=PostKind.HEAD, title="Head of the club")
        give_posts(by=club.administrator, holdings=[Holding(head.pk, club.members[5].pk, date(2026, 1, 1))])
        assert "nobody heads it" not in chair.get(form).content.decode()


def test_the_register_finds_all_the_words_in_any_order(club: Club) -> None:
    decided(floor_of(club))
    for words, there in (("roof repair", True), ("Repair roof", True), ("roof zyklonfarn", False)):
        page = Client().get(reverse("decisions:register"), {"q": words}).content.decode()
        assert ("Repair of the roof" in page) is there, words
