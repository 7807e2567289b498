"""Acts on an agenda: items are put on it, changed, moved and taken off, and it is adopted.

Until its adoption the desk makes the agenda. From then on a change is an act of the meeting: it needs the majority
that the rules name, and its entry tells the counts.
"""

from django.utils.translation import gettext as _

from hemicycle.accounts.access import narrowest
from hemicycle.journal.act import Act, Actor, Happened, Refused, act
from hemicycle.meetings import agenda as rules
from hemicycle.meetings.acts.agenda_locking import (
    Agenda,
    lock_agenda,
    lock_item_on_agenda,
    order,
    parent_on,
    put_on,
    refuse_in_private,
    refuse_stale,
    refuse_title,
    refuse_unless_to_come,
    touch,
    write_order,
)
from hemicycle.meetings.acts.locking import lock_meeting
from hemicycle.meetings.agenda import Vote
from hemicycle.meetings.models import AgendaItem, Meeting
from hemicycle.meetings.queries.during import audience
from hemicycle.meetings.words import Kind


def add_item(
    *,
    by: Actor,
    meeting_id: int,
    title: str,
    parent_id: int | None = None,
    at: int | None = None,
    referred_by: str = "",
    access: str = "",
    language: str = "",
    seen: int | None = None,
    vote: Vote | None = None,
    happened: Happened | None = None,
) -> AgendaItem:
    """Put an item on the agenda, as the `at`-th under its parent or else the last. Without an access it has the
    meeting's, and never a wider one than its parent.

    `seen` is the version of the agenda that the form was made from.

    Raises:
        Refused: the agenda was adopted and the meeting did not vote for it, somebody changed it meanwhile, or the item
            has no title or that of another beside it.
    """
    with act(Kind.ITEM_ADDED, by=by, happened=happened) as entry:
        agenda = lock_agenda(entry, meeting_id, seen, vote)
        parent = parent_on(agenda, parent_id)
        item = create_item(
            entry,
            agenda,
            title=title,
            parent=parent,
            at=at,
            referred_by=referred_by,
            access=access,
            language=language,
        )
        entry.record(
            subjects=[item, *agenda.concerned],
            access=item.access,
            scope=agenda.meeting,
            facts={
                "number": item.number,
                "title": item.title,
                "referred_by": item.referred_by,
                "under": parent.called if parent else None,
                "vote": agenda.vote,
            },
        )
    return item


def create_item(
    entry: Act,
    agenda: Agenda,
    *,
    title: str,
    parent: AgendaItem | None = None,
    at: int | None = None,
    referred_by: str = "",
    access: str = "",
    language: str = "",
) -> AgendaItem:
    """Write an item and the numbers of those that it moves."""
    meeting = agenda.meeting
    audiences = [access or meeting.access, audience(entry, meeting), *([parent.access] if parent else [])]
    item = AgendaItem(
        title=title.strip(),
        language=language or meeting.body.language,
        referred_by=referred_by.strip(),
        access=narrowest(*audiences),
    )
    return put_on(entry, agenda, item, parent, at)


def change_item(
    *,
    by: Actor,
    item_id: int,
    title: str,
    referred_by: str = "",
    seen: int | None = None,
    vote: Vote | None = None,
    happened: Happened | None = None,
) -> AgendaItem:
    """Give an item that is to come another title, or say otherwise who referred it.

    Raises:
        Refused: nothing is changed, the item was dealt with, somebody changed the agenda meanwhile, or it was adopted
            and the meeting did not vote for it.
    """
    with act(Kind.ITEM_CHANGED, by=by, happened=happened) as entry:
        agenda, item = lock_item_on_agenda(entry, item_id, seen, vote)
        refuse_in_private(entry, item)
        before = item.title
        if (title.strip(), referred_by.strip()) == (item.title, item.referred_by):
            raise Refused("nothing_changed", _("This is how the item stands on the agenda already."), field="title")
        if title.strip() != item.title:
            refuse_title(agenda, title, item.parent)
        entry.update(item, title=title.strip(), referred_by=referred_by.strip())
        touch(entry, agenda)
        entry.record(
            subjects=[item, *agenda.concerned],
            access=item.access,
            scope=agenda.meeting,
            facts={
                "number": item.called,
                "before": before,
                "title": item.title,
                "referred_by": item.referred_by,
                "vote": agenda.vote,
            },
        )
    return item


