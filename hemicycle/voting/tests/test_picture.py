"""The seats of one result stand in one order wherever they are drawn, or each vote in its voter's own seat."""

from itertools import groupby

from django.test import Client

from hemicycle.accounts.access import Viewer
from hemicycle.demo.club import Club
from hemicycle.meetings.acts import participants_came, seat_alternate
from hemicycle.voting.queries import NamedVote, counts_in, lined_up_seats, named_seats, named_votes
from hemicycle.voting.queries.seating import EMPTY
from hemicycle.voting.shown import KINDS, picture
from hemicycle.voting.tests.test_pages import as_person, page
from hemicycle.voting.tests.world import at, certified, floor_of, participation_of


def test_the_seats_of_a_result_stand_in_the_order_of_their_key(club: Club) -> None:
    result = certified(floor_of(club), "for", "abstain", "against", "for", "for", "abstain", "")
    shown = picture(lined_up_seats(counts_in(result)))
    said = [kind for kind in KINDS if kind not in {"present", EMPTY}]
    assert [kind for kind, _seats in groupby(shown.order)] == said == [kind for kind, _l, _n in shown.parts]


def test_every_named_vote_stands_in_its_own_seat_and_the_seats_of_the_absent_stay_empty(club: Club) -> None:
    result = certified(floor_of(club, present=6), "against", "for", "for", "for", "", "abstain")
    ballot = result.ballot
    member = Viewer(person=1, bodies=frozenset({club.body.book_id}))
    named = named_votes(member, ballot, result)
    assert named
    shown = picture(named_seats(ballot, named))
    empty = [EMPTY] * 3
    assert shown.order == ["against", "for", "for", "for", "none", "abstain", *empty]
    assert shown.parts[-1][2] == 3
    assert shown.whose[0] == f"Seat 1, {named[0].name}: against"
    assert shown.whose[-1] == "Seat 9: not entitled"
    text = page(as_person(club.members[4]), ballot)
    assert f"<title>Seat 1, {named[0].name}: against</title>" in text
    assert "Every vote stands in its own seat" in text
    # To whom the names are not open, no seat is told.
    public = page(Client(), ballot)
    assert "<title>Seat" not in public
    assert "lined up by vote" in public


def test_whoever_has_no_seat_comes_after_all_who_have_one(club: Club) -> None:
    result = certified(floor_of(club, present=6), "for", "for", "against")
    found = named_seats(result.ballot, [NamedVote("Ann", "", None, "against"), NamedVote("Ben", "", 2, "for")])
    assert [(one.number, one.choice) for one in found.seats if one.name] == [(2, "for"), (10, "against")]


def test_an_alternate_votes_in_the_seat_of_the_member_for_whom_they_stand(club: Club) -> None:
    floor = floor_of(club, present=6)
    absent = participation_of(floor, 7)
    with at(8):
        alternate = floor.sitting.participations.get(person=club.alternate)
        seat_alternate(by=club.chair, participation_id=alternate.pk, stands_for_id=absent.pk)
        participants_came(by=club.chair, sitting_id=floor.sitting.pk, participations=[alternate.pk])
    ballot = certified(floor, "for", "for", "for", "for", "for", "for", "against").ballot
    assert ballot.entitled.get(participation=alternate).seat == absent.seat
