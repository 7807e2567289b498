"""Planning: periods, indicators, targets and shares."""

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from hemicycle.accounts.access import Access
from hemicycle.accounts.request import HouseRequest
from hemicycle.bodies.day import today_in
from hemicycle.bodies.models import Body
from hemicycle.bodies.queries import below, body_named
from hemicycle.bodies.views.entering import enter, get_or_post
from hemicycle.decisions.models import Decision
from hemicycle.decisions.queries import decisions_for
from hemicycle.decisions.rollup.figures import plain, shown
from hemicycle.journal.act import Actor
from hemicycle.plans import acts, forms, queries
from hemicycle.plans.models import Indicator, Period
from hemicycle.plans.queries.board import Board, units_by_key
from hemicycle.plans.queries.shown import amount_told
from hemicycle.plans.rules.measure import Curve, Direction, OverTime, OverUnits
from hemicycle.plans.rules.periods import PeriodKind
from hemicycle.plans.views.asked import key_asked, period_asked
from hemicycle.plans.words import Kind

LAST_DECISIONS = 200


def address_of(period: Period) -> str:
    """Return the page of a period."""
    return reverse("plans:plan", args=[period.body.slug, period.number])


def decisions_of(request: HouseRequest, body: Body) -> list[Decision]:
    """Return the last decisions of a body that the reader may name."""
    return list(decisions_for(request.viewer).filter(body=body)[:LAST_DECISIONS])


@get_or_post
def plan(request: HouseRequest, slug: str) -> HttpResponse:
    """Plan a period, for itself or as part of another (“?part_of=3”)."""
    body = body_named(slug)
    key = key_asked(request, "part_of")
    parent = queries.period_by_key(request.viewer, key) if key else None
    first = {"kind": "quarter" if parent else "plan", "starts": parent.starts if parent else None}
    form = forms.PeriodForm(
        request.POST or None, decisions=decisions_of(request, body), part=parent is not None, initial=first
    )

    def do(by: Actor) -> object:
        typed = form.cleaned_data
        new = acts.NewPeriod(
            PeriodKind(typed["kind"]),
            typed["title"],
            typed["starts"],
            typed["ends"],
            parent.pk if parent else None,
            int(typed["decision"]) if typed["decision"] else None,
            Access(typed.get("access") or Access.PUBLIC),
        )
        return acts.plan_period(by=by, body_id=body.pk, new=new)

    return enter(
        request,
        body,
        Kind.PERIOD_PLANNED,
        form,
        do,
        heading=_("Plan a part of “%(title)s”") % {"title": parent.title} if parent else _("Make a plan"),
        button=_("Plan it"),
        back=address_of(parent) if parent else reverse("plans:plans", args=[body.slug]),
    )


@get_or_post
def close(request: HouseRequest, period_id: int) -> HttpResponse:
    """Close a period."""
    period = queries.period_by_key(request.viewer, period_id)
    return enter(
        request,
        period.body,
        Kind.PERIOD_CLOSED,
        forms.NothingForm(request.POST if request.method == "POST" else None),
        lambda by: acts.close_period(by=by, period_id=period.pk),
        heading=_("Close “%(title)s”") % {"title": period.title},
        button=_("Close it"),
        back=address_of(period),
        hint=_("What was reported stays. No further figure is taken for it or for a part of it."),
    )


@get_or_post
def define(request: HouseRequest, period_id: int) -> HttpResponse:
    """Define an indicator."""
    period = queries.period_by_key(request.viewer, period_id)
    form = forms.IndicatorForm(request.POST or None, initial={"places": 0})

    def do(by: Actor) -> object:
        typed = dict(form.cleaned_data)
        enums = {"direction": Direction, "over_time": OverTime, "over_units": OverUnits, "curve": Curve}
        new = acts.NewIndicator(**{**typed, **{name: enum(typed[name]) for name, enum in enums.items()}})
        return acts.define_indicator(by=by, period_id=period.pk, new=new)

    return enter(
        request,
        period.body,
        Kind.INDICATOR_DEFINED,
        form,
        do,
        heading=_("Define an indicator for “%(title)s”") % {"title": period.title},
        button=_("Define it"),
        back=address_of(period),
    )


