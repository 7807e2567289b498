"""Acts on the plan of a meeting: sittings are added, moved and dropped; a meeting is moved or cancelled.

Whoever was called is told of every such change: where notice was given, the act writes a further summons.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db.models import F
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from hemicycle.accounts.rights import within
from hemicycle.bodies.queries import term_on
from hemicycle.journal.act import Act, Actor, Happened, Refused, act
from hemicycle.meetings.acts.agenda_locking import ASIDE
from hemicycle.meetings.acts.convening import refuse_ill_planned
from hemicycle.meetings.acts.locking import lock_meeting
from hemicycle.meetings.acts.notice import waiver, write_change
from hemicycle.meetings.day import zone_of
from hemicycle.meetings.models import Meeting, MeetingMove, Sitting, Summons
from hemicycle.meetings.words import Kind


def plan_sitting(
    *,
    by: Actor,
    meeting_id: int,
    start: datetime,
    end: datetime,
    lengthen: bool = False,
    because: str = "",
    happened: Happened | None = None,
) -> Sitting:
    """Plan a further sitting. `lengthen` moves the meeting's last day to the sitting's, where that is later.

    Raises:
        Refused: it lies outside of the meeting, before a sitting that was held, or into another.
    """
    with act(Kind.SITTING_PLANNED, by=by, happened=happened) as entry:
        meeting = lock_meeting(entry, meeting_id)
        if lengthen:
            lengthened(entry, meeting, end)
        sittings = list(meeting.sittings.order_by("ordinal"))
        last = max((one.ordinal for one in sittings), default=0)
        sitting = Sitting(
            meeting=meeting, ordinal=last + 1, planned_start=start, planned_end=end, access=meeting.access
        )
        refuse_plan(meeting, [*sittings, sitting])
        entry.create(sitting)
        number_sittings(entry, [*sittings, sitting])
        told = write_change(entry, meeting, because)
        entry.record(
            subjects=[sitting, meeting, *told],
            access=sitting.access,
            scope=meeting,
            facts={**hours(sitting), "because": because.strip(), "ends": meeting.ends.isoformat()},
        )
    return sitting


def move_sitting(
    *,
    by: Actor,
    sitting_id: int,
    start: datetime,
    end: datetime,
    lengthen: bool = False,
    because: str = "",
    happened: Happened | None = None,
) -> Sitting:
    """Move a sitting that was not opened yet to other hours.

    Raises:
        Refused: it was opened, is planned so already, lies outside of the meeting, or into another sitting.
    """
    with act(Kind.SITTING_MOVED, by=by, happened=happened) as entry:
        meeting, sitting = lock_planned(entry, sitting_id)
        if (sitting.planned_start, sitting.planned_end) == (start, end):
            raise Refused("nothing_changed", _("The sitting is planned for these hours already."), field="starts")
        if lengthen:
            lengthened(entry, meeting, end)
        before = hours(sitting)
        others = [one for one in meeting.sittings.order_by("ordinal") if one.pk != sitting.pk]
        sitting.planned_start, sitting.planned_end = start, end
        refuse_plan(meeting, [*others, sitting])
        entry.update(sitting, planned_start=start, planned_end=end)
        number_sittings(entry, [*others, sitting])
        told = write_change(entry, meeting, because)
        entry.record(
            subjects=[sitting, meeting, *told],
            access=sitting.access,
            scope=meeting,
            facts={**hours(sitting), "before": before, "because": because.strip(), "ends": meeting.ends.isoformat()},
        )
    return sitting


def drop_sitting(*, by: Actor, sitting_id: int, because: str, happened: Happened | None = None) -> Sitting:
    """Take a sitting that was not opened out of the plan. Its row stays, so that calendars can be told.

    Raises:
        Refused: it was opened, it is the only one, or no reason is given.
    """
    with act(Kind.SITTING_DROPPED, by=by, happened=happened) as entry:
        meeting, sitting = lock_planned(entry, sitting_id)
        refuse_without_why(because)
        others = [one for one in meeting.sittings.order_by("ordinal") if one.pk != sitting.pk]
        if not others:
            raise Refused("only_sitting", _("It is the meeting's only sitting. Move it, or cancel the meeting."))
        before = hours(sitting)
        entry.update(sitting, dropped=entry.when, dropped_because=because.strip())
        number_sittings(entry, others)
        told = write_change(entry, meeting, because)
        entry.record(
            subjects=[sitting, meeting, *told],
            access=sitting.access,
            scope=meeting,
            facts={**before, "because": because.strip()},
        )
    return sitting


def move_meeting(
    *,
    by: Actor,
    meeting_id: int,
    starts: date,
    place: str,
    because: str,
    waive_because: str = "",
    happened: Happened | None = None,
) -> Meeting:
    """Move a meeting to another first day or place; its sittings move with it, at the same hours of the clock there.

    It keeps its number and address, and its page says from when it was moved, and why.

    Raises:
        Refused: a sitting was held or opened, nothing is changed, no reason is given, the day is in another term, or
            the notice is too short and no reason is given for waiving the rest.
    """
    with act(Kind.MEETING_MOVED, by=by, happened=happened) as entry:
        meeting = lock_meeting(entry, meeting_id)
        refuse_begun(meeting)
        refuse_without_why(because)
        if (starts, place.strip()) == (meeting.starts, meeting.place):
            raise Refused("nothing_changed", _("The meeting is on this day and at this place already."), field="starts")
        refuse_other_term(meeting, starts)
        move = MeetingMove(
            meeting=meeting,
            starts_before=meeting.starts,
            ends_before=meeting.ends,
            place_before=meeting.place,
            starts=starts,
            ends=starts + (meeting.ends - meeting.starts),
            place=place.strip(),
            because=because.strip(),
            moved=entry.when,
        )
        shift_sittings(entry, meeting, starts - meeting.starts)
        entry.update(meeting, starts=move.starts, ends=move.ends, place=move.place)
        waived = waiver(entry, meeting, waive_because) if meeting.summoned else ""
        told = write_change(entry, meeting, because, waived=waived)
        entry.create(move)
        entry.record(
            subjects=[meeting, move, *told],
            access=meeting.access,
            scope=meeting,
            facts={
                "starts_before": move.starts_before.isoformat(),
                "ends_before": move.ends_before.isoformat(),
                "starts": move.starts.isoformat(),
                "ends": move.ends.isoformat(),
                "place_before": move.place_before,
                "place": move.place,
                "because": move.because,
                "waived_because": waived,
            },
        )
    return meeting


def cancel_meeting(
    *,
    by: Actor,
    meeting_id: int,
    because: str,
    instead_id: int | None = None,
    happened: Happened | None = None,
) -> Meeting:
    """Cancel a meeting of which no sitting was opened. It keeps its number; its page says why, and what comes instead.

    Raises:
        Refused: a sitting was held or opened, no reason is given, or the other meeting is not one of the body's.
    """
    with act(Kind.MEETING_CANCELLED, by=by, happened=happened) as entry:
        meeting = lock_meeting(entry, meeting_id)
        refuse_begun(meeting)
        refuse_without_why(because)
        instead = meeting_instead(meeting, instead_id)
        told = write_change(entry, meeting, because, what=Summons.What.CANCELLATION)
        entry.update(meeting, cancelled=entry.when, cancelled_because=because.strip(), held_instead=instead)
        entry.record(
            subjects=[meeting, *told],
            access=meeting.access,
            scope=meeting,
            facts={
                "ordinal": meeting.number,
                "starts": meeting.starts.isoformat(),
                "ends": meeting.ends.isoformat(),
                "because": meeting.cancelled_because,
                "instead": instead.starts.isoformat() if instead and instead.access == meeting.access else "",
            },
        )
    return meeting


def meeting_instead(meeting: Meeting, instead_id: int | None) -> Meeting | None:
    """Return the meeting that is held in place of a cancelled one."""
    if instead_id is None:
        return None
    found = (
        meeting.body.meetings.filter(pk=instead_id, cancelled=None, rehearsal=meeting.rehearsal)
        .exclude(pk=meeting.pk)
        .first()
    )
    if found is None:
        raise Refused(
            "meeting_elsewhere", _("This is no other meeting of the body that is held."), status=422, field="instead"
        )
    return found


def lock_planned(entry: Act, sitting_id: int) -> tuple[Meeting, Sitting]:
    """Lock a sitting that was not opened yet, and its meeting."""
    sitting = entry.lock(Sitting, sitting_id)
    within(entry.by, sitting.meeting.body.book_id)
    meeting = lock_meeting(entry, sitting.meeting_id)
    if sitting.dropped:
        raise Refused("sitting_dropped", _("This sitting was taken out of the plan already."))
    if sitting.opened:
        raise Refused("sitting_begun", _("This sitting was opened, and its hours are no plan any more."))
    return meeting, sitting


def lengthened(entry: Act, meeting: Meeting, end: datetime) -> None:
    """Move the last day of a meeting to that of a sitting, where it is later."""
    last = end.astimezone(zone_of(meeting.body)).date()
    if last > meeting.ends:
        refuse_other_term(meeting, last)
        entry.update(meeting, ends=last)


def refuse_plan(meeting: Meeting, sittings: Iterable[Sitting]) -> None:
    """Refuse sittings outside of the meeting, into one another, or before one that was held."""
    planned = [one for one in sittings if not one.opened]
    refuse_ill_planned(
        meeting.body, meeting.starts, meeting.ends, [(one.planned_start, one.planned_end) for one in planned]
    )
    held = max((one.closed or one.opened for one in sittings if one.opened), default=None)
    if held and any(one.planned_start < held for one in planned):
        raise Refused(
            "before_one_held",
            _("A sitting cannot be planned before one that was held already."),
            status=422,
            field="starts",
        )


def refuse_begun(meeting: Meeting) -> None:
    """Refuse to move or cancel what has begun."""
    if meeting.sittings.filter(opened__isnull=False).exists():
        raise Refused(
            "meeting_begun",
            _("A sitting of this meeting was opened, so it can be neither moved nor cancelled. Adjourn or close it."),
        )


def refuse_without_why(because: str) -> None:
    """Refuse a change without a reason: it is told to whoever was called."""
    if not because.strip():
        raise Refused("no_reason", _("Say why; it is told to everybody who was called."), status=422, field="because")


def refuse_other_term(meeting: Meeting, day: date) -> None:
    """Refuse a day outside of the meeting's term, in which it has its number."""
    term = term_on(meeting.body, day)
    if term is None or term.pk != meeting.term_id:
        raise Refused(
            "other_term",
            _("%(day)s is not in term %(term)d, in which the meeting has its number. ")
            % {"day": date_format(day), "term": meeting.term.ordinal}
            + _("Convene a meeting there, then cancel this one and name the other."),
            status=422,
            field="starts",
        )


