"""The credentials: officers report who is accredited and there, and the sitting adopts the report."""

from django.utils.translation import gettext as _

from hemicycle.journal.act import Actor, Happened, Refused, act
from hemicycle.meetings.acts.locking import lock_meeting, lock_open_sitting
from hemicycle.meetings.models.mandates import CredentialsReport
from hemicycle.meetings.queries.during import audience
from hemicycle.meetings.queries.mandates import credentials_counts
from hemicycle.meetings.words import Kind


def report_credentials(
    *, by: Actor, meeting_id: int, text: str = "", happened: Happened | None = None
) -> CredentialsReport:
    """Report on the credentials: mandates, accreditations and presence are counted; the text adds what is in doubt.

    Raises:
        Refused: nobody is accredited, or an earlier report waits for adoption with the same words.
    """
    with act(Kind.CREDENTIALS_REPORTED, by=by, happened=happened) as entry:
        meeting = lock_meeting(entry, meeting_id)
        counts = credentials_counts(meeting, entry.when)
        if not counts["accredited"]:
            raise Refused("nobody_accredited", _("Nobody with a vote is accredited yet. Accredit them first."))
        last = meeting.credentials_reports.order_by("ordinal").last()
        if last and last.adopted is None and last.text == text.strip() and last.counts == counts:
            raise Refused("reported_already", _("This was reported in the same words already, and waits for adoption."))
        report = entry.create(
            CredentialsReport(
                meeting=meeting,
                ordinal=last.ordinal + 1 if last else 1,
                text=text.strip(),
                counts=counts,
                reported=entry.when,
            )
        )
        entry.record(
            subjects=[report, meeting],
            access=audience(entry, meeting),
            scope=meeting,
            facts={
                "ordinal": report.ordinal,
                "accredited": counts["accredited"],
                "present": counts["present"],
                "units": counts["units"],
                "text": report.text,
            },
        )
    return report


def adopt_credentials(
    *, by: Actor, sitting_id: int, report_id: int, happened: Happened | None = None
) -> CredentialsReport:
    """Enter that an open sitting adopted a report on the credentials.

    Raises:
        Refused: the sitting is not open, or the report was adopted, replaced by a later one, or is another meeting's.
    """
    with act(Kind.CREDENTIALS_ADOPTED, by=by, happened=happened) as entry:
        sitting = lock_open_sitting(entry, sitting_id)
        report = entry.lock(CredentialsReport, report_id)
        if report.meeting_id != sitting.meeting_id:
            raise Refused("report_elsewhere", _("This report is on another meeting."), status=422)
        if report.adopted:
            raise Refused("adopted_already", _("This report was adopted already."))
        if report.meeting.credentials_reports.filter(ordinal__gt=report.ordinal).exists():
            raise Refused("later_report", _("There is a later report on the credentials. Adopt that one."))
        entry.update(report, adopted=entry.when, adopted_in=sitting)
        entry.record(
            subjects=[report, sitting, sitting.meeting],
            access=sitting.access,
            scope=sitting.meeting,
            facts={
                "ordinal": report.ordinal,
                "accredited": report.counts["accredited"],
                "present": report.counts["present"],
            },
        )
    return report
