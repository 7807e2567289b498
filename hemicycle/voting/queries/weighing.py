"""Votes as they weigh: who is on the list with how many, what the rules ask beside the majority, and delegations."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from hemicycle.accounts.access import Viewer
from hemicycle.bodies.models import Membership, RulesOfProcedure, Unit
from hemicycle.bodies.queries import held_on
from hemicycle.bodies.rules import SecondBy, threshold_read
from hemicycle.meetings.models import Participation, Sitting
from hemicycle.meetings.queries.proxies import votes_held, weight_of_all
from hemicycle.voting.models import Ballot, Choice, Entitled
from hemicycle.voting.queries.counting import majority_of
from hemicycle.voting.queries.seen import seat_order
from hemicycle.voting.rules import Counts
from hemicycle.voting.second import Besides, Cast, counted_by, weigh


@dataclass(frozen=True)
class Listed:
    """A vote to put on the list: whose, which of theirs, who casts it where that is another, its weight and unit.

    `seat` is where it is cast: a seated alternate sits in the seat of the member for whom they stand.
    """

    participation: Participation
    mandate: int
    cast_by: Participation | None
    weight: int
    unit: str
    seat: int | None


def votes_on_list(sitting: Sitting, when: datetime) -> list[Listed]:
    """Return every vote that can be cast at a moment, by the seat of whose it is."""
    held = votes_held(sitting, when)
    rows = sitting.participations.filter(person__isnull=False)
    by_key = {row.pk: row for row in rows.select_related("person", "group")}
    further = {one.unit for one in held if one.unit and one.unit != by_key[one.key].group_id}
    units = dict(Unit.objects.filter(pk__in=further).values_list("pk", "name"))
    found = []
    for one in held:
        row = by_key[one.key]
        own = row.group.name if row.group else ""
        caster = by_key[one.cast_by] if one.cast_by != one.key else None
        stood_for = by_key.get(row.stands_for_id or 0, row)
        found.append(Listed(row, one.mandate, caster, one.weight, units.get(one.unit or 0, own), stood_for.seat))
    return sorted(found, key=lambda one: (seat_order(one.participation, one.seat), one.mandate))


def weight_there(sitting: Sitting, when: datetime) -> int:
    """Return what the votes weigh that can be cast at a moment."""
    return sum(one.weight for one in votes_held(sitting, when))


def weighing_columns(
    sitting: Sitting, in_force: RulesOfProcedure, whole: int, *, election: bool = False
) -> dict[str, Any]:
    """Return the columns of a ballot that say how its votes weigh, by the rules in force.

    A second majority and a quorum of votes are asked of motions; an election is counted by its own method.
    """
    by = SecondBy.NOTHING if election else SecondBy(in_force.second_by)
    weighted = not by and (in_force.votes_weighted or in_force.mandates_most > 1)
    columns: dict[str, Any] = {
        "members": weight_of_all(sitting) if weighted else whole,
        "weighted": weighted,
        "quorum_whole": whole if weighted else None,
        "votes_quorum": "" if election else in_force.votes_quorum,
    }
    if by:
        units = sitting.participations.filter(votes=True).exclude(group=None).values("group").distinct()
        members = weight_of_all(sitting) if by == SecondBy.WEIGHT else units.count()
        columns |= {"second_by": by, "second_majority": in_force.second_majority, "second_members": members}
    return columns


def asked_besides(ballot: Ballot, counts: Counts) -> Besides:
    """Return what a ballot comes to by its majority and by all that the rules ask beside it."""
    asked = threshold_read(ballot.second_majority) if ballot.second_majority else None
    second = counted_by(ballot.second_by, votes_cast(ballot), ballot.second_members) if asked else None
    quorum = threshold_read(ballot.votes_quorum) if ballot.votes_quorum else None
    return weigh(counts, majority_of(ballot), by=ballot.second_by, asked=asked, second=second, quorum=quorum)


def votes_cast(ballot: Ballot) -> list[Cast]:
    """Return every vote on the list of a ballot as it was cast."""
    rows = ballot.entitled.values_list("group", "vote__choice", "weight")
    return [Cast(group, choice or "", weight) for group, choice, weight in rows]


@dataclass(frozen=True)
class DelegationVote:
    """How many votes of a delegation said what, and who cast them."""

    name: str
    choice: str
    weight: int

    @property
    def choice_label(self) -> str:
        """The choice in words."""
        return str(Choice(self.choice).label) if self.choice in Choice.values else ""


def delegation_votes(viewer: Viewer, ballot: Ballot) -> list[DelegationVote]:
    """Return how the votes of this viewer's own delegation were cast, once the ballot is closed; of others nothing.

    A delegation is a unit that has several votes cast by one of it; its own are those who take part for it, and those
    who hold a post of the unit or of its bodies. Where votes are secret there is nothing to see.
    """
    if viewer.person is None or ballot.closed is None:
        return []
    found: dict[tuple[str, str], int] = {}
    for name, choice, weight in rows_of_delegation(viewer.person, ballot):
        found[name, choice or ""] = found.get((name, choice or ""), 0) + weight
    return [DelegationVote(name, choice, weight) for (name, choice), weight in found.items()]


def rows_of_delegation(person: int, ballot: Ballot) -> "QuerySet[Entitled, tuple[str, str | None, int]]":
    """Return name, choice and weight of the votes of somebody's unit that are cast by one for several."""
    held = Membership.objects.filter(held_on(ballot.sitting.meeting.starts), person=person)
    units = Unit.objects.filter(
        Q(pk__in=ballot.sitting.participations.filter(person=person).exclude(group=None).values("group"))
        | Q(pk__in=held.exclude(post__unit=None).values("post__unit"))
        | Q(pk__in=held.exclude(post__body__unit=None).values("post__body__unit"))
    ).values("name")
    several = ballot.entitled.filter(weight__gt=1) | ballot.entitled.filter(mandate__gt=1)
    rows = ballot.entitled.filter(group__in=units, participation__in=several.values("participation"))
    return rows.order_by("number").values_list("name", "vote__choice", "weight")
