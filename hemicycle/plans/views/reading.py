"""The pages that show plans: a body's, one of them, an indicator, and what a unit has to report."""

from django.db.models import prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from hemicycle.accounts.request import HouseRequest
from hemicycle.bodies.day import today_in
from hemicycle.bodies.models import Body, Unit
from hemicycle.bodies.queries import below, body_named, unit_named
from hemicycle.decisions.models import Decision
from hemicycle.decisions.rollup.figures import shown
from hemicycle.journal.act import Actor
from hemicycle.plans import queries
from hemicycle.plans.drawing import burn_up
from hemicycle.plans.models import Figure, Indicator, Period
from hemicycle.plans.queries.board import Board, span_of
from hemicycle.plans.queries.pictures import burn_up_of, burn_up_rows, counters, heat_of, reckoned
from hemicycle.plans.queries.shown import (
    Share,
    figure_measured,
    figure_told,
    gone_told,
    rows_of,
    shares_told,
    told,
    versions_told,
)
from hemicycle.plans.rules.periods import PeriodKind
from hemicycle.plans.views.asked import period_asked
from hemicycle.plans.words import Kind

LAST_FIGURES = 40


@require_GET
def plans(request: HouseRequest, slug: str) -> HttpResponse:
    """Show the plans of a body."""
    body = body_named(slug)
    shown = {"body": body, "plans": queries.plans_of(request.viewer, body), "planning": planning(request, body)}
    return render(request, "plans/plans.html", shown)


def planning(request: HouseRequest, body: Body) -> list[Actor]:
    """Return the capacities in which the reader may plan for a body."""
    return request.actors_in(body.book_id, Kind.PERIOD_PLANNED)


@require_GET
def plan(request: HouseRequest, slug: str, number: int) -> HttpResponse:
    """Show a period of a plan: its parts, its campaigns, and how its indicators stand."""
    period = queries.period_for(request.viewer, slug, number)
    body, board = period.body, queries.board_of(request.viewer, period)
    parts = [one for one in board.periods.values() if one.parent_id == period.pk]
    span = span_of(period)
    return render(
        request,
        "plans/plan.html",
        {
            "period": period,
            "body": body,
            "above": board.up(period)[:0:-1],
            "parts": [one for one in parts if one.kind != PeriodKind.CAMPAIGN],
            "campaigns": [one for one in parts if one.kind == PeriodKind.CAMPAIGN],
            "rows": rows_of(board, period),
            "counters": counters(board, period) if period.kind == PeriodKind.CAMPAIGN else [],
            "heat": heat_of(board, period),
            "day": span.day_number(board.day),
            "days": span.days,
            "over": board.day > period.ends,
            "planning": [] if any(one.closed for one in board.up(period)) else planning(request, body),
        },
    )


@require_GET
def indicator(request: HouseRequest, indicator_id: int) -> HttpResponse:
    """Show an indicator in a period: what it counts, its target with every change, its shares and its figures."""
    found = queries.indicator_for(request.viewer, indicator_id)
    body, today = found.body, today_in(found.body)
    board = Board(body, [found], today)
    period = period_asked(request, board, found)
    leaves = {leaf.pk for leaf in board.leaves(period)}
    figures = [one for one in reversed(board.reported.get(found.pk, [])) if one.period_id in leaves]
    closed = any(one.closed for one in board.up(period))
    desk = [] if closed else request.actors_in(body.book_id, Kind.TARGET_SET)
    shares = shares_told(board, found, period)
    return render(
        request,
        "plans/indicator.html",
        {
            "indicator": found,
            "body": body,
            "period": period,
            "above": board.up(period)[::-1],
            "periods": board.below(found.period),
            "definitions": list(found.definitions.order_by("-version")),
            "told": told(found, period, board.standing(found, period)),
            "baseline": shown(found.baseline, found.places),
            "picture": drawn(board, found, period),
            "reckoned": reckoned(board, found, period),
            "shares": shares,
            "gone": gone_told(board, found, period),
            "handing": [] if closed else handing(request, shares),
            "versions": versions_told(board, found, period),
            "figures": [figure_row(request, found, one, board) for one in with_files(figures[:LAST_FIGURES])],
            "methods": list(found.methods.filter(period=period).select_related("unit").order_by("-pk")[:LAST_FIGURES]),
            "more": len(figures) > LAST_FIGURES,
            "desk": desk,
            # Whoever reports on it without reading the plan does not read the decisions behind it either.
            "seen": request.viewer.sees(found.period.access, book=body.book_id),
        },
    )


def with_files(figures: list[Figure]) -> list[Figure]:
    """Return figures with the files that show them and what came of looking at those in dispute, read at once."""
    prefetch_related_objects(figures, "files")
    prefetch_related_objects([one for one in figures if one.state == Figure.State.DISPUTED], "reviews")
    return figures


def why_disputed(figure: Figure | None) -> str:
    """Return why a figure is disputed; nothing where it is not."""
    if figure is None or figure.state != Figure.State.DISPUTED:
        return ""
    *_before, last = figure.reviews.all()
    return last.reason


def drawn(board: Board, indicator: Indicator, period: Period) -> dict[str, object]:
    """Return the burn-up of an indicator with the table beside it; nothing before there is a target or a figure."""
    made = burn_up_of(board, indicator, period)
    if made is None:
        return {}
    rows = burn_up_rows(board, indicator, period, made)
    return {
        "svg": burn_up(made),
        "rows": rows,
        "band": made.forecast is not None,
        "expected": bool(made.expected),
        "part": not all(one.whole for one in rows),
    }


