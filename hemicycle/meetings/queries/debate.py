"""What was said on the items of a meeting, who was concerned by them, and its committees, as a viewer may see it."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import F, QuerySet, TextField, Value
from django.db.models.functions import Cast

from hemicycle.accounts.access import Viewer
from hemicycle.meetings.models import Conclusion, Interest, Meeting, OrganMember, OrganReport, Speech

# In this order they stand under an item or a committee.
SPEECH, INTEREST, CONCLUSION, MEMBER, REPORT = range(5)


@dataclass(frozen=True)
class Line:
    """Something that was said: by whom, in what words and language; `note` says how a speech was given.

    `key` is that of its row.
    """

    name: str
    text: str
    language: str
    note: str
    key: int = 0

    @property
    def conclusion(self) -> str:
        """Its name among subjects, where it is a conclusion."""
        return f"conclusion:{self.key}"


@dataclass(frozen=True)
class Said:
    """What was said on an item or in a committee; `title` is the item's title or the committee's name."""

    title: str
    speeches: list[Line] = field(default_factory=list)
    interests: list[Line] = field(default_factory=list)
    conclusions: list[Line] = field(default_factory=list)
    members: list[Line] = field(default_factory=list)
    reports: list[Line] = field(default_factory=list)


def debate_for(viewer: Viewer, meeting: Meeting) -> tuple[list[Said], list[Said]]:
    """Return what was said on each item on which anything was, and in each committee; one query for all of it."""
    item, organ = "item__meeting", "organ__meeting"
    on_items = viewer.filter(f"{item}__body__book", "access", item)
    on_items &= viewer.filter(f"{item}__body__book", "item__access", item)
    in_organs = viewer.filter(f"{organ}__body__book", "organ__access", organ)
    reported = in_organs & viewer.filter(f"{organ}__body__book", "access", organ)
    speeches = Speech.objects.filter(on_items, item__meeting=meeting, struck=None)
    interests = Interest.objects.filter(on_items, item__meeting=meeting, withdrawn=None)
    conclusions = Conclusion.objects.filter(on_items, item__meeting=meeting, struck=None)
    members = OrganMember.objects.filter(in_organs, organ__meeting=meeting)
    reports = OrganReport.objects.filter(reported, organ__meeting=meeting, struck=None)
    rows = told(speeches, SPEECH, "item__ordinal", "item__title", "speaker__name", "text", "language", "form").union(
        told(interests, INTEREST, "item__ordinal", "item__title", "person__name", "nature"),
        told(conclusions, CONCLUSION, "item__ordinal", "item__title", "drawn_by__name", "text", "language"),
        told(members, MEMBER, "organ__pk", "organ__name", "person__name"),
        told(reports, REPORT, "organ__pk", "organ__name", "", "text", "language"),
        all=True,
    )
    items: dict[int, Said] = {}
    organs: dict[int, Said] = {}
    for what, place, key, title, *line in sorted(rows):
        said = (organs if what in {MEMBER, REPORT} else items).setdefault(place, Said(title))
        lists = (said.speeches, said.interests, said.conclusions, said.members, said.reports)
        name, text, language, note = line
        lists[what].append(Line(name, text, language, note, key))
    return [items[place] for place in sorted(items)], [organs[place] for place in sorted(organs)]


def told(rows: QuerySet[Any], what: int, place: str, title: str, *columns: str) -> QuerySet[Any, Any]:
    """Return rows as they stand beside those of other tables: what, place, key, title and four texts."""
    texts = {
        f"text_{number}": Cast(F(column), TextField()) if column else Value("", TextField())
        for number, column in enumerate([*columns, *[""] * (4 - len(columns))])
    }
    named = rows.annotate(what=Value(what), place=F(place), called=Cast(F(title), TextField()), **texts).order_by()
    found: QuerySet[Any, Any] = named.values_list("what", "place", "pk", "called", *texts)
    return found
