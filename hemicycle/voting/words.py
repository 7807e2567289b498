"""The sentences of ballots and results, and the arithmetic of an outcome in words."""

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Any

from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hemicycle.journal.models import Entry
from hemicycle.voting.besides_words import besides, share
from hemicycle.voting.election_words import election_told


class Kind(StrEnum):
    """What is recorded about ballots."""

    BALLOT_OPENED = "ballot.opened"
    BALLOT_CLOSED = "ballot.closed"
    BALLOT_VOIDED = "ballot.voided"
    RESULT_DECLARED = "result.declared"
    RESULT_CORRECTED = "result.corrected"
    RESULT_CERTIFIED = "result.certified"
    BALLOT_COUNTED = "ballot.counted"
    CONSENT_NOTED = "consent.noted"
    OBJECTION_NOTED = "objection.noted"
    CONSENT_AGENDA_DECIDED = "consent_agenda.decided"
    CASTING_VOTE_GIVEN = "casting_vote.given"
    BALLOT_REPEATED = "ballot.repeated"
    CARD_STRUCK = "card.struck"
    LOT_DRAWN = "lot.drawn"
    DISSENT_MINUTED = "dissent.minuted"
    CIRCULATION_OPENED = "circulation.opened"
    MEETING_DEMANDED = "meeting.demanded"
    BATCH_ENTERED = "batch.entered"
    BATCH_RULED = "batch.ruled"
    VOTE_TAKEN_BACK = "vote.taken_back"
    PROCEDURE_MOVED = "procedure.moved"
    PROCEDURE_DECIDED = "procedure.decided"
    PROCEDURE_WITHDRAWN = "procedure.withdrawn"
    CANDIDATE_WITHDRAWN = "candidate.withdrawn"
    ELECTION_UNCONTESTED = "election.uncontested"


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
    if facts["method"] == "acclamation":
        return _("%(who)s put it to acclamation, and asked whether anybody objects: “%(question)s”") % said
    if facts["method"] == "consent":
        return _("%(who)s asked whether anybody objects: “%(question)s”") % said
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
    if not tells_outcome(entry.facts):
        return _("%(who)s closed the ballot. %(turnout)s") % {"who": entry.actor_name, "turnout": turnout(entry.facts)}
    said = {"who": entry.actor_name, "outcome": arithmetic(entry.facts)}
    return _("%(who)s closed the ballot. Counted: %(outcome)s") % said


def tells_outcome(facts: Mapping[str, Any]) -> bool:
    """Say whether facts have an outcome: all that were entered before counts waited for their declaration have one."""
    return "counts" in facts


def turnout(facts: Mapping[str, Any]) -> str:
    """Return how many voted, where what they voted is not declared yet."""
    said = {"cast": int(facts["turnout"]["cast"]), "entitled": int(facts["turnout"]["entitled"])}
    return (
        ngettext(
            "%(cast)d of %(entitled)d entitled voter voted. The chair declares the result.",
            "%(cast)d of %(entitled)d entitled voters voted. The chair declares the result.",
            said["entitled"],
        )
        % said
    )


def ballot_counted(entry: Entry) -> str:
    facts = entry.facts
    tellers = get_text_list(facts["tellers"], _("and"))
    if not tells_outcome(facts):
        said = {"turnout": turnout(facts), "tellers": tellers}
        if tellers:
            return _("The votes were counted by %(tellers)s. %(turnout)s") % said
        return _("The votes were counted. %(turnout)s") % said
    said = {"outcome": arithmetic(facts), "tellers": tellers}
    if facts["tellers"]:
        return _("The votes were counted by %(tellers)s. Counted: %(outcome)s") % said
    return _("The votes were counted. Counted: %(outcome)s") % said


def consent_noted(entry: Entry) -> str:
    return _("Nobody objected to “%(motion)s”.") % entry.facts


def objection_noted(entry: Entry) -> str:
    if entry.facts["objector"]:
        return _("%(objector)s objected to “%(motion)s”; it is to be voted on.") % entry.facts
    return _("Somebody objected to “%(motion)s”; it is to be voted on.") % entry.facts


def consent_agenda_decided(entry: Entry) -> str:
    facts = entry.facts
    said = {"agreed": on_items(facts["agreed"]), "out": on_items(facts["taken_out"]), "name": facts["objector"]}
    told = _("Adopted together by consent, nobody objecting: %(agreed)s.") % said
    if not facts["taken_out"]:
        return told
    if facts["objector"]:
        return told + " " + _("%(name)s objected to %(out)s, which comes to its turn.") % said
    return told + " " + _("Somebody objected to %(out)s, which comes to its turn.") % said


def on_items(motions: Sequence[Mapping[str, Any]]) -> str:
    """Return motions with their items: “item 2, “Dues”; item 3, “Rooms””."""
    return "; ".join(_("item %(item)s, “%(motion)s”") % one for one in motions)


def casting_vote_given(entry: Entry) -> str:
    if not tells_outcome(entry.facts):
        said = {"name": entry.facts["name"], "motion": decided_on(entry.facts)}
        return _("%(name)s gave the casting vote on %(motion)s. The chair declares the result.") % said
    said = {"name": entry.facts["name"], "outcome": arithmetic(entry.facts)}
    return _("%(name)s gave the casting vote. %(outcome)s") % said


