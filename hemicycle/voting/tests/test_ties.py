"""Ties, votes taken again, the second person, the quorum at the end of a vote, and votes in secret."""

from collections.abc import Callable
from hashlib import sha256

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from hemicycle.bodies.rules import Share
from hemicycle.demo.club import Club
from hemicycle.journal.act import Refused
from hemicycle.journal.models import Entry
from hemicycle.journal.verify import verify
from hemicycle.journal.words import sentence
from hemicycle.meetings.acts import participant_went
from hemicycle.meetings.tests.test_floor_acts import rules
from hemicycle.motions.models import Motion
from hemicycle.voting.acts import (
    Hands,
    certify_result,
    close_ballot,
    decide_procedure,
    declare_result,
    draw_lot,
    enter_count,
    give_casting_vote,
    move_procedure,
    open_ballot,
    repeat_ballot,
)
from hemicycle.voting.models import Ballot, Method, Result
from hemicycle.voting.queries import outcome_facts, tie_falls
from hemicycle.voting.rules import Base, Counts, Majority, drawn, is_tied
from hemicycle.voting.tests.test_pages import as_person
from hemicycle.voting.tests.world import Floor, at, cast, floor_of, participation_of
from hemicycle.voting.words import arithmetic


def told(kind: str) -> str:
    return sentence(Entry.objects.filter(kind=kind).latest("number"))


def refused(code: str, act: Callable[[], object]) -> str:
    before = Entry.objects.count()
    with pytest.raises(Refused) as refusal:
        act()
    assert refusal.value.code == code
    assert Entry.objects.count() == before
    return refusal.value.sentence


EQUAL = Hands(3, 3, 1)


def tied(floor: Floor, *, hands: Hands = EQUAL) -> tuple[Ballot, Result]:
    with at(10):
        ballot = open_ballot(by=floor.club.chair, motion_id=floor.motion.pk, method=Method.HANDS)
        return ballot, enter_count(by=floor.club.chair, ballot_id=ballot.pk, counted=hands)


def test_a_tie_is_voted_on_once_more_and_a_second_tie_is_lost(club: Club) -> None:
    rules(club, ties="again")
    floor = floor_of(club)
    ballot, result = tied(floor)
    chair = club.chair
    with at(12):
        refused("no_reason", lambda: repeat_ballot(by=chair, ballot_id=ballot.pk))
        declare_result(by=chair, result_id=result.pk)
        assert told("result.declared").startswith("Ann Adler declared the result on “Repair of the roof”. A tie: 3 for")
        assert "By the rules it is voted on once more." in told("result.declared")
        refused("tie_again", lambda: certify_result(by=chair, result_id=result.pk))
        page = as_person(club.members[0]).get(reverse("voting:ballot", args=[ballot.pk])).content.decode()
        assert "Take the vote again" in page
        for word in ("Certify the result", "Not carried", "You put no vote into the box."):
            assert word not in page
        refused("no_lot", lambda: draw_lot(by=chair, ballot_id=ballot.pk))
        second = repeat_ballot(by=chair, ballot_id=ballot.pk)
    assert (second.repeats, second.method, second.question) == (ballot, Method.HANDS, ballot.question)
    assert told("ballot.repeated") == (
        "The vote is taken again (The votes were equal): “Shall “Repair of the roof” be adopted?” "
        "7 voters are entitled."
    )
    ballot.refresh_from_db()
    assert ballot.voided
    assert ballot.results.get().votes_for == 3
    with at(14):
        again = enter_count(by=chair, ballot_id=second.pk, counted=Hands(3, 3, 0))
        declare_result(by=chair, result_id=again.pk)
        refused("no_reason", lambda: repeat_ballot(by=chair, ballot_id=second.pk))
        certify_result(by=chair, result_id=again.pk)
    assert told("result.certified").count("Not adopted: 3 for, 3 against") == 1
    assert Motion.objects.get().state == Motion.State.REJECTED
    assert not list(verify())


