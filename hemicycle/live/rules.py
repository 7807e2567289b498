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
    CHECK_IN = "check in"
    ADOPT_AGENDA = "adopt agenda"
    TAKE_UP_ITEM = "take up item"
    OPEN_BALLOT = "open ballot"
    CLOSE_BALLOT = "close ballot"
    DECLARE_RESULT = "declare result"
    CERTIFY_RESULT = "certify result"
    CERTIFY_DECISION = "certify decision"
    ISSUE_DIRECTIVE = "issue directive"
    SETTLE_ITEM = "settle item"
    CLOSE_SITTING = "close sitting"
    CLOSE_MEETING = "close meeting"
    PUBLISH = "publish"
    NOTHING = "nothing"


@dataclass(frozen=True)
class State:
    """Where a meeting stands.

    `to_come`: items not settled, the current one left out. `ballot`: what the last ballot waits for, “open”, “closed”,
    “declared” or “certified” while its result is not yet a decision; empty where it waits for nothing. `undirected`:
    whether a decision has a point to be carried out that no unit was handed. `motion`: whether a motion waits for
    its vote on the current item.
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
    quorum: bool = False
    item_current: bool = False
    to_come: int = 0
    motion: bool = False
    ballot: str = ""
    undirected: bool = False


AFTER_BALLOT = {
    "open": Step.CLOSE_BALLOT,
    "closed": Step.DECLARE_RESULT,
    "declared": Step.CERTIFY_RESULT,
    "certified": Step.CERTIFY_DECISION,
}


def next_step(state: State) -> Step:
    """Return what the desk does next."""
    if state.sitting_open and not state.presided:
        return Step.TAKE_CHAIR
    if state.ballot:
        return AFTER_BALLOT[state.ballot]
    if state.sitting_open:
        return in_the_sitting(state)
    if state.undirected:  # Paperwork: it waits until the hall does not.
        return Step.ISSUE_DIRECTIVE
    if state.over:
        return Step.NOTHING if state.published else Step.PUBLISH
    return between_sittings(state)


def in_the_sitting(state: State) -> Step:
    """Return the next step while a sitting is open, somebody presides and no vote is pending."""
    if state.items and not state.agenda_adopted:
        return Step.ADOPT_AGENDA
    if state.item_current:
        if not state.motion:
            return Step.SETTLE_ITEM
        return Step.OPEN_BALLOT if state.quorum else Step.CHECK_IN
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
