"""Acts on the items of an agenda in a sitting: taken up, settled, opened again, and carried over to a later meeting."""

from django.utils.translation import gettext as _

from hemicycle.accounts.access import narrowest
from hemicycle.accounts.rights import within
from hemicycle.journal.act import Actor, Happened, Refused, act
from hemicycle.meetings.acts.agenda_locking import agenda_of, put_on
from hemicycle.meetings.acts.chairing import Passed, pass_chair, presides_now
from hemicycle.meetings.acts.ending_speeches import end_floor
from hemicycle.meetings.acts.locking import (
    lock_item,
    lock_meeting,
    lock_presided_sitting,
    lock_sitting_at_work,
    open_sitting_key,
    refuse_during_vote,
    refuse_without_reason,
)
from hemicycle.meetings.models import AgendaItem, Sitting
from hemicycle.meetings.queries.during import audience, audience_in
from hemicycle.meetings.words import Kind


def told(item: AgendaItem) -> dict[str, object]:
    """Return how the book calls an item: by its place, its number and its title."""
    return {"ordinal": item.ordinal, "number": item.called, "title": item.title}


def take_up_item(*, by: Actor, item_id: int, happened: Happened | None = None) -> AgendaItem:
    """Take up an item in the open sitting. An item that was being dealt with is left, and can be taken up again.

    Where whoever presides has declared an interest in it, the next in the rules' order takes the chair.

    Raises:
        Refused: no sitting is open or it is suspended, nobody presides, a vote is being taken, or the item is current,
            settled or carried.
    """
    with act(Kind.ITEM_TAKEN_UP, by=by, happened=happened) as entry:
        item = lock_item(entry, item_id)
        sitting = lock_sitting_at_work(entry, open_sitting_key(item.meeting))
        if item.state != AgendaItem.State.PENDING:
            raise Refused("item_not_to_come", _("This item is %(state)s.") % {"state": item.get_state_display()})
        refuse_during_vote(sitting)
        end_floor(entry, sitting)
        left, here = sitting.current_item, audience_in(entry, sitting)
        if left:
            entry.update(left, state=AgendaItem.State.PENDING)
        entry.update(item, state=AgendaItem.State.CURRENT, state_access=here)
        entry.update(sitting, current_item=item)
        presiding, passed = presides_now(sitting), Passed()
        if presiding and item.interests.filter(person=presiding.person_id, withdrawn=None).exists():
            passed = pass_chair(entry, sitting, presiding)
        entry.record(
            subjects=[item, sitting, item.meeting, *passed.subjects],
            access=narrowest(item.access, here),
            scope=item.meeting,
            facts={
                **told(item),
                "sitting": sitting.ordinal,
                **passed.facts,
            },
        )
    return item


def settle_item(*, by: Actor, item_id: int, outcome: str = "", happened: Happened | None = None) -> AgendaItem:
    """End the dealing with the current item, with a word on its outcome where there is one.

    Raises:
        Refused: the item is not current, nobody presides, the sitting is suspended, or a vote is being taken.
    """
    with act(Kind.ITEM_SETTLED, by=by, happened=happened) as entry:
        item = lock_item(entry, item_id)
        sitting = lock_sitting_at_work(entry, open_sitting_key(item.meeting))
        if sitting.current_item_id != item.pk:
            raise Refused("item_not_current", _("This item is not being dealt with. Take it up first."))
        refuse_during_vote(sitting)
        end_floor(entry, sitting)
        here = audience_in(entry, sitting)
        entry.update(item, state=AgendaItem.State.SETTLED, state_access=here)
        entry.update(sitting, current_item=None)
        entry.record(
            subjects=[item, sitting, item.meeting],
            access=narrowest(item.access, here),
            scope=item.meeting,
            facts={**told(item), "outcome": outcome.strip()},
        )
    return item


def reopen_item(*, by: Actor, item_id: int, because: str, happened: Happened | None = None) -> AgendaItem:
    """Open an item again that was settled or referred back: it is to come, and can be taken up.

    Its debate and its list of speakers are open again too. What was certified on it stands.

    Raises:
        Refused: no reason is given, no sitting is open, or the item was not settled.
    """
    with act(Kind.ITEM_REOPENED, by=by, happened=happened) as entry:
        item = lock_item(entry, item_id)
        sitting = lock_sitting_at_work(entry, open_sitting_key(item.meeting))
        if item.state not in {AgendaItem.State.SETTLED, AgendaItem.State.REFERRED}:
            raise Refused("item_not_settled", _("This item is %(state)s.") % {"state": item.get_state_display()})
        refuse_without_reason(because)
        here = narrowest(item.state_access, audience_in(entry, sitting))
        entry.update(item, state=AgendaItem.State.PENDING, state_access=here, list_closed=None, debate_closed=None)
        entry.record(
            subjects=[item, sitting, item.meeting],
            access=narrowest(item.access, here),
            scope=item.meeting,
            facts={**told(item), "because": because.strip()},
        )
    return item


