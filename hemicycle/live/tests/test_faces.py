"""Who has which face of a sitting, and what stands on it."""

import re
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from hemicycle.accounts.models import Account, Person
from hemicycle.demo.club import Club
from hemicycle.live.faces import Face
from hemicycle.live.fragments import render
from hemicycle.live.hall import hall_key
from hemicycle.live.stream_rights import Wish, standing_of
from hemicycle.meetings.acts import participant_went
from hemicycle.meetings.models import Meeting
from hemicycle.meetings.tests.test_floor_acts import rules
from hemicycle.voting import ballot_keys
from hemicycle.voting.acts import declare_result, open_ballot
from hemicycle.voting.models import Result
from hemicycle.voting.tests.test_ties import tied
from hemicycle.voting.tests.world import OPENING, Floor, at, cast, certified, counted, floor_of, participation_of
from hemicycle.web.context import installation_at

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def as_person(person: Person) -> Client:
    client = Client()
    client.force_login(Account.objects.get(person=person), backend=BACKEND)
    return client


def address(meeting: Meeting, name: str) -> str:
    return reverse(f"live:{name}", args=[meeting.body.slug, meeting.term.ordinal, meeting.ordinal])


def status(client: Client, meeting: Meeting, name: str, **query: str) -> int:
    with at(5):
        return client.get(address(meeting, name), query).status_code


@pytest.mark.parametrize("name", ["desk", "next", "desk_turnout"])
def test_only_the_desk_has_the_desk(club: Club, name: str) -> None:
    meeting = floor_of(club).meeting
    assert status(as_person(club.members[0]), meeting, name) in {200, 286}
    for person in (club.members[4], club.alternate, club.outsider):
        assert status(as_person(person), meeting, name) == 404


@pytest.mark.parametrize("name", ["floor", "mine", "screen"])
def test_who_takes_part_has_floor_and_screen(club: Club, name: str) -> None:
    meeting = floor_of(club).meeting
    assert status(as_person(club.members[4]), meeting, name) == 200
    assert status(as_person(club.alternate), meeting, name) == 200
    assert status(as_person(club.outsider), meeting, name) == 404


@pytest.mark.parametrize("name", ["desk", "floor", "screen"])
def test_a_stranger_is_asked_to_sign_in_whether_there_is_such_a_meeting_or_not(club: Club, name: str) -> None:
    meeting = floor_of(club).meeting
    assert status(Client(), meeting, name) == 302
    assert Client().get(address(meeting, name).replace("general-meeting", "no-such-body")).status_code == 302


def test_the_key_of_the_hall_opens_the_screen_of_its_meeting_and_nothing_else(club: Club) -> None:
    meeting = floor_of(club).meeting
    key = hall_key(meeting.pk)
    assert status(Client(), meeting, "screen", key=key) == 200
    assert status(Client(), meeting, "screen_turnout", key=key) == 286
    assert status(Client(), meeting, "screen", key=hall_key(meeting.pk + 1)) == 404
    assert status(Client(), meeting, "screen", key="guessed") == 404
    assert status(Client(), meeting, "desk_turnout", key=key) == 404
    assert status(Client(), meeting, "floor", key=key) == 302


def test_the_key_of_the_hall_lets_a_stream_follow_the_screen_alone(club: Club) -> None:
    meeting = floor_of(club, access="participants").meeting
    session = f"hall:{hall_key(meeting.pk)}"
    book = club.body.book_id
    assert standing_of(Wish(book, meeting.pk, Face.SCREEN, "en"), session)
    for face in (Face.DESK, Face.FLOOR, Face.PUBLIC):
        assert standing_of(Wish(book, meeting.pk, face, "en"), session) is None
    assert standing_of(Wish(book, meeting.pk, Face.SCREEN, "en"), "hall:guessed") is None
    assert standing_of(Wish(book, meeting.pk + 1, Face.SCREEN, "en"), session) is None


def test_the_key_of_the_hall_ends_with_the_meeting(club: Club) -> None:
    meeting = floor_of(club, access="participants").meeting
    key = hall_key(meeting.pk)
    Meeting.objects.filter(pk=meeting.pk).update(closed=OPENING)
    assert status(Client(), meeting, "screen", key=key) == 404
    assert standing_of(Wish(club.body.book_id, meeting.pk, Face.SCREEN, "en"), f"hall:{key}") is None


def fragment(floor: Floor, face: Face, minutes: int = 15) -> str:
    with at(minutes):
        return render(floor.meeting.pk, face, "en")


@pytest.mark.parametrize("face", list(Face))
def test_no_face_tells_how_the_votes_fall_while_the_box_is_open(club: Club, face: Face) -> None:
    floor = floor_of(club)
    with at(10):
        ballot = open_ballot(by=club.chair, motion_id=floor.motion.pk)
        empty = render(floor.meeting.pk, face, "en")
        cast(ballot, "for", "for", "against")
        assert render(floor.meeting.pk, face, "en").replace("3 of 7", "0 of 7").replace("428", "0") == empty
    assert "Voting" in empty or face == Face.DESK


@pytest.mark.parametrize("face", [Face.FLOOR, Face.SCREEN, Face.PUBLIC])
def test_every_face_says_that_a_vote_is_for_practice(club: Club, face: Face) -> None:
    floor = floor_of(club)
    with at(10):
        open_ballot(by=club.chair, motion_id=floor.motion.pk, practice=True)
        assert "nothing is decided" in render(floor.meeting.pk, face, "en")


