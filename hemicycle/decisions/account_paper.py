"""An account on paper and as a table for spreadsheets, from the same lines as its page."""

import csv
from collections.abc import Callable, Iterable, Iterator
from io import StringIO
from typing import IO, Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils.translation import get_language

from hemicycle.accounts.access import PUBLIC
from hemicycle.bodies.day import zone_of
from hemicycle.decisions.models import Account, AccountLine
from hemicycle.decisions.queries import accounts
from hemicycle.decisions.rollup.figures import plain as plain_figure
from hemicycle.decisions.rollup.rules import Rule
from hemicycle.journal.clock import now
from hemicycle.meetings.queries import viewer_of
from hemicycle.printing.paper import draw
from hemicycle.voting.protocol_paper import STYLES

COLUMNS = (
    "line", "decision", "title", "certified", "point", "decided", "task", "unit", "due", "state", "because",
    "days_over", "ended", "reports", "last_report", "reason_for_delay", "help_needed", "expected", "evidence",
    "extensions", "parts", "parts_done", "parts_reporting", "parts_late", "reasons_of_parts", "figure", "out_of",
    "measure", "figures_reported", "figures_asked", "found", "found_before",
)  # fmt: skip


PAGE, ROWS = 100, 1000


def told(account: Account, lines: QuerySet[AccountLine], number: int = 0) -> dict[str, Any]:
    """Return what these lines of an account tell, and the page of them with this number; without one, all of them."""
    page = Paginator(lines, PAGE).get_page(number) if number else None
    return {
        "account": account,
        "lines": placed(page, page.start_index()) if page else placed(lines),
        "page": page,
        "sums": accounts.sums(lines),
        "zone": account.meeting.body.time_zone,
    }


def placed(lines: Iterable[AccountLine], first: int = 1) -> Iterator[AccountLine]:
    """Yield lines, each with its place among those that its reader is shown: a closed one leaves no gap."""
    for place, line in enumerate(lines, first):
        line.place = place
        yield line


def make(arguments: dict[str, Any], progress: Callable[[int, int], None], out: IO[bytes]) -> None:
    """Write an `account` as a PDF, as the `person` who asks may see it; without one, as everybody may."""
    person = arguments["person"]
    viewer = PUBLIC if person is None else viewer_of(person, None, now().date())
    account = accounts.accounts_for(viewer).get(pk=arguments["account"])
    out.write(paper(account, accounts.lines_for(viewer, account), arguments["address"]))
    progress(1, 1)


def paper(account: Account, lines: QuerySet[AccountLine], address: str, *, shared: bool = False) -> bytes:
    """Return lines of an account as a PDF; of one that is `shared` it says that each reader finds more on the page."""
    shown = {**told(account, lines), "lang": get_language(), "address": address, "shared": shared}
    return draw(render_to_string("decisions/account_paper.html", shown), STYLES)


def table(lines: Iterable[AccountLine]) -> str:
    """Return the lines of an account as CSV, without anything that a spreadsheet takes for a formula."""
    out = StringIO()
    sheet = csv.writer(out)
    sheet.writerow(COLUMNS)
    for line in placed(lines):
        sheet.writerow([plain(value) for value in cells(line)])
    return out.getvalue()


def cells(line: AccountLine) -> Iterator[object]:
    """Yield the cells of a line, in the order of the columns."""
    decision, zone = line.point.decision, zone_of(line.account.meeting.body)
    yield from (line.place, decision.number, decision.title, decision.certified.astimezone(zone).date().isoformat())
    yield from (line.point.ordinal, line.point.text)
    yield from (
        line.text if line.directive_id or line.consultation_id else "",
        line.unit,
        line.due.isoformat() if line.due else "",
    )
    yield from (line.state, line.because, line.days_over, "yes" if line.ended else "no", line.reports, line.narrative)
    yield from (line.delay_reason, line.help_needed, line.expected.isoformat() if line.expected else "")
    yield from (line.evidence, line.extensions, line.parts, line.parts_done, line.parts_told)
    yield from (line.parts_late, line.parts_delay)
    yield from figure_cells(line)
    yield findings_told(line)
    earlier = getattr(line.directive, "found_before", ())
    yield "; ".join(f"{one.account.as_of.isoformat()}: {findings_told(one)}" for one in earlier)


def findings_told(line: AccountLine) -> str:
    """Return what the meeting found about a line, in one cell."""
    return "; ".join(f"{one.outcome}: {one.text}" for one in line.findings.all())


def figure_cells(line: AccountLine) -> Iterator[object]:
    """Yield what a line's figure came to, what that is out of, in what, and how many of those asked reported it."""
    if line.figure is None or line.directive is None:
        yield from ("", "", "", "", "")
        return
    aim = line.directive.aim
    places = aim.places
    value, of = plain_figure(line.figure, places), plain_figure(line.figure_of, places) if line.figure_of else ""
    measure: object = aim.measure
    if aim.rule == Rule.WEIGHTED:
        value, of, measure = (
            (plain_figure(line.figure // line.figure_of // 100, 2) if line.figure_of else ""),
            "100",
            "%",
        )
    yield from (value if line.told else "", of, measure, line.told, line.asked)


def plain(value: object) -> object:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{value}" if isinstance(value, str) and value[:1] in {"=", "+", "-", "@", "\t", "\r"} else value
