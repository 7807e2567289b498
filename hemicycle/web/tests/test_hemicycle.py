"""The picture of the hall holds for every size of chamber."""

import re
from itertools import combinations, pairwise
from math import hypot

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hemicycle.web.hemicycle_svg import GROUPS, SIZE, Part, arcs, draw, swatch, view


@given(st.integers(1, 800))
def test_every_seat_has_a_place_of_its_own_inside_the_picture(count: int) -> None:
    spots, apart = arcs(count)
    assert len(spots) == count
    half = apart * SIZE / 2
    left, top, width, height = (float(number) for number in view(apart).split())
    assert all(left + half <= spot.x <= left + width - half for spot in spots)
    assert all(top + half <= spot.y <= top + height - half for spot in spots)
    if count <= 60:  # Every pair, where that is quick.
        assert all(hypot(a.x - b.x, a.y - b.y) > apart * 0.9 for a, b in combinations(spots, 2))


def test_seats_run_from_the_left_to_the_right() -> None:
    spots, _apart = arcs(7)
    assert all(before.x < after.x for before, after in pairwise(spots))


@pytest.mark.parametrize("together", [("for", "against", "abstain", "none", "absent"), ("present", "absent"), GROUPS])
def test_kinds_shown_together_differ_in_more_than_colour(together: tuple[str, ...]) -> None:
    signs = {re.sub(r"seats--\w+", "", swatch(kind)) for kind in together}
    assert len(signs) == len(together)


def test_the_picture_says_in_words_what_it_shows_and_has_no_style_in_it() -> None:
    parts = [Part("for", "for <all>", 3), Part("against", "against", 1)]
    drawn = draw(parts, title="A vote", desc="for: 3, against: 1", figure="3 : 1")
    assert "<title>A vote</title><desc>for: 3, against: 1</desc>" in drawn
    assert "style" not in drawn
    assert "<script" not in draw(parts, title="<script>", desc="")


def test_a_chamber_of_eight_hundred_is_a_few_kilobytes() -> None:
    assert len(draw([Part("for", "for", 800)], title="", desc="")) < 12_000


def test_where_the_order_of_seats_is_told_each_seat_has_its_own_kind() -> None:
    drawn = draw([], title="", desc="", order=["present", "absent", "present"])
    paths = dict(re.findall(r'seats--(present|absent)"[^>]* d="([^"]*)"', drawn))
    assert {kind: path.count("h0") for kind, path in paths.items()} == {"present": 2, "absent": 1}


def test_an_empty_hall_is_drawn_empty() -> None:
    assert "<path" not in draw([], title="Nobody", desc="")
