"""The press edits a communiqué before it is published; what it wrote is kept, and two persons lose nothing."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from hemicycle.accounts.request import HouseRequest
from hemicycle.journal.act import Refused
from hemicycle.meetings.models import Meeting
from hemicycle.meetings.queries import meeting_for
from hemicycle.publishing import drafting
from hemicycle.publishing.communique.blocks import Content
from hemicycle.publishing.forms import LookForm
from hemicycle.publishing.forms.minutes import DraftForm, as_compared, section_text, text_field
from hemicycle.publishing.words import Kind


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def edit(request: HouseRequest, slug: str, term: int, ordinal: int) -> HttpResponse:
    """Edit the sections of a communiqué for an audience, in a language."""
    meeting = meeting_for(request.viewer, slug=slug, term=term, ordinal=ordinal)
    if meeting.rehearsal or not request.actors_in(meeting.body.book_id, Kind.COMMUNIQUE_PUBLISHED):
        raise Http404(_("There is no such page."))
    sent = request.POST if request.method == "POST" else request.GET
    look = LookForm(
        {"access": sent.get("access", meeting.access), "language": sent.get("language", get_language())},
        widest=meeting.access,
    )
    if not look.is_valid():
        raise Http404(_("There is no such page."))
    access, language = look.cleaned_data["access"], look.cleaned_data["language"]
    back = reverse("publishing:preview", args=[slug, term, ordinal]) + f"?access={access}&language={language}"
    content = drafting.drafted(meeting, language, access)
    form = DraftForm(
        request.POST or None,
        zone=meeting.body.time_zone,
        content=dict(content),
        initial={"seen": drafting.draft_version(meeting, language, access)},
    )
    refusal = None
    if request.method == "POST":
        refusal = kept(request, meeting, language, access, form)
        if refusal is None and form.is_valid():
            return redirect(back)
        if refusal:
            content = drafting.drafted(meeting, language, access)
            form = again(form, meeting, content, drafting.draft_version(meeting, language, access))
    theirs = {one["name"]: section_text(dict(content), one["name"]) for one in form.sections} if refusal else {}
    shown = {
        "meeting": meeting,
        "form": form,
        "refusal": refusal,
        "texts": [(form[text_field(one["name"])], other(form, one["name"], theirs)) for one in form.sections],
        "access": access,
        "language": language,
        "back": back,
    }
    wrong = request.method == "POST"
    return render(request, "publishing/edit_communique.html", shown, status=409 if refusal else 422 if wrong else 200)


def kept(request: HouseRequest, meeting: Meeting, language: str, access: str, form: DraftForm) -> Refused | None:
    """Keep what was sent; return the refusal where somebody else saved meanwhile."""
    if not form.is_valid():
        return None
    by = request.actor_for(meeting.body.book_id, Kind.COMMUNIQUE_PUBLISHED)
    anew = "anew" in request.POST
    try:
        drafting.keep_draft(
            meeting=meeting,
            language=language,
            access=access,
            seen=form.cleaned_data["seen"],
            texts={} if anew else form.texts,
            name=by.name,
            anew=anew,
        )
    except Refused as refusal:
        return refusal
    return None


def again(form: DraftForm, meeting: Meeting, content: Content, version: int) -> DraftForm:
    """Return the form with what was typed, to be sent again upon what was saved meanwhile.

    What nobody typed anything into reads as it stands now.
    """
    typed = QueryDict(mutable=True)
    typed.update({"seen": str(version)})
    for section in content["sections"]:
        field, now = text_field(section["name"]), section_text(dict(content), section["name"])
        typed[field] = form.texts.get(section["name"], now)
        typed[form.add_initial_prefix(field)] = now
    return DraftForm(typed, zone=meeting.body.time_zone, content=dict(content))


def other(form: DraftForm, section: str, theirs: dict[str, str]) -> str:
    """Return how somebody else wrote a section, where that is not what was typed."""
    typed, saved = form.data.get(text_field(section), ""), theirs.get(section, "")
    return saved if as_compared(saved) != as_compared(typed) else ""
