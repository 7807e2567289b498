"""The register of decisions as CSV with its description (CSVW): what was looked for, as its reader may see it."""

from collections.abc import Callable, Iterable
from zoneinfo import ZoneInfo

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hemicycle.bodies import csvw
from hemicycle.bodies.csvw import Column
from hemicycle.decisions.force.reading import Stood
from hemicycle.decisions.models import Decision

FILE = "register.csv"


def columns() -> list[Column]:
    """Return the columns of the file."""
    return [
        Column("body", _("Key of the body"), required=True),
        Column("body_name", _("Body"), required=True),
        Column("number", _("Number"), "integer", required=True),
        Column("type", _("Type of decision"), required=True),
        Column("title", _("Title"), required=True),
        Column("language", _("Language of the text"), required=True),
        Column("term", _("Number of the term"), "integer", required=True),
        Column("meeting", _("Number of the meeting"), "integer", required=True),
        Column("adopted", _("How it was adopted"), required=True),
        Column("certified", _("Day on which it was certified"), "date", required=True),
        Column("effective", _("Takes effect on"), "date", required=True),
        Column("expires", _("Last day on which it holds"), "date"),
        Column("as_of", _("Day of which the state is told"), "date", required=True),
        Column("state", _("State on that day"), required=True),
        Column("changes", _("What it does to earlier decisions")),
        Column("changed_by", _("What later decisions do to it")),
        Column("address", _("Address of its page"), "anyURI", required=True),
    ]


def row_of(stood: Stood, address: Callable[[Decision], str]) -> csvw.Row:
    """Return the row of a decision."""
    one = stood.decision
    return {
        "body": one.body.slug,
        "body_name": one.body.name,
        "number": str(one.number),
        "type": one.type,
        "title": one.title,
        "language": one.language,
        "term": str(one.meeting.term.ordinal),
        "meeting": str(one.meeting.ordinal),
        "adopted": one.adopted,
        "certified": one.certified.astimezone(ZoneInfo(one.body.time_zone)).date().isoformat(),
        "effective": one.effective.isoformat(),
        "expires": one.expires.isoformat() if one.expires else "",
        "as_of": stood.day.isoformat(),
        "state": stood.force.state,
        "changes": "; ".join(f"{change.how} {key_of(change.of)}" for change in stood.changes),
        "changed_by": "; ".join(
            f"{key_of(change.by)} {change.how} {change.by.effective}" for change in stood.changed_by
        ),
        "address": address(one),
    }


def key_of(decision: Decision) -> str:
    """Return by what the file names a decision: its body's key and its number."""
    return f"{decision.body.slug}/{decision.number}"


def as_csv(found: Iterable[Stood], address: Callable[[Decision], str]) -> str:
    """Return decisions as CSV."""
    return csvw.as_csv(columns(), (row_of(one, address) for one in found))


def as_csvw(title: str, query: str) -> str:
    """Return what describes the CSV that is given for a query."""
    file = f"{FILE}?{query}" if query else FILE
    language = get_language() or "en"
    return csvw.as_csvw(columns(), file=file, title=title, language=language, key=("body", "number"))
