"""Reporting figures, and reviewing or disputing them: never by whoever reported them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.core.files import File
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from hemicycle.accounts.rights import ask, within
from hemicycle.bodies.day import zone_of
from hemicycle.bodies.models import Unit
from hemicycle.decisions.keeping import kept
from hemicycle.decisions.rollup.figures import plain
from hemicycle.journal.act import Act, Actor, Happened, Refused, act
from hemicycle.plans.acts.planning import day_of, refuse_closed
from hemicycle.plans.acts.setting import hold_measured, hold_periods, refuse_ended
from hemicycle.plans.models import Figure, FigureFile, Indicator, Period, Review
from hemicycle.plans.queries.board import Board
from hemicycle.plans.rules.measure import Light
from hemicycle.plans.words import Kind


@dataclass(frozen=True)
class NewFigure:
    """How much there was in a period up to a day, in steps of the last place; a rate's parts are whole numbers."""

    indicator_id: int
    period_id: int
    as_of: date
    numerator: int
    denominator: int | None = None
    evidence: str = ""
    explanation: str = ""


def report_figure(
    *, by: Actor, unit_id: int, new: NewFigure, files: Sequence[File[bytes]] = (), happened: Happened | None = None
) -> Figure:
    """Report how much a unit has in one of the shortest periods, as of a day. The report of the latest day counts.

    The head of the unit reports in the unit's own book; for the body's own unit, the desk does.

    Raises:
        Refused: the period is closed, has parts, or has not begun; the unit ended, has no share, or handed it on; a
            rate has no denominator; it is what was reported last; it is far behind and nothing explains why; or a file
            is of a kind that is not taken.
    """
    ask(Kind.FIGURE_REPORTED, by)
    with kept(files, "files") as shown, act(Kind.FIGURE_REPORTED, by=by, happened=happened) as entry:
        # In the order of allocate_shares: indicator, periods, unit.
        indicator, period = hold_measured(new.indicator_id, new.period_id)
        unit = entry.lock(Unit, unit_id)
        of_body = unit.pk == indicator.body.unit_id and by.book == indicator.body.book_id
        within(by, by.book if of_body else unit.book_id)
        refuse_ended(unit, entry)
        board = Board(indicator.body, [indicator], new.as_of, only=unit.pk)
        figure = fit_figure(board, unit, indicator, period, new, when=entry.when, person=by.person, shown=bool(shown))
        entry.create(figure)
        entry.create_many(FigureFile, [FigureFile(figure=figure, **one.columns) for one in shown])
        entry.record(
            subjects=[figure, indicator, period, unit],
            access=period.access,
            facts={
                **facts_of(figure),
                "as_of": figure.as_of.isoformat(),
                "definition": figure.definition.version,
                "evidence": figure.evidence,
                "explanation": figure.explanation,
                "files": [{"name": one.name, "sha256": one.stored.sha256} for one in shown],
            },
        )
    return figure


def fit_figure(
    board: Board,
    unit: Unit,
    indicator: Indicator,
    period: Period,
    new: NewFigure,
    *,
    when: datetime,
    person: int | None,
    shown: bool = False,
) -> Figure:
    """Return a figure as it will stand, once nothing speaks against it; `shown`: further files come with it."""
    refuse_unfit_place(board, unit, indicator, period)
    today = when.astimezone(zone_of(indicator.body)).date()
    if not period.starts <= new.as_of <= min(period.ends, today):
        raise Refused(
            "outside_the_period",
            _("“%(title)s” lasts from %(starts)s to %(ends)s. A figure is as of one of these days, up to today.")
            % {"title": period.title, "starts": date_format(period.starts), "ends": date_format(period.ends)},
            status=422,
            field="as_of",
        )
    refuse_unfit_parts(indicator, new)
    place = (unit.pk, period.pk)
    figures = [one for one in board.figures.get(indicator.pk, []) if (one.unit_id, one.period_id) == place]
    of_that_day = [one for one in figures if one.as_of == new.as_of]
    numbers = [one.number for one in board.reported.get(indicator.pk, []) if (one.unit_id, one.period_id) == place]
    figure = Figure(
        indicator=indicator,
        definition=board.definitions[indicator.pk],
        period=period,
        unit=unit,
        number=max(numbers, default=0) + 1,
        as_of=new.as_of,
        numerator=new.numerator,
        denominator=new.denominator,
        evidence=new.evidence.strip(),
        explanation=new.explanation.strip(),
        reporter_id=person,
        reported=when,
    )
    if (
        of_that_day
        and not shown
        and said(of_that_day[-1]) == said(figure)
        and of_that_day[-1].state != Figure.State.DISPUTED
    ):
        raise Refused(
            "figure_reported", _("This very figure was reported already. Nothing was entered twice."), field="figure"
        )
    disputed = [one for one in figures if one.state == Figure.State.DISPUTED][-1:]
    if disputed and not figure.explanation and measured(disputed[0]) == measured(figure):
        raise Refused(
            "disputed_still",
            _("This very figure is disputed. Say why it stands all the same, or report another."),
            status=422,
            field="explanation",
        )
    if not figure.explanation and light_with(board, figure) == Light.RED:
        raise Refused(
            "no_explanation",
            _("This figure is far behind what was to be expected by %(day)s. Say why; it stands beside the figure.")
            % {"day": date_format(figure.as_of)},
            status=422,
            field="explanation",
        )
    return figure


def measured(figure: Figure) -> tuple[int, int | None]:
    """Return the parts of a figure."""
    return figure.numerator, figure.denominator


def said(figure: Figure) -> tuple[object, ...]:
    """Return what a report says, to tell it from the one before."""
    return figure.as_of, figure.numerator, figure.denominator, figure.evidence, figure.explanation


