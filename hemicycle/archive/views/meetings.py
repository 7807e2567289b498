"""The pages of archived meetings: one of them, several side by side, and all of a body on a line and in a table."""

import csv
from collections.abc import Iterable

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from hemicycle.accounts.request import HouseRequest
from hemicycle.archive.models import ArchivedMeeting
from hemicycle.archive.queries import meetings as shown_meetings
from hemicycle.archive.queries import overview
from hemicycle.archive.views.sources import archivists, importer
from hemicycle.bodies.models import Body
from hemicycle.bodies.queries import body_named

ON_A_PAGE = 50
MOST_COMPARED = 6
LONGEST_TABLE = 2000


@require_GET
def archive(request: HouseRequest) -> HttpResponse:
    """Show the archive: its bodies, its meetings, and to those who keep it, their sources."""
    page = Paginator(shown_meetings.meetings_for(request.viewer), ON_A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "archive/archive.html",
        {
            "page": page,
            "bodies": shown_meetings.bodies_with_archives(request.viewer),
            "archivists": archivists(request),
        },
    )


@require_GET
def meeting(request: HouseRequest, archived_id: int) -> HttpResponse:
    """Show what the reports of a meeting state, each fact with its passage."""
    found = shown_meetings.meeting_for(request.viewer, archived_id)
    facts = list(shown_meetings.facts_for(request.viewer, [found]))
    return render(
        request,
        "archive/meeting.html",
        {
            "meeting": found,
            "body": found.archive.body,
            "reports": list(shown_meetings.reports_for(request.viewer, [found])),
            "withdrawn": shown_meetings.withdrawn_for(request.viewer, found),
            "groups": shown_meetings.record_of(facts),
            "importing": importer(request, found.archive.body),
        },
    )


@require_GET
def compare(request: HouseRequest) -> HttpResponse:
    """Show meetings side by side; without a choice, what can be chosen."""
    every = shown_meetings.meetings_for(request.viewer)
    chosen = chosen_of(request)
    compared = shown_meetings.compare(request.viewer, chosen) if len(chosen) > 1 else None
    return render(
        request,
        "archive/compare.html",
        {
            "compared": compared,
            "choices": every[:200],
            "chosen": {one.pk for one in chosen},
            "asked": "m" in request.GET,
            "query": "&".join(f"m={one.pk}" for one in chosen),
            "most": MOST_COMPARED,
        },
    )


def chosen_of(request: HouseRequest) -> list[ArchivedMeeting]:
    """Return the meetings that an address names (“m=3&m=5”) and the reader may see, in the order of time."""
    asked = [int(key) for key in request.GET.getlist("m") if key.isdecimal() and len(key) < 10]
    found = shown_meetings.meetings_for(request.viewer).filter(pk__in=asked[:50])
    return list(found.order_by("year", "starts", "pk"))[:MOST_COMPARED]


@require_GET
def compared_table(request: HouseRequest) -> HttpResponse:
    """Give a comparison as CSV: a line for each thing that is compared, with the links to its passages."""
    chosen = chosen_of(request)
    compared = shown_meetings.compare(request.viewer, chosen)
    return as_csv("comparison", overview.compared_rows(compared, address()))


def meetings_of(request: HouseRequest, slug: str) -> tuple[Body, list[ArchivedMeeting]]:
    """Return a body and its archived meetings, the earliest first; raise Http404 where there is no such body."""
    body = body_named(slug)
    found = shown_meetings.meetings_for(request.viewer).filter(archive__body=body)
    return body, list(found.order_by("year", "starts", "term_ordinal", "meeting_ordinal", "pk")[:LONGEST_TABLE])


@require_GET
def of_body(request: HouseRequest, slug: str) -> HttpResponse:
    """Show the archived meetings of a body on a line of time, and in a table with every cell linked to its passage."""
    body, found = meetings_of(request, slug)
    importing = importer(request, body)
    if not found and importing is None:
        raise Http404
    return render(
        request,
        "archive/of_body.html",
        {
            "body": body,
            "line": overview.timeline(found),
            "rows": overview.overview(request.viewer, found),
            "headings": overview.headings(),
            "importing": importing,
        },
    )


@require_GET
def table(request: HouseRequest, slug: str) -> HttpResponse:
    """Give the table as CSV."""
    body, found = meetings_of(request, slug)
    return as_csv(f"archive-{body.slug}", overview.csv_rows(overview.overview(request.viewer, found), address()))


def as_csv(name: str, rows: Iterable[list[str]]) -> HttpResponse:
    """Return lines as a file for a spreadsheet."""
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    answer.write("\ufeff")
    csv.writer(answer).writerows(rows)
    return answer


@require_GET
def bibliography(request: HouseRequest, slug: str) -> HttpResponse:
    """Give the reports as BibTeX."""
    body, found = meetings_of(request, slug)
    text = "".join(overview.bibtex(found, request.viewer, address()))
    answer = HttpResponse(text, content_type="application/x-bibtex; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="archive-{body.slug}.bib"'
    return answer


def address() -> str:
    """Return where this house is reached, with the language of the reader."""
    return f"{settings.HEMICYCLE_ADDRESS}/{get_language()}"


def section(request: HouseRequest, body: Body) -> str:
    """Return the way to a body's archive, for its page, where the reader may see something there."""
    count = shown_meetings.meetings_for(request.viewer).filter(archive__body=body).count()
    return render_to_string("archive/on_body.html", {"body": body, "count": count}, request) if count else ""
