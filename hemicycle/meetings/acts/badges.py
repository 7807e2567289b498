"""Acts on badges: making them for those accredited to a meeting, making one anew, striking one that was lost."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from hemicycle.accounts.access import Access, narrowest
from hemicycle.accounts.models import Person
from hemicycle.journal.act import Act, Actor, Happened, Refused, act
from hemicycle.meetings.acts.locking import lock_meeting, refuse_without_reason
from hemicycle.meetings.models import Badge, Meeting
from hemicycle.meetings.queries.during import audience
from hemicycle.meetings.words import Kind


def make_badges(*, by: Actor, meeting_id: int, happened: Happened | None = None) -> list[Badge]:
    """Make a badge for everybody who is accredited to a sitting of the meeting and has none.

    Raises:
        Refused: nobody is accredited, or all of them have one.
    """
    with act(Kind.BADGES_MADE, by=by, happened=happened) as entry:
        meeting = lock_meeting(entry, meeting_id)
        accredited = Person.objects.filter(participations__sitting__meeting=meeting).distinct()
        lacking = accredited.exclude(pk__in=meeting.badges.filter(struck=None).values("person"))
        wanted = sorted(lacking.values_list("pk", flat=True))
        if not wanted:
            raise Refused("badges_made", _("Everybody who is accredited has a badge already. None was made twice."))
        made = entry.create_many(
            Badge, [Badge(meeting=meeting, person_id=person, made=entry.when) for person in wanted]
        )
        record(entry, meeting, made, [], {"count": len(made)})
    return made


def remake_badge(*, by: Actor, badge_id: int, because: str = "", happened: Happened | None = None) -> Badge:
    """Make a badge anew: the one before opens nothing any more, and ends what was signed in with it.

    Raises:
        Refused: no reason is given, or it was struck already.
    """
    with act(Kind.BADGE_REMADE, by=by, happened=happened) as entry:
        before = strike(entry, badge_id, because)
        made = entry.create(Badge(meeting=before.meeting, person=before.person, made=entry.when))
        record(entry, before.meeting, [made], [before], {"name": before.person.name, "because": because.strip()})
    return made


def strike_badge(*, by: Actor, badge_id: int, because: str = "", happened: Happened | None = None) -> Badge:
    """Strike a badge that was lost: it opens nothing any more, and ends what was signed in with it.

    Raises:
        Refused: no reason is given, or it was struck already.
    """
    with act(Kind.BADGE_STRUCK, by=by, happened=happened) as entry:
        badge = strike(entry, badge_id, because)
        record(entry, badge.meeting, [badge], [], {"name": badge.person.name, "because": because.strip()})
    return badge


def strike(entry: Act, badge_id: int, because: str) -> Badge:
    """Write that a badge was struck."""
    badge = entry.lock(Badge, badge_id)
    lock_meeting(entry, badge.meeting_id)
    refuse_without_reason(because)
    if badge.struck:
        raise Refused("badge_struck", _("This badge of %(name)s was struck already.") % {"name": badge.person.name})
    return entry.update(badge, struck=entry.when, struck_because=because.strip())


def record(
    entry: Act, meeting: Meeting, badges: Sequence[Badge], before: Sequence[Badge], facts: dict[str, object]
) -> None:
    """Record what was done with badges: of many their number, of one whose it is."""
    few = [*badges, *before, *(badge.person for badge in badges)] if "name" in facts else []
    entry.record(
        subjects=[meeting, *few],
        access=narrowest(audience(entry, meeting), Access.PARTICIPANTS),
        scope=meeting,
        facts=facts,
    )
