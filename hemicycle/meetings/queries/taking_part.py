"""Who is accredited to a sitting, by name, for those who may see the names."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, F, FilteredRelation, OuterRef, Q, QuerySet
from django.http import Http404

from hemicycle.accounts.access import Access, Viewer
from hemicycle.accounts.models import Person
from hemicycle.bodies.models import PostKind
from hemicycle.bodies.queries import holders, names_offered
from hemicycle.meetings.day import day_of
from hemicycle.meetings.models import Meeting, Participation, ParticipationCapacity, Presence, Sitting
from hemicycle.meetings.queries.shown import scope_of, sees_part

# The databases differ in where those without a seat come; here they come last.
BY_SEAT = F("seat").asc(nulls_last=True)


@dataclass(frozen=True)
class Listed:
    """A row of the list at the door: who is accredited, since when and how they are there, whether they were."""

    participation: Participation
    came: datetime | None
    mode: str
    was_there: bool
    may_be_seated: bool
    may_hand_over: bool


def sees_names(viewer: Viewer, meeting: Meeting) -> bool:
    """Say whether a viewer may see who is accredited: those who take part, and the body."""
    return viewer.sees(Access.PARTICIPANTS, book=meeting.body.book_id, scope=scope_of(meeting))


def participations_for(viewer: Viewer, sitting: Sitting) -> QuerySet[Participation]:
    """Return who is accredited to a sitting, by name, for those who may see the names."""
    if not sees_names(viewer, sitting.meeting):
        return Participation.objects.none()
    return sitting.participations.select_related("person", "group", "stands_for__person").order_by(
        BY_SEAT, "person__sort_name", "delegation", "pk"
    )


def check_in_list(viewer: Viewer, sitting: Sitting, text: str = "") -> list[Listed]:
    """Return the list at the door, or the part of it whose names hold a text."""
    found = participations_for(viewer, sitting)
    if text.strip():
        found = found.filter(Q(person__name__icontains=text.strip()) | Q(delegation__icontains=text.strip()))
    there = FilteredRelation("presences", condition=Q(presences__went=None))
    ever = Exists(Presence.objects.filter(participation=OuterRef("pk")))
    told = found.annotate(there=there, there_since=F("there__came"), there_how=F("there__mode"), was_there=ever)
    rows = list(told)
    has_alternates = any(row.capacity == ParticipationCapacity.ALTERNATE for row in rows)
    return [
        Listed(
            row,
            vars(row)["there_since"],
            vars(row)["there_how"] or "",
            vars(row)["was_there"],
            row.capacity == ParticipationCapacity.ALTERNATE,
            row.votes and row.capacity == ParticipationCapacity.MEMBER and has_alternates,
        )
        for row in rows
    ]


def names_of(viewer: Viewer, sitting: Sitting) -> list[str]:
    """Return how the persons accredited to a sitting are called, to choose from."""
    if not sees_names(viewer, sitting.meeting):
        return []
    return names_offered(Person.objects.filter(pk__in=sitting.participations.values("person")))


def absent_members(sitting: Sitting) -> QuerySet[Participation]:
    """Return the members with a vote who are not there and for whom nobody sits."""
    there = Presence.objects.filter(participation__sitting=sitting, went=None).values("participation")
    members = sitting.participations.filter(capacity=ParticipationCapacity.MEMBER, votes=True, stood_for_by=None)
    return members.exclude(pk__in=there).select_related("person").order_by(BY_SEAT, "person__sort_name", "pk")


def lacking_accreditation(sitting: Sitting) -> int:
    """Return how many members and alternates of the body are not accredited to a sitting."""
    held = holders(sitting.meeting.body, day_of(sitting), PostKind.FULL, PostKind.ALTERNATE).order_by()
    accredited = sitting.participations.filter(person__isnull=False).values("person")
    return held.exclude(person__in=accredited).values("person").distinct().count()


def participation_for(viewer: Viewer, pk: int) -> Participation:
    """Return an accreditation: one's own, or any for those who may see the names; raise Http404 otherwise."""
    row = (
        Participation.objects.select_related("person", "sitting__meeting__body", "sitting__meeting__term")
        .filter(pk=pk)
        .first()
    )
    if row is None or not sees_part(viewer, row.sitting.meeting, row.sitting.access):
        raise Http404
    if row.person_id != viewer.person and not sees_names(viewer, row.sitting.meeting):
        raise Http404
    return row


def participation_of(person: int | None, sitting: Sitting) -> Participation | None:
    """Return a person's own accreditation to a sitting."""
    if person is None:
        return None
    return sitting.participations.select_related("person").filter(person=person).first()
