"""Acts that end a sitting or its meeting: adjourned, closed, and opened again where that was too early."""

from datetime import datetime

from django.utils.translation import gettext as _

from hemicycle.accounts.access import narrowest
from hemicycle.accounts.rights import within
from hemicycle.journal.act import Act, Actor, Happened, Refused, act
from hemicycle.meetings.acts.ending_speeches import end_floor
from hemicycle.meetings.acts.locking import (
    lock_meeting,
    lock_presided_sitting,
    refuse_before,
    refuse_during_vote,
    refuse_without_reason,
    sitting_under_way,
)
from hemicycle.meetings.day import zone_of
from hemicycle.meetings.models import AgendaItem, Meeting, Presence, Presiding, Sitting, Suspension
from hemicycle.meetings.queries import current_sitting
from hemicycle.meetings.queries.during import ending
from hemicycle.meetings.words import Kind


def close_sitting(*, by: Actor, sitting_id: int, happened: Happened | None = None) -> Sitting:
    """Close the open sitting: whoever presides leaves the chair, everybody goes, an item not settled is left.

    What was suspended or in private ends with it.

    Raises:
        Refused: it is not open, nobody presides, or a vote is being taken.
    """
    with act(Kind.SITTING_CLOSED, by=by, happened=happened) as entry:
        sitting = lock_presided_sitting(entry, sitting_id)
        moment = ending(entry)
        refuse_during_vote(sitting)
        end(entry, sitting, moment)
        entry.record(
            subjects=[sitting, sitting.meeting],
            access=sitting.access,
            scope=sitting.meeting,
            facts={"ordinal": sitting.ordinal, "day": local_day(sitting, moment)},
        )
    return sitting


def local_day(sitting: Sitting, moment: datetime) -> str:
    """Return the day of a moment at the body's place."""
    return moment.astimezone(zone_of(sitting.meeting.body)).date().isoformat()


def end(entry: Act, sitting: Sitting, moment: datetime) -> None:
    """End an open sitting with everything that lasts in it."""
    body = sitting.meeting.body
    presiding = entry.lock(Presiding, sitting.presidings.get(ends=None).pk)
    there = list(
        Presence.objects.select_for_update(of=("self",))
        .filter(participation__sitting=sitting, went=None)
        .order_by("pk")
    )
    if opened := sitting.opened:
        refuse_at_or_before(opened, moment)
    for presence in there:
        refuse_before(moment, presence.came, _("somebody came"), body)
        presence.went = moment
    entry.update(presiding, ends=moment)
    entry.update_many(there, ["went"])
    end_floor(entry, sitting)
    if left := sitting.current_item:
        entry.update(left, state=AgendaItem.State.PENDING)
    for lasting, what in (
        (sitting.suspension, _("the sitting was suspended")),
        (sitting.closed_part, _("the sitting went into private")),
    ):
        if lasting:
            refuse_before(moment, lasting.starts, what, body)
            entry.update(lasting, ends=moment)
    entry.update(sitting, closed=moment, current_item=None, suspension=None, closed_part=None)


def adjourn_sitting(
    *,
    by: Actor,
    sitting_id: int,
    starts: datetime | None = None,
    ends: datetime | None = None,
    because: str = "",
    happened: Happened | None = None,
) -> Sitting:
    """Close the open sitting for the meeting to go on in a later one: the next that is planned, or one planned now.

    Returns the sitting in which the meeting goes on.

    Raises:
        Refused: it is not open, nobody presides, a vote is being taken, or no later sitting is planned or named.
    """
    with act(Kind.SITTING_ADJOURNED, by=by, happened=happened) as entry:
        sitting = lock_presided_sitting(entry, sitting_id)
        meeting, moment = sitting.meeting, ending(entry)
        refuse_during_vote(sitting)
        following = planned_next(entry, sitting, starts, ends)
        end(entry, sitting, moment)
        entry.update(sitting, adjourned_to=following)
        entry.record(
            subjects=[sitting, following, meeting],
            access=sitting.access,
            scope=meeting,
            facts={
                "ordinal": sitting.ordinal,
                "day": local_day(sitting, moment),
                "to": following.ordinal,
                "to_day": local_day(sitting, following.planned_start),
                "because": because.strip(),
            },
        )
    return following


def planned_next(entry: Act, sitting: Sitting, starts: datetime | None, ends: datetime | None) -> Sitting:
    """Return the sitting in which a meeting goes on: one planned at these times, or else the next that is planned."""
    meeting = sitting.meeting
    planned = meeting.sittings.filter(opened=None, ordinal__gt=sitting.ordinal).order_by("ordinal").first()
    if starts is None:
        if planned is None:
            raise Refused(
                "no_later_sitting",
                _("No later sitting is planned. Say when the meeting goes on, or close the sitting."),
                status=422,
                field="starts",
            )
        return planned
    if starts <= ending(entry) or ends is None or ends <= starts:
        raise Refused(
            "later_sitting_ill_planned",
            _("The meeting goes on at a later time, and that sitting ends after it starts."),
            status=422,
            field="starts",
        )
    if planned and ends > planned.planned_start:
        raise Refused(
            "sittings_overlap", _("Another sitting is planned before that time is over."), status=422, field="starts"
        )
    last = Sitting.every.filter(meeting=meeting).order_by("ordinal").last()
    if planned or last is None:
        raise Refused(
            "later_sitting_planned",
            _("A later sitting of this meeting is planned already; the meeting goes on there."),
            status=422,
            field="starts",
        )
    day = ends.astimezone(zone_of(meeting.body)).date()
    if day > meeting.ends:
        entry.update(meeting, ends=day)
    return entry.create(
        Sitting(
            meeting=meeting,
            ordinal=last.ordinal + 1,
            planned_start=starts,
            planned_end=ends,
            access=meeting.access,
        )
    )


