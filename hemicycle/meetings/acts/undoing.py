"""Acts that undo what was done by mistake: an agenda adopted too early, an item taken up, a sitting opened."""

from django.utils.translation import gettext as _

from hemicycle.accounts.access import narrowest
from hemicycle.journal.act import Actor, Happened, Refused, act, subject
from hemicycle.journal.queries import entries_about
from hemicycle.meetings.acts.locking import (
    lock_item,
    lock_meeting,
    lock_open_sitting,
    open_sitting_key,
    refuse_during_vote,
    refuse_without_reason,
)
from hemicycle.meetings.models import AgendaItem, Meeting, Report, Sitting, Speech
from hemicycle.meetings.queries.during import audience, audience_in, ending
from hemicycle.meetings.words import Kind

# What can come before the work of a sitting, and does not hinder that its opening is undone.
BEFORE_WORK = (
    Kind.PARTICIPANTS_ACCREDITED,
    Kind.MANDATES_ACCREDITED,
    Kind.ALTERNATE_SEATED,
    Kind.ALTERNATE_UNSEATED,
    Kind.PARTICIPANT_CAME,
    Kind.PARTICIPANTS_CAME,
    Kind.PARTICIPANT_WENT,
    Kind.CHAIR_TAKEN,
    Kind.CHAIR_LEFT,
    Kind.SITTING_MOVED,
)


def reopen_agenda(*, by: Actor, meeting_id: int, because: str, happened: Happened | None = None) -> Meeting:
    """Take back the adoption of an agenda of which nothing was dealt with yet: the desk can change it again.

    Raises:
        Refused: no reason is given, it was not adopted, or an item of it was taken up.
    """
    with act(Kind.AGENDA_REOPENED, by=by, happened=happened) as entry:
        meeting = lock_meeting(entry, meeting_id)
        if meeting.agenda_adopted is None:
            raise Refused("agenda_not_adopted", _("The agenda was not adopted yet."))
        if meeting.items.exclude(state=AgendaItem.State.PENDING).exists():
            raise Refused(
                "agenda_begun", _("An item of it was taken up, so the agenda stands. The meeting can vote on a change.")
            )
        refuse_without_reason(because)
        entry.update(meeting, agenda_adopted=None, agenda_version=meeting.agenda_version + 1)
        entry.record(
            subjects=[meeting], access=audience(entry, meeting), scope=meeting, facts={"because": because.strip()}
        )
    return meeting


def put_back_item(*, by: Actor, item_id: int, because: str, happened: Happened | None = None) -> AgendaItem:
    """Put an item back that was taken up by mistake: it is to come, as before.

    Raises:
        Refused: no reason is given, it is not being dealt with, or something was done on it in this sitting.
    """
    with act(Kind.ITEM_PUT_BACK, by=by, happened=happened) as entry:
        item = lock_item(entry, item_id)
        sitting = lock_open_sitting(entry, open_sitting_key(item.meeting))
        if sitting.current_item_id != item.pk:
            raise Refused("item_not_current", _("This item is not being dealt with now."))
        refuse_during_vote(sitting)
        refuse_dealt_with(item)
        refuse_without_reason(because)
        here = narrowest(item.state_access, audience_in(entry, sitting))
        entry.update(item, state=AgendaItem.State.PENDING, state_access=here)
        entry.update(sitting, current_item=None)
        entry.record(
            subjects=[item, sitting, item.meeting],
            access=narrowest(item.access, here),
            scope=item.meeting,
            facts={"item": item.called, "title": item.title, "because": because.strip()},
        )
    return item


def refuse_dealt_with(item: AgendaItem) -> None:
    """Refuse to say that an item was taken up by mistake where it was debated, or a motion on it was tabled."""
    heard = item.reports.filter(form=Report.Form.DELIVERED, struck=None).exists()
    spoken = item.speeches.filter(form=Speech.Form.DELIVERED, struck=None).exists()
    if heard or spoken or item.motions.exists() or item.conclusions.filter(struck=None).exists():
        raise Refused(
            "item_dealt_with",
            _("Something was done on this item already. Settle it, refer it back or carry it over instead."),
        )


def undo_opening(*, by: Actor, sitting_id: int, because: str, happened: Happened | None = None) -> Sitting:
    """Undo the opening of a sitting that was opened by mistake: it is planned, as before.

    Raises:
        Refused: no reason is given, it is not open, or something was dealt with in it.
    """
    with act(Kind.SITTING_OPENING_UNDONE, by=by, happened=happened) as entry:
        sitting = lock_open_sitting(entry, sitting_id)
        opened = entries_about(subject(sitting)).filter(kind=Kind.SITTING_OPENED).last()
        since = entries_about(subject(sitting)).filter(number__gt=opened.number if opened else 0)
        if sitting.current_item_id or since.exclude(kind__in=BEFORE_WORK).exists():
            raise Refused(
                "sitting_began",
                _("Something was dealt with in this sitting. Close it instead; it can be opened again."),
            )
        refuse_without_reason(because)
        if resting := sitting.suspension:
            entry.update(resting, ends=max(ending(entry), resting.starts))
        entry.update(sitting, opened=None, suspension=None)
        entry.record(
            subjects=[sitting, sitting.meeting],
            access=sitting.access,
            scope=sitting.meeting,
            facts={"ordinal": sitting.ordinal, "because": because.strip()},
        )
    return sitting
