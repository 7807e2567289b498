"""Tables as files: CSV, and what describes it for other programs in the words of “CSV on the Web” (W3C)."""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from hemicycle.bodies.sheets import harmless

NUMBERS = {"integer", "decimal"}


@dataclass(frozen=True)
class Column:
    """A column: its name, what it is called for people, and the type of its cells in XML Schema's words."""

    name: str
    title: str
    datatype: str = "string"
    required: bool = False


Row = Mapping[str, str]


def as_csv(columns: Sequence[Column], rows: Iterable[Row]) -> str:
    """Return rows as CSV; no text in them is taken for a formula."""
    text = io.StringIO()
    file = csv.writer(text)
    file.writerow([column.name for column in columns])
    for row in rows:
        file.writerow(
            [row[one.name] if one.datatype in NUMBERS else harmless(row[one.name]) for one in columns],
        )
    return text.getvalue()


def as_csvw(columns: Sequence[Column], *, file: str, title: str, language: str, key: Sequence[str]) -> str:
    """Return what describes a CSV file with these columns, in which no two rows are alike in those of the key."""
    described = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": language}],
        "url": file,
        "dc:title": title,
        "dialect": {"header": True, "encoding": "utf-8"},
        "tableSchema": {
            "columns": [
                {"name": one.name, "titles": one.name, "dc:description": one.title, "datatype": one.datatype}
                | ({"required": True} if one.required else {"null": ""})
                for one in columns
            ],
            "primaryKey": list(key),
        },
    }
    return json.dumps(described, ensure_ascii=False, indent=2)
