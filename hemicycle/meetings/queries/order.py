"""Who is called to the chair, in the order of the rules."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from hemicycle.accounts.models import Person
from hemicycle.bodies.models import Membership, PostKind, RulesOfProcedure
from hemicycle.bodies.queries import held_on, holders, rules_on
from hemicycle.meetings import rules
from hemicycle.meetings.day import day_of
from hemicycle.meetings.models import Interest, Sitting
from hemicycle.meetings.queries.presence import present_at


@dataclass(frozen=True)
class Called:
    """Who is called to the chair, and on what basis."""

    person: Person
    basis: str


def offices(sitting: Sitting, in_force: RulesOfProcedure) -> QuerySet[Membership]:
    """Return who holds on the day of a sitting an office that presides: those the rules name, or else the chair."""
    day, body = day_of(sitting), sitting.meeting.body
    named = list(in_force.presiding_offices)
    if not named:
        return holders(body, day, PostKind.CHAIR)
    held = Membership.objects.filter(held_on(day), post__body=body, post__title__in=named)
    return held.select_related("person", "post").order_by("pk")


def called_to_chair(sitting: Sitting, moment: datetime, *, without: int) -> Called | None:
    """Return who takes the chair by itself when it is left: the first in the rules' order who is there and may."""
    in_force = rules_on(sitting.meeting.body, sitting.meeting.starts)
    named = list(in_force.presiding_offices)
    held = [
        (named.index(one.post.title) if named else 0, one.seat or 0, one.person_id)
        for one in offices(sitting, in_force)
    ]
    day, body = day_of(sitting), sitting.meeting.body
    seniority = holders(body, day, PostKind.FULL).order_by("starts", "person__sort_name", "pk")
    there = present_at(sitting, moment).filter(participation__person__isnull=False)
    present = dict(there.values_list("participation__person", "participation__votes"))
    concerned = set()
    if sitting.current_item_id:
        declared = Interest.objects.filter(item=sitting.current_item_id, withdrawn=None)
        concerned = set(declared.values_list("person", flat=True))
    found = rules.next_in_chair(
        in_force.presiding,
        offices=[person for _place, _seat, person in sorted(held)],
        seniors=[person for person in seniority.values_list("person", flat=True) if present.get(person)],
        present=set(present),
        barred=concerned | {without},
    )
    return Called(Person.objects.get(pk=found[0]), found[1]) if found else None
