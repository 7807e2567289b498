"""Votes without a box: hands that tellers count, consent, the casting vote, and dissent that is minuted."""

from collections.abc import Callable

import pytest

from hemicycle.bodies.models import RulesOfProcedure
from hemicycle.decisions.acts import certify_decision
from hemicycle.demo.club import Club
from hemicycle.journal.act import Refused
from hemicycle.journal.models import Entry
from hemicycle.journal.verify import verify
from hemicycle.journal.words import sentence
from hemicycle.meetings.acts import declare_interest, suspend_sitting
from hemicycle.meetings.tests.test_floor_acts import rules
from hemicycle.voting.acts import (
    Hands,
    certify_result,
    close_ballot,
    correct_result,
    declare_result,
    enter_count,
    give_casting_vote,
    minute_dissent,
    note_consent,
    note_objection,
    open_ballot,
)
from hemicycle.voting.box_commit import Slip, commit
from hemicycle.voting.models import Ballot, Method
from hemicycle.voting.tests.world import Floor, at, counted, floor_of


def told(kind: str) -> str:
    return sentence(Entry.objects.filter(kind=kind).latest("number"))


def refused(code: str, act: Callable[[], object]) -> str:
    before = Entry.objects.count()
    with pytest.raises(Refused) as refusal:
        act()
    assert refusal.value.code == code
    assert Entry.objects.count() == before
    return refusal.value.sentence


def asked(floor: Floor, method: str) -> Ballot:
    with at(10):
        return open_ballot(by=floor.club.chair, motion_id=floor.motion.pk, method=method)


def test_a_show_of_hands_is_counted_by_tellers_then_declared_and_certified(club: Club) -> None:
    floor = floor_of(club)
    ballot = asked(floor, Method.HANDS)
    with at(11):
        refused("count_asked", lambda: close_ballot(by=club.chair, ballot_id=ballot.pk))
        said = refused(
            "more_than_present",
            lambda: enter_count(by=club.chair, ballot_id=ballot.pk, counted=Hands(5, 2, 1)),
        )
        assert said == "The tellers counted 8 votes, but 7 voters are there. Count again."
        refused("count_below_nothing", lambda: enter_count(by=club.chair, ballot_id=ballot.pk, counted=Hands(-1, 2, 1)))
        result = enter_count(by=club.chair, ballot_id=ballot.pk, counted=Hands(4, 2, 0, ("Cleo Costa", "Dov Dahl")))
        assert told("ballot.counted") == (
            "The votes were counted by Cleo Costa and Dov Dahl. 6 of 7 entitled voters voted. "
            "The chair declares the result."
        )
        refused("ballot_closed", lambda: enter_count(by=club.chair, ballot_id=ballot.pk, counted=Hands(4, 2, 0)))
    with at(12):
        refused("count_asked", lambda: correct_result(by=club.chair, ballot_id=ballot.pk, reason="Miscounted."))
        second = correct_result(by=club.chair, ballot_id=ballot.pk, reason="Miscounted.", counted=Hands(5, 2, 0))
        refused("result_replaced", lambda: declare_result(by=club.chair, result_id=result.pk))
        declare_result(by=club.chair, result_id=second.pk)
        certify_result(by=club.chair, result_id=second.pk)
        refused(
            "result_certified",
            lambda: correct_result(by=club.chair, ballot_id=ballot.pk, reason="Again.", counted=Hands(6, 1, 0)),
        )
        decision = certify_decision(by=club.chair, result_id=second.pk)
    assert decision.adopted == "by vote"
    assert not list(verify())


def test_no_vote_comes_into_a_box_that_there_is_not(club: Club) -> None:
    ballot = asked(floor_of(club), Method.HANDS)
    voter = ballot.entitled.order_by("number")[0]
    (outcome,) = commit_in_test([Slip(ballot.pk, voter.pk, "for", "r")])
    assert outcome == "ballot_closed"
    assert not ballot.votes.exists()


def commit_in_test(slips: list[Slip]) -> list[str]:
    return [outcome.code for outcome in commit(slips)]


def test_where_nobody_objects_it_is_adopted_by_consent(club: Club) -> None:
    floor = floor_of(club)
    ballot = asked(floor, Method.CONSENT)
    assert told("ballot.opened") == "Ann Adler asked whether anybody objects: “Shall “Repair of the roof” be adopted?”"
    with at(11):
        result = note_consent(by=club.chair, ballot_id=ballot.pk)
        assert told("consent.noted") == "Nobody objected to “Repair of the roof”."
        declare_result(by=club.chair, result_id=result.pk)
        certify_result(by=club.chair, result_id=result.pk)
        assert told("result.certified").endswith("Adopted by consent: 7 with a vote were there, and nobody objected.")
        assert certify_decision(by=club.chair, result_id=result.pk).adopted == "by consent"
    assert not list(verify())


