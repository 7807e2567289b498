"""What the desk does next follows from where the meeting stands, and from nothing else."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hemicycle.live.rules import State, Step, next_step

CONVENED = State(sitting_planned=True)
CALLED = State(items=2, to_come=2, sitting_planned=True, summoned=True)
SITTING = State(items=2, to_come=2, summoned=True, sitting_open=True, accredited=True)
CHAIRED = replace(SITTING, presided=True, agenda_adopted=True, quorum=True)
ON_ITEM = replace(CHAIRED, item_current=True, to_come=1)
HELD = State(items=2, summoned=True, agenda_adopted=True, sitting_held=True, accredited=True)


@pytest.mark.parametrize(
    ("state", "step"),
    [
        (CONVENED, Step.ADD_ITEM),
        (replace(CALLED, summoned=False), Step.SUMMON),
        (CALLED, Step.ACCREDIT),
        (replace(CALLED, accredited=True), Step.OPEN_SITTING),
        (SITTING, Step.TAKE_CHAIR),
        (replace(CHAIRED, agenda_adopted=False), Step.ADOPT_AGENDA),
        (CHAIRED, Step.TAKE_UP_ITEM),
        (ON_ITEM, Step.SETTLE_ITEM),
        (replace(ON_ITEM, motion=True, quorum=False), Step.CHECK_IN),
        (replace(ON_ITEM, motion=True), Step.OPEN_BALLOT),
        (replace(ON_ITEM, ballot="open"), Step.CLOSE_BALLOT),
        (replace(ON_ITEM, ballot="closed"), Step.DECLARE_RESULT),
        (replace(ON_ITEM, ballot="declared"), Step.CERTIFY_RESULT),
        (replace(ON_ITEM, ballot="certified"), Step.CERTIFY_DECISION),
        (replace(ON_ITEM, undirected=True), Step.SETTLE_ITEM),
        (replace(CHAIRED, undirected=True), Step.TAKE_UP_ITEM),
        (replace(HELD, undirected=True), Step.ISSUE_DIRECTIVE),
        (replace(CHAIRED, to_come=0), Step.CLOSE_SITTING),
        (replace(HELD, sitting_planned=True, to_come=1), Step.OPEN_SITTING),
        (replace(HELD, sitting_planned=True), Step.CLOSE_MEETING),
        (HELD, Step.CLOSE_MEETING),
        (replace(HELD, ballot="closed"), Step.DECLARE_RESULT),
        (replace(HELD, over=True), Step.PUBLISH),
        (replace(HELD, over=True, undirected=True), Step.ISSUE_DIRECTIVE),
        (replace(HELD, over=True, minutes="drawing up"), Step.PUBLISH),
        (replace(HELD, over=True, published=True, minutes="drawing up"), Step.DRAW_UP_MINUTES),
        (replace(HELD, over=True, published=True, minutes="circulation"), Step.CIRCULATE_MINUTES),
        (replace(HELD, over=True, published=True, minutes="answers"), Step.ANSWER_CORRECTIONS),
        (replace(HELD, over=True, published=True), Step.NOTHING),
        (replace(CALLED, over=True), Step.NOTHING),
    ],
    ids=lambda value: value.value if isinstance(value, Step) else "",
)
def test_each_state_has_its_step(state: State, step: Step) -> None:
    assert next_step(state) == step


NO_FLAGS = {"items", "to_come", "ballot", "minutes"}
states = st.builds(
    State,
    **{name: st.booleans() for name in State.__dataclass_fields__ if name not in NO_FLAGS},
    items=st.integers(0, 3),
    to_come=st.integers(0, 3),
    ballot=st.sampled_from(["", "open", "closed", "declared", "certified"]),
    minutes=st.sampled_from(["", "drawing up", "circulation", "answers"]),
)


@given(states)
def test_no_vote_is_opened_without_quorum_chair_and_sitting(state: State) -> None:
    if next_step(state) == Step.OPEN_BALLOT:
        assert state.quorum
        assert state.presided
        assert state.sitting_open
        assert not state.ballot


@given(states)
def test_no_sitting_or_meeting_is_closed_while_a_vote_waits(state: State) -> None:
    if state.ballot:
        assert next_step(state) not in {Step.CLOSE_SITTING, Step.CLOSE_MEETING, Step.SETTLE_ITEM, Step.TAKE_UP_ITEM}
