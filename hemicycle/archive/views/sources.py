"""The pages of sources: the list with how far each is, adding many, one of them with its passages, its file."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from hemicycle.accounts import entering
from hemicycle.accounts.capacities import Capacity
from hemicycle.accounts.request import HouseRequest
from hemicycle.accounts.rights import may
from hemicycle.archive import acts, forms
from hemicycle.archive.fields import field_named
from hemicycle.archive.models import Claim, Fact, Source
from hemicycle.archive.queries.files import media_type_of, opened
from hemicycle.archive.queries.homes import INSTALLATION, imported, source_for, sources_for
from hemicycle.archive.queries.pages import Said, paragraphs, place_in
from hemicycle.archive.queries.review import reviewers
from hemicycle.archive.tasks import ask_to_read
from hemicycle.archive.words import Kind
from hemicycle.bodies.models import Body
from hemicycle.journal.act import Actor, Refused
from hemicycle.journal.models import Book

ON_A_PAGE = 50
LOOK_AGAIN = "3"


def archivists(request: HouseRequest) -> list[Actor]:
    """Return the capacities in which the reader may keep sources, one for each home."""
    found = {actor.book: actor for actor in request.actors if may(Kind.SOURCES_ADDED, actor)}
    return list(found.values())


@never_cache
@require_GET
def sources(request: HouseRequest) -> HttpResponse:
    """Show the sources and how far each is; the page looks again by itself while some are being read."""
    found = sources_for(request.viewer).defer("reading__text", "reading__page")
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    waiting = sum(is_waiting(source) for source in page.object_list)
    shown = {
        "page": page,
        "archivists": archivists(request),
        "waiting": waiting,
        "whole": len(page.object_list),
        "read": len(page.object_list) - waiting,
    }
    answer = render(request, "archive/sources.html", shown)
    if waiting:
        answer.headers["Refresh"] = LOOK_AGAIN
    return answer


def is_waiting(source: Source) -> bool:
    """Say whether a source is still being read."""
    reading = getattr(source, "reading", None)
    return reading is not None and not reading.done and not reading.failed


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def add(request: HouseRequest) -> HttpResponse:
    """Store pages, and have them read."""
    able = archivists(request)
    if not able:
        raise Http404
    form = forms.SourceForm(
        request.POST or None, request.FILES or None, homes=[(actor.book, actor.body) for actor in able]
    )
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data
        pages = [
            acts.NewSource(file, sent["origin"], sent["licence"], sent["language"], sent["access"])
            for file in sent["pages"]
        ]
        home = int(sent["home"])
        try:
            by = request.actor_for(home, Kind.SOURCES_ADDED)
            for file in sent["pages"]:
                media_type_of(file)  # Before an archive is opened for it.
            by = keeper(by, home)
            added = acts.add_sources(by=by, home_id=home, pages=pages)
        except Refused as refusal:
            entering.show_beside(form, refusal)
        else:
            for source in added.sources:
                ask_to_read(source)
            messages.success(request, told(added))
            if request.headers.get("X-Upload"):
                return JsonResponse({"next": reverse("archive:sources")})
            return redirect("archive:sources")
    return render(request, "archive/add.html", {"form": form}, status=422 if form.errors else 200)


def keeper(by: Actor, home: int) -> Actor:
    """Return who keeps sources of a home, acting in the book in which that stands; a body's archive is opened first."""
    book = Book.objects.get(pk=home)
    if book.noun == INSTALLATION:
        return by
    return acts.archive_of(Body.objects.get(book=book), by)[1]


def told(added: acts.Added) -> str:
    """Say what became of the pages."""
    said = ngettext(
        "%(count)d page was stored and is being read.",
        "%(count)d pages were stored and are being read.",
        len(added.sources),
    ) % {"count": len(added.sources)}
    if added.known:
        said += " " + acts.told_known(added.known)
    return said


