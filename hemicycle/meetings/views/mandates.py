"""Mandates: units are asked, they name their delegates, the desk accredits them and reports on the credentials."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hemicycle.accounts.request import HouseRequest
from hemicycle.bodies.models import Unit
from hemicycle.journal.act import Actor
from hemicycle.journal.clock import now
from hemicycle.meetings import acts
from hemicycle.meetings.forms import mandates as forms
from hemicycle.meetings.models import Meeting, Participation, ParticipationCapacity, Sitting
from hemicycle.meetings.models.mandates import CredentialsReport, Mandate
from hemicycle.meetings.queries import meeting_for, sitting_for
from hemicycle.meetings.queries.mandates import call_for, calls_of, credentials_counts, two_mandates
from hemicycle.meetings.views.asking import (
    Asks,
    all_names,
    get_or_post,
    on_meeting,
    on_participation,
    on_sitting,
    show,
)
from hemicycle.meetings.views.entering import desk_address, enter
from hemicycle.meetings.views.taking_part import list_address
from hemicycle.meetings.words import Kind


def mandates_address(meeting: Meeting) -> str:
    """Return the page of the mandates for a meeting."""
    return reverse("meetings:mandates", args=[meeting.pk])


@require_safe
def mandates(request: HouseRequest, meeting_id: int) -> HttpResponse:
    """Show what units are asked for, whom they named, and the reports on the credentials."""
    meeting = meeting_for(request.viewer, meeting_id)
    calls = list(calls_of(request.viewer, meeting))
    desk = request.actors_in(meeting.body.book_id, Kind.MANDATES_CALLED)
    if not calls and not desk:
        raise Http404
    sitting = meeting.sittings.filter(closed=None).order_by("ordinal").first()
    shown = {
        "meeting": meeting,
        "calls": [(call, bool(desk or naming(request, call.unit.book_id))) for call in calls],
        "desk": desk,
        "desk_page": desk_address(meeting),
        "sitting": sitting,
        "doubled": two_mandates(meeting) if desk else [],
        "reports": list(meeting.credentials_reports.order_by("-ordinal")) if desk else [],
        "counts": credentials_counts(meeting, now()) if desk else {},
        "here": request.path,
        "now": now(),
    }
    return render(request, "meetings/mandates.html", shown)


def naming(request: HouseRequest, book: int) -> list[Actor]:
    """Return the capacities in which the reader names the delegates of a unit."""
    return request.actors_in(book, Kind.DELEGATES_NAMED)


def units_to_ask(_request: HouseRequest, meeting: Meeting) -> dict[str, Any]:
    """Return the units that were not asked yet, and what is asked of most."""
    units = Unit.objects.filter(ended=None).exclude(mandate_calls__meeting=meeting).order_by("name", "pk")
    return {"units": units, "initial": {"delegates": 1, "alternates": 1, "deadline": meeting.starts}}


def asked_of(form: forms.CallForm) -> dict[str, Any]:
    """Return what an act takes of the units that are asked."""
    typed = form.cleaned_data
    asked = [acts.Asked(int(key), typed["delegates"], typed["alternates"]) for key in typed["units"]]
    return {"units": asked, "deadline": form.until()}


call = on_meeting(
    Asks(
        Kind.MANDATES_CALLED,
        acts.call_for_mandates,
        heading=lambda _meeting: _("Ask units for delegates"),
        button=lambda: _("Ask them"),
        hint=lambda _meeting: _("The head of each unit names them on this page, with alternates in their order."),
        form=forms.CallForm,
        given=units_to_ask,
        typed=asked_of,
        back=mandates_address,
    )
)


@get_or_post
def name(request: HouseRequest, call_id: int) -> HttpResponse:
    """Name the delegates of a unit: by its head, or by the desk for it."""
    asked = call_for(request.viewer, call_id)
    meeting = asked.meeting
    late = now() > asked.deadline
    form = forms.NameForm(request.POST or None, zone=meeting.body.time_zone, call=asked, late=late)
    own = naming(request, asked.unit.book_id)

    def do(by: Actor) -> object:
        typed = {field: form.cleaned_data[field] for field in ("delegates", "alternates", "head", "number")}
        late_because = form.cleaned_data.get("late_because", "")
        return acts.name_delegates(by=by, call_id=asked.pk, late_because=late_because, happened=form.stated, **typed)

    said = {"delegates": asked.delegates, "alternates": asked.alternates}
    return enter(
        request,
        asked.unit.book_id if own else meeting.body.book_id,
        Kind.DELEGATES_NAMED,
        form,
        do,
        heading=_("Delegates of %(unit)s") % {"unit": asked.unit.name},
        button=_("Name them"),
        back=mandates_address(meeting),
        meeting=meeting,
        names=all_names(request, asked),
        hint=_("%(delegates)d mandates, and %(alternates)d alternates at most.") % said,
    )


def free_mandates(_request: HouseRequest, sitting: Sitting) -> dict[str, Any]:
    """Return the mandates that nobody uses at a sitting."""
    free = Mandate.objects.filter(call__meeting=sitting.meeting).exclude(uses__sitting=sitting)
    return {"mandates": free.select_related("call__unit", "person").order_by("call__unit__name", "ordinal")}


def alternates(_request: HouseRequest, row: Participation) -> dict[str, Any]:
    """Return the alternates of a sitting, in their order."""
    found = row.sitting.participations.filter(capacity=ParticipationCapacity.ALTERNATE)
    return {"alternates": found.select_related("person").order_by("seat", "pk")}


accredit = on_sitting(
    Asks(
        Kind.MANDATES_ACCREDITED,
        acts.accredit_mandates,
        heading=lambda _sitting: _("Accredit those whom the units named"),
        button=lambda: _("Accredit them"),
        back=list_address,
    )
)
take = on_sitting(
    Asks(
        Kind.MANDATE_TAKEN,
        acts.take_mandate,
        heading=lambda _sitting: _("As whom they take part"),
        button=lambda: _("Accredit with this mandate"),
        hint=lambda _sitting: _("A mandate is used by one person at a time, and a person uses one."),
        form=forms.TakeMandateForm,
        given=free_mandates,
        typed=lambda form: {"mandate_id": int(form.cleaned_data["mandate"]), "person_id": form.cleaned_data["person"]},
        names=all_names,
        back=lambda sitting: mandates_address(sitting.meeting),
    )
)
report = on_meeting(
    Asks(
        Kind.CREDENTIALS_REPORTED,
        acts.report_credentials,
        heading=lambda _meeting: _("Report on the credentials"),
        button=lambda: _("Report"),
        hint=lambda _meeting: _("Mandates, accreditations and presence are counted when you send it."),
        form=forms.CredentialsForm,
        back=mandates_address,
    )
)
hand_over = on_participation(
    Asks(
        Kind.SEAT_HANDED_OVER,
        acts.hand_over_seat,
        heading=lambda row: _("%(name)s leaves the seat to an alternate") % {"name": str(row)},
        button=lambda: _("Hand the seat over"),
        hint=lambda _row: _("The quorum follows at once."),
        form=forms.HandOverForm,
        given=alternates,
        typed=lambda form: {"alternate_id": int(form.cleaned_data["alternate"])},
        back=lambda row: list_address(row.sitting),
    )
)
ADOPT: Asks[CredentialsReport] = Asks(
    Kind.CREDENTIALS_ADOPTED,
    acts.adopt_credentials,
    heading=lambda last: _("The sitting adopts report %(number)d on the credentials") % {"number": last.ordinal},
    button=lambda: _("It is adopted"),
    back=lambda last: mandates_address(last.meeting),
)


@get_or_post
def adopt(request: HouseRequest, sitting_id: int) -> HttpResponse:
    """Enter that the sitting adopted the last report on the credentials."""
    sitting = sitting_for(request.viewer, sitting_id)
    last = sitting.meeting.credentials_reports.order_by("ordinal").last()
    if last is None:
        raise Http404
    return show(request, ADOPT, last, sitting.meeting, sitting_id=sitting.pk, report_id=last.pk)
