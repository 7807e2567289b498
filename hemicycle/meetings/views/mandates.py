"""Mandates: units are asked, they name their delegates, the desk accredits them and reports on the credentials."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hemicycle.accounts.models import Person
from hemicycle.accounts.request import HouseRequest
from hemicycle.bodies.models import Unit
from hemicycle.journal.act import Actor
from hemicycle.journal.clock import now
from hemicycle.journal.forms import HappenedForm
from hemicycle.meetings import acts
from hemicycle.meetings.forms import mandates as forms
from hemicycle.meetings.models import Meeting, Participation, ParticipationCapacity
from hemicycle.meetings.models.mandates import CredentialsReport, Mandate
from hemicycle.meetings.queries import meeting_for, participation_for, sitting_for
from hemicycle.meetings.queries.mandates import call_for, calls_of, credentials_counts, two_mandates
from hemicycle.meetings.views.asking import get_or_post
from hemicycle.meetings.views.entering import desk_address, enter
from hemicycle.meetings.views.taking_part import list_address
from hemicycle.meetings.words import Kind

NAMES_OFFERED = 3000


def mandates_address(meeting: Meeting) -> str:
    """Return the page of the mandates for a meeting."""
    return reverse("meetings:mandates", args=[meeting.pk])


def names() -> list[str]:
    """Return the names to choose from."""
    return list(Person.objects.order_by("sort_name").values_list("name", flat=True)[:NAMES_OFFERED])


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


@get_or_post
def call(request: HouseRequest, meeting_id: int) -> HttpResponse:
    """Ask units for delegates."""
    meeting = meeting_for(request.viewer, meeting_id)
    units = Unit.objects.filter(ended=None).exclude(mandate_calls__meeting=meeting).order_by("name", "pk")
    form = forms.CallForm(
        request.POST or None,
        zone=meeting.body.time_zone,
        units=units,
        initial={"delegates": 1, "alternates": 1, "deadline": meeting.starts},
    )

    def do(by: Actor) -> object:
        typed = form.cleaned_data
        asked = [acts.Asked(int(key), typed["delegates"], typed["alternates"]) for key in typed["units"]]
        return acts.call_for_mandates(
            by=by, meeting_id=meeting.pk, units=asked, deadline=form.until(), happened=form.stated
        )

    return enter(
        request,
        meeting.body.book_id,
        Kind.MANDATES_CALLED,
        form,
        do,
        heading=_("Ask units for delegates"),
        button=_("Ask them"),
        back=mandates_address(meeting),
        meeting=meeting,
        hint=_("The head of each unit names them on this page, with alternates in their order."),
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
        names=names(),
        hint=_("%(delegates)d mandates, and %(alternates)d alternates at most.") % said,
    )


@get_or_post
def accredit(request: HouseRequest, sitting_id: int) -> HttpResponse:
    """Accredit everybody whom the units named."""
    sitting = sitting_for(request.viewer, sitting_id)
    form = HappenedForm(request.POST or None, zone=sitting.meeting.body.time_zone)
    return enter(
        request,
        sitting.meeting.body.book_id,
        Kind.MANDATES_ACCREDITED,
        form,
        lambda by: acts.accredit_mandates(by=by, sitting_id=sitting.pk, happened=form.stated),
        heading=_("Accredit those whom the units named"),
        button=_("Accredit them"),
        back=list_address(sitting),
        meeting=sitting.meeting,
    )


@get_or_post
def take(request: HouseRequest, sitting_id: int) -> HttpResponse:
    """Say as whom somebody takes part, or let an alternate use a mandate that is free."""
    sitting = sitting_for(request.viewer, sitting_id)
    free = Mandate.objects.filter(call__meeting=sitting.meeting).exclude(uses__sitting=sitting)
    form = forms.TakeMandateForm(
        request.POST or None,
        zone=sitting.meeting.body.time_zone,
        mandates=free.select_related("call__unit", "person").order_by("call__unit__name", "ordinal"),
    )

    def do(by: Actor) -> object:
        typed = form.cleaned_data
        return acts.take_mandate(
            by=by,
            sitting_id=sitting.pk,
            mandate_id=int(typed["mandate"]),
            person_id=typed["person"],
            happened=form.stated,
        )

    return enter(
        request,
        sitting.meeting.body.book_id,
        Kind.MANDATE_TAKEN,
        form,
        do,
        heading=_("As whom they take part"),
        button=_("Accredit with this mandate"),
        back=mandates_address(sitting.meeting),
        meeting=sitting.meeting,
        names=names(),
        hint=_("A mandate is used by one person at a time, and a person uses one."),
    )


@get_or_post
def report(request: HouseRequest, meeting_id: int) -> HttpResponse:
    """Report on the credentials."""
    meeting = meeting_for(request.viewer, meeting_id)
    form = forms.CredentialsForm(request.POST or None, zone=meeting.body.time_zone)
    return enter(
        request,
        meeting.body.book_id,
        Kind.CREDENTIALS_REPORTED,
        form,
        lambda by: acts.report_credentials(
            by=by, meeting_id=meeting.pk, text=form.cleaned_data["text"], happened=form.stated
        ),
        heading=_("Report on the credentials"),
        button=_("Report"),
        back=mandates_address(meeting),
        meeting=meeting,
        hint=_("Mandates, accreditations and presence are counted when you send it."),
    )


@get_or_post
def adopt(request: HouseRequest, sitting_id: int) -> HttpResponse:
    """Enter that the sitting adopted the last report on the credentials."""
    sitting = sitting_for(request.viewer, sitting_id)
    meeting = sitting.meeting
    last: CredentialsReport | None = meeting.credentials_reports.order_by("ordinal").last()
    if last is None:
        raise Http404
    form = HappenedForm(request.POST or None, zone=meeting.body.time_zone)
    return enter(
        request,
        meeting.body.book_id,
        Kind.CREDENTIALS_ADOPTED,
        form,
        lambda by: acts.adopt_credentials(by=by, sitting_id=sitting.pk, report_id=last.pk, happened=form.stated),
        heading=_("The sitting adopts report %(number)d on the credentials") % {"number": last.ordinal},
        button=_("It is adopted"),
        back=mandates_address(meeting),
        meeting=meeting,
    )


@get_or_post
def hand_over(request: HouseRequest, participation_id: int) -> HttpResponse:
    """Let a member leave and an alternate take the seat, in one act."""
    row = participation_for(request.viewer, participation_id)
    sitting = row.sitting
    alternates: list[Participation] = list(
        sitting.participations.filter(capacity=ParticipationCapacity.ALTERNATE)
        .select_related("person")
        .order_by("seat", "pk")
    )
    form = forms.HandOverForm(request.POST or None, zone=sitting.meeting.body.time_zone, alternates=alternates)

    def do(by: Actor) -> object:
        alternate = int(form.cleaned_data["alternate"])
        return acts.hand_over_seat(by=by, participation_id=row.pk, alternate_id=alternate, happened=form.stated)

    return enter(
        request,
        sitting.meeting.body.book_id,
        Kind.SEAT_HANDED_OVER,
        form,
        do,
        heading=_("%(name)s leaves the seat to an alternate") % {"name": str(row)},
        button=_("Hand the seat over"),
        back=list_address(sitting),
        meeting=sitting.meeting,
        hint=_("The quorum follows at once."),
    )
