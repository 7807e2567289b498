"""The pages of minutes: as everybody may read them, and the desk's forms to draw up, revise, circulate and approve."""

import re
from collections.abc import Callable
from functools import partial

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from hemicycle.accounts import entering
from hemicycle.accounts.request import HouseRequest
from hemicycle.journal.act import Actor
from hemicycle.journal.forms import HappenedForm
from hemicycle.meetings.forms.floor import BecauseForm
from hemicycle.meetings.models import Meeting
from hemicycle.meetings.queries import meeting_for
from hemicycle.publishing import acts, checking, printed
from hemicycle.publishing.communique.blocks import section_named
from hemicycle.publishing.forms import minutes as forms
from hemicycle.publishing.minutes import compose_minutes
from hemicycle.publishing.minutes.editing import renewed
from hemicycle.publishing.models import Minutes, MinutesVersion
from hemicycle.publishing.queries import minutes as queries
from hemicycle.publishing.words import Kind

get_or_post = require_http_methods(["GET", "POST"])


@require_GET
def minutes(request: HouseRequest, slug: str, term: int, ordinal: int, version: int | None = None) -> HttpResponse:
    """Show the minutes of a meeting: the latest version that the reader may see, or one of them."""
    meeting = meeting_for(request.viewer, slug=slug, term=term, ordinal=ordinal)
    found = queries.minutes_of(meeting)
    every = queries.versions_for(request.viewer, found) if found else []
    shown = queries.chosen(every, version)
    latest = every[0].version.pk == shown.version.pk
    desk = request.actors_in(meeting.body.book_id, Kind.MINUTES_REVISED)
    circulated = latest and shown.minutes.state == Minutes.State.CIRCULATED
    able = request.actors_in(meeting.body.book_id, Kind.CORRECTION_PROPOSED) if circulated else []
    return render(
        request,
        "publishing/minutes.html",
        {
            "meeting": meeting,
            "minutes": shown.minutes,
            "version": shown.version,
            "content": printed.marked(shown.content, meeting),
            "versions": every,
            "told": queries.told_to(request.viewer, shown.minutes) if len(every) > 1 else set(),
            "latest": every[0].version,
            "is_latest": latest,
            "zone": meeting.body.time_zone,
            "body": meeting.body,
            "desk": desk if latest else [],
            "correct": reverse("publishing:propose_correction", args=[meeting.pk]) if able else "",
            "corrections": corrections(request, every[0]),
            **(beside_the_book(shown) if desk and latest else {}),
        },
    )


def corrections(request: HouseRequest, latest: queries.Shown) -> list[dict[str, object]]:
    """Return what was proposed, each with the section that it is about."""
    found = queries.corrections_for(request.viewer, latest.minutes)
    return [{"one": one, "heading": queries.heading_in(latest.version, one.section)} for one in found]


def beside_the_book(shown: queries.Shown) -> dict[str, object]:
    """Return what the desk is told of minutes that are not approved: what contradicts the book, whether that grew."""
    if shown.minutes.state == Minutes.State.APPROVED:
        return {}
    text, drawn = shown.version.content, compose_minutes(shown.minutes.meeting, shown.minutes.language)
    wrong = [] if shown.state == Minutes.State.APPROVED else checking.in_minutes(shown.minutes.meeting, text, drawn)
    return {"contradictions": wrong, "grown": renewed(text, drawn)["sections"] != text["sections"]}


@require_http_methods(["GET", "HEAD", "POST"])
def pdf(request: HouseRequest, slug: str, term: int, ordinal: int, version: int) -> HttpResponseBase:
    """Give a version of minutes as PDF, as the reader may read it, or have it drawn."""
    meeting = meeting_for(request.viewer, slug=slug, term=term, ordinal=ordinal)
    shown = queries.minutes_for(request.viewer, meeting, version)
    page = reverse("publishing:minutes_version", args=[slug, term, ordinal, version])
    return printed.pdf(request, shown.version, meeting, page, shown.content["title"])


def minutes_page(meeting: Meeting) -> str:
    """Return the address of the minutes of a meeting, in the language of the reader."""
    return reverse("publishing:minutes", args=[meeting.body.slug, meeting.term.ordinal, meeting.ordinal])


