"""Answers to a summons: somebody comes, takes part from elsewhere, or sends an apology that calls an alternate."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from hemicycle.accounts.access import Access, narrowest
from hemicycle.accounts.capacities import DESK
from hemicycle.accounts.models import Person
from hemicycle.accounts.rights import within
from hemicycle.journal.act import Act, Actor, Happened, Refused, act
from hemicycle.meetings.acts.mandates import refuse_closed
from hemicycle.meetings.alternates import next_alternate
from hemicycle.meetings.models import Meeting
from hemicycle.meetings.models.mandates import AlternateCall, Answer
from hemicycle.meetings.queries.mandates import alternates_for, concerned_by
from hemicycle.meetings.words import Kind


def answer_summons(
    *, by: Actor, meeting_id: int, person_id: int, coming: str, happened: Happened | None = None
) -> Answer:
    """Enter whether somebody will come: themselves, or the desk for them. A later answer replaces the one before.

    An apology calls the next alternate in order who can come; if the alternate called sends one too, the one after
    them. Who comes after all takes the call back.

    Raises:
        Refused: the person is not called to this meeting, answered so already, or it is another's answer.
    """
    with act(Kind.SUMMONS_ANSWERED, by=by, happened=happened) as entry:
        if coming not in Answer.Coming.values:
            raise Refused("no_answer", _("Choose one of the answers."), status=422, field="coming")
        meeting = entry.lock(Meeting, meeting_id)
        within(by, meeting.body.book_id)
        refuse_closed(meeting)
        person = entry.lock(Person, person_id)
        if by.capacity not in DESK and by.person != person.pk:
            raise Refused("not_yours", _("You can answer only for yourself."), status=403)
        if not concerned_by(meeting, person.pk):
            raise Refused(
                "not_called",
                _("%(name)s is not called to this meeting.") % {"name": person.name},
                status=422,
                field="person",
            )
        answer = written(entry, meeting, person, Answer.Coming(coming))
        called, freed = follow_up(entry, meeting, person, answer)
        entry.record(
            # Whoever is called, or called no more, is written to.
            subjects=[answer, meeting, person, *(call for call in (called, freed) if call)],
            access=narrowest(meeting.access, Access.BODY),
            scope=meeting,
            facts={
                "name": person.name,
                "coming": str(answer.coming),
                "called": called.alternate.name if called else None,
                "freed": freed.alternate.name if freed else None,
            },
        )
    return answer


def written(entry: Act, meeting: Meeting, person: Person, coming: Answer.Coming) -> Answer:
    """Write an answer in place of the one before."""
    at_desk = entry.by.person != person.pk
    before = Answer.objects.select_for_update(of=("self",)).filter(meeting=meeting, person=person).first()
    if before is None:
        return entry.create(Answer(meeting=meeting, person=person, coming=coming, at_desk=at_desk, answered=entry.when))
    if before.coming == coming:
        raise Refused(
            "answered_already", _("This answer of %(name)s stands in the book already.") % {"name": person.name}
        )
    return entry.update(before, coming=coming, at_desk=at_desk, answered=entry.when)


def follow_up(
    entry: Act, meeting: Meeting, person: Person, answer: Answer
) -> tuple[AlternateCall | None, AlternateCall | None]:
    """Call the next alternate after an apology, or take a call back; return the call that was made, and that ended."""
    own = running(meeting).filter(alternate=person).first()
    theirs = running(meeting).filter(stands_for=person).select_related("alternate").first()
    if answer.coming != Answer.Coming.APOLOGY:
        if theirs:
            entry.update(theirs, withdrawn=entry.when)
        return None, theirs
    absent = person.pk
    if own:
        entry.update(own, withdrawn=entry.when)
        absent = own.stands_for_id
    elif theirs:
        return None, None
    unable = set(Answer.objects.filter(meeting=meeting, coming=Answer.Coming.APOLOGY).values_list("person", flat=True))
    called = set(running(meeting).values_list("alternate", flat=True))
    chosen = next_alternate(alternates_for(meeting, absent), unable | {person.pk}, called)
    if chosen is None:
        return None, None
    made = entry.create(AlternateCall(meeting=meeting, alternate_id=chosen, stands_for_id=absent, called=entry.when))
    return made, None


def running(meeting: Meeting) -> QuerySet[AlternateCall]:
    """Return the calls of alternates that were not taken back."""
    return AlternateCall.objects.filter(meeting=meeting, withdrawn=None)
