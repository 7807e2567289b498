"""An election through its pages: called, nominated, put to the vote, counted, told stage by stage."""

import re
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from hemicycle.bodies.rules import Elections
from hemicycle.demo.club import Club
from hemicycle.journal.act import Refused
from hemicycle.journal.verify import verify
from hemicycle.motions.acts import call_election
from hemicycle.motions.models import Candidate, Election
from hemicycle.voting.models import Ballot
from hemicycle.voting.tests.test_elections import STV, called, stands, under, voted
from hemicycle.voting.tests.test_elections import told as entry_told
from hemicycle.voting.tests.test_pages import as_person, page
from hemicycle.voting.tests.world import Floor, at, cast

pytestmark = pytest.mark.django_db


def send(client: Client, act: str, key: int, status: int = 302, **fields: object) -> str:
    """Send the form of a page, with a token of its own."""
    answer = client.post(reverse(act, args=[key]), {"once": uuid4().hex, **fields})
    assert answer.status_code == status, re.findall(r'class="[^"]*error[^>]*>[^<]*', answer.content.decode())
    return answer.content.decode()


def seen(client: Client, name: str, key: int) -> str:
    answer = client.get(reverse(name, args=[key]))
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_desk_leads_an_election_from_its_call_to_its_certified_result(club: Club) -> None:
    floor = under(club, STV)
    chair, member = as_person(club.members[0]), as_person(club.members[4])
    with at(5):
        assert "Call the election" in seen(chair, "motions:call_election", floor.item.pk)
        send(chair, "motions:call_election", floor.item.pk, called="the Committee", seats=2)
        motion = Election.objects.get().motion_id
        for name in ("Ada", "Ben"):
            send(chair, "motions:nominate", motion, name=name, accepted="on")
        send(member, "motions:nominate", motion, person=club.members[4].name)
        send(chair, "motions:nominate", motion, name="Dan")
        text = seen(chair, "motions:motion", motion)
        assert "has not accepted yet" in text
        assert "Put it to the vote" in text
        send(chair, "motions:accept_nomination", Candidate.objects.get(name="Dan").pk)
        assert "Withdraw" in seen(member, "motions:motion", motion)
        send(chair, "motions:close_nominations", motion)
        assert "Nominations are closed." in seen(member, "motions:motion", motion)
        assert "show of hands" not in seen(chair, "voting:ask", motion)
    with at(10):
        send(chair, "voting:ask", motion, method="named vote")
        ballot = Ballot.objects.get()
        paper = page(member, ballot)
        assert re.findall(r'name="(rank-\d)"', paper) == ["rank-1", "rank-2", "rank-3", "rank-4"]
        assert "Put the paper into the box" in paper
        cast(ballot, "1>2", "1>2", "1>3", "2>1", "3>4", "3>4", "-")
        assert "Your vote is in the box" in page(member, ballot)
    with at(12):
        send(chair, "voting:close", ballot.pk)
        send(chair, "voting:declare", ballot.pk, result=ballot.results.get().pk)
        told = page(member, ballot)
    assert "The count, stage by stage" in told
    assert "<svg" in told
    assert "Every stage in figures" in told
    assert "Who voted how" in told
    assert "Elected at stage 1" in told


@pytest.mark.parametrize(
    ("elections", "seats", "expected"),
    [
        (Elections(), 2, ['type="checkbox" name="mark"', "Mark at most 2 names."]),
        (Elections(several="approval"), 2, ["Mark everybody whom you approve of."]),
        (Elections(several="dhondt"), 2, ['type="radio" name="mark"', "Choose one list."]),
        (Elections(one="schulze"), 1, ["Several may have the same number", 'name="equal" value="1"', 'name="rank-2"']),
        (Elections(several="yes-no"), 2, ['name="say-1" value="y"', "Say yes or no to each."]),
    ],
)
def test_each_form_of_paper_is_filled_in_without_javascript(
    club: Club, elections: Elections, seats: int, expected: list[str]
) -> None:
    floor = under(club, elections)
    election = called(floor, seats=seats)
    with at(10):
        send(as_person(club.members[0]), "voting:ask", election.motion_id, method="named vote")
        text = page(as_person(club.members[4]), Ballot.objects.get())
    assert [one for one in expected if one not in text] == []


