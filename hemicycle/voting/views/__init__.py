"""The pages of a ballot: what it asks, how it stands, and the desk's buttons on it."""

from urllib.parse import quote

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from hemicycle.accounts.entering import address_after
from hemicycle.accounts.request import HouseRequest
from hemicycle.journal.act import Refused
from hemicycle.journal.forms import HappenedForm
from hemicycle.meetings.models import Meeting
from hemicycle.motions.queries import motion_for
from hemicycle.voting import acts, forms, queries
from hemicycle.voting.models import Ballot
from hemicycle.voting.shown import panel
from hemicycle.voting.words import Kind


@never_cache
@require_GET
def ballot(request: HouseRequest, ballot_id: int) -> HttpResponse:
    """Show a ballot as it stands."""
    found = queries.ballot_for(request.viewer, ballot_id)
    return render(request, "voting/ballot.html", panel(request, found))


@login_required
@require_POST
def open_(request: HouseRequest, motion_id: int) -> HttpResponse:
    """Put a motion to the vote."""
    motion = motion_for(request.viewer, motion_id)
    body = motion.item.meeting.body
    form = forms.OpenForm(request.POST, zone=body.time_zone)
    happened = forms.stated(form)
    by = request.actor_for(body.book_id, Kind.BALLOT_OPENED)
    try:
        opened = acts.open_ballot(by=by, motion_id=motion.pk, question=form.cleaned_data["question"], happened=happened)
    except Refused as refusal:
        return ask_the_desk(request, refusal, "voting:open_anyway", motion.pk)
    return answer(request, opened.pk)


@login_required
@require_POST
def close(request: HouseRequest, ballot_id: int) -> HttpResponse:
    """Close the box and count."""
    found = queries.ballot_for(request.viewer, ballot_id)
    form = HappenedForm(request.POST, zone=zone(found))
    by = request.actor_for(book(found), Kind.BALLOT_CLOSED)
    try:
        acts.close_ballot(by=by, ballot_id=found.pk, happened=forms.stated(form))
    except Refused as refusal:
        return ask_the_desk(request, refusal, "voting:close_anyway", found.pk)
    return answer(request, found.pk)


def ask_the_desk(request: HouseRequest, refusal: Refused, name: str, key: int) -> HttpResponse:
    """Go to the page where the desk says that a vote goes on without everybody; raise any other refusal again."""
    if refusal.code != "not_connected":
        raise refusal
    back = address_after(request)
    address = reverse(name, args=[key]) + (f"?next={quote(back)}" if back else "")
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return redirect(address)


@login_required
@require_POST
def void(request: HouseRequest, ballot_id: int) -> HttpResponse:
    """Make a ballot count for nothing."""
    found = queries.ballot_for(request.viewer, ballot_id)
    form = forms.ReasonForm(request.POST, zone=zone(found))
    happened, by = forms.stated(form), request.actor_for(book(found), Kind.BALLOT_VOIDED)
    acts.void_ballot(by=by, ballot_id=found.pk, reason=form.cleaned_data["reason"], happened=happened)
    return answer(request, found.pk)


@login_required
@require_POST
def recount(request: HouseRequest, ballot_id: int) -> HttpResponse:
    """Count the box again."""
    found = queries.ballot_for(request.viewer, ballot_id)
    form = forms.ReasonForm(request.POST, zone=zone(found))
    happened, by = forms.stated(form), request.actor_for(book(found), Kind.RESULT_CORRECTED)
    acts.correct_result(by=by, ballot_id=found.pk, reason=form.cleaned_data["reason"], happened=happened)
    return answer(request, found.pk)


@login_required
@require_POST
def declare(request: HouseRequest, ballot_id: int) -> HttpResponse:
    """Declare the result that was looked at."""
    found = queries.ballot_for(request.viewer, ballot_id)
    form = forms.ResultForm(request.POST, zone=zone(found))
    happened, by = forms.stated(form), request.actor_for(book(found), Kind.RESULT_DECLARED)
    acts.declare_result(by=by, result_id=result_in(found, form), happened=happened)
    return answer(request, found.pk)


@login_required
@require_POST
def certify(request: HouseRequest, ballot_id: int) -> HttpResponse:
    """Certify the result that was looked at."""
    found = queries.ballot_for(request.viewer, ballot_id)
    form = forms.ResultForm(request.POST, zone=zone(found))
    happened, by = forms.stated(form), request.actor_for(book(found), Kind.RESULT_CERTIFIED)
    acts.certify_result(by=by, result_id=result_in(found, form), happened=happened)
    return answer(request, found.pk)


def result_in(found: Ballot, form: forms.ResultForm) -> int:
    """Return the key of the count that a form is about; raise Http404 where it is another ballot's."""
    key: int = form.cleaned_data["result"]
    if not found.results.filter(pk=key).exists():
        raise Http404(_("There is no such result."))
    return key


def answer(request: HouseRequest, ballot_id: int) -> HttpResponse:
    """Show the ballot as it now stands: its panel where htmx asked, else the page that the form came from."""
    if request.headers.get("HX-Request"):
        return render(request, "voting/panel.html", panel(request, queries.ballot_for(request.viewer, ballot_id)))
    back = request.POST.get("next", "")
    if back.startswith("/") and url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        return redirect(back)
    return redirect("voting:ballot", ballot_id)


def book(found: Ballot) -> int:
    """Return the book in which acts on a ballot are entered."""
    return found.sitting.meeting.body.book_id


def zone(found: Ballot) -> str:
    """Return the time zone of a ballot's body."""
    return found.sitting.meeting.body.time_zone


def of_meeting(request: HouseRequest, meeting: Meeting) -> str:
    """Return the votes of a meeting, for its page."""
    ballots = queries.ballots_in_brief(request.viewer, meeting)
    return render_to_string("voting/of_meeting.html", {"ballots": ballots}, request) if ballots else ""