def carry_over_item(*, by: Actor, item_id: int, meeting_id: int, happened: Happened | None = None) -> AgendaItem:
    """Carry an item that was not settled over to a later meeting of the body: a new item there, linked to the old.

    Raises:
        Refused: the item was settled, carried already or is being dealt with, the other meeting is of another body,
            over or not later, one of them is a rehearsal, or its agenda was adopted.
    """
    with act(Kind.ITEM_CARRIED_OVER, by=by, happened=happened) as entry:
        old = entry.lock(AgendaItem, item_id)
        within(by, old.meeting.body.book_id)
        meeting = lock_meeting(entry, meeting_id)
        refuse_to_carry(old)
        if meeting.rehearsal != old.meeting.rehearsal:
            raise Refused(
                "rehearsal", _("Items are not carried over between a meeting and a rehearsal."), field="meeting"
            )
        if (
            meeting.body_id != old.meeting.body_id
            or meeting.starts < old.meeting.starts
            or meeting.pk == old.meeting_id
        ):
            raise Refused(
                "not_a_later_meeting",
                _("An item is carried over to a later meeting of the same body."),
                status=422,
                field="meeting",
            )
        if meeting.agenda_adopted:
            raise Refused("agenda_adopted", _("The agenda was adopted; no item can be added to it any more."))
        item = put_on(
            entry,
            agenda_of(meeting),
            AgendaItem(
                title=old.title,
                language=old.language,
                referred_by=old.referred_by,
                carried_from=old,
                access=narrowest(old.access, meeting.access),
            ),
        )
        entry.update(old, state=AgendaItem.State.CARRIED, state_access=item.access)
        entry.record(
            subjects=[item, old, meeting, old.meeting],
            access=narrowest(item.access, audience(entry, meeting)),
            scope=meeting,
            facts={
                "title": item.title,
                "from": old.ordinal,
                "from_number": old.called,
                "to": item.ordinal,
                "number": item.called,
                "meeting": str(meeting),
            },
        )
    return item


def refuse_to_carry(item: AgendaItem) -> None:
    """Refuse to carry over what was settled, carried already, or is being dealt with."""
    if item.state == AgendaItem.State.CURRENT:
        raise Refused("item_current", _("This item is being dealt with. Leave it first, then carry it over."))
    if item.state not in {AgendaItem.State.PENDING, AgendaItem.State.REFERRED}:
        raise Refused("item_not_open", _("This item is %(state)s.") % {"state": item.get_state_display()})


def refer_back_item(
    *, by: Actor, item_id: int, to: str, because: str = "", happened: Happened | None = None
) -> AgendaItem:
    """Refer the current item back, to a body, unit or committee that is to report on it again.

    Raises:
        Refused: the item is not current, nobody is named, or a vote is being taken.
    """
    with act(Kind.ITEM_REFERRED_BACK, by=by, happened=happened) as entry:
        item = lock_item(entry, item_id)
        sitting = lock_sitting_at_work(entry, open_sitting_key(item.meeting))
        if sitting.current_item_id != item.pk:
            raise Refused("item_not_current", _("This item is not being dealt with. Take it up first."))
        refuse_during_vote(sitting)
        if not to.strip():
            raise Refused("nobody_named", _("Say to whom it is referred back."), status=422, field="to")
        end_floor(entry, sitting)
        here = audience_in(entry, sitting)
        entry.update(item, state=AgendaItem.State.REFERRED, state_access=here)
        entry.update(sitting, current_item=None)
        entry.record(
            subjects=[item, sitting, item.meeting],
            access=narrowest(item.access, here),
            scope=item.meeting,
            facts={
                **told(item),
                "to": to.strip(),
                "because": because.strip(),
            },
        )
    return item


def reverse_ruling(
    *, by: Actor, sitting_id: int, ruling: str, instead: str, happened: Happened | None = None
) -> Sitting:
    """Enter that a ruling of the chair is reversed, by the chair or by the meeting on appeal, and what holds instead.

    Raises:
        Refused: the sitting is not open, nobody presides, or the ruling or what holds instead is not said.
    """
    with act(Kind.RULING_REVERSED, by=by, happened=happened) as entry:
        sitting = lock_presided_sitting(entry, sitting_id)
        if not ruling.strip() or not instead.strip():
            raise Refused(
                "ruling_not_said",
                _("Say which ruling is reversed, and what holds instead."),
                status=422,
                field="ruling" if not ruling.strip() else "instead",
            )
        items = [sitting.current_item] if sitting.current_item else []
        entry.record(
            subjects=[sitting, sitting.meeting, *items],
            access=audience_in(entry, sitting),
            scope=sitting.meeting,
            facts={"ordinal": sitting.ordinal, "ruling": ruling.strip(), "instead": instead.strip()},
        )
    return sitting
