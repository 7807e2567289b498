"""The Bureau: a question decided in writing, a meeting that was called off, and one to come that was moved."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from hemicycle.decisions.acts import certify_decision
from hemicycle.demo.organisation import Federation
from hemicycle.demo.schedule import PLACE, days_ago
from hemicycle.demo.story import Scene
from hemicycle.demo.tables import stated, table
from hemicycle.journal.act import Actor
from hemicycle.journal.clock import now
from hemicycle.meetings.acts import add_item, cancel_meeting, convene_meeting, move_meeting, summon
from hemicycle.meetings.models import Meeting
from hemicycle.voting.acts import certify_result, close_ballot, declare_result, demand_meeting, open_circulation
from hemicycle.voting.casting import Cast, cast_many
from hemicycle.voting.models import Ballot, Choice, Result

HOURS = (15, 17)


def bureau(world: Federation) -> Iterator[Scene]:
    """Yield the circulation from its opening to its decision, a meeting called off, and the next called and moved."""
    facts, meeting = table("bureau")["circulation"], table("bureau")["meeting"]
    opened, closed = days_ago(world.present, facts["opened"], 9), days_ago(world.present, facts["closed"], 9)
    yield Scene(opened, lambda: circulate(world, facts), "The Bureau decides in writing")
    yield Scene(opened + timedelta(days=2), lambda: demand(world, facts))
    yield Scene(opened + timedelta(days=6), lambda: answer(world, facts, opened + timedelta(days=1)))
    yield Scene(closed, lambda: close_ballot(by=acting(world, "chair"), ballot_id=circulated().pk))
    yield Scene(closed + timedelta(minutes=5), lambda: decide(world, facts["holds"]))
    cancelled = table("bureau")["cancelled"]
    yield Scene(days_ago(world.present, cancelled["convened"], 10), lambda: convene(world, cancelled))
    yield Scene(days_ago(world.present, cancelled["called_off"], 16), lambda: call_off(world, cancelled))
    yield Scene(days_ago(world.present, meeting["convened"], 10), lambda: convene(world, meeting))
    yield Scene(days_ago(world.present, meeting["moved_before"], 11), lambda: move(world, meeting))


def acting(world: Federation, capacity: str) -> Actor:
    """Return the chair or the secretary of the Bureau."""
    return world.holding("bureau", capacity, world.present.astimezone(PLACE).date())


def circulated() -> Ballot:
    """Return the vote that goes round."""
    return Ballot.objects.get(method="circulation")


def circulate(world: Federation, facts: dict[str, Any]) -> None:
    """Put the question to all members."""
    until = days_ago(world.present, facts["opened"] - facts["lasts"]).astimezone(PLACE).date()
    open_circulation(
        by=acting(world, "secretary"),
        body_id=world.bodies["bureau"].pk,
        title=facts["title"],
        until=until,
        preamble=facts["preamble"],
        points=[(point["text"], False) for point in facts["points"]],
    )


def demand(world: Federation, facts: dict[str, Any]) -> None:
    """Let one member demand a meeting, which is fewer than the rules ask for."""
    person = world.people[facts["demands"]].pk
    demand_meeting(by=acting(world, "secretary"), ballot_id=circulated().pk, person_id=person, because=facts["because"])


def answer(world: Federation, facts: dict[str, Any], first: datetime) -> None:
    """Let the members answer, one every few hours."""
    ballot = circulated()
    said = dict.fromkeys(facts["against"], Choice.AGAINST) | dict.fromkeys(facts["abstain"], Choice.ABSTAIN)
    votes = [
        Cast(voter.pk, said.get(voter.name, Choice.FOR), first + timedelta(hours=7 * number))
        for number, voter in enumerate(ballot.entitled.order_by("number"))
    ]
    cast_many(ballot_id=ballot.pk, votes=votes)


def decide(world: Federation, holds: int) -> None:
    """Declare and certify what was counted, and make a decision of it that holds for so many days."""
    result = Result.objects.get(ballot=circulated())
    declare_result(by=acting(world, "chair"), result_id=result.pk)
    certify_result(by=acting(world, "secretary"), result_id=result.pk)
    until = now().astimezone(PLACE).date() + timedelta(days=holds)
    certify_decision(by=acting(world, "secretary"), result_id=result.pk, expires=until)


def convene(world: Federation, facts: dict[str, Any]) -> None:
    """Convene a meeting, and give notice of it."""
    day = world.present.astimezone(PLACE).date() + timedelta(days=facts["first_called_for"])
    starts, ends = (datetime.combine(day, datetime.min.time(), PLACE) + timedelta(hours=hour) for hour in HOURS)
    meeting = convene_meeting(
        by=acting(world, "secretary"),
        body_id=world.bodies["bureau"].pk,
        kind="ordinary",
        starts=day,
        ends=day,
        sittings=[(starts, ends)],
        title=facts["title"],
        place=facts["place"],
        access="organisation",
    )
    for title in facts["items"]:
        add_item(by=acting(world, "secretary"), meeting_id=meeting.pk, title=title)
    summon(by=acting(world, "secretary"), meeting_id=meeting.pk, text=stated(facts["summons"]))


def call_off(world: Federation, facts: dict[str, Any]) -> None:
    """Cancel a meeting that was convened."""
    meeting = Meeting.objects.get(body=world.bodies["bureau"], title=facts["title"])
    cancel_meeting(by=acting(world, "secretary"), meeting_id=meeting.pk, because=facts["because"])


def move(world: Federation, facts: dict[str, Any]) -> None:
    """Move the meeting to a later day."""
    meeting = Meeting.objects.get(body=world.bodies["bureau"], title=facts["title"])
    move_meeting(
        by=acting(world, "secretary"),
        meeting_id=meeting.pk,
        starts=meeting.starts + timedelta(days=facts["moved_by"]),
        place=meeting.place,
        because=facts["because"],
    )
