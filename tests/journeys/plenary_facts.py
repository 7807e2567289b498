"""The facts of a published plenary, read from the page itself: the journey enters these and finds them again.

Nothing of the page's wording stands here. Each fact is cut out of the text between words that any such report has.
"""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tests.real_input import folder_of

FILE = "002_73128933e1b11ddf.txt"
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
          "November", "December")  # fmt: skip
ORDINALS = ("First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth", "Ninth")


def seeds() -> Path:
    """Return the folder of the published reports."""
    return folder_of("seeds")


def are_there() -> bool:
    """Say whether the published report is at hand."""
    return (seeds() / FILE).is_file()


def page_of(file: str) -> str:
    """Return the text of a published page."""
    return (seeds() / file).read_text(encoding="utf-8").replace("\u00a0", " ")


def cut(text: str, pattern: str) -> re.Match[str]:
    """Return the first place of a page that a pattern finds."""
    found = re.search(pattern, text, re.DOTALL)
    assert found, f"The published page no longer has {pattern!r}."
    return found


@dataclass(frozen=True)
class Plenary:
    """What the report states of the meeting, its items, and tasks by sector, that of the named unit first."""

    organisation: str
    body: str
    term: int
    ordinal: int
    starts: date
    ends: date
    place: str
    classes: list[str]
    observers: list[str]
    presiding: str
    authorized_by: str
    purpose: str
    items: list[str]
    decided: int
    reporter: str
    unanimous: bool
    written_speeches: bool
    concluded_by: str
    conclusion: str
    unit: str
    tasks: dict[str, str]

    @property
    def item(self) -> str:
        """The first item of the agenda."""
        return self.items[0]

    @property
    def task(self) -> str:
        """The task for the unit that the page names."""
        return next(iter(self.tasks.values()))


def read_plenary() -> Plenary:
    """Read the facts from the published page."""
    text = page_of(FILE)

    def one(pattern: str) -> re.Match[str]:
        return cut(text, pattern)

    held = one(
        r"(?P<ordinal>\w+) Plenary Meeting of the (?P<term>\w+) (?P<body>Central \w+) of the "
        r"(?P<organisation>[\w' ]+?) was held at the (?P<place>[\w ]+?) from "
        r"(?P<month>\w+) (?P<first>\d+) to (?P<last>\d+), (?P<year>\d{4})\."
    )
    present = one(r"\nPresent at [\w ]+? were (?P<classes>[^.]+)\.")["classes"]
    observing = one(r"\nPresent as observers were (?P<groups>[^.]+)\.")["groups"]
    chair = one(r"\n(?P<who>[\w ]+?) presided over [\w ]+? authorization of the (?P<source>[^.]+)\.")
    items = re.findall(r"\n- \d\. (.+?)\.?(?=\n- |\n\n[A-Z])", text, re.DOTALL)
    reporter = one(r"\n(?P<who>[\w ]+?) made a \w+ report on ")["who"]
    adopted = one(r"draft resolution [^.]{,60}? adopted it with (?P<how>\w+) ")
    task = one(r"the (?P<unit>State Commission of \w+ and \w+) and [^,]+, and [^.]*?should (?P<task>[^.]+?) so as")
    concluding = one(r"Concluding the \w+ meeting, (?P<who>[\w ]+?) mentioned")["who"]
    conclusion = one(r"it is necessary to (?P<text>hold effective [^.,]+? set forth at this plenary meeting), ")["text"]
    grown = one(r"that (?P<sector>agricultur)al production should be (?P<how>[\w ]+?) and that")
    crisis = one(r"and establishing (?P<task>a [\w -]+? (?P<sector>crisis management) system to [\w ]+)\.")
    month = MONTHS.index(held["month"]) + 1
    return Plenary(
        organisation=held["organisation"],
        body=held["body"],
        term=ORDINALS.index(held["term"]) + 1,
        ordinal=ORDINALS.index(held["ordinal"]) + 1,
        starts=date(int(held["year"]), month, int(held["first"])),
        ends=date(int(held["year"]), month, int(held["last"])),
        place=held["place"],
        classes=re.split(r" and (?=members of)", present),
        observers=re.split(r", (?:and )?| and (?=officials\b|the armed\b)", observing),
        presiding=chair["who"],
        authorized_by=chair["source"],
        purpose=one(r"for the purport of (?P<purpose>[^.]+?) faced in ")["purpose"],
        items=[" ".join(title.split()) for title in items],
        decided=ORDINALS.index(one(r"discussed and decided the (?P<item>\w+) agenda item")["item"].capitalize()) + 1,
        reporter=reporter,
        unanimous=adopted["how"] == "unanimous",
        written_speeches=bool(re.search(r"\nWritten speeches on ", text)),
        concluded_by=concluding,
        conclusion=conclusion,
        unit=task["unit"],
        tasks={
            "Science and technology": task["task"],
            f"{grown['sector']}e".capitalize(): f"Production {grown['how']}",
            crisis["sector"].capitalize(): crisis["task"],
        },
    )
