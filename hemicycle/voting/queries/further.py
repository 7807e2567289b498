"""What an election left to do: seats that stay open, and between whom a run-off goes."""

from dataclasses import dataclass

from hemicycle.meetings.models import AgendaItem
from hemicycle.motions.models import Motion
from hemicycle.voting.models import Ballot, Option, Result


@dataclass(frozen=True)
class Left:
    """What a certified election left to do: so many seats are open, and these go to a run-off, if the count asks so.

    `settled`: its item was settled since, and is to be opened again before a further election is called on it.
    """

    seats: int
    runoff: tuple[Option, ...]
    settled: bool = False


def left_by(result: Result | None) -> Left | None:
    """Return what a certified election left to do; None where nothing is, or where it goes on already or cannot."""
    if result is None or not result.election or not result.certified:
        return None
    ballot = result.ballot
    seats = result.election["seats"] - len(result.election["elected"])
    if seats <= 0 or ballot.practice or ballot.voided or not goes_on(ballot.motion):
        return None
    numbers = result.election["runoff"]
    runoff = ballot.options.filter(number__in=numbers, candidate__withdrawn=None).order_by("number") if numbers else ()
    settled = ballot.motion.item.state == AgendaItem.State.SETTLED
    return Left(seats, tuple(one for one in runoff if one.candidate_id), settled)


def goes_on(motion: Motion) -> bool:
    """Say whether a further election can follow one: its meeting is not over, and none was called yet."""
    meeting = motion.item.meeting
    if meeting.closed or meeting.cancelled:
        return False
    return not motion.election.followed_by.exclude(motion__state=Motion.State.WITHDRAWN).exists()


def left_on(ballot: Ballot, result: Result | None) -> Left | None:
    """Return what the election of a ballot left to do, by its last count."""
    if result:
        result.ballot = ballot
    return left_by(result)
