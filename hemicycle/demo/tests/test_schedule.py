"""The story fits the hour at which it is told, whatever that is."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hemicycle.demo.schedule import PLACE, TUESDAY, in_progress, past

MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2034, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001  # hypothesis asks for bare bounds.
BALLOT = 62


@given(MOMENTS)
def test_the_open_ballot_is_minutes_old_and_nothing_lies_in_the_future(present: datetime) -> None:
    hours = in_progress(present, "09:00", BALLOT)
    ballot = hours.at(BALLOT)
    assert timedelta(minutes=4) <= present - ballot < timedelta(minutes=4, seconds=2)
    assert hours.at(0) < hours.at(2) < hours.at(BALLOT - 1) < ballot
    assert present - hours.at(0) <= timedelta(hours=6, minutes=1)


@given(MOMENTS)
def test_the_meeting_in_progress_holds_today(present: datetime) -> None:
    today = present.astimezone(PLACE).date()
    assert in_progress(present, "09:00", BALLOT).day in {today, today - timedelta(days=1)}


@pytest.mark.parametrize(("hour", "minute"), [(0, 10), (3, 0), (9, 0), (10, 14), (23, 59)])
def test_outside_the_morning_the_sitting_began_a_while_ago(hour: int, minute: int) -> None:
    present = datetime(2026, 5, 12, hour, minute, tzinfo=PLACE)
    assert timedelta(minutes=80) <= present - in_progress(present, "09:00", BALLOT).at(0) <= timedelta(minutes=85)


def test_in_the_morning_the_sitting_began_at_nine() -> None:
    present = datetime(2026, 5, 12, 11, 20, tzinfo=PLACE)
    assert in_progress(present, "09:00", BALLOT).at(0) == datetime(2026, 5, 12, 9, 0, tzinfo=PLACE)


@given(MOMENTS, st.integers(min_value=1, max_value=400))
def test_past_plenaries_were_held_on_tuesdays_long_enough_ago(present: datetime, days: int) -> None:
    hours = past(present, days, "09:30")
    ago = (present.astimezone(PLACE).date() - hours.day).days
    assert hours.day.weekday() == TUESDAY
    assert days <= ago < days + 7
    assert (hours.opens.hour, hours.opens.minute) == (9, 30)
