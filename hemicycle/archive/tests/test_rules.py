"""By what a meeting is known, when two reports are of one, and how a page is cut into its passages."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hemicycle.archive.fields import told
from hemicycle.archive.models import ArchivedMeeting
from hemicycle.archive.rules import (
    Identity,
    Place,
    blocks_in,
    disagreements,
    identity_of,
    parted,
    repaired,
    same_meeting,
    sort_of,
)

THIRD = Identity(kind="plenary", term=2, number=3, starts=date(2019, 3, 3), ends=date(2019, 3, 4), year=2019)


def test_the_first_of_each_fact_counts_and_what_is_no_number_or_day_counts_as_none() -> None:
    stated = [("meeting.start", "2019-03-03"), ("meeting.start", "2020-01-01"), ("meeting.term_ordinal", "second")]
    known = identity_of([*stated, ("meeting.meeting_ordinal", 3), ("meeting.end", "soon"), ("meeting.enlarged", True)])
    assert known == Identity(number=3, starts=date(2019, 3, 3), enlarged=True, year=2019)


def test_an_undated_meeting_has_the_year_that_its_month_tells() -> None:
    known = identity_of([("meeting.weekday", "Wednesday"), ("meeting.month", "December 2023")])
    assert (known.starts, known.told_day, known.year) == (None, "Wednesday, December 2023", 2023)


def test_an_end_before_the_beginning_is_no_end() -> None:
    assert identity_of([("meeting.start", "2019-03-03"), ("meeting.end", "2019-03-01")]).ends is None
    only = identity_of([("meeting.end", "2019-03-01")])
    assert (only.starts, only.ends) == (date(2019, 3, 1), date(2019, 3, 1))


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (Identity(kind="plenary", term=2, number=3), True),
        (Identity(kind="", term=None, number=3, year=2019), True),
        (Identity(kind="plenary", term=3, number=3, year=2019), False),
        (Identity(kind="plenary", term=None, number=3, year=2015), False),
        (Identity(kind="congress", term=2, number=3), False),
        (Identity(kind="plenary", term=2, number=4, starts=date(2019, 3, 3)), False),
        (Identity(starts=date(2019, 3, 4)), True),
        (Identity(starts=date(2019, 3, 5)), False),
        (Identity(), False),
    ],
)
def test_reports_are_of_one_meeting_by_number_and_term_or_by_their_days(other: Identity, same: bool) -> None:
    assert same_meeting(THIRD, other) is same
    assert same_meeting(other, THIRD) is same


def test_sources_disagree_where_their_single_facts_differ_as_a_whole() -> None:
    values = {
        "presided_by": [(1, "Ann"), (1, "Ben"), (2, "ben"), (2, "ann ")],
        "meeting.place": [(1, "Hall"), (2, "Yard")],
        "agenda": [(1, "Boats"), (2, "Fees")],
    }
    assert disagreements(values, ("presided_by", "meeting.place", "meeting.start")) == {"meeting.place"}


SPANS = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)).map(lambda pair: (min(pair), max(pair))), max_size=8)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # A busy machine takes its time.
@given(SPANS)
def test_the_pieces_of_a_page_are_the_page(spans: list[tuple[int, int]]) -> None:
    places = [Place(start, end, (key,)) for key, (start, end) in enumerate(spans)]
    pieces = parted(10, 50, places)
    assert [first for first, _last, _keys in pieces] == [10, *(last for _first, last, _keys in pieces[:-1])]
    assert pieces[-1][1] == 50
    for first, last, keys in pieces:
        for at in range(first, last):
            assert set(keys) == {key for key, (start, end) in enumerate(spans) if start <= at < end}


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # A busy machine takes its time.
@given(SPANS)
def test_blocks_and_what_lies_between_cover_the_page_once(spans: list[tuple[int, int]]) -> None:
    blocks = blocks_in(50, [(start, end, "article") for start, end in spans])
    assert "".join("x" * (end - start) for start, end, _label in blocks) == "x" * 50
    assert [start for start, _end, _label in blocks] == [0, *(end for _start, end, _label in blocks[:-1])]


def test_a_passage_is_what_is_rarest_in_it_and_furniture_stays_furniture() -> None:
    assert sort_of("article", {"tasks", "criticised"}) == "criticism"
    assert sort_of("article", {"agenda"}) == "passage"
    assert sort_of("teaser", {"tasks"}) == "teaser"


def test_repairs_inside_a_passage_are_made_and_others_left() -> None:
    assert repaired("Kim II Sung", 100, [(104, 106, "Il"), (90, 101, "no"), (110, 120, "no")]) == "Kim Il Sung"


def test_a_meeting_is_called_by_its_kind_and_its_day_in_words() -> None:
    regular = ArchivedMeeting(kind="regular", starts=date(2019, 3, 3))
    assert str(regular) == "Regular meeting of 3 March 2019"
    assert str(ArchivedMeeting(kind="plenary", meeting_ordinal=3)) == "Plenary 3"


def test_first_words_say_that_they_go_on() -> None:
    task = {"sector": "transport", "text_start": "The ferries are to sail again before winter"}
    assert told("tasks", task) == "transport – The ferries are to sail again before winter …"
    assert told("tasks", {"sector": "transport", "text_start": "Mend the ferries."}) == "transport – Mend the ferries."
