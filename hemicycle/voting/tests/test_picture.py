"""The seats of one result stand in one order wherever they are drawn: for, against, abstained, did not vote."""

from itertools import groupby

from hemicycle.demo.club import Club
from hemicycle.voting.queries import counts_in, lined_up_seats
from hemicycle.voting.shown import KINDS, picture
from hemicycle.voting.tests.world import certified, floor_of


def test_the_seats_of_a_result_stand_in_the_order_of_their_key(club: Club) -> None:
    result = certified(floor_of(club), "for", "abstain", "against", "for", "for", "abstain", "")
    shown = picture(lined_up_seats(counts_in(result)))
    said = [kind for kind in KINDS if kind != "present"]  # So are those who voted in an election, and in nothing else.
    assert [kind for kind, _seats in groupby(shown.order)] == said == [kind for kind, _l, _n in shown.parts]
