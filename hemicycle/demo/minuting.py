"""The minutes of a plenary: drawn up, circulated, corrected, and approved by the next one."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from hemicycle.demo.story import Scene
from hemicycle.publishing.acts import (
    approve_minutes,
    circulate_minutes,
    decline_correction,
    draw_up_minutes,
    propose_correction,
    take_up_correction,
)
from hemicycle.publishing.communique.written import as_text
from hemicycle.publishing.models import Minutes, MinutesCorrection

if TYPE_CHECKING:
    from hemicycle.demo.plenary import Plenary

Facts = dict[str, Any]


def minuting(plenary: "Plenary") -> Iterator[Scene]:
    """Yield the way of the minutes of a plenary that is over, up to the answers to what members asked for."""
    facts, hours = plenary.facts["minutes"], plenary.hours
    yield Scene(
        hours.days_after(facts["drawn_up"], 11),
        lambda: draw_up_minutes(by=plenary.desk(), meeting_id=plenary.meeting.pk),
        f"{plenary.title}: the minutes are drawn up",
    )
    yield Scene(hours.days_after(facts["circulated"], 11), partial(circulate, plenary, facts))
    for number, correction in enumerate(facts["correction"], 1):
        yield Scene(hours.days_after(correction["day"], 18, number), partial(propose, plenary, correction))
        if "answered" in correction:
            moment = hours.days_after(correction["answered"], 9, number)
            yield Scene(moment, partial(answer, plenary, number, correction))


def minutes_of(plenary: "Plenary") -> Minutes:
    """Return the minutes of a plenary."""
    return Minutes.objects.get(meeting=plenary.meeting)


def last_version(minutes: Minutes) -> int:
    """Return the number of the last version, which everybody works from."""
    return minutes.versions.order_by("-number")[0].number


def circulate(plenary: "Plenary", facts: Facts) -> None:
    """Send the draft round."""
    minutes = minutes_of(plenary)
    until = plenary.hours.day + timedelta(days=facts["until"])
    circulate_minutes(by=plenary.desk(), minutes_id=minutes.pk, seen=last_version(minutes), until=until)


def propose(plenary: "Plenary", facts: Facts) -> None:
    """Let a member ask for a sentence more in a section."""
    minutes, council = minutes_of(plenary), plenary.world.bodies["council"]
    version = minutes.versions.order_by("-number")[0]
    section = next(one for one in version.content["sections"] if one["name"] == facts["section"])
    propose_correction(
        by=plenary.world.acting(facts["person"], "member", council.book_id, plenary.hours.day),
        minutes_id=minutes.pk,
        seen=version.number,
        section=facts["section"],
        text=f"{as_text(section['blocks'])}\n\n{facts['adds']}",
        reason=facts["reason"],
    )


def answer(plenary: "Plenary", number: int, facts: Facts) -> None:
    """Take the proposal up, or decline it where the table says why."""
    minutes = minutes_of(plenary)
    correction = MinutesCorrection.objects.get(minutes=minutes, number=number)
    if "declined" in facts:
        decline_correction(by=plenary.desk(), correction_id=correction.pk, because=facts["declined"])
    else:
        take_up_correction(by=plenary.desk(), correction_id=correction.pk, seen=last_version(minutes))


def approve(plenary: "Plenary", _facts: Facts) -> None:
    """Let the plenary approve the circulated minutes of the one before: nobody objects."""
    council = plenary.world.bodies["council"]
    minutes = Minutes.objects.filter(body=council, state=Minutes.State.CIRCULATED).latest("pk")
    approve_minutes(by=plenary.desk(), minutes_id=minutes.pk, seen=last_version(minutes), meeting_id=plenary.meeting.pk)
