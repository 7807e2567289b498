"""How files for other programs are given."""

from django.http import HttpResponse


def as_file(content: str | bytes, name: str, kind: str) -> HttpResponse:
    """Return a file."""
    answer = HttpResponse(content, content_type=kind)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def as_csv_file(content: str, name: str, described: str) -> HttpResponse:
    """Return a CSV file; a header says at which address it is described."""
    answer = as_file(content, name, "text/csv; charset=utf-8; header=present")
    answer.headers["Link"] = f'<{described}>; rel="describedby"; type="application/csvm+json"'
    return answer


def as_description(content: str) -> HttpResponse:
    """Return the description of a CSV file."""
    return HttpResponse(content, content_type="application/csvm+json")