def ballot_repeated(entry: Entry) -> str:
    facts = entry.facts
    said = {"question": facts["question"], "reason": facts["reason"].rstrip("."), "count": facts["entitled"]}
    return (
        ngettext(
            "The vote is taken again (%(reason)s): “%(question)s” %(count)d voter is entitled.",
            "The vote is taken again (%(reason)s): “%(question)s” %(count)d voters are entitled.",
            facts["entitled"],
        )
        % said
    )


def card_struck(entry: Entry) -> str:
    facts = entry.facts
    if facts["instead"] == "paper":
        return _("The card of %(name)s was struck, and a paper ballot issued: “%(question)s”") % facts
    return _("The card of %(name)s was struck, and a new one issued: “%(question)s”") % facts


def lot_drawn(entry: Entry) -> str:
    facts = entry.facts
    said = {"motion": decided_on(facts), "outcome": arithmetic(facts), "seed": facts["seed"]}
    return _("The lot was drawn on %(motion)s. %(outcome)s The seed of the lot: %(seed)s") % said


def dissent_minuted(entry: Entry) -> str:
    if entry.facts["text"]:
        return _("%(name)s had their dissent from “%(motion)s” minuted: %(text)s") % entry.facts
    return _("%(name)s had their dissent from “%(motion)s” minuted.") % entry.facts


def ballot_voided(entry: Entry) -> str:
    said = {"who": entry.actor_name, "question": entry.facts["question"], "reason": entry.facts["reason"]}
    return _("%(who)s voided the ballot “%(question)s”: %(reason)s") % said


def result_declared(entry: Entry) -> str:
    said = {"who": entry.actor_name, "motion": decided_on(entry.facts), "outcome": arithmetic(entry.facts)}
    return _("%(who)s declared the result on %(motion)s. %(outcome)s") % said


def result_corrected(entry: Entry) -> str:
    said = {
        "who": entry.actor_name,
        "motion": decided_on(entry.facts),
        "reason": entry.facts["reason"],
    }
    if not tells_outcome(entry.facts):
        said |= {"turnout": turnout(entry.facts)}
        return _("%(who)s had the votes on %(motion)s counted again: %(reason)s %(turnout)s") % said
    said |= {"outcome": arithmetic(entry.facts)}
    return _("%(who)s had the votes on %(motion)s counted again: %(reason)s Counted: %(outcome)s") % said


def result_certified(entry: Entry) -> str:
    said = {"who": entry.actor_name, "motion": decided_on(entry.facts), "outcome": arithmetic(entry.facts)}
    return _("%(who)s certified the result on %(motion)s. %(outcome)s") % said


def circulation_opened(entry: Entry) -> str:
    facts = entry.facts
    said = {"motion": facts["motion"], "until": date_format(date.fromisoformat(facts["until"]))}
    return _("“%(motion)s” was put to all members by circulation, to be answered until %(until)s.") % said


def meeting_demanded(entry: Entry) -> str:
    facts = entry.facts
    if facts["stopped"]:
        return _("%(name)s demanded a meeting on “%(motion)s”. That is enough: the circulation is stopped.") % facts
    return _("%(name)s demanded a meeting on “%(motion)s”; %(demands)d of %(needed)d needed have.") % facts


def batch_entered(entry: Entry) -> str:
    said = {"who": entry.actor_name, "number": entry.facts["number"], "question": entry.facts["question"]}
    return _("%(who)s entered batch %(number)d of what the tellers counted: “%(question)s”") % said


def batch_ruled(entry: Entry) -> str:
    return _("What %(name)s entered for batch %(number)d stands: %(because)s") % entry.facts


def vote_taken_back(entry: Entry) -> str:
    return _("%(owner)s arrived and casts the vote that %(holder)s held by proxy.") % entry.facts


def procedure_moved(entry: Entry) -> str:
    said = {**entry.facts, "what": procedure(entry.facts["name"])}
    if entry.facts["about"]:
        return _("%(mover)s moved: %(what)s. %(about)s") % said
    return _("%(mover)s moved: %(what)s.") % said


def procedure_decided(entry: Entry) -> str:
    facts = entry.facts
    said = {**facts, "what": procedure(facts["name"])}
    if facts["counts"] is None:
        return _("Nobody objected to the motion of %(mover)s: %(what)s.") % said
    said |= {"outcome": arithmetic(facts)}
    return _("The meeting decided on the motion of %(mover)s: %(what)s. %(outcome)s") % said


def procedure_withdrawn(entry: Entry) -> str:
    return _("%(mover)s withdrew the motion: %(what)s.") % {**entry.facts, "what": procedure(entry.facts["name"])}


def candidate_withdrawn(entry: Entry) -> str:
    if entry.facts["because"]:
        return _("%(name)s withdrew from “%(title)s”: %(because)s") % entry.facts
    return _("%(name)s withdrew from “%(title)s”.") % entry.facts


def election_uncontested(entry: Entry) -> str:
    return _("There is no contest on “%(motion)s”: no more candidates than seats. The chair declares the result.") % (
        entry.facts
    )


