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
from hemicycle.meetings.acts.agenda import add_item, adopt_agenda, change_item, move_item, withdraw_item
from hemicycle.meetings.acts.convening import convene_meeting
from hemicycle.meetings.acts.debate import hear_report
from hemicycle.meetings.acts.documents import hand_out_document
from hemicycle.meetings.acts.late_documents import admit_document, refuse_document
from hemicycle.meetings.acts.notice import receive_summons, summon
from hemicycle.meetings.acts.planning import cancel_meeting, drop_sitting, move_meeting, move_sitting, plan_sitting
from hemicycle.meetings.acts.referring import accept_referral, decline_referral, refer_item
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
    "accept_referral",
    "accredit_members",
    "accredit_participants",
    "add_item",
    "admit_document",
    "adopt_agenda",
    "cancel_meeting",
    "change_item",
    "close_meeting",
    "close_sitting",
    "convene_meeting",
    "decline_referral",
    "drop_sitting",
    "hand_out_document",
    "hear_report",
    "move_item",
    "move_meeting",
    "move_sitting",
    "open_sitting",
    "participant_came",
    "participant_went",
    "participants_came",
    "plan_sitting",
    "receive_summons",
    "refer_item",
    "refuse_document",
    "seat_alternate",
    "settle_item",
    "summon",
    "take_chair",
    "take_up_item",
    "unseat_alternate",
    "withdraw_item",
]
