"""Pages of the desk about a meeting as a whole: convening it, and its end."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from hemicycle.accounts.request import HouseRequest
from hemicycle.bodies.queries import body_named
from hemicycle.journal.act import Actor
from hemicycle.meetings import acts
from hemicycle.meetings.forms.calling import ConveneForm
from hemicycle.meetings.models import Meeting
from hemicycle.meetings.views.asking import Asks, get_or_post, on_meeting
from hemicycle.meetings.views.entering import desk_address, enter
from hemicycle.meetings.words import Kind


@get_or_post
def convene(request: HouseRequest, slug: str) -> HttpResponse:
    """Convene a meeting of a body, put on its agenda what was typed, and go on at its desk."""
    body = body_named(slug)
    form = ConveneForm(request.POST or None, zone=body.time_zone)
    made: list[Meeting] = []

    def do(by: Actor) -> object:
        plan = {name: form.cleaned_data[name] for name in CONVENED_WITH}
        meeting = acts.convene_meeting(by=by, body_id=body.pk, sittings=form.sittings(), happened=form.stated, **plan)
        made.append(meeting)
        for title in form.cleaned_data["items"]:
            acts.add_item(by=by.with_once(None), meeting_id=meeting.pk, title=title, happened=form.stated)
        return meeting

    heading, button = _("Convene %(body)s") % {"body": body.name}, _("Convene the meeting")
    back = reverse("bodies:body", args=[body.slug])
    answer = enter(
        request, body.book_id, Kind.MEETING_CONVENED, form, do, heading=heading, button=button, back=back, body=body
    )
    return redirect(desk_address(made[0])) if made else answer


CONVENED_WITH = ("kind", "enlarged", "starts", "ends", "title", "purpose", "place", "access", "rehearsal")


close_meeting = on_meeting(
    Asks(
        Kind.MEETING_CLOSED,
        acts.close_meeting,
        heading=lambda _meeting: _("Close the meeting"),
        button=lambda: _("Close the meeting"),
        hint=lambda _meeting: _("Nothing more can be entered in it then."),
    )
)
