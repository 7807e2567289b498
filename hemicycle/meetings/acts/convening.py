"""Acts before a meeting: it is convened with its planned sittings."""

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from hemicycle.accounts.access import Access, narrowest
from hemicycle.accounts.rights import within
from hemicycle.bodies.models import Body
from hemicycle.bodies.queries import term_on
from hemicycle.journal.act import Actor, Happened, Refused, act
from hemicycle.journal.canonical import timestamp
from hemicycle.meetings.day import zone_of
from hemicycle.meetings.models import Meeting, MeetingKind, Sitting
from hemicycle.meetings.queries import last_meeting, next_ordinal, next_rehearsal
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
    rehearsal: bool = False,
    happened: Happened | None = None,
) -> Meeting:
    """Convene a meeting of a body with its planned sittings. Its number follows without a gap within the term.

    A rehearsal is numbered by itself and is open to those who take part at most; nothing is decided in it.

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
                % {"body": body.name, "day": date_format(starts)},
                status=422,
                field="starts",
            )
        refuse_ill_planned(body, starts, ends, sittings)
        meeting = entry.create(
            Meeting(
                body=body,
                term=term,
                ordinal=next_rehearsal(term) if rehearsal else next_ordinal(term),
                kind=MeetingKind(kind),
                enlarged=enlarged,
                title=title.strip(),
                purpose=purpose.strip(),
                place=place.strip(),
                starts=starts,
                ends=ends,
                previous=None if rehearsal else last_meeting(body),
                access=narrowest(access, Access.PARTICIPANTS) if rehearsal else Access(access),
                convened=entry.when,
                rehearsal=rehearsal,
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
                "ordinal": meeting.number,
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
                % {"starts": date_format(starts), "ends": date_format(ends)},
                status=422,
                field="sittings",
            )
        if last_end and start < last_end:
            raise Refused("sittings_overlap", _("Two sittings of the meeting overlap."), status=422, field="sittings")
        last_end = end
