"""Due dates, and where a directive stands."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from hemicycle.decisions.rules import Standing, asks_for_delay, is_in_time, standing

DUE = date(2026, 6, 30)
DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))


@given(DAYS, DAYS, st.booleans(), st.booleans())
def test_a_directive_stands_in_exactly_one_state(due: date, today: date, received: bool, done: bool) -> None:
    found = standing(due=due, today=today, received=received, done=done)
    assert (found.state == "done") == done
    assert (found.state == "overdue") == (not done and today > due)
    assert found.days_over == (max((today - due).days, 0) if not done else 0)


def test_the_due_day_itself_is_in_time() -> None:
    assert standing(due=DUE, today=DUE, received=True, done=False) == Standing("to report")
    assert not asks_for_delay(DUE, DUE)
    assert standing(due=DUE, today=DUE + timedelta(1), received=True, done=False) == Standing("overdue", 1)
    assert asks_for_delay(DUE, DUE + timedelta(1))


def test_a_task_not_received_waits_to_be_received() -> None:
    assert standing(due=DUE, today=DUE, received=False, done=False) == Standing("to receive")


def test_a_task_is_due_after_its_decision() -> None:
    assert not is_in_time(DUE, DUE)
    assert is_in_time(DUE + timedelta(1), DUE)
