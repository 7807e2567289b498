"""Lists of people: the file is read, every bad cell named, who is matched with whom is shown, then it is entered."""

import csv
import io
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from hemicycle.accounts.request import HouseRequest
from hemicycle.bodies import acts
from hemicycle.bodies.day import today_in
from hemicycle.bodies.forms.roster import RosterForm
from hemicycle.bodies.models import Body
from hemicycle.bodies.queries import body_named
from hemicycle.bodies.roster import COLUMNS, NEW, Fault, Line, plan, read_lines
from hemicycle.bodies.sheets import LARGEST_FILE, Unreadable, read_sheet
from hemicycle.bodies.views.entering import able, book_for, get_or_post
from hemicycle.bodies.words import Kind
from hemicycle.journal.act import Refused
from hemicycle.journal.models import Entry
from hemicycle.journal.words import sentence

SALT = "hemicycle.bodies.roster"
KEPT_FOR = 24 * 3600
UNPROCESSABLE = 422
LONGEST_ANSWER = 20


@never_cache
@get_or_post
def people(request: HouseRequest, slug: str) -> HttpResponse:
    """Ask for a list of people; read it, and show what it would come to. Nothing is written yet."""
    body = body_named(slug)
    if not request.user.is_authenticated:
        return redirect(f"{reverse('account_login')}?next={request.path}")
    request.actor_for(book_for(request, Kind.PEOPLE_IMPORTED, body), Kind.PEOPLE_IMPORTED)
    form = RosterForm(request.POST or None, request.FILES or None)
    if request.method == "GET" or not form.is_valid():
        return ask(request, body, form)
    file = form.cleaned_data["file"]
    try:
        sheet = read_sheet(file.read(LARGEST_FILE + 1), encoding=form.cleaned_data["encoding"])
    except Unreadable as wrong:
        form.add_error("file", wrong.sentence)
        return ask(request, body, form)
    lines, faults = read_lines(sheet)
    return tried(request, body, lines, faults, {}, file.name)


def ask(request: HouseRequest, body: Body, form: RosterForm) -> HttpResponse:
    """Show the form for a file."""
    shown = {"body": body, "form": form, "columns": COLUMNS, "posts": body.posts.all()}
    return render(request, "bodies/people.html", shown, status=UNPROCESSABLE if form.errors else 200)


def tried(
    request: HouseRequest,
    body: Body,
    lines: list[Line],
    faults: list[Fault],
    answers: Mapping[int, str],
    file: str,
    refusal: Refused | None = None,
) -> HttpResponse:
    """Show the dry run: bad cells, who is matched with whom, who is unclear, and what would be written."""
    made_of = plan(body, lines, answers if refusal is None else {}, today_in(body))
    found = sorted([*faults, *made_of.faults], key=lambda fault: fault.row)
    shown: dict[str, Any] = {
        "body": body,
        "file": file,
        "faults": found,
        "plan": made_of,
        "rows": len(lines),
        "answers": answers,
        "refusal": refusal,
        "kept": "" if found else signing.dumps([asdict(line) for line in lines], salt=SALT, compress=True),
        "actors": able(request, Kind.PEOPLE_IMPORTED, body)[:1],
        "new": NEW,
    }
    return render(request, "bodies/people_tried.html", shown, status=UNPROCESSABLE if found or refusal else 200)


@never_cache
@require_POST
def enter_people(request: HouseRequest, slug: str) -> HttpResponse:
    """Enter the list that was tried, with what was said about unclear rows: all of it, or nothing."""
    body = body_named(slug)
    by = request.actor_for(book_for(request, Kind.PEOPLE_IMPORTED, body), Kind.PEOPLE_IMPORTED)
    try:
        kept = signing.loads(request.POST.get("kept", ""), salt=SALT, max_age=KEPT_FOR)
    except signing.BadSignature:
        messages.error(request, _("This list was looked at too long ago, or arrived damaged. Send the file again."))
        return redirect("bodies:people", slug)
    lines = [Line(**{**line, "posts": tuple(line["posts"])}) for line in kept]
    answers = {line.row: request.POST.get(f"match-{line.row}", "")[:LONGEST_ANSWER] for line in lines}
    try:
        acts.import_people(by=by, body_id=body.pk, lines=lines, answers=answers, today=today_in(body))
    except Refused as refusal:
        if refusal.code not in {"list_unclean", "person_unclear", "nothing_new"}:
            raise
        return tried(request, body, lines, [], answers, request.POST.get("file", "")[:200], refusal)
    messages.success(request, sentence(Entry.objects.filter(book=by.book, kind=Kind.PEOPLE_IMPORTED).latest("number")))
    return redirect("bodies:body", slug)


@require_safe
def template(_request: HouseRequest, slug: str) -> HttpResponse:
    """Hand out the template of a list: its columns, and a row as an example that the first post of the body fits."""
    body = body_named(slug)
    post = body.posts.first()
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(COLUMNS)
    example = {
        "name": _("Maria Example"),
        "sort name": "",
        "e-mail": "maria@example.org",
        "language": body.language,
        "post": post.title if post else "",
        "seat": "",
        "unit": body.unit.name,
        "since": today_in(body).isoformat(),
        "account": "yes",
    }
    rows.writerow([example.get(column, "") for column in COLUMNS])
    answer = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="people.csv"'
    return answer