def test_a_lot_decides_a_declared_tie_by_the_seed_to_which_the_vote_was_bound(club: Club) -> None:
    rules(club, ties="lot")
    floor = floor_of(club)
    ballot, result = tied(floor)
    chair = club.chair
    bound = Entry.objects.get(kind="ballot.opened").facts["lot_commitment"]
    assert ballot.lot_seed not in (Entry.objects.get(kind="ballot.opened").facts_text or "")
    with at(12):
        refused("nothing_declared", lambda: draw_lot(by=chair, ballot_id=ballot.pk))
        declare_result(by=chair, result_id=result.pk)
        refused("tie_lot", lambda: certify_result(by=chair, result_id=result.pk))
        decided = draw_lot(by=chair, ballot_id=ballot.pk)
        refused("no_lot", lambda: draw_lot(by=chair, ballot_id=ballot.pk))
        certify_result(by=chair, result_id=decided.pk)
    facts = Entry.objects.get(kind="lot.drawn").facts
    seed = facts["seed"]
    assert sha256(seed.encode()).hexdigest() == bound
    first = min((1, 2), key=lambda number: sha256(f"{seed}/1/adoption/{number}".encode()).hexdigest())
    assert decided.carried is (first == 1) is (decided.lot == "for")
    assert f"The lot was {decided.lot} it." in told("lot.drawn")
    assert seed in told("lot.drawn")
    assert Motion.objects.get().state == (Motion.State.ADOPTED if first == 1 else Motion.State.REJECTED)
    assert not list(verify())


def test_a_casting_vote_carries_only_what_one_vote_more_would_have_carried(club: Club) -> None:
    rules(club, casting_vote=True, majority=Share(3, 4, strict=False))
    floor = floor_of(club)
    ballot, _result = tied(floor)
    with at(12):
        refused("no_tie", lambda: give_casting_vote(by=club.chair, ballot_id=ballot.pk, choice="for"))


def test_an_irregular_vote_is_taken_again_for_a_reason_until_it_is_certified(club: Club) -> None:
    floor = floor_of(club)
    ballot, result = tied(floor, hands=Hands(4, 2, 0))
    with at(12):
        second = repeat_ballot(by=club.chair, ballot_id=ballot.pk, reason="A door was locked.")
        refused("ballot_voided", lambda: repeat_ballot(by=club.chair, ballot_id=ballot.pk, reason="Again."))
        refused("ballot_open", lambda: repeat_ballot(by=club.chair, ballot_id=second.pk, reason="Again."))
        refused("ballot_voided", lambda: declare_result(by=club.chair, result_id=result.pk))
        third = enter_count(by=club.chair, ballot_id=second.pk, counted=Hands(5, 2, 0))
        declare_result(by=club.chair, result_id=third.pk)
        certify_result(by=club.chair, result_id=third.pk)
        refused("result_certified", lambda: repeat_ballot(by=club.chair, ballot_id=second.pk, reason="Again."))
    assert not list(verify())


def test_where_the_rules_ask_for_two_another_person_certifies(club: Club) -> None:
    rules(club, two_persons_from=5)
    floor = floor_of(club)
    ballot, result = tied(floor, hands=Hands(5, 1, 0))
    address = reverse("voting:ballot", args=[ballot.pk])
    with at(12):
        declare_result(by=club.chair, result_id=result.pk)
        said = refused("second_person", lambda: certify_result(by=club.chair, result_id=result.pk))
        assert said.startswith("Ann Adler declared this result.")
        chairs, secretarys = (as_person(person).get(address).content.decode() for person in club.members[:2])
        assert "Certify the result" not in chairs
        assert "another person of the desk certifies it" in chairs
        assert "Certify the result" in secretarys
        certify_result(by=club.secretary, result_id=result.pk)
    assert Motion.objects.get().state == Motion.State.ADOPTED


def test_a_small_body_is_not_asked_for_two(club: Club) -> None:
    rules(club, two_persons_from=10)
    ballot, result = tied(floor_of(club), hands=Hands(5, 1, 0))
    with at(12):
        declare_result(by=club.chair, result_id=result.pk)
        assert certify_result(by=club.chair, result_id=result.pk).certified
    assert ballot.pk == result.ballot_id


def test_a_vote_ends_only_while_the_quorum_is_there(club: Club) -> None:
    floor = floor_of(club, present=5)
    with at(10):
        ballot = open_ballot(by=club.chair, motion_id=floor.motion.pk)
        cast(ballot, "for", "for", "for", "for", "for")
    with at(11):
        participant_went(by=club.chair, participation_id=participation_of(floor, 4).pk)
        said = refused("no_quorum", lambda: close_ballot(by=club.chair, ballot_id=ballot.pk))
    assert said.startswith("4 of 9 members are still present; 5 are needed")


def test_the_entry_that_ends_a_vote_has_the_quorum_of_that_moment(club: Club) -> None:
    floor = floor_of(club)
    with at(10):
        ballot = open_ballot(by=club.chair, motion_id=floor.motion.pk)
    with at(11):
        participant_went(by=club.chair, participation_id=participation_of(floor, 6).pk)
        close_ballot(by=club.chair, ballot_id=ballot.pk)
    assert Entry.objects.get(kind="ballot.opened").facts["quorum"] == {"present": 7, "needed": 5, "members": 9}
    assert Entry.objects.get(kind="ballot.closed").facts["quorum"] == {"present": 6, "needed": 5, "members": 9}


