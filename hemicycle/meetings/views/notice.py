"""Notice of a meeting: giving it, who has received it, the link in the mail, and calendar files."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hemicycle.accounts.access import Access
from hemicycle.accounts.models import Person
from hemicycle.accounts.request import HouseRequest
from hemicycle.accounts.rights import may
from hemicycle.journal.act import Actor, Refused
from hemicycle.meetings import acts, forms
from hemicycle.meetings.calendar import to_take_along, told_to
from hemicycle.meetings.forms.convening import ReceivedForm
from hemicycle.meetings.models import Meeting, Receipt, Sitting, Summons
from hemicycle.meetings.queries import meeting_for, sittings_for, standings
from hemicycle.meetings.queries.notice import notice_asked, told_of
from hemicycle.meetings.receipts import read_key
from hemicycle.meetings.views.asking import Asks, on_meeting
from hemicycle.meetings.views.entering import desk_address, page_address
from hemicycle.meetings.words import Kind


def summons_address(meeting: Meeting) -> str:
    """Return the address of the page that says who has received the summons."""
    return reverse("meetings:summons", args=[meeting.pk])


summon = on_meeting(
    Asks(
        Kind.MEETING_SUMMONED,
        acts.summon,
        heading=lambda _meeting: _("Give notice of the meeting"),
        button=lambda: _("Send the notice"),
        hint=lambda _meeting: _(
            "It goes by mail to members, officers and those accredited, with the agenda as each may see it."
        ),
        form=forms.SummonForm,
    )
)


@never_cache
@require_safe
def summons(request: HouseRequest, meeting_id: int) -> HttpResponse:
    """Show the desk every summons of a meeting, and who has received the last."""
    meeting = meeting_for(request.viewer, meeting_id)
    able = request.actors_in(meeting.body.book_id, Kind.MEETING_SUMMONED)
    if not able:
        raise Http404
    given = list(meeting.summonses.order_by("-sequence"))
    told = told_of(given[0]) if given else []
    shown = {
        "meeting": meeting,
        "summonses": given,
        "told": told,
        "received": sum(one.received is not None for one in told),
        "letters": sum(one.by_letter for one in told),
        "asked": notice_asked(meeting),
        "actors": able,
        "desk": desk_address(meeting),
        "here": request.path,
    }
    return render(request, "meetings/summons.html", shown)


@require_POST
def received(request: HouseRequest, summons_id: int) -> HttpResponse:
    """Enter at the desk that somebody received a summons."""
    found = Summons.objects.select_related("meeting__body").filter(pk=summons_id).first()
    if found is None:
        raise Http404
    meeting = meeting_for(request.viewer, found.meeting_id)
    form = ReceivedForm(request.POST, zone=meeting.body.time_zone)
    if not form.is_valid() or not Person.objects.filter(pk=form.cleaned_data["person"]).exists():
        raise Refused("nobody", _("Choose who received it, from the list of those called."), status=422)
    by = request.actor_for(meeting.body.book_id, Kind.MEETING_SUMMONED)
    acts.receive_summons(by=by, summons_id=found.pk, person_id=form.cleaned_data["person"], happened=form.stated)
    return redirect(f"{summons_address(meeting)}#person-{form.cleaned_data['person']}")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def receive(request: HouseRequest, key: str) -> HttpResponse:
    """Let the addressee of a summons say that they received it, by the link in their mail. Looking enters nothing."""
    summons_id, person_id = read_key(key)
    found = Summons.objects.select_related("meeting__body", "meeting__term").filter(pk=summons_id).first()
    person = Person.objects.filter(pk=person_id).first()
    if found is None or person is None:
        raise Http404
    meeting = found.meeting
    receipt = Receipt.objects.filter(summons=found, person=person).first()
    if request.method == "POST" and receipt is None:
        receipt = acts.receive_summons(
            by=addressee(person, meeting).with_once(request.POST.get("once")),
            summons_id=found.pk,
            person_id=person.pk,
            channel=Receipt.Channel.LINK,
        )
    shown = {
        "summons": found,
        "meeting": meeting,
        "person": person,
        "receipt": receipt,
        "later": meeting.summonses.filter(sequence__gt=found.sequence).exists(),
        "page": page_address(meeting),
    }
    return render(request, "meetings/receive.html", shown)


def addressee(person: Person, meeting: Meeting) -> Actor:
    """Return the addressee of a summons in the capacity in which it reaches them."""
    for actor in standings(person.pk):
        if actor.book == meeting.body.book_id and may(Kind.SUMMONS_RECEIVED, actor):
            return actor
    raise Refused(
        "not_concerned",
        _("You are no longer a member of %(body)s, nor accredited to this meeting, so nothing was entered.")
        % {"body": meeting.body.name},
        status=403,
    )


@require_safe
def calendar(request: HouseRequest, meeting_id: int) -> HttpResponse:
    """Give the sittings of a meeting as a calendar file, as whoever asks may see them."""
    meeting = meeting_for(request.viewer, meeting_id)
    sittings = list(sittings_for(request.viewer, meeting))
    if meeting.summoned:
        dropped = Sitting.every.filter(meeting=meeting).exclude(dropped=None)
        sittings += [one for one in dropped if one.access == meeting.access]
    for sitting in sittings:
        sitting.meeting = meeting
    content = to_take_along(sittings, told_to(request.viewer, meeting, get_language() or "en"))
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    name = f"{meeting.body.slug}-{meeting.term.ordinal}-{meeting.ordinal}.ics"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Cache-Control"] = "no-cache" if meeting.access == Access.PUBLIC else "private, no-store"
    return answer
