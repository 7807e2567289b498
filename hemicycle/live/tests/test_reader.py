"""The reader makes each group's present state once, and tells what new entries mean for whom."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hemicycle.accounts.access import Access
from hemicycle.accounts.models import Account
from hemicycle.demo.club import Club
from hemicycle.live import stream_reader
from hemicycle.live.faces import Face
from hemicycle.live.stream_reader import Reader
from hemicycle.live.stream_rights import STRANGER, Wish, standing_of
from hemicycle.live.stream_rings import Ring, Step
from hemicycle.live.stream_rolls import Turn
from hemicycle.meetings.acts import call_quorum, settle_item
from hemicycle.meetings.models import Meeting
from hemicycle.meetings.tests.test_floor_acts import rules
from hemicycle.voting.acts import close_ballot, open_ballot, repeat_ballot
from hemicycle.voting.box_commit import Slip, commit
from hemicycle.voting.calling import go_on_from
from hemicycle.voting.models import Ballot, Method
from hemicycle.voting.tests.world import Floor, at, cast, counted, floor_of

pytestmark = pytest.mark.django_db
News = list[tuple[Ring, Step, str | None]]
Turns = list[tuple[Ring, Turn]]


@pytest.fixture
def floor(club: Club) -> Floor:
    return floor_of(club)


@pytest.fixture
def news() -> News:
    return []


@pytest.fixture
def turns() -> Turns:
    return []


@pytest.fixture
def reader(news: News, turns: Turns) -> Reader:
    return Reader(news.extend, turns.extend)


def wish(floor: Floor, face: Face = Face.PUBLIC) -> Wish:
    return Wish(floor.club.body.book_id, floor.meeting.pk, face, "en")


def session_of(account: Account) -> str:
    from django.test import Client

    client = Client()
    client.force_login(account)
    return client.session.session_key or ""


def test_a_vote_that_opens_is_seen_on_every_face(floor: Floor, reader: Reader, news: News) -> None:
    rings = {face: reader.open(wish(floor, face)) for face in Face}
    assert reader.open(wish(floor)) is rings[Face.PUBLIC]
    with at(10):
        ballot = open_ballot(by=floor.club.chair, motion_id=floor.motion.pk)
    reader.look()
    assert {ring.wish.face for ring, _step, _fragment in news} == set(Face)
    head = rings[Face.PUBLIC].number + 1
    for _ring, step, fragment in news:
        assert (step.number, step.shown, step.hint, step.touches_rights) == (head, head, True, False)
        assert fragment
    assert all(f"ballot:{ballot.pk}" in step.names for _ring, step, _fragment in news)
    reader.look()
    assert len(news) == len(Face)


def test_a_vote_that_is_taken_again_is_hinted_at_to_everyone(floor: Floor, reader: Reader, news: News) -> None:
    before = counted(floor, "for", "for", "for", "for", "against")
    reader.open(wish(floor, Face.FLOOR))
    with at(13):
        ballot = repeat_ballot(by=floor.club.chair, ballot_id=before.pk, reason="Two phones failed.")
    reader.look()
    [(_ring, step, fragment)] = news
    assert (step.hint, step.touches_rights) == (True, False)
    assert f"ballot:{ballot.pk}" in step.names
    assert fragment


def test_a_count_that_ends_a_sitting_is_hinted_at_to_everyone(club: Club, reader: Reader, news: News) -> None:
    rules(club, quorum_wait_minutes=0, quorum_lost="adjourn")
    floor = floor_of(club, present=3)
    reader.open(wish(floor, Face.FLOOR))
    with at(13):
        call_quorum(by=club.chair, sitting_id=floor.sitting.pk)
    reader.look()
    [(_ring, step, _fragment)] = news
    assert step.hint


def test_one_fragment_is_made_for_a_group_however_many_entries_came(
    floor: Floor, reader: Reader, news: News, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader.open(wish(floor))
    made: list[int] = []
    monkeypatch.setattr(stream_reader, "render", lambda meeting, *_face: made.append(meeting) or "made")
    with at(10):
        ballot = open_ballot(by=floor.club.chair, motion_id=floor.motion.pk)
    with at(11):
        close_ballot(by=floor.club.chair, ballot_id=ballot.pk)
    with CaptureQueriesContext(connection) as queries:
        reader.look()
    assert made == [floor.meeting.pk]
    assert len(queries) == 2
    assert [fragment for _ring, _step, fragment in news] == ["made"]


def test_nothing_of_a_closed_item_is_announced_to_the_public(club: Club, reader: Reader, news: News) -> None:
    floor = floor_of(club, item_access=Access.PARTICIPANTS)
    public, hall = reader.open(wish(floor)), reader.open(wish(floor, Face.FLOOR))
    assert "harbour" not in public.fragment.lower()
    with at(10):
        settle_item(by=club.chair, item_id=floor.item.pk)
    reader.look()
    told = {ring.wish.face: (step, fragment) for ring, step, fragment in news}
    step, fragment = told[Face.PUBLIC]
    assert (step.shown, fragment, [entry.access for entry in step.hidden]) == (0, None, [Access.PARTICIPANTS])
    assert told[Face.FLOOR][0].shown == hall.number + 1


def test_a_group_without_clients_is_read_no_more(floor: Floor, reader: Reader, news: News) -> None:
    reader.open(wish(floor))
    reader.drop(wish(floor))
    with at(10):
        open_ballot(by=floor.club.chair, motion_id=floor.motion.pk)
    reader.look()
    assert (news, reader.read) == ([], {})


def test_faces_are_for_those_who_may_have_them(floor: Floor) -> None:
    chair = session_of(Account.objects.get(person=floor.club.chair.person))
    member = session_of(Account.objects.get(person=floor.club.members[4]))
    outsider = session_of(Account.objects.get(person=floor.club.outsider))
    may = {
        who: {face for face in Face if standing_of(wish(floor, face), session)}
        for who, session in {"chair": chair, "member": member, "outsider": outsider, "nobody": None}.items()
    }
    assert may == {
        "chair": set(Face),
        "member": {Face.FLOOR, Face.MEMBERS, Face.SCREEN, Face.PUBLIC},
        "outsider": {Face.PUBLIC},
        "nobody": {Face.PUBLIC},
    }


def test_a_person_is_known_by_what_entries_say_of_them(floor: Floor) -> None:
    person = floor.club.members[4]
    taking_part = floor.sitting.participations.get(person=person)
    standing = standing_of(wish(floor, Face.FLOOR), session_of(Account.objects.get(person=person)))
    assert standing
    assert standing.names == {f"person:{person.pk}", f"participation:{taking_part.pk}"}
    assert standing_of(wish(floor), None) == STRANGER


def test_an_ended_session_and_a_closed_account_follow_as_strangers(floor: Floor) -> None:
    account = Account.objects.get(person=floor.club.chair.person)
    session = session_of(account)
    assert standing_of(wish(floor, Face.DESK), session)
    account.set_password("another password")
    account.save()
    assert standing_of(wish(floor, Face.DESK), session) is None
    assert standing_of(wish(floor, Face.DESK), "no-such-session") is None


def test_a_closed_meeting_and_another_body_s_book_have_no_public_face(floor: Floor) -> None:
    assert standing_of(Wish(floor.club.unit.book_id, floor.meeting.pk, Face.PUBLIC, "en"), None) is None
    Meeting.objects.update(access=Access.PARTICIPANTS)
    chair = session_of(Account.objects.get(person=floor.club.chair.person))
    assert standing_of(wish(floor), None) is None
    assert standing_of(wish(floor), chair) is None
    assert standing_of(wish(floor, Face.DESK), chair)


def names_of(ballot: Ballot) -> list[str]:
    return [voter.name for voter in ballot.entitled.order_by("number")]


def answered(ballot: Ballot, number: int, choice: str, when: int = 11) -> None:
    """Let somebody's answer be entered at the desk."""
    voter = ballot.entitled.get(number=number)
    with at(when):
        [outcome] = commit([Slip(ballot.pk, voter.pk, choice, f"token-{number}-{choice}")])
    assert outcome.code == "counted"