@get_or_post
def redefine(request: HouseRequest, indicator_id: int) -> HttpResponse:
    """Define anew what an indicator counts."""
    found = queries.indicator_for(request.viewer, indicator_id)
    last = found.definitions.latest("version")
    form = forms.DefinitionForm(
        request.POST or None, initial={"text": last.text, "counts": last.counts, "out_of": last.out_of}
    )
    return enter(
        request,
        found.body,
        Kind.INDICATOR_REDEFINED,
        form,
        lambda by: acts.redefine_indicator(by=by, indicator_id=found.pk, **form.cleaned_data),
        heading=_("Define anew what %(code)s counts") % {"code": found.code},
        button=_("Define it anew"),
        back=reverse("plans:indicator", args=[found.pk]),
        hint=_("Figures that were reported keep the version that they were reported by."),
    )


@get_or_post
def target(request: HouseRequest, indicator_id: int) -> HttpResponse:
    """Set or change a target, by a decision."""
    found = queries.indicator_for(request.viewer, indicator_id)
    board = Board(found.body, [found], today_in(found.body))
    period = period_asked(request, board, found)
    now_is = board.amount(found, period)
    form = forms.TargetForm(
        request.POST or None,
        indicator=found,
        decisions=decisions_of(request, found.body),
        change=now_is is not None,
    )

    def do(by: Actor) -> object:
        typed = dict(form.cleaned_data)
        key = int(typed.pop("decision"))
        return acts.set_target(by=by, indicator_id=found.pk, period_id=period.pk, decision_id=key, **typed)

    return enter(
        request,
        found.body,
        Kind.TARGET_SET,
        form,
        do,
        heading=_("The target of %(code)s for “%(title)s”") % {"code": found.code, "title": period.title},
        button=_("Set the target"),
        back=at_period(found, period),
        hint=_("It is %(target)s now. The old target stays on record, with the reason.")
        % {"target": amount_told(found, now_is)}
        if now_is
        else _("A target is set by a decision of the body."),
    )


def at_period(indicator: Indicator, period: Period) -> str:
    """Return the page of an indicator in a period."""
    return f"{reverse('plans:indicator', args=[indicator.pk])}?period={period.pk}"


@get_or_post
def shares(request: HouseRequest, indicator_id: int) -> HttpResponse:
    """Share a target out among the units directly below one (“?over=5”, or the body's own)."""
    found = queries.indicator_for(request.viewer, indicator_id)
    body, day = found.body, today_in(found.body)
    board = Board(body, [found], day)
    period = period_asked(request, board, found)
    key = key_asked(request, "over") or body.unit_id
    over = units_by_key([key]).get(key)
    if over is None:
        raise Http404(_("There is no such unit."))
    known = {share.unit_id: share for share in board.children(found, period, over.pk)}
    units = {unit.pk: unit.name for unit in below(over, day)} | {unit: one.unit.name for unit, one in known.items()}
    first = {f"unit_{unit}": plain(share.value, found.places) for unit, share in known.items()}
    first |= {f"weight_{unit}": plain(one.weight, 2) for unit, one in known.items() if one.weight is not None}
    form = forms.SharesForm(request.POST or None, indicator=found, units=list(units.items()), initial=first)

    def do(by: Actor) -> object:
        given = [acts.Share(*share) for share in form.shares]
        return acts.allocate_shares(by=by, indicator_id=found.pk, period_id=period.pk, over_id=over.pk, shares=given)

    left = board.remainder(found, period, over.pk)
    return enter(
        request,
        body if over.pk == body.unit_id else over,
        Kind.SHARES_ALLOCATED,
        form,
        do,
        heading=_("Share out %(code)s for “%(title)s”") % {"code": found.code, "title": period.title},
        button=_("Give these shares"),
        back=at_period(found, period),
        hint=""
        if left is None
        else _("%(unit)s has not handed on %(left)s %(measure)s yet.")
        % {"unit": over.name, "left": shown(left, found.places), "measure": found.unit_of_measure},
    )
