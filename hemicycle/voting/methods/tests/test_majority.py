"""Verdicts against a slow model that writes every voter down, and the arithmetic that a sentence shows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hemicycle.bodies.rules import HALF, Share
from hemicycle.voting.methods.majority import MAJORITIES, Part, Rule, Standing, decide
from hemicycle.voting.methods.tests.making import calm
from hemicycle.voting.rules import Base, Counts, Majority

SHARES = st.sampled_from(
    [
        Share(numerator, denominator, strict=strict)
        for numerator, denominator in ((1, 2), (3, 5), (2, 3), (3, 4), (4, 5), (1, 1), (1, 3))
        for strict in (True, False)
    ]
)
RULES = st.builds(Majority, SHARES, st.sampled_from(Base))


@st.composite
def halls(draw: st.DrawFn) -> list[tuple[str, int]]:
    """A hall: what each member did (absent and silent too), and the weight of each."""
    doing = st.sampled_from(["for", "against", "abstain", "silent", "absent"])
    return draw(st.lists(st.tuples(doing, st.integers(1, 9)), max_size=40))


def counts(hall: list[tuple[str, int]], *, weighted: bool) -> Counts:
    def total(*doing: str) -> int:
        return sum((weight if weighted else 1) for did, weight in hall if did in doing)

    voted = ("for", "against", "abstain")
    return Counts(
        total("for"), total("against"), total("abstain"), total(*voted, "silent"), total(*voted, "silent", "absent")
    )


def carries(hall: list[tuple[str, int]], rule: Majority, *, weighted: bool) -> bool:
    """Lay out one card for each vote, and see whether enough of those that count are green."""
    cards = [did for did, weight in hall for _ in range(weight if weighted else 1)]
    counted = {
        Base.CAST: {"for", "against", "abstain"},
        Base.VALID: {"for", "against"},
        Base.PRESENT: {"for", "against", "abstain", "silent"},
        Base.MEMBERS: {"for", "against", "abstain", "silent", "absent"},
    }[rule.of]
    whole = [card for card in cards if card in counted]
    green = whole.count("for")
    have, asked = green * rule.share.denominator, len(whole) * rule.share.numerator
    return green > 0 and (have > asked if rule.share.strict else have >= asked)


def reaches(share: Share, has: int, whole: int) -> bool:
    have, asked = has * share.denominator, whole * share.numerator
    return have > asked if share.strict else have >= asked


@calm
@given(halls(), RULES, st.none() | RULES, st.none() | SHARES, st.none() | SHARES)
def test_a_verdict_is_what_the_cards_on_the_table_say(
    hall: list[tuple[str, int]], persons: Majority, weight: Majority | None, presence: Share | None, votes: Share | None
) -> None:
    found = decide(Rule(persons, weight, presence, votes), counts(hall, weighted=False), counts(hall, weighted=True))
    here = len([did for did, _weight in hall if did != "absent"])
    cast = len([did for did, _weight in hall if did in {"for", "against", "abstain"}])
    enough = all(reaches(share, has, len(hall)) for share, has in ((presence, here), (votes, cast)) if share)
    if not enough:
        assert found.standing is Standing.NO_QUORUM
        return
    both = carries(hall, persons, weighted=False) and (weight is None or carries(hall, weight, weighted=True))
    assert (found.standing is Standing.CARRIED) == both
    assert (found.standing is Standing.CARRIED) == all(done.reached for done in found.sums)


@pytest.mark.parametrize(
    ("name", "needed"),
    [
        ("simple", 5),
        ("absolute", 8),
        ("simple of those present", 6),
        ("three fifths", 6),
        ("two thirds", 6),
        ("three quarters", 7),
        ("four fifths", 8),
        ("unanimity", 9),
        ("unanimity without abstention", 10),
        ("unanimity of all members", 15),
    ],
)
def test_each_majority_by_name_shows_its_arithmetic(name: str, needed: int) -> None:
    # Nine valid votes, one abstention, eleven present, fifteen members.
    (found,) = decide(Rule(MAJORITIES[name]), Counts(6, 3, 1, 11, 15)).sums
    assert (found.part, found.needed, found.has) == (Part.PERSONS, needed, 6)
    assert found.reached == (needed <= 6)


def test_two_thirds_of_nine_is_six_and_over_half_of_nine_is_five() -> None:
    assert Share(2, 3, strict=False).least(9) == 6
    assert HALF.least(9) == 5


def test_a_double_majority_needs_both() -> None:
    # More than half of the members, holding at least 65 per cent of the weight.
    rule = Rule(MAJORITIES["absolute"], Majority(Share(65, 100, strict=False), Base.MEMBERS))
    small, large = Counts(6, 3, 0, 9, 10), Counts(60, 30, 0, 90, 100)
    assert decide(rule, small, large).standing is Standing.NOT_CARRIED
    assert decide(rule, small, Counts(65, 25, 0, 90, 100)).standing is Standing.CARRIED
    assert [done.part for done in decide(rule, small, large).sums] == [Part.PERSONS, Part.WEIGHT]
    with pytest.raises(ValueError, match="no weights were counted"):
        decide(rule, small)


def test_without_a_quorum_nothing_is_decided_however_the_votes_fell() -> None:
    rule = Rule(MAJORITIES["simple"], presence=HALF, votes=Share(1, 3, strict=False))
    assert decide(rule, Counts(5, 0, 0, 5, 10)).standing is Standing.NO_QUORUM
    assert decide(rule, Counts(3, 0, 0, 6, 10)).standing is Standing.NO_QUORUM
    assert decide(rule, Counts(4, 0, 0, 6, 10)).standing is Standing.CARRIED


def test_the_chair_breaks_equal_votes_only_where_the_rules_say_so() -> None:
    equal = Counts(4, 4, 2, 10, 12)
    assert decide(Rule(MAJORITIES["simple"]), equal, casting_vote=True).standing is Standing.NOT_CARRIED
    rule = Rule(MAJORITIES["simple"], casting=True)
    carried = decide(rule, equal, casting_vote=True)
    assert (carried.standing, carried.by_casting) == (Standing.CARRIED, True)
    lost = decide(rule, equal, casting_vote=False)
    assert (lost.standing, lost.by_casting) == (Standing.NOT_CARRIED, True)
    assert decide(rule, equal).standing is Standing.NOT_CARRIED
    assert decide(Rule(MAJORITIES["two thirds"], casting=True), equal, casting_vote=True).by_casting is False
