"""When a named vote carries, against a slow model that counts by trying every number of votes."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hemicycle.bodies.rules import HALF, Share
from hemicycle.voting.rules import Base, Counts, Majority, base_of, box_facts, is_unanimous, list_facts, outcome

SHARES = st.builds(
    lambda parts, strict: Share(min(parts), max(parts), strict),
    st.tuples(st.integers(1, 12), st.integers(1, 12)),
    st.booleans(),
)


@st.composite
def counted(draw: st.DrawFn) -> Counts:
    votes = [draw(st.integers(0, 40)) for _ in range(3)]
    present = sum(votes) + draw(st.integers(0, 20))
    return Counts(*votes, present=present, members=present + draw(st.integers(0, 30)))


def model(counts: Counts, majority: Majority) -> bool:
    """Say slowly whether it carries: write every vote down, throw out those that do not count, compare by cross."""
    box = ["for"] * counts.votes_for + ["against"] * counts.against + ["abstain"] * counts.abstained
    whole = {
        "cast": len(box),
        "valid": len([vote for vote in box if vote != "abstain"]),
        "present": counts.present,
        "members": counts.members,
    }[majority.of]
    left, right = box.count("for") * majority.share.denominator, whole * majority.share.numerator
    return "for" in box and (left > right if majority.share.strict else left >= right)


@given(counted(), SHARES, st.sampled_from(Base))
def test_a_motion_carries_exactly_when_the_slow_model_says_so(counts: Counts, share: Share, of: Base) -> None:
    assert outcome(counts, Majority(share, of)).carried == model(counts, Majority(share, of))


@given(counted(), SHARES, st.sampled_from(Base))
def test_the_number_needed_is_the_least_that_carries(counts: Counts, share: Share, of: Base) -> None:
    found = outcome(counts, Majority(share, of))
    assert found.needed >= 1
    assert found.carried == (counts.votes_for >= found.needed)


@given(counted(), SHARES, st.sampled_from([Base.PRESENT, Base.MEMBERS]))
def test_a_further_vote_for_never_makes_a_motion_fail(counts: Counts, share: Share, of: Base) -> None:
    more = replace(counts, votes_for=counts.votes_for + 1, present=counts.present + 1, members=counts.members + 1)
    before, after = outcome(counts, Majority(share, of)), outcome(more, Majority(share, of))
    assert after.carried or not before.carried


@given(counted())
def test_a_motion_that_is_carried_unanimously_is_carried_by_half_of_the_votes(counts: Counts) -> None:
    if is_unanimous(counts):
        assert outcome(counts, Majority(HALF, Base.VALID)).carried
        assert outcome(counts, Majority(HALF, Base.CAST)).carried


@pytest.mark.parametrize(
    ("of", "whole", "needed"),
    [(Base.VALID, 75, 38), (Base.CAST, 77, 39), (Base.PRESENT, 90, 46), (Base.MEMBERS, 120, 61)],
)
def test_abstentions_count_among_the_cast_but_not_among_the_valid(of: Base, whole: int, needed: int) -> None:
    counts = Counts(71, 4, 2, present=90, members=120)
    found = outcome(counts, Majority(HALF, of))
    assert base_of(counts, of) == whole
    assert (found.needed, found.carried, found.unanimous) == (needed, True, False)


def test_an_equal_vote_does_not_carry_over_half() -> None:
    assert not outcome(Counts(5, 5, 0, 10, 10), Majority(HALF, Base.VALID)).carried


def test_two_thirds_are_enough_when_at_least_two_thirds_are_asked() -> None:
    assert outcome(Counts(6, 3, 4, 13, 13), Majority(Share(2, 3, strict=False), Base.VALID)).carried
    assert not outcome(Counts(6, 3, 4, 13, 13), Majority(Share(2, 3, strict=True), Base.VALID)).carried


def test_an_empty_box_carries_nothing_and_is_not_unanimous() -> None:
    found = outcome(Counts(0, 0, 0, 9, 9), Majority(Share(0, 1, strict=False), Base.VALID))
    assert (found.needed, found.carried, found.unanimous) == (1, False, False)


def test_one_abstention_ends_unanimity() -> None:
    assert is_unanimous(Counts(9, 0, 0, 9, 9))
    assert is_unanimous(Counts(8, 0, 0, 9, 9))
    assert not is_unanimous(Counts(8, 0, 1, 9, 9))
    assert not is_unanimous(Counts(8, 1, 0, 9, 9))


@given(st.permutations([(1, "for"), (2, "against"), (3, "abstain"), (10, "for")]))
def test_a_box_has_one_form_whatever_the_order_of_its_votes(votes: list[tuple[int, str]]) -> None:
    assert box_facts(votes) == [[1, "for"], [2, "against"], [3, "abstain"], [10, "for"]]


def test_the_list_of_the_entitled_has_one_form() -> None:
    rows = [(2, "Ben", "", None, 1, 1, ""), (1, "Ann", "Harbour", 4, 1, 1, "")]
    assert list_facts(rows) == list_facts(reversed(rows)) == [[1, "Ann", "Harbour", 4, 1], [2, "Ben", "", None, 1]]
    # Only of a vote that another casts, or that is not its owner's first, more is told: older lists hold as they were.
    assert list_facts([(3, "Cleo", "", 2, 4, 1, "Ben")]) == [[3, "Cleo", "", 2, 4, 1, "Ben"]]
    assert list_facts([(3, "Cleo", "", 2, 1, 2, "")]) == [[3, "Cleo", "", 2, 1, 2, ""]]