@get_or_post
def draw_up(request: HouseRequest, meeting_id: int) -> HttpResponse:
    """Draw up the minutes of a meeting from its book."""
    meeting = meeting_for(request.viewer, meeting_id)
    form = forms.DrawUpForm(request.POST or None, zone=meeting.body.time_zone, initial={"language": get_language()})
    return entering.enter(
        request,
        meeting.body.book_id,
        Kind.MINUTES_DRAWN_UP,
        form,
        lambda by: acts.draw_up_minutes(
            by=by, meeting_id=meeting.pk, language=form.cleaned_data["language"], happened=form.stated
        ),
        heading=_("Draw up the minutes"),
        button=_("Draw up the minutes"),
        back=minutes_page(meeting),
        template="meetings/enter.html",
        meeting=meeting,
        hint=_("They are written from the book. After that you can edit every section before they are circulated."),
    )


def for_desk(request: HouseRequest, meeting_id: int, kind: str) -> Minutes:
    """Return the minutes of a meeting for those who may do this to them; raise Http404 for others."""
    meeting = meeting_for(request.viewer, meeting_id)
    found = queries.minutes_of(meeting)
    if found is None or not request.actors_in(meeting.body.book_id, kind):
        raise Http404(_("There are no such minutes."))
    return found


@get_or_post
def edit(request: HouseRequest, meeting_id: int) -> HttpResponse:
    """Edit the sections of minutes. Where somebody saved meanwhile, both texts are shown and nothing is overwritten."""
    found = for_desk(request, meeting_id, Kind.MINUTES_REVISED)
    meeting, latest = found.meeting, found.versions.order_by("-number")[0]
    begun = version_seen(request, found) or latest
    form = forms.ReviseForm(
        request.POST or None, zone=meeting.body.time_zone, content=begun.content, initial={"seen": begun.number}
    )

    def do(by: Actor) -> object:
        sent = form.cleaned_data
        return acts.revise_minutes(
            by=by,
            minutes_id=found.pk,
            seen=sent["seen"],
            texts=form.texts,
            renew="renew" in request.POST,
            note=sent["note"],
            departs_because=sent["departs_because"],
            happened=form.stated,
        )

    status, clashes = entering.DONE, dict[str, str]()
    if request.method == "POST":
        by = request.actor_for(meeting.body.book_id, Kind.MINUTES_REVISED)
        status = entering.attempt(form, (), do, by)
        if status == entering.DONE:
            entering.tell_what_happened(request, by)
            return redirect(minutes_page(meeting))
        latest = found.versions.order_by("-number")[0]
        form, clashes = side_by_side(request, form, begun, latest)
    shown = {
        "form": form,
        "meeting": meeting,
        "latest": latest,
        "texts": [(form[forms.text_field(one["name"])], clashes.pop(one["name"], "")) for one in form.sections],
        "lost": clashes,
        "actors": request.actors_in(meeting.body.book_id, Kind.MINUTES_REVISED),
        "back": minutes_page(meeting),
    }
    return render(request, "publishing/edit_minutes.html", shown, status=status)


def side_by_side(
    request: HouseRequest, form: forms.ReviseForm, begun: MinutesVersion, latest: MinutesVersion
) -> tuple[forms.ReviseForm, dict[str, str]]:
    """Return the form as it can be sent again, and the other text of each section that two persons changed.

    A section that only the other one changed reads as they saved it; one that is gone is kept apart.
    """
    if latest.pk == begun.pk:
        return form, {}
    sent, clashes = request.POST.copy(), {}
    sent["seen"] = str(latest.number)
    for name in dict.fromkeys(one["name"] for one in [*latest.content["sections"], *begun.content["sections"]]):
        field = forms.text_field(name)
        theirs, before = (forms.section_text(version.content, name) for version in (latest, begun))
        mine = sent.get(field, before).replace("\r\n", "\n")
        if mine.strip() == before.strip():
            sent[field] = theirs
        elif section_named(latest.content, name) is None:
            clashes[name] = mine
        elif theirs not in {before, mine}:
            clashes[name] = theirs
    again = forms.ReviseForm(sent, zone=latest.minutes.body.time_zone, content=latest.content)
    for sentence in form.non_field_errors():
        again.add_error(None, sentence)
    return again, clashes