def move_item(
    *,
    by: Actor,
    item_id: int,
    parent_id: int | None = None,
    at: int,
    seen: int | None = None,
    vote: Vote | None = None,
    happened: Happened | None = None,
) -> AgendaItem:
    """Move an item, with what stands under it, to be the `at`-th under a parent, or on top where none is named.

    Raises:
        Refused: it stands there already, would stand under itself or too deep or under an item for fewer people,
            somebody changed the agenda meanwhile, or it was adopted and the meeting did not vote for it.
    """
    with act(Kind.ITEM_MOVED, by=by, happened=happened) as entry:
        agenda, item = lock_item_on_agenda(entry, item_id, seen, vote)
        refuse_in_private(entry, item)
        parent, before = parent_on(agenda, parent_id), item.called
        if parent and narrowest(item.access, parent.access) != item.access:
            raise Refused(
                "parent_narrower",
                _("“%(parent)s” is open to fewer people than “%(title)s”, which cannot stand under it.")
                % {"parent": parent.title, "title": item.title},
                status=422,
                field="parent",
            )
        places = agenda.places
        order(entry, agenda, item, parent, at)
        if agenda.places == places:
            raise Refused("nothing_changed", _("The item stands there already."), field="at")
        entry.record(
            subjects=[item, *agenda.concerned],
            access=item.access,
            scope=agenda.meeting,
            facts={"before": before, "number": item.number, "title": item.title, "vote": agenda.vote},
        )
    return item


def withdraw_item(
    *,
    by: Actor,
    item_id: int,
    because: str = "",
    seen: int | None = None,
    vote: Vote | None = None,
    happened: Happened | None = None,
) -> AgendaItem:
    """Take an item that is to come off the agenda, with what stands under it. Its row stays, and nobody meets it.

    Raises:
        Refused: it or one under it was dealt with, somebody changed the agenda meanwhile, or it was adopted and the
            meeting did not vote for it.
    """
    with act(Kind.ITEM_WITHDRAWN, by=by, happened=happened) as entry:
        agenda, item = lock_item_on_agenda(entry, item_id, seen, vote)
        refuse_in_private(entry, item)
        gone = [item, *(agenda.items[place.key] for place in rules.under(item.pk, agenda.places))]
        for one in gone:
            refuse_unless_to_come(one)
            entry.update(one, state=AgendaItem.State.WITHDRAWN)
            del agenda.items[one.pk]
        write_order(entry, agenda, agenda.places)
        entry.record(
            subjects=[*gone, *agenda.concerned],
            access=narrowest(*(one.access for one in gone)),
            scope=agenda.meeting,
            facts={
                "number": item.called,
                "title": item.title,
                "under": len(gone) - 1,
                "because": because.strip(),
                "vote": agenda.vote,
            },
        )
    return item


def adopt_agenda(*, by: Actor, meeting_id: int, seen: int | None = None, happened: Happened | None = None) -> Meeting:
    """Adopt the agenda as it stands; from then on the meeting votes on every change of it.

    Raises:
        Refused: it was adopted already, has no item, or somebody changed it meanwhile.
    """
    with act(Kind.AGENDA_ADOPTED, by=by, happened=happened) as entry:
        meeting = lock_meeting(entry, meeting_id)
        if meeting.agenda_adopted:
            raise Refused("agenda_adopted", _("The agenda was adopted already."))
        refuse_stale(meeting, seen)
        items = list(meeting.items.order_by("ordinal"))
        if not items:
            raise Refused("empty_agenda", _("The agenda has no item yet. Add one, then adopt it."))
        entry.update(meeting, agenda_adopted=entry.when, agenda_version=meeting.agenda_version + 1)
        # Whoever may read the entry learns only of the items that they may see.
        readers = audience(entry, meeting)
        shown = [item for item in items if narrowest(item.access, readers) == readers]
        entry.record(subjects=[meeting, *shown], access=readers, scope=meeting, facts={"count": len(shown)})
    return meeting
