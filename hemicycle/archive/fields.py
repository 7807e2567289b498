"""The fields of a reading as people see them: their names, their groups, and the parts of a value.

Which fields there are is said in docs/reader.md; one that is not listed here is shown by its own name, at the end.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

Label = str | Promise


@dataclass(frozen=True)
class Field:
    """A field: its name for people, the group it stands in, the parts of a value, and how a part is typed.

    `single`: a page states it once, so two different values disagree. `expected`: where nothing was found, the record
    says so.
    """

    name: str
    label: Label
    group: str
    parts: tuple[tuple[str, Label], ...] = ()
    kind: str = "text"
    single: bool = False
    expected: bool = False


GROUPS: dict[str, Label] = {
    "meeting": gettext_lazy("The meeting"),
    "people": gettext_lazy("Who presided and took part"),
    "agenda": gettext_lazy("Agenda and reports"),
    "outcome": gettext_lazy("What came of it"),
    "task": gettext_lazy("Tasks"),
    "judged": gettext_lazy("Criticism and praise"),
    "success": gettext_lazy("Successes and projects"),
    "other": gettext_lazy("Also said"),
}


def named(parts: Sequence[str]) -> tuple[tuple[str, Label], ...]:
    """Return parts with their names for people."""
    labels: dict[str, Label] = {
        "category": gettext_lazy("Class"),
        "who": gettext_lazy("Who"),
        "mode": gettext_lazy("How (video, remote)"),
        "by": gettext_lazy("By"),
        "on": gettext_lazy("On"),
        "what": gettext_lazy("What"),
        "how": gettext_lazy("How"),
        "sector": gettext_lazy("Sector"),
        "text_start": gettext_lazy("First words"),
        "person": gettext_lazy("Person"),
        "title": gettext_lazy("Title"),
        "office": gettext_lazy("Office"),
        "outcome": gettext_lazy("Outcome"),
        "name": gettext_lazy("Name"),
        "state": gettext_lazy("State"),
        "of": gettext_lazy("Of"),
        "form": gettext_lazy("Form"),
    }
    return tuple((part, labels[part]) for part in parts)


FIELDS = {
    field.name: field
    for field in (
        Field("meeting.body", gettext_lazy("Body"), "meeting", single=True, expected=True),
        Field("meeting.term_ordinal", gettext_lazy("Term"), "meeting", kind="number", single=True, expected=True),
        Field("meeting.meeting_ordinal", gettext_lazy("Number"), "meeting", kind="number", single=True, expected=True),
        Field("meeting.kind", gettext_lazy("Kind"), "meeting", single=True),
        Field("meeting.enlarged", gettext_lazy("Enlarged"), "meeting", kind="yes", single=True),
        Field("meeting.sitting_day", gettext_lazy("Day of the meeting"), "meeting", kind="number"),
        Field("meeting.start", gettext_lazy("First day"), "meeting", kind="date", single=True, expected=True),
        Field("meeting.end", gettext_lazy("Last day"), "meeting", kind="date", single=True, expected=True),
        Field("meeting.weekday", gettext_lazy("Weekday"), "meeting"),
        Field("meeting.month", gettext_lazy("Month"), "meeting", single=True),
        Field("meeting.ended", gettext_lazy("It had ended"), "meeting", kind="yes"),
        Field("meeting.place", gettext_lazy("Place"), "meeting", single=True, expected=True),
        Field("presided_by", gettext_lazy("Presided by"), "people", single=True, expected=True),
        Field("authorized_by", gettext_lazy("Authorized by"), "people", single=True, expected=True),
        Field("attendance", gettext_lazy("Took part"), "people", named(("category", "who", "mode")), expected=True),
        Field("title", gettext_lazy("Title of a person"), "people", named(("person", "title"))),
        Field("agenda", gettext_lazy("Item of the agenda"), "agenda", expected=True),
        Field("discussed", gettext_lazy("Discussed"), "agenda", named(("what", "outcome"))),
        Field("reports", gettext_lazy("Report"), "agenda", named(("by", "on")), expected=True),
        Field("speeches", gettext_lazy("Speeches"), "agenda", named(("form",))),
        Field("purpose", gettext_lazy("Why it was convened"), "agenda"),
        Field("adopted", gettext_lazy("Adopted"), "outcome", named(("what", "how")), expected=True),
        Field("election", gettext_lazy("Elected or appointed"), "outcome", named(("person", "office"))),
        Field("tasks", gettext_lazy("Task"), "task", named(("sector", "text_start")), expected=True),
        Field("criticised", gettext_lazy("Criticised"), "judged", expected=True),
        Field("criticised.grounds", gettext_lazy("Criticised, as alleged there, for"), "judged"),
        Field("commended", gettext_lazy("Commended"), "judged", expected=True),
        Field("commended.grounds", gettext_lazy("Commended, as worded there, for"), "judged"),
        Field("success", gettext_lazy("Success claimed"), "success", named(("what",))),
        Field("project", gettext_lazy("Project"), "success", named(("what", "state"))),
        Field("plan", gettext_lazy("Plan"), "other"),
        Field("campaign", gettext_lazy("Campaign"), "other"),
        Field("slogan", gettext_lazy("Slogan"), "other"),
        Field("deadline", gettext_lazy("Deadline"), "other", kind="date"),
        Field("fields", gettext_lazy("Fields named"), "other", named(("of",))),
        Field("mentioned", gettext_lazy("Another meeting mentioned"), "other", named(("name",))),
        Field("earlier_decision", gettext_lazy("Earlier decision cited"), "other"),
    )
}
FIRST_WORDS = 8  # Words of a passage by which it is known.
ORDER = {name: place for place, name in enumerate(FIELDS)}
EXPECTED = tuple(name for name, field in FIELDS.items() if field.expected)


def field_named(name: str) -> Field:
    """Return a field; of one that has no place here, a plain one."""
    return FIELDS.get(name) or Field(name, name.replace(".", ": ").replace("_", " "), "other")


def told(name: str, value: Any) -> str:
    """Return a value as a line for people."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(told(name, one) for one in value)
    if isinstance(value, dict):
        return told_parts(name, value)
    return str(value)


def told_part(name: str, part: str, value: dict[str, Any]) -> str:
    """Return a part of a value as a line for people; the first words of a passage with a sign that they go on."""
    words = told(name, value.get(part))
    goes_on = part == "text_start" and len(words.split()) >= FIRST_WORDS and words[-1:] not in ".…"
    return f"{words} …" if goes_on else words


def told_parts(name: str, value: dict[str, Any]) -> str:
    """Return a value of several parts as a line for people: its own parts first, all others left out."""
    known = field_named(name).parts
    asked = [part for part, _label in known] or list(value)
    said = [words for part in asked if (words := told_part(name, part, value))]
    if name == "attendance" and len(said) > 1:
        return f"{said[0]}: {', '.join(said[1:])}"
    if name == "fields":
        return f"{told(name, value.get('of'))}: {told(name, value.get('fields'))}"
    return " – ".join(said)


def told_further(name: str, value: Any) -> list[str]:
    """Return what a value states besides what it is known by: against what a success is measured, and the like."""
    if not isinstance(value, dict):
        return []
    said = []
    if name == "success" and value.get("against"):
        said.append(_("measured against %(what)s") % {"what": told(name, value["against"])})
    if name == "success" and value.get("fields"):
        said.append(_("fields named: %(fields)s") % {"fields": told(name, value["fields"])})
    if name == "project" and value.get("others"):
        said.append(_("“and others”"))
    return said
