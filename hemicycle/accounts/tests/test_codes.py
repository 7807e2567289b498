"""Codes that people type from paper."""

import pytest
from django.core import signing
from hypothesis import given
from hypothesis import strategies as st

from hemicycle.accounts.codes import as_typed, code_digest, invitation_of, link_token, new_code


def test_no_two_codes_are_alike() -> None:
    assert len({new_code() for _each in range(2000)}) == 2000


@pytest.mark.parametrize("typed", ["7k4qf2m9dxw3tb6", " 7K4QF – 2M9DX – W3TB6 ", "7K4QF2M9DX-W3TB6"])
def test_a_code_is_read_however_it_was_typed(typed: str) -> None:
    assert as_typed(typed) == "7K4QF-2M9DX-W3TB6"


def test_letters_that_are_misread_on_paper_do_not_matter() -> None:
    assert as_typed("oO1Il-uvUVu-00000") == "00111-VVVVV-00000"


def test_a_code_survives_being_printed_and_typed() -> None:
    for code in (new_code() for _each in range(200)):
        assert as_typed(code.lower().replace("-", " ")) == code


@given(st.text())
def test_any_text_is_read_as_something_short(text: str) -> None:
    assert len(as_typed(text)) <= 19
    assert len(code_digest(as_typed(text))) == 64


def test_a_mailed_link_names_its_invitation_and_cannot_be_forged() -> None:
    token = link_token(17)
    assert invitation_of(token) == 17
    assert invitation_of(token[:-1] + ("a" if token[-1] != "a" else "b")) is None
    assert invitation_of(signing.dumps(17, salt="something else")) is None
    assert invitation_of("") is None
