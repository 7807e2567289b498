"""The sentences of what happens on the floor of a sitting: rests, parts in private, counts, interests, the debate."""

from typing import Any

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hemicycle.journal.models import Entry
from hemicycle.meetings.words.days import days
from hemicycle.meetings.words.items import item_told

AUDIENCES = {
    "organisation": lambda: _("the organisation"),
    "participants": lambda: _("those who take part"),
    "body": lambda: _("the members"),
    "desk": lambda: _("the desk"),
}


def sitting_suspended(entry: Entry) -> str:
    return because(_("Sitting %(ordinal)d was suspended"), entry.facts)


def sitting_resumed(entry: Entry) -> str:
    facts = entry.facts
    return (
        ngettext(
            "Sitting %(ordinal)d was resumed after %(minutes)d minute.",
            "Sitting %(ordinal)d was resumed after %(minutes)d minutes.",
            facts["minutes"],
        )
        % facts
    )


def sitting_adjourned(entry: Entry) -> str:
    facts = entry.facts
    said = {**facts, "when": days(facts["to_day"], facts["to_day"])}
    return because(_("Sitting %(ordinal)d was adjourned; the meeting goes on in sitting %(to)d, %(when)s"), said)


def sitting_reopened(entry: Entry) -> str:
    return _("Sitting %(ordinal)d was opened again: %(because)s") % entry.facts


def meeting_reopened(entry: Entry) -> str:
    return _("The meeting was opened again: %(because)s") % entry.facts


def sitting_closed_to_public(entry: Entry) -> str:
    facts = entry.facts
    said = _("Sitting %(ordinal)d went into private; there remained %(who)s")
    who = AUDIENCES[facts["audience"]]()
    if facts["staying"]:
        who = get_text_list([who, *facts["staying"]], _("and"))
    return because(said, {**facts, "who": who})


def sitting_opened_to_public(entry: Entry) -> str:
    return _("Sitting %(ordinal)d was opened again to all who may attend it.") % entry.facts


def chair_left(entry: Entry) -> str:
    return because(_("%(name)s left the chair"), entry.facts) + " " + succession(entry.facts)


def succession(facts: dict[str, Any]) -> str:
    """Return who took over a chair that was left, or that the sitting rests."""
    chair = facts.get("chair")
    if chair is None:
        return _("Nobody was there to take over, so the sitting is suspended.")
    if chair["basis"] == "seniority":
        return str(_("%(name)s took over, by seniority.") % chair)
    return str(_("%(name)s took over, by office.") % chair)


def vacated(facts: dict[str, Any]) -> str:
    """Return that the chair changed hands with an act, with a space before it; nothing where it did not."""
    if "left_chair" not in facts:
        return ""
    return " " + _("%(name)s left the chair.") % {"name": facts["left_chair"]} + " " + succession(facts)


def quorum_called(entry: Entry) -> str:
    facts = entry.facts
    if facts["asked_by"]:
        first = _("%(asked_by)s doubted the quorum. Of %(whole)d with a vote %(present)d were there")
    else:
        first = _("The chair had the quorum counted. Of %(whole)d with a vote %(present)d were there")
    second = (
        _("%(needed)d are needed at a second call, so it is reached.")
        if facts["second"] and facts["reached"]
        else _("%(needed)d are needed at a second call, so it is not reached.")
        if facts["second"]
        else _("%(needed)d are needed, so it is reached.")
        if facts["reached"]
        else _("%(needed)d are needed, so it is not reached.")
    )
    effects = {
        "resumed": _("The sitting goes on."),
        "suspended": _("The sitting is suspended."),
        "adjourn": _("The sitting is to be adjourned."),
        "adjourned": adjourned_for_want(facts),
        "no votes": _("No vote is taken until enough are there."),
    }
    return " ".join(filter(None, [f"{first}; {second}" % facts, effects.get(facts["effect"], "")]))


def adjourned_for_want(facts: dict[str, Any]) -> str:
    """Return that a sitting was adjourned because too few were there, and where the meeting goes on, if known."""
    if not facts.get("to"):
        return _("The sitting is adjourned; when the meeting goes on is still to be said.")
    said = {"to": facts["to"], "when": days(facts["to_day"], facts["to_day"])}
    return _("The sitting is adjourned; the meeting goes on in sitting %(to)d, %(when)s.") % said


def interest_declared(entry: Entry) -> str:
    said = _("%(name)s declared an interest in item %(number)s, “%(title)s”, and takes no part in it: %(nature)s")
    return ended(said % item_told(entry.facts)) + vacated(entry.facts)


def interest_withdrawn(entry: Entry) -> str:
    return because(
        _("%(name)s has no interest in item %(number)s any more and takes part in it"), item_told(entry.facts)
    )


def organ_formed(entry: Entry) -> str:
    facts = entry.facts
    said = _("%(name)s was formed: %(members)s") % {**facts, "members": get_text_list(facts["members"], _("and"))}
    return ended(said) + (" " + ended(_("Its task: %(task)s") % facts) if facts["task"] else "")


def organ_reported(entry: Entry) -> str:
    return ended(_("%(name)s reported: %(text)s") % entry.facts)


def organ_ended(entry: Entry) -> str:
    return _("%(name)s ended its work.") % entry.facts


def speech_given(entry: Entry) -> str:
    facts = item_told(entry.facts, "item")
    if facts["form"] == "written":
        return _("%(speaker)s handed in a speech on item %(number)s in writing.") % facts
    return _("%(speaker)s spoke on item %(number)s.") % facts


def conclusion_drawn(entry: Entry) -> str:
    return ended(_("%(name)s concluded on item %(number)s: %(text)s") % item_told(entry.facts, "item"))


def debate_closed(entry: Entry) -> str:
    return _("The debate on item %(number)s was closed.") % item_told(entry.facts)


def list_closed(entry: Entry) -> str:
    return _("The list of speakers on item %(number)s was closed.") % item_told(entry.facts)


def debate_reopened(entry: Entry) -> str:
    return _("The debate on item %(number)s was opened again: %(because)s") % item_told(entry.facts)


def item_reopened(entry: Entry) -> str:
    return _("Item %(number)s, “%(title)s”, was opened again: %(because)s") % item_told(entry.facts)


def item_carried_over(entry: Entry) -> str:
    facts = {"from_number": entry.facts["from"], "number": entry.facts["to"], **entry.facts}
    return _("“%(title)s”, item %(from_number)s, was carried over to %(meeting)s as item %(number)s.") % facts


def item_referred_back(entry: Entry) -> str:
    return because(_("Item %(number)s, “%(title)s”, was referred back to %(to)s"), item_told(entry.facts))


def ruling_reversed(entry: Entry) -> str:
    return ended(_("The ruling “%(ruling)s” was reversed; instead: %(instead)s") % entry.facts)


def because(said: str, facts: dict[str, Any]) -> str:
    """Return a sentence with its reason where there is one, and a full stop."""
    told = said % facts
    return ended(f"{told}: {facts['because']}" if facts.get("because") else told)


def ended(told: str) -> str:
    """Return a sentence that ends."""
    return told if told.endswith((".", "!", "?", "…")) else told + "."
