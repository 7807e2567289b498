"""A seat is handed over: its member leaves, an alternate takes it, and the quorum follows at once."""

from django.utils.translation import gettext as _

from hemicycle.accounts.access import Access, narrowest
from hemicycle.bodies.queries import rules_on
from hemicycle.journal.act import Act, Actor, Happened, Refused, act
from hemicycle.meetings.acts.accrediting import arrivals, refuse_passing_over
from hemicycle.meetings.acts.locking import lock_sitting, refuse_before
from hemicycle.meetings.models import Participation, ParticipationCapacity, Sitting
from hemicycle.meetings.queries.during import ending
from hemicycle.meetings.words import Kind


def hand_over_seat(
    *, by: Actor, participation_id: int, alternate_id: int, happened: Happened | None = None
) -> Participation:
    """Enter in one act that a member leaves and an alternate takes the seat; who was not there yet comes with it.

    Raises:
        Refused: the member is not there, the other is no free alternate or out of order, or a vote is being taken.
    """
    with act(Kind.SEAT_HANDED_OVER, by=by, happened=happened) as entry:
        first, second = sorted((participation_id, alternate_id))
        rows = {key: entry.lock(Participation, key) for key in (first, second)}
        member, alternate = rows[participation_id], rows[alternate_id]
        sitting = lock_sitting(entry, member.sitting_id)
        refuse_no_seat(sitting, member, alternate)
        presence = member.presences.select_for_update(of=("self",)).filter(went=None).first()
        if presence is None:
            raise Refused(
                "not_there",
                _("%(name)s is not entered as there. Give the seat to the alternate instead.") % {"name": str(member)},
            )
        refuse_before(ending(entry), presence.came, _("they came"), sitting.meeting.body)
        refuse_presiding(sitting, member)
        refuse_passing_over(sitting, member, alternate)
        entry.update(presence, went=ending(entry))
        come(entry, sitting, alternate)
        votes = rules_on(sitting.meeting.body, sitting.meeting.starts).alternates_vote
        entry.update(alternate, capacity=ParticipationCapacity.SEATED, votes=votes, stands_for=member)
        entry.record(
            subjects=[member, alternate, sitting, sitting.meeting],
            access=narrowest(sitting.access, Access.PARTICIPANTS),
            scope=sitting.meeting,
            facts={"member": str(member), "alternate": str(alternate)},
        )
    return alternate


def refuse_no_seat(sitting: Sitting, member: Participation, alternate: Participation) -> None:
    """Refuse what is no seat of a member with a vote, and who is no free alternate of the same sitting."""
    if sitting.voting_since:
        raise Refused("vote_open", _("A vote is being taken. Close it first, then change the seats."))
    if member.capacity != ParticipationCapacity.MEMBER or not member.votes:
        raise Refused("no_vote_to_stand_for", _("An alternate stands for a member with a vote."), status=422)
    if alternate.sitting_id != sitting.pk or alternate.capacity != ParticipationCapacity.ALTERNATE:
        raise Refused(
            "no_alternate", _("Only an alternate without a seat can take one."), status=422, field="alternate"
        )


def refuse_presiding(sitting: Sitting, member: Participation) -> None:
    """Refuse to let whoever presides go before somebody else has the chair."""
    if sitting.opened and sitting.presidings.filter(ends=None, person=member.person_id).exists():
        raise Refused(
            "presides",
            _("%(name)s presides. Let somebody else take the chair, then hand the seat over.") % {"name": str(member)},
        )


def come(entry: Act, sitting: Sitting, alternate: Participation) -> None:
    """Enter that the alternate is there, where they are not yet."""
    if not alternate.presences.filter(went=None).exists():
        entry.create(arrivals(entry, sitting, [alternate], "")[0])
