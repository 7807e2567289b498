"""Proxies of a meeting: who has a vote to give, who may hold one, which are given, and who casts whose votes now."""

from datetime import datetime

from django.db.models import QuerySet

from hemicycle.accounts.access import Viewer
from hemicycle.accounts.models import Person
from hemicycle.bodies.queries import rules_on
from hemicycle.bodies.rules import ProxyHolders
from hemicycle.meetings.casting import Holding, Seat, holdings
from hemicycle.meetings.models import Meeting, Participation, Proxy, Sitting
from hemicycle.meetings.queries.mandates import voters
from hemicycle.meetings.queries.presence import concerned_by, present_at
from hemicycle.meetings.queries.taking_part import sees_names


def voters_in(meeting: Meeting) -> dict[int, str]:
    """Return who has a vote in a meeting, each with the name of their unit: accredited with one, or called with one."""
    called = {person.pk: unit for person, unit in voters(meeting)}
    rows = Participation.objects.filter(sitting__meeting=meeting, votes=True, stands_for=None)
    accredited = dict(rows.values_list("person", "group__name"))
    return called | {person: unit or "" for person, unit in accredited.items() if person is not None}


def holders_in(meeting: Meeting, principal: int, who: str) -> set[int]:
    """Return who may hold the proxy of somebody, by the rules."""
    have = voters_in(meeting)
    match ProxyHolders(who):
        case ProxyHolders.UNIT:
            return {person for person, unit in have.items() if unit == have.get(principal)}
        case ProxyHolders.PARTICIPANTS:
            rows = Participation.objects.filter(sitting__meeting=meeting, person__isnull=False)
            return {person for person in rows.values_list("person", flat=True) if person is not None} | set(have)
    return set(have)


def proxies_for(viewer: Viewer, meeting: Meeting) -> QuerySet[Proxy]:
    """Return the proxies of a meeting, for those who may see who takes part."""
    found = meeting.proxies.select_related("principal", "holder").order_by("principal__sort_name", "pk")
    return found if sees_names(viewer, meeting) else found.none()


def proxies_at(sitting: Sitting, when: datetime) -> dict[int, int]:
    """Return who holds whose vote at a moment, by who gave it."""
    given = sitting.meeting.proxies.filter(given__lte=when).exclude(revoked__lte=when)
    return dict(given.values_list("principal", "holder"))


def weight_of_all(sitting: Sitting) -> int:
    """Return what all votes of a sitting weigh: of everybody accredited with one, and of those who do not come."""
    rows = list(sitting.participations.filter(votes=True, stands_for=None).values_list("person", "weight"))
    known = {person for person, _weight in rows}
    return sum(weight for _person, weight in rows) + sum(person not in known for person in voters_in(sitting.meeting))


def seats_in(sitting: Sitting, when: datetime) -> list[tuple[Participation, Seat]]:
    """Return everybody accredited to a sitting with a vote, and how it stands with it at a moment."""
    there = set(present_at(sitting, when).values_list("participation", flat=True))
    concerned = set(concerned_by(sitting.current_item_id)) if sitting.current_item_id else set()
    rows = sitting.participations.filter(votes=True).select_related("person", "group")
    stood_for = set(sitting.participations.exclude(stands_for=None).values_list("stands_for", flat=True))
    further: dict[int, list[int | None]] = {}
    for row, unit in sitting.held_mandates.order_by("pk").values_list("participation", "mandate__call__unit"):
        further.setdefault(row, []).append(unit)
    weights = dict(sitting.participations.values_list("pk", "weight"))
    return [
        (
            row,
            Seat(
                key=row.pk,
                person=row.person_id or 0,
                there=row.pk in there,
                # Who sits for a member casts the votes of that seat.
                weight=weights[row.stands_for_id] if row.stands_for_id else row.weight,
                mandates=(row.group_id, *further.get(row.pk, [])),
                barred=row.person_id in concerned,
                stood_for=row.pk in stood_for,
            ),
        )
        for row in rows
    ]


def votes_held(sitting: Sitting, when: datetime) -> list[Holding]:
    """Return every vote that can be cast in a sitting at a moment, with who casts it."""
    meeting = sitting.meeting
    in_force = rules_on(meeting.body, meeting.starts)
    concerned = set(concerned_by(sitting.current_item_id)) if sitting.current_item_id else set()
    here = present_at(sitting, when).values_list("participation__person", "participation")
    there = {person: row for person, row in here if person is not None and person not in concerned}
    seats = [seat for _row, seat in seats_in(sitting, when)]
    return holdings(seats, proxies_at(sitting, when), there, split=in_force.votes_split)


def names_of_voters(meeting: Meeting) -> list[str]:
    """Return the names of those who have a vote in a meeting, to choose from."""
    return list(Person.objects.filter(pk__in=voters_in(meeting)).order_by("sort_name").values_list("name", flat=True))
