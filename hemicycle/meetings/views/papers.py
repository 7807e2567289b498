"""Documents of a meeting: handing them out, and reading them."""

from collections.abc import Callable

from django.http import FileResponse, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hemicycle.accounts.access import Access
from hemicycle.accounts.request import HouseRequest
from hemicycle.journal.act import Actor
from hemicycle.meetings import acts, forms
from hemicycle.meetings.forms.convening import RulingForm
from hemicycle.meetings.queries import document_for, document_version_for, items_for, meeting_for
from hemicycle.meetings.queries.files import opened
from hemicycle.meetings.views.asking import get_or_post
from hemicycle.meetings.views.entering import desk_address, enter, page_address
from hemicycle.meetings.words import Kind


@get_or_post
def hand_out(request: HouseRequest, meeting_id: int) -> HttpResponse:
    """Hand out a document to a meeting."""
    meeting = meeting_for(request.viewer, meeting_id)
    form = forms.DocumentForm(
        request.POST or None,
        request.FILES or None,
        zone=meeting.body.time_zone,
        items=items_for(request.viewer, meeting),
        initial={"item": request.GET.get("item", "")},
    )

    def do(by: Actor) -> object:
        typed = form.cleaned_data
        return acts.hand_out_document(
            by=by,
            meeting_id=meeting.pk,
            upload=typed["upload"],
            title=typed["title"],
            item_id=forms.key(typed["item"]),
            access=typed["access"],
            language=typed["language"],
            happened=form.stated,
        )

    return enter(
        request,
        meeting.body.book_id,
        Kind.DOCUMENT_HANDED_OUT,
        form,
        do,
        heading=_("Hand out a document"),
        button=_("Hand it out"),
        back=desk_address(meeting),
        meeting=meeting,
        hint=_("A version that was handed out never changes. A file has to be chosen again where a form comes back."),
    )


@get_or_post
def hand_out_version(request: HouseRequest, document_id: int) -> HttpResponse:
    """Hand out a further version of a document."""
    document = document_for(request.viewer, document_id)
    meeting = document.meeting
    form = forms.VersionForm(request.POST or None, request.FILES or None, zone=meeting.body.time_zone)

    def do(by: Actor) -> object:
        typed = form.cleaned_data
        return acts.hand_out_document(
            by=by,
            meeting_id=meeting.pk,
            document_id=document.pk,
            upload=typed["upload"],
            language=typed["language"],
            happened=form.stated,
        )

    return enter(
        request,
        meeting.body.book_id,
        Kind.DOCUMENT_HANDED_OUT,
        form,
        do,
        heading=_("Hand out a new version of “%(title)s”") % {"title": document.title},
        button=_("Hand it out"),
        back=desk_address(meeting),
        meeting=meeting,
    )


@get_or_post
def admit(request: HouseRequest, document_id: int, number: int) -> HttpResponse:
    """Enter that the meeting admits a document that was handed out late."""
    return ruling(request, document_id, number, Kind.DOCUMENT_ADMITTED, acts.admit_document, _("Admit “%(title)s”"))


@get_or_post
def refuse(request: HouseRequest, document_id: int, number: int) -> HttpResponse:
    """Enter that the meeting refuses a document that was handed out late."""
    return ruling(request, document_id, number, Kind.DOCUMENT_REFUSED, acts.refuse_document, _("Refuse “%(title)s”"))


def ruling(
    request: HouseRequest, document_id: int, number: int, kind: Kind, do: Callable[..., object], heading: str
) -> HttpResponse:
    """Enter how the meeting rules on a late document."""
    version = document_version_for(request.viewer, document_id, number)
    meeting = version.document.meeting
    form = RulingForm(request.POST or None, zone=meeting.body.time_zone)
    return enter(
        request,
        meeting.body.book_id,
        kind,
        form,
        lambda by: do(
            by=by,
            version_id=version.pk,
            because=form.cleaned_data["because"],
            vote=form.vote,
            happened=form.stated,
        ),
        heading=heading % {"title": version.document.title},
        button=_("Enter it"),
        back=page_address(meeting),
        meeting=meeting,
        hint=_("It was handed out later than the rules ask, so the meeting itself decides whether it deals with it. ")
        + _("Without counts nobody objected."),
    )


@require_safe
def download(request: HouseRequest, document_id: int, number: int) -> FileResponse:
    """Give a version of a document to a viewer who may see it, as a file and never as a page of this house."""
    version = document_version_for(request.viewer, document_id, number)
    answer = FileResponse(
        opened(version), as_attachment=True, filename=version.file_name, content_type=version.media_type
    )
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    public = version.document.access == version.document.meeting.access == Access.PUBLIC
    # A version never changes; what is not public is kept by nobody on the way.
    answer.headers["Cache-Control"] = "public, max-age=86400, immutable" if public else "private, no-store"
    return answer
