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
from hemicycle.meetings.acts.answering import answer_summons
from hemicycle.meetings.acts.convening import convene_meeting
from hemicycle.meetings.acts.credentials import adopt_credentials, report_credentials
from hemicycle.meetings.acts.debate import hear_report
from hemicycle.meetings.acts.documents import hand_out_document
from hemicycle.meetings.acts.handing_over import hand_over_seat
from hemicycle.meetings.acts.late_documents import admit_document, refuse_document
from hemicycle.meetings.acts.mandates import (
    Asked,
    accredit_mandates,
    call_for_mandates,
    name_delegates,
    take_mandate,
)
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
    "Asked",
    "Delegation",
    "accept_referral",
    "accredit_mandates",
    "accredit_members",
    "accredit_participants",
    "add_item",
    "admit_document",
    "adopt_agenda",
    "adopt_credentials",
    "answer_summons",
    "call_for_mandates",
    "cancel_meeting",
    "change_item",
    "close_meeting",
    "close_sitting",
    "convene_meeting",
    "decline_referral",
    "drop_sitting",
    "hand_out_document",
    "hand_over_seat",
    "hear_report",
    "move_item",
    "move_meeting",
    "move_sitting",
    "name_delegates",
    "open_sitting",
    "participant_came",
    "participant_went",
    "participants_came",
    "plan_sitting",
    "receive_summons",
    "refer_item",
    "refuse_document",
    "report_credentials",
    "seat_alternate",
    "settle_item",
    "summon",
    "take_chair",
    "take_mandate",
    "take_up_item",
    "unseat_alternate",
    "withdraw_item",
]
