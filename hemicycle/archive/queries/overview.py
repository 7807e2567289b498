"""The meetings of an archive on one page: a table with every cell linked to its passage, and a line of time."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from hemicycle.accounts.access import Viewer
from hemicycle.archive.addresses import passage_address
from hemicycle.archive.fields import Label, field_named
from hemicycle.archive.models import ArchivedMeeting, ArchivedReport, Fact
from hemicycle.archive.queries.meetings import Comparison, Line, facts_for, line, reports_for, torn_fields
from hemicycle.bodies.sheets import harmless

COLUMNS = (
    "meeting.start",
    "meeting.end",
    "meeting.place",
    "presided_by",
    "authorized_by",
    "attendance",
    "agenda",
    "adopted",
    "tasks",
    "criticised",
)
# Of fields with many rows the table shows how many, with a link to the first.
COUNTED = frozenset({"attendance", "agenda", "adopted", "tasks", "criticised"})
WIDTH, LEFT, RIGHT, TOP, LANE = 960, 130, 30, 26, 44


@dataclass(frozen=True)
class Cell:
    """What the meetings' reports state of one field: all of it, and the lines that a table has room for.

    `silent` says why nothing stands there.
    """

    every: list[Line]
    lines: list[Line]
    count: int
    silent: str
    disagree: bool


@dataclass(frozen=True)
class OverviewRow:
    """A meeting with its cells."""

    meeting: ArchivedMeeting
    cells: list[Cell]


def overview(viewer: Viewer, meetings: Sequence[ArchivedMeeting]) -> list[OverviewRow]:
    """Return the table of these meetings, as the sources that this viewer may read state them."""
    facts: dict[int, dict[str, list[Fact]]] = defaultdict(lambda: defaultdict(list))
    for fact in facts_for(viewer, meetings).filter(field__in=COLUMNS):
        facts[fact.report.meeting_id][fact.field].append(fact)
    rows = []
    for meeting in meetings:
        own = facts[meeting.pk]
        torn = torn_fields([fact for some in own.values() for fact in some])
        rows.append(OverviewRow(meeting, [cell(name, own[name], disagree=name in torn) for name in COLUMNS]))
    return rows


def cell(name: str, facts: Sequence[Fact], *, disagree: bool) -> Cell:
    """Return the cell of one field."""
    lines = [line(fact) for fact in facts if fact.state == Fact.State.STATED]
    looked = any(fact.state == Fact.State.NOT_STATED for fact in facts)
    silent = "" if lines else _("not stated") if looked else _("not found")
    seen: dict[str, Line] = {}
    for one in lines:
        seen.setdefault(one.value, one)
    kept = list(seen.values())
    shown = kept[:1] if name in COUNTED else kept
    return Cell(kept, shown, len(kept) if name in COUNTED else 0, silent, disagree)


def headings() -> list[Label]:
    """Return the names of the columns."""
    return [field_named(name).label for name in COLUMNS]


def csv_rows(rows: Sequence[OverviewRow], address: str) -> Iterator[list[str]]:
    """Yield the table as lines for a spreadsheet: for each column all that is stated, and the links to its passages."""
    first = [_("Body"), _("Meeting"), _("Year")]
    yield [*first, *(str(part) for name in headings() for part in (name, _("%(column)s: passage") % {"column": name}))]
    for row in rows:
        told = [row.meeting.archive.body.name, str(row.meeting), str(row.meeting.year or "")]
        for one in row.cells:
            told += ["; ".join(part.value for part in one.every) or one.silent, links(one.every, address)]
        yield [harmless(value) for value in told]


def compared_rows(compared: Comparison, address: str) -> Iterator[list[str]]:
    """Yield a comparison as lines for a spreadsheet: what it is about, and for each meeting what it has there."""
    columns = [f"{column.meeting}, {column.meeting.archive.body.name}" for column in compared.columns]
    both = [part for name in columns for part in (name, _("%(column)s: passage") % {"column": name})]
    yield [harmless(part) for part in [_("What"), _("About"), *both]]
    parts = [
        (_("Agenda"), [compared.agenda]),
        (_("Outcomes"), [compared.outcomes]),
        (_("Tasks"), compared.sectors),
        (_("Successes claimed"), [one.row for one in compared.successes]),
        (_("Titles"), compared.titles),
        (_("Named"), compared.named),
    ]
    for name, rows in parts:
        for row in rows:
            told = [
                part for lines in row.cells for part in ("; ".join(one.whole for one in lines), links(lines, address))
            ]
            yield [harmless(part) for part in [name, row.label, *told]]


def links(lines: Sequence[Line], address: str) -> str:
    """Return the permanent links to the passages of lines."""
    return " ".join(f"{address}{passage_address(part.source, part.at)}" for part in lines if part.at)


def bibtex(meetings: Sequence[ArchivedMeeting], viewer: Viewer, address: str) -> Iterator[str]:
    """Yield an entry for each report of these meetings that the viewer may read."""
    reports: dict[int, list[ArchivedReport]] = defaultdict(list)
    for report in reports_for(viewer, meetings):
        reports[report.meeting_id].append(report)
    for meeting in meetings:
        for report in reports[meeting.pk]:
            source, reading = report.source, report.source.reading
            told = {
                "title": reading.title or source.file_name,
                "organization": str(reading.page.get("source_name") or ""),
                "note": f"{meeting}, {meeting.archive.body.name}",
                "year": published(reading.page.get("page_dates", []))[:4] or str(meeting.year or ""),
                "date": published(reading.page.get("page_dates", [])),
                "howpublished": source.origin,
                "url": f"{address}/archive/sources/{source.pk}/",
            }
            fields = "".join(f"  {name} = {{{braced(value)}}},\n" for name, value in told.items() if value)
            yield f"@misc{{hemicycle-source-{source.pk},\n{fields}}}\n\n"


def published(dates: Sequence[dict[str, str]]) -> str:
    """Return the day on which a page was published, as its reading tells."""
    return next((str(one["date"]) for one in dates if one.get("role") == "published"), "")


def braced(value: str) -> str:
    """Return a text as it stands between braces in BibTeX."""
    signs = {"\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "&": r"\&", "%": r"\%", "#": r"\#", "_": r"\_"}
    return "".join(signs.get(letter, letter) for letter in " ".join(value.split()))


@dataclass(frozen=True)
class Mark:
    """A meeting on the line of time: where its mark begins and how wide it is, and in which lane."""

    meeting: ArchivedMeeting
    x: int
    y: int
    width: int
    exact: bool


@dataclass(frozen=True)
class Timeline:
    """A line of time: a lane for each kind of meeting, a tick for each year (or every few)."""

    width: int
    height: int
    foot: int
    lanes: list[tuple[str, int]]
    ticks: list[tuple[int, int]]
    marks: list[Mark]
    undated: list[ArchivedMeeting]


def timeline(meetings: Sequence[ArchivedMeeting]) -> Timeline | None:
    """Return the line of time of these meetings, or None where no page tells a year. Months have their room."""
    dated = [meeting for meeting in meetings if meeting.year]
    if not dated:
        return None
    years = [meeting.year or 0 for meeting in dated]
    first, last = min(years), max(years) + 1
    kinds = list(dict.fromkeys(meeting.kind or _("meeting") for meeting in sorted(dated, key=lambda one: one.ordinal)))
    lanes = {kind: TOP + LANE * place for place, kind in enumerate(kinds)}
    step = max(1, -(-(last - first) // 12))

    def x_of(day: date) -> int:
        begun = date(day.year, 1, 1)
        whole = (date(day.year + 1, 1, 1) if day.year < 9999 else date.max) - begun
        share = (day.year - first) * 1000 + (day - begun).days * 1000 // whole.days
        return LEFT + share * (WIDTH - LEFT - RIGHT) // ((last - first) * 1000)

    marks = []
    for meeting in dated:
        starts = meeting.starts or date(meeting.year or first, 7, 1)
        x = x_of(starts)
        width = x_of(meeting.ends) - x if meeting.starts and meeting.ends else 0
        marks.append(Mark(meeting, x, lanes[meeting.kind or _("meeting")], max(width, 0), meeting.starts is not None))
    foot = TOP + LANE * len(kinds)
    return Timeline(
        width=WIDTH,
        height=foot + 24,
        foot=foot,
        lanes=list(lanes.items()),
        ticks=[(year, x_of(date(min(year, 9999), 1, 1))) for year in range(first, last + 1, step)],
        marks=sorted(marks, key=lambda mark: mark.x),
        undated=[meeting for meeting in meetings if not meeting.year],
    )
