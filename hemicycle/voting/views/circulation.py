"""Pages of what goes round between meetings."""

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from hemicycle.accounts.request import HouseRequest
from hemicycle.bodies.models import Body
from hemicycle.bodies.queries import body_named
from hemicycle.journal.act import Actor
from hemicycle.meetings.queries import names_of
from hemicycle.meetings.views.asking import get_or_post
from hemicycle.meetings.views.entering import enter
from hemicycle.motions.forms import point_forms, points_of
from hemicycle.voting import acts, forms, queries
from hemicycle.voting.words import Kind


@get_or_post
def circulate(request: HouseRequest, slug: str) -> HttpResponse:
    """Put a question to all members between meetings."""
    body = body_named(slug)
    form = forms.CirculateForm(request.POST or None, zone=body.time_zone)
    points = point_forms(request.POST or None)

    def do(by: Actor) -> object:
        typed = form.cleaned_data
        return acts.open_circulation(
            by=by,
            body_id=body.pk,
            title=typed["title"],
            preamble=typed["preamble"],
            points=points_of(points),
            until=typed["until"],
            happened=form.stated,
        )

    return enter(
        request,
        body.book_id,
        Kind.CIRCULATION_OPENED,
        form,
        do,
        also=[points],
        template="motions/enter.html",
        points=points,
        heading=_("Decide by circulation"),
        button=_("Put it to all members"),
        back=reverse("bodies:body", args=[body.slug]),
        body=body,
        hint=_("It stops where as many members as the rules name demand a meeting."),
    )


@get_or_post
def demand_meeting(request: HouseRequest, ballot_id: int) -> HttpResponse:
    """Demand a meeting instead."""
    found = queries.ballot_for(request.viewer, ballot_id)
    body = found.sitting.meeting.body
    own = found.entitled.filter(participation__person=request.viewer.person).first()
    form = forms.DemandForm(request.POST or None, zone=body.time_zone, initial={"person": own.name if own else ""})

    def do(by: Actor) -> object:
        typed = form.cleaned_data
        return acts.demand_meeting(
            by=by,
            ballot_id=found.pk,
            person_id=typed["person"].pk,
            because=typed["because"],
            happened=form.stated,
        )

    return enter(
        request,
        body.book_id,
        Kind.MEETING_DEMANDED,
        form,
        do,
        heading=_("Demand a meeting on “%(title)s”") % {"title": found.motion.title},
        button=_("Demand a meeting"),
        back=reverse("voting:ballot", args=[found.pk]),
        meeting=found.sitting.meeting,
        names=names_of(request.viewer, found.sitting),
    )


def of_body(request: HouseRequest, body: Body) -> str:
    """Return the way to decide something by circulation, for the page of a body; what goes round stands in its list."""
    if not request.actors_in(body.book_id, Kind.CIRCULATION_OPENED):
        return ""
    return render_to_string("voting/of_body.html", {"body": body}, request)
