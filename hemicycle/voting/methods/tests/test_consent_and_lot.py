"""Deciding without a count, counts by tellers, and lots that anyone can draw again."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hemicycle.voting.methods.consent import Hands, acclaimed, consent_agenda, consented, show_of_hands
from hemicycle.voting.methods.election import CannotCount, Election, Reservation
from hemicycle.voting.methods.lot import Lot, commitment, was_committed
from hemicycle.voting.methods.tests.making import calm, vote


def test_one_objection_is_enough() -> None:
    assert consented([])
    assert not consented(["Ann"])


def test_one_objection_takes_an_item_out_of_the_consent_agenda_and_the_rest_stands() -> None:
    items = ["Minutes", "Leave of absence", "Stationery"]
    assert consent_agenda(items, {}) == (items, [])
    assert consent_agenda(items, {"Stationery": ["Ann"], "Minutes": []}) == (items[:2], ["Stationery"])
    with pytest.raises(CannotCount, match="not on the consent agenda"):
        consent_agenda(items, {"Budget": ["Ann"]})


def test_acclamation_needs_no_rival_and_no_objection() -> None:
    assert acclaimed(vote("", seats=2, candidates=3, withdrawn=[1])) == (2, 3)
    assert acclaimed(vote("", seats=2, candidates=3)) == ()
    assert acclaimed(vote("", seats=2, candidates=2), ["Ann"]) == ()


def test_tellers_must_agree_on_a_part_of_the_hall_before_it_counts() -> None:
    left = [Hands("Ann", "left", 10, 4, 1), Hands("Ben", "left", 10, 4, 1)]
    right = [Hands("Ann", "right", 7, 8, 0), Hands("Ben", "right", 7, 7, 0)]
    assert show_of_hands(left + right[:1]) == ((17, 12, 1), [])
    assert show_of_hands(left + right) == ((10, 4, 1), ["right"])


@calm
@given(st.text(min_size=1, max_size=40), st.sets(st.integers(1, 99), min_size=1), st.integers(1, 20))
def test_a_lot_is_drawn_the_same_by_everyone(seed: str, tied: set[int], stage: int) -> None:
    drawn = Lot(seed).order(sorted(tied), "seat", stage)
    assert sorted(drawn) == sorted(tied)
    by_hand = {n: sha256(f"{seed}/{stage}/seat/{n}".encode()).hexdigest() for n in tied}
    assert list(drawn) == sorted(tied, key=lambda n: by_hand[n])


def test_a_lot_favours_nobody() -> None:
    first = [Lot(f"seed {number}").order((1, 2, 3), "seat", 1)[0] for number in range(3000)]
    assert all(900 < first.count(number) < 1100 for number in (1, 2, 3))


def test_a_seed_is_bound_by_what_was_published_before() -> None:
    published = commitment("correct horse")
    assert was_committed("correct horse", f" {published.upper()}\n")
    assert not was_committed("another horse", published)
    with pytest.raises(CannotCount, match="at least 1"):
        Lot("")


@pytest.mark.parametrize(
    ("parts", "sentence"),
    [
        ({"seats": 0}, "no seat to fill"),
        ({"withdrawn": frozenset({3})}, "withdrawn candidate is not on the list"),
        ({"papers": {(1, 1): 1}}, "names a candidate twice"),
        ({"papers": {(3,): 1}}, "not on the list"),
        ({"papers": {((1, 2), 1): 1}}, "names a candidate twice"),
        ({"papers": {(1,): -1}}, "less than no times"),
        ({"reservations": (Reservation(frozenset({9}), 1),)}, "reserved for a candidate who is not"),
        ({"reservations": (Reservation(frozenset({1}), 1), Reservation(frozenset({1, 2}), 1))}, "two reserved groups"),
    ],
)
def test_an_election_that_cannot_be_is_refused_by_a_sentence(parts: dict, sentence: str) -> None:
    with pytest.raises(CannotCount, match=sentence):
        Election(**{"candidates": ("Ann", "Ben"), "papers": {(1,): 1}, "seats": 1, **parts})


def test_a_reservation_of_less_than_nobody_is_refused() -> None:
    with pytest.raises(CannotCount, match="at most no fewer"):
        Reservation(frozenset({1}), 2, 1)
