"""Who may vote in the box and is not connected: the desk knows it while it matters, and nothing keeps it.

Connected is whose page for delegates follows the sitting just now. Without JavaScript a page follows nothing, so
somebody who is told as not connected may still vote.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from hemicycle.bodies.queries import rules_on
from hemicycle.bodies.rules import Unconnected
from hemicycle.journal.clock import now
from hemicycle.meetings.following import connected
from hemicycle.meetings.models import Meeting, Participation, Sitting
from hemicycle.meetings.queries import present_at
from hemicycle.voting.models import BY_CARD, Ballot, Entitled, Method
from hemicycle.voting.queries.waiting import waiting_for
from hemicycle.voting.queries.weighing import votes_on_list

# Votes of a sitting that come from phones; between meetings nobody waits.
FROM_PHONES = frozenset(BY_CARD) - {Method.CIRCULATION}


@dataclass(frozen=True)
class Absent:
    """Somebody who is there, casts one vote or several, and is not connected."""

    participation: Participation
    name: str
    group: str
    seat: int | None


@dataclass(frozen=True)
class Connection:
    """How many persons cast the votes that are to come, and who of them is not connected."""

    casting: int = 0
    absent: list[Absent] = field(default_factory=list)

    @property
    def here(self) -> int:
        """How many are connected."""
        return self.casting - len(self.absent)


def asks_the_desk(meeting: Meeting) -> bool:
    """Say whether by its rules the desk says that a vote goes on though somebody is not connected."""
    return rules_on(meeting.body, meeting.starts).unconnected == Unconnected.SAID


def voting_from_phones(sitting: Sitting) -> Ballot | None:
    """Return the open vote of a sitting to which phones send votes, if there is one."""
    return Ballot.objects.filter(sitting=sitting, closed=None, voided=None, method__in=FROM_PHONES).first()


def connection_of(sitting: Sitting, ballot: Ballot | None) -> Connection:
    """Return who is not connected in the open vote, or before one. The caller sees to it that this is the desk."""
    return connection_in(ballot) if ballot else connection_before(sitting)


def connection_before(sitting: Sitting, when: datetime | None = None) -> Connection:
    """Return who would vote now and is not connected. The caller sees to it that this is the desk."""
    return among(sitting, ((one.cast_by or one.participation) for one in votes_on_list(sitting, when or now())))


def connection_in(ballot: Ballot, when: datetime | None = None) -> Connection:
    """Return who has not voted in an open vote, is still there, and is not connected. As above."""
    there = set(present_at(ballot.sitting, when or now()).values_list("participation", flat=True))
    left = waiting_for(ballot).voters
    casting = ((one.cast_by or one.participation) for one in with_persons(left))
    return among(ballot.sitting, (one for one in casting if one.pk in there))


def with_persons(voters: list[Entitled]) -> Iterable[Entitled]:
    """Return voters with the participations of those who cast their votes, read at once."""
    keys = [one.pk for one in voters]
    related = ("participation__person", "participation__group", "cast_by__person", "cast_by__group")
    return Entitled.objects.filter(pk__in=keys).select_related(*related).order_by("number")


def among(sitting: Sitting, casting: Iterable[Participation]) -> Connection:
    """Return who of those who cast votes is not connected, each person once."""
    persons = {one.person_id: one for one in casting}
    follow = connected(sitting.meeting_id)
    absent = [
        Absent(one, str(one.person), one.group.name if one.group else "", one.seat)
        for key, one in persons.items()
        if key not in follow
    ]
    return Connection(len(persons), absent)