def test_no_contest_is_entered_with_one_button(club: Club) -> None:
    floor = under(club, STV)
    election = called(floor, names=("Ada", "Ben"))
    chair = as_person(club.members[0])
    with at(10):
        assert "They are elected without a vote" in seen(chair, "voting:ask", election.motion_id)
        send(chair, "voting:ask", election.motion_id)
        ballot = Ballot.objects.get()
        send(chair, "voting:declare", ballot.pk, result=ballot.results.get().pk)
        text = page(as_person(club.members[4]), ballot)
    assert "Elected without a contest: Ada and Ben." in text


@pytest.mark.parametrize(
    ("typed", "line"),
    [("3: 1>2\n2: 9", "Line 2"), ("perhaps", "Line 1"), ("2: 1>1", "Line 1"), ("4 2\n3 1 0\n0\n", "Line 1")],
)
def test_papers_that_cannot_be_counted_are_told_with_their_line(club: Club, typed: str, line: str) -> None:
    floor = under(club, STV)
    election = called(floor)
    chair = as_person(club.members[0])
    with at(10):
        send(chair, "voting:ask", election.motion_id, method="paper ballot")
        ballot = Ballot.objects.get()
        assert line in send(chair, "voting:count", ballot.pk, 422, papers=typed)
        assert not ballot.results.exists()


def test_a_blt_file_of_the_papers_is_pasted_as_it_is(club: Club) -> None:
    floor = under(club, STV)
    election = called(floor)
    chair = as_person(club.members[0])
    blt = '5 2\n3 1 2 0\n2 2 1 0\n1 0\n0\n"Ada"\n"Ben"\n"Cora"\n"Dan"\n"Eve"\n"The Committee"\n'
    with at(10):
        send(chair, "voting:ask", election.motion_id, method="paper ballot")
        ballot = Ballot.objects.get()
        send(chair, "voting:count", ballot.pk, papers=blt, tellers="Tess\nTom")
    bundles = dict(ballot.results.get().bundles.values_list("paper", "count"))
    assert bundles == {"1>2": 3, "2>1": 2, "": 1}


