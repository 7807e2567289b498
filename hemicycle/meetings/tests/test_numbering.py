"""How an agenda is ordered and numbered, held against a slow model."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hemicycle.accounts.access import WIDTH, Access
from hemicycle.bodies.rules import Base, Share, Threshold
from hemicycle.meetings.agenda import APART, DEEPEST, NoSuchPlace, Place, Vote, depth, in_order, needed, numbers, put

ACCESSES = [str(access) for access in Access]


@st.composite
def agendas(draw: st.DrawFn) -> list[Place]:
    """An agenda as it grows: each item goes under an earlier one or on top, for its parent's people or fewer."""
    found: list[Place] = []
    for key in range(1, draw(st.integers(1, 12)) + 1):
        above = draw(st.sampled_from([None, *found]))
        widest = above.access if above else "public"
        wide = [access for access in ACCESSES if WIDTH[Access(access)] <= WIDTH[Access(widest)]]
        found.append(Place(key, above.key if above else None, draw(st.sampled_from(wide))))
    return in_order(found)


def seen_by(places: list[Place], viewer: str) -> list[Place]:
    """The items that those of an audience see."""
    return [place for place in places if WIDTH[Access(place.access)] >= WIDTH[Access(viewer)]]


def slowly(places: list[Place], key: int) -> str:
    """How an item is called, worked out for it alone."""
    place = next(one for one in places if one.key == key)
    parent = next((one for one in places if one.key == place.parent), None)
    above = parent.access if parent else "public"
    beside = [one.key for one in places if one.parent == place.parent and one.access == place.access]
    label = f"{'' if place.access == above else APART[place.access]}{beside.index(key) + 1}"
    return f"{slowly(places, parent.key)}.{label}" if parent else label


@given(agendas())
def test_every_item_is_called_as_the_slow_model_calls_it(places: list[Place]) -> None:
    assert numbers(places, "public") == {place.key: slowly(places, place.key) for place in places}


@given(agendas())
def test_no_two_items_are_called_alike(places: list[Place]) -> None:
    called = numbers(places, "public")
    assert len(set(called.values())) == len(places)


@given(agendas(), st.sampled_from(ACCESSES))
def test_whoever_sees_fewer_items_finds_no_gap_and_the_same_numbers(places: list[Place], viewer: str) -> None:
    seen = seen_by(places, viewer)
    whole = numbers(places, "public")
    assert numbers(seen, "public") == {place.key: whole[place.key] for place in seen}


@given(agendas())
def test_the_order_puts_every_item_after_its_parent_and_loses_none(places: list[Place]) -> None:
    ordered = in_order(places)
    assert sorted(place.key for place in ordered) == sorted(place.key for place in places)
    place_of = {place.key: at for at, place in enumerate(ordered)}
    assert all(place.parent is None or place_of[place.parent] < place_of[place.key] for place in ordered)


@given(agendas(), st.data())
def test_an_item_is_put_where_it_was_asked_for_and_the_others_keep_their_order(
    places: list[Place], data: st.DataObject
) -> None:
    key = data.draw(st.sampled_from([place.key for place in places]))
    parent = data.draw(st.sampled_from([None, *(place.key for place in places)]))
    at = data.draw(st.integers(-1, 14))
    try:
        after = put(places, key, parent, at)
    except NoSuchPlace:
        line = lineage(places, parent) if parent is not None else []
        levels = [len(lineage(places, place.key)) for place in places if key in lineage(places, place.key)]
        too_deep = len(line) + max(levels) - min(levels) + 1 > DEEPEST
        assert key in line or too_deep or depth(places) > DEEPEST
        return
    beside = [place.key for place in after if place.parent == parent]
    assert beside.index(key) == min(max(at, 1), len(beside)) - 1
    others = [place for place in places if place.key != key]
    assert [place for place in after if place.key != key and place.parent == parent] == [
        place for place in others if place.parent == parent
    ]
    assert {place.key for place in after} == {place.key for place in places}
    assert put(after, key, parent, at) == after


def lineage(places: list[Place], key: int) -> list[int]:
    """An item and all above it."""
    found: list[int] = []
    above: int | None = key
    while above is not None:
        found.append(above)
        above = next(place.parent for place in places if place.key == above)
    return found


def test_items_for_fewer_people_are_numbered_apart() -> None:
    places = [
        Place(1, None, "public"),
        Place(2, None, "body"),
        Place(3, None, "public"),
        Place(4, 3, "public"),
        Place(5, 3, "participants"),
        Place(6, 3, "public"),
        Place(7, 2, "body"),
    ]
    assert numbers(places, "public") == {1: "1", 2: "B1", 7: "B1.1", 3: "2", 4: "2.1", 5: "2.P1", 6: "2.2"}
    assert numbers([Place(1, None, "body"), Place(2, None, "desk")], "body") == {1: "1", 2: "D1"}


@pytest.mark.parametrize("parent", [1, 2])
def test_an_item_cannot_stand_under_itself(parent: int) -> None:
    with pytest.raises(NoSuchPlace):
        put([Place(1, None, "public"), Place(2, 1, "public")], 1, parent, 1)


@given(
    st.integers(0, 50), st.integers(0, 50), st.integers(0, 50), st.integers(0, 50), st.integers(0, 50),
    st.integers(1, 9), st.integers(1, 9), st.booleans(), st.sampled_from(list(Base)),
)  # fmt: skip
def test_the_votes_needed_for_a_change_are_the_least_that_reach_the_share(
    votes_for: int, against: int, abstained: int, silent: int, absent: int,
    numerator: int, denominator: int, strict: bool, of: Base,
) -> None:  # fmt: skip
    numerator = min(numerator, denominator - 1 if strict and denominator > 1 else denominator)
    vote = Vote(votes_for, against, abstained)
    present = vote.cast + silent
    threshold = Threshold(Share(numerator, denominator, strict=strict), of)
    asked = needed(vote, threshold, present=present, members=present + absent)
    whole = {
        Base.VALID: votes_for + against, Base.CAST: vote.cast, Base.PRESENT: present, Base.MEMBERS: present + absent
    }[of]  # fmt: skip

    def enough(count: int) -> bool:
        share = Fraction(numerator, denominator) * whole
        return count >= 1 and (count > share if strict else count >= share)

    assert enough(asked)
    assert not enough(asked - 1)
