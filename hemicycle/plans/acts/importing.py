"""Reporting a whole table of figures by one act, all of it or nothing; and taking all of it back by another."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from hemicycle.accounts.access import narrowest
from hemicycle.accounts.rights import within
from hemicycle.bodies.models import Unit
from hemicycle.journal.act import Act, Actor, Happened, Refused, act
from hemicycle.plans.acts.planning import refuse_closed
from hemicycle.plans.acts.reporting import NewFigure, as_told, fit_figure
from hemicycle.plans.acts.setting import hold_all_measured, hold_periods, refuse_ended
from hemicycle.plans.models import Definition, Figure, FigureSheet, Indicator, Period
from hemicycle.plans.queries.board import Board
from hemicycle.plans.sheets import BadCell, Line, same
from hemicycle.plans.words import Kind

COLUMN_OF = {"figure": "figure", "denominator": "out of", "as_of": "as of", "explanation": "explanation"}


@dataclass(frozen=True)
class Tried:
    """What a table would come to: the figures that are new, how many rows change nothing, and its bad cells."""

    figures: list[Figure]
    unchanged: int
    faults: list[BadCell]


def try_figures(*, unit: Unit, lines: Sequence[Line], when: datetime, person: int | None) -> Tried:
    """Return what the rows of a unit's table come to, each asked like a report of its own; nothing is written."""
    indicators = found_indicators(lines)
    boards = boards_of(indicators.values(), when.date(), unit.pk)
    figures: list[Figure] = []
    faults: list[BadCell] = []
    unchanged = 0
    for line in sorted(lines, key=lambda one: (one.as_of, one.row)):
        body, code, number, version = line.key.split("/")
        indicator = indicators[body, code]
        board = boards[indicator.body_id]
        period = next(one for one in board.periods.values() if one.number == int(number))
        last = board.last_figure(indicator, period, unit.pk)
        if same(line, last):
            unchanged += 1
            continue
        try:
            refuse_closed(period)
            refuse_stale(line, last)
            figures.append(fitted(board, unit, indicator, period, line, int(version), when, person))
        except Refused as refused:
            faults.append(BadCell(line.row, COLUMN_OF.get(refused.field, "code"), refused.sentence))
    return Tried(figures, unchanged, sorted(faults, key=lambda fault: fault.row))


def refuse_stale(line: Line, last: Figure | None) -> None:
    """Refuse a row whose figure was reported, taken back or corrected since its table was made."""
    if line.stood == (last.number if last else 0):
        return
    if last is None:
        sentence = _("What stood in this row was taken back since. Download the template anew.")
    else:
        sentence = _(
            "Since this template was made, %(figure)s was reported as of %(day)s. Download the template anew, and "
            "change the row where that is wrong."
        ) % {"figure": as_told(last), "day": date_format(last.as_of)}
    raise Refused("reported_since", sentence, status=422, field="figure")


def fitted(
    board: Board,
    unit: Unit,
    indicator: Indicator,
    period: Period,
    line: Line,
    version: int,
    when: datetime,
    person: int | None,
) -> Figure:
    """Return the figure of a row, once nothing speaks against it."""
    as_of = date.fromisoformat(line.as_of)
    new = NewFigure(indicator.pk, period.pk, as_of, line.numerator, line.denominator, line.evidence, line.explanation)
    board.move_to(as_of)
    figure = fit_figure(board, unit, indicator, period, new, when=when, person=person)
    if figure.definition.version != version:
        raise Refused("defined_anew", _("What it counts was defined anew since. Download the template anew."))
    if figure not in board.figures[indicator.pk]:
        board.suppose(figure)
    return figure


def found_indicators(lines: Iterable[Line]) -> dict[tuple[str, str], Indicator]:
    """Return the indicators that rows are of, by body and code."""
    codes = {tuple(line.key.split("/")[:2]) for line in lines}
    found = Indicator.objects.filter(code__in={code for _body, code in codes})
    return {(one.body.slug, one.code): one for one in found.select_related("body__unit", "body__book", "period")}


def boards_of(indicators: Iterable[Indicator], day: date, unit: int) -> dict[int, Board]:
    """Return the boards of these indicators, one for each body, with the figures of one unit."""
    by_body: dict[int, list[Indicator]] = {}
    for indicator in indicators:
        by_body.setdefault(indicator.body_id, []).append(indicator)
    return {key: Board(some[0].body, some, day, only=unit) for key, some in by_body.items()}


