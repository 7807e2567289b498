"""Reporting a figure, on a telephone in under a minute, and looking at what others reported."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hemicycle.accounts.access import Access
from hemicycle.accounts.request import HouseRequest
from hemicycle.bodies.day import today_in
from hemicycle.bodies.models import Body, Unit
from hemicycle.bodies.views.entering import able, enter, get_or_post
from hemicycle.decisions.views.work import handed_out
from hemicycle.journal.act import Actor
from hemicycle.plans import acts, forms, queries
from hemicycle.plans.drafts import draft_of, forget_draft, keep_draft
from hemicycle.plans.models import Figure, Indicator, Period
from hemicycle.plans.queries.board import Board, units_by_key
from hemicycle.plans.queries.shown import figure_measured, told
from hemicycle.plans.views.asked import key_asked, period_asked
from hemicycle.plans.views.entering import at_period
from hemicycle.plans.words import Kind


@get_or_post
def report(request: HouseRequest, indicator_id: int) -> HttpResponse:
    """Report a figure of a unit (“?unit=5&period=3”); without those, of the first that the reader may report for."""
    found = queries.indicator_for(request.viewer, indicator_id)
    board = Board(found.body, [found], today_in(found.body))
    unit, period = reported_for(request, board, found)
    owner: Body | Unit = unit
    if unit.pk == found.body.unit_id and not able(request, Kind.FIGURE_REPORTED, unit):
        owner = found.body
    definition = found.definitions.latest("version")
    kept = draft_of(request.viewer.person, found, period, unit.pk)
    form = forms.ReportForm(
        request.POST or None,
        request.FILES or None,
        indicator=found,
        counts=definition.counts,
        out_of=definition.out_of,
        initial={"as_of": min(board.day, period.ends), **{name: said for name, said in kept.items() if said}},
    )
    back = reverse("plans:figures", args=[unit.slug])
    if request.method == "POST" and "keep" in request.POST and able(request, Kind.FIGURE_REPORTED, owner):
        keep_draft(request.viewer.person or 0, found, period, unit.pk, request.POST)
        said = _("Your draft is kept. Nobody else sees it until you report it.")
        if request.FILES:
            said += " " + _("The files are not: add them when you report it.")
        messages.success(request, said)
        return redirect(back)

    def do(by: Actor) -> object:
        typed = form.cleaned_data
        new = acts.NewFigure(
            found.pk,
            period.pk,
            typed["as_of"],
            typed["figure"],
            typed.get("denominator"),
            typed["evidence"],
            typed["explanation"],
        )
        made = acts.report_figure(by=by, unit_id=unit.pk, new=new, files=typed["files"])
        forget_draft(by.person, found, period, unit.pk)
        return made

    last = board.last_figure(found, period, unit.pk)
    judged = board.judged_in(found, period, unit.pk) or period
    return enter(
        request,
        owner,
        Kind.FIGURE_REPORTED,
        form,
        do,
        heading=_("Report: %(title)s") % {"title": found.title},
        button=_("Report it"),
        back=back,
        template="plans/report.html",
        unit=unit,
        period=period,
        judged=judged,
        indicator=found,
        definition=definition,
        last=last,
        last_told=figure_measured(found, last) if last else "",
        told=told(found, judged, board.standing(found, judged, unit.pk)),
        drafted=bool(kept),
    )


def reported_for(request: HouseRequest, board: Board, indicator: Indicator) -> tuple[Unit, Period]:
    """Return the unit and the period that an address asks for."""
    begun = [leaf for leaf in board.leaves(indicator.period) if leaf.starts <= board.day] or [indicator.period]
    period = period_asked(request, board, indicator, begun[-1])
    own = {actor.book for actor in request.actors}
    units = units_by_key(board.reporters(indicator, period))
    first = next((one for one in units.values() if one.book_id in own), None) or next(iter(units.values()))
    key = key_asked(request, "unit")
    unit = (units.get(key) or units_by_key([key]).get(key)) if key else first
    if unit is None:
        raise Http404(_("There is no such unit."))
    return unit, period


@require_safe
def file(request: HouseRequest, figure_file_id: int) -> FileResponse:
    """Give a photo or file that shows a figure to a viewer who may see the figure."""
    found = queries.file_for(request.viewer, figure_file_id)
    return handed_out(found, public=found.figure.indicator.period.access == Access.PUBLIC)


@get_or_post
def method(request: HouseRequest, indicator_id: int) -> HttpResponse:
    """Tell what a unit did (“?unit=5&period=3”)."""
    found = queries.indicator_for(request.viewer, indicator_id)
    board = Board(found.body, [found], today_in(found.body))
    unit, period = told_for(request, board, found)
    form = forms.MethodForm(request.POST or None)
    return enter(
        request,
        unit,
        Kind.METHOD_TOLD,
        form,
        lambda by: acts.tell_method(
            by=by, indicator_id=found.pk, period_id=period.pk, unit_id=unit.pk, text=form.cleaned_data["text"]
        ),
        heading=_("What %(unit)s did for %(code)s") % {"unit": unit.name, "code": found.code},
        button=_("Tell it"),
        back=f"{reverse('plans:compare', args=[found.pk])}?period={period.pk}",
        hint=_("It stands beside your figure, so that others can learn from it."),
    )


def told_for(request: HouseRequest, board: Board, indicator: Indicator) -> tuple[Unit, Period]:
    """Return the unit and the period of which something is told: by default the reader's own, and the whole."""
    unit, _leaf = reported_for(request, board, indicator)
    return unit, period_asked(request, board, indicator)


