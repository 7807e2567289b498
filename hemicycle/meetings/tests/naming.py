"""A unit is asked for delegates, and names them: for the tests of mandates."""

from datetime import UTC, datetime

from hemicycle.accounts.models import Person
from hemicycle.bodies.models import Unit
from hemicycle.demo.club import Club
from hemicycle.journal.models import Entry
from hemicycle.journal.words import sentence
from hemicycle.meetings.acts import (
    Asked,
    call_for_mandates,
    name_delegates,
)
from hemicycle.meetings.models.mandates import MandateCall
from hemicycle.meetings.tests.world import Gathering

DEADLINE = datetime(2026, 3, 2, 20, 0, tzinfo=UTC)


def told() -> str:
    return sentence(Entry.objects.latest("pk"))


def asked(club: Club, gathering: Gathering, unit: Unit, mandates: int = 2, alternates: int = 3) -> MandateCall:
    [call] = call_for_mandates(
        by=club.secretary,
        meeting_id=gathering.meeting.pk,
        units=[Asked(unit.pk, mandates, alternates)],
        deadline=DEADLINE,
    )
    return call


def named(club: Club, call: MandateCall, people: list[Person]) -> MandateCall:
    keys = [person.pk for person in people]
    return name_delegates(by=club.head, call_id=call.pk, delegates=keys[:2], alternates=keys[2:])
