"""A unit ended: what it left open goes to its successor, by one act of each issuer."""

from collections.abc import Iterable

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from hemicycle.accounts.access import narrowest
from hemicycle.bodies.models import Unit
from hemicycle.decisions.acts.standing import local_day, reason_in, refuse_unfit_unit
from hemicycle.decisions.models import ENDED, Directive, Step
from hemicycle.decisions.queries import state_of
from hemicycle.decisions.words import Kind
from hemicycle.journal.act import Actor, Happened, Refused, act

State = Directive.State


def left_open(books: Iterable[int]) -> QuerySet[Directive]:
    """Return the open directives of units that ended, which bodies or units of these books issued."""
    keys = list(books)
    ours = Q(parent=None, point__decision__body__book__in=keys) | Q(parent__responsible_unit__book__in=keys)
    return Directive.objects.filter(ours, responsible_unit__ended__isnull=False).exclude(state__in=ENDED)


def hand_over_directives(*, by: Actor, unit_id: int, because: str, happened: Happened | None = None) -> list[Directive]:
    """Hand every open directive of a unit that ended to its successor, by the issuer of them. One act and one entry.

    The story stays with each; the successor receives each anew.

    Raises:
        Refused: the unit has not ended, has no successor or one that ended or does not stand below who issued them,
            nothing of the issuer is open there, or no reason is given.
    """
    with act(Kind.DIRECTIVES_HANDED_OVER, by=by, happened=happened) as entry:
        unit = entry.lock(Unit, unit_id)
        successor = unit.successor
        if not unit.ended or successor is None:
            raise Refused(
                "no_successor",
                _("%(unit)s has no successor that its tasks could go to. Hand them over one by one.")
                % {"unit": unit.name},
            )
        related = ("point__decision__body", "point__decision__meeting", "issuing_unit", "responsible_unit")
        found = left_open([by.book]).filter(responsible_unit=unit).select_related(*related)
        directives = list(found.prefetch_related("progress").order_by("pk").select_for_update(of=("self",)))
        if not directives:
            raise Refused("nothing_open", _("Nothing that you handed out is open at %(unit)s.") % {"unit": unit.name})
        text = reason_in(because)
        day = local_day(entry, directives[0].point.decision.body)
        for over in {one.issuing_unit for one in directives}:
            refuse_unfit_unit(successor, over, over.name, day)
        counted = Step.objects.filter(directive__in=directives).values_list("directive").annotate(count=Count("pk"))
        taken = dict(counted.order_by())
        steps = [
            Step(
                directive=one,
                ordinal=taken.get(one.pk, 0) + 1,
                kind=Step.Kind.HANDED_OVER,
                taken=entry.when,
                unit=unit,
                person_id=by.person,
                was=state_of(one),
                text=text,
            )
            for one in directives
        ]
        entry.create_many(Step, steps)
        for one, step in zip(directives, steps, strict=True):
            one.responsible_unit, one.received, one.handler = successor, None, None
            one.state = State.SUSPENDED if step.was == State.SUSPENDED else State.OPEN
        entry.update_many(directives, ["responsible_unit", "received", "handler", "state"])
        decisions = {one.point.decision for one in directives}
        meetings = {one.meeting for one in decisions}
        entry.record(
            subjects=[*directives, *decisions, unit, successor],
            access=narrowest(*(one.access for one in directives)),
            scope=meetings.pop() if len(meetings) == 1 else "",
            facts={
                "before": unit.name,
                "unit": successor.name,
                "reason": text,
                "tasks": [
                    {
                        "body": one.point.decision.body.name,
                        "decision": one.point.decision.number,
                        "point": one.point.ordinal,
                        "number": one.number,
                    }
                    for one in directives
                ],
            },
        )
    return directives
