"""The vote on what is dealt with now, as hall screen, desk and phones show it."""

from dataclasses import dataclass

from hemicycle.voting.election_words import broken
from hemicycle.voting.models import Ballot, Result
from hemicycle.voting.papers import Form
from hemicycle.voting.shown import Picture

# More names than these are read on the papers, not at twenty metres.
MOST_ON_A_SCREEN = 12


@dataclass(frozen=True)
class VoteNow:
    """The last vote on the current item. Until it is declared, its result is shown to nobody here."""

    ballot: Ballot
    state: str
    result: Result | None
    outcome: str
    picture: Picture | None
    tie: bool = False

    @property
    def broken(self) -> list[str]:
        """How ties were broken in an election, a sentence each: the hall sees that it was by lot."""
        found = self.result.election if self.result else None
        return [broken(found["names"], tie) for tie in found["ties"] if tie["chosen"]] if found else []

    @property
    def candidates(self) -> list[str]:
        """Who stands while papers are filled in; nobody where they are so many that they are read on the papers."""
        if self.ballot.form == Form.MOTION:
            return []
        names = self.ballot.options.filter(candidate__withdrawn=None).order_by("number").values_list("name", flat=True)
        found = list(names[: MOST_ON_A_SCREEN + 1])
        return found if len(found) <= MOST_ON_A_SCREEN else []
