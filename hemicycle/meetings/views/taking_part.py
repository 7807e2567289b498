"""Who takes part: the list by name in which the desk accredits and checks in, and one's own coming and going."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from hemicycle.accounts.request import HouseRequest
from hemicycle.bodies.queries import rules_on
from hemicycle.journal.act import Actor
from hemicycle.journal.clock import now
from hemicycle.journal.forms import HappenedForm, typed_line
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
from hemicycle.meetings.views.asking import Asks, all_names, on_participation, on_sitting
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
    text = typed_line(request.GET.get("q", ""), 100)
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
        "rules": rules_on(sitting.meeting.body, sitting.meeting.starts),
        "form": HappenedForm(zone=sitting.meeting.body.time_zone),
        "desk": desk_address(sitting.meeting),
        "here": list_address(sitting),
    }


def list_address(sitting: Sitting) -> str:
    """Return the address of a sitting's list of participants."""
    return reverse("meetings:participants", args=[sitting.pk])


def entered_of(form: forms.AccreditForm) -> dict[str, Any]:
    """Return what an act takes of a person or a delegation that is accredited."""
    typed = form.cleaned_data
    person, capacity = typed["person"], typed["capacity"]
    return {
        "people": [acts.Accredit(person.pk, capacity)] if person else [],
        "delegations": [] if person else [acts.Delegation(typed["delegation"], typed["number"], capacity)],
        "mode": typed["mode"],
    }


accredit = on_sitting(
    Asks(
        Kind.PARTICIPANTS_ACCREDITED,
        acts.accredit_participants,
        heading=lambda _sitting: _("Accredit a person or a delegation"),
        button=lambda: _("Accredit"),
        form=forms.AccreditForm,
        typed=entered_of,
        names=all_names,
        back=list_address,
    )
)
accredit_members = on_sitting(
    Asks(
        Kind.PARTICIPANTS_ACCREDITED,
        acts.accredit_members,
        heading=lambda _sitting: _("Accredit all members and alternates"),
        button=lambda: _("Accredit them"),
        back=list_address,
    )
)
accredit_again = on_sitting(
    Asks(
        Kind.PARTICIPANTS_ACCREDITED,
        acts.accredit_again,
        heading=lambda _sitting: _("Accredit those of the sitting before again"),
        button=lambda: _("Accredit them"),
        back=list_address,
    )
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


seat = on_participation(
    Asks(
        Kind.ALTERNATE_SEATED,
        acts.seat_alternate,
        heading=lambda row: _("Give %(name)s a seat") % {"name": str(row)},
        button=lambda: _("Give the seat"),
        form=forms.SeatForm,
        given=lambda _request, row: {"absent": absent_members(row.sitting)},
        typed=lambda form: {"stands_for_id": int(form.cleaned_data["stands_for"])},
        back=lambda row: list_address(row.sitting),
    )
)
unseat = on_participation(
    Asks(
        Kind.ALTERNATE_UNSEATED,
        acts.unseat_alternate,
        heading=lambda row: _("Take the seat back from %(name)s") % {"name": str(row)},
        button=lambda: _("Take the seat back"),
        back=lambda row: list_address(row.sitting),
    )
)