def version_seen(request: HouseRequest, found: Minutes) -> MinutesVersion | None:
    """Return the version that a form that was sent was made from."""
    seen = request.POST.get("seen", "")
    return found.versions.filter(number=int(seen)).first() if re.fullmatch(r"[0-9]{1,8}", seen) else None


@get_or_post
def circulate(request: HouseRequest, meeting_id: int) -> HttpResponse:
    """Send minutes round to those who took part."""
    found = for_desk(request, meeting_id, Kind.MINUTES_CIRCULATED)
    form = forms.CirculateForm(
        request.POST or None, zone=found.body.time_zone, initial={"seen": found.versions.order_by("-number")[0].number}
    )

    def do(by: Actor) -> object:
        sent = form.cleaned_data
        return acts.circulate_minutes(
            by=by,
            minutes_id=found.pk,
            seen=sent["seen"],
            until=sent["until"],
            departs_because=sent["departs_because"],
            happened=form.stated,
        )

    hint = _("Those who took part can read them then, and members can propose corrections.")
    return answer(request, found, Kind.MINUTES_CIRCULATED, form, do, _("Circulate the minutes"), hint)


@get_or_post
def recall(request: HouseRequest, meeting_id: int) -> HttpResponse:
    """Take circulated minutes back."""
    found = for_desk(request, meeting_id, Kind.MINUTES_RECALLED)
    do = partial(acts.recall_minutes, minutes_id=found.pk)
    return for_a_reason(request, found, Kind.MINUTES_RECALLED, do, _("Take the minutes back"))


@get_or_post
def reopen(request: HouseRequest, meeting_id: int) -> HttpResponse:
    """Open approved minutes for a correction."""
    found = for_desk(request, meeting_id, Kind.MINUTES_REOPENED)
    do = partial(acts.reopen_minutes, minutes_id=found.pk)
    hint = _("The approved version stays as it is, and stands until a corrected one is approved.")
    return for_a_reason(request, found, Kind.MINUTES_REOPENED, do, _("Open the minutes again"), hint)


@get_or_post
def approve(request: HouseRequest, meeting_id: int) -> HttpResponse:
    """Enter that a later meeting approved minutes."""
    found = for_desk(request, meeting_id, Kind.MINUTES_APPROVED)
    form = forms.ApproveForm(
        request.POST or None,
        zone=found.body.time_zone,
        minutes=found,
        initial={"seen": found.versions.order_by("-number")[0].number},
    )

    def do(by: Actor) -> object:
        sent = form.cleaned_data
        return acts.approve_minutes(
            by=by,
            minutes_id=found.pk,
            seen=sent["seen"],
            meeting_id=sent["meeting"].pk,
            result_id=sent["result"].pk if sent["result"] else None,
            happened=form.stated,
        )

    hint = _("A later meeting approves them: by a vote, or because nobody objects in an open sitting.")
    return answer(request, found, Kind.MINUTES_APPROVED, form, do, _("Enter the approval"), hint)


def for_a_reason(
    request: HouseRequest, found: Minutes, kind: str, do: Callable[..., object], heading: str, hint: str = ""
) -> HttpResponse:
    """Show a form that asks for a reason, and do what it asks because of that."""
    form = BecauseForm(request.POST or None, zone=found.body.time_zone)

    def because(by: Actor) -> object:
        return do(by=by, because=form.cleaned_data["because"], happened=form.stated)

    return answer(request, found, kind, form, because, heading, hint)


def answer(
    request: HouseRequest,
    found: Minutes,
    kind: str,
    form: HappenedForm,
    do: Callable[[Actor], object],
    heading: str,
    hint: str = "",
) -> HttpResponse:
    """Show a form about minutes, and do what it asks."""
    return entering.enter(
        request,
        found.body.book_id,
        kind,
        form,
        do,
        heading=heading,
        button=heading,
        back=minutes_page(found.meeting),
        template="meetings/enter.html",
        meeting=found.meeting,
        hint=hint,
    )
