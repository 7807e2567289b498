"""The facts of two more published reports: a day of a plenary that goes on, and an enlarged meeting with observers.

As in `plenary_facts`, nothing of the pages' wording stands here.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from tests.journeys.plenary_facts import MONTHS, ORDINALS, cut, page_of

SECOND_DAY, ENLARGED = "003_c032012e4f166c66.txt", "000_a07f6b654391720e.txt"
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True)
class SecondDay:
    """What the daily report states: no date but a weekday, no place, and nobody who presided."""

    organisation: str
    body: str
    term: int
    ordinal: int
    sitting: int
    day: date
    title: str
    concluded_by: str
    concluded_on: str
    industries: str
    culture: str
    approved_by_all: bool
    goes_on: bool


def read_second_day() -> SecondDay:
    """Read the facts of the daily report. Of the weekday and the month that it names, the last such day is taken."""
    text = page_of(SECOND_DAY)
    held = cut(
        text,
        r"The (?P<sitting>\w+)-day sitting of the (?P<ordinal>\w+) Plenary Meeting of the (?P<term>\w+) "
        r"(?P<body>Central \w+) of the (?P<organisation>[\w' ]+?) took place on (?P<weekday>\w+) ",
    )
    when = cut(text, r"the (?P<month>\w+) (?P<year>\d{4}) Plenum")
    concluded = cut(text, r"\n(?P<title>General \w+) (?P<who>[\w ]+?) made an? \w+ conclusion on (?P<about>[^.]+)\.")
    month = MONTHS.index(when["month"]) + 1
    return SecondDay(
        organisation=held["organisation"],
        body=held["body"],
        term=ORDINALS.index(held["term"]) + 1,
        ordinal=ORDINALS.index(held["ordinal"]) + 1,
        sitting=ORDINALS.index(held["sitting"].capitalize()) + 1,
        day=last_such_day(date(int(when["year"]), month, 31), held["weekday"]),
        title=concluded["title"],
        concluded_by=concluded["who"],
        concluded_on=concluded["about"],
        industries=cut(text, r"industrial sectors such as (?P<named>[^.]+?) and in the")["named"],
        culture=cut(text, r"cultural field, including (?P<named>[^.]+?), to make")["named"],
        approved_by_all=bool(re.search(r"conclusion was \w+ supported and approved by all the participants", text)),
        goes_on=bool(re.search(r"\nThe plenary meeting continues to ", text)),
    )


@dataclass(frozen=True)
class Enlarged:
    """What the wire report states of an enlarged meeting with observers by video."""

    organisation: str
    body: str
    term: int
    ordinal: int
    day: date
    place: str
    presiding: str
    title: str
    authorized_by: str
    observers: list[str]
    by_video: bool
    items: list[str]
    fields: list[str]
    task: str
    unanimous: bool


def read_enlarged() -> Enlarged:
    """Read the facts of the wire report; the day is the last of its weekday before it was published."""
    text = page_of(ENLARGED)
    held = cut(
        text,
        r"The (?P<ordinal>\d+)th Enlarged Meeting of the (?P<body>[\w ]+?) of the (?P<term>\d+)th Central \w+ of the "
        r"(?P<organisation>[\w' ]+?) \(WPK\) was held at the (?P<place>[^.]+?) on (?P<weekday>\w+) at a time",
    )
    published = cut(text, r"\nDate: (?P<day>\d+)/(?P<month>\d+)/(?P<year>\d+) ")
    observing = cut(text, r"observers in the (?P<how>\w+) conference system were (?P<groups>[^.]+)\.")
    chair = cut(text, r"\n(?P<who>[\w ]+?), (?P<title>chairman of the [\w' ]+?),")
    first = cut(text, r"discussed in depth the issue of (?P<issue>.+?) in the face of")["issue"]
    second = cut(text, r"reported the analyzed (?P<issue>[\w -]+?) and in society as a whole")["issue"]
    task = cut(text, r"tasks for the (?P<fields>[\w, ]+?) fields to (?P<task>further tighten [^,]+),")
    return Enlarged(
        organisation=held["organisation"],
        body=held["body"],
        term=int(held["term"]),
        ordinal=int(held["ordinal"]),
        day=last_such_day(date(*(int(published[part]) for part in ("year", "month", "day"))), held["weekday"]),
        place=held["place"],
        presiding=chair["who"],
        title=chair["title"],
        authorized_by=cut(text, r"\nUpon authorization of the (?P<source>.+?, WPK), ")["source"],
        observers=re.split(r", (?:and )?| and (?=the members)", observing["groups"]),
        by_video=observing["how"] == "video",
        items=[f"{issue[0].upper()}{issue[1:]}" for issue in (first, second)],
        fields=re.split(r", | and ", task["fields"]),
        task=f"{task['task'][0].upper()}{task['task'][1:]}",
        unanimous=bool(re.search(r"adopted relevant decisions with unanimous approval", text)),
    )


def last_such_day(latest: date, weekday: str) -> date:
    """Return the last day of this name that is not later."""
    return latest - timedelta(days=(latest.weekday() - WEEKDAYS.index(weekday)) % 7)
