"""The pages of a ballot, and who sees what on them."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from hemicycle.accounts.access import PUBLIC, Access, Viewer
from hemicycle.accounts.models import Account, Person
from hemicycle.demo.club import Club
from hemicycle.motions.models import Motion
from hemicycle.voting.acts import declare_result, open_ballot
from hemicycle.voting.card import read_card
from hemicycle.voting.models import Ballot, Result
from hemicycle.voting.queries import named_votes, own_votes, seats, turnout, votes_by_group
from hemicycle.voting.tests.world import at, cast, certified, counted, floor_of

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def as_person(person: Person) -> Client:
    client = Client()
    client.force_login(Account.objects.get(person=person), backend=BACKEND)
    return client


def page(client: Client, ballot: Ballot, status: int = 200, **query: str) -> str:
    answer = client.get(reverse("voting:ballot", args=[ballot.pk]), query)
    assert answer.status_code == status
    return answer.content.decode()


def opened(club: Club) -> Ballot:
    there = floor_of(club)
    with at(10):
        return open_ballot(by=club.chair, motion_id=there.motion.pk)


def test_a_voter_finds_three_buttons_and_a_card(club: Club) -> None:
    ballot = opened(club)
    with at(11):
        text = page(as_person(club.members[4]), ballot)
    assert f'action="/box/{ballot.pk}/"' in text
    assert re.findall(r'name="choice" value="(\w+)"', text) == ["for", "against", "abstain"]
    card = re.search(r'name="card" value="([^"]+)"', text)
    assert card
    voter = ballot.entitled.get(participation__person=club.members[4])
    assert read_card(card[1]).voter == voter.pk


def test_who_is_not_on_the_list_finds_no_buttons_to_vote(club: Club) -> None:
    ballot = opened(club)
    for client in (Client(), as_person(club.members[8]), as_person(club.alternate)):
        with at(11):
            text = page(client, ballot)
        assert "/box/" not in text
        assert 'name="card"' not in text


def test_an_open_box_tells_how_many_voted_but_never_how(club: Club) -> None:
    ballot = opened(club)
    cast(ballot, "for", "against", "for")
    body = Viewer(person=1, bodies=frozenset({club.body.book_id}), desks=frozenset({club.body.book_id}))
    assert (turnout(ballot).cast, turnout(ballot).entitled) == (3, 7)
    for viewer in (PUBLIC, body):
        assert named_votes(viewer, ballot) is None
        assert {one.choice for one in seats(viewer, ballot).seats} == {None}
    with at(11):
        assert "seats--for" not in page(as_person(club.members[0]), ballot)


def test_a_voter_finds_their_own_vote_with_its_receipt(club: Club) -> None:
    ballot = opened(club)
    cast(ballot, "against")
    mine = own_votes(Viewer(person=club.members[0].pk), ballot)
    assert [(one.choice, len(one.receipt), one.card) for one in mine] == [("against", 8, "")]
    with at(11):
        text = page(as_person(club.members[0]), ballot)
    assert mine[0].receipt in text
    assert "/box/" not in text


def test_a_vote_that_may_be_changed_keeps_its_card(club: Club) -> None:
    ballot = opened(club)
    Ballot.objects.filter(pk=ballot.pk).update(vote_may_change=True)
    cast(ballot, "against")
    ballot.refresh_from_db()
    assert own_votes(Viewer(person=club.members[0].pk), ballot)[0].card


def declared(club: Club, *choices: str) -> Ballot:
    ballot = counted(floor_of(club), *choices)
    with at(13):
        declare_result(by=club.chair, result_id=ballot.results.get().pk)
    return ballot


def test_names_are_for_those_whom_the_rules_name(club: Club) -> None:
    ballot = declared(club, "for", "for", "against", "abstain")
    member = Viewer(person=1, bodies=frozenset({club.body.book_id}))
    named = named_votes(member, ballot)
    assert named
    assert [vote.choice for vote in named] == ["for", "for", "against", "abstain", "", "", ""]
    assert named_votes(PUBLIC, ballot) is None
    assert [(one.votes_for, one.against, one.abstained, one.silent) for one in votes_by_group(named)] == [(2, 1, 1, 3)]


def test_the_public_sees_the_outcome_in_an_order_that_tells_no_seat(club: Club) -> None:
    ballot = declared(club, "against", "for", "for", "abstain")
    for_public = seats(PUBLIC, ballot)
    assert not for_public.by_seat
    assert [one.choice for one in for_public.seats] == [
        "for", "for", "against", "abstain", None, None, None,
    ]  # fmt: skip
    inner = seats(Viewer(person=1, bodies=frozenset({club.body.book_id})), ballot)
    assert inner.by_seat
    assert [(one.number, one.choice) for one in inner.seats][:4] == [
        (1, "against"), (2, "for"), (3, "for"), (4, "abstain"),
    ]  # fmt: skip
    text = page(Client(), ballot)
    assert "Adopted: 2 for, 1 against, 1 abstained." in text
    assert club.members[3].name not in text
    assert club.members[3].name in page(as_person(club.members[6]), ballot)


def test_a_ballot_on_a_closed_item_does_not_exist_for_others(club: Club) -> None:
    ballot = counted(floor_of(club, item_access=Access.BODY), "for")
    page(Client(), ballot, status=404)
    page(as_person(club.outsider), ballot, status=404)
    page(as_person(club.members[6]), ballot)


def test_the_chair_carries_a_vote_through_by_the_pages_alone(club: Club) -> None:
    floor = floor_of(club)
    chair = as_person(club.members[0])
    with at(10):
        answer = chair.post(
            reverse("voting:open", args=[floor.motion.pk]), {"question": "Shall it?", "as": "chair", "once": "a"}
        )
    ballot = Ballot.objects.get()
    assert answer.headers["Location"] == reverse("voting:ballot", args=[ballot.pk])
    cast(ballot, *["for"] * 7)
    with at(11):
        text = page(chair, ballot)
        assert "Close the vote" in text
        chair.post(reverse("voting:close", args=[ballot.pk]), {"as": "chair", "once": "b"})
        result = ballot.results.get()
        assert "Declare the result" in page(chair, ballot)
        chair.post(reverse("voting:declare", args=[ballot.pk]), {"as": "chair", "once": "c", "result": result.pk})
        assert "Certify the result" in page(chair, ballot)
        answer = chair.post(
            reverse("voting:certify", args=[ballot.pk]),
            {"as": "chair", "once": "d", "result": result.pk},
            headers={"HX-Request": "true"},
        )
    assert "Adopted unanimously: 7 for" in answer.content.decode()
    assert "<html" not in answer.content.decode()
    assert Motion.objects.get().state == Motion.State.ADOPTED
    assert Result.objects.get().certified


def test_the_same_form_sent_twice_closes_nothing_twice(club: Club) -> None:
    ballot = opened(club)
    chair = as_person(club.members[0])
    with at(11):
        for status in (302, 409):
            answer = chair.post(reverse("voting:close", args=[ballot.pk]), {"once": "same"})
            assert answer.status_code == status
    assert "already entered" in answer.content.decode()


def test_members_and_strangers_find_no_button_of_the_desk_and_press_it_in_vain(club: Club) -> None:
    ballot = opened(club)
    member = as_person(club.members[5])
    with at(11):
        assert "Close the vote" not in page(member, ballot)
        assert member.post(reverse("voting:close", args=[ballot.pk])).status_code == 403
        assert Client().post(reverse("voting:close", args=[ballot.pk])).status_code == 403
    ballot.refresh_from_db()
    assert ballot.closed is None


def test_a_reversal_without_a_reason_is_refused_with_a_sentence(club: Club) -> None:
    ballot = counted(floor_of(club), "for")
    chair = as_person(club.members[0])
    with at(20):
        for action in ("void", "recount"):
            answer = chair.post(reverse(f"voting:{action}", args=[ballot.pk]), {"reason": " "})
            assert answer.status_code == 422
            assert "Say why." in answer.content.decode()
        chair.post(reverse("voting:recount", args=[ballot.pk]), {"reason": "A doubt."})
        assert "This is count 2. It was counted again: A doubt." in page(chair, ballot)
        chair.post(reverse("voting:void", args=[ballot.pk]), {"reason": "Two phones failed."})
        text = page(chair, ballot)
    assert "This ballot counts for nothing: Two phones failed." in text
    assert "Void the ballot" not in text


def test_another_ballots_result_is_not_declared_here(club: Club) -> None:
    ballot = counted(floor_of(club), "for")
    with at(20):
        answer = as_person(club.members[0]).post(reverse("voting:declare", args=[ballot.pk]), {"result": 4711})
    assert answer.status_code == 404


def test_a_vote_that_happened_before_is_entered_with_its_time(club: Club) -> None:
    ballot = opened(club)
    chair = as_person(club.members[0])
    with at(60 * 24):
        answer = chair.post(
            reverse("voting:close", args=[ballot.pk]), {"happened": "2026-03-24", "happened_time": "10:30"}
        )
        assert answer.status_code == 422
        assert "Say why it is entered now" in answer.content.decode()
        chair.post(
            reverse("voting:close", args=[ballot.pk]),
            {"happened": "2026-03-24", "happened_time": "10:30", "happened_reason": "Kept on paper."},
        )
    ballot.refresh_from_db()
    assert ballot.closed
    assert ballot.closed.isoformat() == "2026-03-24T09:30:00+00:00"


@pytest.mark.parametrize("code", ["counted", "ballot_closed", "not_entitled", "<script>", "no_such_code"])
def test_what_became_of_a_vote_is_told_after_the_way_back(club: Club, code: str) -> None:
    ballot = opened(club)
    text = page(Client(), ballot, vote=code)
    told = {
        "counted": "Your vote is in the box.",
        "ballot_closed": "The vote is over.",
        "not_entitled": "not on the list",
    }
    assert (told[code] in text) if code in told else ("<script>alert" not in text and 'class="notice"' not in text)


def test_the_form_goes_back_only_to_pages_of_the_house(club: Club) -> None:
    ballot = opened(club)
    chair = as_person(club.members[0])
    with at(11):
        answer = chair.post(reverse("voting:close", args=[ballot.pk]), {"next": "//elsewhere.example/"})
    assert answer.headers["Location"] == reverse("voting:ballot", args=[ballot.pk])


def test_the_page_of_a_ballot_asks_little_of_the_database(
    club: Club, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    result = certified(floor_of(club), *["for"] * 7)
    client = as_person(club.members[5])
    page(client, result.ballot)
    with django_assert_max_num_queries(12):
        page(client, result.ballot)


def test_declared_is_told_apart_from_certified(club: Club) -> None:
    ballot = counted(floor_of(club), "for")
    assert "Counted, not declared yet" in page(Client(), ballot)
    with at(20):
        declare_result(by=club.chair, result_id=ballot.results.get().pk)
    assert "Declared, not certified yet" in page(Client(), ballot)
