"""Acts that close a part of a sitting to all but its audience, and open it to everybody again."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from hemicycle.accounts.access import WIDTH, Access, narrowest
from hemicycle.journal.act import Act, Actor, Happened, Refused, act
from hemicycle.meetings.acts.locking import lock_presided_sitting, refuse_before, refuse_during_vote, refuse_suspended
from hemicycle.meetings.models import ClosedPart, Participation, ParticipationCapacity, Presence, Sitting
from hemicycle.meetings.queries.during import ending
from hemicycle.meetings.words import Kind

# Who belongs to the body, and so stays where a part is closed to all others.
OF_THE_BODY = (ParticipationCapacity.MEMBER, ParticipationCapacity.ALTERNATE, ParticipationCapacity.SEATED)


def go_into_private(
    *,
    by: Actor,
    sitting_id: int,
    access: str = Access.BODY,
    staying: Sequence[int] = (),
    because: str = "",
    happened: Happened | None = None,
) -> ClosedPart:
    """Let the open sitting go on in private: what is done from now on is for this audience alone.

    Where only the body stays, guests, observers and staff who are there are entered as leaving, but for those named
    in `staying` (their participations).

    Raises:
        Refused: it is not open or suspended, nobody presides, a vote is being taken, or it is no wider than that
            already.
    """
    with act(Kind.SITTING_CLOSED_TO_PUBLIC, by=by, happened=happened) as entry:
        sitting = lock_presided_sitting(entry, sitting_id)
        refuse_suspended(sitting, ending(entry))
        refuse_during_vote(sitting)
        if sitting.closed_part:
            raise Refused("in_private", _("The sitting is in private already."))
        if WIDTH[Access(access)] >= WIDTH[Access(sitting.access)]:
            raise Refused(
                "not_narrower",
                _("The sitting is not open to more people than that. Choose a narrower circle."),
                status=422,
                field="access",
            )
        last = sitting.closed_parts.order_by("ends").last()
        if last and last.ends:
            refuse_before(entry.when, last.ends, _("the sitting was opened to the public"), sitting.meeting.body)
        kept = kept_in(sitting, staying) if access in {Access.BODY, Access.DESK} else []
        part = entry.create(
            ClosedPart(
                sitting=sitting,
                access=Access(access),
                because=because.strip(),
                staying=[str(one) for one in kept],
                starts=entry.when,
            )
        )
        left = send_out(entry, sitting, kept) if access in {Access.BODY, Access.DESK} else 0
        entry.update(sitting, closed_part=part)
        entry.record(
            subjects=[sitting, sitting.meeting],
            access=sitting.access,
            scope=sitting.meeting,
            facts={
                "ordinal": sitting.ordinal,
                "audience": str(part.access),
                "staying": part.staying,
                "because": part.because,
                "left": left,
            },
        )
    return part


def kept_in(sitting: Sitting, staying: Sequence[int]) -> list[Participation]:
    """Return those who stay though they do not belong to the body."""
    named = sitting.participations.filter(pk__in=staying).exclude(capacity__in=OF_THE_BODY)
    return list(named.select_related("person").order_by("pk"))


def send_out(entry: Act, sitting: Sitting, kept: Sequence[Participation]) -> int:
    """Enter that everybody who does not stay left; return how many they were."""
    there = Presence.objects.select_for_update(of=("self",)).filter(participation__sitting=sitting, went=None)
    presiding = sitting.presidings.filter(ends=None).values("person")
    others = there.exclude(participation__capacity__in=OF_THE_BODY).exclude(participation__person__in=presiding)
    leaving = list(others.exclude(participation__in=kept).order_by("pk"))
    for presence in leaving:
        refuse_before(entry.when, presence.came, _("somebody came"), sitting.meeting.body)
        presence.went = entry.when
    entry.update_many(leaving, ["went"])
    return len(leaving)


def open_to_public(*, by: Actor, sitting_id: int, happened: Happened | None = None) -> Sitting:
    """End a part in private: the sitting is as open as it was before. What was done in private stays there.

    Raises:
        Refused: the sitting is not in private, nobody presides, or a vote is being taken.
    """
    with act(Kind.SITTING_OPENED_TO_PUBLIC, by=by, happened=happened) as entry:
        sitting = lock_presided_sitting(entry, sitting_id)
        refuse_during_vote(sitting)
        part = sitting.closed_part
        if part is None:
            raise Refused("not_in_private", _("The sitting is not in private."))
        refuse_before(entry.when, part.starts, _("the sitting went into private"), sitting.meeting.body)
        entry.update(part, ends=entry.when)
        entry.update(sitting, closed_part=None)
        # From here on everybody sees who presides and what is being dealt with.
        presiding = sitting.presidings.get(ends=None)
        if presiding.access != sitting.access:
            entry.update(presiding, access=sitting.access)
        if item := sitting.current_item:
            entry.update(item, state_access=narrowest(item.access, sitting.access))
        entry.record(
            subjects=[sitting, sitting.meeting],
            access=sitting.access,
            scope=sitting.meeting,
            facts={"ordinal": sitting.ordinal},
        )
    return sitting
