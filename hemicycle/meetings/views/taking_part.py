"""Who takes part: the list by name in which the desk accredits and checks in, and one's own coming and going."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from hemicycle.accounts.models import Person
from hemicycle.accounts.request import HouseRequest
from hemicycle.bodies.queries import names_offered
from hemicycle.journal.act import Actor
from hemicycle.journal.clock import now
from hemicycle.journal.forms import HappenedForm
from hemicycle.meetings import acts, forms
from hemicycle.meetings.models import Mode, Participation, Sitting
from hemicycle.meetings.queries import (
    absent_members,
    attendance,
    check_in_list,
    lacking_accreditation,
    participation_for,
    quorum_at,
    sitting_for,
)
from hemicycle.meetings.views.asking import get_or_post
from hemicycle.meetings.views.entering import desk_address, enter
from hemicycle.meetings.words import Kind


@require_GET
def participants(request: HouseRequest, sitting_id: int) -> HttpResponse:
    """Show who is accredited to a sitting and who is there; the desk ticks off who comes."""
    sitting = sitting_for(request.viewer, sitting_id)
    return render(request, "meetings/participants.html", shown_list(request, sitting))


def shown_list(request: HouseRequest, sitting: Sitting) -> dict[str, Any]:
    """Return what the list shows: for those who may see names the names, for others the numbers."""
    book, moment = sitting.meeting.body.book_id, sitting.closed or now()
    text = request.GET.get("q", "")[:100]
    accrediting = request.actors_in(book, Kind.PARTICIPANTS_ACCREDITED)
    rows = check_in_list(request.viewer, sitting, text)
    return {
        "sitting": sitting,
        "meeting": sitting.meeting,
        "attendance": attendance(sitting, moment),
        "quorum": quorum_at(sitting, moment),
        "rows": rows,
        "absent": any(not row.came for row in rows),
        "q": text,
        "modes": Mode.choices,
        "accrediting": accrediting,
        "lacking": lacking_accreditation(sitting) if accrediting and not sitting.closed else 0,
        "form": HappenedForm(zone=sitting.meeting.body.time_zone),
        "desk": desk_address(sitting.meeting),
        "here": list_address(sitting),
    }


def list_address(sitting: Sitting) -> str:
    """Return the address of a sitting's list of participants."""
    return reverse("meetings:participants", args=[sitting.pk])


@get_or_post
def accredit(request: HouseRequest, sitting_id: int) -> HttpResponse:
    """Accredit a person or a delegation."""
    sitting = sitting_for(request.viewer, sitting_id)
    meeting = sitting.meeting
    kind = Kind.PARTICIPANTS_ACCREDITED
    form = forms.AccreditForm(request.POST or None, zone=meeting.body.time_zone)

    def do(by: Actor) -> object:
        typed = form.cleaned_data
        person, capacity = typed["person"], typed["capacity"]
        return acts.accredit_participants(
            by=by,
            sitting_id=sitting.pk,
            people=[acts.Accredit(person.pk, capacity)] if person else [],
            delegations=[] if person else [acts.Delegation(typed["delegation"], typed["number"], capacity)],
            mode=typed["mode"],
            happened=form.stated,
        )

    return enter(
        request,
        meeting.body.book_id,
        Kind.PARTICIPANTS_ACCREDITED,
        form,
        do,
        heading=_("Accredit a person or a delegation"),
        button=_("Accredit"),
        back=list_address(sitting),
        meeting=meeting,
        names=names_offered(Person.objects.all()) if request.actors_in(meeting.body.book_id, kind) else [],
    )


@get_or_post
def accredit_members(request: HouseRequest, sitting_id: int) -> HttpResponse:
    """Accredit all members and alternates of the body."""
    sitting = sitting_for(request.viewer, sitting_id)
    meeting = sitting.meeting
    form = HappenedForm(request.POST or None, zone=meeting.body.time_zone)
    return enter(
        request,
        meeting.body.book_id,
        Kind.PARTICIPANTS_ACCREDITED,
        form,
        lambda by: acts.accredit_members(by=by, sitting_id=sitting.pk, happened=form.stated),
        heading=_("Accredit all members and alternates"),
        button=_("Accredit them"),
        back=list_address(sitting),
        meeting=meeting,
    )


@get_or_post
def accredit_again(request: HouseRequest, sitting_id: int) -> HttpResponse:
    """Accredit everybody who was accredited to the sitting before."""
    sitting = sitting_for(request.viewer, sitting_id)
    meeting = sitting.meeting
    form = HappenedForm(request.POST or None, zone=meeting.body.time_zone)
    return enter(
        request,
        meeting.body.book_id,
        Kind.PARTICIPANTS_ACCREDITED,
        form,
        lambda by: acts.accredit_again(by=by, sitting_id=sitting.pk, happened=form.stated),
        heading=_("Accredit those of the sitting before again"),
        button=_("Accredit them"),
        back=list_address(sitting),
        meeting=meeting,
    )


