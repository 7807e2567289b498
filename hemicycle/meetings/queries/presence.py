"""Who is there, whether they are enough, and who presides, at a moment."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from hemicycle.accounts.models import Person
from hemicycle.bodies.queries import rules_on, voting_members
from hemicycle.bodies.rules import Share
from hemicycle.meetings import rules
from hemicycle.meetings.day import day_of
from hemicycle.meetings.models import Mode, Participation, ParticipationCapacity, Presence, Presiding, Sitting


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
    """Return the quorum of a sitting at a moment, by the rules in force on the meeting's first day."""
    body = sitting.meeting.body
    in_force = rules_on(body, sitting.meeting.starts)
    share = Share(in_force.quorum_numerator, in_force.quorum_denominator, strict=in_force.quorum_strict)
    spells = present_at(sitting, moment).values_list(
        "participation__capacity", "participation__votes", "came", "went", "mode"
    )
    return rules.quorum_of(
        [
            rules.Attendant(capacity, votes, ((rules.Spell(came, went), mode),))
            for capacity, votes, came, went, mode in spells
        ],
        moment,
        whole=voting_members(body, day_of(sitting)).count(),
        share=share,
        remote_counts=in_force.remote_counts,
    )


def presiding_spell(sitting: Sitting, moment: datetime) -> Presiding | None:
    """Return the spell in the chair that covers a moment, with its basis."""
    spells = list(sitting.presidings.select_related("person").order_by("starts", "pk"))
    place = rules.presiding_at([rules.Spell(spell.starts, spell.ends) for spell in spells], moment)
    return None if place is None else spells[place]


def presiding_at(sitting: Sitting, moment: datetime) -> Person | None:
    """Return who presides over a sitting at a moment."""
    spell = presiding_spell(sitting, moment)
    return spell.person if spell else None
