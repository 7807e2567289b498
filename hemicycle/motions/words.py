"""The sentences of what happens to motions."""

from enum import StrEnum

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hemicycle.journal.models import Entry


class Kind(StrEnum):
    """What is recorded about motions."""

    MOTION_TABLED = "motion.tabled"
    MOTION_REVISED = "motion.revised"
    MOTION_WITHDRAWN = "motion.withdrawn"
    MOTION_DIVIDED = "motion.divided"
    AMENDMENT_TABLED = "amendment.tabled"
    AMENDMENT_ACCEPTED = "amendment.accepted"
    AMENDMENT_WITHDRAWN = "amendment.withdrawn"
    ELECTION_CALLED = "election.called"
    CANDIDATE_NOMINATED = "candidate.nominated"
    NOMINATION_ACCEPTED = "nomination.accepted"
    NOMINATIONS_CLOSED = "nominations.closed"


def motion_tabled(entry: Entry) -> str:
    if entry.facts["kind"] == "draft resolution":
        return _("%(mover)s tabled a draft resolution on item %(item)s: “%(title)s”.") % entry.facts
    return _("%(mover)s moved on item %(item)s: “%(title)s”.") % entry.facts


def motion_revised(entry: Entry) -> str:
    return _("“%(title)s” was put in version %(version)d.") % entry.facts


def motion_withdrawn(entry: Entry) -> str:
    if entry.facts["because"]:
        return _("“%(title)s” was withdrawn: %(because)s") % entry.facts
    return _("“%(title)s” was withdrawn.") % entry.facts


def motion_divided(entry: Entry) -> str:
    return _("“%(title)s” was divided into %(parts)d motions, one for each point.") % entry.facts


def amendment_tabled(entry: Entry) -> str:
    facts = entry.facts
    said = {**facts, "what": what_is_changed(facts["target"], facts["point"])}
    if facts["target"] == "strike":
        return _("%(mover)s moved amendment %(number)d to “%(title)s”: %(what)s.") % said
    return _("%(mover)s moved amendment %(number)d to “%(title)s”, %(what)s: “%(text)s”") % said


def amendment_accepted(entry: Entry) -> str:
    return (
        _("The mover accepted amendment %(number)d to “%(title)s”, which stands in version %(version)d now.")
        % entry.facts
    )


def amendment_withdrawn(entry: Entry) -> str:
    if entry.facts["because"]:
        return _("Amendment %(number)d to “%(title)s” was withdrawn: %(because)s") % entry.facts
    return _("Amendment %(number)d to “%(title)s” was withdrawn.") % entry.facts


def election_called(entry: Entry) -> str:
    facts = entry.facts
    # Earlier entries say of nobody that they stand again.
    if standing := facts.get("standing"):
        return _("A run-off was called on item %(item)s: %(called)s, between %(names)s.") % {
            **facts,
            "names": get_text_list(list(standing), _("and")),
        }
    if facts["follows"]:
        pattern = ngettext(
            "A further election was called on item %(item)s: %(called)s, %(seats)d seat.",
            "A further election was called on item %(item)s: %(called)s, %(seats)d seats.",
            facts["seats"],
        )
    else:
        pattern = ngettext(
            "An election was called on item %(item)s: %(called)s, %(seats)d seat.",
            "An election was called on item %(item)s: %(called)s, %(seats)d seats.",
            facts["seats"],
        )
    return pattern % facts


def candidate_nominated(entry: Entry) -> str:
    if entry.facts["accepted"]:
        return _("%(by)s nominated %(name)s, who accepts (“%(title)s”).") % entry.facts
    return _("%(by)s nominated %(name)s (“%(title)s”).") % entry.facts


def nomination_accepted(entry: Entry) -> str:
    return _("%(name)s accepted the nomination (“%(title)s”).") % entry.facts


def nominations_closed(entry: Entry) -> str:
    return (
        ngettext(
            "Nominations were closed: %(standing)d candidate stands (“%(title)s”).",
            "Nominations were closed: %(standing)d candidates stand (“%(title)s”).",
            entry.facts["standing"],
        )
        % entry.facts
    )


def what_is_changed(target: str, point: int) -> str:
    """Return what an amendment changes."""
    match target:
        case "preamble":
            return _("to the preamble")
        case "point":
            return _("to point %(point)d") % {"point": point}
        case "after":
            return _("a new point after point %(point)d") % {"point": point} if point else _("a new first point")
        case _strike:
            return _("strike point %(point)d") % {"point": point}