def refuse_unfit_place(board: Board, unit: Unit, indicator: Indicator, period: Period) -> None:
    """Refuse a period that has parts, and a unit that does not report."""
    if board.parts.get(period.pk):
        raise Refused(
            "period_has_parts",
            _("“%(title)s” has parts. Figures are reported for the shortest of them.") % {"title": period.title},
            status=422,
        )
    if unit.pk not in board.reporters(indicator, period):
        handed_on = any(one.over_id == unit.pk for one in board.shared_in(indicator, period).values())
        sentence = (
            _("%(unit)s handed its share of %(code)s on. The units that have it report.")
            if handed_on
            else _("%(unit)s has no share of %(code)s, so it has nothing to report on it.")
        )
        raise Refused("no_share", sentence % {"unit": unit.name, "code": indicator.code}, status=422)


def refuse_unfit_parts(indicator: Indicator, new: NewFigure) -> None:
    """Refuse a rate without its denominator, and a denominator where there is no rate."""
    if indicator.per is not None and not new.denominator:
        raise Refused(
            "no_denominator",
            _("A percentage without its denominator says nothing. Say out of how many, one or more."),
            status=422,
            field="denominator",
        )
    if indicator.per is None and new.denominator is not None:
        raise Refused("no_rate", _("This indicator is no rate. Report one number."), status=422, field="denominator")
    if indicator.per is not None and (new.numerator < 0 or (new.denominator or 0) < 0):
        raise Refused("below_nought", _("The parts of a rate are nought or more."), status=422, field="figure")


def light_with(board: Board, figure: Figure) -> Light:
    """Return how the unit would stand with this figure, in the shortest period for which it has an amount to reach."""
    indicator, unit = figure.indicator, figure.unit_id
    period = board.judged_in(indicator, figure.period, unit)
    if period is None:
        return Light.GREY
    board.suppose(figure)
    return board.standing(indicator, period, unit).light


def facts_of(figure: Figure) -> dict[str, object]:
    """Return what every entry about a figure says of it."""
    indicator = figure.indicator
    return {
        "unit": figure.unit.name,
        "code": indicator.code,
        "period": figure.period.title,
        "number": figure.number,
        "figure": as_told(figure),
        "unit_of_measure": indicator.unit_of_measure,
    }


def as_told(figure: Figure) -> str:
    """Return a figure as the book tells it: a number, or the parts of a rate."""
    if figure.denominator is None:
        return plain(figure.numerator, figure.indicator.places)
    return f"{figure.numerator}/{figure.denominator}"


def review_figure(*, by: Actor, figure_id: int, happened: Happened | None = None) -> Review:
    """Review a figure: somebody else than whoever reported it has looked at it and its evidence.

    The desk of the body reviews, or the head of the unit out of whose share it comes.

    Raises:
        Refused: by whoever reported it, or its unit; it is reviewed already; another report counts in its place; or the
            period is closed.
    """
    with act(Kind.FIGURE_REVIEWED, by=by, happened=happened) as entry:
        return looked_at(entry, figure_id, Figure.State.REVIEWED, "")


def dispute_figure(*, by: Actor, figure_id: int, reason: str, happened: Happened | None = None) -> Review:
    """Dispute a figure, with a reason: until it is reported anew or reviewed, it counts in no sum and no comparison.

    Raises:
        Refused: by whoever reported it, or its unit; without a reason; it is disputed already; another report counts in
            its place; or the period is closed.
    """
    with act(Kind.FIGURE_DISPUTED, by=by, happened=happened) as entry:
        if not reason.strip():
            raise Refused("no_reason", _("Say what is wrong with the figure."), status=422, field="reason")
        return looked_at(entry, figure_id, Figure.State.DISPUTED, reason.strip())


def looked_at(entry: Act, figure_id: int, outcome: Figure.State, reason: str) -> Review:
    """Write what came of looking at a figure."""
    by = entry.by
    figure = entry.lock(Figure, figure_id)
    indicator, unit = figure.indicator, figure.unit
    board = Board(indicator.body, [indicator], day_of(entry, indicator.body), only=unit.pk)
    over = by.book in board.looking_at(indicator, figure.period, unit.pk)
    refuse_own(by, figure)
    within(by, by.book if over else indicator.body.book_id)
    refuse_closed(hold_periods([figure.period_id])[figure.period_id])
    if figure.state == Figure.State.WITHDRAWN:
        raise Refused("figure_withdrawn", _("This figure was taken back. There is nothing to look at."))
    standing = indicator.figures.filter(period=figure.period, unit=unit).exclude(state=Figure.State.WITHDRAWN)
    if standing.latest("as_of", "number").pk != figure.pk:
        raise Refused("reported_anew", _("Another report counts in its place. Look at that one."))
    if figure.state == outcome:
        raise Refused("looked_at", _("This was said of the figure already. Nothing was entered."))
    review = entry.create(
        Review(
            figure=figure,
            number=figure.reviews.count() + 1,
            outcome=outcome,
            reason=reason,
            reviewer_id=by.person,
            reviewed=entry.when,
        )
    )
    entry.update(figure, state=outcome)
    entry.record(
        subjects=[review, figure, indicator, figure.period, unit],
        access=figure.period.access,
        facts={**facts_of(figure), "outcome": str(outcome), "reason": reason},
    )
    return review


def refuse_own(by: Actor, figure: Figure) -> None:
    """Refuse the person who reported a figure, and the unit whose figure it is."""
    if (by.person is not None and by.person == figure.reporter_id) or by.book == figure.unit.book_id:
        raise Refused(
            "own_figure",
            _("Nobody reviews their own figure, nor a unit its own. Somebody else has to look at it."),
            status=403,
        )
