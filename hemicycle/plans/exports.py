"""The figures of a plan as files: CSV with its description (CSVW), XLSX and JSON, all of the same rows.

A row is the figure of a unit that counts for one of the shortest periods; where there is none, it says so.
"""

import io
import json
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from xlsxwriter import Workbook

from hemicycle.bodies import csvw
from hemicycle.bodies.csvw import NUMBERS, Column
from hemicycle.bodies.models import Unit
from hemicycle.decisions.rollup.figures import plain
from hemicycle.journal.clock import now
from hemicycle.plans.models import Definition, Figure, Indicator, Period
from hemicycle.plans.queries.board import Board, units_by_key


def columns() -> list[Column]:
    """Return the columns of every export."""
    return [
        Column("code", _("Code"), required=True),
        Column("indicator", _("Indicator"), required=True),
        Column("sector", _("Sector")),
        Column("unit_of_measure", _("Measured in"), required=True),
        Column("rate_per", _("A rate per"), "integer"),
        Column("period", _("Number of the period"), "integer", required=True),
        Column("period_title", _("Period"), required=True),
        Column("starts", _("First day"), "date", required=True),
        Column("ends", _("Last day"), "date", required=True),
        Column("unit", _("Key of the unit"), required=True),
        Column("unit_name", _("Unit"), required=True),
        Column("share", _("Share"), "decimal"),
        Column("share_period", _("Number of the period of the share"), "integer"),
        Column("target", _("Target of all in that period"), "decimal"),
        Column("figure", _("Figure"), "decimal"),
        Column("out_of", _("Out of"), "integer"),
        Column("as_of", _("As of"), "date"),
        Column("state", _("State"), required=True),
        Column("definition", _("Version of the definition"), "integer"),
        Column("evidence", _("Evidence")),
        Column("explanation", _("Explanation")),
    ]


Row = dict[str, str]


def rows_of(board: Board, period: Period) -> list[Row]:
    """Return the rows of a plan, of the indicators of a board, in the order of code, period and unit."""
    places = [
        (indicator, leaf, unit)
        for indicator in board.indicators.values()
        for leaf in board.leaves(period)
        if leaf.starts <= board.day
        for unit in board.reporters(indicator, leaf)
    ]
    units = units_by_key(list({unit for _indicator, _leaf, unit in places}))
    versions = dict(Definition.objects.filter(indicator__in=board.indicators).values_list("pk", "version"))
    return [
        {
            **place_told(indicator, leaf, units[unit]),
            **share_told(board, indicator, leaf, unit),
            **figure_told(indicator, board.last_figure(indicator, leaf, unit), versions),
        }
        for indicator, leaf, unit in places
    ]


def place_told(indicator: Indicator, period: Period, unit: Unit) -> Row:
    """Return what a row is of."""
    return {
        "code": indicator.code,
        "indicator": indicator.title,
        "sector": indicator.sector,
        "unit_of_measure": indicator.unit_of_measure,
        "rate_per": plain(indicator.per, 0),
        "period": str(period.number),
        "period_title": period.title,
        "starts": period.starts.isoformat(),
        "ends": period.ends.isoformat(),
        "unit": unit.slug,
        "unit_name": unit.name,
    }


def share_told(board: Board, indicator: Indicator, period: Period, unit: int) -> Row:
    """Return what a unit is to reach, in the shortest period in which it has something to, and all together there."""
    judged = board.judged_in(indicator, period, unit)
    if judged is None:
        return {"share": "", "share_period": "", "target": ""}
    share, target = board.amount(indicator, judged, unit), board.amount(indicator, judged)
    return {
        "share": plain(share.value, indicator.places) if share else "",
        "share_period": str(judged.number),
        "target": plain(target.value, indicator.places) if target else "",
    }


def figure_told(indicator: Indicator, figure: Figure | None, versions: Mapping[int, int]) -> Row:
    """Return what was reported; a rate as its two parts, what is missing as missing."""
    if figure is None:
        empty = ("figure", "out_of", "as_of", "definition", "evidence", "explanation")
        return {"state": "missing", **dict.fromkeys(empty, "")}
    return {
        "figure": plain(figure.numerator, 0 if indicator.per is not None else indicator.places),
        "out_of": plain(figure.denominator, 0),
        "as_of": figure.as_of.isoformat(),
        "state": figure.state,
        "definition": str(versions[figure.definition_id]),
        "evidence": figure.evidence,
        "explanation": figure.explanation,
    }


def as_csv(rows: Sequence[Row]) -> str:
    """Return the rows as CSV; no text in them is taken for a formula."""
    return csvw.as_csv(columns(), rows)


def as_csvw(period: Period, file: str) -> str:
    """Return what describes the CSV."""
    key = ("code", "period", "unit")
    return csvw.as_csvw(columns(), file=file, title=period.title, language=period.language, key=key)


def as_json(period: Period, rows: Sequence[Row]) -> str:
    """Return the rows as JSON: figures as text, exactly as they were reported; null for what is missing."""
    plan = {
        "body": period.body.slug,
        "number": period.number,
        "title": period.title,
        "starts": period.starts.isoformat(),
        "ends": period.ends.isoformat(),
    }
    told = [{name: value or None for name, value in row.items()} for row in rows]
    return json.dumps({"plan": plan, "figures": told}, ensure_ascii=False, indent=1)


def as_xlsx(period: Period, rows: Sequence[Row]) -> bytes:
    """Return the rows as XLSX: numbers as numbers, days as days, text as text, and nothing as a formula."""
    file, named = io.BytesIO(), columns()
    book = Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": period.title, "created": now()})
    sheet, bold = book.add_worksheet("Figures"), book.add_format({"bold": True, "bottom": 1})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for place, column in enumerate(named):
        sheet.write_string(0, place, column.title, bold)
    for number, row in enumerate(rows, 1):
        for place, column in enumerate(named):
            value = row[column.name]
            if value and column.datatype in NUMBERS:
                sheet.write_number(number, place, Decimal(value))
            elif value and column.datatype == "date":
                sheet.write_datetime(number, place, date.fromisoformat(value), day)
            elif value:
                sheet.write_string(number, place, value)
    sheet.freeze_panes(1, 2)
    sheet.autofilter(0, 0, max(len(rows), 1), len(named) - 1)
    book.close()
    return file.getvalue()
