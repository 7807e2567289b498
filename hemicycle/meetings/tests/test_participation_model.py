"""Whatever is entered of who takes part, seats and quorum agree with a slow model that counts by hand."""

from datetime import datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hemicycle.demo.club import MONDAY, Club
from hemicycle.journal.act import Refused
from hemicycle.journal.clock import clock_at
from hemicycle.meetings.acts import (
    Accredit,
    accredit_members,
    accredit_participants,
    hand_over_seat,
    participant_came,
    participant_went,
    seat_alternate,
    unseat_alternate,
)
from hemicycle.meetings.models import Participation, Sitting
from hemicycle.meetings.queries import quorum_at
from hemicycle.meetings.tests.world import convened
from tests.world import taken_back

ACTS = ("came", "went", "seat", "unseat", "hand over", "observer came")
steps = st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 3), st.integers(1, 20)), min_size=3, max_size=14)


class Slow:
    """Who is there and who sits for whom, kept by hand from what the acts say they did."""

    def __init__(self, members: list[int], alternate: int, observer: int) -> None:
        self.members, self.alternate, self.observer = members, alternate, observer
        self.there: set[int] = set()
        self.sits_for: int | None = None

    def may(self, name: str, who: int) -> bool:
        member = self.members[who]
        match name:
            case "came":
                return member not in self.there and self.sits_for != member
            case "went":
                return member in self.there
            case "seat":
                return self.sits_for is None and member not in self.there
            case "unseat":
                return self.sits_for is not None
            case "hand over":
                return self.sits_for is None and member in self.there
        return self.observer not in self.there

    def do(self, name: str, who: int) -> None:
        member = self.members[who]
        match name:
            case "came":
                self.there.add(member)
            case "went":
                self.there.remove(member)
            case "seat":
                self.sits_for = member
            case "unseat":
                self.sits_for = None
            case "hand over":
                self.there.remove(member)
                self.there.add(self.alternate)
                self.sits_for = member
            case _:
                self.there.add(self.observer)

    def counted(self) -> int:
        """Members who are there, and the alternate who is there in a seat; nobody else."""
        members = sum(one in self.there for one in self.members)
        return members + (self.sits_for is not None and self.alternate in self.there)


def entered(club: Club, sitting: Sitting, slow: Slow, name: str, who: int) -> None:
    """Enter one step by its act."""
    part = {row.person_id: row.pk for row in sitting.participations.all()}
    member, alternate = part[slow.members[who]], part[slow.alternate]
    by = club.secretary
    match name:
        case "came":
            participant_came(by=by, participation_id=member)
        case "went":
            participant_went(by=by, participation_id=member)
        case "seat":
            seat_alternate(by=by, participation_id=alternate, stands_for_id=member)
        case "unseat":
            unseat_alternate(by=by, participation_id=alternate)
        case "hand over":
            hand_over_seat(by=by, participation_id=member, alternate_id=alternate)
        case _:
            participant_came(by=by, participation_id=part[slow.observer])


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(steps)
def test_seats_presence_and_quorum_agree_with_a_count_by_hand(club: Club, wanted: list[tuple[str, int, int]]) -> None:
    with taken_back():
        sitting = convened(club).sitting
        accredit_members(by=club.secretary, sitting_id=sitting.pk)
        accredit_participants(by=club.secretary, sitting_id=sitting.pk, people=[Accredit(club.outsider.pk, "observer")])
        slow = Slow([one.pk for one in club.members[:4]], club.alternate.pk, club.outsider.pk)
        counts: list[tuple[datetime, int]] = [(MONDAY, 0)]
        moment = MONDAY
        for name, who, minutes in wanted:
            moment += timedelta(minutes=minutes)
            with clock_at(moment):
                try:
                    entered(club, sitting, slow, name, who)
                except Refused:
                    assert not slow.may(name, who), (name, who)
                    continue
            assert slow.may(name, who), (name, who)
            slow.do(name, who)
            counts.append((moment, slow.counted()))
            hold(sitting, slow)
        # Presence of any past moment is rebuilt from its spells; the seats are those of now.
        assert quorum_at(Sitting.objects.get(pk=sitting.pk), moment).present == counts[-1][1]


def hold(sitting: Sitting, slow: Slow) -> None:
    """Hold what is never broken: a vote for members and for whoever sits for one, one seat for one person at a time."""
    rows = list(Participation.objects.filter(sitting=sitting))
    voting = {row.person_id for row in rows if row.votes}
    assert slow.observer not in voting
    assert (slow.alternate in voting) == (slow.sits_for is not None)
    for row in rows:
        if row.stands_for_id:
            absent = Participation.objects.get(pk=row.stands_for_id)
            assert absent.person_id == slow.sits_for
            assert not absent.presences.filter(went=None).exists()
        assert row.presences.filter(went=None).count() == (row.person_id in slow.there)
