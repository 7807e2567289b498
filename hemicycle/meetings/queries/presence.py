"""Who is there, whether they are enough, and who presides, at a moment."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Q, QuerySet, Sum

from hemicycle.accounts.models import Person
from hemicycle.bodies.models import PostKind
from hemicycle.bodies.queries import procedure, rules_on, voting_members
from hemicycle.bodies.rules import QuorumOf, quorum_share
from hemicycle.meetings import rules
from hemicycle.meetings.day import day_of
from hemicycle.meetings.models import Interest, Mode, Participation, ParticipationCapacity, Presence, Presiding, Sitting


@dataclass(frozen=True)
class AttendanceClass:
    """How many of one capacity, or of one group, are accredited, are there, and were there at any time."""

    name: str
    accredited: int
    present: int
    remote: int
    came: int


@dataclass(frozen=True)
class Delegated:
    """A delegation: how many, where that was stated, in what capacity, how it is there if it is, whether it was."""

    name: str
    number: int | None
    capacity: str
    mode: str | None
    came: bool


@dataclass(frozen=True)
class Attendance:
    """Who attends a sitting at a moment: persons by class and by group, and delegations."""

    classes: list[AttendanceClass]
    groups: list[AttendanceClass]
    delegations: list[Delegated]
    present: int
    in_person: int
    remote: int
    came: int


def present_at(sitting: Sitting, moment: datetime) -> QuerySet[Presence]:
    """Return the presences that cover a moment."""
    return Presence.objects.filter(participation__sitting=sitting, came__lte=moment).filter(
        Q(went=None) | Q(went__gt=moment)
    )


def attendance(sitting: Sitting, at: datetime) -> Attendance:
    """Return who attends a sitting at a moment, in numbers; persons are counted, never named."""
    # One row for each spell of somebody, and one for whoever was never there.
    rows = Participation.objects.filter(sitting=sitting).values_list(
        "pk",
        "capacity",
        "group__name",
        "delegation",
        "number",
        "presences__mode",
        "presences__came",
        "presences__went",
    )
    modes: dict[int, str] = {}
    came = set()
    named = {}
    for key, capacity, group, delegation, number, mode, began, went in rows.order_by("pk", "presences__came"):
        named[key] = (capacity, group, delegation, number)
        if began is not None and began <= at:
            came.add(key)
            if rules.Spell(began, went).covers(at):
                modes[key] = mode
    by_class: dict[str, Counter[str]] = {str(capacity): Counter() for capacity in ParticipationCapacity}
    by_group: dict[str, Counter[str]] = {}
    delegations: list[Delegated] = []
    total: Counter[str] = Counter()
    for key, (capacity, group, delegation, number) in named.items():
        how = modes.get(key)
        if delegation:
            delegations.append(Delegated(delegation, number, capacity, how, key in came))
            continue
        tallies = [by_class[capacity], total]
        if group:
            tallies.append(by_group.setdefault(group, Counter()))
        for tally in tallies:
            tally["accredited"] += 1
            tally[str(how)] += 1
            tally["came"] += key in came
    return Attendance(
        classes=[in_numbers(name, tally) for name, tally in by_class.items() if tally],
        groups=[in_numbers(name, by_group[name]) for name in sorted(by_group)],
        delegations=delegations,
        present=total[Mode.IN_PERSON] + total[Mode.REMOTE],
        in_person=total[Mode.IN_PERSON],
        remote=total[Mode.REMOTE],
        came=total["came"],
    )


def in_numbers(name: str, tally: Counter[str]) -> AttendanceClass:
    """Return a class of attendants from its tally."""
    remote = tally[Mode.REMOTE]
    return AttendanceClass(name, tally["accredited"], tally[Mode.IN_PERSON] + remote, remote, tally["came"])


def quorum_at(sitting: Sitting, moment: datetime) -> rules.Quorum:
    """Return the quorum of a sitting at a moment, by the rules in force on the meeting's first day.

    After a second call it is the quorum that the rules give to one. Who declared an interest in the item that is
    being dealt with counts only where the rules say so.
    """
    in_force = rules_on(sitting.meeting.body, sitting.meeting.starts)
    called_again = sitting.called_again is not None and sitting.called_again <= moment
    there = present_at(sitting, moment)
    if sitting.current_item_id and not in_force.interested_count:
        there = there.exclude(participation__person__in=concerned_by(sitting.current_item_id))
    spells = there.values_list("participation__capacity", "participation__votes", "came", "went", "mode")
    found = rules.quorum_of(
        [
            rules.Attendant(capacity, votes, ((rules.Spell(came, went), mode),))
            for capacity, votes, came, went, mode in spells
        ],
        moment,
        whole=whole_of(sitting, in_force.quorum_of),
        share=quorum_share(procedure(in_force), called_again=called_again),
        remote_counts=in_force.remote_counts,
    )
    return replace(found, presumed=in_force.quorum_presumed and sitting.quorum_lost is None)


def concerned_by(item: int) -> QuerySet[Interest, int]:
    """Return the persons who declared an interest in an item, for a condition."""
    return Interest.objects.filter(item=item, withdrawn=None).values_list("person", flat=True)


def whole_of(sitting: Sitting, quorum_of: str) -> int:
    """Return the whole that the quorum is a share of: members in office, seats, or those accredited with a vote."""
    body = sitting.meeting.body
    match QuorumOf(quorum_of):
        case QuorumOf.SEATS:
            seats: int | None = body.posts.filter(kind=PostKind.FULL, votes=True).aggregate(all=Sum("seats"))["all"]
            return seats or 0
        case QuorumOf.ACCREDITED:
            # An alternate who sits for a member has that seat, and makes no further one.
            return sitting.participations.filter(votes=True, stands_for=None).count()
        case QuorumOf.MEMBERS:
            return voting_members(body, day_of(sitting)).count()


def presiding_spell(sitting: Sitting, moment: datetime) -> Presiding | None:
    """Return the spell in the chair that covers a moment, with its basis."""
    spells = list(sitting.presidings.select_related("person").order_by("starts", "pk"))
    place = rules.presiding_at([rules.Spell(spell.starts, spell.ends) for spell in spells], moment)
    return None if place is None else spells[place]


def presiding_at(sitting: Sitting, moment: datetime) -> Person | None:
    """Return who presides over a sitting at a moment."""
    spell = presiding_spell(sitting, moment)
    return spell.person if spell else None