@never_cache
@require_GET
def source(request: HouseRequest, source_id: int) -> HttpResponse:
    """Show a source with what the record says of each passage; “?at=210-694” points to one of them."""
    found = source_for(request.viewer, source_id)
    reading = getattr(found, "reading", None)
    report = found.report
    facts = list(Fact.objects.filter(report=report, start__isnull=False)) if report else []
    said = [
        Said(fact.pk, field_named(fact.field).group, fact.start, fact.end)
        for fact in facts
        if fact.start is not None and fact.end is not None
    ]
    at = place_in(request.GET.get("at", ""), len(reading.text)) if reading and reading.done else None
    shown = {
        "source": found,
        "reading": reading,
        "report": report,
        "reviewing": reviewers(request.actors, found),
        "at": at,
        "page": paragraphs(reading, said, at) if reading and reading.done else [],
        "meeting": report.meeting if report else None,
    }
    answer = render(request, "archive/source.html", shown)
    if is_waiting(found):
        answer.headers["Refresh"] = LOOK_AGAIN
    return answer


@require_safe
def file(request: HouseRequest, source_id: int) -> HttpResponse:
    """Give the file of a source as it was stored, to keep, never to be shown by the browser as a page of this house."""
    found = source_for(request.viewer, source_id)
    with opened(found) as stored:
        answer = HttpResponse(stored.read(), content_type="application/octet-stream")
    answer.headers["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=found.file_name) or "attachment"
    )
    answer.headers["Cache-Control"] = "private, no-store"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


@login_required
@require_POST
def read(request: HouseRequest, source_id: int) -> HttpResponse:
    """Have a source read that was not."""
    found = source_for(request.viewer, source_id)
    if not reviewers(request.actors, found):
        raise Http404
    ask_to_read(found)
    return redirect("archive:source", source_id)


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def bulk(request: HouseRequest, slug: str) -> HttpResponse:
    """Let many readings into a body's archive unreviewed, from a confidence on that is stated."""
    body = Body.objects.select_related("book").filter(slug=slug).first()
    if body is None or not (by := importer(request, body)):
        raise Http404
    homes = [body.book_id, *([by.book] if by.capacity == Capacity.ADMINISTRATOR else [])]
    waiting = (
        Source.objects.filter(~imported(), home__in=homes, reading__is_report=True)
        .exclude(reading__done=None)
        .select_related("reading")
        .defer("reading__text", "reading__page")
        .order_by("pk")
    )
    form = forms.BulkForm(request.POST or None, sources=waiting[:500])
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data
        try:
            chosen = list(waiting.filter(pk__in=sent["sources"]))
            refuse_silent_at(chosen, sent["floor"])
            archive, keeps = acts.archive_of(body, by)
            done = acts.import_readings(
                by=keeps,
                archive_id=archive.pk,
                source_ids=[one.pk for one in chosen],
                floor=sent["floor"],
            )
        except Refused as refusal:
            entering.show_beside(form, refusal)
        else:
            said = ngettext("%(count)d report was imported.", "%(count)d reports were imported.", len(done))
            messages.success(request, said % {"count": len(done)})
            return redirect("archive:of_body", body.slug)
    shown = {"form": form, "body": body, "any": bool(form.fields["sources"].choices)}  # type: ignore[attr-defined]  # it is a choice field
    return render(request, "archive/bulk.html", shown, status=422 if form.errors else 200)


def refuse_silent_at(chosen: list[Source], floor: int) -> None:
    """Refuse sources of which nothing would be imported at this floor, before an archive is opened for them."""
    out = (Claim.Mark.REJECTED, Claim.Mark.NOT_STATED)
    sure = Q(confidence__gte=floor) | ~Q(mark=Claim.Mark.OPEN)
    speaking = set(
        Claim.objects.filter(sure, reading__source__in=chosen)
        .exclude(mark__in=out)
        .values_list("reading__source", flat=True)
    )
    if silent := [one.file_name for one in chosen if one.pk not in speaking]:
        raise Refused(
            "nothing_stated",
            _("At this confidence nothing of %(names)s would be imported. Leave it out, or review it.")
            % {"names": ", ".join(silent)},
            status=422,
            field="sources",
        )


def importer(request: HouseRequest, body: Body) -> Actor | None:
    """Return as whom the reader may import into a body's archive: its secretary, or an administrator."""
    able = [actor for actor in request.actors if may(Kind.MEETING_IMPORTED, actor)]
    fit = [actor for actor in able if actor.book == body.book_id or actor.capacity == Capacity.ADMINISTRATOR]
    fit.sort(key=lambda actor: actor.book != body.book_id)
    return request.actor_for(fit[0].book, Kind.MEETING_IMPORTED) if fit else None
