"""Directives are issued: from a point of a decision to a unit or to all of a level, or broken down from a directive."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from hemicycle.accounts.access import narrowest
from hemicycle.accounts.rights import within
from hemicycle.bodies.models import Unit
from hemicycle.bodies.queries import subtree
from hemicycle.decisions.acts.aiming import aim_facts, aims_of_parts, create_aims, refuse_unfit_aim
from hemicycle.decisions.acts.standing import (
    directive_facts,
    local_day,
    lock_own_directive,
    refuse_due,
    refuse_state,
    refuse_unfit_unit,
)
from hemicycle.decisions.models import CoUnit, Directive, Point
from hemicycle.decisions.rollup.asking import NewAim
from hemicycle.decisions.rollup.rules import NOT_COUNTED
from hemicycle.decisions.words import Kind
from hemicycle.journal.act import Act, Actor, Happened, Refused, act


@dataclass(frozen=True)
class Part:
    """What one unit is to do of a directive that is broken down; without a text or day of its own, the common ones.

    Of its aim, only the target counts where the whole has a rule that its parts follow.
    """

    unit_id: int
    text: str = ""
    due: date | None = None
    aim: NewAim | None = None


def issue_directive(
    *,
    by: Actor,
    point_id: int,
    responsible_unit_id: int,
    text: str,
    due: date,
    sector: str = "",
    co_unit_ids: Sequence[int] = (),
    priority: str = Directive.Priority.ORDINARY,
    evidence_asked: str = "",
    access: str = "",
    aim: NewAim | None = None,
    happened: Happened | None = None,
) -> Directive:
    """Hand an operational point of a decision to the one unit that is responsible, with a due date.

    `access` may make the task and all that becomes of it less open than the decision; its unit always reads it.
    The body's unit issues it; the responsible unit and those that help it are that unit or ones below it on that day.
    The entry stands in the body's book; the unit answers in its own.

    Raises:
        Refused: the point is not operational, the text is empty, the unit is elsewhere, has ended or has this very
            task already, the due date is not after the decision, or the figure asked for cannot be reported.
    """
    with act(Kind.DIRECTIVE_ISSUED, by=by, happened=happened) as entry:
        point = lock_operational(entry, point_id)
        body = point.decision.body
        unit = entry.lock(Unit, responsible_unit_id)
        day = local_day(entry, body)
        refuse_no_text(text)
        refuse_unfit_unit(unit, body.unit, body.name, day)
        refuse_due(due, point.decision, None)
        refuse_issued(point, unit, text)
        if aim:
            refuse_unfit_aim(aim)
        helping = [entry.lock(Unit, key) for key in sorted(set(co_unit_ids) - {unit.pk})]
        for other in helping:
            refuse_unfit_unit(other, body.unit, body.name, day)
        made = new_directive(
            entry, point, unit, text, due, sector=sector, priority=priority, evidence=evidence_asked, access=access
        )
        directive = entry.create(made)
        entry.create_many(CoUnit, [CoUnit(directive=directive, unit=other) for other in helping])
        create_aims(entry, [aim.of(directive)] if aim else [])
        decision = point.decision
        entry.record(
            subjects=[directive, point, decision, unit, body.unit, decision.item, decision.meeting, *helping],
            access=directive.access,
            scope=decision.meeting,
            facts={
                **directive_facts(directive),
                "due": due.isoformat(),
                "sector": directive.sector,
                "with": [other.name for other in helping],
                "urgent": priority == Directive.Priority.URGENT,
                "evidence": directive.evidence_asked,
                **({"aim": aim_facts(aim)} if aim else {}),
            },
        )
    return directive


def break_down_directive(
    *,
    by: Actor,
    directive_id: int,
    parts: Sequence[Part],
    text: str = "",
    due: date | None = None,
    happened: Happened | None = None,
) -> list[Directive]:
    """Break a directive down into parts for units below, by the head of the unit that is responsible for the whole.

    The unit stays responsible for the whole; it issues the parts, verifies and closes them. One entry in its book.

    Raises:
        Refused: it is another unit's, was not received, has ended; there is no part; a part has no text, goes to a
            unit that ended, does not stand below or has it already, or is due after the whole; its figure cannot be
            reported, or the weights do not come to the whole.
    """
    with act(Kind.DIRECTIVE_BROKEN_DOWN, by=by, happened=happened) as entry:
        point = lock_point_of(entry, directive_id)
        whole = lock_own_directive(entry, directive_id)
        refuse_state(whole, "broken down")
        unit = whole.responsible_unit
        day = local_day(entry, point.decision.body)
        if not parts:
            raise Refused("no_parts", _("Choose at least one unit."), status=422, field="units")
        below = subtree(unit, day)
        first = point.directives.count() + 1
        rows = []
        for number, part in enumerate(parts, first):
            taking = entry.lock(Unit, part.unit_id)
            said, by_day = part.text or text, part.due or due or whole.due
            refuse_no_text(said)
            refuse_unfit_unit(taking, unit, unit.name, day, below)
            refuse_due(by_day, point.decision, whole)
            refuse_issued(point, taking, said)
            rows.append(new_directive(entry, point, taking, said, by_day, number, whole=whole, sector=whole.sector))
        aims = aims_of_parts(whole, [part.aim for part in parts])
        made = entry.create_many(Directive, rows)
        create_aims(entry, [aim.of(one) for aim, one in zip(aims, made, strict=True) if aim])
        decision = point.decision
        entry.record(
            subjects=[*made, whole, unit, decision, *(one.responsible_unit for one in made)],
            access=whole.access,
            scope=decision.meeting,
            facts={
                **directive_facts(whole),
                "parts": [
                    {
                        "number": one.number,
                        "unit": one.responsible_unit.name,
                        "text": one.text,
                        "due": one.due.isoformat(),
                    }
                    for one in made
                ],
                **({"aims": [aim and aim_facts(aim) for aim in aims]} if any(aims) else {}),
            },
        )
    return made


def lock_point_of(entry: Act, directive_id: int) -> Point:
    """Lock the point of a directive, before the directive itself: points are locked first everywhere."""
    return entry.lock(Point, Directive.objects.values_list("point", flat=True).get(pk=directive_id))


def lock_operational(entry: Act, point_id: int) -> Point:
    """Lock a point of the actor's body that asks somebody to do something."""
    point = entry.lock(Point, point_id)
    within(entry.by, point.decision.body.book_id)
    if not point.operational:
        raise Refused(
            "point_not_operational",
            _("Point %(ordinal)d asks nobody to do anything, so no directive can be issued for it.")
            % {"ordinal": point.ordinal},
            status=422,
        )
    return point


