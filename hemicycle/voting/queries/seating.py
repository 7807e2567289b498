"""The seats of a vote, for the picture of the hall: everybody's own where the names may be known, else lined up."""

from collections.abc import Iterable
from dataclasses import dataclass

from hemicycle.accounts.access import Viewer
from hemicycle.meetings.models import ParticipationCapacity
from hemicycle.voting.models import Ballot, Choice, Result
from hemicycle.voting.queries.counting import counts_in, result_of
from hemicycle.voting.queries.names import NamedVote, named_votes
from hemicycle.voting.queries.seen import seen_result
from hemicycle.voting.rules import Counts

# So many seats are drawn; a hall has fewer, votes that weigh can be more.
MOST_DRAWN = 6_000
EMPTY = "absent"


@dataclass(frozen=True)
class Seat:
    """A place in the picture: its number, how the vote went that is cast there, and whose it is.

    `choice` is None of somebody on the list who put nothing in the box, and EMPTY where nobody on the list sits.
    `name` is empty where it may not be known.
    """

    number: int
    choice: str | None
    name: str = ""


@dataclass(frozen=True)
class Seats:
    """The seats for the picture of the hall.

    `by_seat` says whether each choice stands in its voter's own seat. Where the viewer may not know the names, the
    choices are lined up by kind instead and tell nothing about seats; until a result may be known there are none.
    """

    by_seat: bool
    seats: list[Seat]
    undecided: bool = False


def seats(viewer: Viewer, ballot: Ballot) -> Seats:
    """Return the picture of a ballot as this viewer may see it."""
    result = seen_result(viewer, ballot, result_of(ballot))
    named = named_votes(viewer, ballot, result) if result else None
    if named is not None:
        return named_seats(ballot, named)
    return seats_counted(result) if result else undecided_seats(ballot)


def named_seats(ballot: Ballot, named: Iterable[NamedVote]) -> Seats:
    """Return the picture in which everybody's vote stands in their seat, from the first on the left to the last.

    The seats of members who are not on the list stay where they are, empty, so that a seat is found in the same place
    at every vote of a sitting. Whoever has no seat comes after all who have one.
    """
    votes = list(named)
    taken = {vote.seat for vote in votes if vote.seat}
    found = [Seat(vote.seat, vote.choice or None, vote.name) for vote in votes if vote.seat]
    found += [Seat(number, EMPTY) for number in seats_of_members(ballot) - taken]
    last = max((one.number for one in found), default=0)
    unseated = (vote for vote in votes if not vote.seat)
    found += [Seat(last + place, vote.choice or None, vote.name) for place, vote in enumerate(unseated, 1)]
    return Seats(by_seat=True, seats=sorted(found, key=lambda one: one.number))


def seats_of_members(ballot: Ballot) -> set[int]:
    """Return the numbers of the seats that members with a vote have in the sitting of a ballot."""
    members = ballot.sitting.participations.filter(capacity=ParticipationCapacity.MEMBER, votes=True)
    return {seat for seat in members.values_list("seat", flat=True) if seat}


def undecided_seats(ballot: Ballot) -> Seats:
    """Return the picture of an open ballot: who is entitled, and nothing of how they vote."""
    rows = ballot.entitled.order_by("number").values_list("seat", "number")
    return Seats(by_seat=True, seats=[Seat(seat or number, None) for seat, number in rows], undecided=True)


def seats_counted(result: Result) -> Seats:
    """Return the picture of a count without names: of an election only how many put a paper into the box."""
    counts = counts_in(result)
    if result.election is None:
        return lined_up_seats(counts)
    return lined_up(["present"] * counts.cast + [None] * counts.silent)


def lined_up_seats(counts: Counts) -> Seats:
    """Return the picture in which the votes are lined up by kind; of very many, as they weigh, there is none."""
    if counts.present > MOST_DRAWN:
        return lined_up([])
    return lined_up(
        [
            *[str(Choice.FOR)] * counts.votes_for,
            *[str(Choice.AGAINST)] * counts.against,
            *[str(Choice.ABSTAIN)] * counts.abstained,
            *[None] * counts.silent,
        ]
    )


def lined_up(choices: Iterable[str | None]) -> Seats:
    """Return the picture of votes in this order, in nobody's own seat."""
    return Seats(by_seat=False, seats=[Seat(place, choice) for place, choice in enumerate(choices, 1)])
