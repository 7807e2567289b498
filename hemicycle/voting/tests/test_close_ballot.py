"""Closing the box, counting it, and what becomes of the count."""

from datetime import timedelta

import pytest

from hemicycle.demo.club import Club
from hemicycle.journal.act import Happened, Refused
from hemicycle.journal.models import Entry
from hemicycle.journal.words import sentence
from hemicycle.meetings.models import Sitting
from hemicycle.motions.models import Motion
from hemicycle.voting.acts import (
    certify_result,
    close_ballot,
    correct_result,
    declare_result,
    open_ballot,
    void_ballot,
)
from hemicycle.voting.models import Ballot, Result, Vote
from hemicycle.voting.queries import boxes_that_do_not_hold
from hemicycle.voting.tests.world import OPENING, at, cast, certified, counted, floor_of


def test_closing_counts_the_box(club: Club) -> None:
    floor = floor_of(club, present=8)
    ballot = counted(floor, "for", "for", "for", "against", "against", "abstain")
    result = ballot.results.get()
    assert (result.votes_for, result.votes_against, result.abstained, result.entitled) == (3, 2, 1, 8)
    assert (result.version, result.base, result.needed, result.carried) == (1, 5, 3, True)
    assert Sitting.objects.get(pk=floor.sitting.pk).voting_since is None
    assert sentence(Entry.objects.get(kind="ballot.closed")) == (
        "Ann Adler closed the ballot. 6 of 8 entitled voters voted. The chair declares the result."
    )
    with at(13):
        declare_result(by=club.chair, result_id=result.pk)
    assert sentence(Entry.objects.get(kind="result.declared")) == (
        "Ann Adler declared the result on “Repair of the roof”. Adopted: 3 for, 2 against, 1 abstained. "
        "3 were needed (over half of 5 valid votes). 2 entitled voters did not vote."
    )


def test_no_vote_stands_in_the_facts_only_the_digest_of_the_box(club: Club) -> None:
    ballot = counted(floor_of(club), "for", "against")
    entry = Entry.objects.get(kind="ballot.closed")
    assert entry.facts["box_digest"] == ballot.box_digest
    assert len(ballot.box_digest) == 64
    assert "voting_vote" not in {table["table"] for table in entry.rows}
    assert all(person.name not in (entry.facts_text or "") for person in club.members)
    assert ballot.salt not in (entry.facts_text or "")


def test_an_empty_box_is_counted_and_carries_nothing(club: Club) -> None:
    result = counted(floor_of(club)).results.get()
    assert (result.votes_for, result.carried, result.needed) == (0, False, 1)


def test_a_ballot_is_closed_once(club: Club) -> None:
    ballot = counted(floor_of(club), "for")
    with at(20), pytest.raises(Refused) as refused:
        close_ballot(by=club.chair, ballot_id=ballot.pk)
    assert refused.value.code == "ballot_closed"
    assert Result.objects.count() == 1


def test_a_ballot_closes_after_it_opened(club: Club) -> None:
    floor = floor_of(club)
    with at(10):
        ballot = open_ballot(by=club.chair, motion_id=floor.motion.pk)
    before = Happened("moment", OPENING + timedelta(minutes=5), reason="kept on paper")
    with at(20), pytest.raises(Refused) as refused:
        close_ballot(by=club.chair, ballot_id=ballot.pk, happened=before)
    assert (refused.value.code, refused.value.field) == ("out_of_order", "happened")


def test_a_vote_entered_later_counts_from_when_it_happened(club: Club) -> None:
    floor = floor_of(club)
    opened, closed = OPENING + timedelta(minutes=30), OPENING + timedelta(minutes=40)
    with at(24 * 60):
        ballot = open_ballot(
            by=club.chair, motion_id=floor.motion.pk, happened=Happened("moment", opened, reason="kept on paper")
        )
        cast(ballot, *["for"] * 7)
        ballot = close_ballot(
            by=club.chair, ballot_id=ballot.pk, happened=Happened("moment", closed, reason="kept on paper")
        )
    assert (ballot.opened, ballot.closed) == (opened, closed)
    assert Entry.objects.get(kind="ballot.closed").recorded_at == OPENING + timedelta(days=1)


