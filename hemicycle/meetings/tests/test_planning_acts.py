"""The plan of a meeting changes by acts, and whoever was called is told."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hemicycle.bodies.acts import begin_term
from hemicycle.demo.club import Club
from hemicycle.journal.act import Refused
from hemicycle.journal.models import Entry
from hemicycle.journal.verify import verify
from hemicycle.journal.words import sentence
from hemicycle.meetings.acts import (
    add_item,
    cancel_meeting,
    convene_meeting,
    drop_sitting,
    move_meeting,
    move_sitting,
    plan_sitting,
    receive_summons,
    summon,
)
from hemicycle.meetings.models import Meeting, Sitting, Summons
from hemicycle.meetings.tests.world import DAY, ENDS, STARTS, under_way

HOUR, WEEK = timedelta(hours=1), timedelta(days=7)
LATE = date(2026, 3, 24)


def told() -> str:
    return sentence(Entry.objects.order_by("-pk")[0])


@pytest.fixture
def meeting(club: Club) -> Meeting:
    """Two days, the 24th and 25th of March, each with a sitting from ten to noon in Berlin; everybody was called."""
    start = datetime(2026, 3, 24, 9, tzinfo=UTC)
    made = convene_meeting(
        by=club.chair,
        body_id=club.body.pk,
        starts=LATE,
        ends=LATE + timedelta(1),
        sittings=[(start, start + 2 * HOUR), (start + 24 * HOUR, start + 26 * HOUR)],
        place="Harbour hall",
    )
    add_item(by=club.chair, meeting_id=made.pk, title="Boats")
    summon(by=club.secretary, meeting_id=made.pk, text="You are called.")
    made.refresh_from_db()
    return made


def test_a_further_sitting_takes_its_place_among_the_others_and_everybody_is_told(club: Club, meeting: Meeting) -> None:
    start = datetime(2026, 3, 24, 13, tzinfo=UTC)
    plan_sitting(by=club.secretary, meeting_id=meeting.pk, start=start, end=start + HOUR, because="Much to do.")
    assert told() == "Sitting 2 was planned for 24 March 2026, 14:00 to 15:00. Reason: Much to do."
    assert list(meeting.sittings.order_by("planned_start").values_list("ordinal", flat=True)) == [1, 2, 3]
    assert list(meeting.summonses.values_list("sequence", "what")) == [(1, "notice"), (2, "change")]
    assert verify() == []


def test_before_notice_was_given_a_change_calls_nobody(club: Club) -> None:
    meeting = convene_meeting(by=club.chair, body_id=club.body.pk, starts=DAY, ends=DAY, sittings=[(STARTS, ENDS)])
    plan_sitting(by=club.chair, meeting_id=meeting.pk, start=ENDS, end=ENDS + HOUR)
    assert not Summons.objects.exists()


@pytest.mark.parametrize(
    ("hours", "code"),
    [
        ((-48, -47), "sitting_outside_meeting"),
        ((48, 49), "sitting_outside_meeting"),
        ((1, 3), "sittings_overlap"),
        ((4, 4), "sitting_ends_before_start"),
    ],
)
def test_a_sitting_outside_the_meeting_or_into_another_is_refused(
    club: Club, meeting: Meeting, hours: tuple[int, int], code: str
) -> None:
    start = datetime(2026, 3, 24, 9, tzinfo=UTC)
    with pytest.raises(Refused) as refusal:
        plan_sitting(by=club.chair, meeting_id=meeting.pk, start=start + hours[0] * HOUR, end=start + hours[1] * HOUR)
    assert refusal.value.code == code


def test_a_meeting_is_lengthened_for_a_sitting_where_that_is_asked_for(club: Club, meeting: Meeting) -> None:
    start = datetime(2026, 3, 27, 9, tzinfo=UTC)
    plan_sitting(by=club.chair, meeting_id=meeting.pk, start=start, end=start + HOUR, lengthen=True)
    meeting.refresh_from_db()
    assert meeting.ends == date(2026, 3, 27)


def test_a_sitting_is_moved_and_dropped_by_acts(club: Club, meeting: Meeting) -> None:
    first, second = meeting.sittings.order_by("ordinal")
    moved = datetime(2026, 3, 25, 14, tzinfo=UTC)
    move_sitting(by=club.chair, sitting_id=first.pk, start=moved, end=moved + HOUR, because="The hall is taken.")
    assert told() == (
        "The sitting of 24 March 2026, 10:00 to 12:00, was moved to 25 March 2026, 15:00 to 16:00; it is sitting 2. "
        "Reason: The hall is taken."
    )
    assert list(meeting.sittings.order_by("ordinal")) == [second, first]
    with pytest.raises(Refused, match="Say why"):
        drop_sitting(by=club.chair, sitting_id=first.pk, because=" ")
    drop_sitting(by=club.chair, sitting_id=second.pk, because="One is enough.")
    assert told() == ("The sitting of 25 March 2026, 10:00 to 12:00, was taken out of the plan. Reason: One is enough.")
    assert list(meeting.sittings.values_list("pk", "ordinal")) == [(first.pk, 1)]
    assert Sitting.every.get(pk=second.pk).dropped_because == "One is enough."
    with pytest.raises(Refused, match="the meeting's only sitting"):
        drop_sitting(by=club.chair, sitting_id=first.pk, because="None.")
    with pytest.raises(Refused, match="taken out of the plan already"):
        drop_sitting(by=club.chair, sitting_id=second.pk, because="Again.")
    assert meeting.summonses.count() == 3
    assert verify() == []


def test_a_moved_meeting_keeps_its_number_and_the_clock_at_its_place_across_summer_time(
    club: Club, meeting: Meeting
) -> None:
    """Berlin's clocks go forward on 29 March 2026."""
    move_meeting(
        by=club.chair, meeting_id=meeting.pk, starts=LATE + WEEK, place="Town hall", because="The harbour floods."
    )
    meeting.refresh_from_db()
    assert (meeting.ordinal, meeting.starts, meeting.ends) == (1, date(2026, 3, 31), date(2026, 4, 1))
    assert [one.planned_start for one in meeting.sittings.order_by("ordinal")] == [
        datetime(2026, 3, 31, 8, tzinfo=UTC),
        datetime(2026, 4, 1, 8, tzinfo=UTC),
    ]
    assert told() == (
        "The meeting was moved from 24 March 2026 – 25 March 2026 to 31 March 2026 – 1 April 2026, Town hall. "
        "Reason: The harbour floods."
    )
    assert meeting.moves.get().starts_before == LATE
    assert verify() == []


