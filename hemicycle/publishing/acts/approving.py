"""Acts with which a later meeting approves minutes, and with which approved minutes are opened for a correction."""

from django.utils.translation import gettext as _

from hemicycle.accounts.access import narrowest
from hemicycle.bodies.queries import rules_on
from hemicycle.journal.act import Act, Actor, Happened, Refused, act
from hemicycle.meetings.day import zone_of
from hemicycle.meetings.models import Meeting, MeetingKind
from hemicycle.meetings.queries import presiding_spell
from hemicycle.meetings.queries.during import sittings_during
from hemicycle.meetings.rehearsing import refuse_rehearsal
from hemicycle.publishing.acts.minutes import record
from hemicycle.publishing.acts.writing import lock_minutes, refuse_stale, refuse_without_reason
from hemicycle.publishing.models import Minutes, MinutesApproval, MinutesCorrection, MinutesVersion
from hemicycle.publishing.words import Kind
from hemicycle.voting.models import Result


def approve_minutes(
    *,
    by: Actor,
    minutes_id: int,
    seen: int,
    meeting_id: int,
    result_id: int | None = None,
    happened: Happened | None = None,
) -> MinutesApproval:
    """Enter that a later meeting approved circulated minutes: by a vote, or else because nobody there objected.

    From then on the version stands, open to those whom the rules of procedure name.

    Raises:
        Refused: they are not circulated, a correction is not answered, another version was saved meanwhile, the last
            one went out later, the meeting is not a later one of the body, nobody presides over an open sitting of it,
            or the vote did not carry there.
    """
    with act(Kind.MINUTES_APPROVED, by=by, happened=happened) as entry:
        minutes = lock_minutes(entry, minutes_id)
        if minutes.state != Minutes.State.CIRCULATED:
            raise Refused(
                "minutes_not_circulated",
                _("These minutes are %(state)s. Only circulated minutes are approved.")
                % {"state": minutes.get_state_display()},
            )
        waiting = minutes.corrections.filter(state=MinutesCorrection.State.PROPOSED).count()
        if waiting:
            raise Refused(
                "corrections_open",
                _("%(count)d proposed corrections are not answered. Take them up or decline them first.")
                % {"count": waiting},
            )
        version = refuse_stale(minutes, seen)
        refuse_unread(entry, version)
        meeting = lock_later(entry, minutes, meeting_id)
        result = carried_there(entry, meeting, result_id) if result_id else None
        if result is None:
            refuse_unattended(entry, meeting)
        in_force = rules_on(minutes.body, minutes.meeting.starts)
        approval = entry.create(
            MinutesApproval(
                version=version,
                meeting=meeting,
                how=MinutesApproval.How.VOTE if result else MinutesApproval.How.UNOPPOSED,
                result=result,
                access=narrowest(in_force.minutes_access, minutes.meeting.access),
                approved=entry.when,
            )
        )
        entry.update(minutes, state=Minutes.State.APPROVED, until=None)
        entry.record(
            subjects=[approval, minutes, version, minutes.meeting, meeting],
            access=narrowest(approval.access, meeting.access),
            scope=minutes.meeting,
            facts={
                "meeting": str(minutes.meeting),
                "version": version.number,
                "by_meeting": str(meeting),
                "how": str(approval.how),
            },
        )
    return approval


def refuse_unread(entry: Act, version: MinutesVersion) -> None:
    """Refuse that a version was approved before the day on which it went out."""
    zone = zone_of(version.minutes.body)
    if version.circulation.circulated.astimezone(zone).date() > entry.when.astimezone(zone).date():
        raise Refused(
            "circulated_later",
            _("Version %(version)d went out later than that. Say when it was approved, or by which later meeting.")
            % {"version": version.number},
            status=422,
            field="happened",
        )


def lock_later(entry: Act, minutes: Minutes, meeting_id: int) -> Meeting:
    """Lock the meeting that approves; refuse one of another body, a rehearsal, or one that is not later."""
    meeting = entry.lock(Meeting, meeting_id)
    refuse_rehearsal(meeting, _("A rehearsal approves no minutes. Choose a meeting that came after."))
    ended = minutes.meeting.closed
    later = meeting.pk != minutes.meeting_id and meeting.starts >= minutes.meeting.starts
    if meeting.body_id != minutes.body_id or not later or ended is None or entry.when < ended:
        raise Refused(
            "not_a_later_meeting",
            _("Minutes are approved by a later meeting of the same body. Choose one that came after."),
            status=422,
            field="meeting",
        )
    return meeting


def carried_there(entry: Act, meeting: Meeting, result_id: int) -> Result:
    """Return the certified result of a vote in that meeting which carried; refuse any other."""
    result = Result.objects.filter(pk=result_id, ballot__sitting__meeting=meeting, ballot__practice=False).first()
    if result is None or result.certified is None or not result.carried or result.certified > entry.when:
        raise Refused(
            "not_carried",
            _("Name a vote of that meeting by which it was adopted, and whose result is certified."),
            status=422,
            field="result",
        )
    return result


def refuse_unattended(entry: Act, meeting: Meeting) -> None:
    """Refuse that nobody objected where nobody could: no sitting was open then, or nobody presided over it."""
    sitting = None if meeting.kind == MeetingKind.CIRCULATION else sittings_during(entry, meeting).first()
    if sitting is None or presiding_spell(sitting, entry.when) is None:
        raise Refused(
            "no_open_sitting",
            _(
                "No sitting of that meeting was open then with somebody in the chair, so nobody could object. Say when "
                "it happened, or name the vote."
            ),
            status=422,
            field="meeting",
        )


def reopen_minutes(*, by: Actor, minutes_id: int, because: str, happened: Happened | None = None) -> Minutes:
    """Open approved minutes for a correction. The approved version stays as it is until another one is approved.

    Raises:
        Refused: no reason is given, or they are not approved.
    """
    with act(Kind.MINUTES_REOPENED, by=by, happened=happened) as entry:
        minutes = lock_minutes(entry, minutes_id)
        if minutes.state != Minutes.State.APPROVED:
            raise Refused("minutes_not_approved", _("These minutes are not approved."))
        refuse_without_reason(because, _("Say why; the reason is kept in the book."), "because")
        entry.update(minutes, state=Minutes.State.DRAFT)
        version = minutes.versions.filter(approval__isnull=False).order_by("-number")[0]
        record(entry, minutes, version, version.approval.access, because=because.strip())
    return minutes
