"""The act that takes imports back: their facts are shown nowhere any more, and their sources can be reviewed again."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from hemicycle.accounts.access import narrowest
from hemicycle.accounts.rights import within
from hemicycle.archive.acts.importing import widen
from hemicycle.archive.models import Archive, ArchivedMeeting, ArchivedReport, Withdrawal
from hemicycle.archive.queries.homes import standing_reports
from hemicycle.archive.queries.searchable import subject_of
from hemicycle.archive.words import Kind
from hemicycle.journal.act import Act, Actor, Refused, act

LONGEST_REASON = 500


def withdraw_imports(*, by: Actor, archive_id: int, report_ids: Sequence[int], reason: str) -> list[Withdrawal]:
    """Take imports back, with a reason: one that went in by mistake, into the wrong archive, or at too low a floor.

    What they wrote stays written and is shown nowhere; the sources stay, with their reviews, and can be imported
    again. A meeting that no report tells any more leaves the lists, and its address says why.

    Raises:
        Refused: there is no reason, no report is named, one stands in another archive, or was withdrawn already.
    """
    with act(Kind.IMPORTS_WITHDRAWN, by=by) as entry:
        archive = entry.lock(Archive, archive_id)
        within(by, archive.book_id)
        reason = " ".join(reason.split())[:LONGEST_REASON]
        if not reason:
            raise Refused("no_reason", _("Say why it is withdrawn."), status=422, field="reason")
        if not report_ids:
            raise Refused("no_report", _("Choose at least one report."), status=422, field="reports")
        reports = [lock_report(entry, archive, key) for key in sorted(set(report_ids))]
        made = entry.create_many(
            Withdrawal, [Withdrawal(report=one, reason=reason, withdrawn=entry.when) for one in reports]
        )
        for key in sorted({one.meeting_id for one in reports}):
            told_anew(entry, key)
        entry.record(
            subjects=[
                *(name for one in reports for name in (one, one.meeting, one.source)),
                *(subject_of(passage) for one in reports for passage in one.passages.all()),
                archive.body,
            ],
            access=narrowest(*(one.source.access for one in reports)),
            facts={
                "body": archive.body.name,
                "reason": reason,
                "withdrawn": [
                    {"meeting": str(one.meeting), "source": one.source.file_name, "sha256": one.source.sha256}
                    for one in reports
                ],
            },
        )
    return made


def lock_report(entry: Act, archive: Archive, key: int) -> ArchivedReport:
    """Lock a report of this archive that stands in the record."""
    report = entry.lock(ArchivedReport, key)
    if report.meeting.archive_id != archive.pk:
        raise Refused("report_elsewhere", _("This report stands in another archive."), status=422, field="reports")
    if not standing_reports().filter(pk=report.pk).exists():
        raise Refused(
            "already_withdrawn",
            _("The import of %(source)s was withdrawn already. Nothing was entered twice.")
            % {"source": report.source.file_name},
        )
    return report


def told_anew(entry: Act, key: int) -> None:
    """Let a meeting be called by what its remaining reports say; of one without any, nothing changes."""
    meeting = entry.lock(ArchivedMeeting, key)
    left = standing_reports().filter(meeting=meeting).select_related("source")
    if accesses := [report.source.access for report in left]:
        widen(entry, meeting, accesses)
