"""Acts in a sitting: it is opened and closed, the chair is taken, items are taken up and settled."""

from datetime import datetime

from django.utils.translation import gettext as _

from hemicycle.accounts.access import narrowest
from hemicycle.accounts.models import Person
from hemicycle.accounts.rights import within
from hemicycle.bodies.models import PostKind
from hemicycle.bodies.queries import holders, rules_on
from hemicycle.journal.act import Actor, Happened, Refused, act
from hemicycle.meetings import rules
from hemicycle.meetings.acts.locking import (
    lock_item,
    lock_meeting,
    lock_presided_sitting,
    lock_sitting,
    refuse_before,
    sitting_under_way,
)
from hemicycle.meetings.day import day_of, zone_of
from hemicycle.meetings.models import AgendaItem, Meeting, Presence, Presiding, Sitting
from hemicycle.meetings.queries import current_sitting, quorum_at
from hemicycle.meetings.queries.during import ending
from hemicycle.meetings.words import Kind


def open_sitting(
    *, by: Actor, sitting_id: int, unsummoned_because: str = "", happened: Happened | None = None
) -> Sitting:
    """Open a sitting. The quorum of that moment is stated; it is asked for at each vote, not here.

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


def take_chair(
    *,
    by: Actor,
    sitting_id: int,
    person_id: int,
    basis: str,
    authorized_by: str = "",
    happened: Happened | None = None,
) -> Presiding:
    """Let a person take the chair of a sitting; whoever held it gives it up at that moment.

    The chair may be taken just before the sitting is opened, so that somebody presides from its first moment.

    Raises:
        Refused: the rules know no such basis, the person does not hold the office, the authorization names no source,
            or the person presides already.
    """
    with act(Kind.CHAIR_TAKEN, by=by, happened=happened) as entry:
        sitting = lock_sitting(entry, sitting_id)
        body = sitting.meeting.body
        person = entry.lock(Person, person_id)
        refuse_to_preside(sitting, person, basis, authorized_by)
        former = sitting.presidings.select_for_update(of=("self",)).filter(ends=None).first()
        if sitting.opened:
            refuse_before(entry.when, sitting.opened, _("the sitting was opened"), body)
        if former:
            if former.person_id == person.pk and former.basis == basis:
                raise Refused("presides_already", _("%(name)s presides already.") % {"name": person.name})
            refuse_before(entry.when, former.starts, _("the chair was taken"), body)
            entry.update(former, ends=entry.when)
        presiding = entry.create(
            Presiding(
                sitting=sitting,
                person=person,
                basis=Presiding.Basis(basis),
                authorized_by=authorized_by.strip() if basis == Presiding.Basis.AUTHORIZATION else "",
                starts=entry.when,
            )
        )
        entry.record(
            subjects=[presiding, sitting, sitting.meeting, person],
            access=sitting.access,
            scope=sitting.meeting,
            facts={
                "name": person.name,
                "basis": str(presiding.basis),
                "authorized_by": presiding.authorized_by,
                "former": former.person.name if former else None,
            },
        )
    return presiding


def refuse_to_preside(sitting: Sitting, person: Person, basis: str, authorized_by: str) -> None:
    """Refuse the chair to a person without the basis that the rules ask for."""
    body, day = sitting.meeting.body, day_of(sitting)
    bases = rules_on(body, sitting.meeting.starts).presiding
    holds = holders(body, day, PostKind.CHAIR).filter(person=person).exists()
    match rules.may_preside(basis, bases, holds_chair=holds, authorized_by=authorized_by):
        case "basis_not_in_rules":
            labels = dict(Presiding.Basis.choices)
            raise Refused(
                "basis_not_in_rules",
                _("By the rules of %(body)s one presides: %(bases)s. Choose one of these.")
                % {"body": body.name, "bases": ", ".join(str(labels.get(name, name)) for name in bases)},
                status=422,
                field="basis",
            )
        case "not_the_chair":
            raise Refused(
                "not_the_chair",
                _("%(name)s does not hold the office of chair of %(body)s on the day of the sitting.")
                % {"name": person.name, "body": body.name},
                status=422,
                field="person",
            )
        case "authorization_without_source":
            raise Refused(
                "authorization_without_source",
                _("Say who gave the authorization to preside."),
                status=422,
                field="authorized_by",
            )


def take_up_item(*, by: Actor, item_id: int, happened: Happened | None = None) -> AgendaItem:
    """Take up an item in the open sitting. An item that was being dealt with is left, and can be taken up again.

    Raises:
        Refused: no sitting is open, nobody presides, a vote is being taken, or the item is current, settled or carried.
    """
    with act(Kind.ITEM_TAKEN_UP, by=by, happened=happened) as entry:
        item = lock_item(entry, item_id)
        sitting = lock_presided_sitting(entry, open_sitting_key(item.meeting))
        if item.state != AgendaItem.State.PENDING:
            raise Refused("item_not_to_come", _("This item is %(state)s.") % {"state": item.get_state_display()})
        refuse_during_vote(sitting)
        left = sitting.current_item
        if left:
            entry.update(left, state=AgendaItem.State.PENDING)
        entry.update(item, state=AgendaItem.State.CURRENT, state_access=sitting.access)
        entry.update(sitting, current_item=item)
        entry.record(
            subjects=[item, sitting, item.meeting],
            access=narrowest(item.access, sitting.access),
            scope=item.meeting,
            facts={"ordinal": item.ordinal, "title": item.title, "sitting": sitting.ordinal},
        )
    return item


def settle_item(*, by: Actor, item_id: int, outcome: str = "", happened: Happened | None = None) -> AgendaItem:
    """End the dealing with the current item, with a word on its outcome where there is one.

    Raises:
        Refused: the item is not current, nobody presides, or a vote is being taken.
    """
    with act(Kind.ITEM_SETTLED, by=by, happened=happened) as entry:
        item = lock_item(entry, item_id)
        sitting = lock_presided_sitting(entry, open_sitting_key(item.meeting))
        if sitting.current_item_id != item.pk:
            raise Refused("item_not_current", _("This item is not being dealt with. Take it up first."))
        refuse_during_vote(sitting)
        entry.update(item, state=AgendaItem.State.SETTLED, state_access=sitting.access)
        entry.update(sitting, current_item=None)
        entry.record(
            subjects=[item, sitting, item.meeting],
            access=narrowest(item.access, sitting.access),
            scope=item.meeting,
            facts={"ordinal": item.ordinal, "title": item.title, "outcome": outcome.strip()},
        )
    return item


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


def close_sitting(*, by: Actor, sitting_id: int, happened: Happened | None = None) -> Sitting:
    """Close the open sitting: whoever presides leaves the chair, everybody goes, an item not settled is left.

    Raises:
        Refused: it is not open, nobody presides, or a vote is being taken.
    """
    with act(Kind.SITTING_CLOSED, by=by, happened=happened) as entry:
        sitting = lock_presided_sitting(entry, sitting_id)
        body, moment = sitting.meeting.body, ending(entry)
        refuse_during_vote(sitting)
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
        if left := sitting.current_item:
            entry.update(left, state=AgendaItem.State.PENDING)
        entry.update(sitting, closed=moment, current_item=None)
        entry.record(
            subjects=[sitting, sitting.meeting],
            access=sitting.access,
            scope=sitting.meeting,
            facts={"ordinal": sitting.ordinal, "day": moment.astimezone(zone_of(body)).date().isoformat()},
        )
    return sitting


def refuse_at_or_before(opened: datetime, moment: datetime) -> None:
    """Refuse to close a sitting at or before the moment of its opening."""
    if moment <= opened:
        raise Refused(
            "ends_as_it_starts",
            _("A sitting ends after it was opened. Enter a later moment."),
            status=422,
            field="happened",
        )


def close_meeting(*, by: Actor, meeting_id: int, happened: Happened | None = None) -> Meeting:
    """Close a meeting whose sittings are over. Nothing more can be entered in it.

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
        entry.record(
            subjects=[meeting],
            access=meeting.access,
            scope=meeting,
            # Whoever may read the entry learns only of the sittings that they may know of.
            facts={
                "ordinal": meeting.ordinal,
                "sittings": sum(narrowest(one, meeting.access) == meeting.access for one in held),
            },
        )
    return meeting
