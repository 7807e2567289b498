"""Acts before a meeting: it is convened, its agenda is made and adopted, and notice is given."""

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.translation import gettext as _

from hemicycle.accounts.access import Access, narrowest
from hemicycle.accounts.rights import within
from hemicycle.bodies.models import Body
from hemicycle.bodies.queries import rules_on, term_on
from hemicycle.journal.act import Actor, Happened, Refused, act
from hemicycle.journal.canonical import timestamp
from hemicycle.meetings import rules
from hemicycle.meetings.acts.locking import lock_meeting
from hemicycle.meetings.day import zone_of
from hemicycle.meetings.models import AgendaItem, Meeting, MeetingKind, Sitting, Summons
from hemicycle.meetings.queries import last_meeting, next_ordinal
from hemicycle.meetings.queries.during import audience
from hemicycle.meetings.words import Kind


def convene_meeting(
    *,
    by: Actor,
    body_id: int,
    kind: str = MeetingKind.ORDINARY,
    starts: date,
    ends: date,
    sittings: Sequence[tuple[datetime, datetime]],
    title: str = "",
    purpose: str = "",
    place: str = "",
    enlarged: bool = False,
    access: str = Access.PUBLIC,
    happened: Happened | None = None,
) -> Meeting:
    """Convene a meeting of a body with its planned sittings. Its number follows without a gap within the term.

    Raises:
        Refused: the body is in no term on that day, the meeting ends before it starts, there is no sitting, or a
            sitting lies outside the meeting.
    """
    with act(Kind.MEETING_CONVENED, by=by, happened=happened) as entry:
        body = entry.lock(Body, body_id)
        within(by, body.book_id)
        term = term_on(body, starts)
        if term is None:
            raise Refused(
                "no_term",
                _("%(body)s is in no term on %(day)s. Begin a term first, or choose another day.")
                % {"body": body.name, "day": starts.isoformat()},
                status=422,
                field="starts",
            )
        refuse_ill_planned(body, starts, ends, sittings)
        meeting = entry.create(
            Meeting(
                body=body,
                term=term,
                ordinal=next_ordinal(term),
                kind=MeetingKind(kind),
                enlarged=enlarged,
                title=title.strip(),
                purpose=purpose.strip(),
                place=place.strip(),
                starts=starts,
                ends=ends,
                previous=last_meeting(body),
                access=Access(access),
                convened=entry.when,
            )
        )
        made = [
            entry.create(
                Sitting(meeting=meeting, ordinal=number, planned_start=start, planned_end=end, access=meeting.access)
            )
            for number, (start, end) in enumerate(sorted(sittings), 1)
        ]
        entry.record(
            subjects=[meeting, body, *made],
            access=meeting.access,
            scope=meeting,
            facts={
                "body": body.name,
                "term": term.ordinal,
                "ordinal": meeting.ordinal,
                "kind": meeting.kind,
                "enlarged": enlarged,
                "title": meeting.title,
                "place": meeting.place,
                "starts": starts.isoformat(),
                "ends": ends.isoformat(),
                "sittings": [[timestamp(sitting.planned_start), timestamp(sitting.planned_end)] for sitting in made],
            },
        )
    return meeting


def refuse_ill_planned(body: Body, starts: date, ends: date, sittings: Sequence[tuple[datetime, datetime]]) -> None:
    """Refuse a meeting that ends before it starts, and sittings outside of it or into one another."""
    if ends < starts:
        raise Refused("ends_before_start", _("The meeting ends before it starts."), status=422, field="ends")
    if not sittings:
        raise Refused("no_sitting", _("A meeting has at least one sitting. Plan one."), status=422, field="sittings")
    place = zone_of(body)
    last_end: datetime | None = None
    for start, end in sorted(sittings):
        if end <= start:
            raise Refused("sitting_ends_before_start", _("A sitting ends after it starts."), status=422, field="ends")
        if start.astimezone(place).date() < starts or end.astimezone(place).date() > ends:
            raise Refused(
                "sitting_outside_meeting",
                _("A sitting lies within its meeting, from %(starts)s to %(ends)s.")
                % {"starts": starts.isoformat(), "ends": ends.isoformat()},
                status=422,
                field="sittings",
            )
        if last_end and start < last_end:
            raise Refused("sittings_overlap", _("Two sittings of the meeting overlap."), status=422, field="sittings")
        last_end = end