def test_what_is_acclaimed_is_adopted_where_nobody_objects(club: Club) -> None:
    floor = floor_of(club)
    ballot = asked(floor, Method.ACCLAMATION)
    assert "put it to acclamation" in told("ballot.opened")
    with at(11):
        result = note_consent(by=club.chair, ballot_id=ballot.pk)
        declare_result(by=club.chair, result_id=result.pk)
        certify_result(by=club.chair, result_id=result.pk)
        assert told("result.certified").endswith(
            "Adopted by acclamation: 7 with a vote were there, and nobody objected."
        )
        assert certify_decision(by=club.chair, result_id=result.pk).adopted == "by acclamation"
        assert told("decision.certified").count("by acclamation") == 1
    assert not list(verify())


def test_an_objection_to_an_acclamation_leads_to_a_vote(club: Club) -> None:
    floor = floor_of(club)
    ballot = asked(floor, Method.ACCLAMATION)
    with at(11):
        note_objection(by=club.chair, ballot_id=ballot.pk)
        named = open_ballot(by=club.chair, motion_id=floor.motion.pk)
        assert named.method == Method.NAMED


def test_an_objection_puts_the_motion_back_to_be_voted_on(club: Club) -> None:
    floor = floor_of(club)
    ballot = asked(floor, Method.CONSENT)
    with at(11):
        refused("not_by_hands", lambda: enter_count(by=club.chair, ballot_id=ballot.pk, counted=Hands(4, 2, 0)))
        note_objection(by=club.chair, ballot_id=ballot.pk, objector="Eva Egger")
        assert told("objection.noted") == "Eva Egger objected to “Repair of the roof”; it is to be voted on."
        refused("ballot_closed", lambda: note_consent(by=club.chair, ballot_id=ballot.pk))
        by_hands = open_ballot(by=club.chair, motion_id=floor.motion.pk, method=Method.HANDS)
        refused("objections_not_asked", lambda: note_consent(by=club.chair, ballot_id=by_hands.pk))


def test_a_tie_is_decided_by_the_casting_vote_where_the_rules_give_one(club: Club) -> None:
    rules(club, casting_vote=True)
    floor = floor_of(club)
    ballot = asked(floor, Method.HANDS)
    with at(11):
        enter_count(by=club.chair, ballot_id=ballot.pk, counted=Hands(3, 3, 1))
        refused("no_choice", lambda: give_casting_vote(by=club.chair, ballot_id=ballot.pk, choice="abstain"))
        result = give_casting_vote(by=club.chair, ballot_id=ballot.pk, choice="for")
        assert (result.version, result.carried, result.votes_for) == (2, True, 3)
        assert told("casting_vote.given") == (
            "Ann Adler gave the casting vote on “Repair of the roof”. The chair declares the result."
        )
        refused("no_tie", lambda: give_casting_vote(by=club.chair, ballot_id=ballot.pk, choice="for"))
        declare_result(by=club.chair, result_id=result.pk)
        assert told("result.declared").count("The casting vote was for it.") == 1
    assert not list(verify())


def test_without_a_rule_for_it_nobody_has_a_casting_vote(club: Club) -> None:
    assert not RulesOfProcedure.objects.filter(casting_vote=True).exists()
    floor = floor_of(club)
    ballot = asked(floor, Method.HANDS)
    with at(11):
        result = enter_count(by=club.chair, ballot_id=ballot.pk, counted=Hands(3, 3, 0))
        assert not result.carried
        refused("no_casting_vote", lambda: give_casting_vote(by=club.chair, ballot_id=ballot.pk, choice="for"))


def test_dissent_is_minuted_for_those_who_had_a_vote(club: Club) -> None:
    floor = floor_of(club)
    ballot = counted(floor, *["for"] * 5, "against")
    with at(13):
        refused(
            "nothing_declared",
            lambda: minute_dissent(by=club.chair, ballot_id=ballot.pk, person_id=club.members[5].pk),
        )
        declare_result(by=club.chair, result_id=ballot.results.get().pk)
    with at(20):
        minute_dissent(by=club.chair, ballot_id=ballot.pk, person_id=club.members[5].pk, text="The roof will hold.")
        assert told("dissent.minuted") == (
            "Fay Fink had their dissent from “Repair of the roof” minuted: The roof will hold."
        )
        refused(
            "dissent_minuted",
            lambda: minute_dissent(by=club.chair, ballot_id=ballot.pk, person_id=club.members[5].pk),
        )
        said = refused(
            "not_entitled", lambda: minute_dissent(by=club.chair, ballot_id=ballot.pk, person_id=club.outsider.pk)
        )
        assert said == "Kim Kern had no vote in this ballot."


def test_who_is_concerned_is_not_on_the_list_of_voters(club: Club) -> None:
    floor = floor_of(club)
    with at(3):
        declare_interest(by=club.chair, item_id=floor.item.pk, person_id=club.members[4].pk, nature="the roofer")
    ballot = asked(floor, Method.NAMED)
    assert "Eva Egger" not in set(ballot.entitled.values_list("name", flat=True))
    assert ballot.entitled.count() == 6


def test_nothing_is_put_to_the_vote_while_the_sitting_is_suspended(club: Club) -> None:
    floor = floor_of(club)
    with at(3):
        suspend_sitting(by=club.chair, sitting_id=floor.sitting.pk)
        refused("sitting_suspended", lambda: open_ballot(by=club.chair, motion_id=floor.motion.pk))
