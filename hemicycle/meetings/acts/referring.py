"""Acts by which bodies hand matters to one another: one refers, the other takes it onto an agenda or declines it."""

from django.utils.translation import gettext as _

from hemicycle.accounts.access import Access, narrowest
from hemicycle.accounts.rights import within
from hemicycle.bodies.models import Body
from hemicycle.journal.act import Act, Actor, Happened, Refused, act
from hemicycle.meetings.acts.agenda import create_item
from hemicycle.meetings.acts.agenda_locking import lock_agenda, parent_on
from hemicycle.meetings.agenda import Vote
from hemicycle.meetings.models import AgendaItem, Referral
from hemicycle.meetings.queries.during import audience
from hemicycle.meetings.rehearsing import refuse_rehearsal
from hemicycle.meetings.words import Kind


def refer_item(
    *,
    by: Actor,
    body_id: int,
    to_id: int,
    title: str,
    note: str = "",
    item_id: int | None = None,
    happened: Happened | None = None,
) -> Referral:
    """Refer a matter from a body to another, out of an item of its agenda where there was one.

    Raises:
        Refused: it goes to the body itself, has no title, the item is another body's or stands in a
            rehearsal, or the same was referred already.
    """
    with act(Kind.ITEM_REFERRED, by=by, happened=happened) as entry:
        body, to = entry.lock(Body, body_id), entry.lock(Body, to_id)
        within(by, body.book_id)
        refuse_referral(body, to, title)
        item = item_of(body, item_id)
        access = narrowest(item.access, audience(entry, item.meeting)) if item else Access.PUBLIC
        referral = entry.create(
            Referral(
                body=body,
                item=item,
                to=to,
                title=title.strip(),
                language=item.language if item else body.language,
                note=note.strip(),
                access=access,
                referred=entry.when,
            )
        )
        entry.record(
            subjects=[referral, body, to, *([item, item.meeting] if item else [])],
            access=access,
            scope=item.meeting if item else "",
            facts={"title": referral.title, "to": to.name, "item": item.called if item else None},
        )
    return referral


def refuse_referral(body: Body, to: Body, title: str) -> None:
    """Refuse a referral to oneself, without a title, or of what waits there already."""
    if to.pk == body.pk:
        raise Refused("to_itself", _("A body refers to another, not to itself."), status=422, field="to")
    if not title.strip():
        raise Refused("no_title", _("Say in a title what is referred."), status=422, field="title")
    waiting = Referral.objects.filter(body=body, to=to, title=title.strip(), accepted_as=None, declined=None)
    if waiting.exists():
        raise Refused(
            "referred_already",
            _("This was referred to %(body)s already and waits there. Nothing was entered twice.") % {"body": to.name},
            field="title",
        )


def item_of(body: Body, item_id: int | None) -> AgendaItem | None:
    """Return the item of a body's own agenda out of which it refers."""
    if item_id is None:
        return None
    item = AgendaItem.objects.filter(pk=item_id, meeting__body=body).select_related("meeting__body").first()
    if item is None:
        raise Refused("item_elsewhere", _("This item is not one of %(body)s.") % {"body": body.name}, status=422)
    refuse_rehearsal(item.meeting, _("Out of a rehearsal nothing is referred to another body."))
    return item


def accept_referral(
    *,
    by: Actor,
    referral_id: int,
    meeting_id: int,
    parent_id: int | None = None,
    at: int | None = None,
    access: str = "",
    seen: int | None = None,
    vote: Vote | None = None,
    happened: Happened | None = None,
) -> AgendaItem:
    """Take what another body referred onto an agenda, as an item linked to the referral and never wider than it.

    Raises:
        Refused: it was answered already, the meeting is a rehearsal, or the item cannot be added (see add_item).
    """
    with act(Kind.REFERRAL_ACCEPTED, by=by, happened=happened) as entry:
        referral = lock_waiting(entry, referral_id)
        agenda = lock_agenda(entry, meeting_id, seen, vote)
        refuse_rehearsal(
            agenda.meeting,
            _("What another body referred waits for a meeting: in a rehearsal nothing is decided on it."),
        )
        item = create_item(
            entry,
            agenda,
            title=referral.title,
            parent=parent_on(agenda, parent_id),
            at=at,
            referred_by=referral.body.name,
            access=at_most(referral, access or agenda.meeting.access, agenda.meeting.access),
            language=referral.language,
        )
        entry.update(referral, accepted_as=item)
        entry.record(
            subjects=[item, referral, *agenda.concerned],
            access=item.access,
            scope=agenda.meeting,
            facts={
                "number": item.number,
                "title": item.title,
                "referred_by": item.referred_by,
                "under": item.parent.called if item.parent else None,
                "vote": agenda.vote,
            },
        )
    return item


def at_most(referral: Referral, wanted: str, meeting: str) -> Access:
    """Return who may see an item made of a referral: of one that was closed there, the receiving body at most."""
    return narrowest(wanted, meeting, Access.PUBLIC if referral.access == Access.PUBLIC else Access.BODY)


def decline_referral(*, by: Actor, referral_id: int, because: str, happened: Happened | None = None) -> Referral:
    """Decline what another body referred, with a reason.

    Raises:
        Refused: it was answered already, or no reason is given.
    """
    with act(Kind.REFERRAL_DECLINED, by=by, happened=happened) as entry:
        referral = lock_waiting(entry, referral_id)
        if not because.strip():
            raise Refused(
                "no_reason", _("Say why it is declined; the other body reads it."), status=422, field="because"
            )
        entry.update(referral, declined=entry.when, declined_because=because.strip())
        entry.record(
            subjects=[referral, referral.body, referral.to],
            access=Access.PUBLIC if referral.access == Access.PUBLIC else Access.BODY,
            facts={"title": referral.title, "referred_by": referral.body.name, "because": referral.declined_because},
        )
    return referral


def lock_waiting(entry: Act, referral_id: int) -> Referral:
    """Lock a referral to the actor's own body that nobody answered yet."""
    referral = entry.lock(Referral, referral_id)
    within(entry.by, referral.to.book_id)
    if referral.accepted_as_id or referral.declined:
        raise Refused("referral_answered", _("This was answered already. Nothing was entered twice."))
    return referral
