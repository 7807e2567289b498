"""What meetings found about single tasks and points when they heard an account: told where these stand themselves."""

from collections.abc import Iterable

from django.db.models import QuerySet

from hemicycle.accounts.access import Viewer
from hemicycle.decisions.models import Decision, Finding
from hemicycle.decisions.queries import PointWithTasks, Task, in_rows
from hemicycle.decisions.queries.accounts import accounts_for


def findings_for(viewer: Viewer) -> QuerySet[Finding]:
    """Return the findings that a viewer may see: of the lines that they may see, in accounts that they may see."""
    seen = viewer.filter("line__account__meeting__body__book", "line__access", "line__point__decision__meeting")
    found = Finding.objects.filter(seen, line__account__in=accounts_for(viewer).values("pk"))
    related = ("line__account__meeting__body", "line__account__meeting__term")
    return found.select_related(*related).order_by("found", "pk")


def tell_findings(viewer: Viewer, tasks: Iterable[Task]) -> None:
    """Put to each of these tasks what meetings found about it; those that know of no finding are not asked after."""
    by_key: dict[int | None, Task] = {one.directive.pk: one for one in tasks if getattr(one.directive, "found", True)}
    if by_key:
        for finding in findings_for(viewer).filter(line__directive__in=list(by_key)):
            by_key[finding.line.directive_id].findings.append(finding)


def tell_findings_on(viewer: Viewer, decision: Decision, points: Iterable[PointWithTasks]) -> None:
    """Put to each point and task of a decision what meetings found about it."""
    by_point = {one.point.pk: one for one in points}
    tasks = (task for one in by_point.values() for _depth, task in in_rows(one.tasks))
    by_task: dict[int | None, Task] = {task.directive.pk: task for task in tasks}
    if not any(getattr(point.point, "found", True) for point in by_point.values()):
        return
    for finding in findings_for(viewer).filter(line__point__decision=decision):
        task = by_task.get(finding.line.directive_id)
        (task or by_point[finding.line.point_id]).findings.append(finding)
