"""Acts on sittings and on the meeting they belong to: opened, suspended, resumed, adjourned, closed, opened again."""

from datetime import datetime

from django.utils.translation import gettext as _

from hemicycle.journal.act import Act, Actor, Happened, Refused, act
from hemicycle.journal.canonical import timestamp
from hemicycle.meetings.acts.chairing import presides_now, suspend
from hemicycle.meetings.acts.locking import (
    lock_open_sitting,
    lock_presided_sitting,
    lock_sitting,
    refuse_before,
    refuse_during_vote,
)
from hemicycle.meetings.day import zone_of
from hemicycle.meetings.models import Sitting, Suspension
from hemicycle.meetings.queries import current_sitting, quorum_at
from hemicycle.meetings.queries.during import audience_in
from hemicycle.meetings.words import Kind


def open_sitting(
    *, by: Actor, sitting_id: int, unsummoned_because: str = "", happened: Happened | None = None
) -> Sitting:
    """Open a sitting. The quorum of that moment is stated; it is asked for at each vote, not here.

    Until somebody has taken the chair, the sitting rests.

    Raises:
        Refused: it is open, another sitting of the body is, or no notice of the meeting was given and no reason said.
    """
    with act(Kind.SITTING_OPENED, by=by, happened=happened) as entry:
        sitting = lock_sitting(entry, sitting_id)
        body = sitting.meeting.body
        if sitting.opened:
            raise Refused("sitting_open", _("The sitting is open already."))
        if other := current_sitting(body):
            raise Refused(
                "another_sitting_open",
                _("Sitting %(ordinal)d of %(meeting)s is still open. Close it before another is opened.")
                % {"ordinal": other.ordinal, "meeting": str(other.meeting)},
            )
        if sitting.meeting.summoned is None and not unsummoned_because.strip():
            raise Refused(
                "not_summoned",
                _("No notice of this meeting was given. Send the summons, or say why it meets without one."),
                field="unsummoned_because",
            )
        entry.update(sitting, opened=entry.when)
        rest_until_presided(entry, sitting)
        quorum = quorum_at(sitting, entry.when)
        entry.record(
            subjects=[sitting, sitting.meeting],
            access=sitting.access,
            scope=sitting.meeting,
            facts={
                "ordinal": sitting.ordinal,
                "day": entry.when.astimezone(zone_of(body)).date().isoformat(),
                "present": quorum.present,
                "needed": quorum.needed,
                "whole": quorum.whole,
                "reached": quorum.reached,
                "unsummoned_because": "" if sitting.meeting.summoned else unsummoned_because.strip(),
            },
        )
    return sitting


def rest_until_presided(entry: Act, sitting: Sitting) -> None:
    """Let a sitting rest from its opening until the moment at which somebody presides."""
    presiding = presides_now(sitting)
    if presiding is None:
        suspend(entry, sitting, Suspension.Cause.VACANT)
    elif presiding.starts > entry.when:
        rest = Suspension(sitting=sitting, cause=Suspension.Cause.VACANT, starts=entry.when, ends=presiding.starts)
        entry.create(rest)


def suspend_sitting(
    *,
    by: Actor,
    sitting_id: int,
    because: str = "",
    until: datetime | None = None,
    happened: Happened | None = None,
) -> Suspension:
    """Suspend the open sitting, until a time where one is named. Nothing is dealt with until it is resumed.

    Raises:
        Refused: it is not open or suspended already, nobody presides, a vote is being taken, or the time has passed.
    """
    with act(Kind.SITTING_SUSPENDED, by=by, happened=happened) as entry:
        sitting = lock_presided_sitting(entry, sitting_id)
        refuse_during_vote(sitting)
        if sitting.suspension:
            raise Refused("sitting_suspended", _("The sitting is suspended already."))
        if until and until <= entry.when:
            raise Refused(
                "until_is_over",
                _("Name a time that is still to come, or none."),
                status=422,
                field="until",
            )
        refuse_overlapping(sitting, entry.when)
        made = suspend(entry, sitting, Suspension.Cause.CHAIR, because, until)
        entry.record(
            subjects=[sitting, sitting.meeting],
            access=audience_in(entry, sitting),
            scope=sitting.meeting,
            facts={
                "ordinal": sitting.ordinal,
                "because": made.because,
                "until": timestamp(until) if until else None,
            },
        )
    return made


def refuse_overlapping(sitting: Sitting, moment: datetime) -> None:
    """Refuse a suspension that begins before an earlier one was over."""
    last = sitting.suspensions.filter(ends__isnull=False).order_by("ends").last()
    if last and last.ends:
        refuse_before(moment, last.ends, _("the sitting was resumed"), sitting.meeting.body)


def resume_sitting(*, by: Actor, sitting_id: int, happened: Happened | None = None) -> Sitting:
    """Resume a suspended sitting.

    Raises:
        Refused: it is not suspended, nobody presides, or it rests for want of a quorum.
    """
    with act(Kind.SITTING_RESUMED, by=by, happened=happened) as entry:
        sitting = lock_open_sitting(entry, sitting_id)
        resting = sitting.suspension
        if resting is None:
            raise Refused("sitting_not_suspended", _("The sitting is not suspended."))
        if presides_now(sitting) is None:
            raise Refused("nobody_presides", _("Nobody presides yet. Let somebody take the chair first."))
        if resting.cause == Suspension.Cause.QUORUM:
            raise Refused(
                "no_quorum",
                _("The sitting rests because too few were there. Count again; where enough are found, it goes on."),
            )
        refuse_before(entry.when, resting.starts, _("the sitting was suspended"), sitting.meeting.body)
        entry.update(resting, ends=entry.when)
        entry.update(sitting, suspension=None)
        entry.record(
            subjects=[sitting, sitting.meeting],
            access=audience_in(entry, sitting),
            scope=sitting.meeting,
            facts={"ordinal": sitting.ordinal, "minutes": int((entry.when - resting.starts).total_seconds() // 60)},
        )
    return sitting
