"""Decisions, the directives that carry them out, what units report on them, and the accounts put to meetings."""

from hemicycle.decisions.models.accounts import Account, AccountLine, AccountPaper, Finding, Hearing
from hemicycle.decisions.models.aims import Aim, Rollup
from hemicycle.decisions.models.changes import Change
from hemicycle.decisions.models.consulting import Addressee, Consultation, ConsultationClosed, UnitAnswer
from hemicycle.decisions.models.old import OldDecision, OldSheet, OldTask
from hemicycle.decisions.models.reminders import CalendarLink, Digest
from hemicycle.decisions.models.tasks import (
    RECEIVED_BEFORE,
    STATES,
    WITHOUT_REASON,
    CoUnit,
    Decision,
    Directive,
    Evidence,
    Point,
    Progress,
    Shown,
    Step,
    WithoutTask,
)
from hemicycle.decisions.rules import ENDED

__all__ = [
    "ENDED",
    "RECEIVED_BEFORE",
    "STATES",
    "WITHOUT_REASON",
    "Account",
    "AccountLine",
    "AccountPaper",
    "Addressee",
    "Aim",
    "CalendarLink",
    "Change",
    "CoUnit",
    "Consultation",
    "ConsultationClosed",
    "Decision",
    "Digest",
    "Directive",
    "Evidence",
    "Finding",
    "Hearing",
    "OldDecision",
    "OldSheet",
    "OldTask",
    "Point",
    "Progress",
    "Rollup",
    "Shown",
    "Step",
    "UnitAnswer",
    "WithoutTask",
]
