"""The responsible unit answers: it receives a directive, returns it, says why it is none of its, asks."""

from datetime import date

from django.utils.translation import gettext as _

from hemicycle.decisions.acts.standing import (
    lock_own_directive,
    reason_in,
    record,
    refuse_due,
    refuse_not_later,
    refuse_state,
    step,
)
from hemicycle.decisions.models import Directive, Step
from hemicycle.decisions.words import Kind
from hemicycle.journal.act import Actor, Happened, Refused, act


def receive_directive(*, by: Actor, directive_id: int, happened: Happened | None = None) -> Directive:
    """Acknowledge a task, by the head of the responsible unit, in the unit's own book.

    Raises:
        Refused: it is another unit's, was received already, or has ended.
    """
    with act(Kind.DIRECTIVE_RECEIVED, by=by, happened=happened) as entry:
        directive = lock_own_directive(entry, directive_id)
        refuse_state(directive, "received")
        if entry.when < directive.issued:
            raise Refused(
                "out_of_order",
                _("A task is received after it was issued. Enter a later moment."),
                status=422,
                field="happened",
            )
        entry.update(directive, received=entry.when)
        record(entry, directive)
    return directive


def return_directive(*, by: Actor, directive_id: int, because: str, happened: Happened | None = None) -> Step:
    """Return a task to its issuer with a reason. The issuer sends it back, hands it to another unit or withdraws it.

    Raises:
        Refused: it is another unit's, was reported as done or has ended, or no reason is given.
    """
    with act(Kind.DIRECTIVE_RETURNED, by=by, happened=happened) as entry:
        directive = lock_own_directive(entry, directive_id)
        refuse_state(directive, "returned")
        kind, text = Step.Kind.RETURNED, reason_in(because)
        return step(entry, directive, kind, text=text, unit=directive.responsible_unit, state=Directive.State.RETURNED)


def answer_not_applicable(*, by: Actor, directive_id: int, because: str, happened: Happened | None = None) -> Step:
    """Answer that a task does not apply to the unit, with the reason. The issuer can send it back.

    Raises:
        Refused: it is another unit's, was reported as done or has ended, or no reason is given.
    """
    with act(Kind.DIRECTIVE_NOT_APPLICABLE, by=by, happened=happened) as entry:
        directive = lock_own_directive(entry, directive_id)
        refuse_state(directive, "not applicable")
        return step(
            entry,
            directive,
            Step.Kind.NOT_APPLICABLE,
            text=reason_in(because),
            unit=directive.responsible_unit,
            state=Directive.State.NOT_APPLICABLE,
        )


def ask_extension(*, by: Actor, directive_id: int, until: date, because: str, happened: Happened | None = None) -> Step:
    """Ask for a later due date, with the reason.

    Raises:
        Refused: it is another unit's, has ended, waits for an answer already; the day is not later or lies after the
            due date of the whole; no reason is given.
    """
    with act(Kind.EXTENSION_ASKED, by=by, happened=happened) as entry:
        directive = lock_own_directive(entry, directive_id)
        refuse_state(directive, "extension asked")
        if directive.steps.filter(kind=Step.Kind.EXTENSION_ASKED, answered=None).exists():
            raise Refused("extension_waits", _("An extension was asked for already and waits for its answer."))
        refuse_not_later(directive, until)
        refuse_due(until, directive.point.decision, directive.parent)
        kind, text = Step.Kind.EXTENSION_ASKED, reason_in(because)
        return step(entry, directive, kind, text=text, day=until, unit=directive.responsible_unit)


def ask_question(*, by: Actor, directive_id: int, text: str, happened: Happened | None = None) -> Step:
    """Ask the issuer about a task. The answer is seen by every unit that has a task of the same point and issuer.

    Raises:
        Refused: it is another unit's, has ended, or nothing is asked.
    """
    with act(Kind.QUESTION_ASKED, by=by, happened=happened) as entry:
        directive = lock_own_directive(entry, directive_id)
        refuse_state(directive, "asked")
        if not text.strip():
            raise Refused("no_question", _("Say what you ask."), status=422, field="text")
        return step(entry, directive, Step.Kind.ASKED, text=text.strip(), unit=directive.responsible_unit)
