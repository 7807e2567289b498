"""What every act on a directive asks first: whose it is, how far it is, and why it is done."""

from collections.abc import Container, Mapping
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from hemicycle.accounts.access import Access
from hemicycle.accounts.rights import within
from hemicycle.bodies.models import Body, Unit
from hemicycle.bodies.queries import above
from hemicycle.decisions import rules
from hemicycle.decisions.models import Decision, Directive, Step
from hemicycle.decisions.queries import issuer_book, state_of
from hemicycle.decisions.rollup import keeping
from hemicycle.decisions.rollup.rules import still_counts
from hemicycle.decisions.words import because_of_state
from hemicycle.journal.act import Act, Actor, Refused
from hemicycle.meetings.day import zone_of

OPEN_TO_MANY = frozenset({Access.PUBLIC, Access.ORGANISATION})


def local_day(entry: Act, body: Body) -> date:
    """Return the calendar day of an act at the body's place."""
    return entry.when.astimezone(zone_of(body)).date()


def lock_own_directive(entry: Act, directive_id: int) -> Directive:
    """Lock a directive for which the actor's unit is responsible."""
    directive = entry.lock(Directive, directive_id)
    within(entry.by, directive.responsible_unit.book_id)
    return directive


def lock_issued_directive(entry: Act, directive_id: int) -> Directive:
    """Lock a directive that the actor's body issued, or that their unit broke down."""
    directive = entry.lock(Directive, directive_id)
    within(entry.by, issuer_book(directive))
    return directive


def refuse_state(directive: Directive, doing: str) -> None:
    """Refuse what a directive does not allow as it stands."""
    received = directive.received is not None
    if fault := rules.fault(doing, state_of(directive), received=received):
        raise Refused(fault.replace(" ", "_"), because_of_state(fault, directive))


def reason_in(text: str, field: str = "because") -> str:
    """Return the reason as it is kept; refuse an empty one."""
    if not text.strip():
        raise Refused(
            "no_reason", _("Say why. The reason stands beside it for all who read it."), status=422, field=field
        )
    return text.strip()


def step(
    entry: Act,
    directive: Directive,
    kind: str,
    *,
    text: str = "",
    day: date | None = None,
    answers: Step | None = None,
    reporter: int | None = None,
    unit: Unit | None = None,
    also: Mapping[str, object] | None = None,
    **changes: object,
) -> Step:
    """Write a step of a directive's life and what it changes of the directive, and record the entry."""
    taken = entry.create(
        Step(
            directive=directive,
            ordinal=directive.steps.count() + 1,
            kind=kind,
            taken=entry.when,
            unit=unit or directive.issuing_unit,
            person_id=entry.by.person,
            reporter_id=reporter,
            was=state_of(directive),
            text=text,
            day=day,
            answers=answers,
        )
    )
    if changes:
        entry.update(directive, **changes)
    if still_counts(taken.was) != still_counts(directive.state):
        keeping.stand([directive])
    record(entry, directive, taken, reason=text, day=day.isoformat() if day else None, **(also or {}))
    return taken


def record(entry: Act, directive: Directive, *more: Step, **facts: object) -> None:
    """Record the entry of an act on a directive."""
    decision = directive.point.decision
    entry.record(
        subjects=[directive, directive.responsible_unit, directive.issuing_unit, decision, *more],
        access=directive.access,
        scope=decision.meeting,
        facts={**directive_facts(directive), **facts},
    )


def directive_facts(directive: Directive) -> dict[str, object]:
    """Return what every entry about a directive says of it."""
    decision = directive.point.decision
    return {
        "body": decision.body.name,
        "decision": decision.number,
        "point": directive.point.ordinal,
        "number": directive.number,
        "unit": directive.responsible_unit.name,
        "text": directive.text,
    }


def refuse_due(due: date, decision: Decision, parent: Directive | None) -> None:
    """Refuse a due date before the decision, or after what the directive is a part of."""
    decided = max(decision.certified.astimezone(zone_of(decision.body)).date(), decision.meeting.starts)
    if not rules.is_in_time(due, decided):
        raise Refused(
            "due_before_decision",
            _("A task is due after it was decided, on %(day)s; %(due)s is not. Give a later due date.")
            % {"day": date_format(decided), "due": date_format(due)},
            status=422,
            field="due",
        )
    if parent and due > parent.due:
        raise Refused(
            "due_after_parent",
            _("The task that this is a part of is due on %(due)s, so no part of it is due later. ")
            % {"due": date_format(parent.due)}
            + _("Give an earlier day, or ask for an extension of the whole first."),
            status=422,
            field="due",
        )


def refuse_not_later(directive: Directive, until: date) -> None:
    """Refuse an extension to a day that is not later."""
    if until <= directive.due:
        raise Refused(
            "not_later",
            _("The task is due on %(due)s. An extension goes to a later day.") % {"due": date_format(directive.due)},
            status=422,
            field="until",
        )


def refuse_unfit_unit(
    unit: Unit, over: Unit, by: str, day: date, below: Container[int] | None = None, field: str = "responsible_unit"
) -> None:
    """Refuse a unit that is neither the issuer's own nor below it on that day, or that has ended.

    Of many units `below` tells at once which stand there; of one, the way up is shorter.
    """
    if unit.ended and unit.ended <= day:
        raise Refused(
            "unit_ended",
            _("%(unit)s ended on %(day)s and can take on nothing. Choose another unit.")
            % {"unit": unit.name, "day": date_format(unit.ended)},
            status=422,
            field=field,
        )
    stands = unit.pk in below if below is not None else unit == over or over in above(unit, day)
    if not stands:
        raise Refused(
            "unit_elsewhere",
            _("%(unit)s does not stand under %(over)s, so %(body)s cannot hand it a task.")
            % {"unit": unit.name, "over": over.name, "body": by},
            status=422,
            field=field,
        )


def told_to(by: Actor, unit: Unit, access: str) -> str:
    """Return who reads an entry about what a unit was asked, where its head or the desk of a body of it enters it.

    In the book of a body of the unit what is closed is read by the desk alone: its members were not asked.
    """
    return access if by.book == unit.book_id or access in OPEN_TO_MANY else Access.DESK