def test_the_next_vote_on_an_item_is_secret_where_the_meeting_decided_so(club: Club) -> None:
    floor = floor_of(club)
    chair = club.chair
    with at(5):
        moved = move_procedure(by=chair, sitting_id=floor.sitting.pk, name="secret vote", mover="Eva Egger")
        decide_procedure(by=chair, procedure_id=moved.pk)
    with at(6):
        for method in (Method.NAMED, Method.HANDS, Method.CONSENT):
            said = refused("secret_vote", lambda m=method: open_ballot(by=chair, motion_id=floor.motion.pk, method=m))  # type: ignore[misc]
        assert said.startswith("The meeting decided to vote in secret on this.")
        form = as_person(club.members[0]).get(reverse("voting:ask", args=[floor.motion.pk])).content.decode()
        assert "The meeting decided to vote in secret on this." in form
        assert 'value="paper ballot"' in form
        assert 'value="show of hands"' not in form
        open_ballot(by=chair, motion_id=floor.motion.pk, practice=True)
    practice = Ballot.objects.get()
    with at(7):
        close_ballot(by=chair, ballot_id=practice.pk)
        ballot = open_ballot(by=chair, motion_id=floor.motion.pk, method=Method.PAPER)
        result = enter_count(by=chair, ballot_id=ballot.pk, counted=Hands(2, 4, 1))
    assert not ballot.votes.exists()
    with at(8):
        refused(
            "secret_vote",
            lambda: repeat_ballot(by=chair, ballot_id=ballot.pk, reason="A paper too many.", method=Method.NAMED),
        )
        declare_result(by=chair, result_id=result.pk)
        certify_result(by=chair, result_id=result.pk)


def test_a_vote_that_is_not_asked_to_be_secret_goes_as_the_chair_puts_it(club: Club) -> None:
    floor = floor_of(club)
    with at(5):
        moved = move_procedure(by=club.chair, sitting_id=floor.sitting.pk, name="secret vote", mover="Eva Egger")
        decide_procedure(by=club.chair, procedure_id=moved.pk, counted=Hands(2, 4, 0))
        assert open_ballot(by=club.chair, motion_id=floor.motion.pk).method == Method.NAMED


def test_abstentions_leave_it_unanimous_only_where_the_rules_say_so(club: Club) -> None:
    _ballot, result = tied(floor_of(club), hands=Hands(6, 0, 1))
    assert arithmetic(outcome_facts(result)).startswith("Adopted: 6 for")
    rules(club, unanimous_allows_abstentions=True)
    assert arithmetic(outcome_facts(result)).startswith("Adopted unanimously: 6 for, 0 against, 1 abstained")


def test_where_the_rules_let_a_tie_fall_it_is_lost(club: Club) -> None:
    _ballot, result = tied(floor_of(club))
    assert tie_falls(result) == "lost"
    with at(12):
        declare_result(by=club.chair, result_id=result.pk)
        assert not certify_result(by=club.chair, result_id=result.pk).carried


numbers = st.integers(0, 12)
shares = st.builds(Share, st.integers(1, 4), st.just(4), st.booleans()) | st.just(Share(1, 2, strict=True))


@given(numbers, numbers, numbers, st.integers(0, 5), st.integers(0, 5), shares, st.sampled_from(Base))
def test_a_tie_is_where_the_votes_are_equal_and_one_more_would_decide(
    given_for: int, against: int, abstained: int, silent: int, absent: int, share: Share, of: Base
) -> None:
    present = given_for + against + abstained + silent
    counts = Counts(given_for, against, abstained, present, present + absent)

    def carries(votes_for: int) -> bool:
        """Count slowly: lay the votes out one by one and compare whole numbers."""
        whole = {
            Base.VALID: votes_for + against,
            Base.CAST: votes_for + against + abstained,
            Base.PRESENT: present,
            Base.MEMBERS: present + absent,
        }[of]
        reached = votes_for * share.denominator - whole * share.numerator
        return votes_for > 0 and (reached > 0 if share.strict else reached >= 0)

    model = given_for == against and given_for > 0 and not carries(given_for) and carries(given_for + 1)
    assert is_tied(counts, Majority(share, of)) is model


@given(st.text("0123456789abcdef", min_size=1, max_size=32))
def test_a_lot_falls_by_the_digests_of_its_seed_alone(seed: str) -> None:
    for_it, against_it = (sha256(f"{seed}/1/adoption/{number}".encode()).hexdigest() for number in (1, 2))
    assert drawn(seed) is (for_it < against_it)
