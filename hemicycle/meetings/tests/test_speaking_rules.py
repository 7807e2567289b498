"""Who is called when and for how long: the rules of the floor against a slow model, one choice after the other."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hemicycle.meetings import rules
from hemicycle.meetings.rules import Asked, Calling, Spell

NINE = datetime(2026, 3, 2, 9, tzinfo=UTC)
KINDS = ("comment", "for", "against", "question", "point of order")


def second(count: int) -> datetime:
    return NINE + timedelta(seconds=count)


@st.composite
def lists(draw: st.DrawFn) -> list[Asked]:
    several = draw(st.lists(st.tuples(st.sampled_from(KINDS), st.integers(0, 6), st.booleans()), max_size=9))
    places = draw(st.permutations(range(1, len(several) + 1)))
    by_hand = draw(st.sets(st.sampled_from(range(len(several))) if several else st.nothing()))
    return [
        Asked(key, kind, second(asked), spoke, places[key] if key in by_hand else None)
        for key, (kind, asked, spoke) in enumerate(several)
    ]


ways = st.builds(
    Calling,
    st.sampled_from([(), ("point of order",), ("point of order", "question")]),
    st.booleans(),
    st.booleans(),
)


def slowly(waiting: list[Asked], how: Calling, side: str) -> list[int]:
    """Choose the next again and again, among all who still wait, by everything the rules say at once."""
    left, called = list(waiting), []
    while left:
        following = min(left, key=lambda one, side=side: rank(one, left, how, side))
        left.remove(following)
        called.append(following.key)
        ranked = following.place is None and following.kind in how.first
        if following.kind in {"for", "against"} and not ranked:
            side = following.kind
    return called


def rank(one: Asked, left: list[Asked], how: Calling, side: str) -> tuple[object, ...]:
    """Return where somebody stands among those left, when this side spoke last."""
    if one.place is None and one.kind in how.first:
        return (0, how.first.index(one.kind), one.asked, one.key)
    if one.place is not None:
        return (1, one.place, one.asked, one.key)
    by_rules = [other for other in left if other.place is None and other.kind not in how.first]
    peers = [other.kind for other in by_rules if not how.newcomers_first or other.spoke == one.spoke]
    other_side = {"for": "against", "against": "for"}.get(side, "?")
    repeats = how.sides_alternate and one.kind == side and other_side in peers
    return (2, how.newcomers_first and one.spoke, repeats, one.asked, one.key)


@given(lists(), ways, st.sampled_from(["", "for", "against"]))
def test_speakers_are_called_as_the_rules_say(waiting: list[Asked], how: Calling, side: str) -> None:
    assert rules.call_order(waiting, how, side) == slowly(waiting, how, side)


def test_for_and_against_speak_by_turns_newcomers_first_and_a_point_of_order_before_all() -> None:
    waiting = [
        Asked(1, "for", second(1)),
        Asked(2, "for", second(2)),
        Asked(3, "against", second(3), spoke=True),
        Asked(4, "comment", second(4)),
        Asked(5, "against", second(5)),
        Asked(6, "point of order", second(6)),
    ]
    how = Calling(newcomers_first=True, sides_alternate=True)
    assert rules.call_order(waiting, how) == [6, 1, 4, 5, 2, 3]
    assert rules.call_order(waiting, how, "for") == [6, 4, 5, 1, 2, 3]
    assert rules.call_order(waiting, Calling(first=())) == [1, 2, 3, 4, 5, 6]


@given(st.permutations(range(6)), st.sampled_from(["up", "down", "first", "last", "1", "3", "99"]), st.integers(0, 5))
def test_moving_one_keeps_the_order_of_all_others(order: list[int], to: str, key: int) -> None:
    moved = rules.moved_to(order, key, to)
    assert [one for one in moved if one != key] == [one for one in order if one != key]
    wanted = {"up": order.index(key) - 1, "down": order.index(key) + 1, "first": 0, "last": 5, "1": 0, "3": 2, "99": 5}
    assert moved.index(key) == max(0, min(wanted[to], 5))


@pytest.mark.parametrize("to", ["0", "-1", "", "x", "１"])
def test_what_is_no_place_is_refused(to: str) -> None:
    with pytest.raises(ValueError, match=r"place|literal"):
        rules.moved_to([1, 2], 1, to)


def test_a_closed_list_takes_points_of_order_alone() -> None:
    for kind in KINDS:
        assert rules.may_ask(kind, list_closed=False, debate_closed=False)
        for closed in ({"list_closed": True, "debate_closed": False}, {"list_closed": False, "debate_closed": True}):
            assert rules.may_ask(kind, **closed) == (kind == "point of order")


spells = st.tuples(st.integers(0, 300), st.integers(0, 300), st.booleans())


@given(st.integers(0, 300), st.lists(spells, max_size=5))
def test_the_clock_counts_each_second_in_which_nothing_held_it(until: int, whiles: list[tuple[int, int, bool]]) -> None:
    rests = [
        Spell(second(min(first, last)), None if lasts else second(max(first, last))) for first, last, lasts in whiles
    ]
    counted = sum(
        not any(rest.starts <= second(tick) and (rest.ends is None or second(tick) < rest.ends) for rest in rests)
        for tick in range(until)
    )
    assert rules.spoken_for(NINE, second(until), rests) == counted


@given(
    st.integers(0, 20_000),
    st.dictionaries(st.text("abcd", min_size=1, max_size=2), st.integers(0, 40), max_size=6),
    st.sampled_from(["equal", "members"]),
)
def test_the_groups_share_all_of_the_time_and_no_group_lacks_a_second_it_is_due(
    total: int, members: dict[str, int], how: str
) -> None:
    shared = rules.budgets(total, members, how)
    there = {name: (1 if how == "equal" else count) for name, count in members.items() if count}
    assert set(shared) == set(there)
    assert not there or sum(shared.values()) == total
    for name, seconds in shared.items():
        assert seconds * sum(there.values()) - (total * there[name] // sum(there.values())) * sum(there.values()) >= 0
        assert abs(seconds * sum(there.values()) - total * there[name]) < sum(there.values())
    assert rules.budgets(total, members, "") == {}


def test_short_speeches_have_a_limit_of_their_own_where_the_rules_set_one() -> None:
    assert [rules.limit_for(kind, 180, 60) for kind in KINDS] == [180, 180, 180, 60, 60]
    assert rules.limit_for("question", 180, None) == 180
    assert rules.limit_for("for", None, 60) is None
