"""Accrediting those of one sitting to the next: one act for all of them."""

from django.utils.translation import gettext as _

from hemicycle.journal.act import Actor, Happened, Refused, act
from hemicycle.meetings.acts.accrediting import (
    POST_OF,
    Accredit,
    Delegation,
    Posts,
    participation,
    participation_of_delegation,
    posts_on,
    record_accredited,
)
from hemicycle.meetings.acts.locking import lock_sitting
from hemicycle.meetings.models import Mode, Participation, ParticipationCapacity, Sitting
from hemicycle.meetings.words import Kind


def accredit_again(*, by: Actor, sitting_id: int, happened: Happened | None = None) -> list[Participation]:
    """Accredit everybody who was accredited to the sitting before: persons and delegations, each as they were there.

    Members and alternates have the vote and the seat that their post gives them on this sitting's day; whoever holds
    none any more is left out. Who used a unit's mandate is left to the accreditation of mandates.

    Raises:
        Refused: there is no sitting before, or everybody who was accredited to it is accredited to this one too.
    """
    with act(Kind.PARTICIPANTS_ACCREDITED, by=by, happened=happened) as entry:
        sitting = lock_sitting(entry, sitting_id)
        before = sitting.meeting.sittings.filter(ordinal__lt=sitting.ordinal).order_by("ordinal").last()
        if before is None:
            raise Refused("no_sitting_before", _("This is the first sitting. Accredit those who take part in it."))
        rows = again(sitting, before, posts_on(sitting))
        if not rows:
            raise Refused("accredited_already", _("All who were accredited before are accredited already."))
        made = entry.create_many(Participation, rows)
        record_accredited(entry, sitting, made)
    return made


def again(sitting: Sitting, before: Sitting, posts: Posts) -> list[Participation]:
    """Return the rows of those who were accredited to the sitting before and are not yet to this one."""
    there = set(sitting.participations.values_list("person", "delegation"))
    rows = []
    for row in before.participations.filter(mandate=None).order_by("pk"):
        if (row.person_id, row.delegation) in there:
            continue
        if row.person_id is None:
            delegation = Delegation(row.delegation, row.number, row.capacity)
            rows.append(participation_of_delegation(sitting, delegation, Mode(row.mode)))
            continue
        capacity = ParticipationCapacity(row.capacity)
        if capacity == ParticipationCapacity.SEATED:
            capacity = ParticipationCapacity.ALTERNATE
        if capacity in POST_OF and row.person_id not in posts[capacity]:
            continue
        # The seat of a member is that of their post today; a guest's place is the one they had.
        kept = (None, None) if capacity in POST_OF else (row.group_id, row.seat)
        rows.append(participation(sitting, Accredit(row.person_id, capacity, *kept), posts, Mode(row.mode)))
    return rows
