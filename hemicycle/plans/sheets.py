"""The table in which a unit reports all its figures at once: made for it, and read back cell by cell.

Two hidden rows say which version of the template it is, and of which unit; a hidden column names what each row is of:
the body, the indicator, the period, and the version of the definition that its figure follows; and the number of the
report that stood when the table was made, so that none that came since is undone by it.
"""

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from hemicycle.accounts.access import Viewer
from hemicycle.bodies.cells import BadDay, day_of, one_line, text_of
from hemicycle.bodies.models import Unit
from hemicycle.bodies.sheets import CONTROL, MOST_ROWS, Unreadable
from hemicycle.decisions.rollup.figures import GREATEST, NoFigure, exact, plain, scaled
from hemicycle.decisions.rollup.forms import REASONS
from hemicycle.journal.clock import now
from hemicycle.plans.models import Definition, Figure, Indicator, Period
from hemicycle.plans.queries import Due, due_of

MARK, VERSION = "hemicycle figures", "2"
LOCKED = ("key", "code", "indicator", "period", "measured in", "counted")
TYPED = ("figure", "out of", "as of", "evidence", "explanation")
COLUMNS = (*LOCKED, *TYPED)
LETTERS = dict(zip(COLUMNS, "ABCDEFGHIJK", strict=True))
WIDTHS = (0, 10, 32, 24, 14, 30, 14, 14, 14, 36, 36)
HEADS = 3
LONGEST = 2000
MOST_FAULTS = 200


@dataclass(frozen=True)
class Asked:
    """A row of a unit's table: what it has to report, by which definition."""

    due: Due
    definition: Definition

    @property
    def key(self) -> str:
        """What names the row."""
        return row_key(self.due.indicator, self.due.period, self.definition.version)

    @property
    def locked(self) -> tuple[str, ...]:
        """What stands in its locked cells."""
        indicator, last = self.due.indicator, self.due.last
        key = f"{self.key}/{last.number if last else 0}"
        return (
            key,
            indicator.code,
            indicator.title,
            self.due.period.title,
            indicator.unit_of_measure,
            self.definition.counts,
        )


def row_key(indicator: Indicator, period: Period, version: int) -> str:
    """Return what names a row in every table and for good: body, code, period and version of the definition."""
    return f"{indicator.body.slug}/{indicator.code}/{period.number}/{version}"


@dataclass(frozen=True)
class BadCell:
    """A bad cell: where it is, and a sentence about what is wrong and what to write."""

    row: int
    column: str
    sentence: str

    @property
    def address(self) -> str:
        """Where it is, as a table program shows it."""
        return f"{LETTERS.get(self.column, 'A')}{self.row}"


@dataclass(frozen=True)
class Line:
    """A row that was filled in, and can be read; `stood`: the number of the report before it, 0 where there is none."""

    row: int
    key: str
    as_of: str
    numerator: int
    denominator: int | None
    evidence: str
    explanation: str
    stood: int = 0


def asked_of(viewer: Viewer, unit: Unit) -> list[Asked]:
    """Return the rows of a unit's table: what it reports in periods that have begun and are open."""
    dues = sorted(due_of(viewer, unit), key=lambda due: (due.indicator.code, due.period.starts, due.period.pk))
    definitions = Definition.objects.filter(indicator__in={due.indicator.pk for due in dues}).order_by("version")
    last = {definition.indicator_id: definition for definition in definitions}
    return [Asked(due, last[due.indicator.pk]) for due in dues]


def heads() -> list[str]:
    """Return what the columns are called for people."""
    told = (_("Code"), _("Indicator"), _("Period"), _("Measured in"), _("What is counted"), _("Figure"), _("Out of"))
    return ["", *told, _("As of"), _("Evidence"), _("Explanation")]


def template(unit: Unit, asked: Sequence[Asked]) -> bytes:
    """Return the table of a unit as XLSX: what names a row is locked, what was reported last stands in it."""
    file = io.BytesIO()
    book = Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": _("Figures of %(name)s") % {"name": unit.name}, "created": now()})
    sheet = book.add_worksheet("Figures")
    bold, fixed = book.add_format({"bold": True, "bottom": 1}), book.add_format({"font_color": "#555555"})
    formats = {
        "text": book.add_format({"locked": False, "text_wrap": True, "num_format": "@", "bg_color": "#FFF8DC"}),
        "day": book.add_format({"locked": False, "num_format": "yyyy-mm-dd", "bg_color": "#FFF8DC"}),
        **{
            str(places): book.add_format(
                {"locked": False, "num_format": f"0.{'0' * places}" if places else "0", "bg_color": "#FFF8DC"}
            )
            for places in range(5)
        },
    }
    for place, width in enumerate(WIDTHS):
        sheet.set_column(place, place, width, None, {"hidden": not width})
    for number, cells in enumerate(((MARK, VERSION, unit.slug), COLUMNS, heads())):
        for place, cell in enumerate(cells):
            sheet.write_string(number, place, cell, bold)
    sheet.set_row(0, None, None, {"hidden": True})
    sheet.set_row(1, None, None, {"hidden": True})
    sheet.freeze_panes(HEADS, 2)
    for number, one in enumerate(asked, HEADS):
        for place, cell in enumerate(one.locked):
            sheet.write_string(number, place, cell, fixed)
        for place, (kind, value) in enumerate(typed_cells(one), len(LOCKED)):
            write(sheet, number, place, value, formats[kind] if kind else fixed)
        for place, rule in validations(one):
            sheet.data_validation(number, place, number, place, rule)
    sheet.protect("", {"format_columns": True, "format_rows": True})
    book.close()
    return file.getvalue()


