"""What holds for decisions, directives and progress. Pure: no database, no clock."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

OPEN, CLAIMED, SENT_BACK, RETURNED, SUSPENDED = "", "claimed", "sent back", "returned", "suspended"
ENDED = ("closed", "not applicable", "withdrawn", "superseded")
GOING_ON = frozenset({OPEN, SENT_BACK})
NOT_ENDED = frozenset({OPEN, CLAIMED, SENT_BACK, RETURNED, SUSPENDED})

# In which states each thing can be done.
ALLOWED: Mapping[str, frozenset[str]] = {
    "received": GOING_ON,
    "returned": GOING_ON,
    "not applicable": GOING_ON,
    "broken down": GOING_ON,
    "reported": GOING_ON | {CLAIMED},
    "extension asked": GOING_ON,
    "asked": NOT_ENDED,
    "verified": frozenset({CLAIMED}),
    "sent back": frozenset({CLAIMED, RETURNED, "not applicable"}),
    "suspended": NOT_ENDED - {SUSPENDED},
    "resumed": frozenset({SUSPENDED}),
    "withdrawn": NOT_ENDED,
    "superseded": NOT_ENDED,
    "handed over": NOT_ENDED,
}
# Of these the unit has to have received the directive; of none other than the first it must not have.
ONCE_RECEIVED = frozenset({"broken down", "reported", "verified"})

# To which state a step leads, whatever the state before it.
LEADS_TO: Mapping[str, str] = {
    "verified": "closed",
    "sent back": SENT_BACK,
    "returned": RETURNED,
    "not applicable": "not applicable",
    "suspended": SUSPENDED,
    "withdrawn": "withdrawn",
    "superseded": "superseded",
}
# Steps after which a state is another one.
TELLING = frozenset({*LEADS_TO, "resumed", "handed over"})


@dataclass(frozen=True)
class Standing:
    """Where a directive stands on a day: to receive, to report, overdue, or what became of it."""

    state: str
    days_over: int = 0

    @property
    def waits_for_unit(self) -> bool:
        """Whether the responsible unit has something to do."""
        return self.state in {"overdue", "to receive", "to report", "sent back"}


def is_in_time(due: date, decided: date) -> bool:
    """Say whether a due date leaves any time: it must come after the day of the decision."""
    return due > decided


def asks_for_delay(due: date, reported: date) -> bool:
    """Say whether a report must give the reason for delay: it comes after the due date."""
    return reported > due


def fault(doing: str, state: str, *, received: bool) -> str:
    """Return why something cannot be done to a directive as it stands, in a word; nothing where it can."""
    if doing == "received" and received:
        return "directive received"
    if doing in ONCE_RECEIVED and not received:
        return "not received"
    if state in ALLOWED[doing]:
        return ""
    if state in ENDED:
        return f"was {state}"
    return {"verified": "not claimed", "sent back": "nothing to send back", "resumed": "not suspended"}.get(
        doing, f"is {state}"
    )


def standing(*, due: date, today: date, received: bool, done: bool, state: str = OPEN) -> Standing:
    """Return where a directive stands. Due on a day means that the day itself is still in time."""
    if state in ENDED or state in {RETURNED, SUSPENDED}:
        return Standing(state)
    if done or state == CLAIMED:
        return Standing("done")
    over = max((today - due).days, 0)
    if state == SENT_BACK:
        return Standing("sent back", over)
    if over:
        return Standing("overdue", over)
    return Standing("to report" if received else "to receive")


def suspended_from(steps: Iterable[tuple[str, str]]) -> str:
    """Return the state to which a suspended directive is resumed, by its steps: what each was, and the state before it.

    Whoever it was handed over to since has it open.
    """
    found = OPEN
    for step, was in steps:
        if step in {"suspended", "handed over"}:
            found = was if step == "suspended" else OPEN
    return found


def state_told(steps: Sequence[tuple[datetime, str, str]], reports: Sequence[tuple[datetime, bool]]) -> str:
    """Return the state of a directive after these steps and reports, each in order.

    Of a step its moment, what it was and the state before it; of a report its moment and whether it said “done”. What
    was told last counts. Of a step and a report of one moment it is the step, which answers the report.
    """
    moved = [one for one in steps if one[1] in TELLING]
    if reports and (not moved or reports[-1][0] > moved[-1][0]):
        return CLAIMED if reports[-1][1] else OPEN
    if not moved:
        return OPEN
    _moment, step, was = moved[-1]
    if step == "resumed":
        return suspended_from((kind, before) for _moment, kind, before in moved)
    if step == "handed over":
        return SUSPENDED if was == SUSPENDED else OPEN
    return LEADS_TO[step]
