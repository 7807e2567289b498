"""Elections from the call to the certified result: nominations, papers, counts by the rules, ties, open seats."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from hemicycle.accounts.access import Viewer
from hemicycle.bodies.acts import adopt_rules
from hemicycle.bodies.rules import PRESETS, Elections, Preset, Reserved
from hemicycle.command.recount import recounted
from hemicycle.demo.club import Club
from hemicycle.journal.act import Refused
from hemicycle.journal.models import Entry
from hemicycle.journal.verify import verify
from hemicycle.journal.words import sentence
from hemicycle.meetings.queries import standings
from hemicycle.motions.acts import accept_nomination, call_election, close_nominations, nominate
from hemicycle.motions.models import Candidate, Election, Motion
from hemicycle.voting.acts import (
    Papers,
    certify_result,
    close_ballot,
    declare_result,
    enter_count,
    give_casting_vote,
    note_consent,
    note_no_contest,
    open_ballot,
    repeat_ballot,
    withdraw_candidate,
)
from hemicycle.voting.methods.lot import commitment
from hemicycle.voting.models import Ballot, Method, Result
from hemicycle.voting.queries import recountable
from hemicycle.voting.tests.world import DAY, Floor, at, cast, floor_of

pytestmark = pytest.mark.django_db

NAMES = ("Ada", "Ben", "Cora", "Dan", "Eve")
STV = Elections(one="irv", several="scottish-stv")


def under(club: Club, elections: Elections, **more: Any) -> Floor:
    """Bring the club to its sitting, with these rules of elections in force on its day."""
    preset: Preset = replace(PRESETS["club"], elections=elections, **more)
    adopt_rules(by=club.secretary, body_id=club.body.pk, preset=preset, in_force_from=date(2026, 3, 10))
    return floor_of(club)


def called(floor: Floor, *, seats: int = 2, names: tuple[str, ...] = NAMES, **more: Any) -> Election:
    """Call an election on the item, with these candidates standing."""
    with at(5):
        election = call_election(
            by=floor.club.chair, item_id=floor.item.pk, seats=seats, called="the Committee", **more
        )
        for name in names:
            nominate(by=floor.club.chair, motion_id=election.motion_id, name=name, accepted=True)
    return election


def voted(floor: Floor, election: Election, *papers: str, at_minute: int = 10) -> Result:
    """Put the election to the vote, let these papers be cast, and count."""
    with at(at_minute):
        ballot = open_ballot(by=floor.club.chair, motion_id=election.motion_id)
        cast(ballot, *papers)
    with at(at_minute + 2):
        return close_ballot(by=floor.club.chair, ballot_id=ballot.pk).results.get()


def stands(floor: Floor, result: Result) -> Result:
    """Declare and certify a result."""
    with at(13):
        declare_result(by=floor.club.chair, result_id=result.pk)
    with at(14):
        return certify_result(by=floor.club.chair, result_id=result.pk)


def told() -> str:
    return sentence(Entry.objects.order_by("-pk")[0])


def winners(result: Result) -> list[str]:
    return [one["name"] for one in result.election["elected"]]


def test_an_election_by_transferable_vote_goes_from_the_call_to_its_certified_result(club: Club) -> None:
    floor = under(club, STV)
    election = called(floor)
    assert election.counting == "scottish-stv"
    result = voted(floor, election, "1>2", "1>2", "1>2", "1>3", "2>3", "3>2", "3")
    ballot = result.ballot
    assert (ballot.form, ballot.seats, ballot.most, ballot.counting) == ("ranking", 2, 0, "scottish-stv")
    assert winners(result) == ["Ada", "Cora"]
    assert result.election["quota"] == "3"
    assert (result.votes_for, result.abstained, result.carried) == (7, 0, True)
    stands(floor, result)
    assert told().startswith(
        "Ann Adler certified the result on “Election: the Committee”. Elected at stage 1: Ada; at "
    )
    assert "Quota: 3. 7 valid papers." in told()
    election.motion.refresh_from_db()
    assert election.motion.state == Motion.State.ADOPTED
    assert verify() == []


def test_what_came_of_an_election_is_told_when_it_is_declared_and_not_before(club: Club) -> None:
    floor = under(club, STV)
    result = voted(floor, called(floor), "1", "1", "1", "2", "2", "2", "-")
    assert "Ada" not in told()
    assert "election" not in Entry.objects.order_by("-pk")[0].facts
    with at(13):
        declare_result(by=club.chair, result_id=result.pk)
    facts = Entry.objects.order_by("-pk")[0].facts
    assert [one["name"] for one in facts["election"]["elected"]] == ["Ada", "Ben"]
    assert facts["election"]["blank"] == 1


def test_only_who_accepted_and_did_not_withdraw_stands_on_the_paper(club: Club) -> None:
    floor = under(club, STV)
    election = called(floor, names=("Ada", "Ben", "Cora", "Dan"))
    member = club.members[4]
    actor = next(one for one in standings(member.pk, DAY) if one.capacity == "member")
    with at(6):
        silent = nominate(by=club.chair, motion_id=election.motion_id, name="Silent Sam")
        own = nominate(by=actor, motion_id=election.motion_id, person_id=member.pk)
        gone = election.candidates.get(name="Cora")
        withdraw_candidate(by=club.chair, candidate_id=gone.pk, because="too busy")
    assert told() == "Cora withdrew from “Election: the Committee”: too busy"
    assert (silent.accepted, bool(own.accepted)) == (None, True)
    with at(10):
        ballot = open_ballot(by=club.chair, motion_id=election.motion_id)
    assert list(ballot.options.values_list("name", flat=True)) == ["Ada", "Ben", "Dan", member.name]


def test_who_withdraws_while_the_vote_is_open_is_passed_over(club: Club) -> None:
    floor = under(club, STV)
    election = called(floor, names=("Ada", "Ben", "Cora", "Dan"))
    with at(10):
        ballot = open_ballot(by=club.chair, motion_id=election.motion_id)
        cast(ballot, "1>2", "1>2", "1>2", "1>2", "3", "3", "4")
    with at(11):
        withdraw_candidate(by=club.chair, candidate_id=election.candidates.get(name="Ada").pk)
    with at(12):
        result = close_ballot(by=club.chair, ballot_id=ballot.pk).results.get()
        with pytest.raises(Refused, match="counted"):
            withdraw_candidate(by=club.chair, candidate_id=election.candidates.get(name="Ben").pk)
    assert winners(result) == ["Ben", "Cora"]
    assert result.election["withdrawn"] == [1]


def test_nominations_are_refused_where_they_cannot_be(club: Club) -> None:
    floor = under(club, STV)
    election = called(floor, names=("Ada",))
    member = club.members[4]
    actor = next(one for one in standings(member.pk, DAY) if one.capacity == "member")
    refused: list[tuple[str, dict[str, Any]]] = [
        ("nominated", {"by": club.chair, "name": "Ada"}),
        ("nobody_named", {"by": club.chair, "name": " "}),
        ("not_yours", {"by": actor, "name": "Ben", "accepted": True}),
    ]
    for code, what in refused:
        with at(6), pytest.raises(Refused) as refusal:
            nominate(motion_id=election.motion_id, **what)
        assert refusal.value.code == code
    with at(6):
        ben = nominate(by=actor, motion_id=election.motion_id, name="Ben")
        with pytest.raises(Refused) as refusal:
            accept_nomination(by=actor, candidate_id=ben.pk)
        assert refusal.value.code == "not_yours"
        accept_nomination(by=club.chair, candidate_id=ben.pk)
        close_nominations(by=club.chair, motion_id=election.motion_id)
        assert told() == "Nominations were closed: 2 candidates stand (“Election: the Committee”)."
        with pytest.raises(Refused) as refusal:
            nominate(by=club.chair, motion_id=election.motion_id, name="Cora")
    assert refusal.value.code == "nominations_closed"
    assert Candidate.objects.count() == 2


def test_no_contest_is_declared_without_a_vote_where_the_rules_say_so(club: Club) -> None:
    floor = under(club, STV)
    election = called(floor, names=("Ada", "Ben"))
    with at(10), pytest.raises(Refused) as refusal:
        open_ballot(by=club.chair, motion_id=election.motion_id)
    assert refusal.value.code == "uncontested"
    with at(10):
        result = note_no_contest(by=club.chair, motion_id=election.motion_id)
    stands(floor, result)
    assert "Elected without a contest: Ada and Ben." in told()
    assert "did not vote" not in told()


def test_who_is_no_more_than_the_seats_may_be_elected_by_acclamation(club: Club) -> None:
    floor = under(club, replace(STV, sole="yes or no"))
    contested, election = called(floor), called(floor, names=("Ada", "Ben"))
    with at(10):
        with pytest.raises(Refused) as refusal:
            open_ballot(by=club.chair, motion_id=contested.motion_id, method=Method.ACCLAMATION)
        assert refusal.value.code == "contested"
        ballot = open_ballot(by=club.chair, motion_id=election.motion_id, method=Method.ACCLAMATION)
        result = note_consent(by=club.chair, ballot_id=ballot.pk)
    assert winners(stands(floor, result)) == ["Ada", "Ben"]
    assert told().endswith("Elected by acclamation: Ada and Ben. Nobody objected.")
    assert verify() == []


def test_each_candidate_is_voted_on_where_the_rules_ask_for_it(club: Club) -> None:
    floor = under(club, replace(STV, sole="yes or no"))
    election = called(floor, names=("Ada", "Ben"))
    with at(10), pytest.raises(Refused) as refusal:
        note_no_contest(by=club.chair, motion_id=election.motion_id)
    assert refusal.value.code == "vote_asked"
    result = voted(floor, election, "1y 2n", "1y 2n", "1y 2y", "1n 2n", "1y 2n", "", "1a 2a")
    assert result.ballot.form == "yes_no"
    assert winners(result) == ["Ada"]
    stands(floor, result)
    assert "1 seat stays open." in told()


def test_by_names_a_majority_is_needed_and_the_next_go_to_a_run_off(club: Club) -> None:
    floor = under(club, Elections())
    election = called(floor, seats=1, names=NAMES[:3])
    result = voted(floor, election, "1", "1", "1", "2", "2", "3", "3")
    assert (result.carried, result.election["quota"], result.election["runoff"]) == (
        False,
        "4",
        [1, result.election["ties"][0]["chosen"][0]],
    )
    assert result.election["ties"][0]["how"] == "lot"
    stands(floor, result)
    assert "Nobody is elected. 4 votes were needed. 7 valid papers." in told()
    with at(20):
        second = call_election(
            by=club.chair,
            item_id=floor.item.pk,
            seats=1,
            called="the Committee",
            counting="runoff",
            follows_id=election.pk,
        )
        for name in ("Ada", "Ben"):
            nominate(by=club.chair, motion_id=second.motion_id, name=name, accepted=True)
        ballot = open_ballot(by=club.chair, motion_id=second.motion_id)
        cast(ballot, "1", "1", "1", "2", "2", "2", "2")
    with at(22):
        last = close_ballot(by=club.chair, ballot_id=ballot.pk).results.get()
    assert winners(last) == ["Ben"]


def test_the_lot_of_an_election_is_the_one_that_was_bound_at_its_opening(club: Club) -> None:
    floor = under(club, Elections(plurality=True))
    result = voted(floor, called(floor, seats=1, names=NAMES[:2]), "1", "2", "1", "2", "1", "2", "")
    opened = Entry.objects.get(kind="ballot.opened")
    tie = result.election["ties"][0]
    assert (tie["how"], tie["candidates"], len(tie["chosen"])) == ("lot", [1, 2], 1)
    assert opened.facts["lot_commitment"] == commitment(tie["by"])


def test_seniority_goes_first_where_the_rules_say_so(club: Club) -> None:
    floor = under(club, Elections(plurality=True, ties=("seniority", "lot")))
    election = called(floor, seats=1, names=())
    with at(6):
        for member in (club.members[3], club.members[2]):
            nominate(by=club.chair, motion_id=election.motion_id, person_id=member.pk, accepted=True)
    result = voted(floor, election, "1", "2", "1", "2", "1", "2", "")
    assert result.election["ties"][0]["how"] == "seniority"
    assert len(winners(result)) == 1


def test_a_tie_that_no_rule_breaks_is_voted_on_again(club: Club) -> None:
    floor = under(club, Elections(one="irv", plurality=True, ties=()))
    result = voted(floor, called(floor, seats=1, names=NAMES[:2]), "1", "2", "1", "2", "1", "2", "")
    assert (result.carried, result.election["tied"]) == (False, [1, 2])
    with at(13):
        declare_result(by=club.chair, result_id=result.pk)
        assert "Equal, and not decided by the rules: Ada and Ben." in told()
    with at(14), pytest.raises(Refused) as refusal:
        certify_result(by=club.chair, result_id=result.pk)
    assert refusal.value.code == "tie_unbroken"
    with at(15):
        again = repeat_ballot(by=club.chair, ballot_id=result.ballot_id, reason="a tie")
    assert list(again.options.values_list("name", flat=True)) == ["Ada", "Ben"]


def test_seats_are_reserved_for_groups_by_the_rules(club: Club) -> None:
    rules = Elections(several="scottish-stv", reserved=(Reserved("islands", 1),))
    floor = under(club, rules)
    election = called(floor, names=("Ada", "Ben", "Cora"))
    with at(6):
        with pytest.raises(Refused) as refusal:
            open_ballot(by=club.chair, motion_id=election.motion_id)
        assert refusal.value.code == "reserved_unfilled"
        nominate(by=club.chair, motion_id=election.motion_id, name="Isla", group="Islands", accepted=True)
    result = voted(floor, election, "1>2", "1>2", "1>2", "2>1", "2>1", "2>1", "3")
    assert "Isla" in winners(result)
    assert len(winners(result)) == 2


def test_none_of_the_above_is_a_line_of_the_paper(club: Club) -> None:
    floor = under(club, Elections(plurality=True, none_of_the_above=True))
    result = voted(floor, called(floor, seats=1, names=NAMES[:2]), "1", "2", "3", "3", "3", "3", "1")
    assert result.ballot.options.get(number=3).name == "None of the above"
    assert winners(result) == []


def test_papers_of_an_election_that_tellers_counted_are_kept_as_they_were_counted(club: Club) -> None:
    floor = under(club, STV)
    election = called(floor)
    with at(10):
        with pytest.raises(Refused) as refusal:
            open_ballot(by=club.chair, motion_id=election.motion_id, method=Method.HANDS)
        assert refusal.value.code == "papers_needed"
        ballot = open_ballot(by=club.chair, motion_id=election.motion_id, method=Method.PAPER)
    with at(12):
        with pytest.raises(Refused) as refusal:
            enter_count(by=club.chair, ballot_id=ballot.pk, counted=Papers({"1>2": 5, "2": 9}))
        assert refusal.value.code == "more_than_present"
        assert Result.objects.count() == 0
        result = enter_count(
            by=club.chair, ballot_id=ballot.pk, counted=Papers({"1>2": 4, "2>1": 2, "": 1}, ("Tess", "Tom"))
        )
    assert winners(result) == ["Ada", "Ben"]
    assert dict(result.bundles.values_list("paper", "count")) == {"1>2": 4, "2>1": 2, "": 1}
    assert Ballot.objects.get(pk=ballot.pk).tellers == ["Tess", "Tom"]


@pytest.mark.parametrize("by_tellers", [False, True])
def test_the_casting_vote_breaks_the_tie_of_an_election_where_the_rules_say_so(club: Club, by_tellers: bool) -> None:
    floor = under(club, Elections(plurality=True, ties=("casting vote",)))
    election = called(floor, seats=1)
    with at(10):
        method = Method.PAPER if by_tellers else Method.NAMED
        ballot = open_ballot(by=club.chair, motion_id=election.motion_id, method=method)
    with at(12):
        if by_tellers:
            last = enter_count(by=club.chair, ballot_id=ballot.pk, counted=Papers({"1": 2, "2": 2, "3": 2, "4": 1}))
        else:
            cast(ballot, "1", "1", "2", "2", "3", "3", "4")
            last = close_ballot(by=club.chair, ballot_id=ballot.pk).results.get()
        assert last.election["tied"] == [1, 2, 3]
    with at(13):
        declare_result(by=club.chair, result_id=last.pk)
        for code, act in (
            ("tie_casting", lambda: certify_result(by=club.chair, result_id=last.pk)),
            ("no_choice", lambda: give_casting_vote(by=club.chair, ballot_id=ballot.pk, choice="4")),
            ("no_choice", lambda: give_casting_vote(by=club.chair, ballot_id=ballot.pk, choice="for")),
        ):
            with pytest.raises(Refused) as refusal:
                act()
            assert refusal.value.code == code
        result = give_casting_vote(by=club.chair, ballot_id=ballot.pk, choice="2")
        assert told() == "Ann Adler gave the casting vote on “Election: the Committee”. The chair declares the result."
    assert winners(stands(floor, result)) == ["Ben"]
    assert told().count("by the casting vote it was Ben") == 1
    export = recountable(Viewer(), result)
    assert export["casting"] == [2]
    assert recounted(export) == export["result"]
    with at(20), pytest.raises(Refused, match="certified"):
        give_casting_vote(by=club.chair, ballot_id=ballot.pk, choice="2")
    assert verify() == []


def test_two_seats_between_three_who_are_equal_take_two_casting_votes(club: Club) -> None:
    floor = under(club, Elections(plurality=True, ties=("casting vote",)))
    last = voted(floor, called(floor, seats=2), "1", "1", "2", "2", "3", "3", "4")
    with at(13):
        for choice, left in (("3", [1, 2, 3]), ("1", [])):
            last = give_casting_vote(by=club.chair, ballot_id=last.ballot_id, choice=choice)
            assert last.election["tied"] == left
    assert sorted(winners(last)) == ["Ada", "Cora"]


def test_no_casting_vote_breaks_the_tie_of_an_election_where_the_rules_give_none(club: Club) -> None:
    floor = under(club, Elections(plurality=True, ties=()))
    result = voted(floor, called(floor, seats=1), "1", "1", "2", "2")
    with at(13), pytest.raises(Refused) as refusal:
        give_casting_vote(by=club.chair, ballot_id=result.ballot_id, choice="1")
    assert refusal.value.code == "no_casting_vote"
    with pytest.raises(Refused, match="Either the casting vote or the lot"):
        under(club, Elections(ties=("casting vote", "lot")))
