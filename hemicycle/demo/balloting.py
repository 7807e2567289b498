"""A vote in the demo: the ballot is opened, votes come into the box one after another, and it is counted."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from hemicycle.decisions.acts import Changing, certify_decision
from hemicycle.decisions.models import Decision
from hemicycle.demo.attendance import choices
from hemicycle.demo.story import Scene
from hemicycle.motions.models import Motion
from hemicycle.voting.acts import certify_result, close_ballot, declare_result, open_ballot, strike_card
from hemicycle.voting.casting import Cast, cast_many
from hemicycle.voting.models import Ballot, Choice, Result

if TYPE_CHECKING:
    from hemicycle.demo.plenary import Plenary

# Minutes from the closing of the box to each of the acts that follow; a decision is certified after the sitting.
DECLARED, CERTIFIED, DECIDED = 2, 4, 60
# How long before the box is closed, or looked at, its last vote came.
STILL = timedelta(seconds=20)


@dataclass
class Balloting:
    """A motion of the table, on the item of this number, on its way through a ballot."""

    plenary: "Plenary"
    item: int
    facts: dict[str, Any]
    motion: Motion = field(init=False)
    ballot: Ballot = field(init=False)
    decision: Decision | None = None

    def scenes(self) -> Iterator[Scene]:
        """Yield the vote, and where it is over, its result and the decision."""
        at, facts = self.plenary.hours.at, self.facts["ballot"]
        opened = at(facts["minute"])
        yield Scene(opened, self.open_box)
        if facts.get("open"):
            last = self.plenary.world.present - STILL
            yield Scene(last, lambda: self.vote(opened, last), "Votes come into the open box")
            yield Scene(self.plenary.world.present, lambda: self.strike(facts["phone_died"]))
            return
        closes = facts["minute"] + facts["lasts"]
        plenary, last = self.plenary, at(closes)
        yield Scene(last - STILL, lambda: self.vote(opened, last - STILL))
        yield Scene(last, lambda: close_ballot(by=plenary.chair(), ballot_id=self.ballot.pk))
        yield Scene(at(closes + DECLARED), lambda: declare_result(by=plenary.chair(), result_id=self.result().pk))
        yield Scene(at(closes + CERTIFIED), lambda: certify_result(by=plenary.second(), result_id=self.result().pk))
        yield Scene(at(plenary.facts["meeting"]["minutes"] + DECIDED), self.decide)

    def open_box(self) -> None:
        """Put the motion to the vote."""
        question = self.facts["ballot"]["question"]
        self.ballot = open_ballot(by=self.plenary.chair(), motion_id=self.motion.pk, question=question)

    def vote(self, opened: datetime, last: datetime) -> None:
        """Put the votes of the table into the box, as if each had come from a phone."""
        facts = self.facts["ballot"]
        keys: dict[str, int] = {}
        groups: dict[str, list[str]] = {}
        for voter in self.ballot.entitled.order_by("number"):
            keys[voter.name] = voter.pk
            groups.setdefault(voter.group, []).append(voter.name)
        said = choices(groups, facts, self.motion.title, self.facts["mover_person"])
        votes = [
            Cast(keys[name], Choice(choice), opened + (last - opened) * quickness(name, self.motion.title))
            for name, choice in said.items()
        ]
        cast_many(ballot_id=self.ballot.pk, votes=sorted(votes, key=lambda vote: vote.received))

    def strike(self, region: str) -> None:
        """Give a new card to one of a region who has not voted: their phone died."""
        voter = self.ballot.entitled.filter(vote=None, group=region).earliest("number")
        strike_card(by=self.plenary.desk(), voter_id=voter.pk, instead="card", reason="The telephone died.")

    def result(self) -> Result:
        """Return what was counted."""
        return self.ballot.results.latest("version")

    def decide(self) -> None:
        """Make a decision of what was carried."""
        result = self.result()
        if result.carried:
            body = self.plenary.meeting.body
            changes = [
                Changing(change["how"], Decision.objects.get(body=body, title=change["title"]).number)
                for change in self.facts.get("changes", [])
            ]
            self.decision = certify_decision(by=self.plenary.desk(), result_id=result.pk, changes=changes)


def quickness(name: str, occasion: str) -> float:
    """Return the part of a vote's duration after which somebody votes: most early, a few at the last moment."""
    found = hashlib.sha256(f"{name}/{occasion}".encode()).digest()[0] / 256
    return 0.03 + 0.95 * found**2
