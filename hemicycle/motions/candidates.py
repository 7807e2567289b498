"""The candidates of an election: who stands, locked and recorded by the acts of this room and of voting."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from hemicycle.accounts.capacities import DESK
from hemicycle.accounts.rights import within
from hemicycle.journal.act import Act, Refused
from hemicycle.meetings.models import AgendaItem
from hemicycle.motions.models import Candidate, Election, Motion


def standing(election: Election) -> QuerySet[Candidate]:
    """Return the candidates who accepted and did not withdraw."""
    return election.candidates.filter(accepted__isnull=False, withdrawn=None)


def lock_election(entry: Act, motion_id: int) -> Election:
    """Lock an election of the actor's body by its motion."""
    motion = entry.lock(Motion, motion_id)
    within(entry.by, motion.item.meeting.body.book_id)
    refuse_settled(motion.item)
    if motion.kind != Motion.Kind.ELECTION:
        raise Refused("no_election", _("This motion is no election; nobody is nominated for it."))
    election = entry.lock(Election, motion.election.pk)
    election.motion = motion
    return election


def lock_candidate(entry: Act, candidate_id: int) -> Candidate:
    """Lock a candidate whom the actor may speak for: the desk for all, others for themselves."""
    motion_id = Candidate.objects.values_list("election__motion", flat=True).get(pk=candidate_id)
    election = lock_election(entry, motion_id)
    candidate = entry.lock(Candidate, candidate_id)
    candidate.election = election
    if entry.by.capacity not in DESK and (candidate.person_id is None or entry.by.person != candidate.person_id):
        raise Refused("not_yours", _("Who is nominated answers, or tells the desk."), status=403)
    return candidate


def record_candidate(entry: Act, candidate: Candidate, **more: object) -> None:
    """Record what happened to a candidate."""
    motion = candidate.election.motion
    people = [candidate.person] if candidate.person else []
    entry.record(
        subjects=[candidate, candidate.election, motion, motion.item, motion.item.meeting, *people],
        access=motion.access,
        scope=motion.item.meeting,
        facts={"title": motion.title, "name": candidate.name, **more},
    )


def refuse_settled(item: AgendaItem) -> None:
    """Refuse a motion on what is over."""
    if item.meeting.closed or item.meeting.cancelled:
        raise Refused("meeting_closed", _("This meeting is over; nothing more can be entered in it."))
    if item.state in {AgendaItem.State.SETTLED, AgendaItem.State.CARRIED}:
        raise Refused(
            "item_settled", _("“%(title)s” was dealt with; nothing can be moved on it.") % {"title": item.title}
        )
