"""The acts of meetings. Each writes its rows and one entry in the body's book."""

from hemicycle.meetings.acts.accrediting import (
    Accredit,
    Delegation,
    accredit_members,
    accredit_participants,
    participant_came,
    participant_went,
    participants_came,
    seat_alternate,
    unseat_alternate,
)
from hemicycle.meetings.acts.convening import add_item, adopt_agenda, convene_meeting, summon
from hemicycle.meetings.acts.debate import hear_report
from hemicycle.meetings.acts.documents import hand_out_document
from hemicycle.meetings.acts.sitting import (
    close_meeting,
    close_sitting,
    open_sitting,
    settle_item,
    take_chair,
    take_up_item,
)

__all__ = [
    "Accredit",
    "Delegation",
    "accredit_members",
    "accredit_participants",
    "add_item",
    "adopt_agenda",
    "close_meeting",
    "close_sitting",
    "convene_meeting",
    "hand_out_document",
    "hear_report",
    "open_sitting",
    "participant_came",
    "participant_went",
    "participants_came",
    "seat_alternate",
    "settle_item",
    "summon",
    "take_chair",
    "take_up_item",
    "unseat_alternate",
]
