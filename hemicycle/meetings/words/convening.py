"""The sentences of what happens before a meeting, and to its plan, its agenda and its papers."""

from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hemicycle.journal.models import Entry
from hemicycle.meetings.words.items import item_told


def item_added(entry: Entry) -> str:
    facts = entry.facts
    said = item_told(facts)
    if facts["referred_by"]:
        told = _("“%(title)s” was put on the agenda as item %(number)s, referred by %(referred_by)s.") % said
    else:
        told = _("“%(title)s” was put on the agenda as item %(number)s.") % said
    return told + voted(facts)


def item_changed(entry: Entry) -> str:
    facts = entry.facts
    if facts["before"] != facts["title"]:
        return _("Item %(number)s, “%(before)s”, is now called “%(title)s”.") % facts + voted(facts)
    if facts["referred_by"]:
        return _("Item %(number)s, “%(title)s”, was referred by %(referred_by)s.") % facts + voted(facts)
    return _("Item %(number)s, “%(title)s”, was referred by nobody.") % facts + voted(facts)


def item_moved(entry: Entry) -> str:
    facts = entry.facts
    if facts["before"] == facts["number"]:
        return _("Item %(number)s, “%(title)s”, was moved.") % facts + voted(facts)
    return _("Item %(before)s, “%(title)s”, became item %(number)s.") % facts + voted(facts)


def item_withdrawn(entry: Entry) -> str:
    facts = entry.facts
    if facts["under"]:
        told = ngettext(
            "Item %(number)s, “%(title)s”, was taken off the agenda, with %(under)d under it.",
            "Item %(number)s, “%(title)s”, was taken off the agenda, with %(under)d under it.",
            facts["under"],
        )
    else:
        told = _("Item %(number)s, “%(title)s”, was taken off the agenda.")
    because = " " + _("Reason: %(because)s") % facts if facts["because"] else ""
    return told % facts + because + voted(facts)


def agenda_adopted(entry: Entry) -> str:
    count = entry.facts["count"]
    return ngettext("The agenda was adopted with one item.", "The agenda was adopted with %(count)d items.", count) % {
        "count": count
    }


def item_referred(entry: Entry) -> str:
    facts = entry.facts
    if facts["item"]:
        return _("“%(title)s” was referred to %(to)s, from item %(item)s.") % facts
    return _("“%(title)s” was referred to %(to)s.") % facts


def referral_accepted(entry: Entry) -> str:
    facts = entry.facts
    told = _("“%(title)s”, referred by %(referred_by)s, was accepted onto the agenda as item %(number)s.")
    return told % facts + voted(facts)


def referral_declined(entry: Entry) -> str:
    return _("“%(title)s”, referred by %(referred_by)s, was declined: %(because)s") % entry.facts


def sitting_planned(entry: Entry) -> str:
    facts = entry.facts
    told = _("Sitting %(ordinal)d was planned for %(day)s, %(from)s to %(to)s.") % day_told(facts)
    return told + reason(facts)


def sitting_moved(entry: Entry) -> str:
    facts = entry.facts
    before = day_told(facts["before"])
    told = _("The sitting of %(day)s, %(from)s to %(to)s, was moved") % before
    to = _("to %(day)s, %(from)s to %(to)s; it is sitting %(ordinal)d.") % day_told(facts)
    return f"{told} {to}{reason(facts)}"


def sitting_dropped(entry: Entry) -> str:
    facts = entry.facts
    told = _("The sitting of %(day)s, %(from)s to %(to)s, was taken out of the plan.") % day_told(facts)
    return told + reason(facts)


def meeting_moved(entry: Entry) -> str:
    facts = entry.facts
    before, after = between(facts["starts_before"], facts["ends_before"]), between(facts["starts"], facts["ends"])
    said = {"before": before, "after": after, "place": facts["place"]}
    if before == after:
        told = _("The meeting of %(after)s was moved to another place: %(place)s.") % said
    elif facts["place"] != facts["place_before"] and facts["place"]:
        told = _("The meeting was moved from %(before)s to %(after)s, %(place)s.") % said
    else:
        told = _("The meeting was moved from %(before)s to %(after)s.") % said
    waived = " " + _("The rest of the notice was waived: %(waived_because)s") % facts if facts["waived_because"] else ""
    return told + reason(facts) + waived


def meeting_cancelled(entry: Entry) -> str:
    facts = entry.facts
    told = _("The meeting of %(days)s was cancelled: %(because)s") % {
        "days": between(facts["starts"], facts["ends"]),
        "because": facts["because"],
    }
    if facts["instead"]:
        told += " " + _("Another is held instead, on %(day)s.") % {"day": told_day(facts["instead"])}
    return told


def summons_received(entry: Entry) -> str:
    facts = entry.facts
    if facts["channel"] == "link":
        return _("%(name)s confirmed that summons %(sequence)d was received.") % facts
    return _("It was entered that %(name)s received summons %(sequence)d.") % facts


def document_admitted(entry: Entry) -> str:
    told = _("The meeting admitted “%(title)s”, version %(version)d, although it was handed out late.") % entry.facts
    return told + reason(entry.facts) + ruled(entry.facts)


def document_refused(entry: Entry) -> str:
    told = _("The meeting refused “%(title)s”, version %(version)d, because it was handed out late.") % entry.facts
    return told + reason(entry.facts) + ruled(entry.facts)


def voted(facts: dict[str, Any]) -> str:
    """Return how the meeting voted on a change of its adopted agenda, empty before its adoption."""
    vote = facts.get("vote")
    if not vote:
        return ""
    told = _(
        "The meeting so decided by %(for)d votes to %(against)d, with %(abstained)d abstaining; %(needed)d were needed."
    )
    return f" {told % vote}"


def ruled(facts: dict[str, Any]) -> str:
    """Return how the meeting voted on a late document, empty where nobody asked for a vote."""
    told = _("%(for)d voted to admit it, %(against)d against, %(abstained)d abstained; %(needed)d were needed.")
    return f" {told % facts['vote']}" if facts.get("vote") else ""


def reason(facts: dict[str, Any]) -> str:
    """Return the reason that was given, empty where none was."""
    return " " + _("Reason: %(because)s") % facts if facts["because"] else ""


def day_told(facts: dict[str, Any]) -> dict[str, Any]:
    """Return facts with their day as the reader's language writes it."""
    return {**facts, "day": told_day(facts["day"])}


def told_day(day: str) -> str:
    """Return a day as the reader's language writes it."""
    return date_format(date.fromisoformat(day))


def between(first: str, last: str) -> str:
    """Return one day, or two with a dash."""
    return told_day(first) if first == last else f"{told_day(first)} – {told_day(last)}"