def test_unanimity_is_told_only_where_it_is_true(club: Club) -> None:
    certified(floor_of(club), *["for"] * 7)
    told = sentence(Entry.objects.get(kind="result.certified"))
    assert "Adopted unanimously: 7 for, 0 against, 0 abstained." in told


def test_one_abstention_is_not_unanimity(club: Club) -> None:
    certified(floor_of(club), *["for"] * 6, "abstain")
    assert "unanimous" not in sentence(Entry.objects.get(kind="result.certified"))


def test_certifying_a_carried_result_adopts_the_motion(club: Club) -> None:
    floor = floor_of(club)
    certified(floor, *["for"] * 5)
    assert Motion.objects.get(pk=floor.motion.pk).state == Motion.State.ADOPTED


def test_certifying_a_lost_result_rejects_the_motion(club: Club) -> None:
    floor = floor_of(club)
    certified(floor, "for", "for", "against", "against")
    assert Motion.objects.get(pk=floor.motion.pk).state == Motion.State.REJECTED
    assert "Not adopted: 2 for, 2 against" in sentence(Entry.objects.get(kind="result.certified"))


def test_a_result_is_declared_before_it_is_certified(club: Club) -> None:
    result = counted(floor_of(club), "for").results.get()
    with at(20), pytest.raises(Refused) as refused:
        certify_result(by=club.chair, result_id=result.pk)
    assert refused.value.code == "result_not_declared"
    with at(21):
        declare_result(by=club.chair, result_id=result.pk)
    with at(22), pytest.raises(Refused) as refused:
        declare_result(by=club.chair, result_id=result.pk)
    assert refused.value.code == "result_declared"


def test_what_is_certified_stands(club: Club) -> None:
    result = certified(floor_of(club), *["for"] * 5)
    refusals = []
    for attempt in (
        lambda: certify_result(by=club.chair, result_id=result.pk),
        lambda: void_ballot(by=club.chair, ballot_id=result.ballot_id, reason="A doubt."),
        lambda: correct_result(by=club.chair, ballot_id=result.ballot_id, reason="A doubt."),
    ):
        with at(30), pytest.raises(Refused) as refused:
            attempt()
        refusals.append(refused.value.code)
    assert refusals == ["result_certified"] * 3


def test_a_recount_is_a_further_version_and_the_first_is_kept(club: Club) -> None:
    floor = floor_of(club)
    ballot = counted(floor, *["for"] * 4, "against")
    first = ballot.results.get()
    with at(20):
        declare_result(by=club.chair, result_id=first.pk)
        second = correct_result(by=club.chair, ballot_id=ballot.pk, reason="A member asked for it.")
    assert (second.version, second.votes_for, second.declared) == (2, 4, None)
    assert Result.objects.get(pk=first.pk).declared is not None
    with at(21), pytest.raises(Refused) as refused:
        certify_result(by=club.chair, result_id=first.pk)
    assert refused.value.code == "result_replaced"
    with at(22):
        declare_result(by=club.chair, result_id=second.pk)
        assert certify_result(by=club.chair, result_id=second.pk).certified
    assert "A member asked for it." in sentence(Entry.objects.get(kind="result.corrected"))


