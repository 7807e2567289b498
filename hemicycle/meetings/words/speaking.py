"""The sentences of the floor: who was given it and what for, how long they spoke, when a clock was held."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hemicycle.bodies.words.speaking import length
from hemicycle.journal.models import Entry
from hemicycle.meetings.words.floor import because
from hemicycle.meetings.words.items import item_told

GIVEN = {
    "comment": gettext_lazy("%(speaker)s had the floor on item %(number)s."),
    "for": gettext_lazy("%(speaker)s had the floor on item %(number)s, to speak for it."),
    "against": gettext_lazy("%(speaker)s had the floor on item %(number)s, to speak against it."),
    "question": gettext_lazy("%(speaker)s had the floor on item %(number)s for a question."),
    "point of order": gettext_lazy("%(speaker)s had the floor on item %(number)s for a point of order."),
    "interruption": gettext_lazy("%(speaker)s interrupted %(interrupted)s on item %(number)s."),
    "reply": gettext_lazy("%(speaker)s replied on item %(number)s."),
}


def floor_given(entry: Entry) -> str:
    facts = item_told(entry.facts, "item")
    said = str(GIVEN[facts["kind"]]) % facts
    if ended := facts.get("ended"):
        said = f"{told_of_end(facts | ended)} {said}"
    if facts["remote"]:
        said += " " + _("They spoke from elsewhere.")
    if facts["before"]:
        said += " " + _("The chair called them before %(before)s, who was next on the list.") % facts
    return said


def speech_ended(entry: Entry) -> str:
    return told_of_end(item_told(entry.facts))


def told_of_end(facts: dict[str, Any]) -> str:
    """Return the sentence that a speech ended, with its length."""
    said = {**facts, "length": length(facts["seconds"])}
    if facts["limit"] is not None and facts["seconds"] > facts["limit"]:
        said["limit"] = length(facts["limit"])
        return _("%(speaker)s ended on item %(number)s after %(length)s; the limit was %(limit)s.") % said
    return _("%(speaker)s ended on item %(number)s after %(length)s.") % said


def speech_held(entry: Entry) -> str:
    return because(_("The clock of %(speaker)s on item %(number)s was held"), item_told(entry.facts))


def speech_resumed(entry: Entry) -> str:
    return _("The clock of %(speaker)s on item %(number)s went on.") % item_told(entry.facts)


def speaking_limited(entry: Entry) -> str:
    facts = item_told(entry.facts)
    limits = [
        _("a speech at most %(length)s") % {"length": length(facts["speech_seconds"])}
        if facts["speech_seconds"]
        else _("a speech without a limit"),
        _("all speeches at most %(length)s") % {"length": length(facts["item_seconds"])}
        if facts["item_seconds"]
        else _("all speeches without a limit"),
    ]
    return _("The time on item %(number)s was set: %(limits)s.") % {**facts, "limits": ", ".join(limits)}


def list_reopened(entry: Entry) -> str:
    return because(_("The list of speakers on item %(number)s was opened again"), item_told(entry.facts))
