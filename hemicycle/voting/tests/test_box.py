"""What goes into the box, what does not, and what a voter is told."""

import asyncio
import json
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import OperationalError, connection, connections

from hemicycle.demo.club import Club
from hemicycle.voting import box as room
from hemicycle.voting import box_commit
from hemicycle.voting.acts import close_ballot, open_ballot
from hemicycle.voting.box_commit import Box, Committer, Full, Outcome, Slip, commit, write
from hemicycle.voting.card import issue_card
from hemicycle.voting.models import Ballot, Option, Vote
from hemicycle.voting.tests.world import at, counted, floor_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def ballot(club: Club) -> Ballot:
    floor = floor_of(club)
    with at(10):
        return open_ballot(by=club.chair, motion_id=floor.motion.pk)


def slip(ballot: Ballot, number: int = 1, choice: str = "for", request: str = "r1") -> Slip:
    return Slip(ballot.pk, ballot.entitled.get(number=number).pk, choice, request)


def codes(*slips: Slip) -> list[str]:
    return [outcome.code for outcome in commit(list(slips))]


def in_box(ballot: Ballot) -> list[tuple[int, str, str]]:
    rows = ballot.votes.order_by("voter__number").values_list("voter__number", "choice", "request")
    return [(number, choice, request) for number, choice, request in rows]


def final(ballot: Ballot) -> Ballot:
    Ballot.objects.filter(pk=ballot.pk).update(vote_may_change=False)
    return ballot


def changeable(ballot: Ballot) -> Ballot:
    Ballot.objects.filter(pk=ballot.pk).update(vote_may_change=True)
    return ballot


def test_votes_that_come_together_are_put_in_together(ballot: Ballot) -> None:
    with at(11):
        assert codes(slip(ballot, 3, "against"), slip(ballot, 1), slip(ballot, 2, "abstain")) == ["counted"] * 3
    assert in_box(ballot) == [(1, "for", "r1"), (2, "abstain", "r1"), (3, "against", "r1")]


def test_the_same_request_twice_counts_once(ballot: Ballot) -> None:
    assert codes(slip(ballot), slip(ballot)) == ["counted"] * 2
    assert codes(slip(ballot)) == ["counted"]
    assert in_box(ballot) == [(1, "for", "r1")]


def test_a_second_vote_is_refused_where_votes_do_not_change(ballot: Ballot) -> None:
    first = slip(final(ballot))
    assert commit([first]) == [Outcome("counted", first)]
    assert commit([slip(ballot, choice="against", request="r2")]) == [Outcome("already_voted", first)]
    assert codes(slip(ballot, 2), slip(ballot, 2, "against", "r2")) == ["counted", "already_voted"]
    assert in_box(ballot) == [(1, "for", "r1"), (2, "for", "r1")]


def test_a_second_vote_takes_the_place_of_the_first_where_votes_may_change(ballot: Ballot) -> None:
    assert codes(slip(changeable(ballot)), slip(ballot, choice="against", request="r2")) == ["counted"] * 2
    assert codes(slip(ballot, choice="abstain", request="r3")) == ["counted"]
    assert in_box(ballot) == [(1, "abstain", "r3")]


def test_a_closed_ballot_takes_no_vote(club: Club) -> None:
    closed = counted(floor_of(club), "for", "for")
    assert codes(slip(closed, 3)) == ["ballot_closed"]
    assert commit([slip(closed, 1)])[0].code == "counted"
    assert len(in_box(closed)) == 2


def test_only_who_is_on_the_list_of_this_ballot_votes(ballot: Ballot) -> None:
    stranger = Slip(ballot.pk, 10**9, "for", "r1")
    elsewhere = Slip(10**9, slip(ballot).voter, "for", "r1")
    assert codes(stranger, elsewhere) == ["not_entitled", "no_ballot"]
    assert in_box(ballot) == []


