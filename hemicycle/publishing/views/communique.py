"""The pages of what is published: the list of a body, the preview at the press desk, a version and its PDF."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from hemicycle.accounts.access import Access
from hemicycle.accounts.request import HouseRequest
from hemicycle.bodies.models import Body
from hemicycle.journal.act import Refused
from hemicycle.meetings.models import Meeting
from hemicycle.meetings.queries import meeting_for
from hemicycle.publishing import acts, forms, printed, queries
from hemicycle.publishing.checking import edited, in_communique, weighty
from hemicycle.publishing.communique import compose, digest_of
from hemicycle.publishing.drafting import by_the_press
from hemicycle.publishing.models import Publication, PublicationKind
from hemicycle.publishing.queries.minutes import Shown, minutes_of, versions_for
from hemicycle.publishing.words import Kind

ON_A_BODYS_PAGE = 5
# What the press is told beside the text, which stays as it is.
SHOWN_BESIDE = {"content_changed", "no_reason", "nothing_changed", "never_so", "contradicts_book"}


@require_GET
def published(request: HouseRequest, slug: str) -> HttpResponse:
    """List what a body has published."""
    body = Body.objects.filter(slug=slug).first()
    if body is None:
        raise Http404(_("There is no such body."))
    page = queries.page_of(request.viewer, body, request.GET.get("page", "1"))
    return render(request, "publishing/published.html", {"body": body, "page": page})


@require_GET
def publication(request: HouseRequest, slug: str, term: int, ordinal: int, version: int) -> HttpResponse:
    """Show a version of a communiqué as it was published."""
    meeting = meeting_for(request.viewer, slug=slug, term=term, ordinal=ordinal)
    found = queries.publication_for(request.viewer, meeting, get_language() or "en", version)
    return render(
        request,
        "publishing/publication.html",
        {
            "publication": found,
            "content": found.content,
            "later": queries.later_version(request.viewer, found),
            "meeting": meeting,
            "zone": meeting.body.time_zone,
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def pdf(request: HouseRequest, slug: str, term: int, ordinal: int, version: int) -> HttpResponseBase:
    """Give a version of a communiqué as PDF, or have it drawn."""
    meeting = meeting_for(request.viewer, slug=slug, term=term, ordinal=ordinal)
    found = queries.publication_for(request.viewer, meeting, get_language() or "en", version)
    return printed.pdf(request, found, meeting, page_of(found), found.title)


def page_of(found: Publication) -> str:
    """Return the permanent address of a version, in its language."""
    meeting = found.meeting
    with override(found.language):
        return reverse(
            "publishing:publication", args=[meeting.body.slug, meeting.term.ordinal, meeting.ordinal, found.version]
        )


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def preview(request: HouseRequest, slug: str, term: int, ordinal: int) -> HttpResponse:
    """Show the press what would be published now, and publish what it saw."""
    meeting = meeting_for(request.viewer, slug=slug, term=term, ordinal=ordinal)
    able = request.actors_in(meeting.body.book_id, Kind.COMMUNIQUE_PUBLISHED)
    if not able or meeting.rehearsal:
        raise Http404(_("There is no such page."))
    if request.method == "POST":
        return publish(request, meeting)
    look = forms.LookForm(
        {"access": request.GET.get("access", meeting.access), "language": request.GET.get("language", get_language())},
        widest=meeting.access,
    )
    return show_preview(request, meeting, look)


def publish(request: HouseRequest, meeting: Meeting) -> HttpResponse:
    """Publish what was seen; a refusal of what was typed is shown beside the text as it is now."""
    form = forms.PublishForm(request.POST, widest=meeting.access)
    by = request.actor_for(meeting.body.book_id, Kind.COMMUNIQUE_PUBLISHED)
    if not form.is_valid():
        raise Refused("form_damaged", _("This form arrived damaged. Look at the text again, then publish."), status=422)
    sent = form.cleaned_data
    try:
        made = acts.publish_communique(
            by=by,
            meeting_id=meeting.pk,
            seen=sent["seen"],
            language=sent["language"],
            access=sent["access"],
            correction_reason=sent["correction_reason"],
            departs_because=sent["departs_because"],
        )
    except Refused as refusal:
        if refusal.code not in SHOWN_BESIDE:
            raise
        return show_preview(request, meeting, form, refusal)
    printed.ask(request, made, meeting, page_of(made), made.title)
    messages.success(request, _("It is published. This is its permanent address."))
    return redirect(page_of(made))


def show_preview(
    request: HouseRequest, meeting: Meeting, look: forms.LookForm, refusal: Refused | None = None
) -> HttpResponse:
    """Show what the book tells now to the audience chosen."""
    if not look.is_valid():
        raise Http404(_("There is no such page."))
    access, language = Access(look.cleaned_data["access"]), look.cleaned_data["language"]
    drawn = compose(meeting, language, access)
    content = by_the_press(drawn, meeting, language, access)
    found = in_communique(meeting, access, content, drawn)
    last = queries.last_publication(meeting, language, access)
    return render(
        request,
        "publishing/preview.html",
        {
            "meeting": meeting,
            "zone": meeting.body.time_zone,
            "content": content,
            "seen": digest_of(content),
            "look": forms.LookForm(initial=look.cleaned_data, widest=meeting.access),
            "access": access,
            "language": language,
            "last": last,
            "same": last is not None and last.content_digest == digest_of(content),
            "corrects": last is not None and last.kind == PublicationKind.COMMUNIQUE,
            "reason": look.cleaned_data.get("correction_reason", ""),
            "departs": look.cleaned_data.get("departs_because", ""),
            "contradictions": found,
            "to_explain": any(not one.never for one in weighty(found)),
            "edited": bool(edited(content)),
            "refusal": refusal,
            "actors": request.actors_in(meeting.body.book_id, Kind.COMMUNIQUE_PUBLISHED),
        },
        status=refusal.status if refusal else 200,
    )


def of_meeting(request: HouseRequest, meeting: Meeting) -> str:
    """Return what was published about a meeting, and the press's way to publish more, for its page.

    Of a rehearsal nothing ever is.
    """
    if meeting.rehearsal:
        return ""
    shown = {
        "publications": queries.publications_about(request.viewer, meeting),
        "meeting": meeting,
        "publishing": request.actors_in(meeting.body.book_id, Kind.COMMUNIQUE_PUBLISHED),
        "minuted": minuted(request, meeting),
        "minuting": meeting.closed and request.actors_in(meeting.body.book_id, Kind.MINUTES_DRAWN_UP),
    }
    if not any(shown[name] for name in ("publications", "publishing", "minuted", "minuting")):
        return ""
    return render_to_string("publishing/of_meeting.html", shown, request)


def minuted(request: HouseRequest, meeting: Meeting) -> Shown | None:
    """Return the minutes of a meeting that the reader may see, the latest version."""
    minutes = minutes_of(meeting) if meeting.closed else None
    return next(iter(versions_for(request.viewer, minutes)), None) if minutes else None


def of_body(request: HouseRequest, body: Body) -> str:
    """Return what a body published last, for its page."""
    found = list(queries.publications_of(request.viewer, body)[:ON_A_BODYS_PAGE])
    return render_to_string("publishing/of_body.html", {"publications": found, "body": body}, request) if found else ""
