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
from hemicycle.meetings.acts.accrediting_again import accredit_again
from hemicycle.meetings.acts.agenda import add_item, adopt_agenda, change_item, move_item, withdraw_item
from hemicycle.meetings.acts.answering import answer_summons
from hemicycle.meetings.acts.badges import make_badges, remake_badge, strike_badge
from hemicycle.meetings.acts.chairing import leave_chair, take_chair
from hemicycle.meetings.acts.closing import (
    adjourn_sitting,
    close_meeting,
    close_sitting,
    reopen_meeting,
    reopen_sitting,
)
from hemicycle.meetings.acts.convening import convene_meeting
from hemicycle.meetings.acts.counting import call_quorum, declare_interest, withdraw_interest
from hemicycle.meetings.acts.credentials import adopt_credentials, report_credentials
from hemicycle.meetings.acts.debate import close_debate, draw_conclusion, give_speech, hear_report, reopen_debate
from hemicycle.meetings.acts.documents import hand_out_document
from hemicycle.meetings.acts.handing_over import hand_over_seat
from hemicycle.meetings.acts.items import (
    carry_over_item,
    refer_back_item,
    reopen_item,
    reverse_ruling,
    settle_item,
    take_up_item,
)
from hemicycle.meetings.acts.late_documents import admit_document, refuse_document
from hemicycle.meetings.acts.mandates import (
    Asked,
    accredit_mandates,
    call_for_mandates,
    name_delegates,
)
from hemicycle.meetings.acts.notice import receive_summons, summon
from hemicycle.meetings.acts.organs import end_organ, form_organ, report_of_organ
from hemicycle.meetings.acts.planning import cancel_meeting, drop_sitting, move_meeting, move_sitting, plan_sitting
from hemicycle.meetings.acts.privacy import go_into_private, open_to_public
from hemicycle.meetings.acts.proxies import give_proxy, revoke_proxy, weigh_votes
from hemicycle.meetings.acts.referring import accept_referral, decline_referral, refer_item
from hemicycle.meetings.acts.sitting import open_sitting, resume_sitting, suspend_sitting
from hemicycle.meetings.acts.speaking import (
    end_speech,
    give_floor,
    hold_speech,
    limit_speaking,
    reopen_list,
    resume_speech,
)
from hemicycle.meetings.acts.striking import strike_words
from hemicycle.meetings.acts.undoing import put_back_item, reopen_agenda, undo_opening
from hemicycle.meetings.acts.using_mandates import take_mandate

__all__ = [
    "Accredit",
    "Asked",
    "Delegation",
    "accept_referral",
    "accredit_again",
    "accredit_mandates",
    "accredit_members",
    "accredit_participants",
    "add_item",
    "adjourn_sitting",
    "admit_document",
    "adopt_agenda",
    "adopt_credentials",
    "answer_summons",
    "call_for_mandates",
    "call_quorum",
    "cancel_meeting",
    "carry_over_item",
    "change_item",
    "close_debate",
    "close_meeting",
    "close_sitting",
    "convene_meeting",
    "declare_interest",
    "decline_referral",
    "draw_conclusion",
    "drop_sitting",
    "end_organ",
    "end_speech",
    "form_organ",
    "give_floor",
    "give_proxy",
    "give_speech",
    "go_into_private",
    "hand_out_document",
    "hand_over_seat",
    "hear_report",
    "hold_speech",
    "leave_chair",
    "limit_speaking",
    "make_badges",
    "move_item",
    "move_meeting",
    "move_sitting",
    "name_delegates",
    "open_sitting",
    "open_to_public",
    "participant_came",
    "participant_went",
    "participants_came",
    "plan_sitting",
    "put_back_item",
    "receive_summons",
    "refer_back_item",
    "refer_item",
    "refuse_document",
    "remake_badge",
    "reopen_agenda",
    "reopen_debate",
    "reopen_item",
    "reopen_list",
    "reopen_meeting",
    "reopen_sitting",
    "report_credentials",
    "report_of_organ",
    "resume_sitting",
    "resume_speech",
    "reverse_ruling",
    "revoke_proxy",
    "seat_alternate",
    "settle_item",
    "strike_badge",
    "strike_words",
    "summon",
    "suspend_sitting",
    "take_chair",
    "take_mandate",
    "take_up_item",
    "undo_opening",
    "unseat_alternate",
    "weigh_votes",
    "withdraw_interest",
    "withdraw_item",
]
