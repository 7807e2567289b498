"""A secret vote in the club, cast and closed: what its tests begin with."""

from typing import Any

from hemicycle.demo.club import Club
from hemicycle.voting import ballot_keys
from hemicycle.voting.acts import (
    close_ballot,
    open_ballot,
)
from hemicycle.voting.box_commit import Slip, commit
from hemicycle.voting.models import Ballot, Method, Result
from hemicycle.voting.tests.world import at, floor_of

CHOICES = ("for", "for", "for", "for", "against", "against", "abstain")


def opened(club: Club, **floor: Any) -> Ballot:
    there = floor_of(club, **floor)
    with at(10):
        return open_ballot(by=club.chair, motion_id=there.motion.pk, method=Method.SECRET)


def slips(ballot: Ballot, choices: tuple[str, ...] = CHOICES) -> list[Slip]:
    voters = ballot.entitled.order_by("number")
    return [
        Slip(ballot.pk, voter.pk, choice, f"r{voter.number}", code=f"CODE{9 - voter.number}XYZ")
        for voter, choice in zip(voters, choices, strict=False)
    ]


def cast_all(ballot: Ballot, choices: tuple[str, ...] = CHOICES) -> None:
    with at(11):
        assert {outcome.code for outcome in commit(slips(ballot, choices))} == {"counted"}


def closed(club: Club, capture: Any, ballot: Ballot) -> Result:
    with at(12), capture(execute=True):
        return close_ballot(by=club.chair, ballot_id=ballot.pk).results.get()


def keys() -> list[str]:
    return sorted(path.stem for path in ballot_keys.folder().glob("*.key"))
