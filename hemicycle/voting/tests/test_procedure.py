"""Procedural motions come from the table of the rules, are decided in their order, and are followed by an act."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hemicycle.demo.club import Club
from hemicycle.journal.act import Refused
from hemicycle.journal.models import Entry
from hemicycle.journal.verify import verify
from hemicycle.journal.words import sentence
from hemicycle.live.faces import Face, audience
from hemicycle.live.queries import now
from hemicycle.meetings.acts import (
    close_debate,
    refer_back_item,
    reopen_item,
    resume_sitting,
    reverse_ruling,
    suspend_sitting,
)
from hemicycle.motions.acts import divide_motion
from hemicycle.motions.models import ProceduralMotion
from hemicycle.motions.rules import goes_first, in_order
from hemicycle.voting.acts import (
    Hands,
    decide_procedure,
    move_procedure,
    open_ballot,
    withdraw_procedure,
)
from hemicycle.voting.tests.world import Floor, at, floor_of


def told(kind: str) -> str:
    return sentence(Entry.objects.filter(kind=kind).latest("number"))


def refused(code: str, act: Callable[[], object]) -> None:
    before = Entry.objects.count()
    with pytest.raises(Refused) as refusal:
        act()
    assert refusal.value.code == code
    assert Entry.objects.count() == before


def moved(floor: Floor, name: str, mover: str = "Eva Egger") -> ProceduralMotion:
    return move_procedure(by=floor.club.chair, sitting_id=floor.sitting.pk, name=name, mover=mover)


def waiting(floor: Floor) -> ProceduralMotion | None:
    book = floor.club.body.book_id
    return now(floor.meeting, audience(Face.DESK, floor.meeting.pk, book)).procedure


def test_the_debate_is_closed_by_the_majority_that_the_rules_ask_for_it(club: Club) -> None:
    floor = floor_of(club)
    with at(5):
        motion = moved(floor, "close debate")
        assert told("procedure.moved") == "Eva Egger moved: to close the debate."
        decide_procedure(by=club.chair, procedure_id=motion.pk, counted=Hands(4, 3, 0))
        motion.refresh_from_db()
        assert motion.state == "lost"
        assert "5 were needed (at least two thirds of 7 valid votes)" in told("procedure.decided")
    with at(6):
        again = moved(floor, "close debate")
        decide_procedure(by=club.chair, procedure_id=again.pk, counted=Hands(5, 2, 0))
        assert waiting(floor) == again
        close_debate(by=club.chair, item_id=floor.item.pk)
        assert waiting(floor) is None
    assert not list(verify())


def test_what_was_carried_is_carried_out_before_the_next_is_decided(club: Club) -> None:
    floor = floor_of(club)
    with at(5):
        close, suspend = moved(floor, "close debate"), moved(floor, "suspend", "Dov Dahl")
        decide_procedure(by=club.chair, procedure_id=suspend.pk)
        assert waiting(floor) == suspend
        suspend_sitting(by=club.chair, sitting_id=floor.sitting.pk)
        resume_sitting(by=club.chair, sitting_id=floor.sitting.pk)
        assert waiting(floor) == close
    with at(6):
        decide_procedure(by=club.chair, procedure_id=close.pk)
        assert waiting(floor) == close
        close_debate(by=club.chair, item_id=floor.item.pk)
        assert waiting(floor) is None


def test_what_goes_before_is_decided_before(club: Club) -> None:
    floor = floor_of(club)
    with at(5):
        refer = moved(floor, "refer back")
        refused("goes_first", lambda: moved(floor, "close debate"))
        refused("goes_first", lambda: moved(floor, "refer back"))
        suspend = moved(floor, "suspend", "Dov Dahl")
        refused("goes_first", lambda: decide_procedure(by=club.chair, procedure_id=refer.pk))
        withdraw_procedure(by=club.chair, procedure_id=suspend.pk)
        assert told("procedure.withdrawn") == "Dov Dahl withdrew the motion: to suspend the sitting."
        decide_procedure(by=club.chair, procedure_id=refer.pk)
        assert told("procedure.decided") == "Nobody objected to the motion of Eva Egger: to refer the item back."
        refused("procedure_settled", lambda: decide_procedure(by=club.chair, procedure_id=refer.pk))
        refer_back_item(by=club.chair, item_id=floor.item.pk, to="the Board")
        assert told("item.referred_back") == "Item 1, “The harbour hall”, was referred back to the Board."
        assert waiting(floor) is None
        reopen_item(by=club.chair, item_id=floor.item.pk, because="The Board reported.")


def test_the_rules_name_what_can_be_moved_and_a_count_has_no_more_than_are_there(club: Club) -> None:
    floor = floor_of(club)
    with at(5):
        refused("procedure_unknown", lambda: moved(floor, "sing a song"))
        motion = moved(floor, "recount")
        refused(
            "more_than_present",
            lambda: decide_procedure(by=club.chair, procedure_id=motion.pk, counted=Hands(7, 1, 0)),
        )
        withdraw_procedure(by=club.chair, procedure_id=motion.pk)
        open_ballot(by=club.chair, motion_id=floor.motion.pk)
        refused("vote_open", lambda: moved(floor, "suspend"))


def test_a_question_is_divided_and_a_ruling_reversed(club: Club) -> None:
    floor = floor_of(club)
    with at(5):
        parts = divide_motion(by=club.chair, motion_id=floor.motion.pk)
        assert [part.title for part in parts] == ["Repair of the roof, point 1", "Repair of the roof, point 2"]
        assert told("motion.divided") == "“Repair of the roof” was divided into 2 motions, one for each point."
        refused("one_point", lambda: divide_motion(by=club.chair, motion_id=parts[0].pk))
        refused(
            "ruling_not_said",
            lambda: reverse_ruling(by=club.chair, sitting_id=floor.sitting.pk, ruling="x", instead=" "),
        )
        reverse_ruling(
            by=club.chair, sitting_id=floor.sitting.pk, ruling="The list is closed", instead="Two more speak"
        )
        assert told("ruling.reversed") == "The ruling “The list is closed” was reversed; instead: Two more speak."
    assert not list(verify())


@given(st.lists(st.integers(1, 13), max_size=30))
def test_whatever_is_moved_the_pending_ones_stand_in_the_order_of_the_table(wanted: list[int]) -> None:
    """Against a pile: only what goes before the top is laid upon it, and the top is decided first."""
    pile: list[int] = []
    for precedence in wanted:
        assert in_order(precedence, pile) is (not pile or precedence < pile[-1])
        if in_order(precedence, pile):
            pile.append(precedence)
        elif pile:
            assert goes_first(pile) == pile.pop()
