"""Acts before an election: it is called on an item, candidates are nominated and accept, nominations are closed."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hemicycle.accounts.access import narrowest
from hemicycle.accounts.capacities import DESK
from hemicycle.accounts.models import Person
from hemicycle.accounts.rights import within
from hemicycle.bodies.models import Post
from hemicycle.bodies.queries import procedure, rules_on
from hemicycle.bodies.rules.elections import ONE_SEAT
from hemicycle.journal.act import Act, Actor, Happened, Refused, act
from hemicycle.meetings.models import AgendaItem
from hemicycle.meetings.queries.during import audience
from hemicycle.motions.candidates import lock_candidate, lock_election, record_candidate, refuse_settled, standing
from hemicycle.motions.models import Candidate, Election, Motion
from hemicycle.motions.text import write_version
from hemicycle.motions.words import Kind


def call_election(
    *,
    by: Actor,
    item_id: int,
    seats: int,
    post_id: int | None = None,
    called: str = "",
    counting: str = "",
    text: str = "",
    starts: date | None = None,
    ends: date | None = None,
    follows_id: int | None = None,
    stand: Sequence[int] = (),
    happened: Happened | None = None,
) -> Election:
    """Call an election on an item: to a post of the body, or to what is called so, with so many seats.

    Without a way of counting it is the one of the rules in force on the meeting's first day. One that follows another
    fills the seats that this left open; where the count sends candidates to a run-off, `counting` is “runoff”, and
    `stand` are these candidates by their keys: they stand again, and nobody else is nominated.

    Raises:
        Refused: the meeting is over, the item settled, nothing says what is elected, there is no seat, the count
            finds one winner for several seats, or what it follows is another body's or goes on already.
    """
    with act(Kind.ELECTION_CALLED, by=by, happened=happened) as entry:
        item = entry.lock(AgendaItem, item_id)
        meeting = item.meeting
        within(by, meeting.body.book_id)
        refuse_settled(item)
        post = entry.lock(Post, post_id) if post_id is not None else None
        name = called.strip() or (post.title if post else "")
        if seats < 1:
            raise Refused("no_seat", _("An election fills at least one seat."), status=422, field="seats")
        if not name:
            raise Refused("nothing_elected", _("Say what is elected."), status=422, field="called")
        refuse_period(starts, ends)
        count = counting or procedure(rules_on(meeting.body, meeting.starts)).elections.counting(seats)
        if seats > 1 and count in ONE_SEAT:
            raise Refused(
                "one_seat_only", _("This count finds one winner. Choose another."), status=422, field="counting"
            )
        follows = entry.lock(Election, follows_id) if follows_id is not None else None
        if follows:
            refuse_followed(follows, item)
        last = item.motions.order_by("ordinal").last()
        motion = entry.create(
            Motion(
                item=item,
                ordinal=last.ordinal + 1 if last else 1,
                kind=Motion.Kind.ELECTION,
                title=(_("Election: %(called)s") % {"called": name})[:300],
                mover=meeting.body.name[:200],
                access=narrowest(item.access, audience(entry, meeting)),
            )
        )
        write_version(entry, motion, 1, text.strip() or what_is_filled(name, seats), (), item.language)
        election = entry.create(
            Election(
                motion=motion,
                post=post,
                called=name[:200],
                seats=seats,
                counting=count,
                starts=starts,
                ends=ends,
                follows=follows,
                nominations_closed=entry.when if stand else None,
            )
        )
        again = stand_again(entry, election, stand)
        entry.record(
            subjects=[motion, election, *again, item, meeting],
            access=motion.access,
            scope=meeting,
            facts={
                "title": motion.title,
                "called": election.called,
                "seats": seats,
                "counting": count,
                "item": item.called,
                "follows": election.follows_id is not None,
                "standing": [one.name for one in again],
            },
        )
    return election


def refuse_followed(before: Election, item: AgendaItem) -> None:
    """Refuse to go on with another body's election, or with one that goes on already."""
    if before.motion.item.meeting.body_id != item.meeting.body_id:
        raise Refused("not_followed", _("That election is another body's."), status=422, field="follows")
    if before.followed_by.exclude(motion__state=Motion.State.WITHDRAWN).exists():
        raise Refused(
            "followed", _("A further election for “%(called)s” is called already.") % {"called": before.called}
        )


