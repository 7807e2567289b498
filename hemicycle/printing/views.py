"""The page of a print job, and its file: for whoever asked for it alone."""

from uuid import UUID

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from hemicycle.accounts.request import HouseRequest
from hemicycle.printing.models import PrintJob

LOOK_AGAIN = "2"


def job_for(request: HouseRequest, job: UUID) -> PrintJob:
    """Return a job for whoever asked for it, or one for everybody; raise Http404 for others."""
    found = PrintJob.objects.filter(uuid=job).first()
    if found is None or found.person_id not in {None, request.viewer.person}:
        raise Http404
    return found


@never_cache
@require_safe
def job(request: HouseRequest, job: UUID) -> HttpResponse:
    """Show how far a print job is; the page looks again by itself until it is done."""
    found = job_for(request, job)
    answer = render(request, "printing/job.html", {"job": found})
    if not found.made and not found.failed:
        answer.headers["Refresh"] = LOOK_AGAIN
    return answer


@require_safe
def file(request: HouseRequest, job: UUID) -> FileResponse:
    """Give the PDF to whoever asked for it."""
    return given(job_for(request, job))


def given(found: PrintJob) -> FileResponse:
    """Return the PDF of a job; raise Http404 where it is not there."""
    if not found.made or not default_storage.exists(found.file):
        raise Http404
    answer = FileResponse(default_storage.open(found.file), filename=found.file_name, content_type="application/pdf")
    answer.headers["Cache-Control"] = "private, no-store" if found.person_id else "public, max-age=86400"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer
