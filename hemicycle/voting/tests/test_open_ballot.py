"""Putting a motion to the vote."""

import pytest

from hemicycle.accounts.access import Access
from hemicycle.demo.club import Club
from hemicycle.journal.act import Refused
from hemicycle.journal.models import Entry
from hemicycle.journal.words import sentence
from hemicycle.meetings.acts import end_speech, give_floor, participant_came, participant_went
from hemicycle.meetings.models import Sitting
from hemicycle.motions.models import Motion
from hemicycle.voting.acts import close_ballot, open_ballot, void_ballot
from hemicycle.voting.models import Ballot
from hemicycle.voting.tests.world import at, certified, counted, floor_of, participation_of


def test_opening_freezes_who_is_there_with_a_vote(club: Club) -> None:
    floor = floor_of(club, present=6)
    with at(10) as moment:
        ballot = open_ballot(by=club.chair, motion_id=floor.motion.pk)
        participant_came(by=club.chair, participation_id=participation_of(floor, 8).pk)
    voters = list(ballot.entitled.order_by("number"))
    assert [voter.name for voter in voters] == [person.name for person in club.members[:6]]
    assert [voter.seat for voter in voters] == [1, 2, 3, 4, 5, 6]
    assert (ballot.opened, ballot.members, ballot.quorum_needed, ballot.quorum_present) == (moment, 9, 5, 6)
    assert Sitting.objects.get(pk=floor.sitting.pk).voting_since == moment
    assert Motion.objects.get(pk=floor.motion.pk).state == Motion.State.VOTING


def test_the_entry_tells_the_question_and_the_quorum_but_no_name(club: Club) -> None:
    floor = floor_of(club)
    with at(10):
        open_ballot(by=club.chair, motion_id=floor.motion.pk, question="Shall the roof be repaired?")
    entry = Entry.objects.get(kind="ballot.opened")
    assert sentence(entry) == (
        "Ann Adler put to the vote: “Shall the roof be repaired?” "
        "7 voters are entitled; 7 are present and 5 are a quorum."
    )
    assert len(entry.facts["entitled_digest"]) == 64
    assert "Bloom" not in (entry.facts_text or "")
    assert len([row for table in entry.rows if table["table"] == "voting_entitled" for row in table["rows"]]) == 7


def test_the_majority_is_copied_from_the_rules(club: Club) -> None:
    floor = floor_of(club)
    with at(10):
        ballot = open_ballot(by=club.chair, motion_id=floor.motion.pk)
    assert (ballot.majority_numerator, ballot.majority_denominator, ballot.majority_strict) == (1, 2, True)
    assert (ballot.majority_of, ballot.vote_may_change) == ("valid", False)


def test_no_vote_without_a_quorum_and_the_refusal_gives_the_numbers(club: Club) -> None:
    floor = floor_of(club, present=4)
    with at(10), pytest.raises(Refused) as refused:
        open_ballot(by=club.chair, motion_id=floor.motion.pk)
    assert refused.value.code == "no_quorum"
    assert "4 of 9 members are present; 5 are needed" in refused.value.sentence
    assert not Ballot.objects.exists()


def test_quorum_is_taken_at_the_vote_not_at_the_opening_of_the_sitting(club: Club) -> None:
    floor = floor_of(club, present=5)
    with at(5):
        participant_went(by=club.chair, participation_id=participation_of(floor, 4).pk)
    with at(10), pytest.raises(Refused) as refused:
        open_ballot(by=club.chair, motion_id=floor.motion.pk)
    assert refused.value.code == "no_quorum"


def test_a_second_ballot_waits_for_the_first(club: Club) -> None:
    floor = floor_of(club)
    with at(10):
        open_ballot(by=club.chair, motion_id=floor.motion.pk)
    with at(11), pytest.raises(Refused) as refused:
        open_ballot(by=club.secretary, motion_id=floor.motion.pk)
    assert refused.value.code == "ballot_open"