def test_a_meeting_moved_nearer_asks_for_the_notice_anew(club: Club, meeting: Meeting) -> None:
    asked = {"by": club.chair, "meeting_id": meeting.pk, "starts": date(2026, 3, 5), "place": "", "because": "Urgent."}
    with pytest.raises(Refused, match="2 are left until 5 March 2026"):
        move_meeting(**asked)
    meeting.refresh_from_db()
    assert meeting.starts == LATE
    move_meeting(**asked, waive_because="All agreed.")
    assert meeting.summonses.last().notice_waived_because == "All agreed."


def test_a_meeting_is_not_moved_into_another_term_without_a_reason_or_once_it_began(
    club: Club, meeting: Meeting
) -> None:
    begin_term(by=club.administrator, body_id=club.body.pk, ordinal=2, starts=date(2026, 5, 1))
    asked = {"by": club.chair, "meeting_id": meeting.pk, "starts": date(2026, 5, 4), "place": "", "because": "Later."}
    with pytest.raises(Refused, match="not in term 1"):
        move_meeting(**asked)
    with pytest.raises(Refused, match="Say why"):
        move_meeting(**{**asked, "because": ""})
    with pytest.raises(Refused, match="on this day and at this place already"):
        move_meeting(**{**asked, "starts": LATE, "place": "Harbour hall"})
    begun = under_way(club).meeting
    for act in (
        lambda: move_meeting(**{**asked, "meeting_id": begun.pk, "starts": date(2026, 3, 9)}),
        lambda: cancel_meeting(by=club.chair, meeting_id=begun.pk, because="Too late."),
    ):
        with pytest.raises(Refused, match="neither moved nor cancelled"):
            act()


