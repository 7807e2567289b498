"""The page on which imports are taken back."""

import re

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from hemicycle.accounts import entering
from hemicycle.accounts.request import HouseRequest
from hemicycle.archive import acts, forms
from hemicycle.archive.queries.homes import standing_reports
from hemicycle.archive.views.sources import importer
from hemicycle.bodies.queries import body_named
from hemicycle.journal.act import Refused

LONGEST_LIST = 2000
NUMBER = re.compile(r"[1-9][0-9]{0,17}", re.ASCII)


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def withdraw(request: HouseRequest, slug: str) -> HttpResponse:
    """Take imports of a body's archive back, with a reason."""
    body = body_named(slug)
    by = importer(request, body)
    if by is None:
        raise Http404
    reports = standing_reports().filter(meeting__archive__body=body).select_related("meeting", "source").order_by("-pk")
    asked = request.GET.get("meeting", "")
    ticked = list(reports.filter(meeting=int(asked)).values_list("pk", flat=True)) if NUMBER.fullmatch(asked) else []
    form = forms.WithdrawForm(request.POST or None, reports=reports[:LONGEST_LIST], initial={"reports": ticked})
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data
        try:
            archive, keeps = acts.archive_of(body, by)
            done = acts.withdraw_imports(
                by=keeps,
                archive_id=archive.pk,
                report_ids=[int(key) for key in sent["reports"]],
                reason=sent["reason"],
            )
        except Refused as refusal:
            entering.show_beside(form, refusal)
        else:
            said = ngettext("%(count)d import was withdrawn.", "%(count)d imports were withdrawn.", len(done))
            messages.success(request, said % {"count": len(done)})
            return redirect("archive:of_body", body.slug)
    shown = {"form": form, "body": body, "any": reports.exists()}
    return render(request, "archive/withdraw.html", shown, status=422 if form.errors else 200)
