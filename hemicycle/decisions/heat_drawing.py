"""The map of tasks by sector and unit as SVG: each cell says its figures, and is filled up to its share.

No colour says what figures and shapes do not: what is late is hatched, what is done is dotted, and where there is no
task a stroke stands on grey.
"""

from collections.abc import Mapping, Sequence
from textwrap import shorten, wrap

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hemicycle.bodies.models import Unit
from hemicycle.decisions.queries.heat import Cell
from hemicycle.ground import picture

LEFT, RIGHT, BOTTOM = 164, 10, 6
ACROSS, DOWN, GAP = 60, 44, 3
# So many letters stand beside a row in one line, and above a column on the slant.
BESIDE, ABOVE = 19, 22
# More columns than this are read in the table alone.
COLUMNS = 12
PATTERNS = mark_safe(
    '<defs><pattern id="heat-late" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect class="heatmap__ground" width="6" height="6"/><line class="heatmap__mark" x1="1" y1="0" x2="1" y2="6"/>'
    '</pattern><pattern id="heat-done" width="7" height="7" patternUnits="userSpaceOnUse">'
    '<rect class="heatmap__ground heatmap__ground--done" width="7" height="7"/>'
    '<circle class="heatmap__mark heatmap__mark--done" cx="2" cy="2" r="1.3"/></pattern></defs>'
)
Links = Mapping[tuple[int, str], str]


def cell_told(cell: Cell) -> str:
    """Return what the tasks of a cell come to, in words."""
    said = [
        ngettext("%(count)d task", "%(count)d tasks", cell.tasks) % {"count": cell.tasks},
        ngettext("%(count)d late", "%(count)d late", cell.late) % {"count": cell.late},
        _("%(count)d reported as done") % {"count": cell.claimed},
        _("%(count)d verified") % {"count": cell.done},
    ]
    return ", ".join(said)


def sector_told(sector: str) -> str:
    """Return the name of a sector, or that there is none."""
    return sector or _("no sector")


def heat_map(
    units: Sequence[Unit], sectors: Sequence[str], cells: Mapping[tuple[int, str], Cell], show: str, links: Links
) -> SafeString:
    """Draw units by sectors; `show`: “late” or “done”; `links`: the addresses of the tasks of cells."""
    drawn = sectors[:COLUMNS]
    top = 30 + slanted(drawn)
    parts = [PATTERNS]
    for column, sector in enumerate(drawn):
        x, y = LEFT + ACROSS * column + ACROSS / 2 - 4, top - 8
        slant = '<text class="heatmap__text" transform="translate({} {}) rotate(-45)">{}</text>'
        parts.append(format_html(slant, x, y, shortened(sector_told(sector), ABOVE)))
    for row, unit in enumerate(units):
        y = top + DOWN * row
        parts += beside(unit.name, y)
        for column, sector in enumerate(drawn):
            x, cell = LEFT + ACROSS * column, cells.get((unit.pk, sector))
            parts.append(with_tasks(unit, sector, cell, show, links[unit.pk, sector], x, y) if cell else without(x, y))
    right = max(RIGHT, slanted(drawn[-1:]) - ACROSS // 2 + 20)
    size = (LEFT + ACROSS * len(drawn) + right, top + DOWN * len(units) + BOTTOM)
    title = _("Tasks done, by unit and sector") if show == "done" else _("Tasks late, by unit and sector")
    return picture.framed(
        "heatmap", size, "heat-map", title, described(units, drawn, cells, show), *parts, with_links=True
    )


def slanted(sectors: Sequence[str]) -> int:
    """Return how high, and how far to the right, the longest of these names reaches on the slant."""
    return round(max(len(shortened(sector_told(one), ABOVE)) for one in sectors) * 5.4)


def beside(name: str, y: float) -> list[SafeString]:
    """Return the name of a unit beside its row, in two lines where it is long."""
    lines = wrap(name, BESIDE, max_lines=2, placeholder="…")
    first = y + (DOWN - GAP) / 2 + (5 if len(lines) == 1 else -3)
    return [
        picture.text("heatmap__text", LEFT - 10, first + 16 * number, one, "end") for number, one in enumerate(lines)
    ]


def with_tasks(unit: Unit, sector: str, cell: Cell, show: str, address: str, x: float, y: float) -> SafeString:
    """Draw a cell that has tasks, as a link to them."""
    count = cell.done if show == "done" else cell.late
    width, height = ACROSS - GAP, DOWN - GAP
    filled = round(height * count / cell.tasks, 1)
    told = f"{unit.name}, {sector_told(sector)}: {cell_told(cell)}"
    figures = picture.text("heatmap__count", x + width / 2, y + height / 2 + 5, f"{count}/{cell.tasks}", "middle")
    return format_html(
        '<a class="heatmap__link" href="{}" aria-label="{}"><title>{}</title>'
        '<rect class="heatmap__cell" x="{}" y="{}" width="{}" height="{}"/>'
        '<rect fill="url(#heat-{})" x="{}" y="{}" width="{}" height="{}"/>'
        '<rect class="heatmap__edge" x="{}" y="{}" width="{}" height="{}"/>{}</a>',
        *(address, told, told),
        *(x, y, width, height),
        *(show, x, round(y + height - filled, 1), width, filled),
        *(x, y, width, height, figures),
    )


def without(x: float, y: float) -> SafeString:
    """Draw a cell that has no task."""
    empty = format_html(
        '<rect class="heatmap__none" x="{}" y="{}" width="{}" height="{}"/>', x, y, ACROSS - GAP, DOWN - GAP
    )
    return empty + picture.text("heatmap__text", x + (ACROSS - GAP) / 2, y + DOWN / 2 + 3, "–", "middle")


def described(units: Sequence[Unit], sectors: Sequence[str], cells: Mapping[tuple[int, str], Cell], show: str) -> str:
    """Return in words what a map shows: all of it, and where most is."""
    names = {unit.pk: unit.name for unit in units}
    found = [(key, cell) for key, cell in cells.items() if key[1] in sectors]
    whole = Cell(*(sum(getattr(cell, name) for _key, cell in found) for name in ("tasks", "late", "claimed", "done")))
    said = _("All that is drawn: %(all)s.") % {"all": cell_told(whole)}
    most = max(found, key=lambda one: getattr(one[1], show), default=None)
    if most is None or not getattr(most[1], show):
        return said
    (unit, sector), cell = most
    told = {"unit": names[unit], "sector": sector_told(sector), "cell": cell_told(cell)}
    return said + " " + _("Most at %(unit)s, %(sector)s: %(cell)s.") % told


def shortened(words: str, letters: int) -> str:
    """Return words in so many letters."""
    return words if len(words) <= letters else shorten(words, letters, placeholder="…")