def procedure(name: str) -> str:
    """Return a procedural motion by its usual words, or by the body's own."""
    usual = {
        "suspend": _("to suspend the sitting"),
        "adjourn": _("to adjourn"),
        "appeal": _("to overturn the ruling of the chair"),
        "private": _("to go on in private"),
        "secret vote": _("to vote in secret"),
        "recount": _("to count again"),
        "next business": _("to pass to the next item"),
        "refer back": _("to refer the item back"),
        "close debate": _("to close the debate"),
        "close list": _("to close the list of speakers"),
        "divide": _("to divide the question"),
        "reconsider": _("to open again what was decided"),
        "change agenda": _("to change the agenda"),
    }
    return usual.get(name, name)


def arithmetic(facts: Mapping[str, Any]) -> str:
    """Return an outcome with its arithmetic: “Adopted: 71 for, 4 against, 2 abstained. 38 were needed (…).”"""
    if facts.get("method") == "consent":
        count = facts["counts"]["entitled"]
        return ngettext(
            "Adopted by consent: %(count)d with a vote was there, and nobody objected.",
            "Adopted by consent: %(count)d with a vote were there, and nobody objected.",
            count,
        ) % {"count": count}
    if facts.get("method") == "acclamation" and not facts.get("election"):
        count = facts["counts"]["entitled"]
        return ngettext(
            "Adopted by acclamation: %(count)d with a vote was there, and nobody objected.",
            "Adopted by acclamation: %(count)d with a vote were there, and nobody objected.",
            count,
        ) % {"count": count}
    if facts.get("election"):
        return election_told(facts["election"]) + silence(facts)
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
    told += besides(facts)
    if facts.get("casting"):
        told += " " + (
            _("The casting vote was for it.") if facts["casting"] == "for" else _("The casting vote was against it.")
        )
    if facts.get("lot"):
        told += " " + (_("The lot was for it.") if facts["lot"] == "for" else _("The lot was against it."))
    told += after_tie(facts.get("tie", ""))
    if facts.get("quorum_missed"):
        told += " " + _("Too few answered: %(quorum)d were needed for a quorum.") % {"quorum": facts["quorum_missed"]}
    return told + silence(facts)


def silence(facts: Mapping[str, Any]) -> str:
    """Return how many put nothing into the box, with a space before; empty where everybody did."""
    silent = facts["counts"]["silent"]
    if not silent or facts.get("method") in {"no contest", "acclamation"}:
        return ""
    pattern = ngettext("%(count)d entitled voter did not vote.", "%(count)d entitled voters did not vote.", silent)
    return " " + pattern % {"count": silent}


def after_tie(falls: str) -> str:
    """Return what follows from a tie by the rules, empty where nothing does."""
    said = {"again": _("By the rules it is voted on once more."), "lot": _("By the rules the lot decides.")}
    return f" {said[falls]}" if falls in said else ""


def decided_on(facts: Mapping[str, Any]) -> str:
    """Return what a vote was on: a motion, or an amendment to it."""
    if facts.get("amendment"):
        said = {"number": facts["amendment"], "motion": facts["motion"]}
        return _("amendment %(number)d to “%(motion)s”") % said
    return _("“%(motion)s”") % {"motion": facts["motion"]}


def verdict(facts: Mapping[str, Any]) -> str:
    """Return whether it was adopted; unanimously only where nobody was against it and nobody abstained."""
    if facts.get("tie") in {"again", "lot"}:
        return _("A tie")
    if not facts["carried"]:
        return _("Not adopted")
    return _("Adopted unanimously") if facts["unanimous"] else _("Adopted")


def base(facts: Mapping[str, Any]) -> str:
    """Return what the majority was taken of, as “over half of 75 valid votes”."""
    wholes = {
        "cast": ngettext("%(count)d vote cast", "%(count)d votes cast", facts["base"]),
        "valid": ngettext("%(count)d valid vote", "%(count)d valid votes", facts["base"]),
        "present": ngettext("%(count)d vote on the list", "%(count)d votes on the list", facts["base"])
        if facts.get("weighted")
        else ngettext("%(count)d voter present", "%(count)d voters present", facts["base"]),
        "members": ngettext("%(count)d vote of all", "%(count)d votes of all", facts["base"])
        if facts.get("weighted")
        else ngettext("%(count)d member", "%(count)d members", facts["base"]),
    }
    majority = facts["majority"]
    return _("%(share)s of %(whole)s") % {
        "share": share(majority["numerator"], majority["denominator"], strict=majority["strict"]),
        "whole": wholes[majority["of"]] % {"count": facts["base"]},
    }


def majority_in_words(majority: Mapping[str, Any]) -> str:
    """Return a majority without its numbers, as “over half of valid votes”."""
    wholes = {
        "cast": _("votes cast"),
        "valid": _("valid votes"),
        "present": _("voters present"),
        "members": _("members"),
    }
    said = share(majority["numerator"], majority["denominator"], strict=majority["strict"])
    return _("%(share)s of the %(whole)s") % {"share": said, "whole": wholes[majority["of"]]}