def shift_sittings(entry: Act, meeting: Meeting, by: timedelta) -> None:
    """Move the sittings of a meeting by whole days, at the same hours of the clock at its place."""
    place = zone_of(meeting.body)
    sittings = list(meeting.sittings.order_by("ordinal"))
    for sitting in sittings:
        for name in ("planned_start", "planned_end"):
            there = getattr(sitting, name).astimezone(place).replace(tzinfo=None)
            setattr(sitting, name, (there + by).replace(tzinfo=place))
    entry.update_many(sittings, ["planned_start", "planned_end"])


def number_sittings(entry: Act, sittings: Iterable[Sitting]) -> None:
    """Number sittings by their hours; those that were opened come first and keep their numbers."""
    ordered = sorted(sittings, key=lambda one: (one.opened is None, one.ordinal if one.opened else one.planned_start))
    changed = [one for number, one in enumerate(ordered, 1) if one.ordinal != number]
    Sitting.objects.filter(pk__in=[one.pk for one in changed]).update(ordinal=F("ordinal") + ASIDE)
    for number, one in enumerate(ordered, 1):
        one.ordinal = number
    entry.update_many(changed, ["ordinal"])


def hours(sitting: Sitting) -> dict[str, object]:
    """Return a sitting's day and hours at its place, as the book tells them."""
    place = zone_of(sitting.meeting.body)
    start, end = sitting.planned_start.astimezone(place), sitting.planned_end.astimezone(place)
    return {
        "ordinal": sitting.ordinal,
        "day": start.date().isoformat(),
        "from": f"{start:%H:%M}",
        "to": f"{end:%H:%M}",
    }
