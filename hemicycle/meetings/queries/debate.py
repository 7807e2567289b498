"""What was said on the items of a meeting, who was concerned by them, and its committees, as a viewer may see it."""

from dataclasses import dataclass

from hemicycle.accounts.access import Viewer
from hemicycle.meetings.models import AgendaItem, Conclusion, Interest, Meeting, Organ, OrganReport, Speech


@dataclass(frozen=True)
class Said:
    """What was said on an item."""

    item: AgendaItem
    speeches: list[Speech]
    interests: list[Interest]
    conclusions: list[Conclusion]


def debate_for(viewer: Viewer, meeting: Meeting) -> list[Said]:
    """Return what was said on each item on which anything was, in the order of the agenda."""
    seen = viewer.filter("item__meeting__body__book", "access", "item__meeting")
    seen &= viewer.filter("item__meeting__body__book", "item__access", "item__meeting")
    found: dict[int, Said] = {}

    def on(item: AgendaItem) -> Said:
        return found.setdefault(item.pk, Said(item, [], [], []))

    speeches = Speech.objects.filter(seen, item__meeting=meeting).select_related("item", "speaker")
    for speech in speeches.order_by("given", "pk"):
        on(speech.item).speeches.append(speech)
    interests = Interest.objects.filter(seen, item__meeting=meeting, withdrawn=None).select_related("item", "person")
    for interest in interests.order_by("declared", "pk"):
        on(interest.item).interests.append(interest)
    conclusions = Conclusion.objects.filter(seen, item__meeting=meeting).select_related("item", "drawn_by")
    for conclusion in conclusions.order_by("drawn", "pk"):
        on(conclusion.item).conclusions.append(conclusion)
    return sorted(found.values(), key=lambda said: said.item.ordinal)


@dataclass(frozen=True)
class Committee:
    """A temporary organ with who sits in it, the one who leads it first, and what it reported."""

    organ: Organ
    names: list[str]
    reports: list[OrganReport]


def organs_for(viewer: Viewer, meeting: Meeting) -> list[Committee]:
    """Return the temporary organs of a meeting that a viewer may see."""
    seen = meeting.organs.filter(viewer.filter("meeting__body__book", "access", "meeting"))
    organs = seen.prefetch_related("members__person").order_by("pk")
    readable = OrganReport.objects.filter(
        viewer.filter("organ__meeting__body__book", "access", "organ__meeting"), organ__meeting=meeting
    )
    reports: dict[int, list[OrganReport]] = {}
    for report in readable.order_by("reported", "pk"):
        reports.setdefault(report.organ_id, []).append(report)
    return [
        Committee(
            organ,
            [one.person.name for one in sorted(organ.members.all(), key=lambda one: (not one.leads, one.pk))],
            reports.get(organ.pk, []),
        )
        for organ in organs
    ]
