"""The page of the tellers: batches side by side as two persons entered them, and the vote closed with all of them."""

from typing import Any

from django import forms as fields
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from hemicycle.accounts.request import HouseRequest
from hemicycle.journal.forms import HappenedForm
from hemicycle.meetings.forms.floor import BecauseForm
from hemicycle.meetings.views.asking import Asks, get_or_post, show
from hemicycle.voting import acts, forms, queries
from hemicycle.voting.models import COUNTED_BY_TELLERS, Ballot, Choice, TellerBatch
from hemicycle.voting.paper_words import paper_in_words
from hemicycle.voting.tellers import State
from hemicycle.voting.views.floor import on_ballot, page_of, paper_key, there
from hemicycle.voting.words import Kind


def batches_page(ballot: Ballot) -> str:
    """Return the address of the batches of a ballot."""
    return reverse("voting:batches", args=[ballot.pk])


def batch_form(*args: Any, ballot: Ballot, **kwargs: Any) -> HappenedForm:
    """Return the form for one batch: its number, and what was counted in it."""
    form = forms.counting_form(*args, ballot=ballot, **kwargs)
    number = fields.IntegerField(label=gettext_lazy("Batch"), min_value=1, max_value=9_999, initial=1)
    del form.fields["tellers"]
    form.fields = {"number": number, **form.fields}
    return form


@never_cache
@require_safe
def batches(request: HouseRequest, ballot_id: int) -> HttpResponse:
    """Show what was entered, side by side, to who deals with the count."""
    ballot = queries.ballot_for(request.viewer, ballot_id)
    entering = request.actors_in(ballot.sitting.meeting.body.book_id, Kind.BATCH_ENTERED)
    by_box = ballot.method not in COUNTED_BY_TELLERS
    issued = queries.papers_issued(ballot) if by_box else 0
    if not entering or (by_box and not issued):
        raise Http404
    names = queries.option_names(ballot)
    found = queries.batches_of(ballot)
    shown = [
        (one, [(row, in_words(row, ballot, names), row.pk == one.counts.key) for row in one.rows]) for one in found
    ]
    return render(
        request,
        "voting/batches.html",
        {
            "ballot": ballot,
            "meeting": ballot.sitting.meeting,
            "batches": shown,
            "twice": queries.enters_twice(ballot),
            "open": ballot.closed is None and ballot.voided is None,
            "issued": issued,
            "ready": not by_box and bool(found) and all(one.state == State.SETTLED for one in found),
            "back": page_of(ballot),
            "here": request.path,
        },
    )


def in_words(row: TellerBatch, ballot: Ballot, names: list[str]) -> list[tuple[str, int]]:
    """Return what was entered: what the papers or hands say, and how many."""
    if queries.is_election(ballot):
        return [(paper_in_words(said, ballot.form, names) or _("blank"), count) for said, count in row.counts.items()]
    return [(str(Choice(said).label), row.counts.get(said, 0)) for said in Choice.values]


enter_batch = on_ballot(
    Asks(
        Kind.BATCH_ENTERED,
        acts.enter_batch,
        heading=lambda ballot: _("A batch that the tellers counted: %(question)s") % {"question": ballot.question},
        button=lambda: _("Enter the batch"),
        hint=lambda ballot: " ".join((there(ballot), paper_key(ballot))).strip(),
        form=batch_form,
        given=lambda _request, ballot: {"ballot": ballot},
        typed=lambda form: {"number": form.cleaned_data["number"], "counted": form.hands()},
        back=batches_page,
    )
)
close_with_batches = on_ballot(
    Asks(
        Kind.BALLOT_COUNTED,
        acts.count_batches,
        heading=lambda ballot: _("Close the vote: %(question)s") % {"question": ballot.question},
        button=lambda: _("Close the vote with these batches"),
        form=forms.TellersForm,
        typed=lambda form: {"tellers": form.names()},
        back=page_of,
    )
)
RULE: Asks[TellerBatch] = Asks(
    Kind.BATCH_RULED,
    acts.rule_on_batch,
    heading=lambda row: (
        _("What %(name)s entered for batch %(number)d stands") % {"name": row.name, "number": row.number}
    ),
    button=lambda: _("It stands"),
    form=BecauseForm,
    back=lambda row: batches_page(row.ballot),
)


@get_or_post
def rule(request: HouseRequest, batch_id: int) -> HttpResponse:
    """Let the chair rule which of two entries stands."""
    row = get_object_or_404(TellerBatch.objects.select_related("ballot"), pk=batch_id)
    ballot = queries.ballot_for(request.viewer, row.ballot_id)
    if not request.actors_in(ballot.sitting.meeting.body.book_id, Kind.BATCH_RULED):
        raise Http404
    return show(request, RULE, row, ballot.sitting.meeting, batch_id=row.pk)
