"""A roll call: a named vote taken at the desk, one name after the other, without a phone and without JavaScript."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from hemicycle.demo.club import Club
from hemicycle.journal.act import Refused
from hemicycle.journal.verify import verify
from hemicycle.motions.acts import call_election, nominate
from hemicycle.voting.acts import close_ballot, open_ballot, strike_card
from hemicycle.voting.box_commit import Outcome, Slip, commit
from hemicycle.voting.models import Ballot, Method
from hemicycle.voting.queries.roll import roll_of
from hemicycle.voting.rules import called_next
from hemicycle.voting.tests.test_pages import as_person, page
from hemicycle.voting.tests.world import Floor, at, floor_of

pytestmark = pytest.mark.django_db


def opened(club: Club) -> tuple[Floor, Ballot]:
    floor = floor_of(club, present=5)
    with at(5):
        return floor, open_ballot(by=club.chair, motion_id=floor.motion.pk, method=Method.ROLL_CALL)


def call(client: Client, ballot: Ballot, query: str = "") -> str:
    answer = client.get(reverse("voting:roll_call", args=[ballot.pk]) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def called_now(text: str) -> str:
    found = re.search(r'class="roll__name">([^<]*)', text)
    return found[1] if found else ""


def answer(client: Client, ballot: Ballot, text: str, choice: str, status: int = 302) -> None:
    """Send what the one answers whom a page calls."""
    sent = dict(reversed(re.findall(r'name="(request|number|mended)" value="([^"]*)"', text)))
    done = client.post(reverse("voting:roll_call", args=[ballot.pk]), {**sent, "choice": choice})
    assert done.status_code == status


def go_on(client: Client, ballot: Ballot, text: str) -> None:
    """Let the call go on from whom a page calls."""
    number = re.findall(r'name="number" value="([^"]*)"', text)[0]
    done = client.post(reverse("voting:roll_call", args=[ballot.pk]), {"number": number, "does": "go on"})
    assert done.status_code == 302


def test_the_roll_is_called_in_the_order_of_the_list_and_once_more_for_the_silent(club: Club) -> None:
    _floor, ballot = opened(club)
    desk = as_person(club.members[0])
    names = [one.name for one in ballot.entitled.order_by("number")]
    with at(6):
        heard = []
        for choice in ("for", "for", "", "against", "abstain"):
            text = call(desk, ballot)
            heard.append(called_now(text))
            answer(desk, ballot, text, choice) if choice else go_on(desk, ballot, text)
        assert heard == names
        text = call(desk, ballot)
        assert called_now(text) == names[2]
        assert "who did not answer is called once more" in text
        answer(desk, ballot, text, "for")
        # What was misheard is entered anew, until the vote is closed; nobody is called for it.
        text = call(desk, ballot, "?number=4")
        assert "Entered so far: against" in text
        assert roll_of(ballot).following is None
        answer(desk, ballot, text, "for")
        text = call(desk, ballot)
        assert "Everybody has answered." in text
        assert "Close the vote" in text
        close_ballot(by=club.chair, ballot_id=ballot.pk)
        answer(desk, ballot, 'name="number" value="2" name="request" value="late"', "against", 409)
        late = desk.post(reverse("voting:roll_call", args=[ballot.pk]), {"number": "2", "does": "call"})
        assert late.status_code == 409
        follows = desk.get(reverse("voting:roll_call", args=[ballot.pk]), headers={"HX-Request": "true"})
        assert follows.headers["HX-Redirect"] == reverse("voting:ballot", args=[ballot.pk])
    result = ballot.results.get()
    assert (result.votes_for, result.votes_against, result.abstained) == (4, 0, 1)
    assert roll_of(ballot).answered == 5
    assert verify() == []


def test_every_desk_the_screen_and_the_phones_know_who_is_called(club: Club) -> None:
    floor, ballot = opened(club)
    one, other = as_person(club.members[0]), as_person(club.members[1])
    third = as_person(club.members[2])
    names = [voter.name for voter in ballot.entitled.order_by("number")]
    where = [floor.meeting.body.slug, floor.meeting.term.ordinal, floor.meeting.ordinal]
    with at(6):
        text = call(one, ballot)
        answer(one, ballot, text, "for")
        stale = call(one, ballot)
        go_on(other, ballot, stale)
        answer(other, ballot, text, "against", 409)
        assert ballot.votes.get().choice == "for"
        # Both desks sent that nobody answers: the call went on once.
        go_on(one, ballot, stale)
        assert called_now(call(one, ballot)) == called_now(call(other, ballot)) == names[2]
        screen = one.get(reverse("live:screen_turnout", args=where)).content.decode()
        assert re.findall(r'class="called__name">([^<]*)', screen) == [names[2]]
        assert re.search(rf"Then:</span> {names[3]}, {names[4]}, {names[1]}", screen)
        assert "1 of 5" in " ".join(screen.split())
        assert names[2] in one.get(reverse("live:screen", args=where)).content.decode()
        mine = third.get(reverse("live:mine", args=where)).content.decode()
        assert "You are called" in mine
        # The stream tells whose turn it is; should it be lost, the page looks now and then.
        assert "every 20s" in mine
        assert "-True-20" in mine
        floor_page = third.get(reverse("live:floor", args=where)).content.decode()
        assert re.findall(r'class="called__name">([^<]*)', floor_page) == [names[2]]
        # Who has answered, and waits for nothing, does not ask again.
        assert "every" not in one.get(reverse("live:mine", args=where)).content.decode()
        assert "You are called" not in other.get(reverse("live:mine", args=where)).content.decode()
        # Somebody is called out of the order, and the call then goes on where it was.
        one.post(reverse("voting:roll_call", args=[ballot.pk]), {"number": "5", "does": "call"})
        text = call(other, ballot)
        assert called_now(text) == names[4]
        answer(other, ballot, text, "abstain")
        assert called_now(call(one, ballot)) == names[2]
        for name in (names[2], names[3], names[1], names[2], names[3]):
            text = call(one, ballot)
            assert called_now(text) == name
            go_on(one, ballot, text)
        text = call(one, ballot)
        assert called_now(text) == ""
        assert "The roll was called twice. 3 voters did not answer." in text
        ended = one.get(reverse("live:screen_turnout", args=where)).content.decode()
        assert "The roll was called to its end" in ended


@given(
    silent=st.sets(st.integers(1, 9)).map(sorted),
    after=st.integers(0, 10),
    turn=st.sampled_from([1, 2]),
    wanted=st.integers(0, 9),
)
def test_whoever_is_silent_is_called_and_nobody_else(silent: list[int], after: int, turn: int, wanted: int) -> None:
    number, then = called_next(silent, after, turn, wanted)
    assert number is None or number in silent
    assert (number is None) == (not silent or (turn == 2 and silent[-1] <= after and wanted not in silent))
    # From wherever it stands, the call ends, and nobody is called more than twice.
    called = []
    while (step := called_next(silent, after, turn))[0] is not None:
        after, turn = step[0], step[1]
        called.append(after)
    assert all(called.count(one) <= 2 for one in silent)
    assert len(called) <= 2 * len(silent)
    assert then >= 1


def test_nobody_votes_by_phone_while_the_roll_is_called(club: Club) -> None:
    floor, ballot = opened(club)
    voter = ballot.entitled.order_by("number")[2]
    member = as_person(club.members[2])
    with at(6):
        text = page(member, ballot)
        assert "answers aloud" in text
        assert 'name="card"' not in text
        address = reverse("voting:roll_call", args=[ballot.pk])
        assert member.get(address).status_code == 404
        sent = {"number": voter.number, "choice": "for", "request": "r1"}
        assert member.post(address, sent).status_code == 403
        assert not ballot.votes.exists()
        desk = as_person(club.members[0])
        assert desk.post(address, {**sent, "number": "99"}).status_code == 422
        assert desk.post(address, {**sent, "choice": "perhaps"}).status_code == 422
        with pytest.raises(Refused, match="without cards"):
            strike_card(by=club.secretary, voter_id=voter.pk, instead="card")
        meeting = floor.meeting
        where = [meeting.body.slug, meeting.term.ordinal, meeting.ordinal]
        assert "Call the roll" in desk.get(reverse("live:desk", args=where)).content.decode()
        assert "Your name is called in the hall" in member.get(reverse("live:floor", args=where)).content.decode()


def test_of_two_desks_that_answer_for_one_at_once_the_second_is_refused(
    club: Club, monkeypatch: pytest.MonkeyPatch
) -> None:
    _floor, ballot = opened(club)
    first = ballot.entitled.order_by("number")[0]

    def other_desk_is_faster(slips: list[Slip], *asked: Any) -> list[Outcome]:
        commit([Slip(ballot.pk, first.pk, "against", "token-of-the-other-desk")])
        return commit(slips, *asked)

    desk = as_person(club.members[0])
    with at(6):
        seen = call(desk, ballot)
        monkeypatch.setattr("hemicycle.voting.views.roll_call.commit", other_desk_is_faster)
        answer(desk, ballot, seen, "for", status=409)
    assert list(ballot.votes.values_list("voter", "choice")) == [(first.pk, "against")]


def test_an_election_has_papers_and_no_roll_call(club: Club) -> None:
    floor = floor_of(club)
    with at(5):
        election = call_election(by=club.chair, item_id=floor.item.pk, seats=1, called="the Committee")
        for name in ("Ada", "Ben"):
            nominate(by=club.chair, motion_id=election.motion_id, name=name, accepted=True)
        with pytest.raises(Refused) as refusal:
            open_ballot(by=club.chair, motion_id=election.motion_id, method=Method.ROLL_CALL)
        assert refusal.value.code == "papers_needed"
