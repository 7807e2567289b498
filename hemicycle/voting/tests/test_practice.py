"""Practice: every way of voting in the box can be tried, on every kind of paper, and nothing is left of it."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from hemicycle.demo.club import Club
from hemicycle.journal.act import Refused
from hemicycle.journal.verify import verify
from hemicycle.meetings.queries import meeting_address
from hemicycle.motions.acts import call_election, nominate
from hemicycle.motions.models import Motion
from hemicycle.voting.acts import close_ballot, open_ballot
from hemicycle.voting.box_commit import Slip, commit
from hemicycle.voting.models import Ballot, BoxPaper, Method, Result, SealedVote
from hemicycle.voting.papers import Form
from hemicycle.voting.tests.secret_world import keys, slips
from hemicycle.voting.tests.test_pages import as_person, page
from hemicycle.voting.tests.world import Floor, at, floor_of

pytestmark = pytest.mark.django_db


def elected(club: Club, counting: str, *, seats: int = 1) -> Motion:
    floor = floor_of(club, present=4)
    with at(5):
        election = call_election(
            by=club.chair, item_id=floor.item.pk, seats=seats, called="the Committee", counting=counting
        )
        for name in ("Ada", "Bea", "Cyd"):
            nominate(by=club.chair, motion_id=election.motion_id, name=name, accepted=True)
    return Motion.objects.get(pk=election.motion_id)


def ended(club: Club, ballot: Ballot) -> Ballot:
    """End a practice with the one button of its page, and look for anything that is left of it."""
    desk = as_person(club.members[0])
    with at(12):
        text = page(desk, ballot)
        assert "End the practice" in text
        assert "Void the ballot" not in text
        token = re.search(r'name="once" value="([^"]+)"', text)
        assert token
        answer = desk.post(reverse("voting:close", args=[ballot.pk]), {"once": token[1], "as": "chair"})
        assert answer.status_code == 302
        ballot.refresh_from_db()
        assert ballot.closed
        assert "It was not counted and decides nothing." in page(desk, ballot)
        for name in ("protocol", "box_file", "papers"):
            assert desk.get(reverse(f"voting:{name}", args=[ballot.pk])).status_code == 404
        record = desk.get(f"/en{meeting_address(ballot.sitting.meeting)}").content.decode()
        assert reverse("voting:ballot", args=[ballot.pk]) not in record
    assert not Result.objects.exists()
    assert ballot.motion.state == Motion.State.TABLED
    return ballot


@pytest.mark.parametrize(
    ("counting", "form", "papers"),
    [
        ("scottish-stv", Form.RANKING, ("2>1>3", "1")),
        ("block", Form.MARKS, ("1", "3")),
        ("yes-no", Form.YES_NO, ("1y 2n 3a", "2y")),
        ("dhondt", Form.LIST, ("3", "1")),
        ("schulze", Form.RANKS, ("2>1=3", "")),
    ],
)
@pytest.mark.parametrize("method", [Method.NAMED, Method.SECRET])
def test_the_papers_of_an_election_are_practised_by_name_and_in_secret(
    club: Club,
    counting: str,
    form: Form,
    papers: tuple[str, ...],
    method: Method,
    django_capture_on_commit_callbacks: Any,
) -> None:
    motion = elected(club, counting)
    with at(10):
        ballot = open_ballot(by=club.chair, motion_id=motion.pk, method=method, practice=True)
    assert (ballot.form, len(keys())) == (form, int(method == Method.SECRET))
    assert "Nothing is decided, and nothing is counted." in page(as_person(club.members[1]), ballot)
    with at(11):
        voters = ballot.entitled.order_by("number")
        sent = [
            Slip(ballot.pk, voter.pk, paper, f"r{voter.number}", code=f"CODE{voter.number}XYZ")
            for voter, paper in zip(voters, papers, strict=False)
        ]
        assert {outcome.code for outcome in commit(sent)} == {"counted"}
    with django_capture_on_commit_callbacks(execute=True):
        ended(club, ballot)
    assert keys() == []
    assert not SealedVote.objects.exists()
    assert not BoxPaper.objects.exists()
    assert verify() == []


def test_a_secret_vote_is_practised_from_the_desk_by_as_few_as_there_are(
    club: Club, django_capture_on_commit_callbacks: Any
) -> None:
    floor = floor_of(club, present=2)
    desk = as_person(club.members[0])
    address = reverse("voting:practise", args=[floor.motion.pk])
    with at(10):
        assert address in besides(desk, floor)
        text = desk.get(address).content.decode()
        assert re.findall(r'name="method" value="([^"]+)"', text) == ["named vote", "secret vote", "roll call"]
        token = re.search(r'name="once" value="([^"]+)"', text)
        assert token
        answer = desk.post(address, {"once": token[1], "method": "secret vote"})
        assert answer.status_code == 302
    ballot = Ballot.objects.get()
    assert (ballot.practice, ballot.method) == (True, Method.SECRET)
    with at(11):
        voter = page(as_person(club.members[1]), ballot)
        assert "destroyed unopened, so here it is for nothing" in voter
        assert {outcome.code for outcome in commit(slips(ballot, ("for", "against")))} == {"counted"}
    with django_capture_on_commit_callbacks(execute=True):
        ended(club, ballot)
    assert keys() == []
    assert not SealedVote.objects.exists()


def besides(desk: Client, floor: Floor) -> str:
    where = [floor.meeting.body.slug, floor.meeting.term.ordinal, floor.meeting.ordinal]
    return desk.get(reverse("live:desk", args=where)).content.decode()


@pytest.mark.parametrize("method", [Method.HANDS, Method.PAPER, Method.CONSENT, Method.CIRCULATION])
def test_what_has_no_box_is_not_practised(club: Club, method: Method) -> None:
    floor = floor_of(club)
    with at(10), pytest.raises(Refused, match="in a rehearsal") as refusal:
        open_ballot(by=club.chair, motion_id=floor.motion.pk, method=method, practice=True)
    assert refusal.value.code == "practice_in_the_box"
    assert not Ballot.objects.exists()


def test_a_roll_call_is_practised_and_leaves_nothing(club: Club) -> None:
    floor = floor_of(club, present=2)
    with at(10):
        ballot = open_ballot(by=club.chair, motion_id=floor.motion.pk, method=Method.ROLL_CALL, practice=True)
    with at(11):
        called = as_person(club.members[0]).get(reverse("voting:roll_call", args=[ballot.pk])).content.decode()
        assert "This vote is for practice." in called
        assert "End the practice" in called
    with at(12):
        close_ballot(by=club.chair, ballot_id=ballot.pk)
    assert not Result.objects.exists()
    assert verify() == []