def test_a_motion_is_put_to_the_vote_while_its_item_is_dealt_with(club: Club) -> None:
    floor = floor_of(club)
    Sitting.objects.filter(pk=floor.sitting.pk).update(current_item=None)
    with at(10), pytest.raises(Refused) as refused:
        open_ballot(by=club.chair, motion_id=floor.motion.pk)
    assert refused.value.code == "item_not_current"
    Sitting.objects.filter(pk=floor.sitting.pk).update(opened=None)
    with at(10), pytest.raises(Refused) as refused:
        open_ballot(by=club.chair, motion_id=floor.motion.pk)
    assert refused.value.code == "no_open_sitting"


def test_somebody_must_preside(club: Club) -> None:
    floor = floor_of(club, chaired=False)
    with at(10), pytest.raises(Refused) as refused:
        open_ballot(by=club.chair, motion_id=floor.motion.pk)
    assert refused.value.code == "nobody_presides"


@pytest.mark.parametrize("state", [Motion.State.WITHDRAWN, Motion.State.ADOPTED, Motion.State.REJECTED])
def test_a_motion_off_the_table_is_not_voted_on(club: Club, state: str) -> None:
    floor = floor_of(club)
    Motion.objects.filter(pk=floor.motion.pk).update(state=state)
    with at(10), pytest.raises(Refused) as refused:
        open_ballot(by=club.chair, motion_id=floor.motion.pk)
    assert refused.value.code == "motion_not_tabled"


def test_a_counted_motion_is_not_voted_on_again_before_the_count_is_voided(club: Club) -> None:
    floor = floor_of(club)
    ballot = counted(floor, "for", "against")
    with at(20), pytest.raises(Refused) as refused:
        open_ballot(by=club.chair, motion_id=floor.motion.pk)
    assert refused.value.code == "motion_not_tabled"
    with at(21):
        void_ballot(by=club.chair, ballot_id=ballot.pk, reason="Two phones failed.")
        assert open_ballot(by=club.chair, motion_id=floor.motion.pk).pk != ballot.pk


def test_nothing_is_put_to_the_vote_while_somebody_has_the_floor(club: Club) -> None:
    floor = floor_of(club)
    with at(10):
        turn = give_floor(by=club.chair, item_id=floor.item.pk, speaker_id=club.members[2].pk)
        with pytest.raises(Refused, match="Cleo Costa has the floor"):
            open_ballot(by=club.chair, motion_id=floor.motion.pk)
        end_speech(by=club.chair, turn_id=turn.pk)
        open_ballot(by=club.chair, motion_id=floor.motion.pk)
        with pytest.raises(Refused, match="A vote is being taken"):
            give_floor(by=club.chair, item_id=floor.item.pk, speaker_id=club.members[2].pk)


def test_members_do_not_open_votes(club: Club) -> None:
    floor = floor_of(club)
    with at(10), pytest.raises(Refused) as refused:
        open_ballot(by=club.head, motion_id=floor.motion.pk)
    assert refused.value.status == 403


def test_a_practice_ballot_needs_no_quorum_and_leaves_the_motion_on_the_table(club: Club) -> None:
    floor = floor_of(club, present=2)
    with at(10):
        ballot = open_ballot(by=club.chair, motion_id=floor.motion.pk, practice=True)
    assert Motion.objects.get(pk=floor.motion.pk).state == Motion.State.TABLED
    with at(11):
        close_ballot(by=club.chair, ballot_id=ballot.pk)
    assert not ballot.results.exists()
    assert "It decides nothing." in sentence(Entry.objects.get(kind="ballot.opened"))
    assert "It decides nothing." in sentence(Entry.objects.get(kind="ballot.closed"))


def test_a_vote_on_a_closed_item_is_known_no_wider_than_the_item(club: Club) -> None:
    floor = floor_of(club, item_access=Access.PARTICIPANTS)
    certified(floor, "for", "for", "for", "for", "for")
    about = Entry.objects.filter(kind__regex="^(ballot|result)")
    assert set(about.values_list("access", flat=True)) == {Access.PARTICIPANTS}


def test_nobody_entitled_means_no_practice_either(club: Club) -> None:
    floor = floor_of(club, present=0)
    with at(10), pytest.raises(Refused) as refused:
        open_ballot(by=club.chair, motion_id=floor.motion.pk, practice=True)
    assert refused.value.code == "nobody_votes"