def test_the_page_of_an_election_asks_the_database_few_questions(
    club: Club, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    floor = under(club, STV)
    election = called(floor)
    result = stands(floor, voted(floor, election, "1>2", "2>1", "3", "1", "4", "5", "2"))
    public = Client()
    with at(20):
        page(public, result.ballot)
        with django_assert_max_num_queries(12):
            page(public, result.ballot)
        seen(public, "motions:motion", election.motion_id)
        with django_assert_max_num_queries(12):
            seen(public, "motions:motion", election.motion_id)


def test_the_desk_is_led_to_what_an_election_asks_for_next(club: Club) -> None:
    floor = under(club, STV)
    chair = as_person(club.members[0])
    with at(5):
        send(chair, "motions:call_election", floor.item.pk, called="the Committee", seats=1)
        desk = desk_of(chair, floor)
        assert "Call an election" in desk


def desk_of(client: Client, floor: Floor) -> str:
    """Return the desk of the floor's meeting."""
    meeting = floor.meeting
    address = reverse("live:desk", args=[meeting.body.slug, meeting.term.ordinal, meeting.ordinal])
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_run_off_is_called_with_one_button_between_those_whom_the_count_sends_there(club: Club) -> None:
    floor = under(club, Elections())
    election = called(floor, seats=1)
    result = stands(floor, voted(floor, election, "1", "1", "1", "2", "2", "3", "4"))
    chair, member = as_person(club.members[0]), as_person(club.members[4])
    with at(20):
        assert "Call the run-off" in desk_of(chair, floor)
        told = page(member, result.ballot)
        assert "A run-off goes between Ada and Ben for 1 seat" in told
        assert "voting/further" not in told
        assert "Call the run-off" in page(chair, result.ballot)
        assert "Nobody else is nominated" in seen(chair, "voting:further", result.ballot_id)
        send(member, "voting:further", result.ballot_id, 403)
        send(chair, "voting:further", result.ballot_id)
        following = Election.objects.get(follows=election)
        assert list(following.candidates.values_list("name", flat=True)) == ["Ada", "Ben"]
        assert entry_told() == "A run-off was called on item 1: the Committee, between Ada and Ben."
        # It is called once, nobody is added to it, and the election before leads to it.
        send(chair, "voting:further", result.ballot_id, 409)
        send(chair, "motions:nominate", following.motion_id, 409, name="Zoe")
        assert "Followed by" in seen(member, "motions:motion", election.motion_id)
        assert "Call the run-off" not in page(chair, result.ballot)
    won = voted(floor, following, "2", "2", "2", "1", at_minute=22)
    assert [one["name"] for one in won.election["elected"]] == ["Ben"]
    assert verify() == []


def test_a_sole_candidate_who_is_rejected_leaves_the_seat_to_a_further_election(club: Club) -> None:
    floor = under(club, Elections(sole="yes or no"))
    election = called(floor, seats=1, names=("Ada",))
    chair, member = as_person(club.members[0]), as_person(club.members[4])
    with at(6):
        assert "each is voted on with yes or no" in seen(member, "motions:motion", election.motion_id)
    with at(10):
        send(chair, "voting:ask", election.motion_id, method="named vote")
        ballot = Ballot.objects.get()
        assert "Who does not reach the majority is rejected" in page(member, ballot)
        cast(ballot, "1n", "1n", "1n", "1n", "1y")
    with at(12):
        send(chair, "voting:close", ballot.pk)
    result = stands(floor, ballot.results.get())
    with at(20):
        assert "Rejected, without the votes that were needed: Ada. 1 seat stays open." in page(member, result.ballot)
        assert "who was not elected can stand again" in page(member, result.ballot)
        assert "Call a further election for what stays open" in desk_of(chair, floor)
        send(chair, "voting:further", result.ballot_id)
        following = Election.objects.get(follows=election)
        assert (following.seats, following.counting, following.candidates.count()) == (1, "block", 0)
        send(chair, "motions:nominate", following.motion_id, name="Ben", accepted="on")
        assert "Call a further election" not in desk_of(chair, floor)


def test_a_further_election_waits_for_its_item_where_that_was_settled(club: Club) -> None:
    floor = under(club, Elections(sole="yes or no"))
    result = stands(floor, voted(floor, called(floor, seats=1, names=("Ada",)), "1n", "1n", "1n", "1n"))
    chair, member = as_person(club.members[0]), as_person(club.members[4])
    item = result.ballot.motion.item_id
    with at(20):
        send(chair, "meetings:settle_item", item)
        shown = page(chair, result.ballot)
        assert "1 seat stays open" in shown
        assert reverse("meetings:reopen_item", args=[item]) in shown
        assert "item was settled" in send(chair, "voting:further", result.ballot_id, 409)
        # That the item was settled may be for fewer to know than the vote.
        assert reverse("meetings:reopen_item", args=[item]) not in page(member, result.ballot)
        assert "settled" not in page(member, result.ballot)
        send(chair, "meetings:reopen_item", item, because="A seat stayed open.")
        assert reverse("voting:further", args=[result.ballot_id]) in page(chair, result.ballot)
        send(chair, "voting:further", result.ballot_id)
    assert Election.objects.filter(follows=result.ballot.motion.election).count() == 1


def test_an_election_without_an_open_seat_calls_for_no_further_one(club: Club) -> None:
    floor = under(club, STV)
    result = stands(floor, voted(floor, called(floor), "1>2", "2>1", "1"))
    other = called(floor, names=("Ada",), seats=1)
    with at(20):
        chair = as_person(club.members[0])
        assert "further election" not in page(chair, result.ballot)
        send(chair, "voting:further", result.ballot_id, 409)
        with pytest.raises(Refused, match="stood in the election before"):
            call_election(
                by=club.chair, item_id=floor.item.pk, seats=1, called="it", follows_id=result.ballot.motion.election.pk,
                stand=[other.candidates.get().pk],
            )  # fmt: skip


def test_the_desk_is_offered_the_casting_vote_between_those_who_are_equal(club: Club) -> None:
    floor = under(club, Elections(plurality=True, ties=("casting vote",)))
    result = voted(floor, called(floor, seats=1), "1", "1", "2", "2", "3")
    chair, member = as_person(club.members[0]), as_person(club.members[4])
    with at(13):
        address = reverse("voting:casting_vote", args=[result.ballot_id])
        assert address in page(chair, result.ballot)
        assert address in desk_of(chair, floor)
        offered = seen(chair, "voting:casting_vote", result.ballot_id)
        assert re.findall(r'type="radio" name="choice" value="(\d)"', offered) == ["1", "2"]
        assert "Ada" not in member.get(address).content.decode()
        send(chair, "voting:casting_vote", result.ballot_id, choice="2")
        assert address not in page(chair, result.ballot)
    last = result.ballot.results.get(version=2)
    assert [one["name"] for one in last.election["elected"]] == ["Ben"]
