"""Asking for packs and letters: each is made in the background, and its page says how far it is."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hemicycle.accounts.request import HouseRequest
from hemicycle.bodies.queries import voting_members
from hemicycle.journal.act import Refused
from hemicycle.meetings.forms.packs import PackForm, PrintingForm
from hemicycle.meetings.models import Meeting, Summons
from hemicycle.meetings.queries import meeting_for
from hemicycle.meetings.queries.notice import without_mail
from hemicycle.meetings.views.entering import page_address
from hemicycle.meetings.views.notice import summons_address
from hemicycle.printing.asking import ask_for

SPARE = 10


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def packs(request: HouseRequest, meeting_id: int) -> HttpResponse:
    """Offer the packs of a meeting: the reading pack to whoever sees the meeting, the printing pack to its desk."""
    meeting = meeting_for(request.viewer, meeting_id)
    person = request.viewer.person
    if person is None:
        raise Http404
    keeps_desk = meeting.body.book_id in request.viewer.desks
    for_desk = keeps_desk and request.POST.get("pack") == "printing"
    reading = PackForm(request.POST if request.method == "POST" and not for_desk else None)
    members = voting_members(meeting.body, meeting.starts).count()
    printing = PrintingForm(request.POST if for_desk else None, initial={"ballots": members + members // SPARE})
    if for_desk and printing.is_valid():
        return made(request, meeting, person, "desk", {"ballots": printing.cleaned_data["ballots"]})
    if reading.is_valid():
        return made(request, meeting, person, "reading", {"large": reading.cleaned_data["large"]})
    shown = {"meeting": meeting, "reading": reading, "printing": printing if keeps_desk else None}
    return render(request, "meetings/packs.html", shown, status=422 if request.method == "POST" else 200)


def made(request: HouseRequest, meeting: Meeting, person: int, pack: str, more: dict[str, object]) -> HttpResponse:
    """Ask for a pack, and go to its page."""
    titles = {"desk": _("Printing pack: %(meeting)s"), "reading": _("Reading pack: %(meeting)s")}
    job = ask_for(
        f"hemicycle.meetings.packs.{pack}.make",
        {"meeting": meeting.pk, "person": person, **more},
        book=meeting.body.book_id,
        person=person,
        title=titles[pack] % {"meeting": meeting},
        file_name=f"{meeting.body.slug}-{meeting.term.ordinal}-{meeting.ordinal}-{pack}.pdf",
        back=page_address(meeting),
    )
    return redirect("printing:job", job.uuid)


@login_required
@require_POST
def letters(request: HouseRequest, summons_id: int) -> HttpResponse:
    """Ask for the letters of a summons."""
    found = Summons.objects.select_related("meeting__body", "meeting__term").filter(pk=summons_id).first()
    if found is None:
        raise Http404
    meeting = meeting_for(request.viewer, found.meeting_id)
    person = request.viewer.person
    if person is None or meeting.body.book_id not in request.viewer.desks:
        raise Http404
    if not without_mail(meeting).exists():
        raise Refused("no_letters", _("Everybody who is called has an address for mail, so no letter is needed."))
    job = ask_for(
        "hemicycle.meetings.packs.letters.make",
        {"summons": found.pk, "person": person},
        book=meeting.body.book_id,
        person=person,
        title=_("Letters of summons %(number)d: %(meeting)s") % {"number": found.sequence, "meeting": meeting},
        file_name=f"{meeting.body.slug}-{meeting.term.ordinal}-{meeting.ordinal}-letters-{found.sequence}.pdf",
        back=summons_address(meeting),
    )
    return redirect("printing:job", job.uuid)