def test_a_ballot_is_voided_for_a_reason_and_its_motion_is_back_on_the_table(club: Club) -> None:
    floor = floor_of(club)
    with at(10):
        ballot = open_ballot(by=club.chair, motion_id=floor.motion.pk)
        cast(ballot, "for")
    with at(11), pytest.raises(Refused) as refused:
        void_ballot(by=club.chair, ballot_id=ballot.pk, reason="  ")
    assert (refused.value.code, refused.value.field) == ("no_reason", "reason")
    with at(12):
        void_ballot(by=club.chair, ballot_id=ballot.pk, reason="The question was unclear.")
    assert Motion.objects.get(pk=floor.motion.pk).state == Motion.State.TABLED
    assert Sitting.objects.get(pk=floor.sitting.pk).voting_since is None
    assert Vote.objects.count() == 1
    with at(13), pytest.raises(Refused) as refused:
        close_ballot(by=club.chair, ballot_id=ballot.pk)
    assert refused.value.code == "ballot_closed"
    with at(14), pytest.raises(Refused) as refused:
        void_ballot(by=club.chair, ballot_id=ballot.pk, reason="Again.")
    assert refused.value.code == "ballot_voided"


def test_a_voided_count_is_not_declared(club: Club) -> None:
    ballot = counted(floor_of(club), "for")
    with at(20):
        void_ballot(by=club.chair, ballot_id=ballot.pk, reason="The list was wrong.")
    with at(21), pytest.raises(Refused) as refused:
        declare_result(by=club.chair, result_id=ballot.results.get().pk)
    assert refused.value.code == "ballot_voided"
    with at(22), pytest.raises(Refused) as refused:
        correct_result(by=club.chair, ballot_id=ballot.pk, reason="Why not.")
    assert refused.value.code == "nothing_counted"


def test_a_practice_ballot_is_never_counted_again(club: Club) -> None:
    floor = floor_of(club)
    with at(10):
        ballot = open_ballot(by=club.chair, motion_id=floor.motion.pk, practice=True)
        cast(ballot, "for", "for")
    with at(11):
        close_ballot(by=club.chair, ballot_id=ballot.pk)
    with at(12), pytest.raises(Refused) as refused:
        correct_result(by=club.chair, ballot_id=ballot.pk, reason="For fun.")
    assert refused.value.code == "nothing_counted"
    assert not Result.objects.exists()


def test_a_vote_changed_by_hand_is_named_by_verify_and_is_not_certified(club: Club) -> None:
    ballot = counted(floor_of(club), *["for"] * 4, "against")
    result = ballot.results.get()
    assert list(boxes_that_do_not_hold()) == []
    Vote.objects.filter(ballot=ballot, voter__number=5).update(choice="for")
    assert [str(ballot.pk) in told and "box" in told for told in boxes_that_do_not_hold()] == [True]
    with at(20):
        declare_result(by=club.chair, result_id=result.pk)
    for attempt in (
        lambda: certify_result(by=club.chair, result_id=result.pk),
        lambda: correct_result(by=club.chair, ballot_id=ballot.pk, reason="A doubt."),
    ):
        with at(21), pytest.raises(Refused) as refused:
            attempt()
        assert refused.value.code == "box_altered"


def test_a_vote_added_or_taken_away_by_hand_is_named_by_verify(club: Club) -> None:
    ballot = counted(floor_of(club), "for", "for", "against")
    Vote.objects.filter(ballot=ballot, voter__number=3).delete()
    assert len(list(boxes_that_do_not_hold())) == 1
    cast_again = ballot.entitled.get(number=3)
    Vote.objects.create(ballot=ballot, voter=cast_again, choice="against", request="r", received=OPENING)
    assert list(boxes_that_do_not_hold()) == []
    Ballot.objects.filter(pk=ballot.pk).update(entitled_digest="0" * 64)
    assert "list of its voters" in next(iter(boxes_that_do_not_hold()))


def test_another_bodys_desk_closes_nothing_here(club: Club) -> None:
    from dataclasses import replace

    floor = floor_of(club)
    with at(10):
        ballot = open_ballot(by=club.chair, motion_id=floor.motion.pk)
    stranger = replace(club.chair, book=club.local.book_id)
    with at(11), pytest.raises(Refused) as refused:
        close_ballot(by=stranger, ballot_id=ballot.pk)
    assert (refused.value.code, refused.value.status) == ("other_body", 403)