def test_a_vote_that_another_process_put_in_meanwhile_stays(ballot: Ballot) -> None:
    ours, theirs = slip(final(ballot), request="ours"), slip(ballot, request="theirs", choice="against")
    commit([theirs])
    with connection.cursor() as cursor:
        assert write(cursor, [ours], {ballot.pk: Box(is_open=True, may_change=False)}) == {ours.voter}
    assert in_box(ballot) == [(1, "against", "theirs")]


def post(address: str, fields: dict[str, str] | bytes, **headers: str) -> tuple[int, dict[str, str], str]:
    """Send one request to the room and return status, headers and body."""
    sent: list[Any] = []
    body = fields if isinstance(fields, bytes) else urlencode(fields).encode()
    given = {"content_type": "application/x-www-form-urlencoded", "content_length": str(len(body)), **headers}
    scope = {
        "type": "http",
        "method": "POST",
        "path": address,
        "headers": [(name.replace("_", "-").encode(), value.encode()) for name, value in given.items()],
    }

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    asyncio.run(room.box(scope, receive, send))
    if not sent:
        return 0, {}, ""
    return (
        sent[0]["status"],
        {name.decode(): value.decode() for name, value in sent[0]["headers"]},
        sent[1]["body"].decode(),
    )


@pytest.fixture
def cast(ballot: Ballot, monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[int, dict[str, str], str]]:
    """Vote as the first on the list; the box commits on the test's own connection, so that it sees its rows."""
    ours = connections["default"]
    ours.inc_thread_sharing()

    class Here(Committer):
        async def put(self, slip: Slip) -> Outcome:
            return await asyncio.to_thread(self.commit, slip)

        def commit(self, slip: Slip) -> Outcome:
            connections["default"] = ours
            return commit([slip])[0]

    monkeypatch.setattr(room, "committer", Here())
    voter = ballot.entitled.get(number=1).pk

    def vote(headers: dict[str, str] | None = None, **fields: str) -> tuple[int, dict[str, str], str]:
        with at(11):
            given = {"card": issue_card(ballot.pk, voter), "choice": "for", "request": "r1", **fields}
            return post(f"/box/{ballot.pk}/", given, **(headers or {}))

    return vote