def import_figures(
    *, by: Actor, unit_id: int, lines: Sequence[Line], file: str, happened: Happened | None = None
) -> FigureSheet:
    """Report the figures of a unit's table: all that are new, by one act; nothing where one of them is refused.

    The head of the unit reports in the unit's own book; for the body's own unit, the desk does.

    Raises:
        Refused: a cell is bad, by its address; all of it was reported already; or the unit ended.
    """
    with act(Kind.FIGURES_IMPORTED, by=by, happened=happened) as entry:
        indicators = found_indicators(lines)
        # In the order of allocate_shares: indicators, periods, unit.
        hold_all_measured(keys_of(lines, indicators))
        unit = entry.lock(Unit, unit_id)
        of_body = bool(indicators) and all(
            unit.pk == one.body.unit_id and by.book == one.body.book_id for one in indicators.values()
        )
        within(by, by.book if of_body else unit.book_id)
        refuse_ended(unit, entry)
        found = try_figures(unit=unit, lines=lines, when=entry.when, person=by.person)
        if found.faults:
            first = found.faults[0]
            raise Refused("sheet_unclean", f"{first.address}: {first.sentence}", status=422)
        if not found.figures:
            raise Refused("nothing_new", _("All of this was reported already. Nothing was entered twice."))
        sheet = entry.create(
            FigureSheet(
                unit=unit,
                number=unit.figure_sheets.count() + 1,
                file=file[:200],
                count=len(found.figures),
                book=entry.book,
                entered=entry.when,
            )
        )
        for figure in found.figures:
            figure.sheet = sheet
        made = entry.create_many(Figure, found.figures)
        tell(entry, sheet, made, {})
    return sheet


def keys_of(lines: Iterable[Line], indicators: Mapping[tuple[str, str], Indicator]) -> list[tuple[int, int]]:
    """Return the keys of the indicators and periods that rows are of."""
    bodies = {indicator.body_id for indicator in indicators.values()}
    periods = {(one.body_id, one.number): one.pk for one in Period.objects.filter(body__in=bodies)}
    found: set[tuple[int, int]] = set()
    for line in lines:
        body, code, number, _version = line.key.split("/")
        indicator = indicators[body, code]
        found.add((indicator.pk, periods[indicator.body_id, int(number)]))
    return sorted(found)


def tell(entry: Act, sheet: FigureSheet, figures: Sequence[Figure], more: dict[str, object]) -> None:
    """Record what an act says of a table and its figures."""
    things = {one for figure in figures for one in (figure.indicator, figure.period)}
    versions = dict(Definition.objects.filter(figures__in=figures).values_list("pk", "version"))
    entry.record(
        subjects=[sheet, sheet.unit, *figures, *things],
        access=narrowest(*(figure.period.access for figure in figures)),
        facts={
            "unit": sheet.unit.name,
            "number": sheet.number,
            "file": sheet.file,
            "count": sheet.count,
            **more,
            "figures": [
                {
                    "code": one.indicator.code,
                    "period": one.period.title,
                    "number": one.number,
                    "figure": as_told(one),
                    "as_of": one.as_of.isoformat(),
                    "definition": versions[one.definition_id],
                    "evidence": one.evidence,
                    "explanation": one.explanation,
                }
                for one in figures
            ],
        },
    )


def withdraw_figures(*, by: Actor, sheet_id: int, reason: str, happened: Happened | None = None) -> FigureSheet:
    """Take back all figures of a table, with a reason. They are kept and count no more; what was before counts again.

    Raises:
        Refused: without a reason; it was taken back already; somebody has looked at one of its figures; or a period
            was closed since.
    """
    with act(Kind.FIGURES_WITHDRAWN, by=by, happened=happened) as entry:
        sheet = entry.lock(FigureSheet, sheet_id)
        within(by, sheet.book_id)
        if not reason.strip():
            raise Refused("no_reason", _("Say why the table is taken back."), status=422, field="reason")
        if sheet.withdrawn:
            raise Refused(
                "withdrawn",
                _("This table was taken back on %(day)s already.") % {"day": date_format(sheet.withdrawn)},
            )
        locked = sheet.figures.select_for_update(of=("self",)).select_related("indicator", "period")
        figures = list(locked.order_by("pk"))
        periods = hold_periods({figure.period_id for figure in figures})
        for figure in figures:
            refuse_closed(periods[figure.period_id])
        looked_at = next((one for one in figures if one.state != Figure.State.REPORTED), None)
        if looked_at is not None:
            raise Refused(
                "looked_at",
                _(
                    "%(code)s for “%(period)s” was looked at by others already, so the table stands. Report anew what "
                    "is wrong in it."
                )
                % {"code": looked_at.indicator.code, "period": looked_at.period.title},
            )
        for figure in figures:
            figure.state = Figure.State.WITHDRAWN
        entry.update_many(figures, ["state"])
        entry.update(sheet, withdrawn=entry.when, reason=reason.strip())
        tell(entry, sheet, figures, {"reason": sheet.reason})
    return sheet
