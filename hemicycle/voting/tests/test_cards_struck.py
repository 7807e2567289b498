"""The desk during an open vote: who has not voted, a card that is struck, a vote that moves from the box to paper."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from hemicycle.demo.club import Club
from hemicycle.journal.act import Refused
from hemicycle.journal.models import Entry
from hemicycle.journal.verify import verify
from hemicycle.journal.words import sentence
from hemicycle.voting import queries
from hemicycle.voting.acts import close_ballot, open_ballot, repeat_ballot, strike_card
from hemicycle.voting.box_commit import Outcome, Slip, commit
from hemicycle.voting.card import read_card
from hemicycle.voting.models import Ballot, Method, SealedVote, StruckCard, Vote
from hemicycle.voting.tests.secret_world import cast_all, keys
from hemicycle.voting.tests.test_pages import as_person, page
from hemicycle.voting.tests.world import at, floor_of

pytestmark = pytest.mark.django_db


def opened(club: Club, method: str = Method.NAMED, *, practice: bool = False) -> Ballot:
    floor = floor_of(club)
    with at(10):
        return open_ballot(by=club.chair, motion_id=floor.motion.pk, method=method, practice=practice)


def slip(ballot: Ballot, number: int, issue: int = 0) -> Slip:
    voter = ballot.entitled.get(number=number).pk
    return Slip(ballot.pk, voter, "for", f"r{number}-{issue}", code="CODECODE", issue=issue)


def strike(club: Club, ballot: Ballot, number: int, instead: str) -> StruckCard:
    with at(11):
        return strike_card(by=club.chair, voter_id=ballot.entitled.get(number=number).pk, instead=instead)


@pytest.mark.parametrize("method", [Method.NAMED, Method.SECRET])
def test_the_box_takes_nothing_on_a_struck_card_and_everything_on_the_new_one(club: Club, method: str) -> None:
    ballot = opened(club, method)
    strike(club, ballot, 2, "card")
    with at(12):
        assert commit([slip(ballot, 2)]) == [Outcome("card_struck")]
        assert commit([slip(ballot, 2, issue=1), slip(ballot, 3)])[0].code == "counted"
    assert queries.turnout(ballot).cast == 2
    assert list(verify()) == []


def test_who_got_a_paper_puts_nothing_into_the_box(club: Club) -> None:
    ballot = opened(club)
    strike(club, ballot, 2, "paper")
    with at(12):
        assert commit([slip(ballot, 2), slip(ballot, 2, issue=1)]) == [Outcome("card_struck")] * 2
    with pytest.raises(Refused) as refused:
        strike(club, ballot, 2, "card")
    assert refused.value.code == "has_paper"
    assert Vote.objects.count() == 0


def test_who_has_voted_gets_no_second_card(club: Club) -> None:
    ballot = opened(club)
    with at(11):
        commit([slip(ballot, 2)])
    with pytest.raises(Refused) as refused:
        strike(club, ballot, 2, "paper")
    assert refused.value.code == "has_voted"
    assert StruckCard.objects.count() == 0


def test_no_card_is_struck_once_the_vote_is_over(club: Club) -> None:
    ballot = opened(club)
    with at(11):
        close_ballot(by=club.chair, ballot_id=ballot.pk)
    with pytest.raises(Refused) as refused:
        strike(club, ballot, 2, "card")
    assert refused.value.code == "ballot_closed"


def test_the_voters_page_gives_the_new_card_or_says_that_they_vote_on_paper(club: Club) -> None:
    ballot = opened(club)
    number = ballot.entitled.get(participation__person=club.members[4]).number
    strike(club, ballot, number, "card")
    with at(12):
        text = page(as_person(club.members[4]), ballot)
    card = text.partition('name="card" value="')[2].partition('"')[0]
    with at(12):
        assert read_card(card).issue == 1
    strike(club, ballot, number, "paper")
    with at(12):
        text = page(as_person(club.members[4]), ballot)
    assert "You vote on paper" in text
    assert 'name="card"' not in text


def test_the_book_says_to_the_desk_whose_card_was_struck_and_what_was_issued(club: Club) -> None:
    ballot = opened(club)
    name = ballot.entitled.get(number=2).name
    strike(club, ballot, 2, "paper")
    entry = Entry.objects.get(kind="card.struck")
    assert entry.access == "desk"
    assert sentence(entry).startswith(f"The card of {name} was struck, and a paper ballot issued")


def test_the_desk_sees_who_has_not_voted_and_never_how_anybody_did(club: Club) -> None:
    ballot = opened(club, Method.SECRET)
    address = reverse("voting:waiting", args=[ballot.pk])
    with at(11):
        commit([slip(ballot, 1), slip(ballot, 2)])
    strike(club, ballot, 3, "paper")
    with at(12):
        found = queries.waiting_for(ballot)
        text = as_person(club.members[0]).get(address).content.decode()
        assert as_person(club.members[4]).get(address).status_code == 404
        assert Client().get(address).status_code == 404
    assert (found.entitled, found.cast, found.on_paper, len(found.voters)) == (7, 2, 1, 4)
    names = dict(ballot.entitled.values_list("number", "name"))
    assert all(names[number] in text for number in (4, 5, 6, 7))
    assert not any(f">{names[number]}</th>" in text for number in (1, 2, 3))
    assert "against" not in text


def test_a_card_is_struck_on_the_desks_page(club: Club) -> None:
    ballot = opened(club)
    voter = ballot.entitled.get(number=5)
    desk, address = as_person(club.members[0]), reverse("voting:strike_card", args=[voter.pk])
    with at(11):
        assert desk.get(address).status_code == 200
        answer = desk.post(address, {"instead": "paper", "reason": "The phone fell into the harbour"})
    assert (answer.status_code, answer["location"]) == (302, reverse("voting:waiting", args=[ballot.pk]))
    assert StruckCard.objects.get().reason == "The phone fell into the harbour"


def test_the_desk_reads_that_a_single_paper_in_a_secret_vote_tells_how_its_voter_voted(club: Club) -> None:
    ballot = opened(club, Method.SECRET)
    desk = as_person(club.members[0])
    with at(11):
        text = desk.get(reverse("voting:strike_card", args=[ballot.entitled.get(number=5).pk])).content.decode()
    assert "where only a few papers are issued" in text


def test_one_button_moves_an_open_secret_vote_to_paper_and_destroys_what_is_in_the_box(
    club: Club, django_capture_on_commit_callbacks: Any
) -> None:
    ballot = opened(club, Method.SECRET)
    cast_all(ballot)
    with at(12), django_capture_on_commit_callbacks(execute=True):
        answer = as_person(club.members[0]).post(reverse("voting:move", args=[ballot.pk]), {"method": "paper ballot"})
    assert answer.status_code == 302
    ballot.refresh_from_db()
    after = Ballot.objects.get(repeats=ballot)
    assert (ballot.void_reason, after.method, after.closed) == ("It goes on without the box", Method.PAPER, None)
    assert SealedVote.objects.count() == 0
    assert keys() == []
    with at(13):
        assert commit([slip(ballot, 1)]) == [Outcome("box_opened")]
    assert list(verify()) == []


def test_an_open_vote_is_not_begun_anew_in_the_box(club: Club) -> None:
    ballot = opened(club)
    with at(11), pytest.raises(Refused) as refused:
        repeat_ballot(by=club.chair, ballot_id=ballot.pk, reason="Once more", method=Method.SECRET)
    assert refused.value.code == "ballot_open"
    assert keys() == []


def test_practice_says_so_beside_every_button_to_vote(club: Club) -> None:
    ballot = opened(club, practice=True)
    with at(11):
        text = page(as_person(club.members[4]), ballot)
    assert "Nothing is decided, and nothing is counted." in text.partition('class="vote')[2].partition("<form")[0]
