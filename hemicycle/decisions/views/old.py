"""The pages of old decisions: the register that was brought in, one of it, and the table that brings them in."""

from dataclasses import asdict
from typing import Any

from django import forms
from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from hemicycle.accounts.access import Access
from hemicycle.accounts.request import HouseRequest
from hemicycle.bodies.forms.roster import RosterForm
from hemicycle.bodies.models import Body
from hemicycle.bodies.queries import body_named
from hemicycle.bodies.sheets import LARGEST_FILE, Unreadable, read_cells
from hemicycle.bodies.views.entering import get_or_post
from hemicycle.decisions import acts, old_sheets, queries
from hemicycle.decisions.acts.importing import try_old
from hemicycle.decisions.old_sheets import BadCell, OldRow
from hemicycle.decisions.queries import old
from hemicycle.decisions.words import Kind
from hemicycle.journal.act import Refused
from hemicycle.journal.models import Entry
from hemicycle.journal.words import sentence

SALT = "hemicycle.decisions.old"
KEPT_FOR = 24 * 3600
# What was tried goes through the browser and back, within what a form may hold.
MOST_KEPT = 2_000_000
UNPROCESSABLE = 422
SHOWN = 200
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
AUDIENCES = [
    (Access.BODY.value, gettext_lazy("the body")),
    (Access.ORGANISATION.value, gettext_lazy("whoever holds a post in the organisation")),
    (Access.PUBLIC.value, gettext_lazy("everybody")),
    (Access.DESK.value, gettext_lazy("the desk alone")),
]


class OldSheetForm(RosterForm):
    """A table of old decisions, where they were kept, and who may read them."""

    origin = forms.CharField(
        label=gettext_lazy("Where they were kept until now"),
        max_length=300,
        error_messages={"required": gettext_lazy("Say where these decisions were kept.")},
        help_text=gettext_lazy("It stands beside each of them: the register of 2009 to 2024, kept at the office."),
    )
    access = forms.ChoiceField(label=gettext_lazy("Who can read them"), choices=AUDIENCES, initial=Access.BODY.value)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(["file", "origin", "access", "encoding"])


@require_safe
def register(request: HouseRequest, slug: str) -> HttpResponse:
    """Show the old decisions of a body."""
    body = body_named(slug)
    text = request.GET.get("q", "").strip()[:100]
    page = old.old_register(request.viewer, body, text.replace("\0", ""), request.GET.get("page", ""))
    shown = {
        "body": body,
        "page": page,
        "text": text,
        "query": queries.query_string({"q": text}),
        "importing": request.actors_in(body.book_id, Kind.DECISIONS_IMPORTED),
    }
    return render(request, "decisions/old_register.html", shown)


@require_safe
def decision(request: HouseRequest, decision_id: int) -> HttpResponse:
    """Show an old decision with its tasks."""
    found = old.old_decision_for(request.viewer, decision_id)
    return render(request, "decisions/old_decision.html", {"decision": found, "tasks": old.tasks_of(found)})


@never_cache
@get_or_post
def sheet(request: HouseRequest, slug: str) -> HttpResponse:
    """Take a table of old decisions: what it comes to is shown, nothing is written yet."""
    body = body_named(slug)
    request.actor_for(body.book_id, Kind.DECISIONS_IMPORTED)
    form = OldSheetForm(request.POST or None, request.FILES or None)
    if request.method == "GET" or not form.is_valid():
        return ask(request, body, form)
    sent = form.cleaned_data
    try:
        cells = read_cells(sent["file"].read(LARGEST_FILE + 1), encoding=sent["encoding"])
        rows, faults = old_sheets.read_rows(cells)
    except Unreadable as wrong:
        form.add_error("file", wrong.sentence)
        return ask(request, body, form)
    content = {"body": body.slug, "file": sent["file"].name[:200], "origin": sent["origin"], "access": sent["access"]}
    kept = signing.dumps({**content, "rows": [asdict(row) for row in rows]}, salt=SALT, compress=True)
    if len(kept) > MOST_KEPT:
        form.add_error("file", _("This is too much at once. Split the table into several files."))
        return ask(request, body, form)
    return tried(request, body, rows, faults, {**content, "kept": kept})


def ask(request: HouseRequest, body: Body, form: OldSheetForm) -> HttpResponse:
    """Show the form for a table, and those that were sent."""
    shown = {
        "body": body,
        "form": form,
        "sent": body.old_sheets.order_by("-number")[:20],
        "columns": old_sheets.COLUMNS,
    }
    return render(request, "decisions/old_sheet.html", shown, status=UNPROCESSABLE if form.errors else 200)


def tried(
    request: HouseRequest,
    body: Body,
    rows: list[OldRow],
    faults: list[BadCell],
    content: dict[str, str],
    refusal: str = "",
) -> HttpResponse:
    """Show the dry run: every bad cell with its address, and what would be brought in."""
    found = try_old(body=body, rows=rows, access=content["access"])
    bad = sorted([*faults, *found.faults], key=lambda fault: (fault.row, fault.address))
    shown = {
        **content,
        "body": body,
        "faults": bad,
        "refusal": refusal,
        "decisions": found.decisions[:SHOWN],
        "tasks": found.tasks[:SHOWN],
        "counts": (len(found.decisions), len(found.tasks)),
        "unchanged": found.unchanged,
        "kept": "" if bad else content["kept"],
        "actors": request.actors_in(body.book_id, Kind.DECISIONS_IMPORTED),
    }
    return render(request, "decisions/old_tried.html", shown, status=UNPROCESSABLE if bad or refusal else 200)


@never_cache
@require_POST
def enter_sheet(request: HouseRequest, slug: str) -> HttpResponse:
    """Bring in what was tried: all of it, or nothing."""
    body = body_named(slug)
    by = request.actor_for(body.book_id, Kind.DECISIONS_IMPORTED)
    sent = request.POST.get("kept", "")
    try:
        kept = signing.loads(sent, salt=SALT, max_age=KEPT_FOR)
    except signing.BadSignature:
        kept = {"body": ""}
    if kept["body"] != body.slug:
        messages.error(request, _("This table was looked at too long ago, or arrived damaged. Send the file again."))
        return redirect("decisions:old_sheet", slug)
    rows = [OldRow(**row) for row in kept.pop("rows")]
    about = {name: kept[name] for name in ("file", "origin", "access")}
    try:
        acts.import_old(by=by, body_id=body.pk, rows=rows, **about)
    except Refused as refusal:
        if refusal.code not in {"sheet_unclean", "nothing_new"}:
            raise
        return tried(request, body, rows, [], {**kept, "kept": sent}, refusal.sentence)
    entered = Entry.objects.filter(book=by.book, kind=Kind.DECISIONS_IMPORTED).latest("number")
    messages.success(request, sentence(entered))
    return redirect(reverse("decisions:old_register", args=[slug]))


@require_safe
def template(request: HouseRequest, slug: str) -> HttpResponse:
    """Hand out the empty table to the desk, which brings it in."""
    request.actor_for(body_named(slug).book_id, Kind.DECISIONS_IMPORTED)
    answer = HttpResponse(old_sheets.template(), content_type=XLSX)
    answer.headers["Content-Disposition"] = 'attachment; filename="old-decisions.xlsx"'
    return answer