@require_POST
def came(request: HouseRequest, sitting_id: int) -> HttpResponse:
    """Enter those ticked in the list as there, or everybody. What was ticked stays ticked where it is refused."""
    sitting = sitting_for(request.viewer, sitting_id)
    known = list(sitting.participations.values_list("pk", flat=True))
    everybody, free = "everybody" in request.POST, sitting.participations.filter(stood_for_by=None)
    form = forms.CameForm(request.POST, zone=sitting.meeting.body.time_zone, known=known)

    def do(by: Actor) -> object:
        return acts.participants_came(
            by=by,
            sitting_id=sitting.pk,
            participations=[row.pk for row in free] if everybody else form.cleaned_data["participation"],
            mode=form.cleaned_data["mode"],
            happened=form.stated,
        )

    answer = enter(
        request,
        sitting.meeting.body.book_id,
        Kind.PARTICIPANTS_CAME,
        form,
        do,
        heading=_("Who is there"),
        button=_("Enter those ticked as there"),
        back=list_address(sitting),
        template="meetings/participants.html",
        ticked=request.POST.getlist("participation"),
        **{name: value for name, value in shown_list(request, sitting).items() if name != "form"},
    )
    entered = isinstance(answer, HttpResponseRedirect)
    return redirect(desk_address(sitting.meeting)) if everybody and entered else answer


@require_POST
def person_came(request: HouseRequest, participation_id: int) -> HttpResponse:
    """Check in: oneself, or another where the desk does it."""
    row = participation_for(request.viewer, participation_id)
    mode = request.POST.get("mode", "")
    return come_or_go(
        request,
        row,
        Kind.PARTICIPANT_CAME,
        _("Check in"),
        lambda by, form: acts.participant_came(
            by=by,
            participation_id=row.pk,
            mode=mode if mode in Mode.values else "",
            happened=form.stated,
        ),
    )


@require_POST
def person_went(request: HouseRequest, participation_id: int) -> HttpResponse:
    """Check out: oneself, or another where the desk does it."""
    row = participation_for(request.viewer, participation_id)
    return come_or_go(
        request,
        row,
        Kind.PARTICIPANT_WENT,
        _("Leave the sitting"),
        lambda by, form: acts.participant_went(by=by, participation_id=row.pk, happened=form.stated),
    )


def come_or_go(
    request: HouseRequest,
    row: Participation,
    kind: str,
    heading: str,
    do: Callable[[Actor, HappenedForm], object],
) -> HttpResponse:
    """Enter that somebody came or left, and go on to the list, or to where the form says."""
    body = row.sitting.meeting.body
    form = HappenedForm(request.POST, zone=body.time_zone)
    back = list_address(row.sitting)
    return enter(
        request,
        body.book_id,
        kind,
        form,
        lambda by: do(by, form),
        heading=heading,
        button=heading,
        back=back,
        meeting=row.sitting.meeting,
    )


@get_or_post
def seat(request: HouseRequest, participation_id: int) -> HttpResponse:
    """Give an alternate the seat of a member who is not there."""
    row = participation_for(request.viewer, participation_id)
    meeting = row.sitting.meeting
    form = forms.SeatForm(request.POST or None, zone=meeting.body.time_zone, absent=absent_members(row.sitting))

    def do(by: Actor) -> object:
        member = int(form.cleaned_data["stands_for"])
        return acts.seat_alternate(by=by, participation_id=row.pk, stands_for_id=member, happened=form.stated)

    return enter(
        request,
        meeting.body.book_id,
        Kind.ALTERNATE_SEATED,
        form,
        do,
        heading=_("Give %(name)s a seat") % {"name": str(row)},
        button=_("Give the seat"),
        back=list_address(row.sitting),
        meeting=meeting,
    )


@get_or_post
def unseat(request: HouseRequest, participation_id: int) -> HttpResponse:
    """Take the seat back from an alternate."""
    row = participation_for(request.viewer, participation_id)
    meeting = row.sitting.meeting
    form = HappenedForm(request.POST or None, zone=meeting.body.time_zone)
    return enter(
        request,
        meeting.body.book_id,
        Kind.ALTERNATE_UNSEATED,
        form,
        lambda by: acts.unseat_alternate(by=by, participation_id=row.pk, happened=form.stated),
        heading=_("Take the seat back from %(name)s") % {"name": str(row)},
        button=_("Take the seat back"),
        back=list_address(row.sitting),
        meeting=meeting,
    )
