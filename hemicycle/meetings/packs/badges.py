"""Badges for those accredited to a sitting: name, capacity, unit, and the code by which the door finds them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import IO, Any

from django.http import Http404
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from hemicycle.accounts.access import Viewer
from hemicycle.accounts.slips import qr
from hemicycle.meetings.models import Badge, Participation, Sitting
from hemicycle.meetings.packs.sheets import sheet
from hemicycle.meetings.queries import participations_for, sitting_for, viewer_of
from hemicycle.meetings.queries.badges import badge_key, badges_by_person


@dataclass(frozen=True)
class Printed:
    """A badge as it is printed. Without one made for this person there is no code yet."""

    row: Participation
    badge: Badge | None
    drawing: SafeString


def badges_of(viewer: Viewer, sitting: Sitting, house: str) -> list[Printed]:
    """Return the persons accredited to a sitting, each with the code on their badge; `house` begins its address."""
    made = badges_by_person(sitting.meeting)
    rows = participations_for(viewer, sitting).filter(person__isnull=False)
    return [printed(row, made.get(row.person_id or 0), house) for row in rows]


def printed(row: Participation, badge: Badge | None, house: str) -> Printed:
    """Return a badge with its drawing."""
    if badge is None:
        return Printed(row, None, SafeString(""))
    return Printed(row, badge, qr(house + reverse("meetings:check_in", args=[badge_key(badge.pk)])))


def make(arguments: dict[str, Any], progress: Callable[[int, int], None], out: IO[bytes]) -> None:
    """Write the badges of a `sitting`, for the `person` who keeps the desk; `house` begins the addresses on them."""
    viewer = viewer_of(arguments["person"], None)
    sitting = sitting_for(viewer, arguments["sitting"])
    if sitting.meeting.body.book_id not in viewer.desks:
        raise Http404
    progress(0, 2)
    badges = [one for one in badges_of(viewer, sitting, arguments["house"]) if one.badge]
    progress(1, 2)
    shown = {"sitting": sitting, "meeting": sitting.meeting, "badges": badges, "lang": get_language()}
    out.write(sheet("badges", shown))
    progress(2, 2)
