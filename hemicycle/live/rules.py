"""What the desk does next: one step, worked out from where the meeting stands. Pure: no database, no clock."""

from dataclasses import dataclass
from enum import StrEnum


class Step(StrEnum):
    """The steps of a meeting, from its agenda to what is published of it."""

    ADD_ITEM = "add item"
    SUMMON = "summon"
    ACCREDIT = "accredit"
    OPEN_SITTING = "open sitting"
    TAKE_CHAIR = "take chair"
    RESUME = "resume"
    COUNT = "count"
    CHECK_IN = "check in"
    ADOPT_AGENDA = "adopt agenda"
    TAKE_UP_ITEM = "take up item"
    CALL_SPEAKER = "call speaker"
    END_SPEECH = "end speech"
    DECIDE_PROCEDURE = "decide procedure"
    CARRY_OUT = "carry out"
    SETTLE_AMENDMENT = "settle amendment"
    OPEN_BALLOT = "open ballot"
    ENTER_COUNT = "enter count"
    NOTE_CONSENT = "note consent"
    CALL_ROLL = "call roll"
    CLOSE_BALLOT = "close ballot"
    DECLARE_RESULT = "declare result"
    CERTIFY_RESULT = "certify result"
    CERTIFY_DECISION = "certify decision"
    ISSUE_DIRECTIVE = "issue directive"
    SETTLE_ITEM = "settle item"
    CLOSE_SITTING = "close sitting"
    CLOSE_MEETING = "close meeting"
    PUBLISH = "publish"
    DRAW_UP_MINUTES = "draw up minutes"
    CIRCULATE_MINUTES = "circulate minutes"
    ANSWER_CORRECTIONS = "answer corrections"
    NOTHING = "nothing"


@dataclass(frozen=True)
class State:
    """Where a meeting stands.

    `to_come`: items not settled, the current one left out. `ballot`: what the last ballot waits for, “open”, “closed”,
    “declared” or “certified” while its result is not yet a decision; empty where it waits for nothing. `method`: how
    it is decided. `undirected`: whether a decision has a point to be carried out that no unit was handed. `motion`:
    whether a motion waits for its vote on the current item; `amendment`: whether one to that motion is open.
    `procedure`: the state of the procedural motion that waits for its decision or, carried, for its effect.
    `waiting`: how many can be called to speak on the current item; `speaking`: whether somebody has the floor.
    `suspended`: why the open sitting rests, “quorum” where too few are there. `minutes`: what the minutes of a meeting
    that is over wait for, “drawing up”, “circulation” or “answers” to corrections; empty where for nothing here.
    """

    over: bool = False
    published: bool = False
    items: int = 0
    summoned: bool = False
    agenda_adopted: bool = False
    sitting_open: bool = False
    sitting_planned: bool = False
    sitting_held: bool = False
    accredited: bool = False
    presided: bool = False
    suspended: str = ""
    quorum: bool = False
    item_current: bool = False
    to_come: int = 0
    motion: bool = False
    amendment: bool = False
    procedure: str = ""
    ballot: str = ""
    method: str = "named vote"
    undirected: bool = False
    waiting: int = 0
    speaking: bool = False
    minutes: str = ""


IN_THE_BOX = ("named vote", "circulation", "secret vote", "roll call")
BY_METHOD = {
    **dict.fromkeys(IN_THE_BOX, Step.CLOSE_BALLOT),
    "roll call": Step.CALL_ROLL,
    **dict.fromkeys(("consent", "acclamation"), Step.NOTE_CONSENT),
}
AFTER_BALLOT = {
    "closed": Step.DECLARE_RESULT,
    "declared": Step.CERTIFY_RESULT,
    "certified": Step.CERTIFY_DECISION,
}
BY_MINUTES = {
    "drawing up": Step.DRAW_UP_MINUTES,
    "circulation": Step.CIRCULATE_MINUTES,
    "answers": Step.ANSWER_CORRECTIONS,
}


def next_step(state: State) -> Step:
    """Return what the desk does next."""
    if state.sitting_open and not state.presided:
        return Step.TAKE_CHAIR
    if state.sitting_open and state.suspended:
        return Step.COUNT if state.suspended == "quorum" else Step.RESUME
    if state.ballot:
        return BY_METHOD.get(state.method, Step.ENTER_COUNT) if state.ballot == "open" else AFTER_BALLOT[state.ballot]
    if state.sitting_open:
        return in_the_sitting(state)
    if state.undirected:  # Paperwork: it waits until the hall does not.
        return Step.ISSUE_DIRECTIVE
    if state.over:
        return after_the_meeting(state)
    return between_sittings(state)


def in_the_sitting(state: State) -> Step:
    """Return the next step while a sitting is open, somebody presides and no vote is pending."""
    if state.procedure:
        return Step.DECIDE_PROCEDURE if state.procedure == "moved" else Step.CARRY_OUT
    if state.items and not state.agenda_adopted:
        return Step.ADOPT_AGENDA
    if state.item_current:
        if state.waiting or state.speaking:
            return Step.CALL_SPEAKER if state.waiting else Step.END_SPEECH
        if not state.motion:
            return Step.SETTLE_ITEM
        if not state.quorum:
            return Step.CHECK_IN
        return Step.SETTLE_AMENDMENT if state.amendment else Step.OPEN_BALLOT
    return Step.TAKE_UP_ITEM if state.to_come else Step.CLOSE_SITTING


def between_sittings(state: State) -> Step:
    """Return the next step before the first sitting, between two, or after the last."""
    if not state.items:
        return Step.ADD_ITEM
    if not state.summoned and not state.sitting_held:
        return Step.SUMMON
    if state.sitting_planned and (state.to_come or not state.sitting_held):
        return Step.OPEN_SITTING if state.accredited else Step.ACCREDIT
    return Step.CLOSE_MEETING


def after_the_meeting(state: State) -> Step:
    """Return the next step once the meeting is over. Of one that never sat there is nothing to tell."""
    if state.sitting_held and not state.published:
        return Step.PUBLISH
    return BY_MINUTES.get(state.minutes, Step.NOTHING)
