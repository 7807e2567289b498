"""The plan of a meeting at the desk: its sittings, moving it, cancelling it."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from hemicycle.accounts.request import HouseRequest
from hemicycle.journal.act import Actor
from hemicycle.meetings import acts
from hemicycle.meetings.day import zone_of
from hemicycle.meetings.forms import convening as forms
from hemicycle.meetings.forms import key
from hemicycle.meetings.models import Meeting
from hemicycle.meetings.queries import meeting_for, meetings_of, sitting_for, sittings_for
from hemicycle.meetings.views.convening import get_or_post
from hemicycle.meetings.views.entering import desk_address, enter, page_address
from hemicycle.meetings.words import Kind


def plan_address(meeting: Meeting) -> str:
    """Return the address of a meeting's plan."""
    return reverse("meetings:plan", args=[meeting.pk])


@never_cache
@require_safe
def plan(request: HouseRequest, meeting_id: int) -> HttpResponse:
    """Show the plan of a meeting to the desk, with what can be changed of it."""
    meeting = meeting_for(request.viewer, meeting_id)
    if not request.actors_in(meeting.body.book_id, Kind.SITTING_PLANNED):
        raise Http404
    sittings = list(sittings_for(request.viewer, meeting))
    shown = {
        "meeting": meeting,
        "sittings": sittings,
        "begun": any(sitting.opened for sitting in sittings),
        "over": bool(meeting.closed or meeting.cancelled),
        "moves": list(meeting.moves.order_by("pk")),
        "desk": desk_address(meeting),
        "here": request.path,
    }
    return render(request, "meetings/plan.html", shown)


@get_or_post
def plan_sitting(request: HouseRequest, meeting_id: int) -> HttpResponse:
    """Plan a further sitting."""
    meeting = meeting_for(request.viewer, meeting_id)
    form = forms.HoursForm(request.POST or None, zone=meeting.body.time_zone, initial={"day": meeting.ends})

    def do(by: Actor) -> object:
        start, end = form.moments()
        typed = form.cleaned_data
        return acts.plan_sitting(
            by=by,
            meeting_id=meeting.pk,
            start=start,
            end=end,
            lengthen=typed["lengthen"],
            because=typed["because"],
            happened=form.stated,
        )

    return enter(
        request,
        meeting.body.book_id,
        Kind.SITTING_PLANNED,
        form,
        do,
        heading=_("Plan a further sitting"),
        button=_("Plan it"),
        back=plan_address(meeting),
        meeting=meeting,
        hint=told_to_all(meeting),
    )


@get_or_post
def move_sitting(request: HouseRequest, sitting_id: int) -> HttpResponse:
    """Move a sitting to other hours."""
    sitting = sitting_for(request.viewer, sitting_id)
    meeting = sitting.meeting
    given = forms.HoursForm.of(sitting, zone_of(meeting.body))
    form = forms.HoursForm(request.POST or None, zone=meeting.body.time_zone, initial=given)

    def do(by: Actor) -> object:
        start, end = form.moments()
        typed = form.cleaned_data
        return acts.move_sitting(
            by=by,
            sitting_id=sitting.pk,
            start=start,
            end=end,
            lengthen=typed["lengthen"],
            because=typed["because"],
            happened=form.stated,
        )

    return enter(
        request,
        meeting.body.book_id,
        Kind.SITTING_MOVED,
        form,
        do,
        heading=_("Move sitting %(number)d") % {"number": sitting.ordinal},
        button=_("Move it"),
        back=plan_address(meeting),
        meeting=meeting,
        hint=told_to_all(meeting),
    )


@get_or_post
def drop_sitting(request: HouseRequest, sitting_id: int) -> HttpResponse:
    """Take a sitting out of the plan."""
    sitting = sitting_for(request.viewer, sitting_id)
    meeting = sitting.meeting
    form = forms.BecauseForm(request.POST or None, zone=meeting.body.time_zone)

    def do(by: Actor) -> object:
        because = form.cleaned_data["because"]
        return acts.drop_sitting(by=by, sitting_id=sitting.pk, because=because, happened=form.stated)

    return enter(
        request,
        meeting.body.book_id,
        Kind.SITTING_DROPPED,
        form,
        do,
        heading=_("Take sitting %(number)d out of the plan") % {"number": sitting.ordinal},
        button=_("Take it out"),
        back=plan_address(meeting),
        meeting=meeting,
        hint=told_to_all(meeting),
    )


@get_or_post
def move_meeting(request: HouseRequest, meeting_id: int) -> HttpResponse:
    """Move a meeting to another day or place."""
    meeting = meeting_for(request.viewer, meeting_id)
    form = forms.MoveMeetingForm(
        request.POST or None,
        zone=meeting.body.time_zone,
        initial={"starts": meeting.starts, "place": meeting.place},
    )

    def do(by: Actor) -> object:
        typed = {name: form.cleaned_data[name] for name in ("starts", "place", "because", "waive_because")}
        return acts.move_meeting(by=by, meeting_id=meeting.pk, happened=form.stated, **typed)

    return enter(
        request,
        meeting.body.book_id,
        Kind.MEETING_MOVED,
        form,
        do,
        heading=_("Move the meeting"),
        button=_("Move the meeting"),
        back=plan_address(meeting),
        meeting=meeting,
        hint=_("It keeps its number; its sittings move with it, at the same hours. ") + told_to_all(meeting),
    )


@get_or_post
def cancel_meeting(request: HouseRequest, meeting_id: int) -> HttpResponse:
    """Cancel a meeting."""
    meeting = meeting_for(request.viewer, meeting_id)
    others = meetings_of(request.viewer, meeting.body).filter(cancelled=None).exclude(pk=meeting.pk)
    form = forms.CancelForm(request.POST or None, zone=meeting.body.time_zone, meetings=others)

    def do(by: Actor) -> object:
        typed = form.cleaned_data
        return acts.cancel_meeting(
            by=by,
            meeting_id=meeting.pk,
            because=typed["because"],
            instead_id=key(typed["instead"]),
            happened=form.stated,
        )

    return enter(
        request,
        meeting.body.book_id,
        Kind.MEETING_CANCELLED,
        form,
        do,
        heading=_("Cancel the meeting"),
        button=_("Cancel the meeting"),
        back=page_address(meeting),
        meeting=meeting,
        hint=_("Its number and page stay; the page says why it is not held. ") + told_to_all(meeting),
    )


def told_to_all(meeting: Meeting) -> str:
    """Say who is told of a change."""
    if meeting.summoned:
        return _("Whoever was called is told of it by mail, and their calendars are changed.")
    return _("Nobody was called yet, so nobody is told.")