def write(sheet: Worksheet, row: int, column: int, value: object, format_: Format) -> None:
    """Write a cell: text as text, never as a formula or an address."""
    match value:
        case str():
            sheet.write_string(row, column, value, format_)
        case date():
            sheet.write_datetime(row, column, value, format_)
        case Decimal():
            sheet.write_number(row, column, value, format_)
        case _:
            sheet.write_blank(row, column, None, format_)


def typed_cells(one: Asked) -> Iterator[tuple[str, object]]:
    """Yield the cells of a row that are filled in: the kind of each ("" where it is none) and what stands in it."""
    indicator, last = one.due.indicator, one.due.last
    places = 0 if indicator.per is not None else indicator.places
    yield str(places), Decimal(plain(last.numerator, places)) if last else None
    yield (
        "0" if indicator.per is not None else "",
        Decimal(last.denominator) if last and last.denominator is not None else None,
    )
    yield "day", last.as_of if last else None
    yield "text", one_line(last.evidence) if last else None
    yield "text", one_line(last.explanation) if last else None


def validations(one: Asked) -> Iterator[tuple[int, dict[str, object]]]:
    """Yield what a table program holds the cells of a row to, with the sentence that it says."""
    indicator, period = one.due.indicator, one.due.period
    rate = indicator.per is not None
    whole = rate or not indicator.places
    first, second = COLUMNS.index("figure"), COLUMNS.index("out of")
    refused = {"error_title": _("Not entered"), "criteria": "between"}
    figure = _("A number, like 1234.5.") if not whole else _("A whole number, like 1234.")
    least = 0 if rate else -GREATEST
    kind = "integer" if whole else "decimal"
    yield first, {**refused, "validate": kind, "minimum": least, "maximum": GREATEST, "error_message": figure}
    if rate:
        some = _("A whole number, one or more.")
        yield second, {**refused, "validate": "integer", "minimum": 1, "maximum": GREATEST, "error_message": some}
    days = {"minimum": period.starts, "maximum": period.ends}
    day = _("A day from %(starts)s to %(ends)s.") % {"starts": period.starts, "ends": period.ends}
    yield COLUMNS.index("as of"), {**refused, **days, "validate": "date", "error_message": day}


def read_lines(
    rows: Sequence[Sequence[object]], unit: Unit, asked: Sequence[Asked]
) -> tuple[list[Line], list[BadCell]]:
    """Return the rows of a table that were filled in, and every cell that cannot be read, both in their order.

    Raises:
        Unreadable: it is no template, one of another unit, or one of an older version.
    """
    refuse_other(rows, unit)
    known = {one.key: one for one in asked}
    seen: dict[str, int] = {}
    lines: list[Line] = []
    faults: list[BadCell] = []
    for number, cells in enumerate(rows[HEADS:], HEADS + 1):
        row = dict(zip(COLUMNS, [*cells, *[""] * len(COLUMNS)], strict=False))
        if not any(text_of(cell) for cell in cells):
            continue
        key, _slash, stood = text_of(row["key"]).rpartition("/")
        wrong = list(wrong_key(number, row, key, known, seen))
        seen.setdefault(key.rpartition("/")[0], number)
        if not wrong and any(text_of(row[column]) for column in TYPED):
            found, wrong = line_of(number, row, known[key], stood)
            lines += [found] if found else []
        faults += wrong
        if len(faults) >= MOST_FAULTS or len(lines) > MOST_ROWS:
            break
    return lines, faults[:MOST_FAULTS]