@pytest.mark.parametrize("face", [Face.FLOOR, Face.SCREEN, Face.PUBLIC])
def test_every_face_calls_a_secret_vote_one_and_the_desk_closes_it(
    club: Club, face: Face, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ballot_keys, "folder", lambda: tmp_path / "ballots")
    floor = floor_of(club)
    with at(10):
        open_ballot(by=club.chair, motion_id=floor.motion.pk, method="secret vote")
        told = render(floor.meeting.pk, face, "en")
        desk = as_person(club.members[0]).get(address(floor.meeting, "desk")).content.decode()
    assert "ecret vote" in told
    assert "hands" not in told
    assert "Close the vote" in desk
    assert "0 of 7" in desk


@pytest.mark.parametrize("face", [Face.FLOOR, Face.SCREEN, Face.PUBLIC])
def test_a_result_is_shown_once_the_chair_has_declared_it(club: Club, face: Face) -> None:
    floor = floor_of(club)
    counted(floor, "for", "for", "for", "for", "against")
    assert "5 valid votes" not in fragment(floor, face)
    with at(13):
        declare_result(by=club.chair, result_id=Result.objects.get().pk)
    told = fragment(floor, face)
    assert "Carried" in told
    assert "4 for, 1 against, 0 abstained" in told


@pytest.mark.parametrize("face", [Face.FLOOR, Face.SCREEN, Face.PUBLIC])
def test_a_tie_that_waits_for_what_the_rules_say_is_not_called_lost(club: Club, face: Face) -> None:
    rules(club, ties="again")
    floor = floor_of(club)
    _ballot, result = tied(floor)
    with at(13):
        declare_result(by=club.chair, result_id=result.pk)
    told = fragment(floor, face)
    assert "A tie" in told
    assert "Not carried" not in told


def test_the_screen_draws_the_seats_of_a_declared_result(club: Club) -> None:
    floor = floor_of(club)
    certified(floor, "for", "for", "for", "for", "against", "abstain", "")
    told = fragment(floor, Face.SCREEN)
    drawing = re.search(r'<svg viewBox="[-0-9. ]*" role="img">.*?</svg>', told, re.DOTALL)
    assert drawing
    paths = re.findall(r'seats--(for|against|abstain|none)"[^>]* d="([^"]*)"', drawing[0])
    assert {kind: path.count("h0") for kind, path in paths} == {"for": 4, "against": 1, "abstain": 1, "none": 1}
    assert re.search(r"<desc>for: 4, against: 1, abstained: 1, did not vote: 1</desc>", told)


def test_a_closed_item_leaves_no_trace_on_the_public_face(club: Club) -> None:
    floor = floor_of(club, item_access="body")
    with at(10):
        open_ballot(by=club.chair, motion_id=floor.motion.pk)
    told = fragment(floor, Face.PUBLIC)
    for word in ("harbour hall", "Repair", "Voting", "Item 1"):
        assert word not in told
    assert "harbour hall" in fragment(floor, Face.DESK).lower()


def test_the_public_page_of_a_meeting_shows_what_is_now_and_follows(club: Club) -> None:
    meeting = floor_of(club).meeting
    with at(5):
        text = Client().get(address(meeting, "screen").removesuffix("screen/")).content.decode()
    assert "Ann Adler presides" in text
    assert f'sse-connect="/live/{club.body.book_id}/?meeting={meeting.pk}&amp;face=public' in text


def test_a_member_checks_in_by_one_button_and_then_finds_the_vote(club: Club) -> None:
    floor = floor_of(club)
    client, own = as_person(club.members[5]), participation_of(floor, 5)
    with at(6):
        participant_went(by=club.chair, participation_id=own.pk)
        assert "I am here" in client.get(address(floor.meeting, "floor")).content.decode()
    with at(7):
        page = address(floor.meeting, "floor")
        answer = client.post(reverse("meetings:came", args=[own.pk]), {"once": "here", "next": page})
        assert answer.headers["Location"] == page
        open_ballot(by=club.chair, motion_id=floor.motion.pk)
        text = client.get(address(floor.meeting, "mine")).content.decode()
    assert re.findall(r'name="choice" value="(\w+)"', text) == ["for", "against", "abstain"]


def test_an_alternate_without_a_seat_finds_no_vote(club: Club) -> None:
    floor = floor_of(club)
    with at(7):
        open_ballot(by=club.chair, motion_id=floor.motion.pk)
        text = as_person(club.alternate).get(address(floor.meeting, "mine")).content.decode()
    assert 'name="card"' not in text


@pytest.mark.parametrize(("name", "most"), [("floor", 24), ("mine", 11), ("desk", 27), ("screen", 16)])
def test_a_face_is_read_once_for_each_state_of_the_book_and_then_costs_a_dozen_queries(
    club: Club, django_assert_max_num_queries: DjangoAssertNumQueries, name: str, most: int
) -> None:
    floor = floor_of(club)
    client = as_person(club.members[0])
    with at(7):
        open_ballot(by=club.chair, motion_id=floor.motion.pk)
        installation_at.cache_clear()
        with django_assert_max_num_queries(most):
            client.get(address(floor.meeting, name))
        with django_assert_max_num_queries(12):
            client.get(address(floor.meeting, name))