def stand_again(entry: Act, election: Election, keys: Sequence[int]) -> list[Candidate]:
    """Write down those of the election before who stand again, in their order."""
    if not keys:
        return []
    before = Candidate.objects.filter(pk__in=keys, election=election.follows, accepted__isnull=False, withdrawn=None)
    if before.count() < len(set(keys)):
        raise Refused(
            "no_candidate_before", _("Only who stood in the election before stands again."), status=422, field="stand"
        )
    again = [
        Candidate(
            election=election,
            number=number,
            name=one.name,
            person=one.person,
            group=one.group,
            nominated_by=one.nominated_by,
            accepted=entry.when,
        )
        for number, one in enumerate(before.order_by("number"), 1)
    ]
    return entry.create_many(Candidate, again)


def what_is_filled(name: str, seats: int) -> str:
    """Return the text that is put to the vote where nobody writes another."""
    return ngettext(
        "%(seats)d seat is to be filled: %(name)s.", "%(seats)d seats are to be filled: %(name)s.", seats
    ) % {
        "seats": seats,
        "name": name,
    }


def refuse_period(starts: date | None, ends: date | None) -> None:
    """Refuse a time in office that ends before it begins, or has an end only."""
    if ends is not None and (starts is None or ends <= starts):
        raise Refused("ends_first", _("Who is elected holds the post until a later day."), status=422, field="ends")


def nominate(
    *,
    by: Actor,
    motion_id: int,
    name: str = "",
    person_id: int | None = None,
    group: str = "",
    nominated_by: str = "",
    accepted: bool = False,
    happened: Happened | None = None,
) -> Candidate:
    """Nominate a person, or what is on a list by name. Who nominates himself accepts by it.

    Raises:
        Refused: nominations are closed, nobody is named, or the person is nominated already.
    """
    with act(Kind.CANDIDATE_NOMINATED, by=by, happened=happened) as entry:
        election = lock_election(entry, motion_id)
        refuse_nominations_closed(election)
        person = entry.lock(Person, person_id) if person_id is not None else None
        called = name.strip() or (person.name if person else "")
        if not called:
            raise Refused("nobody_named", _("Say who is nominated."), status=422, field="name")
        taken = election.candidates.filter(name=called[:200])
        if person:
            taken = election.candidates.filter(person=person) | taken
        if taken.exists():
            raise Refused("nominated", _("%(name)s is nominated already.") % {"name": called}, field="name")
        own = person is not None and by.person == person.pk
        if accepted and not own and by.capacity not in DESK:
            raise Refused("not_yours", _("Who is nominated accepts, or tells the desk."), status=403)
        last = election.candidates.order_by("number").last()
        candidate = entry.create(
            Candidate(
                election=election,
                number=last.number + 1 if last else 1,
                name=called[:200],
                person=person,
                group=group.strip(),
                nominated_by=nominated_by.strip() or by.name,
                accepted=entry.when if accepted or own else None,
            )
        )
        record_candidate(entry, candidate, by=candidate.nominated_by, accepted=candidate.accepted is not None)
    return candidate


def accept_nomination(*, by: Actor, candidate_id: int, happened: Happened | None = None) -> Candidate:
    """Enter that a candidate accepts; only who accepted stands on the papers.

    Raises:
        Refused: it was accepted or withdrawn, nominations are closed, or it is somebody else's.
    """
    with act(Kind.NOMINATION_ACCEPTED, by=by, happened=happened) as entry:
        candidate = lock_candidate(entry, candidate_id)
        refuse_nominations_closed(candidate.election)
        if candidate.withdrawn or candidate.accepted:
            raise Refused("nomination_settled", _("This nomination was accepted or withdrawn already."))
        entry.update(candidate, accepted=entry.when)
        record_candidate(entry, candidate)
    return candidate


def close_nominations(*, by: Actor, motion_id: int, happened: Happened | None = None) -> Election:
    """Close the nominations: from now on nobody is added.

    Raises:
        Refused: they are closed already.
    """
    with act(Kind.NOMINATIONS_CLOSED, by=by, happened=happened) as entry:
        election = lock_election(entry, motion_id)
        refuse_nominations_closed(election)
        entry.update(election, nominations_closed=entry.when)
        motion = election.motion
        entry.record(
            subjects=[motion, election, motion.item, motion.item.meeting],
            access=motion.access,
            scope=motion.item.meeting,
            facts={"title": motion.title, "standing": standing(election).count()},
        )
    return election


def refuse_nominations_closed(election: Election) -> None:
    """Refuse nominations once they are closed, or the election is put to the vote."""
    if election.nominations_closed or election.motion.state != Motion.State.TABLED:
        raise Refused(
            "nominations_closed", _("Nominations for “%(title)s” are closed.") % {"title": election.motion.title}
        )