def test_htmx_gets_a_fragment_with_the_receipt(cast: Any) -> None:
    status, headers, body = cast({"hx_request": "true"})
    assert (status, headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert "Your vote is in the box: for." in body
    assert cast({"hx_request": "true"})[2] == body
    assert headers["cache-control"] == "no-store"


def test_a_program_gets_json(cast: Any) -> None:
    status, _headers, body = cast({"accept": "application/json"})
    said = json.loads(body)
    assert (status, said["outcome"], said["choice"], len(said["receipt"])) == (200, "counted", "for", 8)


def test_json_is_taken_as_well_as_a_form(ballot: Ballot, cast: Any) -> None:
    voter = ballot.entitled.get(number=2).pk
    with at(11):
        vote = {"card": issue_card(ballot.pk, voter), "choice": "abstain", "request": "r"}
    status, headers, _body = post(f"/box/{ballot.pk}/", json.dumps(vote).encode(), content_type="application/json")
    assert (status, headers["content-type"], in_box(ballot)) == (200, "application/json", [(2, "abstain", "r")])


def test_a_form_without_javascript_goes_back_to_its_page_without_telling_the_vote(cast: Any) -> None:
    status, headers, _body = cast(next="/en/bodies/a/?b=1&vote=old")
    assert (status, headers["location"]) == (303, "/en/bodies/a/?b=1&vote=counted")


@pytest.mark.parametrize("away", ["https://evil.example/", "//evil.example/", "/\\evil.example", "/a\r\nX: y", "a"])
def test_nobody_is_sent_to_another_site(cast: Any, away: str) -> None:
    status, headers, body = cast(next=away)
    assert status == 200
    assert "location" not in headers
    assert "Your vote is in the box" in body


@pytest.mark.parametrize(
    ("fields", "status", "sentence"),
    [
        ({"choice": "perhaps"}, 422, "none of the choices"),
        ({"choice": ""}, 422, "none of the choices"),
        ({"request": ""}, 422, "arrived damaged"),
        ({"request": "x" * 65}, 422, "arrived damaged"),
        ({"card": "1.2.3.forged"}, 403, "not valid here"),
        ({"card": ""}, 403, "not valid here"),
    ],
)
def test_every_refusal_is_a_sentence_and_no_vote(
    ballot: Ballot, cast: Any, fields: dict[str, str], status: int, sentence: str
) -> None:
    found, _headers, body = cast({"hx_request": "true"}, **fields)
    assert found == status
    assert "No vote was taken." in body
    assert sentence in body
    assert in_box(ballot) == []


def test_a_card_opens_no_other_ballot_and_ends(ballot: Ballot, cast: Any) -> None:
    with at(0):
        other, old = issue_card(ballot.pk + 1, 1), issue_card(ballot.pk, 1, lasts=60)
    assert cast(card=other)[0] == 403
    assert "has ended" in cast(card=old)[2]
    assert in_box(ballot) == []


def test_a_vote_after_closing_is_told_so(club: Club, ballot: Ballot, cast: Any) -> None:
    with at(11):
        close_ballot(by=club.chair, ballot_id=ballot.pk)
    status, _headers, body = cast()
    assert status == 409
    assert "came after it was closed and was not counted" in body
    assert Vote.objects.count() == 0


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"\xff\xfe", "application/x-www-form-urlencoded", 400),
        (b"[1]", "application/json", 403),
        (b"{", "application/json", 400),
        (b"card=1", "text/plain", 400),
        (b"x" * 9000, "application/x-www-form-urlencoded", 413),
    ],
)
def test_what_is_no_vote_is_refused(ballot: Ballot, body: bytes, kind: str, status: int) -> None:
    assert post(f"/box/{ballot.pk}/", body, content_type=kind)[0] == status


def test_a_vote_that_was_cut_off_is_not_answered(ballot: Ballot, cast: Any) -> None:
    assert post(f"/box/{ballot.pk}/", b"card=", content_length="400")[0] == 0


def test_a_full_box_says_try_again(ballot: Ballot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "committer", Committer(most=0))
    with at(11):
        card = issue_card(ballot.pk, 1)
        status, headers, body = post(f"/box/{ballot.pk}/", {"card": card, "choice": "for", "request": "r"})
    assert (status, headers["retry-after"]) == (503, "2")
    assert "never counted twice" in body
    with pytest.raises(Full):
        asyncio.run(Committer(most=0).put(slip(ballot)))


