"""The plan of a meeting at the desk: its sittings, moving it, cancelling it."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from hemicycle.accounts.request import HouseRequest
from hemicycle.meetings import acts
from hemicycle.meetings.day import zone_of
from hemicycle.meetings.forms import convening as forms
from hemicycle.meetings.forms import key
from hemicycle.meetings.models import Meeting
from hemicycle.meetings.queries import meeting_for, meetings_of, sittings_for
from hemicycle.meetings.queries.stages import stage_of
from hemicycle.meetings.views.asking import Asks, on_meeting, on_sitting
from hemicycle.meetings.views.entering import desk_address, page_address
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
        "stage": stage_of(sittings),
        "begun": any(sitting.opened for sitting in sittings),
        "over": bool(meeting.closed or meeting.cancelled),
        "moves": list(meeting.moves.order_by("pk")),
        "desk": desk_address(meeting),
        "here": request.path,
    }
    return render(request, "meetings/plan.html", shown)


def told_to_all(meeting: Meeting) -> str:
    """Say who is told of a change."""
    if meeting.summoned:
        return _("Whoever was called is told of it by mail, and their calendars are changed.")
    return _("Nobody was called yet, so nobody is told.")


def hours(form: forms.HoursForm) -> dict[str, Any]:
    """Return what an act takes of the hours of a sitting."""
    start, end = form.moments()
    typed = form.cleaned_data
    return {"start": start, "end": end, "lengthen": typed["lengthen"], "because": typed["because"]}


plan_sitting = on_meeting(
    Asks(
        Kind.SITTING_PLANNED,
        acts.plan_sitting,
        heading=lambda _meeting: _("Plan a further sitting"),
        button=lambda: _("Plan it"),
        hint=told_to_all,
        form=forms.HoursForm,
        given=lambda _request, meeting: {"initial": {"day": meeting.ends}},
        typed=hours,
        back=plan_address,
    )
)
move_sitting = on_sitting(
    Asks(
        Kind.SITTING_MOVED,
        acts.move_sitting,
        heading=lambda sitting: _("Move sitting %(number)d") % {"number": sitting.ordinal},
        button=lambda: _("Move it"),
        hint=lambda sitting: told_to_all(sitting.meeting),
        form=forms.HoursForm,
        given=lambda _request, sitting: {"initial": forms.HoursForm.of(sitting, zone_of(sitting.meeting.body))},
        typed=hours,
        back=lambda sitting: plan_address(sitting.meeting),
    )
)
drop_sitting = on_sitting(
    Asks(
        Kind.SITTING_DROPPED,
        acts.drop_sitting,
        heading=lambda sitting: _("Take sitting %(number)d out of the plan") % {"number": sitting.ordinal},
        button=lambda: _("Take it out"),
        hint=lambda sitting: told_to_all(sitting.meeting),
        form=forms.BecauseForm,
        back=lambda sitting: plan_address(sitting.meeting),
    )
)
move_meeting = on_meeting(
    Asks(
        Kind.MEETING_MOVED,
        acts.move_meeting,
        heading=lambda _meeting: _("Move the meeting"),
        button=lambda: _("Move the meeting"),
        hint=lambda meeting: (
            _("It keeps its number; its sittings move with it, at the same hours. ") + told_to_all(meeting)
        ),
        form=forms.MoveMeetingForm,
        given=lambda _request, meeting: {"initial": {"starts": meeting.starts, "place": meeting.place}},
        back=plan_address,
    )
)


def other_meetings(request: HouseRequest, meeting: Meeting) -> dict[str, Any]:
    """Return the meetings that can be held in place of one."""
    return {
        "meetings": meetings_of(request.viewer, meeting.body)
        .filter(cancelled=None, rehearsal=meeting.rehearsal)
        .exclude(pk=meeting.pk)
    }


cancel_meeting = on_meeting(
    Asks(
        Kind.MEETING_CANCELLED,
        acts.cancel_meeting,
        heading=lambda _meeting: _("Cancel the meeting"),
        button=lambda: _("Cancel the meeting"),
        hint=lambda meeting: _("Its number and page stay; the page says why it is not held. ") + told_to_all(meeting),
        form=forms.CancelForm,
        given=other_meetings,
        typed=lambda form: {
            "because": form.cleaned_data["because"],
            "instead_id": key(form.cleaned_data["instead"]),
        },
        back=page_address,
    )
)
