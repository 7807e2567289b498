"""The sentences of ballots and results, and the arithmetic of an outcome in words."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hemicycle.journal.models import Entry


class Kind(StrEnum):
    """What is recorded about ballots."""

    BALLOT_OPENED = "ballot.opened"
    BALLOT_CLOSED = "ballot.closed"
    BALLOT_VOIDED = "ballot.voided"
    RESULT_DECLARED = "result.declared"
    RESULT_CORRECTED = "result.corrected"
    RESULT_CERTIFIED = "result.certified"


def ballot_opened(entry: Entry) -> str:
    facts = entry.facts
    said = {"who": entry.actor_name, "question": facts["question"], "count": facts["entitled"]}
    if facts["practice"]:
        return (
            ngettext(
                "%(who)s opened a practice ballot, “%(question)s”, for %(count)d voter. It decides nothing.",
                "%(who)s opened a practice ballot, “%(question)s”, for %(count)d voters. It decides nothing.",
                facts["entitled"],
            )
            % said
        )
    said |= {"present": facts["quorum"]["present"], "needed": facts["quorum"]["needed"]}
    return (
        ngettext(
            "%(who)s put to the vote: “%(question)s” %(count)d voter is entitled; %(present)d are present and "
            "%(needed)d are a quorum.",
            "%(who)s put to the vote: “%(question)s” %(count)d voters are entitled; %(present)d are present and "
            "%(needed)d are a quorum.",
            facts["entitled"],
        )
        % said
    )


def ballot_closed(entry: Entry) -> str:
    if entry.facts["practice"]:
        return _("%(who)s closed the practice ballot. It decides nothing.") % {"who": entry.actor_name}
    said = {"who": entry.actor_name, "outcome": arithmetic(entry.facts)}
    return _("%(who)s closed the ballot. Counted: %(outcome)s") % said


def ballot_voided(entry: Entry) -> str:
    said = {"who": entry.actor_name, "question": entry.facts["question"], "reason": entry.facts["reason"]}
    return _("%(who)s voided the ballot “%(question)s”: %(reason)s") % said


def result_declared(entry: Entry) -> str:
    said = {"who": entry.actor_name, "motion": entry.facts["motion"], "outcome": arithmetic(entry.facts)}
    return _("%(who)s declared the result on “%(motion)s”. %(outcome)s") % said


def result_corrected(entry: Entry) -> str:
    said = {
        "who": entry.actor_name,
        "motion": entry.facts["motion"],
        "reason": entry.facts["reason"],
        "outcome": arithmetic(entry.facts),
    }
    return _("%(who)s had the votes on “%(motion)s” counted again: %(reason)s Counted: %(outcome)s") % said


def result_certified(entry: Entry) -> str:
    said = {"who": entry.actor_name, "motion": entry.facts["motion"], "outcome": arithmetic(entry.facts)}
    return _("%(who)s certified the result on “%(motion)s”. %(outcome)s") % said


def arithmetic(facts: Mapping[str, Any]) -> str:
    """Return an outcome with its arithmetic: “Adopted: 71 for, 4 against, 2 abstained. 38 were needed (…).”"""
    said = {
        "said": verdict(facts),
        "for": facts["counts"]["for"],
        "against": facts["counts"]["against"],
        "abstained": facts["counts"]["abstained"],
        "needed": facts["needed"],
        "base": base(facts),
    }
    told = (
        ngettext(
            "%(said)s: %(for)d for, %(against)d against, %(abstained)d abstained. %(needed)d was needed (%(base)s).",
            "%(said)s: %(for)d for, %(against)d against, %(abstained)d abstained. %(needed)d were needed (%(base)s).",
            facts["needed"],
        )
        % said
    )
    silent = facts["counts"]["silent"]
    if silent:
        told += " " + ngettext(
            "%(count)d entitled voter did not vote.", "%(count)d entitled voters did not vote.", silent
        ) % {"count": silent}
    return told


def verdict(facts: Mapping[str, Any]) -> str:
    """Return whether it was adopted; unanimously only where nobody was against it and nobody abstained."""
    if not facts["carried"]:
        return _("Not adopted")
    return _("Adopted unanimously") if facts["unanimous"] else _("Adopted")


def base(facts: Mapping[str, Any]) -> str:
    """Return what the majority was taken of, as “over half of 75 valid votes”."""
    wholes = {
        "cast": ngettext("%(count)d vote cast", "%(count)d votes cast", facts["base"]),
        "valid": ngettext("%(count)d valid vote", "%(count)d valid votes", facts["base"]),
        "present": ngettext("%(count)d voter present", "%(count)d voters present", facts["base"]),
        "members": ngettext("%(count)d member", "%(count)d members", facts["base"]),
    }
    majority = facts["majority"]
    return _("%(share)s of %(whole)s") % {
        "share": share(majority["numerator"], majority["denominator"], strict=majority["strict"]),
        "whole": wholes[majority["of"]] % {"count": facts["base"]},
    }


def share(numerator: int, denominator: int, *, strict: bool) -> str:
    """Return a share in words where it is a usual one, else as a fraction."""
    usual = {
        (1, 2, True): _("over half"),
        (1, 2, False): _("at least half"),
        (2, 3, False): _("at least two thirds"),
        (2, 3, True): _("over two thirds"),
        (3, 4, False): _("at least three quarters"),
        (3, 4, True): _("over three quarters"),
        (3, 5, False): _("at least three fifths"),
    }
    if (numerator, denominator, strict) in usual:
        return usual[numerator, denominator, strict]
    fraction = f"{numerator}/{denominator}"
    return (_("more than %(fraction)s") if strict else _("at least %(fraction)s")) % {"fraction": fraction}
