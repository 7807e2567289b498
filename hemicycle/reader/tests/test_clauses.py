"""Sentences with two outcomes, two classes or two judgements are read clause by clause."""

from typing import Any

import pytest

from hemicycle.reader import flat, read
from hemicycle.reader.dates import dates

REPORT = "Congress of the Glass Workers meets\n\nThe Congress of the Glass Workers was held in Tarn on 3 May 2021.\n\n"
MINUTES = "Minutes of the Meeting of Ellerby Town Council\nHeld on 3 May 2021 at the Town Hall\n\nPresent: Ann Boyd\n\n"


def rows(page: str, field: str) -> list[Any]:
    """What a page has in a field."""
    listed: list[Any] = flat(read(f"{page}\n", name="page.txt"))[field]
    return listed


@pytest.mark.parametrize(
    ("told", "wanted"),
    [
        ("The Congress approved the accounts, and the fee was carried 4-2.", ["approved", "carried 4-2"]),
        ("The Congress backed the pay claim, but threw out a call for a strike.", ["backed", "failed"]),
        ("The Congress did not accept the new rule on fees.", ["failed"]),
        ("The change of name, which needed two thirds of the votes, fell short.", ["failed"]),
        ("With a large majority of votes, it elected two clerks, Ada Roe and Jan Poe.", ["a large majority of votes"]),
    ],
)  # fmt: skip
def test_each_clause_has_its_own_outcome(told: str, wanted: list[str]) -> None:
    assert [row["how"] for row in rows(REPORT + told, "adopted")] == wanted


def test_a_motion_with_more_votes_against_it_than_for_it_failed() -> None:
    told = "5. Fees\nThe proposal to raise the fees was put to the vote. 4 voted in favour and 9 against."
    assert rows(MINUTES + told, "adopted") == [{"what": "raise the fees", "how": "failed"}]


def test_what_was_moved_and_carried_after_the_word_action_is_no_task() -> None:
    told = "4. Consent calendar\nAction: M/S Roe/Poe to approve the consent calendar. Motion carried 5-0."
    assert rows(MINUTES + told, "tasks") == []
    assert rows(MINUTES + told, "adopted") == [{"what": "approve the consent calendar", "how": "carried 5-0"}]


def test_an_action_that_names_only_its_bearer_is_what_stands_before_it() -> None:
    told = "4. Fence\nThe fence is to be mended before winter. Action: Clerk"
    assert {"sector": "Clerk", "text_start": "The fence is to be mended before winter."} in rows(
        MINUTES + told, "tasks"
    )


def test_classes_with_a_verb_each_are_read_each() -> None:
    told = "Members of the Board participated in it, and the heads of the mills were present as observers."
    found = [(row["category"], row["who"]) for row in rows(REPORT + told, "attendance")]
    assert found == [("members", "Members of the Board"), ("observers", "the heads of the mills")]


def test_one_unit_is_blamed_while_another_is_praised() -> None:
    told = "The freight bureau came under heavy criticism, while the Third Brigade was highly appreciated."
    assert rows(REPORT + told, "criticised") == ["freight bureau"]
    assert rows(REPORT + told, "commended") == ["Third Brigade"]


def test_a_heading_that_names_who_presents_tells_a_report() -> None:
    told = "Charter (Rosa Ode, 10 min)\nRosa went through the text.\n\nTimers (Jan Poe, 5 min)\nJan showed slides."
    found = [(row["by"], row["on"]) for row in rows(MINUTES + told, "reports")]
    assert found == [("Rosa Ode", "Charter"), ("Jan Poe", "Timers")]


def test_an_hour_after_a_date_is_no_second_day() -> None:
    for told in ("November 14, 2022 - 6:30 p.m.", "November 14, 2022 – 6 pm"):
        assert [str(found.first) for found in dates(told)] == ["2022-11-14"]
