"""Which meeting of an archive a report looks like a report of."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef

from hemicycle.accounts.access import Access
from hemicycle.archive.models import Archive, ArchivedMeeting, Claim, Fact
from hemicycle.archive.queries.homes import standing_reports
from hemicycle.archive.rules import Identity, same_meeting


def known_by(meeting: ArchivedMeeting) -> Identity:
    """Return by what an archived meeting is known."""
    return Identity(
        kind=meeting.kind,
        term=meeting.term_ordinal,
        number=meeting.meeting_ordinal,
        starts=meeting.starts,
        ends=meeting.ends,
        year=meeting.year,
    )


def like(archive: Archive, known: Identity) -> ArchivedMeeting | None:
    """Return the first meeting of an archive that looks like this one."""
    told = archive.meetings.filter(told_by_a_report()).order_by("ordinal")
    return next((one for one in told if same_meeting(known_by(one), known)), None)


def told_by_a_report() -> Exists:
    """Return the condition that a meeting stands in the record: not all of its imports were withdrawn."""
    return Exists(standing_reports().filter(meeting=OuterRef("pk")))


def stated_in(claims: Iterable[Claim]) -> list[tuple[str, Any]]:
    """Return what claims state, as they stand after the review."""
    return [(claim.field, claim.standing) for claim in claims]


def stated_of(meeting: ArchivedMeeting, access: Access) -> list[tuple[str, Any]]:
    """Return what the reports of a meeting state that are read by this audience: a whole meeting's days first.

    A daily report tells its own day; so the first and last day of all of them are the meeting's.
    """
    facts = list(
        Fact.objects.filter(report__meeting=meeting, report__source__access=access, state=Fact.State.STATED)
        .filter(report__withdrawal=None)
        .order_by("report__ordinal", "ordinal")
        .values_list("field", "value")
    )
    days = sorted(str(value) for field, value in facts if field in ("meeting.start", "meeting.end") and value)
    span = [("meeting.start", days[0]), ("meeting.end", days[-1])] if days else []
    return [*span, *((field, value) for field, value in facts)]
