"""A unit's figures by table: the template is handed out, what is sent is tried, then entered whole or not at all."""

from dataclasses import asdict

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from hemicycle.accounts.request import HouseRequest
from hemicycle.bodies.forms.roster import RosterForm
from hemicycle.bodies.models import Body, Unit
from hemicycle.bodies.queries import unit_named
from hemicycle.bodies.sheets import LARGEST_FILE, Unreadable, read_cells
from hemicycle.bodies.views.entering import able, book_for, enter, get_or_post
from hemicycle.bodies.views.files import as_file
from hemicycle.journal.act import Actor, Refused
from hemicycle.journal.clock import now
from hemicycle.journal.models import Entry
from hemicycle.journal.words import sentence
from hemicycle.plans import acts, forms, queries, sheets
from hemicycle.plans.queries.shown import figure_measured
from hemicycle.plans.sheets import BadCell, Line
from hemicycle.plans.views.exporting import XLSX
from hemicycle.plans.words import Kind

SALT = "hemicycle.plans.sheets"
KEPT_FOR = 24 * 3600
UNPROCESSABLE = 422
LAST_SHEETS = 20


def owner_of(request: HouseRequest, unit: Unit) -> Body | Unit:
    """Return for whom the reader reports: the unit, or the body whose own unit it is."""
    if able(request, Kind.FIGURES_IMPORTED, unit):
        return unit
    own = Body.objects.filter(unit=unit, book__in={actor.book for actor in request.actors})
    return next((body for body in own if able(request, Kind.FIGURES_IMPORTED, body)), unit)


def reporter(request: HouseRequest, unit: Unit) -> Actor:
    """Return as whom the reader reports for a unit; refused where they may not."""
    return request.actor_for(book_for(request, Kind.FIGURES_IMPORTED, owner_of(request, unit)), Kind.FIGURES_IMPORTED)


@never_cache
@get_or_post
def sheet(request: HouseRequest, slug: str) -> HttpResponse:
    """Hand out the table of a unit and take it back, filled in: what it comes to is shown, nothing is written yet."""
    unit = unit_named(slug)
    if not request.user.is_authenticated:
        return redirect(f"{reverse('account_login')}?next={request.path}")
    reporter(request, unit)
    form = RosterForm(request.POST or None, request.FILES or None)
    if request.method == "GET" or not form.is_valid():
        return ask(request, unit, form)
    file = form.cleaned_data["file"]
    try:
        cells = read_cells(file.read(LARGEST_FILE + 1), encoding=form.cleaned_data["encoding"])
        lines, faults = sheets.read_lines(cells, unit, sheets.asked_of(request.viewer, unit))
    except Unreadable as wrong:
        form.add_error("file", wrong.sentence)
        return ask(request, unit, form)
    return tried(request, unit, lines, faults, file.name)


def ask(request: HouseRequest, unit: Unit, form: RosterForm) -> HttpResponse:
    """Show the form for a table, and the tables that were sent."""
    sent = unit.figure_sheets.order_by("-number")[:LAST_SHEETS]
    books = {actor.book for actor in able(request, Kind.FIGURES_WITHDRAWN, owner_of(request, unit))}
    shown = {"unit": unit, "form": form, "sent": sent, "books": books}
    return render(request, "plans/sheet.html", shown, status=UNPROCESSABLE if form.errors else 200)


def tried(
    request: HouseRequest, unit: Unit, lines: list[Line], faults: list[BadCell], file: str, refusal: str = ""
) -> HttpResponse:
    """Show the dry run: every bad cell with its address, and what would be reported."""
    found = acts.try_figures(unit=unit, lines=lines, when=now(), person=request.viewer.person)
    bad = sorted([*faults, *found.faults], key=lambda fault: (fault.row, fault.address))
    content = {"unit": unit.slug, "file": file[:200], "lines": [asdict(line) for line in lines]}
    shown = {
        "unit": unit,
        "file": file,
        "faults": bad,
        "refusal": refusal,
        "rows": [(figure, figure_measured(figure.indicator, figure)) for figure in found.figures],
        "unchanged": found.unchanged,
        "kept": "" if bad else signing.dumps(content, salt=SALT, compress=True),
        "actors": able(request, Kind.FIGURES_IMPORTED, owner_of(request, unit))[:1],
    }
    return render(request, "plans/sheet_tried.html", shown, status=UNPROCESSABLE if bad or refusal else 200)


@never_cache
@require_POST
def enter_sheet(request: HouseRequest, slug: str) -> HttpResponse:
    """Report what was tried: all of it, or nothing."""
    unit = unit_named(slug)
    by = reporter(request, unit)
    try:
        kept = signing.loads(request.POST.get("kept", ""), salt=SALT, max_age=KEPT_FOR)
    except signing.BadSignature:
        kept = {"unit": ""}
    if kept["unit"] != unit.slug:
        messages.error(request, _("This table was looked at too long ago, or arrived damaged. Send the file again."))
        return redirect("plans:sheet", slug)
    lines = [Line(**line) for line in kept["lines"]]
    try:
        acts.import_figures(by=by, unit_id=unit.pk, lines=lines, file=kept["file"])
    except Refused as refusal:
        if refusal.code not in {"sheet_unclean", "nothing_new", "period_closed"}:
            raise
        return tried(request, unit, lines, [], kept["file"], refusal.sentence)
    messages.success(request, sentence(Entry.objects.filter(book=by.book, kind=Kind.FIGURES_IMPORTED).latest("number")))
    return redirect("plans:figures", slug)


@require_safe
def template(request: HouseRequest, slug: str) -> HttpResponse:
    """Hand out the table of a unit, with what was reported last."""
    unit = unit_named(slug)
    reporter(request, unit)
    content = sheets.template(unit, sheets.asked_of(request.viewer, unit))
    return as_file(content, f"figures-{unit.slug}.xlsx", XLSX)


@get_or_post
def withdraw(request: HouseRequest, sheet_id: int) -> HttpResponse:
    """Take a table of figures back."""
    found = queries.sheet_for(request.viewer, sheet_id)
    form = forms.WithdrawForm(request.POST or None)
    return enter(
        request,
        owner_of(request, found.unit),
        Kind.FIGURES_WITHDRAWN,
        form,
        lambda by: acts.withdraw_figures(by=by, sheet_id=found.pk, reason=form.cleaned_data["reason"]),
        heading=_("Take table %(number)d of %(unit)s back") % {"number": found.number, "unit": found.unit.name},
        button=_("Take it back"),
        back=reverse("plans:sheet", args=[found.unit.slug]),
        hint=_("Its figures are kept, and count no more. What was reported before them counts again."),
    )
