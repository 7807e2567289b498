"""What became of items that were carried over, and where they came from."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from hemicycle.accounts.access import Viewer
from hemicycle.meetings.models import AgendaItem


@dataclass(frozen=True)
class Carried:
    """The items before and after one that was carried over, where the viewer may see them."""

    before: AgendaItem | None = None
    after: AgendaItem | None = None


def carried(viewer: Viewer, items: Iterable[AgendaItem]) -> dict[int, Carried]:
    """Return for each item that was carried over from which, and to which; nothing is asked where none was."""
    keys = {item.pk for item in items if item.carried_from_id or item.state == AgendaItem.State.CARRIED}
    if not keys:
        return {}
    seen = AgendaItem.objects.filter(
        viewer.filter("meeting__body__book", "access", "meeting"),
        viewer.filter("meeting__body__book", "meeting__access", "meeting"),
        Q(carried_from__in=keys) | Q(carried_to__in=keys),
    ).select_related("meeting__body", "meeting__term", "carried_to")
    before, after = {}, {}
    for one in seen.order_by("pk"):
        if one.carried_from_id in keys:
            after[one.carried_from_id] = one
        later = getattr(one, "carried_to", None)
        if later and later.pk in keys:
            before[later.pk] = one
    return {key: Carried(before.get(key), after.get(key)) for key in keys}
