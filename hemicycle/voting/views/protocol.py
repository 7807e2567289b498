"""The protocol of a vote: what was asked, by which rules, how it was counted; as page, PDF, CSV and BLT."""

import csv
from io import StringIO
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from hemicycle.accounts.request import HouseRequest
from hemicycle.bodies.views.files import as_file
from hemicycle.printing.asking import ask_for
from hemicycle.voting import queries
from hemicycle.voting.models import Ballot, Result
from hemicycle.voting.papers import Form
from hemicycle.voting.protocol_paper import IN_BLT, blt, protocol_of


@never_cache
@require_safe
def protocol(request: HouseRequest, ballot_id: int) -> HttpResponse:
    """Show the protocol of a vote to whoever may know what came of it."""
    ballot, result = counted_for(request, ballot_id)
    return render(request, "voting/protocol.html", protocol_of(ballot, result) | {"files": files(request, ballot)})


def counted_for(request: HouseRequest, ballot_id: int) -> tuple[Ballot, Result]:
    """Return a ballot and its last count, where the reader may know it."""
    ballot = queries.ballot_for(request.viewer, ballot_id)
    return ballot, queries.result_for(request.viewer, ballot)


def files(request: HouseRequest, ballot: Ballot) -> list[tuple[str, str]]:
    """Return the files of a protocol: label and address."""
    found = [
        (_("The votes as a table (CSV)"), reverse("voting:votes_csv", args=[ballot.pk])),
        (_("The file to count again (JSON)"), reverse("voting:box_file", args=[ballot.pk])),
    ]
    if ballot.form in IN_BLT:
        found.append((_("The papers as BLT"), reverse("voting:papers_blt", args=[ballot.pk])))
    return found


@login_required
@require_POST
def protocol_pdf(request: HouseRequest, ballot_id: int) -> HttpResponse:
    """Ask for the protocol as a PDF, and go to its page."""
    ballot, _result = counted_for(request, ballot_id)
    person = request.viewer.person
    if person is None:
        raise Http404
    job = ask_for(
        "hemicycle.voting.protocol_paper.make",
        {"ballot": ballot.pk, "person": person},
        book=ballot.sitting.meeting.body.book_id,
        person=person,
        title=_("Protocol: %(question)s") % {"question": ballot.question[:200]},
        file_name=f"ballot-{ballot.pk}.pdf",
        back=reverse("voting:protocol", args=[ballot.pk]),
    )
    return redirect("printing:job", job.uuid)


@never_cache
@require_safe
def votes_csv(request: HouseRequest, ballot_id: int) -> HttpResponse:
    """Give the votes as a table: the paper, what it is worth, and its code or, where it may be known, its name."""
    ballot, result = counted_for(request, ballot_id)
    votes = queries.published_votes(request.viewer, result)
    beside = [name for name in ("number", "name", "code") if votes and name in votes[0]]
    out = StringIO()
    sheet = csv.writer(out)
    sheet.writerow([*beside, "vote", "weight"])
    for vote in votes:
        sheet.writerow(
            [*(safe(vote[name]) for name in beside), safe(vote["vote"]), vote.get("weighs", vote.get("weight", 1))]
        )
    return as_file(out.getvalue(), f"ballot-{ballot.pk}.csv", "text/csv; charset=utf-8")


def safe(value: Any) -> Any:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{value}" if isinstance(value, str) and value[:1] in {"=", "+", "-", "@"} else value


@never_cache
@require_safe
def papers_blt(request: HouseRequest, ballot_id: int) -> HttpResponse:
    """Give the papers of an election as BLT, which programs for counting read."""
    ballot, result = counted_for(request, ballot_id)
    if ballot.form not in IN_BLT or ballot.form == Form.MOTION:
        raise Http404
    return as_file(blt(result), f"ballot-{ballot.pk}.blt", "text/plain; charset=utf-8")
