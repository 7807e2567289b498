"""A roll call: a named vote taken at the desk, one name after the other, without a phone and without JavaScript."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from hemicycle.demo.club import Club
from hemicycle.journal.act import Refused
from hemicycle.journal.verify import verify
from hemicycle.motions.acts import call_election, nominate
from hemicycle.voting.acts import close_ballot, open_ballot, strike_card
from hemicycle.voting.models import Ballot, Method
from hemicycle.voting.queries.roll import roll_of
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


def answer(client: Client, ballot: Ballot, text: str, choice: str, status: int = 302) -> str:
    """Send what the one answers whom a page calls; return where it leads."""
    sent = dict(re.findall(r'name="(request|number)" value="([^"]*)"', text))
    done = client.post(reverse("voting:roll_call", args=[ballot.pk]), {**sent, "choice": choice})
    assert done.status_code == status
    return done.headers.get("Location", "").partition("?")[2]


def test_the_roll_is_called_in_the_order_of_the_list_and_begins_again_with_the_silent(club: Club) -> None:
    _floor, ballot = opened(club)
    desk = as_person(club.members[0])
    names = [one.name for one in ballot.entitled.order_by("number")]
    with at(6):
        query, heard = "", []
        for choice in ("for", "for", "", "against", "abstain"):
            text = call(desk, ballot, query and f"?{query}")
            heard.append(called_now(text))
            query = answer(desk, ballot, text, choice) if choice else "after=3"
        assert heard == names
        text = call(desk, ballot, f"?{query}")
        assert called_now(text) == names[2]
        assert "who did not answer is called again" in text
        answer(desk, ballot, text, "for")
        # What was misheard is entered anew, until the vote is closed.
        text = call(desk, ballot, "?number=4")
        assert "Entered so far: against" in text
        answer(desk, ballot, text, "for")
        text = call(desk, ballot)
        assert "Everybody has answered." in text
        assert "Close the vote" in text
        close_ballot(by=club.chair, ballot_id=ballot.pk)
        answer(desk, ballot, 'name="number" value="2" name="request" value="late"', "against", 409)
    result = ballot.results.get()
    assert (result.votes_for, result.votes_against, result.abstained) == (4, 0, 1)
    assert roll_of(ballot).answered == 5
    assert verify() == []


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


def test_an_election_has_papers_and_no_roll_call(club: Club) -> None:
    floor = floor_of(club)
    with at(5):
        election = call_election(by=club.chair, item_id=floor.item.pk, seats=1, called="the Committee")
        for name in ("Ada", "Ben"):
            nominate(by=club.chair, motion_id=election.motion_id, name=name, accepted=True)
        with pytest.raises(Refused) as refusal:
            open_ballot(by=club.chair, motion_id=election.motion_id, method=Method.ROLL_CALL)
        assert refusal.value.code == "papers_needed"