def handing(request: HouseRequest, shares: list[Share]) -> list[Share]:
    """Return the shares handed on already that the reader gave, as the head of the unit that has them."""
    handed = [one for one in shares if one.depth and one.handed_on]
    return [one for one in handed if request.actors_in(one.unit.book_id, Kind.SHARES_ALLOCATED)]


def figure_row(request: HouseRequest, indicator: Indicator, figure: Figure, board: Board) -> dict[str, object]:
    """Return a figure as the table of figures shows it."""
    last = board.last_figure(indicator, board.periods[figure.period_id], figure.unit_id)
    tones = {
        Figure.State.REPORTED: "plain",
        Figure.State.REVIEWED: "good",
        Figure.State.DISPUTED: "warn",
        Figure.State.WITHDRAWN: "plain",
    }
    states = {
        Figure.State.REPORTED: _("reported"),
        Figure.State.REVIEWED: _("reviewed"),
        Figure.State.DISPUTED: _("disputed"),
        Figure.State.WITHDRAWN: _("taken back"),
    }
    state = Figure.State(figure.state)
    return {
        "figure": figure,
        "period": board.periods[figure.period_id],
        "told": figure_told(indicator, figure),
        "state": states[state],
        "tone": tones[state],
        "counts": last is not None and last.pk == figure.pk,
        "withdrawn": figure.state == Figure.State.WITHDRAWN,
        "why": why_disputed(figure),
        "looking": looking(request, indicator, figure, board),
    }


def looking(request: HouseRequest, indicator: Indicator, figure: Figure, board: Board) -> bool:
    """Say whether the reader may review or dispute a figure: the body's desk, or the head of a unit over its own."""
    period = board.periods[figure.period_id]
    own = figure.unit.book_id in {actor.book for actor in request.actors}
    if not request.actors or own or any(one.closed for one in board.up(period)):
        return False
    books = board.looking_at(indicator, period, figure.unit_id)
    return any(request.actors_in(book, Kind.FIGURE_REVIEWED) for book in books)


@require_GET
def figures(request: HouseRequest, slug: str) -> HttpResponse:
    """Show what a unit has to report, and what it reported."""
    unit = unit_named(slug)
    return render(request, "plans/figures.html", due_shown(request, unit))


def due_shown(request: HouseRequest, unit: Unit) -> dict[str, object]:
    """Return what a unit has to report, what waits first."""
    found = queries.due_of(request.viewer, unit)
    # Whoever reported on a share themselves does not hand it on any more; the body's own is shared out by its desk.
    shares = {(due.indicator.pk, due.judged.pk) for due in found if due.indicator.body.unit_id != unit.pk}
    whole = shares - {(due.indicator.pk, due.judged.pk) for due in found if due.last}
    giving = whole and request.actors_in(unit.book_id, Kind.SHARES_ALLOCATED) and below(unit, today_in(unit)).exists()
    drafts = queries.drafts_of(request.viewer, unit)
    prefetch_related_objects(
        [due.last for due in found if due.last and due.last.state == Figure.State.DISPUTED], "reviews"
    )
    rows = [
        {
            "due": due,
            "why": why_disputed(due.last),
            "drafted": (due.indicator.pk, due.period.pk) in drafts,
            "told": told(due.indicator, due.period, due.standing),
            "last": figure_measured(due.indicator, due.last) if due.last else "",
            "handing": giving and (due.indicator.pk, due.judged.pk) in whole,
        }
        for due in found
    ]
    bodies = {due.indicator.body for due in found}
    return {
        "unit": unit,
        "lists": [
            (_("To report"), [one for one, due in zip(rows, found, strict=True) if due.waits]),
            (_("Reported"), [one for one, due in zip(rows, found, strict=True) if not due.waits]),
        ],
        "any": bool(found),
        # A body's desk reports what the body's own unit has to; what was done is told by the unit's head alone.
        "reporting": request.actors_in(unit.book_id, Kind.FIGURE_REPORTED)
        or any(request.actors_in(body.book_id, Kind.FIGURE_REPORTED) for body in bodies if body.unit_id == unit.pk),
        "telling": request.actors_in(unit.book_id, Kind.METHOD_TOLD),
    }


def of_body(request: HouseRequest, body: Body) -> str:
    """Return the plans of a body, for its page; who makes them finds them on their own, and costs no query here."""
    desk = planning(request, body)
    found = [] if desk else queries.plans_of(request.viewer, body)
    if not found and not desk:
        return ""
    return render_to_string("plans/of_body.html", {"plans": found, "body": body, "planning": desk}, request)


def of_decision(request: HouseRequest, decision: Decision) -> str:
    """Return the plans that a decision made and the targets that it set, for its page."""
    shown = queries.set_by(request.viewer, decision)
    return render_to_string("plans/of_decision.html", shown, request) if any(shown.values()) else ""


def of_unit(request: HouseRequest, unit: Unit) -> str:
    """Return of what a unit reports figures for plans, for its page; how they stand is on a page of its own."""
    found = list(queries.indicators_of(request.viewer, unit))
    reporting = request.actors_in(unit.book_id, Kind.FIGURE_REPORTED)
    shown = {"unit": unit, "indicators": found, "reporting": reporting}
    return render_to_string("plans/of_unit.html", shown, request) if found else ""
