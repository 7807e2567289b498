"""What becomes of a decision: its points are handed to units, and the units receive them and report."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from typing import Any

from hemicycle.decisions.acts import issue_directive, receive_directive, report_progress
from hemicycle.decisions.models import Directive
from hemicycle.demo.balloting import DECIDED, Balloting
from hemicycle.demo.story import Scene
from hemicycle.demo.tables import table
from hemicycle.journal.act import Actor

HOURS = {"issued": 15, "received": 9, "reported": 16}


def carried_out(balloting: Balloting) -> Iterator[Scene]:
    """Yield every directive of a motion that was carried: issued, received, reported on."""
    hours, minutes = balloting.plenary.hours, balloting.plenary.facts["meeting"]["minutes"]
    for number, facts in enumerate(balloting.facts["directive"]):
        task = Task(balloting, facts)
        issued = hours.at(minutes + DECIDED + 3 * balloting.item + number / 4)
        if "issued" in facts:
            issued = hours.days_after(facts["issued"], HOURS["issued"], number)
        yield Scene(issued, task.issue)
        if "received" in facts:
            yield Scene(hours.days_after(facts["received"], HOURS["received"], number), task.receive)
        for report in facts["progress"]:
            yield Scene(hours.days_after(report["day"], HOURS["reported"], number), partial(task.report, report))


class Task:
    """A directive of the table."""

    def __init__(self, balloting: Balloting, facts: dict[str, Any]) -> None:
        self.balloting = balloting
        self.facts = facts
        self.directive: Directive | None = None

    def issue(self) -> None:
        """Hand the point to its unit."""
        plenary, decision = self.balloting.plenary, self.balloting.decision
        if decision is None:
            raise ValueError(f"{self.balloting.motion} was not carried and has directives.")
        self.directive = issue_directive(
            by=plenary.desk(),
            point_id=decision.points.get(ordinal=self.facts["point"]).pk,
            responsible_unit_id=plenary.world.units[self.facts["unit"]].pk,
            text=self.facts["text"],
            due=plenary.hours.day + timedelta(days=self.facts["due"]),
            sector=self.facts["sector"],
        )

    def head(self) -> Actor:
        """Return the head of the unit."""
        world = self.balloting.plenary.world
        unit = world.units[self.facts["unit"]]
        return world.acting(heads()[unit.name], "head of unit", unit.book_id, self.balloting.plenary.hours.day)

    def issued(self) -> Directive:
        """Return the directive once it is issued."""
        if self.directive is None:
            raise ValueError(f"{self.facts['unit']} answers a task before it is issued.")
        return self.directive

    def receive(self) -> None:
        """Let the unit acknowledge its task."""
        receive_directive(by=self.head(), directive_id=self.issued().pk)

    def report(self, facts: dict[str, Any]) -> None:
        """Let the unit report."""
        report_progress(
            by=self.head(),
            directive_id=self.issued().pk,
            narrative=facts["narrative"],
            done=facts["done"],
            delay_reason=facts.get("delay", ""),
        )


def heads() -> dict[str, str]:
    """Return who heads each unit, by the unit's name."""
    regions = table("units")["region"]
    return {unit["name"]: unit["head"] for region in regions for unit in (region, *region["locals"])}