def test_a_cancelled_meeting_keeps_its_number_and_names_what_is_held_instead(club: Club, meeting: Meeting) -> None:
    other = convene_meeting(by=club.chair, body_id=club.body.pk, starts=DAY, ends=DAY, sittings=[(STARTS, ENDS)])
    cancel_meeting(by=club.chair, meeting_id=meeting.pk, because="The hall burned down.", instead_id=other.pk)
    assert told() == (
        "The meeting of 24 March 2026 – 25 March 2026 was cancelled: The hall burned down. "
        "Another is held instead, on 2 March 2026."
    )
    assert meeting.summonses.last().what == "cancellation"
    with pytest.raises(Refused, match="is over"):
        add_item(by=club.chair, meeting_id=meeting.pk, title="More")
    third = convene_meeting(by=club.chair, body_id=club.body.pk, starts=DAY, ends=DAY, sittings=[(STARTS, ENDS)])
    assert third.ordinal == 3
    with pytest.raises(Refused, match="no other meeting"):
        cancel_meeting(by=club.chair, meeting_id=third.pk, because="?", instead_id=meeting.pk)
    assert verify() == []


def test_a_receipt_is_entered_once_for_those_who_are_called(club: Club, meeting: Meeting) -> None:
    summons = meeting.summonses.get()
    receive_summons(by=club.secretary, summons_id=summons.pk, person_id=club.members[3].pk)
    assert told() == "It was entered that Dov Dahl received summons 1."
    with pytest.raises(Refused, match="stands in the book already"):
        receive_summons(by=club.secretary, summons_id=summons.pk, person_id=club.members[3].pk)
    with pytest.raises(Refused, match="not for them"):
        receive_summons(by=club.secretary, summons_id=summons.pk, person_id=club.outsider.pk)


def test_an_extraordinary_meeting_has_the_notice_that_the_rules_ask_for_it(club: Club) -> None:
    """The association's rules ask for fourteen clear days, and for seven before an extraordinary meeting."""
    start = datetime(2026, 3, 11, 9, tzinfo=UTC)
    plan = {"by": club.chair, "body_id": club.body.pk, "starts": start.date(), "ends": start.date()}
    hours = [(start, start + HOUR)]
    ordinary = convene_meeting(**plan, sittings=hours)
    extraordinary = convene_meeting(**plan, sittings=hours, kind="extraordinary")
    with pytest.raises(Refused, match="ask for 14 clear days"):
        summon(by=club.chair, meeting_id=ordinary.pk, text="Come.")
    assert summon(by=club.chair, meeting_id=extraordinary.pk, text="Come.").notice_days == 8


# Each case convenes a meeting of its own in the one club.
@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(acts=st.lists(st.sampled_from(["notice", "plan", "move", "drop"]), min_size=1, max_size=6))
def test_the_sequence_of_a_meeting_rises_by_one_with_every_change(club: Club, acts: list[str]) -> None:
    start = datetime(2026, 3, 24, 9, tzinfo=UTC)
    meeting = convene_meeting(
        by=club.chair, body_id=club.body.pk, starts=LATE, ends=LATE + WEEK, sittings=[(start, start + HOUR)]
    )
    summon(by=club.chair, meeting_id=meeting.pk, text="Come.")
    for number, act in enumerate(acts):
        hour = start + timedelta(hours=2 + 2 * number)
        last = meeting.sittings.order_by("ordinal").last()
        if act == "notice":
            summon(by=club.chair, meeting_id=meeting.pk, text=f"Once more, {number}.")
        elif act == "plan" or (act == "drop" and meeting.sittings.count() == 1):
            plan_sitting(by=club.chair, meeting_id=meeting.pk, start=hour, end=hour + HOUR)
        elif act == "move":
            move_sitting(by=club.chair, sitting_id=last.pk, start=hour, end=hour + HOUR)
        else:
            drop_sitting(by=club.chair, sitting_id=last.pk, because="Enough.")
    sequences = meeting.summonses.order_by("pk").values_list("sequence", flat=True)
    assert list(sequences) == list(range(1, len(acts) + 2))
    ordinals = meeting.sittings.order_by("planned_start").values_list("ordinal", flat=True)
    assert list(ordinals) == list(range(1, meeting.sittings.count() + 1))
