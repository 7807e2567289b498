"""Pages of the floor: who asks for it, who has it, who is called next, how long it may be had, how long it was."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from hemicycle.accounts.access import Viewer
from hemicycle.accounts.entering import signed_in
from hemicycle.accounts.request import HouseRequest
from hemicycle.bodies.words.speaking import length
from hemicycle.journal.act import Actor, Refused
from hemicycle.journal.forms import HappenedForm
from hemicycle.meetings import acts, queue
from hemicycle.meetings.forms import speaking as forms
from hemicycle.meetings.forms.floor import BecauseForm
from hemicycle.meetings.models import AgendaItem, FloorRequest, Turn
from hemicycle.meetings.queries import item_for, meeting_for
from hemicycle.meetings.queries.shown import sees_part
from hemicycle.meetings.queries.speaking import contributions
from hemicycle.meetings.views.asking import Asks, get_or_post, names_on, on_item, pages_on
from hemicycle.meetings.views.debate import called
from hemicycle.meetings.views.entering import address_after, desk_address, enter, page_address
from hemicycle.meetings.words import Kind

limit_speaking = on_item(
    Asks(
        Kind.SPEAKING_LIMITED,
        acts.limit_speaking,
        heading=lambda item: _("Time to speak on item %(number)s: %(title)s") % called(item),
        button=lambda: _("Set the time"),
        hint=lambda _item: _("Who has the floor already keeps the limit they began with."),
        form=forms.LimitForm,
    )
)
reopen_list = on_item(
    Asks(
        Kind.LIST_REOPENED,
        acts.reopen_list,
        heading=lambda item: _("Open the list of speakers on item %(number)s again") % called(item),
        button=lambda: _("Open it again"),
        form=BecauseForm,
    )
)
give_floor = on_item(
    Asks(
        Kind.FLOOR_GIVEN,
        acts.give_floor,
        heading=lambda item: _("Give the floor on item %(number)s: %(title)s") % called(item),
        button=lambda: _("Give the floor"),
        hint=lambda _item: _(
            "To somebody beside the list. An interruption, a reply and a point of order hold the clock of who speaks."
        ),
        form=forms.FloorForm,
        names=names_on,
    )
)
END: Asks[Turn] = Asks(
    Kind.SPEECH_ENDED,
    acts.end_speech,
    heading=lambda turn: _("%(name)s has ended") % {"name": turn.speaker.name},
    button=lambda: _("End the speech"),
)
HOLD: Asks[Turn] = Asks(
    Kind.SPEECH_HELD,
    acts.hold_speech,
    heading=lambda turn: _("Hold the clock of %(name)s") % {"name": turn.speaker.name},
    button=lambda: _("Hold the clock"),
    form=forms.HoldForm,
)
RESUME: Asks[Turn] = Asks(
    Kind.SPEECH_RESUMED,
    acts.resume_speech,
    heading=lambda turn: _("Let the clock of %(name)s go on") % {"name": turn.speaker.name},
    button=lambda: _("Let it go on"),
)


def turn_for(viewer: Viewer, turn_id: int) -> Turn:
    """Return a speech that the reader may see; raise Http404 where there is none."""
    turns = Turn.objects.select_related("item__meeting__body", "item__meeting__term", "speaker")
    found = turns.filter(pk=turn_id).first()
    if found is None or not sees_part(viewer, found.item.meeting, found.access):
        raise Http404
    return found


on_turn = pages_on(turn_for, lambda turn: turn.item.meeting, "turn_id")


end_speech, hold_speech, resume_speech = on_turn(END), on_turn(HOLD), on_turn(RESUME)


@login_required
@require_POST
def call_next(request: HouseRequest, item_id: int) -> HttpResponse:
    """Give the floor to whom the button named; the speech that lasts ends with it, or waits for a point of order."""
    item = item_for(request.viewer, item_id)
    form = HappenedForm(request.POST, zone=item.meeting.body.time_zone)

    def do(by: Actor) -> object:
        chosen = request_for(request, request.POST.get("request", ""))
        if chosen.item_id != item.pk:
            raise Http404
        return acts.give_floor(by=by, item_id=item.pk, request_id=chosen.pk, in_turn=True, happened=form.stated)

    return enter(
        request,
        item.meeting.body.book_id,
        Kind.FLOOR_GIVEN,
        form,
        do,
        heading=_("Call the next speaker"),
        button=_("Call the next speaker"),
        back=desk_address(item.meeting),
        meeting=item.meeting,
    )


@get_or_post
def add_speaker(request: HouseRequest, item_id: int) -> HttpResponse:
    """Put somebody on the list at the desk."""
    item = item_for(request.viewer, item_id)
    form = forms.ListForm(request.POST or None, zone=item.meeting.body.time_zone)

    def do(_by: Actor) -> object:
        typed = form.cleaned_data
        part = item.meeting.sittings.filter(opened__isnull=False, closed=None).first()
        own = part.participations.filter(person=typed["speaker"]).first() if part else None
        if own is None:
            raise Refused(
                "not_accredited",
                _("Only who is accredited to the open sitting can be put on the list."),
                status=422,
                field="speaker",
            )
        return queue.ask_for_floor(participation_id=own.pk, item_id=item.pk, kind=typed["kind"])

    return enter(
        request,
        item.meeting.body.book_id,
        Kind.FLOOR_GIVEN,
        form,
        do,
        heading=_("Put somebody on the list of speakers"),
        button=_("Put them on the list"),
        back=desk_address(item.meeting),
        meeting=item.meeting,
        names=names_on(request, item),
        hint=_("They stand where the rules put them. Who stands on it already asks for something else from now on."),
    )


@signed_in
@require_POST
def withdraw_request(request: HouseRequest, request_id: int) -> HttpResponse:
    """Take a request off the list: one's own, or any for the desk."""
    found = request_for(request, str(request_id))
    if found.person_id != request.viewer.person:
        request.actor_for(found.item.meeting.body.book_id, Kind.FLOOR_GIVEN)
    queue.withdraw_request(found.pk)
    return redirect(address_after(request) or f"{page_address(found.item.meeting)}floor/")


