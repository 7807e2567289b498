"""A sitting is opened, presided over, and closed; one item is dealt with at a time."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from hemicycle.demo.club import MONDAY, Club
from hemicycle.journal.act import Happened, Refused
from hemicycle.journal.clock import clock_at
from hemicycle.journal.models import Entry
from hemicycle.journal.words import sentence
from hemicycle.meetings.acts import (
    accredit_members,
    close_meeting,
    close_sitting,
    convene_meeting,
    hear_report,
    open_sitting,
    settle_item,
    summon,
    take_chair,
    take_up_item,
)
from hemicycle.meetings.models import Presence, Presiding, Report, Sitting
from hemicycle.meetings.queries import current_sitting, presiding_at, presiding_spell, quorum_at
from hemicycle.meetings.tests.world import DAY, ENDS, STARTS, at, convened, under_way

AFTERNOON = MONDAY + timedelta(hours=5)


def told(kind: str) -> str:
    return sentence(Entry.objects.filter(kind=kind).latest("number"))


def refused(code: str, act: Callable[[], object]) -> str:
    """Hold that an act is refused with this code and writes nothing; return the sentence."""
    before = Entry.objects.count()
    with pytest.raises(Refused) as refusal:
        act()
    assert refusal.value.code == code
    assert Entry.objects.count() == before
    return refusal.value.sentence


def test_a_sitting_runs_from_the_chair_to_the_close(club: Club) -> None:
    gathering = under_way(club, present=5)
    assert told("sitting.opened") == (
        "Sitting 1 was opened, on 2 March 2026. Of 9 members with a vote 5 are there; the quorum of 5 is reached."
    )
    hear_report(
        by=club.secretary, item_id=gathering.first.pk, reporter_id=club.members[2].pk, title="State of the boathouse"
    )
    assert told("report.heard") == "Cleo Costa delivered a report on item 1: “State of the boathouse”."
    with clock_at(AFTERNOON):
        settle_item(by=club.chair, item_id=gathering.first.pk, outcome="Noted.", happened=at(10))
        take_up_item(by=club.chair, item_id=gathering.second.pk, happened=at(10, 5))
        close_sitting(by=club.chair, sitting_id=gathering.sitting.pk, happened=at(12))
        close_meeting(by=club.chair, meeting_id=gathering.meeting.pk, happened=at(12, 5))
    gathering.sitting.refresh_from_db()
    gathering.second.refresh_from_db()
    assert gathering.sitting.closed == at(12).start
    assert gathering.sitting.current_item is None
    assert gathering.second.state == "pending"
    assert not Presence.objects.filter(went=None).exists()
    assert presiding_at(gathering.sitting, at(11).start) == club.members[0]
    assert presiding_at(gathering.sitting, at(12).start) is None
    assert quorum_at(gathering.sitting, at(11).start).present == 5
    assert quorum_at(gathering.sitting, at(12).start).present == 0
    assert told("item.settled") == "Item 1, “The boathouse”, was settled: Noted."
    entries = list(Entry.objects.filter(book=club.body.book))
    assert [entry.number for entry in entries] == list(range(1, len(entries) + 1))
    assert all(sentence(entry) for entry in entries)


def test_two_sittings_of_a_body_are_never_open_at_once(club: Club) -> None:
    under_way(club)
    other = convene_meeting(by=club.chair, body_id=club.body.pk, starts=DAY, ends=DAY, sittings=[(STARTS, ENDS)])
    summon(by=club.chair, meeting_id=other.pk, text="Come too.", waive_because="Urgent.")
    said = refused("another_sitting_open", lambda: open_sitting(by=club.chair, sitting_id=other.sittings.get().pk))
    assert said.startswith("Sitting 1 of General Meeting, meeting 1 is still open.")


def test_a_sitting_is_opened_once_and_not_after_closing(club: Club) -> None:
    gathering = under_way(club)
    refused("sitting_open", lambda: open_sitting(by=club.chair, sitting_id=gathering.sitting.pk))
    with clock_at(AFTERNOON):
        close_sitting(by=club.chair, sitting_id=gathering.sitting.pk)
        refused("sitting_closed", lambda: open_sitting(by=club.chair, sitting_id=gathering.sitting.pk))


def test_a_meeting_without_notice_opens_only_with_a_reason(club: Club) -> None:
    meeting = convene_meeting(by=club.chair, body_id=club.body.pk, starts=DAY, ends=DAY, sittings=[(STARTS, ENDS)])
    sitting = meeting.sittings.get()
    refused("not_summoned", lambda: open_sitting(by=club.chair, sitting_id=sitting.pk))
    open_sitting(by=club.chair, sitting_id=sitting.pk, unsummoned_because="All of us were in the room.")
    assert told("sitting.opened").endswith("is not reached. It met without notice: All of us were in the room.")


@pytest.mark.parametrize(
    ("holder", "basis", "source", "code"),
    [
        (2, "office", "", "not_the_chair"),
        (2, "authorization", "the Bureau", "basis_not_in_rules"),
        (2, "seniority", "", "basis_not_in_rules"),
        (0, "office", "", None),
        (2, "election", "", None),
    ],
)
def test_one_presides_only_on_a_basis_that_the_rules_ask_for(
    club: Club, holder: int, basis: str, source: str, code: str | None
) -> None:
    sitting = convened(club).sitting

    def take() -> object:
        return take_chair(
            by=club.secretary,
            sitting_id=sitting.pk,
            person_id=club.members[holder].pk,
            basis=basis,
            authorized_by=source,
        )

    if code:
        refused(code, take)
        assert not Presiding.objects.exists()
    else:
        take()
        assert Presiding.objects.get().basis == basis


def test_the_database_itself_refuses_an_authorization_without_its_source(club: Club) -> None:
    sitting = convened(club).sitting
    with pytest.raises(IntegrityError), transaction.atomic():
        Presiding.objects.create(
            sitting=sitting, person=club.members[0], basis="authorization", authorized_by="", starts=STARTS
        )


def test_one_person_presides_at_any_moment_and_the_chair_passes_without_a_gap(club: Club) -> None:
    sitting = under_way(club).sitting
    refused(
        "presides_already",
        lambda: take_chair(by=club.chair, sitting_id=sitting.pk, person_id=club.members[0].pk, basis="office"),
    )
    with clock_at(AFTERNOON):
        take_chair(
            by=club.secretary,
            sitting_id=sitting.pk,
            person_id=club.members[3].pk,
            basis="election",
            hands_over=True,
            happened=at(11),
        )
        assert told("chair.taken") == "Dov Dahl took the chair, elected by the meeting."
        refused(
            "out_of_order",
            lambda: take_chair(
                by=club.secretary,
                sitting_id=sitting.pk,
                person_id=club.members[0].pk,
                basis="office",
                hands_over=True,
                happened=at(10, 30),
            ),
        )
    moments = [at(9).start, at(10, 59).start, at(11).start, at(15).start]
    assert [presiding_at(sitting, moment) for moment in moments if moment] == [
        club.members[0],
        club.members[0],
        club.members[3],
        club.members[3],
    ]
    spell = presiding_spell(sitting, AFTERNOON)
    assert spell is not None
    assert spell.basis == "election"


def test_nothing_is_dealt_with_while_no_sitting_is_open_or_nobody_presides(club: Club) -> None:
    gathering = convened(club)
    refused("no_open_sitting", lambda: take_up_item(by=club.chair, item_id=gathering.first.pk))
    open_sitting(by=club.chair, sitting_id=gathering.sitting.pk)
    refused("nobody_presides", lambda: take_up_item(by=club.chair, item_id=gathering.first.pk))
    refused("nobody_presides", lambda: close_sitting(by=club.chair, sitting_id=gathering.sitting.pk))
    assert presiding_at(gathering.sitting, MONDAY) is None


def test_one_item_is_current_and_another_taken_up_leaves_it_to_come(club: Club) -> None:
    gathering = under_way(club)
    refused("item_not_to_come", lambda: take_up_item(by=club.chair, item_id=gathering.first.pk))
    refused("item_not_current", lambda: settle_item(by=club.chair, item_id=gathering.second.pk))
    take_up_item(by=club.chair, item_id=gathering.second.pk)
    assert told("item.taken_up") == "The meeting took up item 2, “Fees”."
    states = list(gathering.meeting.items.values_list("state", flat=True))
    assert states == ["pending", "current"]
    settle_item(by=club.chair, item_id=gathering.second.pk)
    refused("item_not_to_come", lambda: take_up_item(by=club.chair, item_id=gathering.second.pk))


def test_nothing_moves_over_an_open_ballot(club: Club) -> None:
    gathering = under_way(club)
    Sitting.objects.filter(pk=gathering.sitting.pk).update(voting_since=MONDAY)
    with clock_at(AFTERNOON):
        refused("vote_open", lambda: close_sitting(by=club.chair, sitting_id=gathering.sitting.pk))
        refused("vote_open", lambda: take_up_item(by=club.chair, item_id=gathering.second.pk))
        refused("vote_open", lambda: settle_item(by=club.chair, item_id=gathering.first.pk))


def test_a_sitting_ends_after_it_was_opened_and_after_everything_in_it(club: Club) -> None:
    gathering = under_way(club)
    refused("ends_as_it_starts", lambda: close_sitting(by=club.chair, sitting_id=gathering.sitting.pk))
    with clock_at(AFTERNOON):
        refused(
            "out_of_order",
            lambda: close_sitting(by=club.chair, sitting_id=gathering.sitting.pk, happened=at(8)),
        )
        refused("sitting_open", lambda: close_meeting(by=club.chair, meeting_id=gathering.meeting.pk))


def test_a_meeting_that_never_sat_is_not_closed_and_a_closed_one_takes_nothing(club: Club) -> None:
    gathering = convened(club)
    refused("no_sitting_held", lambda: close_meeting(by=club.chair, meeting_id=gathering.meeting.pk))
    accredit_members(by=club.secretary, sitting_id=gathering.sitting.pk)
    take_chair(by=club.chair, sitting_id=gathering.sitting.pk, person_id=club.members[0].pk, basis="office")
    open_sitting(by=club.chair, sitting_id=gathering.sitting.pk)
    with clock_at(AFTERNOON):
        close_sitting(by=club.chair, sitting_id=gathering.sitting.pk)
        close_meeting(by=club.chair, meeting_id=gathering.meeting.pk)
        refused("meeting_closed", lambda: take_up_item(by=club.chair, item_id=gathering.second.pk))
    assert current_sitting(club.body) is None


def test_a_report_is_delivered_on_the_current_item_or_submitted_in_writing(club: Club) -> None:
    gathering = under_way(club)
    reporter = club.members[2].pk
    refused(
        "item_not_current",
        lambda: hear_report(by=club.chair, item_id=gathering.second.pk, reporter_id=reporter, title="Fees"),
    )
    refused(
        "no_text",
        lambda: hear_report(
            by=club.chair, item_id=gathering.second.pk, reporter_id=reporter, title="Fees", form="written"
        ),
    )
    hear_report(
        by=club.chair,
        item_id=gathering.second.pk,
        reporter_id=reporter,
        title="Fees",
        form="written",
        text="They were paid.",
    )
    assert told("report.heard") == "Cleo Costa submitted a report in writing on item 2: “Fees”."
    assert Report.objects.get().sitting == gathering.sitting


def test_a_past_sitting_is_entered_by_its_days_with_both_times_kept(club: Club) -> None:
    gathering = convened(club)
    whole_day = Happened(
        "date",
        datetime(2026, 3, 1, 23, 0, tzinfo=UTC),
        datetime(2026, 3, 2, 22, 59, 59, 999999, tzinfo=UTC),
        reason="kept on paper",
    )
    with clock_at(MONDAY + timedelta(days=3)):
        take_chair(
            by=club.chair,
            sitting_id=gathering.sitting.pk,
            person_id=club.members[0].pk,
            basis="office",
            happened=whole_day,
        )
        open_sitting(by=club.chair, sitting_id=gathering.sitting.pk, happened=whole_day)
        take_up_item(by=club.chair, item_id=gathering.first.pk, happened=whole_day)
        close_sitting(by=club.chair, sitting_id=gathering.sitting.pk, happened=whole_day)
    gathering.sitting.refresh_from_db()
    assert (gathering.sitting.opened, gathering.sitting.closed) == (whole_day.start, whole_day.end)
    assert presiding_at(gathering.sitting, MONDAY) == club.members[0]
    entry = Entry.objects.get(kind="sitting.closed")
    assert (entry.happened_as, entry.recorded_at) == ("date", MONDAY + timedelta(days=3))


def test_an_opening_is_told_in_the_right_number(club: Club) -> None:
    under_way(club, present=5)
    entry = Entry.objects.filter(kind="sitting.opened").latest("pk")
    entry.facts = {**entry.facts, "whole": 1, "present": 0, "needed": 1, "reached": False}
    assert "Of one member with a vote 0 are there; the quorum of 1 is not reached." in sentence(entry)
    entry.facts = {**entry.facts, "whole": 3, "present": 1}
    assert "Of 3 members with a vote 1 is there;" in sentence(entry)
