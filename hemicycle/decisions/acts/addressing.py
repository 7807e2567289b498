"""One act hands a task to every unit of a level or kind, if wanted through the levels between."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from hemicycle.bodies.models import Body, Placement, Unit
from hemicycle.bodies.queries import above, held_on, subtree
from hemicycle.decisions.acts.aiming import aim_facts, create_aims, refuse_unfit_aim, unfit
from hemicycle.decisions.acts.issuing import (
    Manner,
    create_directives,
    lock_helping,
    lock_operational,
    new_directive,
    refuse_no_text,
)
from hemicycle.decisions.acts.standing import local_day, refuse_due
from hemicycle.decisions.models import ENDED, Directive, Point
from hemicycle.decisions.rollup.asking import NewAim
from hemicycle.decisions.rollup.rules import NOT_COUNTED, Rule
from hemicycle.decisions.words import Kind
from hemicycle.ground.among import Among
from hemicycle.journal.act import Act, Actor, Happened, Refused, act


def issue_directives(
    *,
    by: Actor,
    point_id: int,
    text: str,
    due: date,
    level: str = "",
    having: str = "",
    sector: str = "",
    co_unit_ids: Sequence[int] = (),
    priority: str = Directive.Priority.ORDINARY,
    evidence_asked: str = "",
    aim: NewAim | None = None,
    through: bool = False,
    under_id: int | None = None,
    happened: Happened | None = None,
) -> list[Directive]:
    """Hand the same task to every unit of a level or kind below the body, each responsible for its own. One entry.

    A unit is of a kind where it has a body of that kind (`having`): every unit with a council, every one with a club.
    `through` the levels between: the body's own unit has the whole, and each unit on the way down the whole of what
    stands below it. `under_id`: only those below this unit. Units that help, help each of those addressed.

    Raises:
        Refused: the point is not operational, the text is empty, no such unit is there, every unit has this very
            task already, the due date is not after the decision, or the figure cannot be reported.
    """
    with act(Kind.DIRECTIVES_ISSUED, by=by, happened=happened) as entry:
        point = lock_operational(entry, point_id)
        body = point.decision.body
        day = local_day(entry, body)
        refuse_no_text(text)
        refuse_due(due, point.decision, None)
        if aim:
            refuse_unfit_aim(aim)
            if aim.rule == Rule.WEIGHTED:
                said = _("Weights are given to each unit by itself. Hand the task to one unit, which breaks it down.")
                raise unfit("weighted_level", said, "rule")
        units = addressed(point, level, text, day, under_id, having)
        helping = lock_helping(entry, co_unit_ids, body.unit, body.name, day)
        manner = Manner(sector.strip(), priority, evidence_asked.strip(), helping)
        if through:
            made = create_through(entry, point, units, day, text=text, due=due, aim=aim, manner=manner)
        else:
            first = point.directives.count() + 1
            rows = [
                new_directive(entry, point, unit, text, due, manner, number) for number, unit in enumerate(units, first)
            ]
            made = create_directives(entry, rows, manner)
            create_aims(entry, [aim.of(directive) for directive in made] if aim else [])
        decision = point.decision
        entry.record(
            subjects=[*made, point, decision, body.unit, decision.item, decision.meeting, *helping],
            access=decision.access,
            scope=decision.meeting,
            facts={
                "body": body.name,
                "decision": decision.number,
                "point": point.ordinal,
                "level": level,
                "units": len(units),
                "text": text.strip(),
                "due": due.isoformat(),
                "sector": manner.sector,
                **manner.facts,
                **({"having": having} if having else {}),
                **({"through": len(made) - len(units)} if through else {}),
                **({"aim": aim_facts(aim)} if aim else {}),
            },
        )
    return made


def addressed(point: Point, level: str, text: str, day: date, under_id: int | None, having: str) -> list[Unit]:
    """Return the units of a level or kind that have not ended nor have this very task; refuse where there are none."""
    over = point.decision.body.unit
    under = over if under_id is None else Unit.objects.get(pk=under_id)
    there = subtree(under, day) if under == over or over in above(under, day) else set()
    same = point.directives.filter(text=text.strip()).exclude(state__in=NOT_COUNTED)
    have = set(same.values_list("responsible_unit", flat=True))
    of_kind = Q(pk__in=Body.objects.filter(kind=having).values("unit")) if having else Q()
    of_level = Q(level=level) if level or not having else Q()
    found = Unit.objects.filter(of_level & of_kind, Among("pk", there)).exclude(ended__lte=day).order_by("pk")
    units = [unit for unit in found if unit.pk not in have]
    if not units:
        raise Refused(
            "no_unit_of_level",
            _("There is no unit “%(level)s” below %(unit)s without this task. Choose another level.")
            % {"level": level or having, "unit": over.name},
            status=422,
            field="level",
        )
    return units


def create_through(
    entry: Act,
    point: Point,
    units: Sequence[Unit],
    day: date,
    *,
    text: str,
    due: date,
    aim: NewAim | None,
    manner: Manner,
) -> list[Directive]:
    """Write the tasks of units with the wholes of every unit between them and the body's own, from the top down.

    A unit between that has this very whole already, still open, keeps it: what is new becomes a part of it.
    """
    top = point.decision.body.unit
    steps = ways_down(top, units, day)
    number = point.directives.count()
    stood = wholes_of(entry, point, text)
    made: dict[int, Directive] = {}
    written: list[Directive] = []
    leaves = {unit.pk for unit in units}
    for step in steps:
        rows = []
        for unit, whole_of in step:
            whole = made.get(whole_of or 0)
            standing = stood.get((unit.pk, whole.pk if whole else None))
            if standing and unit.pk not in leaves:
                refuse_due(due, point.decision, standing)
                made[unit.pk] = standing
                continue
            number += 1
            rows.append(new_directive(entry, point, unit, text, due, manner, number, whole=whole))
        created = create_directives(entry, rows, manner)
        written += created
        made |= {one.responsible_unit_id: one for one in created}
        if aim:
            # What is added up has its targets where the work is; wholes come to them.
            between = replace(aim, target=None) if aim.rule == Rule.SUM else aim
            create_aims(entry, [(aim if one.responsible_unit_id in leaves else between).of(one) for one in created])
    return written


def wholes_of(entry: Act, point: Point, text: str) -> dict[tuple[int, int | None], Directive]:
    """Return the open directives of a point with this very text, locked, by unit and by what they are a part of."""
    found = point.directives.filter(text=text.strip(), parts__isnull=False).exclude(state__in=ENDED).distinct()
    wholes = [entry.lock(Directive, key) for key in sorted(found.values_list("pk", flat=True))]
    return {(one.responsible_unit_id, one.parent_id): one for one in wholes}


def ways_down(top: Unit, units: Sequence[Unit], day: date) -> list[list[tuple[Unit, int | None]]]:
    """Return every unit from the top down to these, step by step, each with the key of the one above it on a day."""
    over: dict[int, int] = {}
    climbing = {unit.pk for unit in units} - {top.pk}
    while climbing:
        placed = Placement.objects.filter(held_on(day), Among("unit", climbing))
        over |= dict(placed.values_list("unit", "parent"))
        climbing = {over[key] for key in climbing} - {top.pk, *over}
    depth: dict[int, int] = {top.pk: 0}

    def depth_of(key: int) -> int:
        if key not in depth:
            depth[key] = depth_of(over[key]) + 1
        return depth[key]

    for unit in units:
        depth_of(unit.pk)
    known = {unit.pk: unit for unit in units}
    known |= Unit.objects.in_bulk(depth.keys() - known.keys())
    steps: list[list[tuple[Unit, int | None]]] = [[] for _level in range(max(depth.values()) + 1)]
    # Parts of one whole stand together, in their numbers and in the table, where they are read together.
    for key in sorted(depth, key=lambda key: (over.get(key, 0), key)):
        steps[depth[key]].append((known[key], over.get(key)))
    return steps