def called_in(turns: Turns, face: Face) -> list[str]:
    return [
        (re.findall(r'class="called__name">([^<]*)', turn.fragment) or [turn.fragment])[0]
        for ring, turn in turns
        if ring.wish.face == face
    ]


def test_a_roll_call_is_followed_without_an_entry_and_hinted_at_to_those_whom_it_concerns(
    floor: Floor, reader: Reader, news: News, turns: Turns
) -> None:
    for face in Face:
        reader.open(wish(floor, face))
    reader.look()
    assert turns == []
    with at(10):
        ballot = open_ballot(by=floor.club.chair, motion_id=floor.motion.pk, method=Method.ROLL_CALL)
    reader.look()
    names = names_of(ballot)
    persons = [voter.participation.person_id for voter in ballot.entitled.order_by("number")]
    # The public hears the names in the hall, or not; what is now stays as it is for it.
    assert {ring.wish.face for ring, _turn in turns} == set(Face) - {Face.PUBLIC}
    assert called_in(turns, Face.FLOOR) == called_in(turns, Face.MEMBERS) == [names[0]]
    heads = len(news)
    turns.clear()
    answered(ballot, 1, "for")
    reader.look()
    reader.look()
    assert len(news) == heads
    assert called_in(turns, Face.FLOOR) == [names[1]]
    assert called_in(turns, Face.SCREEN) == ["roll-1-2-1"]
    assert {turn.persons for _ring, turn in turns} == {frozenset(persons[:2])}
    assert {turn.called for _ring, turn in turns} == {frozenset({persons[1]})}
    turns.clear()
    with at(11):
        go_on_from(ballot, 2)
    reader.look()
    assert called_in(turns, Face.FLOOR) == [names[2]]
    turns.clear()
    # What was misheard is entered anew: nobody else is called, and only whose answer it is looks again.
    answered(ballot, 1, "against", when=12)
    reader.look()
    assert called_in(turns, Face.FLOOR) == [names[2]]
    assert {turn.persons for _ring, turn in turns} == {frozenset(persons[:1])}
    turns.clear()
    late = reader.open(Wish(floor.club.body.book_id, floor.meeting.pk, Face.FLOOR, "en", "pt"))
    assert names[2].encode() in late.turn
    with at(13):
        close_ballot(by=floor.club.chair, ballot_id=ballot.pk)
    reader.look()
    assert {turn.fragment for _ring, turn in turns} == {""}
    assert reader.rolls.called == {}


def test_a_vote_that_is_no_roll_call_is_not_asked_after(floor: Floor, reader: Reader, turns: Turns) -> None:
    reader.open(wish(floor, Face.FLOOR))
    with at(10):
        ballot = open_ballot(by=floor.club.chair, motion_id=floor.motion.pk)
    reader.look()
    cast(ballot, "for", "against")
    with CaptureQueriesContext(connection) as queries:
        reader.look()
    assert len(queries) == 1
    assert turns == []


def test_while_the_roll_is_called_an_idle_look_asks_one_question_more(floor: Floor, reader: Reader) -> None:
    reader.open(wish(floor, Face.FLOOR))
    with at(10):
        open_ballot(by=floor.club.chair, motion_id=floor.motion.pk, method=Method.ROLL_CALL)
    reader.look()
    with CaptureQueriesContext(connection) as queries:
        reader.look()
    assert len(queries) == 2
