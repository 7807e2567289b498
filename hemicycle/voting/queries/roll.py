"""The roll of a named vote that is called at the desk: who answered what, and who is called next."""

from dataclasses import dataclass

from hemicycle.voting.models import Ballot, Choice, Entitled


@dataclass(frozen=True)
class Called:
    """A line of the roll, with the answer where there is one."""

    voter: Entitled
    choice: str

    @property
    def choice_label(self) -> str:
        """The answer in words."""
        return str(Choice(self.choice).label) if self.choice else ""


@dataclass(frozen=True)
class Roll:
    """The roll in its order, and who is called next; nobody where all have answered.

    `again` says that whoever comes next was called before and did not answer.
    """

    lines: list[Called]
    following: Called | None
    again: bool = False

    @property
    def answered(self) -> int:
        """How many have answered."""
        return sum(bool(one.choice) for one in self.lines)


def roll_of(ballot: Ballot, *, after: int = 0, number: int = 0) -> Roll:
    """Return the roll: next is who has this number, else the first after a number who has not answered.

    At its end the roll begins again with those who did not answer. The caller sees to it that this is the desk.
    """
    rows = ballot.entitled.select_related("vote").order_by("number")
    lines = [Called(row, row.vote.choice if hasattr(row, "vote") else "") for row in rows]
    silent = [one for one in lines if not one.choice]
    wanted = next((one for one in lines if one.voter.number == number), None)
    later = next((one for one in silent if one.voter.number > after), None)
    following = wanted or later or next(iter(silent), None)
    return Roll(lines, following, again=wanted is None and later is None and following is not None)