def refuse_other(rows: Sequence[Sequence[object]], unit: Unit) -> None:
    """Refuse what is no template of this unit, in its version of today."""
    mark, version, slug = ([*(text_of(cell) for cell in (rows[0] if rows else [])), "", "", ""])[:3]
    said = {"unit": unit.name, "version": version[:20], "now": VERSION, "other": slug[:80]}
    if mark != MARK:
        raise Unreadable(_("This is no template of figures. Download the one of %(unit)s and fill it in.") % said)
    if version != VERSION:
        raise Unreadable(
            _(
                "This template is of version %(version)s, and figures are now taken in version %(now)s. Download it "
                "anew and copy your figures into it."
            )
            % said
        )
    if slug != unit.slug:
        raise Unreadable(_("This is the template of another unit, “%(other)s”, not of %(unit)s.") % said)
    names = [text_of(cell) for cell in rows[1]] if len(rows) > 1 else []
    while names and not names[-1]:
        names.pop()
    if names != list(COLUMNS):
        raise Unreadable(
            _("The columns of this template were changed. Download it anew, and fill in only the coloured cells.")
        )


def wrong_key(
    number: int, row: Mapping[str, object], key: str, known: Mapping[str, Asked], seen: Mapping[str, int]
) -> Iterator[BadCell]:
    """Yield what is wrong with the cells that say what a row is of."""
    place, _slash, version = key.rpartition("/")
    now_version = next((one.definition.version for found, one in known.items() if found.startswith(f"{place}/")), None)
    if place in seen:
        yield BadCell(number, "code", _("Row %(row)d is the same one. Each stands once.") % {"row": seen[place]})
    elif key not in known and place and now_version is not None:
        yield BadCell(
            number,
            "code",
            _("What it counts was defined anew since (version %(new)s, not %(old)s). Download the template anew.")
            % {"new": now_version, "old": version[:20]},
        )
    elif key not in known:
        yield BadCell(
            number, "code", _("This unit reports no such figure now. Delete the row, or download the template anew.")
        )
    else:
        for column, stands in zip(LOCKED[1:], known[key].locked[1:], strict=True):
            if one_line(text_of(row[column])) != one_line(stands):
                said = _(
                    "This cell is locked, and in the template “%(text)s” stands in it. Download the template anew."
                )
                yield BadCell(number, column, said % {"text": stands[:80]})


def line_of(number: int, row: Mapping[str, object], one: Asked, stood: str) -> tuple[Line | None, list[BadCell]]:
    """Return a row that can be read, or its bad cells."""
    wrong: dict[str, str] = {}
    indicator = one.due.indicator
    rate = indicator.per is not None
    numerator = figure_in(row, "figure", 0 if rate else indicator.places, wrong)
    denominator = None
    if rate:
        denominator = figure_in(row, "out of", 0, wrong)
    elif text_of(row["out of"]):
        wrong["out of"] = _("This indicator is no rate. Leave the cell empty.")
    as_of = day_in(row["as of"], wrong)
    texts = {column: one_line(text_of(row[column])) for column in ("evidence", "explanation")}
    for column, text in texts.items():
        if len(text) > LONGEST:
            wrong[column] = _("It is longer than %(most)d characters. Shorten it.") % {"most": LONGEST}
        elif CONTROL.search(text):
            wrong[column] = _("It holds a character that cannot be seen. Type the text anew.")
    if wrong or numerator is None or as_of is None:
        return None, [BadCell(number, column, wrong[column]) for column in TYPED if column in wrong]
    before = int(stood) if stood.isascii() and stood.isdigit() else 0
    return Line(number, one.key, as_of.isoformat(), numerator, denominator, **texts, stood=before), []


def figure_in(row: Mapping[str, object], column: str, places: int, wrong: dict[str, str]) -> int | None:
    """Return the figure in a cell, in steps of its last place; note what is wrong where it is none."""
    cell = row[column]
    if not text_of(cell):
        wrong[column] = _("It is empty. Write the figure, or empty the whole row: what is missing stays missing.")
        return None
    try:
        if isinstance(cell, int | float) and not isinstance(cell, bool):
            # What a table program keeps of a number, and shows: fifteen places.
            return exact(format(Decimal(f"{cell:.15g}"), "f"), places)
        if isinstance(cell, str):
            return scaled(cell, places)
    except NoFigure as reason:
        wrong[column] = str(REASONS[reason.reason])
        return None
    wrong[column] = _("This is a day or something else, no number. Format the cell as a number and write it anew.")
    return None


def day_in(cell: object, wrong: dict[str, str]) -> date | None:
    """Return the day in a cell; note what is wrong where it is none."""
    if not text_of(cell):
        wrong["as of"] = _("It is empty. Write the day up to which it was counted, like 2026-03-02.")
        return None
    try:
        return day_of(cell)
    except BadDay as reason:
        wrong["as of"] = reason.sentence
        return None


def same(line: Line, last: Figure | None) -> bool:
    """Say whether a row is what was reported last, so that it changes nothing."""
    if last is None:
        return False
    kept = (last.as_of.isoformat(), last.numerator, last.denominator)
    texts = (one_line(last.evidence), one_line(last.explanation))
    return (*kept, *texts) == (line.as_of, line.numerator, line.denominator, line.evidence, line.explanation)
