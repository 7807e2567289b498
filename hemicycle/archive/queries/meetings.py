"""Archived meetings as they are shown: what their reports state, side by side where they disagree."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet
from django.http import Http404

from hemicycle.accounts.access import Viewer
from hemicycle.archive.fields import FIELDS, GROUPS, ORDER, Label, field_named, told, told_further, told_part
from hemicycle.archive.models import ArchivedMeeting, ArchivedReport, Fact, Withdrawal
from hemicycle.archive.queries.homes import standing_reports
from hemicycle.archive.queries.joining import told_by_a_report
from hemicycle.archive.rules import disagreements, plain
from hemicycle.bodies.models import Body

# What else a passage may name that sets a task or praises somebody: a campaign, a plan, an earlier decision.
BESIDE = ("campaign", "plan", "earlier_decision")
WITH_BESIDE = frozenset({"tasks", "commended"})
# What a comparison tells field by field.
NAMED = ("campaign", "plan", "earlier_decision", "fields", "project", "commended", "commended.grounds")
SINGLE = tuple(name for name, field in FIELDS.items() if field.single)
WHERE = "report__meeting__archive__body__book"


@dataclass(frozen=True)
class Line:
    """A fact as a line of the record, with the passage that states it and what had been read where it was corrected.

    `beside` are the campaigns, plans and earlier decisions that its passage names, where it is a task or praise.
    """

    fact: Fact
    value: str
    read: str
    source: int
    beside: tuple[str, ...] = ()

    @property
    def further(self) -> list[str]:
        """What its value states besides."""
        return told_further(self.fact.field, self.fact.value)

    @property
    def whole(self) -> str:
        """All that it states, on one line."""
        also = "; ".join(self.further)
        return f"{self.value} ({also})" if also else self.value

    @property
    def short(self) -> str:
        """What stands in the row of its own sector or person: without naming that again."""
        part = {"tasks": "text_start", "title": "title"}.get(self.fact.field)
        value = self.fact.value
        if not part or not isinstance(value, dict):
            return self.value
        return told_part(self.fact.field, part, value)

    @property
    def at(self) -> str:
        """Its place, as the permanent link names it."""
        return f"{self.fact.start}-{self.fact.end}" if self.fact.start is not None else ""


@dataclass(frozen=True)
class Lines:
    """What is said of one field."""

    name: str
    label: Label
    lines: list[Line]
    silent: str
    disagree: bool


@dataclass(frozen=True)
class Group:
    """Fields that stand together."""

    key: str
    label: Label
    fields: list[Lines]


def meetings_for(viewer: Viewer) -> QuerySet[ArchivedMeeting]:
    """Return the archived meetings that a viewer may see and that stand in the record, the latest first."""
    return ever_archived(viewer).filter(told_by_a_report()).order_by("-year", "-starts", "-pk")


def ever_archived(viewer: Viewer) -> QuerySet[ArchivedMeeting]:
    """Return the same with those whose every import was withdrawn: their address stays and says so."""
    found = ArchivedMeeting.objects.filter(viewer.filter("archive__body__book"))
    return found.select_related("archive__body")


def meeting_for(viewer: Viewer, pk: int) -> ArchivedMeeting:
    """Return an archived meeting that this viewer may see; raise Http404 otherwise."""
    found = ever_archived(viewer).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def facts_for(viewer: Viewer, meetings: Iterable[ArchivedMeeting]) -> QuerySet[Fact]:
    """Return what the sources that a viewer may read state of meetings."""
    seen = viewer.filter(WHERE, "report__source__access")
    found = Fact.objects.filter(seen, report__meeting__in=list(meetings), report__withdrawal=None)
    return found.select_related("report", "person").order_by("report__meeting", "report__ordinal", "ordinal")


def reports_for(viewer: Viewer, meetings: Iterable[ArchivedMeeting]) -> QuerySet[ArchivedReport]:
    """Return the reports of meetings whose sources a viewer may read, without the words of their pages."""
    seen = viewer.filter("meeting__archive__body__book", "source__access")
    found = standing_reports().filter(seen, meeting__in=list(meetings)).select_related("source__reading")
    return found.defer("source__reading__text").order_by("meeting", "ordinal")


def withdrawn_for(viewer: Viewer, meeting: ArchivedMeeting) -> QuerySet[Withdrawal]:
    """Return the imports of a meeting that were taken back, as far as a viewer may read their sources."""
    seen = viewer.filter("report__meeting__archive__body__book", "report__source__access")
    return Withdrawal.objects.filter(seen, report__meeting=meeting).select_related("report__source").order_by("pk")


def line(fact: Fact, beside: tuple[str, ...] = ()) -> Line:
    """Return a fact as a line of the record."""
    return Line(
        fact=fact,
        value=told(fact.field, fact.value),
        read=told(fact.field, fact.read),
        source=fact.report.source_id,
        beside=beside,
    )


def named_beside(facts: Iterable[Fact]) -> dict[tuple[int, int | None], tuple[str, ...]]:
    """Return which campaigns, plans and earlier decisions are named on each line of each report."""
    found: dict[tuple[int, int | None], dict[str, None]] = defaultdict(dict)
    for fact in facts:
        if fact.field in BESIDE and fact.state == Fact.State.STATED and fact.line is not None:
            found[fact.report_id, fact.line][told(fact.field, fact.value)] = None
    return {place: tuple(said) for place, said in found.items()}


def record_of(facts: Sequence[Fact]) -> list[Group]:
    """Return what is stated of one meeting, by groups of fields; what two sources state alike stands once."""
    by_field: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        by_field[fact.field].append(fact)
    torn = torn_fields(facts)
    beside = named_beside(facts)
    made: dict[str, list[Lines]] = defaultdict(list)
    for name in sorted(by_field, key=lambda name: ORDER.get(name, len(ORDER))):
        field = field_named(name)
        there = beside if name in WITH_BESIDE else {}
        made[field.group].append(lines_of(name, by_field[name], there, disagree=name in torn))
    return [Group(key, label, made[key]) for key, label in GROUPS.items() if made[key]]


def lines_of(
    name: str, facts: Sequence[Fact], beside: Mapping[tuple[int, int | None], tuple[str, ...]], *, disagree: bool
) -> Lines:
    """Return what is said of a field, and whether nothing is; `beside` is what each line of a report names besides."""
    stated = [fact for fact in facts if fact.state == Fact.State.STATED]
    silent = "" if stated else min((fact.state for fact in facts), key=lambda state: state != Fact.State.NOT_STATED)
    lines = [line(fact, beside.get((fact.report_id, fact.line), ())) for fact in stated]
    return Lines(name, field_named(name).label, lines, str(silent), disagree)


def torn_fields(facts: Sequence[Fact]) -> set[str]:
    """Return the fields in which the sources of one meeting disagree."""
    values: dict[str, list[tuple[int, Any]]] = defaultdict(list)
    for fact in facts:
        if fact.state == Fact.State.STATED:
            values[fact.field].append((fact.report.source_id, told(fact.field, fact.value)))
    return disagreements(values, SINGLE)


@dataclass(frozen=True)
class Column:
    """One meeting of a comparison."""

    meeting: ArchivedMeeting
    facts: list[Fact]

    def lines(self, *names: str) -> list[Line]:
        """Return what is stated in these fields."""
        return [line(fact) for fact in self.facts if fact.field in names and fact.state == Fact.State.STATED]


@dataclass(frozen=True)
class Row:
    """A line of a comparison: what it is about, and what each meeting has there."""

    label: str
    cells: list[list[Line]]

    @property
    def common(self) -> bool:
        """Whether every meeting has something there."""
        return all(self.cells)


@dataclass(frozen=True)
class Claimed:
    """Successes claimed in one sector, and for each meeting the tasks that it set there."""

    row: Row
    tasks: list[list[Line]]

    @property
    def cells(self) -> list[tuple[list[Line], list[Line]]]:
        """What each meeting claimed, and what it set."""
        return list(zip(self.row.cells, self.tasks, strict=True))


@dataclass(frozen=True)
class Comparison:
    """Meetings side by side."""

    columns: list[Column]
    sectors: list[Row]
    outcomes: Row
    titles: list[Row]
    successes: list["Claimed"]
    agenda: Row
    named: list[Row]

    @property
    def common(self) -> list[str]:
        """The sectors that got tasks in every one of them."""
        return [row.label for row in self.sectors if row.common]


def compare(viewer: Viewer, meetings: Sequence[ArchivedMeeting]) -> Comparison:
    """Return meetings side by side: sectors that got tasks, outcomes, titles, successes claimed."""
    by_meeting: dict[int, list[Fact]] = defaultdict(list)
    for fact in facts_for(viewer, meetings):
        by_meeting[fact.report.meeting_id].append(fact)
    columns = [Column(meeting, by_meeting[meeting.pk]) for meeting in meetings]
    sectors = by_key(columns, "tasks", sectors_of)
    return Comparison(
        columns=columns,
        sectors=sectors,
        outcomes=Row("", [column.lines("adopted", "election") for column in columns]),
        titles=by_key(columns, "title", lambda value: [str(value.get("person") or "")]),
        successes=claimed(columns, sectors),
        agenda=Row("", [column.lines("agenda") or column.lines("discussed") for column in columns]),
        named=[row for name in NAMED if any((row := named_in(columns, name)).cells)],
    )


def named_in(columns: Sequence[Column], name: str) -> Row:
    """Return what each meeting's reports state in a field; what one says again stands there once."""
    cells = []
    for column in columns:
        first: dict[str, Line] = {}
        for one in column.lines(name):
            first.setdefault(plain(one.whole), one)
        cells.append(list(first.values()))
    return Row(str(field_named(name).label), cells)


