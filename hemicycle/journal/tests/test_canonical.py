"""Canonical JSON is RFC 8785, and what it cannot hold is refused."""

import hashlib
import json
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from hemicycle.journal.canonical import GREATEST, NotCanonical, canonical, check, day, digest, timestamp

TEXT = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]))
WHOLE = st.integers(-GREATEST, GREATEST)
FACTS = st.recursive(
    st.none() | st.booleans() | WHOLE | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=5),
    max_leaves=20,
)


@given(FACTS)
def test_every_fact_is_written_as_rfc_8785_says(value: object) -> None:
    assert canonical(value) == rfc8785.dumps(value)


@given(FACTS)
def test_what_was_written_reads_back_and_writes_the_same_again(value: object) -> None:
    written = canonical(value)
    assert json.loads(written) == value
    assert canonical(json.loads(written)) == written


def test_keys_stand_in_the_order_of_utf_16() -> None:
    beyond, private = "\U0001f600", "\ufb33"
    assert canonical({private: 1, beyond: 2, "a": 3}).decode() == f'{{"a":3,"{beyond}":2,"{private}":1}}'


@given(st.floats())
def test_a_float_is_refused(value: float) -> None:
    with pytest.raises(NotCanonical):
        check({"share": [value]})


@pytest.mark.parametrize("text", ["\0", "a\0b", "\ud800", "x\udfff", "\udc00\ud800"])
def test_nul_and_half_a_character_pair_are_refused(text: str) -> None:
    for value in (text, [text], {"name": text}, {text: 1}):
        with pytest.raises(NotCanonical):
            canonical(value)


@given(st.integers(min_value=GREATEST + 1) | st.integers(max_value=-GREATEST - 1))
def test_a_number_that_other_languages_would_round_is_refused(value: int) -> None:
    with pytest.raises(NotCanonical):
        check(value)


@pytest.mark.parametrize("value", [{1: 2}, {"a", "b"}, b"bytes", datetime(2026, 3, 2, tzinfo=UTC), object(), 1j])
def test_what_json_does_not_know_is_refused(value: object) -> None:
    with pytest.raises(NotCanonical):
        check(value)


def test_a_digest_is_over_salt_and_canonical_value() -> None:
    assert digest({"b": 1, "a": None}, "00ff") == hashlib.sha256(b'\x00\xff{"a":null,"b":1}').hexdigest()


def test_moments_are_told_in_utc_with_microseconds() -> None:
    assert (
        timestamp(datetime(2019, 12, 28, 10, 0, tzinfo=timezone(timedelta(hours=9)))) == "2019-12-28T01:00:00.000000Z"
    )
    assert timestamp(datetime(604, 3, 2, tzinfo=UTC)) == "0604-03-02T00:00:00.000000Z"
    assert day(date(2019, 12, 28)) == "2019-12-28"
