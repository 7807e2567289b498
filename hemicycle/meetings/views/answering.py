"""Answers to a summons by link or at the desk, and the forecast they make."""

from django.contrib.auth.views import redirect_to_login
from django.db.models import Model
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from hemicycle.accounts.capacities import Capacity
from hemicycle.accounts.models import Person
from hemicycle.accounts.request import HouseRequest
from hemicycle.journal.act import Actor, Refused
from hemicycle.meetings import acts
from hemicycle.meetings.forms import mandates as forms
from hemicycle.meetings.models import Meeting
from hemicycle.meetings.models.mandates import Answer
from hemicycle.meetings.queries import meeting_for
from hemicycle.meetings.queries.mandates import (
    answer_key,
    answer_of,
    called_for,
    concerned_by,
    forecast,
    read_answer_key,
)
from hemicycle.meetings.views.asking import get_or_post
from hemicycle.meetings.views.entering import desk_address, enter, page_address
from hemicycle.meetings.words import Kind


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HouseRequest, key: str) -> HttpResponse:
    """Let somebody who was called say whether they come, by their link. Looking at it enters nothing."""
    meeting, person = read_answer_key(key)
    refusal = None
    if request.method == "POST":
        try:
            acts.answer_summons(
                by=by_link(person, meeting).with_once(None),
                meeting_id=meeting.pk,
                person_id=person.pk,
                coming=request.POST.get("coming", ""),
            )
            return redirect(request.path)
        except Refused as refused:
            refusal = refused
    shown = {
        "meeting": meeting,
        "person": person,
        "answer": answer_of(meeting, person.pk),
        "called": called_for(meeting, person.pk),
        "concerned": concerned_by(meeting, person.pk),
        "choices": Answer.Coming.choices,
        "refusal": refusal,
        "page": page_address(meeting),
    }
    return render(request, "meetings/answer.html", shown, status=refusal.status if refusal else 200)


def by_link(person: Person, meeting: Meeting) -> Actor:
    """Return somebody who answers by the link that only they were sent."""
    body = meeting.body
    return Actor(person.name, Capacity.HOUSE, _("by their link"), body.name, body.book_id, person.pk)


@never_cache
@require_safe
def my_answer(request: HouseRequest, meeting_id: int) -> HttpResponse:
    """Lead somebody who is signed in to the page of their own answer."""
    meeting = meeting_for(request.viewer, meeting_id)
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    if request.viewer.person is None or not concerned_by(meeting, request.viewer.person):
        raise Http404
    return redirect("meetings:answer", answer_key(meeting.pk, request.viewer.person))


def of_meeting(request: HouseRequest, meeting: Model) -> str:
    """Return what a meeting's page asks of who reads it: whether they come, and whom their unit names."""
    person = request.viewer.person
    if not isinstance(meeting, Meeting) or person is None or meeting.closed or meeting.cancelled:
        return ""
    shown = {
        "meeting": meeting,
        "called": concerned_by(meeting, person),
        "answer": answer_of(meeting, person),
        "naming": meeting.mandate_calls.filter(unit__book__in=request.viewer.desks).exists(),
    }
    if not (shown["called"] or shown["naming"]):
        return ""
    return render_to_string("meetings/asked_of_you.html", shown, request)


@never_cache
@get_or_post
def answers(request: HouseRequest, meeting_id: int) -> HttpResponse:
    """Show the desk who answered what, and whether the quorum can be expected; enter an answer for somebody."""
    meeting = meeting_for(request.viewer, meeting_id)
    form = forms.AnswerForm(request.POST or None, zone=meeting.body.time_zone)
    desk = request.actors_in(meeting.body.book_id, Kind.MANDATES_CALLED)
    if request.user.is_authenticated and not desk:
        raise Http404

    def do(by: Actor) -> object:
        typed = form.cleaned_data
        return acts.answer_summons(
            by=by, meeting_id=meeting.pk, person_id=typed["person"], coming=typed["coming"], happened=form.stated
        )

    expected = forecast(meeting)
    return enter(
        request,
        meeting.body.book_id,
        Kind.SUMMONS_ANSWERED,
        form,
        do,
        heading=_("Who is coming"),
        button=_("Enter the answer"),
        back=request.path,
        template="meetings/answers.html",
        meeting=meeting,
        forecast=expected,
        names=[one.person.name for one in expected.people],
        desk_page=desk_address(meeting),
    )
