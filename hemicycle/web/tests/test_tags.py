"""The tags that every room's templates use."""

import re
from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template

from hemicycle.journal.models import Entry

NINE = datetime(2026, 7, 1, 9, 0, tzinfo=UTC)


def drawn(template: str, **shown: object) -> str:
    return Template("{% load house %}" + template).render(Context(shown))


def test_a_moment_is_shown_by_the_clock_of_its_place_and_kept_whole_beside_it() -> None:
    shown = drawn('{% when moment "Europe/Berlin" %}', moment=NINE)
    assert shown == '<time datetime="2026-07-01T09:00:00+00:00">1 July 2026, 11:00</time>'
    assert drawn("{% when day %}", day=date(2026, 7, 1)) == '<time datetime="2026-07-01">1 July 2026</time>'
    assert drawn("{% when nothing %}", nothing=None) == ""


def entry(**told: object) -> Entry:
    return Entry(**({"recorded_at": NINE, "happened_as": "moment", "happened_from": NINE} | told))


def test_when_it_happened_is_told_only_where_that_is_another_time() -> None:
    show = '{% happened entry "Europe/Berlin" %}'
    assert drawn(show, entry=entry()) == ""
    assert "30 June 2026, 14:00" in drawn(show, entry=entry(happened_from=datetime(2026, 6, 30, 12, tzinfo=UTC)))
    whole = {"happened_as": "date", "happened_from": datetime(2019, 12, 27, 23, tzinfo=UTC)}
    day = drawn(show, entry=entry(**whole, happened_to=datetime(2019, 12, 28, 22, 59, tzinfo=UTC)))
    assert day == 'happened on <time datetime="2019-12-28">28 December 2019</time>'
    assert "from" in drawn(show, entry=entry(**whole, happened_to=datetime(2019, 12, 31, 22, 59, tzinfo=UTC)))
    assert "not stated" in drawn(show, entry=entry(happened_as="not stated", happened_from=None))


def test_every_form_has_a_token_of_its_own() -> None:
    assert drawn("{% once %}") != drawn("{% once %}")


def test_a_meter_says_in_words_what_it_draws_and_never_draws_beyond_its_whole() -> None:
    shown = drawn('{% meter "Votes" 7 9 5 %}')
    assert "7 of 9" in shown
    assert 'width="777"' in shown
    assert 'x1="555"' in shown
    assert 'width="1000"' in drawn('{% meter "Votes" 12 9 %}')
    assert 'width="0"' in drawn('{% meter "Votes" 0 0 %}')


def test_a_state_is_never_told_by_colour_alone() -> None:
    signs = {
        drawn(f'{{% badge "State" "{tone}" %}}').split("true")[1] for tone in ("now", "good", "warn", "bad", "plain")
    }
    assert len(signs) == 5


@pytest.mark.parametrize(
    ("first", "last", "read"),
    [
        (date(2026, 3, 2), date(2026, 3, 2), "2 March 2026"),
        (date(2026, 3, 2), None, "2 March 2026"),
        (date(2026, 3, 2), date(2026, 3, 5), "2–5 March 2026"),
        (date(2026, 3, 30), date(2026, 4, 2), "30 March – 2 April 2026"),
        (date(2026, 12, 30), date(2027, 1, 2), "30 December 2026 – 2 January 2027"),
    ],
)
def test_days_say_once_what_they_share(first: date, last: date | None, read: str) -> None:
    assert re.sub("<[^>]+>", "", drawn("{% days first last %}", first=first, last=last)) == read
