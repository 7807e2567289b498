"""When it happened is stated as a day or a time at the body's place, never ahead of the clock."""

from datetime import UTC, datetime, timedelta

import pytest
from django import forms

from hemicycle.journal.act import Happened
from hemicycle.journal.clock import clock_at
from hemicycle.journal.forms import HappenedForm


class ItemForm(HappenedForm):
    title = forms.CharField()


def stated(**typed: str) -> HappenedForm:
    return HappenedForm(typed, zone="Europe/Berlin")


def test_nothing_stated_means_now(monday: datetime) -> None:
    form = stated()
    assert form.is_valid()
    assert form.stated is None


def test_a_time_is_read_at_the_bodys_place(monday: datetime) -> None:
    form = stated(happened="2026-03-02", happened_time="09:30", happened_reason="kept on paper")
    assert form.is_valid()
    assert form.stated is not None
    assert form.stated.start == datetime(2026, 3, 2, 8, 30, tzinfo=UTC)


def test_a_day_runs_from_its_first_moment_to_its_last(monday: datetime) -> None:
    form = stated(happened="2026-02-20", happened_reason="kept on paper")
    assert form.is_valid()
    start, end = datetime(2026, 2, 19, 23, tzinfo=UTC), datetime(2026, 2, 20, 22, 59, 59, 999999, tzinfo=UTC)
    assert form.stated == Happened("date", start, end, "kept on paper")


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"happened": "2026-03-03"}, "happened"),
        ({"happened": "2026-03-02", "happened_time": "10:01"}, "happened"),
        ({"happened": "yesterday"}, "happened"),
        ({"happened_time": "09:00"}, "happened"),
        ({"happened_reason": "kept on paper"}, "happened"),
        ({"happened": "2026-03-01", "happened_time": "20:00"}, "happened_reason"),
        ({"happened": "2026-03-02", "happened_time": "09:50"}, "happened_reason"),
        ({"happened": "2026-02-20"}, "happened_reason"),
        ({"happened": "2026-03-02", "happened_time": "half past"}, "happened_time"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(monday: datetime, typed: dict[str, str], field: str) -> None:
    form = stated(**typed)
    assert not form.is_valid()
    assert list(form.errors) == [field]


def test_what_is_entered_while_it_happens_needs_no_reason(monday: datetime) -> None:
    there = monday - timedelta(minutes=5) + timedelta(hours=1)
    form = stated(happened=f"{there:%Y-%m-%d}", happened_time=f"{there:%H:%M}")
    assert form.is_valid()


def test_an_hour_that_the_clocks_skipped_is_refused() -> None:
    with clock_at(datetime(2026, 4, 1, 9, tzinfo=UTC)):
        form = stated(happened="2026-03-29", happened_time="02:30", happened_reason="kept on paper")
        assert list(form.errors) == ["happened_time"]


def test_the_acts_own_fields_come_first() -> None:
    form = ItemForm({}, zone="Europe/Berlin")
    assert [field.name for field in form] == ["title", "happened", "happened_time", "happened_reason"]
    assert [field.name for field in form.own] == ["title"]
    assert [field.name for field in form.about_when] == ["happened", "happened_time", "happened_reason"]
