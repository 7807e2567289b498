"""The floor on a sitting's faces: for the desk with everybody who waits, for a person their own place on the list."""

from dataclasses import dataclass, replace
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from hemicycle.accounts.entering import signed_in
from hemicycle.accounts.request import HouseRequest
from hemicycle.journal.act import Refused
from hemicycle.journal.clock import now
from hemicycle.live import queries
from hemicycle.live.faces import ASKS_FOR, Face
from hemicycle.meetings import queue
from hemicycle.meetings.forms.speaking import SlotForm
from hemicycle.meetings.models import FloorRequest, Participation, Sitting
from hemicycle.meetings.queries import goes_on_unseen, meeting_for, participation_of, present_at, scope_of
from hemicycle.meetings.queries.shown import sees_part
from hemicycle.meetings.queries.speaking import Floor, floor_on, in_order, waiting_rows
from hemicycle.meetings.rules import may_ask


@dataclass(frozen=True)
class DeskFloor:
    """Where the desk stands, with the floor as it is just now: requests are in no book, so nothing keeps them."""

    desk: queries.Desk
    floor: Floor | None

    @property
    def stand(self) -> str:
        """A word that changes when somebody asks, is moved, speaks, is held or has ended."""
        if self.floor is None:
            return ""
        waiting = ".".join(f"{one.pk}{one.kind[0]}" for one in self.floor.waiting)
        turns = [one for one in (self.floor.speaking, self.floor.within) if one]
        return "-".join([waiting, *(f"{one.turn.pk}{one.clock.runs}" for one in turns), str(self.floor.limits)])


def with_floor(desk: queries.Desk) -> DeskFloor:
    """Return where a desk stands, and who waits for the floor, has it, and comes next."""
    debated = desk.sitting and desk.item and desk.state.presided and not desk.state.suspended
    if not debated or desk.sitting is None or desk.item is None or desk.state.ballot == "open":
        return DeskFloor(desk, None)
    desk.item.meeting = desk.meeting
    floor = floor_on(desk.item, desk.sitting, now())
    callable_now = sum(
        may_ask(one.kind, list_closed=False, debate_closed=bool(desk.item.debate_closed)) for one in floor.waiting
    )
    state = replace(desk.state, waiting=callable_now, speaking=floor.speaking is not None)
    return DeskFloor(replace(desk, state=state, calls=next(iter(floor.waiting), None)), floor)


@dataclass(frozen=True)
class Slot:
    """A person's own place on the list of speakers, counted from 1, and how many stand on it."""

    request: FloorRequest
    place: int
    of: int

    @property
    def stand(self) -> str:
        """A word that changes with it."""
        return f"-{self.request.pk}{self.request.kind[0]}{self.place}of{self.of}"


def slot_of(sitting: Sitting, own: Participation) -> Slot | None:
    """Return a person's own place on the list of the item that is being dealt with, if they stand on it."""
    rows = waiting_rows(sitting.current_item_id, sitting) if sitting.current_item_id else []
    if own.pk not in {one.participation_id for one in rows}:
        return None
    item = rows[0].item
    item.meeting = sitting.meeting
    waiting = in_order(item, rows)
    place, found = next((place, one) for place, one in enumerate(waiting, 1) if one.participation_id == own.pk)
    return Slot(found, place, len(waiting))


@signed_in
@never_cache
@require_http_methods(["GET", "POST"])
def ask(request: HouseRequest, slug: str, term: int, ordinal: int) -> HttpResponse:
    """Ask for the floor on what is being dealt with, or for something else than before; only ever for oneself."""
    meeting = meeting_for(request.viewer, slug=slug, term=term, ordinal=ordinal)
    if not request.viewer.sees(ASKS_FOR[Face.FLOOR], book=meeting.body.book_id, scope=scope_of(meeting)):
        raise Http404
    shown = asked_on(request, queries.place(meeting, request.viewer).sitting) | {"meeting": meeting}
    status = 200
    if request.method == "POST":
        status = put(request, shown)
        if status == 200:
            return back(meeting)
    return render(request, "live/ask.html", shown, status=status)


def asked_on(request: HouseRequest, sitting: Sitting | None) -> dict[str, Any]:
    """Return what the page asks about: the item that its reader may know of, and their own part in the sitting."""
    own = participation_of(request.viewer.person, sitting) if sitting else None
    there = bool(own and sitting and present_at(sitting, now()).filter(participation=own).exists())
    item = sitting.current_item if sitting and not goes_on_unseen(request.viewer, sitting) else None
    if item and sitting and not sees_part(request.viewer, sitting.meeting, item.access):
        item = None
    slot = slot_of(sitting, own) if own and sitting and item else None
    return {
        "item": item,
        "own": own,
        "there": there,
        "slot": slot,
        "closed": bool(item and (item.list_closed or item.debate_closed)),
        "form": SlotForm(request.POST or None, initial={"kind": slot.request.kind} if slot else {}),
    }


def put(request: HouseRequest, shown: dict[str, Any]) -> int:
    """Put the reader on the list; return 200, or the status of what is against it, which the form then says."""
    form, item, own = shown["form"], shown["item"], shown["own"]
    if item is None or own is None:
        raise Refused("item_not_current", _("Nothing is being dealt with on which you could ask for the floor."))
    if not form.is_valid():
        return 422
    try:
        queue.ask_for_floor(participation_id=own.pk, item_id=item.pk, kind=form.cleaned_data["kind"])
    except Refused as refusal:
        form.add_error(refusal.field or None, refusal.sentence)
        return refusal.status
    return 200


def back(meeting: Any) -> HttpResponseRedirect:
    """Go back to the delegate's page."""
    return redirect("live:floor", meeting.body.slug, meeting.term.ordinal, meeting.ordinal)