def claimed(columns: Sequence[Column], sectors: Sequence[Row]) -> list[Claimed]:
    """Return the successes claimed by sector, each beside the tasks set there; those of no sector last."""
    tasks = {plain(row.label): row.cells for row in sectors}
    none: list[list[Line]] = [[] for _column in columns]
    rows = by_key(columns, "success", lambda value: sectors_of(value) or [""])
    found = [Claimed(row, tasks.get(plain(row.label), none)) for row in rows]
    return sorted(found, key=lambda one: (not one.row.label, not any(one.tasks)))


def sectors_of(value: dict[str, Any]) -> list[str]:
    """Return every sector that a task names."""
    named = [value.get("sector"), *(value.get("sectors") or [])]
    return list(dict.fromkeys(str(one) for one in named if one))


def by_key(columns: Sequence[Column], name: str, keys: Any) -> list[Row]:
    """Return a row for each key that a field's values have, those that all columns share first."""
    found: dict[str, tuple[str, list[list[Line]]]] = {}
    for place, column in enumerate(columns):
        for one in column.lines(name):
            value = one.fact.value if isinstance(one.fact.value, dict) else {}
            for key in keys(value):
                cell = found.setdefault(plain(key), (key, [[] for _column in columns]))[1][place]
                if all((one.at, one.source, one.short) != (two.at, two.source, two.short) for two in cell):
                    cell.append(one)  # A sentence that sets a task for several sectors stands there once.
    rows = [Row(label, cells) for label, cells in found.values()]
    return sorted(rows, key=lambda row: (-sum(map(bool, row.cells)), plain(row.label)))


def bodies_with_archives(viewer: Viewer) -> list[Body]:
    """Return the bodies of which a viewer may see archived meetings, with how many."""
    keys = meetings_for(viewer).order_by().values("archive__body").annotate(count=Count("pk"))
    counts = {row["archive__body"]: row["count"] for row in keys}
    found = list(Body.objects.filter(pk__in=counts).order_by("name", "pk"))
    for body in found:
        body.archived = counts[body.pk]  # type: ignore[attr-defined]  # shown beside its name
    return found
