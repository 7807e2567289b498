"""A voting card proves one voter for one ballot, and nothing else."""

import hmac
from datetime import UTC, datetime, timedelta
from time import perf_counter

import pytest
from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st

from hemicycle.journal.act import Refused
from hemicycle.journal.clock import clock_at
from hemicycle.voting.card import Card, card_key, issue_card, keyed_digest, read_card, receipt

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@given(st.integers(0, 2**63 - 1), st.integers(0, 2**63 - 1))
def test_a_card_says_what_was_written_on_it(ballot: int, voter: int) -> None:
    assert read_card(issue_card(ballot, voter)) == Card(ballot, voter)


@given(st.text(st.characters(codec=None), max_size=300))
def test_what_is_no_card_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(Refused) as refused:
        read_card(text)
    assert refused.value.code == "card_not_ours"
    assert refused.value.status == 403


@given(st.data())
def test_a_card_with_any_letter_changed_is_refused(data: st.DataObject) -> None:
    card = issue_card(17, 4711)
    at = data.draw(st.integers(0, len(card) - 1))
    letter = data.draw(st.sampled_from("0123456789abcdefABCDEF._-é").filter(lambda new: new != card[at]))
    with pytest.raises(Refused):
        read_card(card[:at] + letter + card[at + 1 :])


def test_a_card_ends() -> None:
    with clock_at(NOON):
        card = issue_card(1, 2, lasts=60)
    with clock_at(NOON + timedelta(seconds=60)):
        assert read_card(card) == Card(1, 2)
    with clock_at(NOON + timedelta(seconds=61)), pytest.raises(Refused) as refused:
        read_card(card)
    assert refused.value.code == "card_ended"


def test_a_card_of_another_installation_is_refused() -> None:
    card = issue_card(1, 2)
    with override_settings(SECRET_KEY="another installation's secret"), pytest.raises(Refused):
        read_card(card)


def test_a_receipt_is_short_and_differs_with_the_vote() -> None:
    receipts = {receipt(Card(1, 2), choice, "r") for choice in ("for", "against", "abstain")}
    assert len(receipts) == 3
    assert all(len(code) == 8 and code.isalnum() for code in receipts)
    assert receipt(Card(1, 2), "for", "r") != receipt(Card(1, 3), "for", "r")


def test_reading_a_card_takes_microseconds() -> None:
    card = issue_card(1234, 567890)
    card_key.cache_clear()
    best = min(spell(card) for _ in range(5))
    assert best < 100e-6, f"{best * 1e6:.1f} µs a card"


def spell(card: str) -> float:
    """Return the seconds that one reading took, of a thousand."""
    start = perf_counter()
    for _ in range(1000):
        read_card(card)
    return (perf_counter() - start) / 1000


@given(st.text(min_size=1, max_size=80), st.binary(max_size=300))
def test_a_card_is_signed_by_an_hmac_as_the_library_makes_it(secret: str, said: bytes) -> None:
    assert keyed_digest(secret, said) == hmac.digest(card_key(secret), said, "sha256")
