"""Directives are issued: from a point of a decision to a unit or to all of a level, or broken down from a directive."""

from collections.abc import Container, Sequence
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
class Manner:
    """How a task is to be done besides what and by when: in what sector, how pressing, what shows it, and who helps."""

    sector: str = ""
    priority: str = Directive.Priority.ORDINARY
    evidence: str = ""
    helping: tuple[Unit, ...] = ()

    @property
    def facts(self) -> dict[str, object]:
        """What is recorded of it, where there is something."""
        urgent = self.priority == Directive.Priority.URGENT
        found = {"sector": self.sector, "with": self.helpers, "urgent": urgent, "evidence": self.evidence}
        return {key: value for key, value in found.items() if value}

    @property
    def helpers(self) -> list[str]:
        """The names of the units that help."""
        return [unit.name for unit in self.helping]


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
        helping = lock_helping(entry, co_unit_ids, body.unit, body.name, day)
        manner = Manner(sector.strip(), priority, evidence_asked.strip(), tuple(one for one in helping if one != unit))
        (directive,) = create_directives(
            entry, [new_directive(entry, point, unit, text, due, manner, access=access)], manner
        )
        create_aims(entry, [aim.of(directive)] if aim else [])
        decision = point.decision
        entry.record(
            subjects=[directive, point, decision, unit, body.unit, decision.item, decision.meeting, *manner.helping],
            access=directive.access,
            scope=decision.meeting,
            facts={
                **directive_facts(directive),
                "due": due.isoformat(),
                "sector": directive.sector,
                "with": manner.helpers,
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
    sector: str | None = None,
    co_unit_ids: Sequence[int] = (),
    priority: str | None = None,
    evidence_asked: str | None = None,
    happened: Happened | None = None,
) -> list[Directive]:
    """Break a directive down into parts for units below, by the head of the unit that is responsible for the whole.

    The unit stays responsible for the whole; it issues the parts, verifies and closes them. One entry in its book.
    Sector, priority and evidence are those of the whole where nothing else is said. Who helps, helps each of them.

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
        manner = Manner(
            whole.sector if sector is None else sector.strip(),
            priority or whole.priority,
            whole.evidence_asked if evidence_asked is None else evidence_asked.strip(),
            lock_helping(entry, co_unit_ids, unit, unit.name, day, below),
        )
        first = point.directives.count() + 1
        rows = []
        for number, part in enumerate(parts, first):
            taking = entry.lock(Unit, part.unit_id)
            said, by_day = part.text or text, part.due or due or whole.due
            refuse_no_text(said)
            refuse_unfit_unit(taking, unit, unit.name, day, below, field="units")
            refuse_due(by_day, point.decision, whole)
            refuse_issued(point, taking, said)
            rows.append(new_directive(entry, point, taking, said, by_day, manner, number, whole=whole))
        aims = aims_of_parts(whole, [part.aim for part in parts])
        made = create_directives(entry, rows, manner)
        create_aims(entry, [aim.of(one) for aim, one in zip(aims, made, strict=True) if aim])
        decision = point.decision
        entry.record(
            subjects=[*made, whole, unit, decision, *(one.responsible_unit for one in made), *manner.helping],
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
                **manner.facts,
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


def lock_helping(
    entry: Act, keys: Sequence[int], over: Unit, issuer: str, day: date, below: Container[int] | None = None
) -> tuple[Unit, ...]:
    """Lock the units that are to help; refuse one that ended or does not stand at or below the unit that issues."""
    helping = tuple(entry.lock(Unit, key) for key in sorted(set(keys)))
    for other in helping:
        refuse_unfit_unit(other, over, issuer, day, below, field="co_units")
    return helping


def new_directive(
    entry: Act,
    point: Point,
    unit: Unit,
    text: str,
    due: date,
    manner: Manner,
    number: int | None = None,
    *,
    whole: Directive | None = None,
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
        sector=manner.sector,
        issued=entry.when,
        due=due,
        access=whole.access if whole else narrowest(decision.access, access or decision.access),
        parent=whole,
        not_after=whole.due if whole else None,
        priority=manner.priority,
        evidence_asked=manner.evidence,
    )


def create_directives(entry: Act, rows: Sequence[Directive], manner: Manner) -> list[Directive]:
    """Write directives, and beside each the units that help with it; none helps with its own."""
    made = entry.create_many(Directive, rows)
    helping = [
        CoUnit(directive=one, unit=unit) for one in made for unit in manner.helping if unit != one.responsible_unit
    ]
    entry.create_many(CoUnit, helping)
    return made
