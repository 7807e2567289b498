"""An operational point from which nobody is given a task: the record says why."""

from django.utils.translation import gettext as _

from hemicycle.decisions.acts.issuing import lock_operational
from hemicycle.decisions.models import WithoutTask
from hemicycle.decisions.words import Kind
from hemicycle.journal.act import Actor, Happened, Refused, act


def leave_without_task(*, by: Actor, point_id: int, reason: str, happened: Happened | None = None) -> WithoutTask:
    """Say why nobody is given a task from an operational point: it is done already, or another body sees to it.

    The reason stands on the decision and in its accounts. A task can still be handed out later, and stands beside it.

    Raises:
        Refused: the point is not operational, somebody has a task from it, a reason stands there already, or none is
            given.
    """
    with act(Kind.POINT_WITHOUT_TASK, by=by, happened=happened) as entry:
        point = lock_operational(entry, point_id)
        decision = point.decision
        if not reason.strip():
            raise Refused("no_reason", _("Say why nobody is given a task."), status=422, field="reason")
        if point.directives.exists():
            raise Refused("point_has_tasks", _("Somebody has a task from this point, so there is nothing to explain."))
        if WithoutTask.objects.filter(point=point).exists():
            raise Refused("reason_stands", _("Why nobody is given a task from it stands there already."))
        left = entry.create(WithoutTask(point=point, reason=reason.strip(), entered=entry.when))
        entry.record(
            subjects=[left, point, decision, decision.item, decision.meeting],
            access=decision.access,
            scope=decision.meeting,
            facts={"point": point.ordinal, "decision": decision.number, "reason": left.reason},
        )
    return left
