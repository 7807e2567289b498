"""A decision is discussed in the co-operatives: the Council calls for it, units answer, the Council closes it."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from typing import Any

from hemicycle.decisions.acts import answer_consultation, call_consultation, close_consultation
from hemicycle.decisions.models import Consultation
from hemicycle.demo.balloting import Balloting
from hemicycle.demo.carrying_out import heads
from hemicycle.demo.story import Scene

CALLED, ANSWERED, CLOSED = 11, 19, 12


def discussed(balloting: Balloting) -> Iterator[Scene]:
    """Yield the call, every answer and the end of the discussion of a motion that was carried."""
    hours, facts = balloting.plenary.hours, balloting.facts["consultation"]
    yield Scene(hours.days_after(facts["called"], CALLED), partial(call, balloting, facts))
    for number, answer in enumerate(facts["answer"]):
        yield Scene(hours.days_after(answer["day"], ANSWERED, number), partial(answered, balloting, answer))
    if "closed" in facts:
        yield Scene(hours.days_after(facts["closed"], CLOSED), partial(close, balloting, facts["outcome"]))


def call(balloting: Balloting, facts: dict[str, Any]) -> None:
    """Call for the discussion."""
    plenary, decision = balloting.plenary, balloting.decision
    if decision is None:
        raise ValueError(f"{balloting.motion} was not carried and is discussed.")
    call_consultation(
        by=plenary.desk(),
        point_id=decision.points.get(ordinal=facts["point"]).pk,
        text=facts["text"],
        due=plenary.hours.day + timedelta(days=facts["due"]),
        positions=facts.get("positions", []),
    )


def asked(balloting: Balloting) -> Consultation:
    """Return the discussion of a motion's decision."""
    return Consultation.objects.get(point__decision=balloting.decision)


def answered(balloting: Balloting, facts: dict[str, Any]) -> None:
    """Let a unit answer by its head."""
    plenary = balloting.plenary
    unit = plenary.world.units[facts["unit"]]
    met = facts.get("met")
    answer_consultation(
        by=plenary.world.acting(heads()[unit.name], "head of unit", unit.book_id, plenary.hours.day),
        consultation_id=asked(balloting).pk,
        unit_id=unit.pk,
        how="noted" if met is None else "met",
        text=facts["text"],
        held=None if met is None else plenary.hours.day + timedelta(days=met),
        taking_part=facts.get("taking_part"),
        plan=facts.get("plan", ""),
        position=facts.get("position", ""),
    )


def close(balloting: Balloting, outcome: str) -> None:
    """Let the desk close the discussion."""
    close_consultation(by=balloting.plenary.desk(), consultation_id=asked(balloting).pk, text=outcome)
