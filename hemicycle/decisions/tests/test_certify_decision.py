"""From a certified result to a decision that never changes."""

import pytest
from django.db import IntegrityError, transaction

from hemicycle.accounts.access import Access
from hemicycle.decisions.acts import certify_decision
from hemicycle.decisions.models import Decision, Point
from hemicycle.decisions.tests.world import decided
from hemicycle.demo.club import Club
from hemicycle.journal.act import Refused
from hemicycle.journal.models import Entry
from hemicycle.journal.words import sentence
from hemicycle.motions.acts import table_motion
from hemicycle.voting.acts import declare_result
from hemicycle.voting.tests.world import DAY, Floor, at, certified, counted, floor_of


def test_a_decision_takes_its_points_from_the_text_that_was_voted_on(club: Club) -> None:
    floor = floor_of(club)
    decision = decided(floor)
    assert (decision.number, decision.title, decision.type) == (1, "Repair of the roof", "resolution")
    assert (decision.text, decision.effective) == ("The hall is older than the club.", DAY)
    assert [(point.ordinal, point.text, point.operational) for point in decision.points.order_by("ordinal")] == [
        (1, "The roof of the harbour hall is repaired.", True),
        (2, "The members are thanked.", False),
    ]
    assert sentence(Entry.objects.get(kind="decision.certified")) == (
        "Decision 1, “Repair of the roof”, was certified: adopted unanimously, with 2 points."
    )


def test_a_decision_with_a_vote_against_it_was_adopted_by_vote(club: Club) -> None:
    assert decided(floor_of(club), *["for"] * 6, "against").adopted == Decision.Adopted.BY_VOTE


def test_the_numbers_of_a_body_have_no_gap(club: Club) -> None:
    floor = floor_of(club)
    numbers = [decided(floor).number]
    for title in ("A second matter", "A third matter"):
        with at(20):
            motion = table_motion(by=club.chair, item_id=floor.item.pk, title=title, points=[("So be it.", False)])
        numbers.append(decided(Floor(club, floor.meeting, floor.sitting, floor.item, motion)).number)
    assert numbers == [1, 2, 3]


def test_a_result_becomes_a_decision_once(club: Club) -> None:
    decision = decided(floor_of(club))
    with at(30), pytest.raises(Refused) as refused:
        certify_decision(by=club.chair, result_id=decision.result_id)
    assert refused.value.code == "already_decided"
    assert Decision.objects.count() == 1


def test_only_a_certified_result_makes_a_decision(club: Club) -> None:
    result = counted(floor_of(club), *["for"] * 7).results.get()
    with at(20):
        declare_result(by=club.chair, result_id=result.pk)
    with at(21), pytest.raises(Refused) as refused:
        certify_decision(by=club.chair, result_id=result.pk)
    assert refused.value.code == "result_not_certified"


def test_a_lost_motion_makes_no_decision(club: Club) -> None:
    result = certified(floor_of(club), "for", "against", "against")
    with at(21), pytest.raises(Refused) as refused:
        certify_decision(by=club.chair, result_id=result.pk)
    assert refused.value.code == "not_carried"


def test_a_decision_is_as_closed_as_its_item(club: Club) -> None:
    decision = decided(floor_of(club, item_access=Access.BODY))
    assert decision.access == Access.BODY
    assert Entry.objects.get(kind="decision.certified").access == Access.BODY


@pytest.mark.parametrize("row", [Decision, Point])
def test_the_database_itself_refuses_to_change_a_decision(club: Club, row: type[Decision] | type[Point]) -> None:
    decided(floor_of(club))
    with pytest.raises(IntegrityError), transaction.atomic():
        row._default_manager.update(text="Something else.")
    with pytest.raises(IntegrityError), transaction.atomic():
        row._default_manager.filter(pk=row._default_manager.first().pk)._raw_delete("default")


def test_a_decision_takes_effect_on_its_day_or_later(club: Club) -> None:
    result = certified(floor_of(club), *["for"] * 7)
    with at(20), pytest.raises(Refused) as refused:
        certify_decision(by=club.chair, result_id=result.pk, effective=DAY.replace(day=1))
    assert (refused.value.code, refused.value.field) == ("effective_before_adoption", "effective")
    with at(21):
        decision = certify_decision(by=club.chair, result_id=result.pk, effective=DAY.replace(month=7))
    assert decision.effective == DAY.replace(month=7)
