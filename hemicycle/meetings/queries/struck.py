"""Words of a meeting that can be struck, where they were entered in error."""

from hemicycle.accounts.access import Viewer
from hemicycle.meetings.models import Conclusion, Meeting, OrganReport, Report, Speech


def strikeable(viewer: Viewer, meeting: Meeting) -> list[tuple[str, Report | Speech | Conclusion | OrganReport]]:
    """Return what was entered as said in a meeting and not struck, each with its noun, the last first."""
    of_items = viewer.filter("item__meeting__body__book", "access", "item__meeting")
    of_items &= viewer.filter("item__meeting__body__book", "item__access", "item__meeting")
    of_organs = viewer.filter("organ__meeting__body__book", "access", "organ__meeting")
    of_organs &= viewer.filter("organ__meeting__body__book", "organ__access", "organ__meeting")
    reports = Report.objects.filter(of_items, item__meeting=meeting, struck=None).select_related("item", "reporter")
    speeches = Speech.objects.filter(of_items, item__meeting=meeting, struck=None).select_related("item", "speaker")
    drawn = Conclusion.objects.filter(of_items, item__meeting=meeting, struck=None).select_related("item", "drawn_by")
    back = OrganReport.objects.filter(of_organs, organ__meeting=meeting, struck=None).select_related("organ")
    return [
        *[("report", row) for row in reports.order_by("-pk")],
        *[("speech", row) for row in speeches.order_by("-pk")],
        *[("conclusion", row) for row in drawn.order_by("-pk")],
        *[("organ_report", row) for row in back.order_by("-pk")],
    ]