def add_item(
    *,
    by: Actor,
    meeting_id: int,
    title: str,
    parent_id: int | None = None,
    referred_by: str = "",
    access: str = "",
    language: str = "",
    happened: Happened | None = None,
) -> AgendaItem:
    """Put an item at the end of the agenda. Without an access of its own it has the meeting's.

    Raises:
        Refused: the agenda was adopted, or the item has no title or that of another beside it.
    """
    with act(Kind.ITEM_ADDED, by=by, happened=happened) as entry:
        meeting = lock_meeting(entry, meeting_id)
        if meeting.agenda_adopted:
            raise Refused("agenda_adopted", _("The agenda was adopted; no item can be added to it any more."))
        if not title.strip():
            raise Refused("no_title", _("An item needs a title."), status=422, field="title")
        parent = meeting.items.filter(pk=parent_id).first() if parent_id is not None else None
        if parent_id is not None and parent is None:
            raise Refused("parent_elsewhere", _("The item above is not on this agenda."), status=422, field="parent")
        if (before := meeting.items.filter(parent=parent, title=title.strip()).first()) is not None:
            raise Refused(
                "item_added",
                _("Item %(ordinal)d has this very title already. Nothing was entered twice.")
                % {"ordinal": before.ordinal},
                field="title",
            )
        last = meeting.items.order_by("ordinal").last()
        item = entry.create(
            AgendaItem(
                meeting=meeting,
                parent=parent,
                ordinal=last.ordinal + 1 if last else 1,
                title=title.strip(),
                language=language or meeting.body.language,
                referred_by=referred_by.strip(),
                access=narrowest(access or meeting.access, audience(entry, meeting)),
            )
        )
        entry.record(
            subjects=[item, meeting],
            access=item.access,
            scope=meeting,
            facts={
                "ordinal": item.ordinal,
                "title": item.title,
                "referred_by": item.referred_by,
                "under": parent.ordinal if parent else None,
            },
        )
    return item


def adopt_agenda(*, by: Actor, meeting_id: int, happened: Happened | None = None) -> Meeting:
    """Adopt the agenda as it stands; from then on it is frozen.

    Raises:
        Refused: it was adopted already, or has no item.
    """
    with act(Kind.AGENDA_ADOPTED, by=by, happened=happened) as entry:
        meeting = lock_meeting(entry, meeting_id)
        if meeting.agenda_adopted:
            raise Refused("agenda_adopted", _("The agenda was adopted already."))
        items = list(meeting.items.order_by("ordinal"))
        if not items:
            raise Refused("empty_agenda", _("The agenda has no item yet. Add one, then adopt it."))
        entry.update(meeting, agenda_adopted=entry.when)
        # Whoever may read the entry learns only of the items that they may see.
        readers = audience(entry, meeting)
        shown = [item for item in items if narrowest(item.access, readers) == readers]
        entry.record(subjects=[meeting, *shown], access=readers, scope=meeting, facts={"count": len(shown)})
    return meeting


def summon(
    *,
    by: Actor,
    meeting_id: int,
    text: str,
    language: str = "",
    waive_because: str = "",
    happened: Happened | None = None,
) -> Summons:
    """Give notice of a meeting. Each further notice of it has the next sequence. The mail follows the book.

    Notice is counted in clear days at the body's place, by the rules in force on the meeting's first day.

    Raises:
        Refused: the notice has no text or that of the last one, or is too short and no reason is given for waiving
            the rest.
    """
    with act(Kind.MEETING_SUMMONED, by=by, happened=happened) as entry:
        meeting = lock_meeting(entry, meeting_id)
        if not text.strip():
            raise Refused("no_text", _("A notice needs a text."), status=422, field="text")
        sent = entry.when.astimezone(zone_of(meeting.body)).date()
        given = rules.clear_days(sent, meeting.starts)
        needed = rules_on(meeting.body, meeting.starts).notice_days
        if given < needed and not waive_because.strip():
            raise Refused(
                "notice_too_short",
                _(
                    "The rules ask for %(needed)d clear days of notice, and %(given)d are left until %(day)s. "
                    "Say why the rest is waived, or move the meeting."
                )
                % {"needed": needed, "given": given, "day": meeting.starts.isoformat()},
                status=422,
                field="waive_because",
            )
        waived = waive_because.strip() if given < needed else ""
        last = meeting.summonses.order_by("sequence").last()
        if last and last.text == text.strip():
            raise Refused(
                "meeting_summoned",
                _("Notice was given in these very words already. Nothing was entered twice. ")
                + _("To give notice anew, say in the text what has changed."),
                field="text",
            )
        summons = entry.create(
            Summons(
                meeting=meeting,
                sequence=last.sequence + 1 if last else 1,
                sent=entry.when,
                text=text.strip(),
                language=language or meeting.body.language,
                notice_days=given,
                notice_waived_because=waived,
            )
        )
        entry.update(meeting, summoned=entry.when)
        entry.record(
            subjects=[summons, meeting],
            access=meeting.access,
            scope=meeting,
            facts={
                "sequence": summons.sequence,
                "notice_days": given,
                "needed_days": needed,
                "waived_because": waived,
                "starts": meeting.starts.isoformat(),
            },
        )
    return summons
