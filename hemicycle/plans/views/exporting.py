"""The figures of a plan, as files for other programs."""

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from hemicycle.accounts.request import HouseRequest
from hemicycle.bodies.views.files import as_csv_file, as_description, as_file
from hemicycle.plans import exports, queries
from hemicycle.plans.models import Period

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def figures_of(request: HouseRequest, slug: str, number: int) -> tuple[Period, list[exports.Row]]:
    """Return a plan and its rows, as the reader may see them."""
    period = queries.period_for(request.viewer, slug, number)
    return period, exports.rows_of(queries.board_of(request.viewer, period), period)


@require_GET
def as_csv(request: HouseRequest, slug: str, number: int) -> HttpResponse:
    """Give the figures as CSV; a header says where they are described."""
    _period, rows = figures_of(request, slug, number)
    return as_csv_file(exports.as_csv(rows), "figures.csv", reverse("plans:csvw", args=[slug, number]))


@require_GET
def as_csvw(request: HouseRequest, slug: str, number: int) -> HttpResponse:
    """Give the description of the CSV."""
    period = queries.period_for(request.viewer, slug, number)
    return as_description(exports.as_csvw(period, "figures.csv"))


@require_GET
def as_xlsx(request: HouseRequest, slug: str, number: int) -> HttpResponse:
    """Give the figures as XLSX."""
    period, rows = figures_of(request, slug, number)
    return as_file(exports.as_xlsx(period, rows), "figures.xlsx", XLSX)


@require_GET
def as_json(request: HouseRequest, slug: str, number: int) -> HttpResponse:
    """Give the figures as JSON."""
    period, rows = figures_of(request, slug, number)
    return HttpResponse(exports.as_json(period, rows), content_type="application/json")
