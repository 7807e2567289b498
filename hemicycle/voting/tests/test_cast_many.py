"""Many votes at once keep the rules of the box."""

import pytest

from hemicycle.demo.club import Club
from hemicycle.journal.act import Refused
from hemicycle.journal.clock import now
from hemicycle.voting.acts import close_ballot, open_ballot
from hemicycle.voting.casting import Cast, cast_many
from hemicycle.voting.models import Choice, Method, Vote
from hemicycle.voting.tests.world import at, floor_of


def test_many_votes_are_counted_as_if_they_had_come_one_by_one(club: Club) -> None:
    floor = floor_of(club)
    with at(10):
        ballot = open_ballot(by=club.chair, motion_id=floor.motion.pk)
        voters = list(ballot.entitled.values_list("pk", flat=True))
        said = [Choice.FOR] * (len(voters) - 2) + [Choice.AGAINST]
        votes = [Cast(voter, choice, now()) for voter, choice in zip(voters, said, strict=False)]
        assert cast_many(ballot_id=ballot.pk, votes=votes) == len(voters) - 1
        close_ballot(by=club.chair, ballot_id=ballot.pk)
    result = ballot.results.get()
    assert (result.votes_for, result.votes_against, result.abstained) == (len(voters) - 2, 1, 0)


def test_of_many_votes_all_are_taken_or_none(club: Club) -> None:
    floor = floor_of(club)
    with at(10):
        ballot = open_ballot(by=club.chair, motion_id=floor.motion.pk)
        voter = ballot.entitled.values_list("pk", flat=True)[0]
        votes = [Cast(voter, Choice.FOR, now()), Cast(10**9, Choice.FOR, now())]
        with pytest.raises(Refused) as refused:
            cast_many(ballot_id=ballot.pk, votes=votes)
        assert refused.value.code == "not_entitled"
        assert not Vote.objects.exists()
        close_ballot(by=club.chair, ballot_id=ballot.pk)
        with pytest.raises(Refused) as refused:
            cast_many(ballot_id=ballot.pk, votes=votes[:1])
        assert refused.value.code == "ballot_closed"


def test_many_votes_never_go_unsealed_into_a_secret_box(club: Club) -> None:
    floor = floor_of(club)
    with at(10):
        ballot = open_ballot(by=club.chair, motion_id=floor.motion.pk, method=Method.SECRET)
        voter = ballot.entitled.values_list("pk", flat=True)[0]
        with pytest.raises(Refused) as refused:
            cast_many(ballot_id=ballot.pk, votes=[Cast(voter, Choice.FOR, now())])
    assert refused.value.code == "sealed_only"
    assert not Vote.objects.exists()