@login_required
@require_POST
def move_request(request: HouseRequest, request_id: int) -> HttpResponse:
    """Put a request elsewhere on the list, at the desk."""
    found = request_for(request, str(request_id))
    request.actor_for(found.item.meeting.body.book_id, Kind.FLOOR_GIVEN)
    queue.move_request(found.pk, request.POST.get("to", ""))
    return redirect(address_after(request) or desk_address(found.item.meeting))


@login_required
@require_POST
def order_by_rules(request: HouseRequest, item_id: int) -> HttpResponse:
    """Let the rules order a list again."""
    item = item_for(request.viewer, item_id)
    request.actor_for(item.meeting.body.book_id, Kind.FLOOR_GIVEN)
    queue.order_by_rules(item.pk)
    return redirect(address_after(request) or desk_address(item.meeting))


def request_for(request: HouseRequest, key: str) -> FloorRequest:
    """Return a request for the floor on an item that the viewer may see; raise Http404 for any other."""
    with_meeting = FloorRequest.objects.select_related(
        "item__meeting__body", "item__meeting__term", "participation__sitting"
    )
    found = with_meeting.filter(pk=int(key)).first() if key.isascii() and key.isdigit() and len(key) < 19 else None
    if found is None or not sees_part(request.viewer, found.item.meeting, found.item.access):
        raise Http404
    return found


@require_safe
def contributed(request: HouseRequest, meeting_id: int) -> HttpResponse:
    """Show all contributions to a meeting by their length."""
    meeting = meeting_for(request.viewer, meeting_id)
    found = contributions(request.viewer, meeting)
    shown = {"meeting": meeting, "contributions": totals(found), "here": _("Contributions by length")}
    return render(request, "meetings/contributions.html", shown)


def totals(found: dict[AgendaItem, list[Any]]) -> list[tuple[AgendaItem, list[Any], str]]:
    """Return the contributions on each item with how long they were together."""
    timed = {item: sum(one.seconds or 0 for one in lines) for item, lines in found.items()}
    return [(item, lines, length(timed[item]) if timed[item] else "") for item, lines in found.items()]