def refuse_no_text(text: str) -> None:
    """Refuse a task that says nothing."""
    if not text.strip():
        raise Refused("no_text", _("Say what is to be done."), status=422, field="text")


def refuse_issued(point: Point, unit: Unit, text: str) -> None:
    """Refuse the very task that a unit has from this point already; one that was taken back can be handed out again."""
    same = point.directives.filter(responsible_unit=unit, text=text.strip()).exclude(state__in=NOT_COUNTED)
    if (before := same.first()) is not None:
        raise Refused(
            "directive_issued",
            _("%(unit)s has this very task already, as number %(number)d. Nothing was entered twice.")
            % {"unit": unit.name, "number": before.number},
        )


def new_directive(
    entry: Act,
    point: Point,
    unit: Unit,
    text: str,
    due: date,
    number: int | None = None,
    *,
    whole: Directive | None = None,
    sector: str = "",
    priority: str = Directive.Priority.ORDINARY,
    evidence: str = "",
    access: str = "",
) -> Directive:
    """Return a directive as it is written: from a point, or from the whole that it is a part of.

    It is as open as its whole or its decision, or less so where an `access` says it.
    """
    decision = point.decision
    return Directive(
        point=point,
        number=number or point.directives.count() + 1,
        issuing_unit=whole.responsible_unit if whole else decision.body.unit,
        responsible_unit=unit,
        text=text.strip(),
        language=decision.language,
        sector=sector.strip(),
        issued=entry.when,
        due=due,
        access=whole.access if whole else narrowest(decision.access, access or decision.access),
        parent=whole,
        not_after=whole.due if whole else None,
        priority=whole.priority if whole else priority,
        evidence_asked=whole.evidence_asked if whole else evidence.strip(),
    )
