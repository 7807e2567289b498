"""The roll of a named vote that is called at the desk: who answered what, who is called now, and who comes then."""

from dataclasses import dataclass

from hemicycle.voting.models import Ballot, Choice, Entitled, RollCall
from hemicycle.voting.rules import FIRST_CALL, called_next


@dataclass(frozen=True)
class Called:
    """A line of the roll, with the answer where there is one."""

    voter: Entitled
    choice: str

    @property
    def answering(self) -> int | None:
        """The person who answers: whose vote it is, or who casts it."""
        return (self.voter.cast_by or self.voter.participation).person_id

    def answers(self, person: int | None) -> bool:
        """Say whether it is this person who answers."""
        return person is not None and person == self.answering

    @property
    def choice_label(self) -> str:
        """The answer in words."""
        return str(Choice(self.choice).label) if self.choice else ""


@dataclass(frozen=True)
class Roll:
    """The roll in its order, and who is called now; nobody where all have answered or were called twice.

    `turn` says whether it is called for the first time or once more.
    """

    lines: list[Called]
    following: Called | None
    turn: int

    @property
    def again(self) -> bool:
        """Say whether those are called once more who did not answer."""
        return self.turn > FIRST_CALL

    @property
    def answered(self) -> int:
        """How many have answered."""
        return len(self.heard)

    @property
    def heard(self) -> list[Called]:
        """Those who have answered, in order."""
        return [one for one in self.lines if one.choice]

    @property
    def silent(self) -> list[Called]:
        """Those who have not answered, in order."""
        return [one for one in self.lines if not one.choice]

    @property
    def to_come(self) -> list[Called]:
        """Those who are called after the one who is called now, as they come: to the end, then from the beginning."""
        here = self.following.voter.number if self.following else 0
        others = [one for one in self.silent if one is not self.following] if self.following else []
        later = [one for one in others if one.voter.number > here]
        return later if self.again else later + [one for one in others if one.voter.number < here]

    @property
    def stand(self) -> str:
        """A word that changes when something else is to be shown."""
        return f"roll-{self.turn}-{self.following.voter.number if self.following else 0}-{self.answered}"

    def calls(self, person: int | None) -> bool:
        """Say whether somebody is called now, for their own vote or for one that they cast."""
        return self.following is not None and self.following.answers(person)

    def waits(self, person: int | None) -> bool:
        """Say whether somebody has still to answer."""
        return any(one.answers(person) for one in self.silent)


def roll_of(ballot: Ballot) -> Roll:
    """Return the roll as it stands. The caller sees to it that whoever reads the answers keeps the desk."""
    rows = ballot.entitled.select_related("vote", "participation", "cast_by").order_by("number")
    lines = [Called(row, row.vote.choice if hasattr(row, "vote") else "") for row in rows]
    silent = [one.voter.number for one in lines if not one.choice]
    kept = RollCall.objects.filter(ballot=ballot).first() or RollCall()
    number, turn = called_next(silent, kept.after, kept.turn, kept.number)
    return Roll(lines, next((one for one in lines if one.voter.number == number), None), turn)
