"""Acts on decisions: one is certified, its points are handed to units, and the units answer in their own books.

What becomes of a directive is entered by two sides: the issuer (the body, or the unit that broke it down) and the unit
that is responsible. Each writes in its own book.
"""

from hemicycle.decisions.acts.accounting import draw_up_account, enter_finding, note_account, send_back_account
from hemicycle.decisions.acts.addressing import issue_directives
from hemicycle.decisions.acts.answering import (
    answer_not_applicable,
    ask_extension,
    ask_question,
    receive_directive,
    return_directive,
)
from hemicycle.decisions.acts.certifying import certify_decision
from hemicycle.decisions.acts.consulting import answer_consultation, call_consultation, close_consultation
from hemicycle.decisions.acts.filing import file_account
from hemicycle.decisions.acts.handling import name_handler
from hemicycle.decisions.acts.importing import import_old
from hemicycle.decisions.acts.issuing import Part, break_down_directive, issue_directive
from hemicycle.decisions.acts.leaving import leave_without_task
from hemicycle.decisions.acts.overseeing import (
    answer_question,
    grant_extension,
    hand_over_directive,
    refuse_extension,
    resume_directive,
    send_back_directive,
    supersede_directive,
    suspend_directive,
    verify_directive,
    withdraw_directive,
)
from hemicycle.decisions.acts.reporting import report_progress
from hemicycle.decisions.acts.succeeding import hand_over_directives
from hemicycle.decisions.acts.telling import ToldReport, enter_reports
from hemicycle.decisions.force.naming import Changing
from hemicycle.decisions.rollup.asking import NewAim

__all__ = [
    "Changing",
    "NewAim",
    "Part",
    "ToldReport",
    "answer_consultation",
    "answer_not_applicable",
    "answer_question",
    "ask_extension",
    "ask_question",
    "break_down_directive",
    "call_consultation",
    "certify_decision",
    "close_consultation",
    "draw_up_account",
    "enter_finding",
    "enter_reports",
    "file_account",
    "grant_extension",
    "hand_over_directive",
    "hand_over_directives",
    "import_old",
    "issue_directive",
    "issue_directives",
    "leave_without_task",
    "name_handler",
    "note_account",
    "receive_directive",
    "refuse_extension",
    "report_progress",
    "resume_directive",
    "return_directive",
    "send_back_account",
    "send_back_directive",
    "supersede_directive",
    "suspend_directive",
    "verify_directive",
    "withdraw_directive",
]
