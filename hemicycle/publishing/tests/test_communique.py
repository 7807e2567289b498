"""What a communiqué says, word for word: golden files under tests/golden, remade with HEMICYCLE_GOLDEN=write."""

import os
from datetime import timedelta
from pathlib import Path

import pytest

from hemicycle.accounts.access import Access
from hemicycle.demo.club import Club
from hemicycle.journal.act import subject
from hemicycle.journal.clock import clock_at
from hemicycle.meetings.acts import call_quorum, plan_sitting, put_back_item
from hemicycle.meetings.tests.test_floor_acts import rules
from hemicycle.meetings.tests.test_quorum_lost import NOON
from hemicycle.meetings.tests.world import under_way
from hemicycle.publishing.communique import compose, digest_of, plain_text
from hemicycle.publishing.communique.gathered import told as told_of
from hemicycle.publishing.communique.proceedings import proceedings
from hemicycle.publishing.tests.debated import SECRET, closed, debated
from hemicycle.publishing.tests.world import both_days, convened, first_day
from hemicycle.voting.acts import Hands, certify_result, declare_result, draw_lot, enter_count, repeat_ballot
from hemicycle.voting.tests.test_ties import tied
from hemicycle.voting.tests.world import at, floor_of

GOLDEN = Path(__file__).resolve().parents[3] / "tests" / "golden"


def hold_to_golden(name: str, text: str) -> None:
    """Compare with the golden file, or write it where that is asked for."""
    file = GOLDEN / name
    if os.environ.get("HEMICYCLE_GOLDEN") == "write":
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    assert text == file.read_text(encoding="utf-8")


def test_the_communique_of_a_meeting_that_is_over(club: Club) -> None:
    hold_to_golden("communique.txt", plain_text(compose(both_days(club), "en", Access.PUBLIC)))


def test_the_daily_report_of_a_meeting_that_goes_on(club: Club) -> None:
    hold_to_golden("daily_report.txt", plain_text(compose(first_day(club), "en", Access.PUBLIC)))


def test_a_debate_is_told_as_it_went_and_an_unfinished_meeting_says_so(club: Club) -> None:
    meeting = debated(club)
    report = plain_text(compose(meeting, "en", Access.PUBLIC))
    hold_to_golden("daily_report_of_a_debate.txt", report)
    assert "The meeting continues. It goes on in sitting 2, on 25 March 2026." in report
    assert SECRET in plain_text(compose(meeting, "en", Access.BODY))


def test_what_was_done_in_private_stays_there_when_the_meeting_is_over(club: Club) -> None:
    told = plain_text(compose(closed(club), "en", Access.PUBLIC))
    assert "went into private" in told
    assert "Still to be dealt with" not in told
    assert SECRET not in told
    assert "owns the quay" not in told


def test_the_communique_for_the_body_tells_what_the_public_one_leaves_out(club: Club) -> None:
    meeting = both_days(club)
    public, inner = (plain_text(compose(meeting, "en", access)) for access in (Access.PUBLIC, Access.BODY))
    for said in ("A matter of staff", "The staff plan was noted."):
        assert said not in public
        assert said in inner
    assert "1. The harbour hall" in public
    assert "B1 A matter of staff" in inner


def test_names_of_voters_stand_nowhere_unless_the_rules_publish_them(club: Club) -> None:
    meeting = both_days(club)
    silent = club.members[5].name
    assert silent not in plain_text(compose(meeting, "en", Access.PUBLIC))
    assert silent not in plain_text(compose(meeting, "en", Access.PARTICIPANTS))
    inner = compose(meeting, "en", Access.BODY)
    groups = {
        block["heading"]: block["items"]
        for section in inner["sections"]
        if section["heading"] == "The summer regatta"
        for block in section["blocks"]
        if block["form"] == "group"
    }
    assert groups["Abstained"] == [silent]
    assert groups["For"] == [person.name for person in club.members[:2]]


def test_unanimity_is_told_of_the_vote_that_was_unanimous_alone(club: Club) -> None:
    content = compose(both_days(club), "en", Access.PUBLIC)
    told = {section["heading"]: str(section["blocks"]) for section in content["sections"]}
    assert "Adopted unanimously: 8 for, 0 against, 0 abstained." in told["The harbour hall"]
    assert "unanimous" not in told["The summer regatta"]
    assert "Not adopted: 2 for, 3 against, 1 abstained. 3 were needed" in told["The summer regatta"]


