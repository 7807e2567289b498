"""Acts on ballots: a question is put to the vote and counted; the result is declared, certified, and can be undone.

Every ballot belongs to an open sitting; the book of its body is locked first, then the sitting, the motion, the
ballot. The box (box.py) holds the ballot FOR SHARE while it writes votes, so that close_ballot waits for them.
"""

from hemicycle.voting.acts.balloting import close_ballot, void_ballot
from hemicycle.voting.acts.batches import count_batches, enter_batch, rule_on_batch
from hemicycle.voting.acts.cards import strike_card
from hemicycle.voting.acts.circulating import demand_meeting, open_circulation
from hemicycle.voting.acts.consent_agenda import decide_consent_agenda
from hemicycle.voting.acts.electing import withdraw_candidate
from hemicycle.voting.acts.floor import enter_count, give_casting_vote, minute_dissent, note_consent, note_objection
from hemicycle.voting.acts.opening import open_ballot
from hemicycle.voting.acts.procedure import decide_procedure, move_procedure, withdraw_procedure
from hemicycle.voting.acts.results import certify_result, correct_result, declare_result
from hemicycle.voting.acts.taking_back import take_back_vote
from hemicycle.voting.acts.ties import draw_lot, repeat_ballot
from hemicycle.voting.acts.unopposed import note_no_contest
from hemicycle.voting.hands import Hands, Papers

__all__ = [
    "Hands",
    "Papers",
    "certify_result",
    "close_ballot",
    "correct_result",
    "count_batches",
    "decide_consent_agenda",
    "decide_procedure",
    "declare_result",
    "demand_meeting",
    "draw_lot",
    "enter_batch",
    "enter_count",
    "give_casting_vote",
    "minute_dissent",
    "move_procedure",
    "note_consent",
    "note_no_contest",
    "note_objection",
    "open_ballot",
    "open_circulation",
    "repeat_ballot",
    "rule_on_batch",
    "strike_card",
    "take_back_vote",
    "void_ballot",
    "withdraw_candidate",
    "withdraw_procedure",
]