def owner_of_review(request: HouseRequest, figure: Figure) -> Body | Unit:
    """Return as whose desk or head the reader looks at a figure: the body's, or of a unit over its own."""
    body = figure.indicator.body
    if able(request, Kind.FIGURE_REVIEWED, body):
        return body
    board = Board(body, [figure.indicator], today_in(body))
    chain = board.chain(board.shared_in(figure.indicator, figure.period), figure.unit_id)
    over = [unit for key, unit in units_by_key(chain).items() if key != figure.unit_id]
    return next((unit for unit in over if able(request, Kind.FIGURE_REVIEWED, unit)), body)


@get_or_post
def review(request: HouseRequest, figure_id: int) -> HttpResponse:
    """Review a figure."""
    figure = queries.figure_for(request.viewer, figure_id)
    return enter(
        request,
        owner_of_review(request, figure),
        Kind.FIGURE_REVIEWED,
        forms.NothingForm(request.POST if request.method == "POST" else None),
        lambda by: acts.review_figure(by=by, figure_id=figure.pk),
        heading=_("Review a figure of %(unit)s") % {"unit": figure.unit.name},
        button=_("I have looked at it and its evidence"),
        back=at_period(figure.indicator, figure.period),
        hint=told_of(figure),
    )


@get_or_post
def dispute(request: HouseRequest, figure_id: int) -> HttpResponse:
    """Dispute a figure."""
    figure = queries.figure_for(request.viewer, figure_id)
    form = forms.DisputeForm(request.POST or None)
    return enter(
        request,
        owner_of_review(request, figure),
        Kind.FIGURE_DISPUTED,
        form,
        lambda by: acts.dispute_figure(by=by, figure_id=figure.pk, reason=form.cleaned_data["reason"]),
        heading=_("Dispute a figure of %(unit)s") % {"unit": figure.unit.name},
        button=_("Dispute it"),
        back=at_period(figure.indicator, figure.period),
        hint=told_of(figure) + " " + _("Until it is settled it counts in no sum and no comparison."),
    )


def told_of(figure: Figure) -> str:
    """Return a figure with its evidence, as one sentence."""
    said = {
        "code": figure.indicator.code,
        "figure": figure_measured(figure.indicator, figure),
        "period": figure.period.title,
    }
    told_so = _("%(code)s, “%(period)s”: %(figure)s.") % said
    return told_so + (" " + _("Evidence: %(evidence)s") % {"evidence": figure.evidence} if figure.evidence else "")