def test_a_closed_sitting_leaves_no_trace_in_a_public_communique(club: Club) -> None:
    meeting = both_days(club, second=Access.BODY)
    public, inner = (plain_text(compose(meeting, "en", access)) for access in (Access.PUBLIC, Access.BODY))
    for said in ("Cleo Costa", "Second sitting", "Not adopted", "to 25 March", "6 of 9"):
        assert said not in public
        assert said in inner


@pytest.mark.parametrize("access", list(Access))
def test_the_same_book_gives_the_same_content(club: Club, access: Access) -> None:
    meeting = first_day(club)
    assert digest_of(compose(meeting, "en", access)) == digest_of(compose(meeting, "en", access))


def test_before_its_first_sitting_a_meeting_is_only_convened(club: Club) -> None:
    content = compose(convened(club), "en", Access.PUBLIC)
    assert content["sittings"] == 0
    assert "is convened to meet from 24 March 2026 to 25 March 2026." in plain_text(content)


@pytest.mark.parametrize("planned", [True, False])
def test_a_sitting_that_a_count_adjourned_does_not_continue(club: Club, *, planned: bool) -> None:
    rules(club, quorum_wait_minutes=0, quorum_lost="adjourn")
    gathering = under_way(club, present=3)
    if planned:
        start = NOON + timedelta(days=1)
        plan_sitting(
            by=club.chair, meeting_id=gathering.meeting.pk, start=start, end=start + timedelta(hours=2), lengthen=True
        )
    with clock_at(NOON):
        assert "The sitting continues." in plain_text(compose(gathering.meeting, "en", Access.PUBLIC))
        call_quorum(by=club.chair, sitting_id=gathering.sitting.pk)
        report = plain_text(compose(gathering.meeting, "en", Access.PUBLIC))
    assert "The sitting continues." not in report
    assert "The meeting continues." in report
    assert "The sitting is adjourned; " in report
    assert ("The meeting continues. It goes on in sitting 2, on 3 March 2026." in report) is planned


def test_a_vote_that_was_taken_again_is_told_by_its_last_outcome(club: Club) -> None:
    floor = floor_of(club)
    first, counted = tied(floor, hands=Hands(5, 1, 0))

    def report() -> str:
        return plain_text(compose(floor.meeting, "en", Access.PUBLIC))

    with at(13):
        declare_result(by=club.chair, result_id=counted.pk)
        assert "Adopted: 5 for, 1 against" in report()
        second = repeat_ballot(by=club.chair, ballot_id=first.pk, reason="A hand was counted twice.")
        assert "5 for" not in report()
        again = enter_count(by=club.chair, ballot_id=second.pk, counted=Hands(2, 4, 0))
        declare_result(by=club.chair, result_id=again.pk)
        certify_result(by=club.chair, result_id=again.pk)
    told = report()
    assert "5 for" not in told
    assert "Not adopted: 2 for, 4 against" in told
    assert told.count("7 of 9 members with a vote were there at its opening") == 1
    whole = told_of(floor.meeting, Access.PUBLIC, full=True)
    minuted = str(proceedings(whole, subject(floor.item)))
    assert "A hand was counted twice" in minuted
    assert "5 for" not in minuted


def test_a_tie_that_the_lot_decided_is_told_before_it_is_certified(club: Club) -> None:
    rules(club, ties="lot")
    floor = floor_of(club)
    ballot, counted = tied(floor)
    with at(13):
        declare_result(by=club.chair, result_id=counted.pk)
        draw_lot(by=club.chair, ballot_id=ballot.pk)
    told = plain_text(compose(floor.meeting, "en", Access.PUBLIC))
    assert "The lot was" in told
    assert "not certified yet" in told


def test_an_item_that_was_put_back_was_not_dealt_with(club: Club) -> None:
    gathering = under_way(club)
    unfinished = "What came of it was not entered."
    assert unfinished in plain_text(compose(gathering.meeting, "en", Access.PUBLIC))
    put_back_item(by=club.chair, item_id=gathering.first.pk, because="Item 2 comes first.")
    assert unfinished not in plain_text(compose(gathering.meeting, "en", Access.PUBLIC))
