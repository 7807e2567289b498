"""A later decision amends, supersedes or repeals an earlier one: entered with it, never with the earlier."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from hemicycle.accounts.access import Access
from hemicycle.bodies.acts import adopt_rules, found_body
from hemicycle.bodies.queries.procedure import procedure, rules_on
from hemicycle.decisions.acts import Changing, certify_decision
from hemicycle.decisions.models import Change, Decision
from hemicycle.decisions.tests.world import APRIL, decided, received
from hemicycle.demo.club import Club
from hemicycle.journal.act import Refused
from hemicycle.journal.clock import clock_at
from hemicycle.journal.models import Entry
from hemicycle.journal.verify import verify
from hemicycle.journal.words import sentence
from hemicycle.meetings.acts import add_item, take_up_item
from hemicycle.meetings.agenda import Vote
from hemicycle.motions.acts import table_motion
from hemicycle.voting.models import Result
from hemicycle.voting.tests.test_pages import as_person
from hemicycle.voting.tests.world import DAY, OPENING, Floor, at, certified, floor_of

WEEK = timedelta(days=7)


@pytest.fixture
def floor(club: Club) -> Floor:
    return floor_of(club)


def carried(floor: Floor, title: str, *, access: str = "") -> Result:
    """Carry a further motion on the floor, and certify its result."""
    item = floor.item
    with at(20):
        if access:
            item = add_item(
                by=floor.club.chair, meeting_id=floor.meeting.pk, title=title, access=access, vote=Vote(7, 0, 0)
            )
            take_up_item(by=floor.club.chair, item_id=item.pk)
        motion = table_motion(by=floor.club.chair, item_id=item.pk, title=title, points=[("So be it.", False)])
    return certified(Floor(floor.club, floor.meeting, floor.sitting, item, motion), *["for"] * 7)


def decide(floor: Floor, title: str, *changes: Changing, **days: object) -> Decision:
    result = carried(floor, title)
    with at(25):
        return certify_decision(by=floor.club.chair, result_id=result.pk, changes=changes, **days)


def page_of(client: Client, decision: Decision, **query: str) -> str:
    answer = client.get(reverse("decisions:decision", args=[decision.body.slug, decision.number]), query)
    assert answer.status_code == 200
    return answer.content.decode()


def state_on(decision: Decision, day: object) -> str:
    shown = (
        Client()
        .get(reverse("decisions:decision", args=[decision.body.slug, decision.number]), {"on": str(day)})
        .context["stood"]
    )
    return str(shown.force.state)


def test_an_amended_decision_says_by_which_one_and_from_when(floor: Floor) -> None:
    first = decided(floor)
    second = decide(floor, "The roof is green", Changing("amends", 1), effective=DAY + WEEK)
    assert state_on(first, DAY) == "in force"
    assert state_on(first, DAY + WEEK) == "amended"
    text = page_of(Client(), first, on=str(DAY + WEEK))
    assert "Amended by" in text
    assert "The roof is green" in text
    assert "It amends" in page_of(Client(), second)
    assert sentence(Entry.objects.latest("pk")).endswith(
        "It amends decision 1 of General Meeting, “Repair of the roof”."
    )
    assert verify() == []


def test_a_decision_holds_until_its_last_day_or_until_a_later_one_ends_it(floor: Floor) -> None:
    first = decided(floor)
    brief = decide(floor, "A moratorium", effective=DAY + WEEK, expires=DAY + 2 * WEEK)
    assert "It holds until 7 April 2026." in sentence(Entry.objects.latest("pk"))
    decide(floor, "No roof at all", Changing("repeals", 1), effective=DAY + 3 * WEEK)
    decide(floor, "Another moratorium", Changing("supersedes", 2), effective=DAY + 2 * WEEK)
    assert [state_on(brief, DAY + days * WEEK / 7) for days in (0, 7, 13, 14, 15)] == [
        "not yet in force", "in force", "in force", "superseded", "superseded",
    ]  # fmt: skip
    assert [state_on(first, DAY + days * WEEK / 7) for days in (0, 20, 21)] == ["in force", "in force", "repealed"]


def test_what_is_repealed_before_it_takes_effect_changes_nothing(floor: Floor) -> None:
    first = decided(floor)
    second = decide(floor, "No roof", Changing("repeals", 1), effective=DAY + 2 * WEEK)
    decide(floor, "The roof after all", Changing("repeals", 2), effective=DAY + WEEK)
    assert state_on(second, DAY + 2 * WEEK) == "repealed"
    assert state_on(first, DAY + 3 * WEEK) == "in force"
    assert "No roof" not in page_of(Client(), first)


def refused(code: str, field: str, asking: Callable[..., object], *changes: Changing, **asked: object) -> None:
    with pytest.raises(Refused) as refusal:
        asking(*changes, **asked)
    assert (refusal.value.code, refusal.value.field) == (code, field)


def test_only_an_earlier_decision_of_its_own_is_changed_once_and_while_it_lasts(floor: Floor) -> None:
    decided(floor)
    result = carried(floor, "The roof is green")

    def ask(*changes: Changing, **asked: object) -> Decision:
        with at(25):
            return certify_decision(by=floor.club.chair, result_id=result.pk, changes=changes, **asked)

    refused("no_such_decision", "amends", ask, Changing("amends", 9))
    refused("no_such_decision", "repeals", ask, Changing("repeals", 2))  # Its own number.
    refused("no_such_decision", "amends", ask, Changing("amends", 1, "nobodys"))
    refused("decision_named_twice", "amends", ask, Changing("amends", 1), Changing("repeals", 1))
    refused("expires_before_effective", "expires", ask, expires=DAY - WEEK)
    refused("expires_before_effective", "expires", ask, effective=DAY + WEEK, expires=DAY)
    refused("type_unfit", "type", ask, sort="election")
    refused("type_unfit", "type", ask, sort="poem")
    assert Decision.objects.count() == 1
    ask(Changing("repeals", 1), sort="rule")
    assert Decision.objects.get(number=2).type == "rule"
    refused("decision_ended", "amends", lambda *changes: decide(floor, "Once more", *changes), Changing("amends", 1))


def test_the_database_itself_refuses_a_circle_and_a_second_change(floor: Floor) -> None:
    first = decided(floor)
    second = decide(floor, "The roof is green", Changing("amends", 1))
    for by, of, how in ((first, second, "repeals"), (first, first, "amends"), (second, first, "repeals")):
        with pytest.raises(IntegrityError), transaction.atomic():
            Change.objects.create(by=by, of=of, how=how)
    with pytest.raises(IntegrityError), transaction.atomic():
        Change.objects.update(how="repeals")


def test_the_desk_enters_it_on_a_page_and_what_is_wrong_stands_beside_what_was_typed(floor: Floor) -> None:
    decided(floor)
    result = carried(floor, "The roof is green")
    address = reverse("decisions:certify_with", args=[result.ballot_id])
    with at(25):
        desk = as_person(floor.club.members[0])
        assert address in desk.get(reverse("voting:ballot", args=[result.ballot_id])).content.decode()
        assert desk.get(address).status_code == 200
        for sent, said in (
            ({"amends": "the first"}, "“the” is no number of a decision."),
            ({"repeals": "7"}, "General Meeting has no decision 7 that could be changed."),
            ({"amends": ", ".join(map(str, range(99)))}, "no more than 50"),
            ({"expires": "2026-02-30"}, "This is not a day."),
            ({"effective": "2026-01-01"}, "A decision takes effect on the day it is certified or later, not before."),
        ):
            answer = desk.post(address, {"type": "rule", **sent, "once": "a"})
            assert answer.status_code == 422
            text = answer.content.decode()
            assert said in text
            assert next(iter(sent.values())) in text
        sent = {"type": "rule", "amends": "/en/bodies/general-meeting/decisions/1/", "expires": "2026-12-31"}
        assert desk.post(address, {**sent, "once": "b"}).status_code == 302
    made = Decision.objects.get(number=2)
    assert (made.type, str(made.expires), made.changes.get().of.number) == ("rule", "2026-12-31", 1)
    assert Client().get(address).status_code == 302


def test_the_page_of_a_changed_decision_with_a_task_asks_little_of_the_database(
    club: Club, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    floor = floor_of(club)
    first = received(floor).point.decision
    decide(floor, "The roof is green", Changing("amends", first.number))
    reader = as_person(club.members[0])
    with clock_at(APRIL + timedelta(days=1)):
        page_of(reader, first)
        with django_assert_max_num_queries(12):
            assert "In force, amended" in page_of(reader, first)


def test_a_day_that_is_none_is_told_on_the_decisions_page(floor: Floor) -> None:
    address = reverse("decisions:decision", args=["general-meeting", decided(floor).number])
    for on in ("soon", "0000-00-00", "2026-02-30"):
        answer = Client().get(address, {"on": on})
        assert answer.status_code == 422
        assert "This is not a day." in answer.content.decode()
    assert Client().get(address, {"on": "9999-12-01"}).status_code == 200


def test_a_public_decision_does_not_tell_of_a_closed_one_that_changes_it_or_that_it_would_change(floor: Floor) -> None:
    first = decided(floor)
    before = page_of(Client(), first)
    later = carried(floor, "In the open")
    closed = carried(floor, "Zyklonfarn", access=Access.BODY)
    with at(25):
        second = certify_decision(by=floor.club.chair, result_id=closed.pk, changes=[Changing("repeals", 1)])
    assert second.access == Access.BODY
    assert page_of(Client(), first) == before
    assert "Zyklonfarn" in page_of(as_person(floor.club.members[5]), first)
    with at(26), pytest.raises(Refused) as refusal:
        certify_decision(by=floor.club.chair, result_id=later.pk, changes=[Changing("amends", 2)])
    assert refusal.value.code == "changes_closed_decision"


@pytest.mark.parametrize("rule", ["none", "below", "beside"])
@pytest.mark.parametrize("where", ["below", "beside"])
def test_a_decision_of_another_body_is_changed_only_where_the_rules_let_it_and_anybody_may_read_it(
    floor: Floor, where: str, rule: str
) -> None:
    club = floor.club
    unit = club.local if where == "below" else club.body.unit
    board = found_body(by=club.administrator, unit_id=unit.pk, name="Crew", kind="board", time_zone="UTC")
    of_board = Decision.objects.create(
        body=board,
        meeting=floor.meeting,
        item=floor.item,
        motion=floor.motion,
        result=carried(floor, "The crew's"),
        number=1,
        title="Opening hours",
        language="en",
        adopted="by vote",
        effective=DAY,
        certified=OPENING,
    )
    result = carried(floor, "The roof is green")

    def ask(*changes: Changing) -> Decision:
        with at(25):
            return certify_decision(by=club.chair, result_id=result.pk, changes=changes)

    in_force = procedure(rules_on(club.body, DAY))
    changed = replace(in_force, changes_below=rule == "below", changes_beside=rule == "beside")
    adopt_rules(by=club.secretary, body_id=club.body.pk, preset=changed, in_force_from=DAY)
    if rule != where:
        refused("not_its_decision", "amends", ask, Changing("amends", 1, board.slug))
        return
    refused("no_such_decision", "amends", ask, Changing("amends", 2, board.slug))
    made = ask(Changing("amends", 1, board.slug))
    assert made.changes.get().of == of_board
    assert state_on(of_board, DAY) == "amended"
    assert "decision 1 of Crew" in page_of(Client(), made)
