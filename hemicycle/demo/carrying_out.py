"""What becomes of a decision: its points are handed to units, and the units receive them and report."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from typing import Any

from django.core.files.base import ContentFile

from hemicycle.decisions.acts import (
    NewAim,
    Part,
    ask_extension,
    break_down_directive,
    grant_extension,
    issue_directive,
    leave_without_task,
    receive_directive,
    report_progress,
    send_back_directive,
    verify_directive,
)
from hemicycle.decisions.models import Directive
from hemicycle.demo.balloting import DECIDED, Balloting
from hemicycle.demo.story import Scene
from hemicycle.demo.tables import document, table
from hemicycle.journal.act import Actor

HOURS = {"issued": 15, "received": 9, "broken down": 10, "reported": 16, "stepped": 17}


def carried_out(balloting: Balloting) -> Iterator[Scene]:
    """Yield every directive of a motion that was carried: issued, received, reported on."""
    hours, minutes = balloting.plenary.hours, balloting.plenary.facts["meeting"]["minutes"]
    for left in balloting.facts.get("without_task", []):
        yield Scene(hours.at(minutes + DECIDED + 3 * balloting.item), partial(leave, balloting, left))
    for number, facts in enumerate(balloting.facts["directive"]):
        task = Task(balloting, facts)
        issued = hours.at(minutes + DECIDED + 3 * balloting.item + number / 4)
        if "issued" in facts:
            issued = hours.days_after(facts["issued"], HOURS["issued"], number)
        yield Scene(issued, task.issue)
        if "received" in facts:
            yield Scene(hours.days_after(facts["received"], HOURS["received"], number), task.receive)
        yield from answered(task, number)


def answered(task: "Task", number: int) -> Iterator[Scene]:
    """Yield what becomes of a directive that is received: its parts, its reports, and the steps of both sides."""
    hours, facts = task.balloting.plenary.hours, task.facts
    if "broken_down" in facts:
        yield Scene(hours.days_after(facts["broken_down"], HOURS["broken down"], number), task.break_down)
        for part in task.parts:
            yield Scene(hours.days_after(part.facts["received"], HOURS["received"], number), part.receive)
            yield from answered(part, number)
    for report in facts["progress"]:
        yield Scene(hours.days_after(report["day"], HOURS["reported"], number), partial(task.report, report))
    for step in facts.get("step", []):
        yield Scene(hours.days_after(step["day"], HOURS["stepped"], number), partial(task.take, step))


def leave(balloting: Balloting, facts: dict[str, Any]) -> None:
    """Let the desk say why nobody is given a task from a point."""
    decision = balloting.decision
    if decision is None:
        raise ValueError(f"{balloting.motion} was not carried and leaves a point without a task.")
    point = decision.points.get(ordinal=facts["point"])
    leave_without_task(by=balloting.plenary.desk(), point_id=point.pk, reason=facts["reason"])


class Task:
    """A directive of the table."""

    def __init__(self, balloting: Balloting, facts: dict[str, Any], whole: "Task | None" = None) -> None:
        self.balloting = balloting
        self.facts = facts
        self.whole = whole
        self.parts = [Task(balloting, part, self) for part in facts.get("part", [])]
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
            co_unit_ids=[plenary.world.units[name].pk for name in self.facts.get("with", [])],
            evidence_asked=self.facts.get("evidence_asked", ""),
            aim=NewAim(**self.facts["aim"]) if "aim" in self.facts else None,
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

    def break_down(self) -> None:
        """Let the unit hand parts of its task to units below it."""
        plenary = self.balloting.plenary
        due = plenary.hours.day
        asked = [
            Part(
                plenary.world.units[part.facts["unit"]].pk,
                part.facts["text"],
                due + timedelta(days=part.facts["due"]),
            )
            for part in self.parts
        ]
        made = break_down_directive(by=self.head(), directive_id=self.issued().pk, parts=asked)
        for part, directive in zip(self.parts, made, strict=True):
            part.directive = directive

    def issuer(self) -> Actor:
        """Return who issued the task: the desk of the plenary, or the head of the unit that broke the whole down."""
        return self.whole.head() if self.whole else self.balloting.plenary.desk()

    def take(self, facts: dict[str, Any]) -> None:
        """Let the unit or its issuer take a step."""
        day = self.balloting.plenary.hours.day
        asked: dict[str, Any] = {"directive_id": self.issued().pk}
        match facts["kind"]:
            case "verify":
                verify_directive(by=self.issuer(), text=facts["text"], **asked)
            case "send back":
                send_back_directive(by=self.issuer(), because=facts["text"], **asked)
            case "ask for time":
                until = day + timedelta(days=facts["until"])
                ask_extension(by=self.head(), until=until, because=facts["text"], **asked)
            case "grant time":
                until = day + timedelta(days=facts["until"])
                grant_extension(by=self.issuer(), until=until, text=facts["text"], **asked)
            case other:
                raise ValueError(f"A task takes no step that is called {other}.")

    def report(self, facts: dict[str, Any]) -> None:
        """Let the unit report."""
        report_progress(
            by=self.head(),
            directive_id=self.issued().pk,
            narrative=facts["narrative"],
            done=facts["done"],
            delay_reason=facts.get("delay", ""),
            value=facts.get("value"),
            out_of=facts.get("out_of"),
            files=[ContentFile(document(name), name) for name in facts.get("evidence", [])],
        )


def heads() -> dict[str, str]:
    """Return who heads each unit, by the unit's name."""
    regions = table("units")["region"]
    return {unit["name"]: unit["head"] for region in regions for unit in (region, *region["locals"])}
