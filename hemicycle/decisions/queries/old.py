"""Reading old decisions and tasks that were brought in."""

from collections.abc import Iterable, Iterator

from django.core.paginator import Page, Paginator
from django.db.models import F, Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from hemicycle.accounts.access import Viewer
from hemicycle.bodies.models import Body, Unit
from hemicycle.decisions.models.old import OldDecision, OldTask
from hemicycle.search.documents import Searchable

PAGE = 50
MOST_OPEN = 100


def old_decisions_for(viewer: Viewer) -> QuerySet[OldDecision]:
    """Return the old decisions that a viewer may see."""
    return OldDecision.objects.filter(viewer.filter("body__book", "access")).select_related("body", "sheet")


def old_register(viewer: Viewer, body: Body, text: str = "", page: str = "") -> Page[OldDecision]:
    """Return a page of the old decisions of a body, the latest first, with those words in it or in a task."""
    found = old_decisions_for(viewer).filter(body=body)
    if text:
        tasks = OldTask.objects.filter(text__icontains=text).values("decision")
        found = found.filter(Q(title__icontains=text) | Q(text__icontains=text) | Q(key=text) | Q(pk__in=tasks))
    return Paginator(found.order_by(F("adopted").desc(nulls_last=True), "-pk"), PAGE).get_page(page)


def old_decision_for(viewer: Viewer, pk: int) -> OldDecision:
    """Return an old decision; raise Http404 where the viewer may not see it."""
    found = old_decisions_for(viewer).filter(pk=pk).first()
    if found is None:
        raise Http404(_("There is no such decision."))
    return found


def tasks_of(decision: OldDecision) -> QuerySet[OldTask]:
    """Return the tasks of an old decision, in the order in which they were brought in."""
    return decision.tasks.select_related("unit").order_by("pk")


def old_tasks_open(viewer: Viewer, unit: Unit) -> list[OldTask]:
    """Return the tasks of a unit that the old registers call open, the earliest due first."""
    seen = old_decisions_for(viewer).values("pk")
    found = OldTask.objects.filter(unit=unit, state=OldTask.State.OPEN, decision__in=seen)
    return list(found.select_related("decision__body").order_by(F("due").asc(nulls_last=True), "pk")[:MOST_OPEN])


def searchable_olddecisions(keys: Iterable[int]) -> Iterator[Searchable]:
    """Yield old decisions with their tasks."""
    found = OldDecision.objects.filter(pk__in=keys).select_related("body", "sheet").prefetch_related("tasks")
    for one in found:
        yield Searchable(
            noun="olddecision",
            key=one.pk,
            title=one.title,
            text="\n".join(part for part in (one.text, *(task.text for task in one.tasks.all())) if part),
            address=f"/old-decisions/{one.pk}/",
            access=one.access,
            book=one.body.book_id,
            scope="",
            language=one.language,
            body=one.body.name,
            kind=_("decision brought in"),
            day=one.adopted,
        )
