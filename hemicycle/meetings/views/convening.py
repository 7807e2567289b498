"""Pages of the desk about a meeting as a whole: convening it, and its end."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hemicycle.accounts.request import HouseRequest
from hemicycle.bodies.queries import body_named
from hemicycle.journal.act import Actor
from hemicycle.journal.forms import HappenedForm
from hemicycle.meetings import acts, forms
from hemicycle.meetings.queries import meeting_for
from hemicycle.meetings.views.entering import desk_address, enter
from hemicycle.meetings.words import Kind

get_or_post = require_http_methods(["GET", "POST"])


@get_or_post
def convene(request: HouseRequest, slug: str) -> HttpResponse:
    """Convene a meeting of a body."""
    body = body_named(slug)
    form = forms.ConveneForm(request.POST or None, zone=body.time_zone)

    def do(by: Actor) -> object:
        plan = {name: form.cleaned_data[name] for name in CONVENED_WITH}
        return acts.convene_meeting(by=by, body_id=body.pk, sittings=form.sittings(), happened=form.stated, **plan)

    heading, button = _("Convene %(body)s") % {"body": body.name}, _("Convene the meeting")
    back = reverse("bodies:body", args=[body.slug])
    return enter(
        request, body.book_id, Kind.MEETING_CONVENED, form, do, heading=heading, button=button, back=back, body=body
    )


CONVENED_WITH = ("kind", "enlarged", "starts", "ends", "title", "purpose", "place", "access")


@get_or_post
def close_meeting(request: HouseRequest, meeting_id: int) -> HttpResponse:
    """Close a meeting whose sittings are over."""
    meeting = meeting_for(request.viewer, meeting_id)
    form = HappenedForm(request.POST or None, zone=meeting.body.time_zone)
    return enter(
        request,
        meeting.body.book_id,
        Kind.MEETING_CLOSED,
        form,
        lambda by: acts.close_meeting(by=by, meeting_id=meeting.pk, happened=form.stated),
        heading=_("Close the meeting"),
        button=_("Close the meeting"),
        back=desk_address(meeting),
        meeting=meeting,
        hint=_("Nothing more can be entered in it then."),
    )
