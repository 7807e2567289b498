"""What an edited text may not claim against the book, and what it may say."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hemicycle.publishing.rules import Facts, Vote, Weight, figures_in, findings, sentences

ROOF = Vote("Repair of the roof", 8, 0, 0, carried=True, unanimous=True)
RACES = Vote("A second day of races", 2, 3, 1, carried=False, unanimous=False)
PIER = Vote("A longer pier", 5, 0, 2, carried=True, unanimous=False)
TEA = Vote("Tea at four", 0, 0, 0, carried=True, unanimous=False, by_consent=True)
DRAWN = "Present were 9 members. Adopted: 8 for, 0 against. It was held on 24 March 2026."
FACTS = Facts(
    every=(ROOF, RACES, PIER, TEA),
    chairs=("Ann Adler", "Cleo Costa"),
    people=("Ann Adler", "Ben Bloom", "Cleo Costa"),
    days=frozenset({date(2026, 3, 24), date(2026, 3, 25)}),
    figures=frozenset(figures_in(DRAWN)),
    present={"member": 9},
    closed=("A matter of staff",),
)


def codes(text: str, facts: Facts = FACTS, drawn: str = DRAWN) -> list[str]:
    return [one.code for one in findings(text, drawn, facts) if one.weight != Weight.UNKNOWN]


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("“A longer pier” was adopted unanimously.", "unanimous"),
        ("The meeting decided with one voice on A longer pier.", "unanimous"),
        ("“Tea at four” was adopted unanimously.", "unanimous_consent"),
        ("“Repair of the roof” got 9 for.", "votes_for"),
        ("“Repair of the roof” got nine votes for.", "votes_for"),
        ("“A second day of races”: 2 in favour, 4 against.", "against"),
        ("“A longer pier” passed with one abstention.", "abstained"),
        ("“A longer pier” was adopted by 6 votes to 0.", "votes_for"),
        ("“Repair of the roof” was rejected.", "rejected"),
        ("“A second day of races” was adopted.", "adopted"),
        ("Ben Bloom presided over the meeting.", "chair"),
        ("The meeting was chaired by Zoe Zorn.", "chair"),
        ("The meeting was held on 26 March 2026.", "day"),
        ("The meeting was held on March 26.", "day"),
        ("The meeting was held on 2026-04-24.", "day"),
        ("There were 12 members present.", "present"),
        ("Then came A matter of staff.", "closed"),
    ],
)
def test_a_claim_against_the_book_is_found(said: str, code: str) -> None:
    assert codes(said) == [code]


@pytest.mark.parametrize(
    "said",
    [
        "“Repair of the roof” was adopted unanimously, with 8 for and nobody against.",
        "“Repair of the roof” was not adopted in a hurry.".replace("not adopted", "adopted, not"),
        "“A second day of races” was not adopted: 2 for, 3 against.",
        "“A longer pier” was adopted by five votes to no votes.".replace("no votes", "0"),
        "Ann Adler presided, and after her Cleo Costa presided.",
        "President Ann Adler presided.",
        "The meeting was held on 24 and 25 March 2026.",
        "The vote on A longer pier was not unanimous.",
        "The members were glad, and the sun shone.",
        "",
    ],
)
def test_what_the_book_bears_out_may_be_said(said: str) -> None:
    assert codes(said) == []


def test_unanimity_is_refused_where_it_may_mean_a_divided_vote() -> None:
    assert codes("Everything was adopted unanimously.") == ["unanimous"]
    assert codes("It was adopted unanimously.", replace(FACTS, here=(ROOF,))) == []
    assert codes("It was adopted unanimously.", replace(FACTS, here=(ROOF, RACES))) == ["unanimous"]
    assert codes("They were unanimous.", Facts()) == ["unanimous_unknown"]


def test_unanimity_is_never_to_be_said_and_other_claims_are_to_be_mended() -> None:
    found = findings("“A longer pier” was adopted unanimously with 6 for.", DRAWN, FACTS)
    assert [(one.code, one.weight) for one in found] == [
        ("unanimous", Weight.NEVER),
        ("votes_for", Weight.CONTRADICTS),
    ]


def test_in_the_section_of_an_item_a_vote_needs_no_name() -> None:
    here = replace(FACTS, here=(RACES,))
    assert codes("The motion was carried.", here) == ["adopted"]
    assert codes("The agenda was adopted.", here) == []
    assert codes("It had 3 for it.", here) == ["votes_for"]


def test_figures_that_the_book_does_not_tell_are_to_be_looked_at() -> None:
    found = findings("The roof costs 4,000 in all.", DRAWN, FACTS)
    assert [(one.code, one.said, one.weight) for one in found] == [("figure", "4,000", Weight.UNKNOWN)]


@pytest.mark.parametrize("said", ["12 seated members", "9 alternate observers", "Two full guests", "3 full alternates"])
def test_a_class_that_the_book_does_not_know_is_no_failure(said: str) -> None:
    assert codes(f"{said} were present.") == []


@given(st.lists(st.sampled_from([*sentences(DRAWN), "It rained."]), max_size=6))
def test_what_the_book_tells_is_never_found_against_it(said: list[str]) -> None:
    assert findings(" ".join(said), DRAWN, FACTS) == []


@given(st.text(max_size=300))
def test_any_text_can_be_held_against_the_book(text: str) -> None:
    for one in findings(text, DRAWN, FACTS):
        assert one.said


@given(st.integers(0, 30), st.integers(0, 30), st.integers(0, 30))
def test_a_vote_told_with_its_own_counts_is_never_found(votes_for: int, against: int, abstained: int) -> None:
    """The slow model: only the very counts of a vote, told in the book's own words, stand unflagged."""
    vote = Vote("Oars", votes_for, against, abstained, carried=votes_for > against, unanimous=False)
    facts = Facts(every=(vote,))
    told = f"“Oars”: {votes_for} for, {against} against, {abstained} abstained."
    assert codes(told, facts, "") == []
    off = f"“Oars”: {votes_for + 1} for, {against} against, {abstained} abstained."
    assert codes(off, facts, "") == ["votes_for"]
