"""What is due from a person or a unit, as a person may see it: for calendars and for mail."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import OuterRef, Q, Subquery

from hemicycle.accounts.access import Viewer
from hemicycle.bodies.day import today_in
from hemicycle.bodies.models import Unit
from hemicycle.decisions.models import ENDED, Directive, Step
from hemicycle.decisions.queries import Task, directives_for, task
from hemicycle.decisions.queries.consulting import Waiting, asked_of
from hemicycle.decisions.queries.work import issued_by

SOON = timedelta(days=7)


@dataclass(frozen=True)
class Due:
    """The open tasks of somebody, and the discussions that they have not answered, the earliest due first.

    `stepped`: when a task, by its key, had its last step, as a due date that was moved is one.
    """

    tasks: Sequence[Task]
    asked: Sequence[Waiting]
    stepped: Mapping[int, datetime]


def due_of(viewer: Viewer, unit: Unit | None = None) -> Due:
    """Return what is due from a unit, or else from the units that a person heads and what they handle themselves."""
    mine = Q(responsible_unit__book__in=viewer.desks)
    if viewer.person is not None:
        mine |= Q(handler=viewer.person)
    found = directives_for(viewer).filter(Q(responsible_unit=unit) if unit else mine).exclude(state__in=ENDED)
    last = Step.objects.filter(directive=OuterRef("pk")).order_by("-ordinal").values("taken")[:1]
    found = found.select_related("point__decision__body__book").annotate(stepped=Subquery(last)).order_by("due", "pk")
    asked = asked_of(viewer, unit=unit, books=viewer.desks) if unit or viewer.desks else []
    return Due(
        [task(one) for one in found],
        [one for one in asked if not one.addressee.how],
        {one.pk: one.stepped for one in found if one.stepped},
    )


@dataclass(frozen=True)
class Digested:
    """What a mail tells: each task once, where it first belongs; and what somebody has to answer as issuer."""

    overdue: list[Task]
    asked_back: list[Task]
    to_receive: list[Task]
    soon: list[Task]
    to_report: list[Task]
    asked: Sequence[Waiting]
    to_answer: list[Directive]

    def __bool__(self) -> bool:
        return any(
            (self.overdue, self.asked_back, self.to_receive, self.soon, self.to_report, self.asked, self.to_answer)
        )


def digested(viewer: Viewer) -> Digested:
    """Return what waits for a person now."""
    due = due_of(viewer)
    of = {
        state: [one for one in due.tasks if one.standing.state == state]
        for state in ("overdue", "sent back", "to receive", "to report")
    }
    soon = [one for one in of["to report"] if is_soon(one)]
    later = [one for one in of["to report"] if not is_soon(one)]
    to_answer = list(issued_by(viewer, desks=viewer.desks)) if viewer.desks else []
    return Digested(of["overdue"], of["sent back"], of["to receive"], soon, later, due.asked, to_answer)


def is_soon(one: Task) -> bool:
    """Say whether a task is due within a week, by the day at the place of who decided."""
    return one.directive.due <= today_in(one.directive.point.decision.body) + SOON