def test_a_database_that_fails_loses_no_vote_in_silence(
    ballot: Ballot, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    tried: list[int] = []

    def fail(slips: list[Slip]) -> list[Outcome]:
        tried.append(len(slips))
        raise OperationalError("database is locked")

    monkeypatch.setattr(box_commit, "commit", fail)
    monkeypatch.setattr("django.db.connection.close", lambda: None)
    assert box_commit.commit_or_tell([slip(ballot), slip(ballot, 2)]) == [Outcome("box_away")] * 2
    assert tried
    assert "for" not in caplog.text.split()


def test_every_outcome_has_a_sentence_and_a_fragment() -> None:
    for code in room.STATUS:
        choice = "for" if code in {"counted", "already_voted"} else ""
        assert room.fragment(code, choice, "en").strip().startswith("<div")


NAMES = ("Ada", "Ben", "Cora", "Dan")


def election(ballot: Ballot, form: str, most: int = 0) -> Ballot:
    """Make the ballot one on four names."""
    Option.objects.bulk_create(Option(ballot=ballot, number=n, name=name) for n, name in enumerate(NAMES, 1))
    Ballot.objects.filter(pk=ballot.pk).update(form=form, most=most, seats=2, vote_may_change=True)
    return Ballot.objects.get(pk=ballot.pk)


@pytest.mark.parametrize(
    ("form", "most", "sent", "kept"),
    [
        ("ranking", 0, "2>4>1", "2>4>1"),
        ("marks", 2, "4+1", "1+4"),
        ("yes_no", 0, "3a 1y 2n", "1y 2n 3a"),
        ("list", 0, "3", "3"),
        ("marks", 2, "", ""),
    ],
)
def test_a_paper_of_an_election_is_kept_in_one_way_of_writing(
    ballot: Ballot, form: str, most: int, sent: str, kept: str
) -> None:
    paper = slip(election(ballot, form, most), choice=sent)
    assert codes(paper) == ["counted"]
    assert in_box(ballot) == [(1, kept, "r1")]


@pytest.mark.parametrize(
    ("form", "most", "sent", "code"),
    [
        ("ranking", 0, "5", "unknown_option"),
        ("ranking", 0, "1>2>1", "named_twice"),
        ("ranking", 2, "1>2>3", "too_many"),
        ("marks", 2, "1+2+3", "too_many"),
        ("marks", 2, "1+1", "named_twice"),
        ("marks", 2, "for", "not_a_paper"),
        ("yes_no", 1, "1y 2y", "too_many"),
        ("yes_no", 0, "1y 1n", "named_twice"),
        ("yes_no", 0, "1z", "not_a_paper"),
        ("list", 0, "2+3", "not_a_paper"),
        ("list", 0, "9", "unknown_option"),
    ],
)
def test_a_paper_that_cannot_be_counted_is_not_taken(
    ballot: Ballot, form: str, most: int, sent: str, code: str
) -> None:
    assert codes(slip(election(ballot, form, most), choice=sent)) == [code]
    assert in_box(ballot) == []


def test_a_paper_that_cannot_be_counted_is_told_as_late_once_the_ballot_is_closed(club: Club, ballot: Ballot) -> None:
    election(ballot, "ranking")
    Ballot.objects.filter(pk=ballot.pk).update(closed=ballot.opened)
    assert codes(slip(ballot, choice="9")) == ["ballot_closed"]


def send(ballot: Ballot, fields: dict[str, str], **headers: str) -> tuple[int, dict[str, str], str]:
    """Send the form of the first voter on the list."""
    with at(11):
        card = issue_card(ballot.pk, ballot.entitled.get(number=1).pk)
        return post(f"/box/{ballot.pk}/", {"card": card, "request": "form", "papers": "1"} | fields, **headers)


@pytest.mark.usefixtures("cast")
def test_a_voter_reads_what_the_paper_in_the_box_says(ballot: Ballot) -> None:
    election(ballot, "ranking")
    status, _headers, said = send(ballot, {"rank-2": "1", "rank-4": "2", "rank-1": ""}, hx_request="true")
    assert status == 200
    assert "1. Ben, 2. Dan" in said
    status, _headers, said = send(ballot, {"request": "two", "blank": "1"}, accept="application/json")
    assert (status, json.loads(said)["choice"]) == (200, "")
    assert "a blank paper" in json.loads(said)["sentence"]
    assert json.loads(said)["receipt"]
    assert in_box(ballot) == [(1, "", "two")]


@pytest.mark.usefixtures("cast")
@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"rank-1": "1", "rank-2": "1"}, "same_rank"),
        ({"rank-1": "1", "rank-2": "3"}, "rank_missing"),
        ({"rank-1": "", "rank-2": ""}, "nothing_said"),
        ({"rank-1": "first"}, "not_a_paper"),
        ({"rank-9": "1"}, "unknown_option"),
    ],
)
def test_fields_that_make_no_paper_are_told_in_a_sentence(ballot: Ballot, fields: dict[str, str], code: str) -> None:
    election(ballot, "ranking")
    status, _headers, said = send(ballot, fields, accept="application/json")
    assert (status, json.loads(said)["outcome"]) == (422, code)
    assert in_box(ballot) == []
