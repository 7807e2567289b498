"""A table of old decisions and tasks, read cell by cell: one row for each task, or for a decision without one."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from xlsxwriter import Workbook

from hemicycle.bodies.cells import BadDay, day_of, one_line, text_of
from hemicycle.bodies.models import Unit
from hemicycle.bodies.sheets import CONTROL, Unreadable
from hemicycle.decisions.models.old import OldTask
from hemicycle.journal.clock import now

COLUMNS = ("decision", "title", "decided", "adopted", "task", "unit", "to do", "due", "state", "ended", "sector")
WIDTHS = (12, 32, 48, 12, 12, 26, 48, 12, 10, 12, 18)
DAYS = frozenset({"adopted", "due", "ended"})
OF_TASK = ("unit", "to do", "due", "state", "ended", "sector")
LONGEST: Mapping[str, int] = {"decision": 60, "title": 300, "task": 60, "sector": 100}
LONGEST_TEXT = 4000
MOST_FAULTS = 200


@dataclass(frozen=True)
class BadCell:
    """A bad cell: where it is, as a table program shows it, and a sentence about what is wrong and what to write."""

    row: int
    address: str
    sentence: str


@dataclass(frozen=True)
class OldRow:
    """A row that can be read: a decision, and its task where it has one. Days as they are written in the table."""

    row: int
    decision: str
    title: str = ""
    decided: str = ""
    adopted: str = ""
    task: str = ""
    unit: int | None = None
    to_do: str = ""
    due: str = ""
    state: str = ""
    ended: str = ""
    sector: str = ""


def template() -> bytes:
    """Return an empty table as XLSX."""
    file = io.BytesIO()
    book = Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": _("Old decisions and tasks"), "created": now()})
    sheet = book.add_worksheet("Decisions")
    bold, day = book.add_format({"bold": True, "bottom": 1}), book.add_format({"num_format": "yyyy-mm-dd"})
    for place, (name, width) in enumerate(zip(COLUMNS, WIDTHS, strict=True)):
        sheet.set_column(place, place, width, day if name in DAYS else None)
        sheet.write_string(0, place, name, bold)
    states = {"validate": "list", "source": list(OldTask.State.values), "ignore_blank": True}
    sheet.data_validation(1, COLUMNS.index("state"), 5000, COLUMNS.index("state"), states)
    sheet.freeze_panes(1, 1)
    book.close()
    return file.getvalue()


def address(places: Mapping[str, int], column: str, row: int) -> str:
    """Return where a cell is."""
    place, letters = places.get(column, 0) + 1, ""
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row}"


def read_rows(rows: Sequence[Sequence[object]]) -> tuple[list[OldRow], list[BadCell]]:
    """Return the rows of a table that can be read, and every bad cell, both in their order.

    Raises:
        Unreadable: a column is missing, there twice or not known, or there is no row below their names.
    """
    places = columns_in(rows)
    units = Named.all()
    found: list[OldRow] = []
    faults: list[BadCell] = []
    seen: dict[tuple[str, str], int] = {}
    if not any(text_of(cell) for cells in rows[1:] for cell in cells):
        raise Unreadable(_("There is no row below the names of the columns. Fill in the template and send it again."))
    for number, cells in enumerate(rows[1:], 2):
        row = {name: cells[place] if place < len(cells) else "" for name, place in places.items()}
        if not any(text_of(cell) for cell in cells):
            continue
        read, wrong = row_of(number, row, units)
        key = (read.decision, read.task)
        if read.decision and key in seen:
            wrong["task" if read.task else "decision"] = _("Row %(row)d is the same one. Each stands once.") % {
                "row": seen[key]
            }
        seen.setdefault(key, number)
        faults += [BadCell(number, address(places, name, number), wrong[name]) for name in COLUMNS if name in wrong]
        if not wrong:
            found.append(read)
        if len(faults) >= MOST_FAULTS:
            break
    return found, faults[:MOST_FAULTS]


def columns_in(rows: Sequence[Sequence[object]]) -> dict[str, int]:
    """Return at which place each column stands, by the names in the first row."""
    names = [text_of(cell).casefold() for cell in rows[0]] if rows else []
    unknown = [name for name in names if name and name not in COLUMNS]
    twice = [name for name in COLUMNS if names.count(name) > 1]
    missing = [name for name in ("decision", "title") if name not in names]
    said = {"columns": ", ".join(COLUMNS)}
    if missing:
        raise Unreadable(
            _("The first row has no column “%(name)s”. The columns are: %(columns)s.") % {**said, "name": missing[0]}
        )
    if twice:
        raise Unreadable(_("The column “%(name)s” is there twice. Delete one of them.") % {"name": twice[0]})
    if unknown:
        raise Unreadable(
            _("The column “%(name)s” is not known here. Delete or rename it. The columns are: %(columns)s.")
            % {**said, "name": unknown[0][:60]}
        )
    return {name: place for place, name in enumerate(names) if name}


@dataclass(frozen=True)
class Named:
    """The units by their short names and by what they are called."""

    by_slug: Mapping[str, int]
    by_name: Mapping[str, list[int]]

    @classmethod
    def all(cls) -> "Named":
        """Return every unit, those that ended too: old tasks were theirs."""
        slugs: dict[str, int] = {}
        names: dict[str, list[int]] = {}
        for key, slug, name in Unit.objects.values_list("pk", "slug", "name"):
            slugs[slug] = key
            names.setdefault(name.casefold(), []).append(key)
        return cls(slugs, names)

    def find(self, typed: str) -> tuple[int | None, str]:
        """Return the one unit that is called so; without it, what is wrong."""
        if typed in self.by_slug:
            return self.by_slug[typed], ""
        found = self.by_name.get(typed.casefold(), [])
        if len(found) == 1:
            return found[0], ""
        if found:
            return None, _("Several units are called so. Write its short name, as its address has it.")
        return None, _("No unit is called so. Write its name as it stands here, or leave the cell empty.")


def row_of(number: int, row: Mapping[str, object], units: Named) -> tuple[OldRow, dict[str, str]]:
    """Return a row as it was read, and what is wrong with its cells, by their columns."""
    wrong: dict[str, str] = {}
    texts = {name: one_line(text_of(cell)) for name, cell in row.items() if name not in DAYS}
    for name, text in texts.items():
        most = LONGEST.get(name, LONGEST_TEXT)
        if len(text) > most:
            wrong[name] = _("It is longer than %(most)d characters. Shorten it.") % {"most": most}
        elif CONTROL.search(text):
            wrong[name] = _("It holds a character that cannot be seen. Type the text anew.")
    days = {name: day_in(row, name, wrong) for name in DAYS}
    if not texts.get("decision"):
        wrong["decision"] = _("It is empty. Write the number or sign by which the old register knows the decision.")
    unit = None
    if texts.get("unit"):
        unit, fault = units.find(texts["unit"])
        if fault:
            wrong.setdefault("unit", fault)
    state = texts.get("state", "").casefold()
    if texts.get("task"):
        wrong |= wrong_task(texts, state, days["ended"]) | wrong
    elif any(text_of(row.get(name)) for name in OF_TASK):
        wrong.setdefault("task", _("It is empty. Write the number or sign by which the old register knows the task."))
    return (
        OldRow(
            number,
            texts.get("decision", ""),
            texts.get("title", ""),
            texts.get("decided", ""),
            days["adopted"],
            texts.get("task", ""),
            unit,
            texts.get("to do", ""),
            days["due"],
            state,
            days["ended"],
            texts.get("sector", ""),
        ),
        wrong,
    )


def wrong_task(texts: Mapping[str, str], state: str, ended: str) -> dict[str, str]:
    """Return what is wrong with the cells of a row that tell a task."""
    wrong: dict[str, str] = {}
    if not texts.get("to do"):
        wrong["to do"] = _("It is empty. Write what was to be done.")
    if state not in OldTask.State.values:
        wrong["state"] = _("Write one of: %(states)s.") % {"states": ", ".join(OldTask.State.values)}
    elif state == OldTask.State.OPEN and ended:
        wrong["ended"] = _("A task that is open has not ended. Empty the cell, or write another state.")
    return wrong


def day_in(row: Mapping[str, object], name: str, wrong: dict[str, str]) -> str:
    """Return the day in a cell as it is written in the table, "" where it is empty; note what is wrong."""
    if not text_of(row.get(name)):
        return ""
    try:
        return day_of(row[name]).isoformat()
    except BadDay as reason:
        wrong[name] = reason.sentence
        return ""


def as_day(written: str) -> date | None:
    """Return a day of a row."""
    return date.fromisoformat(written) if written else None
