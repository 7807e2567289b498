"""A language model may propose; only what it quotes word for word is kept."""

from collections.abc import Iterator

import httpx
import pytest

from hemicycle.reader import flat, read
from hemicycle.reader.extractor import ADDRESS, KEY, MODEL, Endpoint, asked, extended, named_in
from hemicycle.reader.tests.fake_endpoint import FakeServer, fake_endpoint

ARTICLE = "The council of Ember met on 3 May 2021 at the Mill House. Old Marten poured the tea and kept the peace."
ANSWER = [
    {"field": "presided_by", "value": "Old Marten", "quote": "Old Marten poured the tea and kept the peace."},
    {"field": "meeting.place", "value": "Town Hall", "quote": "at the Town Hall"},
    {"field": "mood", "value": "good", "quote": "The council of Ember"},
]


@pytest.fixture
def server() -> Iterator[FakeServer]:
    """A local endpoint."""
    with fake_endpoint(ANSWER) as server:
        yield server


def endpoint(server: FakeServer) -> Endpoint:
    """The endpoint as an operator names it."""
    return Endpoint(server.address, "some-model", key="sesame-7", timeout=5)


def test_a_claim_that_quotes_the_page_is_kept_with_its_place(server: FakeServer) -> None:
    reading = extended(read(ARTICLE, name="ember.txt"), endpoint(server))
    claim = next(claim for claim in reading.claims if claim.rule == "extractor")
    assert reading.page.words(claim.span) == "Old Marten poured the tea and kept the peace."
    assert (claim.field, claim.value, claim.line) == ("presided_by", "Old Marten", 1)


def test_a_claim_that_quotes_nothing_is_dropped_and_counted(server: FakeServer) -> None:
    reading = extended(read(ARTICLE, name="ember.txt"), endpoint(server))
    assert not [claim for claim in reading.claims if claim.value in {"Town Hall", "good"}]
    assert "2 dropped" in reading.notes[-1]


def test_a_proposal_stays_below_the_floor_of_the_flat_shape(server: FakeServer) -> None:
    reading = extended(read(ARTICLE, name="ember.txt"), endpoint(server))
    assert flat(reading)["presided_by"] is None


def test_an_answer_of_another_form_adds_nothing(server: FakeServer) -> None:
    server.content = "I would rather chat."
    before = read(ARTICLE, name="ember.txt")
    assert extended(before, endpoint(server)).claims == before.claims


def test_an_endpoint_that_fails_says_so(server: FakeServer) -> None:
    server.status = 500
    with pytest.raises(httpx.HTTPStatusError):
        extended(read(ARTICLE, name="ember.txt"), endpoint(server))


@pytest.mark.parametrize("status", [301, 401, 500])
def test_what_fails_is_a_note_and_the_reading_stands(server: FakeServer, status: int) -> None:
    server.status = status
    before = read(ARTICLE, name="ember.txt")
    after, answered = asked(before, endpoint(server))
    assert not answered
    assert after.claims == before.claims
    assert f"status {status}" in after.notes[-1]
    assert "sesame-7" not in after.notes[-1]
    assert "127.0.0.1" not in after.notes[-1]


@pytest.mark.parametrize(
    ("address", "key"),
    [("http://127.0.0.1:1/v1", ""), ("http://[nowhere/v1", ""), ("http://127.0.0.1:1/v1", "geheim\nnis-ü")],
)
def test_who_cannot_be_asked_is_a_note_too(address: str, key: str) -> None:
    after, answered = asked(read(ARTICLE, name="ember.txt"), Endpoint(address, "some-model", key))
    assert not answered
    assert "gave no answer" in after.notes[-1]
    assert "geheim" not in after.notes[-1]


@pytest.mark.parametrize(
    "content", ['{"claims": 3}', '{"claims": [{"field": ["x"], "quote": "The council"}, 4]}', "[]"]
)
def test_claims_of_another_form_add_nothing(server: FakeServer, content: str) -> None:
    server.content = content
    before = read(ARTICLE, name="ember.txt")
    assert asked(before, endpoint(server))[0].claims == before.claims


def test_the_key_is_sent_and_shown_to_nobody(server: FakeServer) -> None:
    asked(read(ARTICLE, name="ember.txt"), endpoint(server))
    assert server.keys == ["Bearer sesame-7"]
    assert "sesame-7" not in repr(endpoint(server))


def test_the_environment_names_an_endpoint_or_none() -> None:
    assert named_in({KEY: "alone"}) is None
    assert named_in({ADDRESS: "https://a.example/v1", MODEL: "m", KEY: "k"}) == Endpoint(
        "https://a.example/v1", "m", "k"
    )
    for half in ({ADDRESS: "https://a.example/v1"}, {MODEL: "m"}, {ADDRESS: "a.example", MODEL: "m"}):
        with pytest.raises(ValueError, match=ADDRESS):
            named_in(half)
