"""An operational point from which nobody is given a task: the record says why, once, and the account tells it."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from hemicycle.decisions import acts
from hemicycle.decisions.models import Decision, WithoutTask
from hemicycle.decisions.queries.drawn import drawn_lines
from hemicycle.decisions.tests.world import DUE, decided
from hemicycle.demo.club import Club
from hemicycle.journal.act import Refused
from hemicycle.journal.models import Entry
from hemicycle.journal.verify import verify
from hemicycle.journal.words import sentence
from hemicycle.voting.tests.test_pages import as_person
from hemicycle.voting.tests.world import DAY, at, floor_of

WHY = "The harbour office repairs it at its own cost."


@pytest.fixture
def decision(club: Club) -> Decision:
    return decided(floor_of(club))


def refused(code: str, asking: Callable[..., object], **asked: object) -> None:
    with pytest.raises(Refused) as refusal:
        asking(**asked)
    assert refusal.value.code == code


def test_the_desk_says_why_and_the_account_tells_it(club: Club, decision: Decision) -> None:
    point = decision.points.get(ordinal=1)
    address = reverse("decisions:without_task", args=[point.pk])
    page = reverse("decisions:decision", args=[decision.body.slug, decision.number])
    desk = as_person(club.members[1])
    with at(20):
        assert address in desk.get(page).content.decode()
        assert desk.post(address, {"reason": " "}).status_code == 422
        assert desk.post(address, {"reason": WHY}).status_code == 302
        assert sentence(Entry.objects.latest("pk")) == f"From point 1 of decision 1 nobody is given a task: {WHY}"
        for reader in (desk, Client()):
            shown = reader.get(page).content.decode()
            assert WHY in shown
            assert address not in shown
        (line,) = drawn_lines(decision.body, DAY)
    assert (line.state, line.ended, line.narrative) == ("no task", True, WHY)
    assert verify() == []


def test_it_is_said_once_by_the_desk_and_of_what_asks_somebody_to_do_something(club: Club, decision: Decision) -> None:
    first, second = decision.points.order_by("ordinal")
    ask = acts.leave_without_task
    with at(20):
        refused("no_right", ask, by=club.head, point_id=first.pk, reason=WHY)
        refused("point_not_operational", ask, by=club.chair, point_id=second.pk, reason=WHY)
        refused("no_reason", ask, by=club.chair, point_id=first.pk, reason=" ")
        ask(by=club.chair, point_id=first.pk, reason=WHY)
        refused("reason_stands", ask, by=club.chair, point_id=first.pk, reason="Another.")
    assert WithoutTask.objects.get().reason == WHY


def test_a_task_can_still_be_handed_out_and_then_there_is_nothing_to_explain(club: Club, decision: Decision) -> None:
    point = decision.points.get(ordinal=1)
    with at(20):
        acts.leave_without_task(by=club.chair, point_id=point.pk, reason=WHY)
        acts.issue_directive(
            by=club.secretary, point_id=point.pk, responsible_unit_id=club.local.pk, text="Repair it.", due=DUE
        )
        (line,) = drawn_lines(decision.body, DAY)
        assert line.directive is not None
        refused("point_has_tasks", acts.leave_without_task, by=club.chair, point_id=point.pk, reason=WHY)
