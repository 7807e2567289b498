"""Proxies, weights and several mandates: who casts whose vote, and what is refused."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hemicycle.accounts.acts import NewPerson, register_persons
from hemicycle.accounts.models import Person
from hemicycle.bodies.acts import NewUnit, adopt_rules, found_units
from hemicycle.bodies.queries import procedure, rules_on
from hemicycle.bodies.rules import ProxyHolders
from hemicycle.demo.club import Club
from hemicycle.journal.act import Actor, Refused
from hemicycle.journal.clock import now
from hemicycle.journal.verify import verify
from hemicycle.meetings.acts import (
    accredit_members,
    give_proxy,
    name_delegates,
    participant_came,
    participant_went,
    revoke_proxy,
    take_mandate,
    weigh_votes,
)
from hemicycle.meetings.casting import MOST_PARTS, Seat, fault_in_giving, holdings
from hemicycle.meetings.models import HeldMandate, Participation, Proxy
from hemicycle.meetings.models.mandates import Mandate
from hemicycle.meetings.queries.proxies import votes_held, weight_of_all
from hemicycle.meetings.tests.naming import asked, told
from hemicycle.meetings.tests.world import Gathering, convened, signed_in, under_way


def with_rules(club: Club, **changes: object) -> None:
    """Let the club have these rules from the day of its meeting on."""
    today = procedure(rules_on(club.body, date(2026, 3, 1)))
    adopt_rules(
        by=club.administrator, body_id=club.body.pk, preset=replace(today, **changes), in_force_from=date(2026, 3, 2)
    )


@pytest.fixture
def sitting(club: Club) -> Gathering:
    """A sitting with five of nine members there, under rules with proxies and weights."""
    with_rules(club, proxies_most=2, votes_weighted=True, votes_split=True, mandates_most=2)
    return under_way(club, present=5)


def proxy(club: Club, sitting: Gathering, principal: int, holder: int) -> Proxy:
    people = club.members
    return give_proxy(
        by=club.secretary,
        meeting_id=sitting.meeting.pk,
        principal_id=people[principal].pk,
        holder_id=people[holder].pk,
    )


def row_of(sitting: Gathering, person: Person) -> Participation:
    return Participation.objects.get(sitting=sitting.sitting, person=person)


def casters(sitting: Gathering) -> dict[str, str]:
    """Return who casts whose vote now, by name."""
    names = {row.pk: str(row.person) for row in sitting.sitting.participations.select_related("person")}
    return {names[one.key]: names[one.cast_by] for one in votes_held(sitting.sitting, now())}


def test_a_proxy_casts_the_vote_of_who_is_not_there(club: Club, sitting: Gathering) -> None:
    given_proxy = proxy(club, sitting, 6, 2)
    assert told() == "Gus Grau gave Cleo Costa their vote by proxy."
    assert len(casters(sitting)) == 6
    assert casters(sitting)["Gus Grau"] == "Cleo Costa"
    # It rests while whoever gave it is there, and holds again when they have left.
    participant_came(by=club.secretary, participation_id=row_of(sitting, club.members[6]).pk)
    assert casters(sitting)["Gus Grau"] == "Gus Grau"
    participant_went(by=club.secretary, participation_id=row_of(sitting, club.members[6]).pk)
    assert casters(sitting)["Gus Grau"] == "Cleo Costa"
    # Nobody casts it while the one who holds it is not there either.
    participant_went(by=club.secretary, participation_id=row_of(sitting, club.members[2]).pk)
    assert "Gus Grau" not in casters(sitting)
    revoke_proxy(by=club.secretary, proxy_id=given_proxy.pk)
    assert told() == "Gus Grau took back the proxy of Cleo Costa."
    with pytest.raises(Refused, match="revoked already"):
        revoke_proxy(by=club.secretary, proxy_id=given_proxy.pk)
    assert verify() == []


def test_a_proxy_over_the_limit_in_a_circle_or_to_a_stranger_is_refused(club: Club, sitting: Gathering) -> None:
    proxy(club, sitting, 5, 2)
    proxy(club, sitting, 6, 2)
    with pytest.raises(Refused, match="holds 2 proxies already"):
        proxy(club, sitting, 7, 2)
    with pytest.raises(Refused, match="nobody would cast the two"):
        proxy(club, sitting, 2, 5)
    with pytest.raises(Refused, match="not passed on"):
        proxy(club, sitting, 2, 3)
    with pytest.raises(Refused, match="not passed on"):
        proxy(club, sitting, 7, 5)
    with pytest.raises(Refused, match="given the vote to somebody already"):
        proxy(club, sitting, 5, 3)
    with pytest.raises(Refused, match="held by somebody else"):
        proxy(club, sitting, 3, 3)
    meeting = sitting.meeting.pk
    with pytest.raises(Refused, match="has no vote in this meeting"):
        give_proxy(by=club.secretary, meeting_id=meeting, principal_id=club.members[7].pk, holder_id=club.outsider.pk)
    with pytest.raises(Refused, match="no vote in this meeting that could be given"):
        give_proxy(by=club.secretary, meeting_id=meeting, principal_id=club.outsider.pk, holder_id=club.members[3].pk)
    member = Actor("Gus", "member", "member", "", club.body.book_id, club.members[6].pk)
    with pytest.raises(Refused, match="only your own vote"):
        give_proxy(by=member, meeting_id=meeting, principal_id=club.members[7].pk, holder_id=club.members[3].pk)
    assert Proxy.objects.count() == 2


def test_where_the_rules_know_no_proxies_none_is_given(club: Club) -> None:
    gathering = convened(club)
    with pytest.raises(Refused, match="know no proxies"):
        proxy(club, gathering, 5, 2)
    shown = signed_in(club.members[1]).get(f"/en/meetings/{gathering.meeting.pk}/proxies/").content.decode()
    assert "know no proxies" in shown
    assert "Nobody has given a proxy" not in shown


def test_the_rules_say_who_may_hold_a_proxy(club: Club) -> None:
    with_rules(club, proxies_most=1, proxy_holders=ProxyHolders.PARTICIPANTS)
    gathering = convened(club)
    with pytest.raises(Refused, match="does not take part"):
        give_proxy(
            by=club.secretary,
            meeting_id=gathering.meeting.pk,
            principal_id=club.members[5].pk,
            holder_id=club.alternate.pk,
        )
    accredit_members(by=club.secretary, sitting_id=gathering.sitting.pk)
    give_proxy(
        by=club.secretary,
        meeting_id=gathering.meeting.pk,
        principal_id=club.members[5].pk,
        holder_id=club.alternate.pk,
    )


def test_a_vote_weighs_what_was_entered_and_never_nothing(club: Club, sitting: Gathering) -> None:
    row = row_of(sitting, club.members[1])
    for wrong in (0, -3, 1_000_001):
        with pytest.raises(Refused, match="weighs from 1 to"):
            weigh_votes(by=club.secretary, participation_id=row.pk, weight=wrong)
    with pytest.raises(Refused, match="no seat with a vote"):
        weigh_votes(by=club.secretary, participation_id=row_of(sitting, club.alternate).pk, weight=2)
    weigh_votes(by=club.secretary, participation_id=row.pk, weight=4)
    assert told() == "Ben Bloom has 4 votes."
    assert weight_of_all(sitting.sitting) == 12
    # By these rules votes may be split: each is a line of its own.
    assert [one.mandate for one in votes_held(sitting.sitting, now()) if one.key == row.pk] == [1, 2, 3, 4]
    assert verify() == []


def test_votes_do_not_weigh_where_the_rules_do_not_say_so(club: Club) -> None:
    gathering = under_way(club)
    with pytest.raises(Refused, match="everybody has one vote"):
        weigh_votes(by=club.secretary, participation_id=row_of(gathering, club.members[1]).pk, weight=2)


def test_one_person_holds_as_many_mandates_as_the_rules_allow(club: Club) -> None:
    with_rules(club, mandates_most=2)
    gathering = convened(club)
    [dea] = register_persons(by=club.administrator, people=[NewPerson("Dea Dorn")])
    units = found_units(
        by=club.administrator, units=[NewUnit(name, "branch", club.unit.pk) for name in ("Pier", "Quay", "Lock")]
    )
    for unit in units:
        name_delegates(by=club.secretary, call_id=asked(club, gathering, unit, 1, 0).pk, delegates=[dea.pk])
    first, second, third = Mandate.objects.filter(person=dea).order_by("pk")
    for mandate in (first, second):
        take_mandate(by=club.secretary, sitting_id=gathering.sitting.pk, mandate_id=mandate.pk)
    assert HeldMandate.objects.get().mandate == second
    with pytest.raises(Refused, match="uses 2 mandates already"):
        take_mandate(by=club.secretary, sitting_id=gathering.sitting.pk, mandate_id=third.pk)
    with pytest.raises(Refused, match="One person uses it at a time"):
        take_mandate(by=club.secretary, sitting_id=gathering.sitting.pk, mandate_id=second.pk)
    participant_came(by=club.secretary, participation_id=row_of(gathering, dea).pk)
    held = votes_held(gathering.sitting, now())
    assert [(one.mandate, one.unit) for one in held] == [(1, units[0].pk), (2, units[1].pk)]


def test_members_give_and_revoke_their_own_proxy_on_a_page(club: Club, sitting: Gathering) -> None:
    member, desk = signed_in(club.members[6]), signed_in(club.members[1])
    page = f"/en/meetings/{sitting.meeting.pk}/proxies/"
    shown = member.get(page).content.decode()
    assert "Give your vote to another" in shown
    assert "Nobody has given a proxy" in shown
    assert member.post(f"{page}give/", {"holder": "Nobody Known"}).status_code == 422
    assert member.post(f"{page}give/", {"holder": "Cleo Costa"}).headers["Location"] == page
    shown = member.get(page).content.decode()
    assert "Cleo Costa" in shown
    assert "Give your vote to another" not in shown
    one = Proxy.objects.get()
    assert member.post(f"/en/proxies/{one.pk}/revoke/", {"as": "member"}).headers["Location"] == page
    sent = {"principal": "Hal Holm", "holder": "Cleo Costa"}
    assert desk.post(f"{page}give/", sent).headers["Location"] == page
    stranger = signed_in(club.outsider)
    assert stranger.get(page).status_code == 404
    row = row_of(sitting, club.members[3])
    votes = f"/en/participations/{row.pk}/votes/"
    assert desk.post(votes, {"weight": "0"}).status_code == 422
    assert desk.post(votes, {"weight": "3"}).status_code == 302
    row.refresh_from_db()
    assert row.weight == 3
    assert "3 votes" in desk.get(f"/en/sittings/{sitting.sitting.pk}/participants/").content.decode()


people = st.integers(1, 6)


@given(
    st.lists(
        st.builds(
            Seat,
            key=st.integers(1, 30),
            person=people,
            there=st.booleans(),
            weight=st.integers(1, 4) | st.just(MOST_PARTS + 1),
            mandates=st.lists(st.integers(1, 3), min_size=1, max_size=3).map(tuple),
            barred=st.booleans(),
            stood_for=st.booleans(),
        ),
        unique_by=(lambda seat: seat.key, lambda seat: seat.person),
        max_size=6,
    ),
    st.lists(st.tuples(people, people), max_size=20),
    st.integers(0, 3),
    st.booleans(),
)
def test_every_vote_is_on_the_list_once_and_cast_by_one_who_is_there(
    seats: list[Seat], wishes: list[tuple[int, int]], most: int, split: bool
) -> None:
    given_away: dict[int, int] = {}
    for principal, holder in wishes:
        if fault_in_giving(given_away, principal, holder, most) is None:
            given_away[principal] = holder
    assert all(list(given_away.values()).count(holder) <= most for holder in given_away.values())
    # No circle, and nothing is passed on.
    assert not set(given_away) & set(given_away.values())
    by_key = {seat.key: seat for seat in seats}
    there = {seat.person: seat.key for seat in seats if seat.there and not seat.barred}
    found = holdings(seats, given_away, there, split=split)
    assert len({(one.key, one.mandate) for one in found}) == len(found)
    for key in {one.key for one in found}:
        seat, votes = by_key[key], [one for one in found if one.key == key]
        assert not seat.barred
        assert not seat.stood_for
        assert sum(one.weight for one in votes) == seat.weight * len(seat.mandates)
        (caster,) = {one.cast_by for one in votes}
        assert by_key[caster].there
        assert caster == key if seat.there else given_away[seat.person] == by_key[caster].person