def refuse_at_or_before(opened: datetime, moment: datetime) -> None:
    """Refuse to close a sitting at or before the moment of its opening."""
    if moment <= opened:
        raise Refused(
            "ends_as_it_starts",
            _("A sitting ends after it was opened. Enter a later moment."),
            status=422,
            field="happened",
        )


def reopen_sitting(*, by: Actor, sitting_id: int, because: str, happened: Happened | None = None) -> Sitting:
    """Open a sitting again that was closed too early. Who was there comes again; somebody takes the chair again.

    Between its closing and this moment it rested.

    Raises:
        Refused: no reason is given, it is not closed, a later one was opened, or the meeting is over.
    """
    with act(Kind.SITTING_REOPENED, by=by, happened=happened) as entry:
        sitting = entry.lock(Sitting, sitting_id)
        meeting = lock_meeting(entry, sitting.meeting_id)
        if sitting.closed is None:
            raise Refused("sitting_not_closed", _("The sitting is not closed."))
        refuse_without_reason(because)
        if other := current_sitting(meeting.body):
            raise Refused(
                "another_sitting_open",
                _("Sitting %(ordinal)d of %(meeting)s is still open. Close it before another is opened.")
                % {"ordinal": other.ordinal, "meeting": str(other.meeting)},
            )
        if meeting.sittings.filter(ordinal__gt=sitting.ordinal, opened__isnull=False).exists():
            raise Refused("later_sitting_held", _("A later sitting was held; this one cannot be opened again."))
        refuse_before(entry.when, sitting.closed, _("the sitting was closed"), meeting.body)
        rest = entry.create(
            Suspension(
                sitting=sitting,
                cause=Suspension.Cause.VACANT,
                because=because.strip(),
                starts=sitting.closed,
            )
        )
        entry.update(sitting, closed=None, adjourned_to=None, suspension=rest)
        entry.record(
            subjects=[sitting, meeting],
            access=sitting.access,
            scope=meeting,
            facts={"ordinal": sitting.ordinal, "because": because.strip()},
        )
    return sitting


def close_meeting(*, by: Actor, meeting_id: int, happened: Happened | None = None) -> Meeting:
    """Close a meeting whose sittings are over. Nothing more can be entered in it; its temporary organs end with it.

    Raises:
        Refused: a sitting is open, or none was held.
    """
    with act(Kind.MEETING_CLOSED, by=by, happened=happened) as entry:
        meeting = lock_meeting(entry, meeting_id)
        within(by, meeting.body.book_id)
        if sitting_under_way(meeting):
            raise Refused("sitting_open", _("A sitting of this meeting is still open. Close it first."))
        last = meeting.sittings.filter(closed__isnull=False).order_by("closed").last()
        held = meeting.sittings.filter(closed__isnull=False).values_list("access", flat=True)
        if last is None or last.closed is None:
            raise Refused("no_sitting_held", _("No sitting of this meeting was held yet."))
        refuse_before(ending(entry), last.closed, _("the last sitting was closed"), meeting.body)
        entry.update(meeting, closed=ending(entry))
        organs = list(meeting.organs.select_for_update(of=("self",)).filter(ended=None).order_by("pk"))
        for organ in organs:
            organ.ended = ending(entry)
        entry.update_many(organs, ["ended"])
        entry.record(
            subjects=[meeting],
            access=meeting.access,
            scope=meeting,
            # Whoever may read the entry learns only of the sittings that they may know of.
            facts={
                "ordinal": meeting.number,
                "sittings": sum(narrowest(one, meeting.access) == meeting.access for one in held),
            },
        )
    return meeting


def reopen_meeting(*, by: Actor, meeting_id: int, because: str, happened: Happened | None = None) -> Meeting:
    """Open a meeting again that was closed by mistake, before a later one was held.

    Raises:
        Refused: no reason is given, it is not closed, or a later meeting of the body was held; a rehearsal is none.
    """
    with act(Kind.MEETING_REOPENED, by=by, happened=happened) as entry:
        meeting = entry.lock(Meeting, meeting_id)
        within(by, meeting.body.book_id)
        if meeting.closed is None:
            raise Refused("meeting_not_closed", _("The meeting is not closed."))
        refuse_without_reason(because)
        held = Sitting.objects.filter(meeting__body=meeting.body, opened__gt=meeting.closed).exclude(meeting=meeting)
        if not meeting.rehearsal:
            held = held.exclude(meeting__rehearsal=True)
        if held.exists():
            raise Refused("later_meeting_held", _("A later meeting was held; this one cannot be opened again."))
        refuse_before(entry.when, meeting.closed, _("the meeting was closed"), meeting.body)
        entry.update(meeting, closed=None)
        entry.record(subjects=[meeting], access=meeting.access, scope=meeting, facts={"because": because.strip()})
    return meeting
