"""Units beside each other: the funnel first, the table second, and what each of them did."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from hemicycle.accounts.request import HouseRequest
from hemicycle.bodies.day import today_in
from hemicycle.bodies.views.entering import enter, get_or_post
from hemicycle.journal.act import Actor
from hemicycle.plans import acts, forms, queries
from hemicycle.plans.drawing import funnel
from hemicycle.plans.models import PeerGroup
from hemicycle.plans.queries.board import Board
from hemicycle.plans.queries.comparing import comparison, described, measured_units
from hemicycle.plans.views.asked import key_asked, period_asked
from hemicycle.plans.words import Kind


@require_GET
def compare(request: HouseRequest, indicator_id: int) -> HttpResponse:
    """Show the units of a level or a group beside each other, by a rate (“?level=local&period=3”, “?group=2”)."""
    found = queries.indicator_for(request.viewer, indicator_id)
    board = Board(found.body, [found], today_in(found.body))
    period = period_asked(request, board, found)
    compared = None
    if found.per is not None:
        compared = comparison(board, found, period, request.GET.get("level", ""), key_asked(request, "group"))
    peers = bool(compared and compared.peers)
    said = described(found, compared) if compared and peers else ""
    drawing = ""
    if compared and compared.together is not None:
        drawing = funnel(found.title, said, compared.compared, float(compared.together), found.per or 1, found.places)
    own = {actor.book for actor in request.actors if request.actors_in(actor.book, Kind.METHOD_TOLD)}
    return render(
        request,
        "plans/compare.html",
        {
            "indicator": found,
            "body": found.body,
            "period": period,
            "above": board.up(period)[::-1],
            "comparison": compared,
            "said": said,
            "drawing": drawing,
            "own_books": own,
            "grouping": request.actors_in(found.body.book_id, Kind.PEERS_FORMED),
        },
    )


@get_or_post
def form_peers(request: HouseRequest, indicator_id: int) -> HttpResponse:
    """Form a group of peers of units that have figures of an indicator; it can then be chosen for every indicator."""
    found = queries.indicator_for(request.viewer, indicator_id)
    board = Board(found.body, [found], today_in(found.body))
    period = period_asked(request, board, found)
    units = sorted(measured_units(board, found, period), key=lambda one: (one.name, one.pk))
    form = forms.PeersForm(request.POST or None, units=[(unit.pk, f"{unit.name} ({unit.level})") for unit in units])

    def do(by: Actor) -> object:
        typed = form.cleaned_data
        return acts.form_peers(by=by, body_id=found.body_id, name=typed["name"], unit_ids=typed["units"])

    return enter(
        request,
        found.body,
        Kind.PEERS_FORMED,
        form,
        do,
        heading=_("Form a group of peers"),
        button=_("Form the group"),
        back=f"{reverse('plans:compare', args=[found.pk])}?period={period.pk}",
        hint=_("Units that work under like conditions are compared with each other. Who is in it stays as it is."),
    )


@get_or_post
def dissolve_peers(request: HouseRequest, peer_group_id: int) -> HttpResponse:
    """Dissolve a group of peers."""
    group = get_object_or_404(PeerGroup.objects.select_related("body__book"), pk=peer_group_id)
    form = forms.DissolveForm(request.POST or None)

    def do(by: Actor) -> object:
        return acts.dissolve_peers(by=by, group_id=group.pk, reason=form.cleaned_data["reason"])

    return enter(
        request,
        group.body,
        Kind.PEERS_DISSOLVED,
        form,
        do,
        heading=_("Dissolve the group “%(name)s”") % {"name": group.name},
        button=_("Dissolve it"),
        back=reverse("plans:plans", args=[group.body.slug]),
        hint=_("It can be chosen no more. Who was in it, and since when, stays on record."),
    )
