"""Locking what an act on a meeting works on, and the conditions that most of these acts share."""

from datetime import datetime

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from hemicycle.accounts.rights import within
from hemicycle.bodies.models import Body
from hemicycle.journal.act import Act, Refused
from hemicycle.meetings.day import zone_of
from hemicycle.meetings.models import AgendaItem, Meeting, Presiding, Sitting
from hemicycle.meetings.queries.during import ending


def lock_meeting(entry: Act, meeting_id: int) -> Meeting:
    """Lock a meeting of the actor's own body that is neither closed nor cancelled."""
    meeting = entry.lock(Meeting, meeting_id)
    within(entry.by, meeting.body.book_id)
    if meeting.closed or meeting.cancelled:
        raise Refused("meeting_closed", _("This meeting is over; nothing more can be entered in it."))
    return meeting


def lock_sitting(entry: Act, sitting_id: int) -> Sitting:
    """Lock a sitting of the actor's own body that has not ended."""
    sitting = entry.lock(Sitting, sitting_id)
    within(entry.by, sitting.meeting.body.book_id)
    if sitting.meeting.closed or sitting.meeting.cancelled:
        raise Refused("meeting_closed", _("This meeting is over; nothing more can be entered in it."))
    if sitting.closed:
        raise Refused("sitting_closed", _("This sitting was closed; nothing more can be entered in it."))
    return sitting


def lock_open_sitting(entry: Act, sitting_id: int) -> Sitting:
    """Lock a sitting that is open at the moment of the act."""
    sitting = lock_sitting(entry, sitting_id)
    if sitting.opened is None:
        raise Refused("sitting_not_open", _("The sitting is not open yet. Open it first."))
    refuse_before(ending(entry), sitting.opened, _("the sitting was opened"), sitting.meeting.body)
    return sitting


def lock_presided_sitting(entry: Act, sitting_id: int) -> Sitting:
    """Lock an open sitting over which somebody presides at the moment of the act."""
    sitting = lock_open_sitting(entry, sitting_id)
    presiding = Presiding.objects.filter(sitting=sitting, ends=None).first()
    if presiding is None:
        raise Refused("nobody_presides", _("Nobody presides yet. Let somebody take the chair first."))
    refuse_before(ending(entry), presiding.starts, _("the chair was taken"), sitting.meeting.body)
    return sitting


def lock_sitting_at_work(entry: Act, sitting_id: int) -> Sitting:
    """Lock an open sitting over which somebody presides and that does not rest at the moment of the act."""
    sitting = lock_presided_sitting(entry, sitting_id)
    refuse_suspended(sitting, ending(entry))
    return sitting


def refuse_suspended(sitting: Sitting, moment: datetime) -> None:
    """Refuse to go on while the sitting rests."""
    if sitting.suspensions.filter(Q(ends=None) | Q(ends__gt=moment), starts__lte=moment).exists():
        raise Refused("sitting_suspended", _("The sitting is suspended. Resume it first."))


def lock_item(entry: Act, item_id: int) -> AgendaItem:
    """Lock an item of a meeting of the actor's own body that is not over."""
    item = entry.lock(AgendaItem, item_id)
    within(entry.by, item.meeting.body.book_id)
    if item.meeting.closed or item.meeting.cancelled:
        raise Refused("meeting_closed", _("This meeting is over; nothing more can be entered in it."))
    return item


def sitting_under_way(meeting: Meeting) -> Sitting | None:
    """Return the open sitting of a meeting; there is never more than one."""
    return meeting.sittings.filter(opened__isnull=False, closed=None).first()


def refuse_before(moment: datetime, earliest: datetime, what: str, body: Body) -> None:
    """Refuse a moment that lies before what must come first."""
    if moment < earliest:
        place = zone_of(body)
        raise Refused(
            "out_of_order",
            _("%(moment)s is before %(what)s, at %(earliest)s. Enter a later moment.")
            % {
                "moment": date_format(moment.astimezone(place), "DATETIME_FORMAT"),
                "what": what,
                "earliest": date_format(earliest.astimezone(place), "DATETIME_FORMAT"),
            },
            status=422,
            field="happened",
        )


def open_sitting_key(meeting: Meeting) -> int:
    """Return the key of a meeting's open sitting."""
    sitting = sitting_under_way(meeting)
    if sitting is None:
        raise Refused("no_open_sitting", _("No sitting of this meeting is open. Open one first."))
    return sitting.pk


def refuse_during_vote(sitting: Sitting) -> None:
    """Refuse what must wait until the box is closed."""
    if sitting.voting_since:
        raise Refused("vote_open", _("A vote is being taken. Close it first."))


def refuse_without_reason(because: str) -> None:
    """Refuse a reversal that does not say why."""
    if not because.strip():
        raise Refused("no_reason", _("Say why; the reason is kept in the book."), status=422, field="because")
