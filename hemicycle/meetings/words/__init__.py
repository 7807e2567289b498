"""The sentences of what happens in meetings."""

from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, ngettext_lazy

from hemicycle.journal.models import Entry
from hemicycle.meetings.words.badges import badge_remade, badge_struck, badges_made
from hemicycle.meetings.words.convening import (
    agenda_adopted,
    document_admitted,
    document_refused,
    item_added,
    item_changed,
    item_moved,
    item_referred,
    item_withdrawn,
    meeting_cancelled,
    meeting_moved,
    referral_accepted,
    referral_declined,
    sitting_dropped,
    sitting_moved,
    sitting_planned,
    summons_received,
)
from hemicycle.meetings.words.days import days
from hemicycle.meetings.words.floor import (
    chair_left,
    conclusion_drawn,
    debate_closed,
    debate_reopened,
    interest_declared,
    interest_withdrawn,
    item_carried_over,
    item_referred_back,
    item_reopened,
    list_closed,
    meeting_reopened,
    organ_ended,
    organ_formed,
    organ_reported,
    quorum_called,
    ruling_reversed,
    sitting_adjourned,
    sitting_closed_to_public,
    sitting_opened_to_public,
    sitting_reopened,
    sitting_resumed,
    sitting_suspended,
    speech_given,
    vacated,
)
from hemicycle.meetings.words.items import item_told
from hemicycle.meetings.words.mandates import (
    credentials_adopted,
    credentials_reported,
    delegates_named,
    mandate_taken,
    mandates_accredited,
    mandates_called,
    seat_handed_over,
    summons_answered,
)
from hemicycle.meetings.words.proxies import proxy_given, proxy_revoked, votes_weighed
from hemicycle.meetings.words.speaking import (
    floor_given,
    list_reopened,
    speaking_limited,
    speech_ended,
    speech_held,
    speech_resumed,
)
from hemicycle.meetings.words.undoing import agenda_reopened, item_put_back, sitting_opening_undone, words_struck

__all__ = [
    "CLASSES",
    "Kind",
    "agenda_adopted",
    "agenda_reopened",
    "badge_remade",
    "badge_struck",
    "badges_made",
    "chair_left",
    "classes",
    "conclusion_drawn",
    "credentials_adopted",
    "credentials_reported",
    "days",
    "debate_closed",
    "debate_reopened",
    "delegates_named",
    "delegation",
    "document_admitted",
    "document_refused",
    "floor_given",
    "interest_declared",
    "interest_withdrawn",
    "item_added",
    "item_carried_over",
    "item_changed",
    "item_moved",
    "item_put_back",
    "item_referred",
    "item_referred_back",
    "item_reopened",
    "item_withdrawn",
    "list_closed",
    "list_reopened",
    "mandate_taken",
    "mandates_accredited",
    "mandates_called",
    "meeting_cancelled",
    "meeting_moved",
    "meeting_reopened",
    "organ_ended",
    "organ_formed",
    "organ_reported",
    "proxy_given",
    "proxy_revoked",
    "quorum_called",
    "referral_accepted",
    "referral_declined",
    "ruling_reversed",
    "seat_handed_over",
    "sitting_adjourned",
    "sitting_closed_to_public",
    "sitting_dropped",
    "sitting_moved",
    "sitting_opened_to_public",
    "sitting_opening_undone",
    "sitting_planned",
    "sitting_reopened",
    "sitting_resumed",
    "sitting_suspended",
    "speaking_limited",
    "speech_ended",
    "speech_given",
    "speech_held",
    "speech_resumed",
    "summons_answered",
    "summons_received",
    "told",
    "votes_weighed",
    "words_struck",
]


class Kind(StrEnum):
    """What is recorded about meetings."""

    MEETING_CONVENED = "meeting.convened"
    MEETING_SUMMONED = "meeting.summoned"
    MEETING_CLOSED = "meeting.closed"
    ITEM_ADDED = "item.added"
    AGENDA_ADOPTED = "agenda.adopted"
    ITEM_TAKEN_UP = "item.taken_up"
    ITEM_SETTLED = "item.settled"
    PROXY_GIVEN = "proxy.given"
    PROXY_REVOKED = "proxy.revoked"
    VOTES_WEIGHED = "votes.weighed"
    BADGES_MADE = "badges.made"
    BADGE_REMADE = "badge.remade"
    BADGE_STRUCK = "badge.struck"
    PARTICIPANTS_ACCREDITED = "participants.accredited"
    ALTERNATE_SEATED = "alternate.seated"
    ALTERNATE_UNSEATED = "alternate.unseated"
    PARTICIPANT_CAME = "participant.came"
    PARTICIPANTS_CAME = "participants.came"
    PARTICIPANT_WENT = "participant.went"
    SITTING_OPENED = "sitting.opened"
    SITTING_CLOSED = "sitting.closed"
    CHAIR_TAKEN = "chair.taken"
    REPORT_HEARD = "report.heard"
    DOCUMENT_HANDED_OUT = "document.handed_out"
    DOCUMENT_ADMITTED = "document.admitted"
    DOCUMENT_REFUSED = "document.refused"
    ITEM_CHANGED = "item.changed"
    ITEM_MOVED = "item.moved"
    ITEM_WITHDRAWN = "item.withdrawn"
    ITEM_REFERRED = "item.referred"
    REFERRAL_ACCEPTED = "referral.accepted"
    REFERRAL_DECLINED = "referral.declined"
    SITTING_PLANNED = "sitting.planned"
    SITTING_MOVED = "sitting.moved"
    SITTING_DROPPED = "sitting.dropped"
    MEETING_MOVED = "meeting.moved"
    MEETING_CANCELLED = "meeting.cancelled"
    SUMMONS_RECEIVED = "summons.received"
    MANDATES_CALLED = "mandates.called"
    DELEGATES_NAMED = "delegates.named"
    SUMMONS_ANSWERED = "summons.answered"
    MANDATES_ACCREDITED = "mandates.accredited"
    MANDATE_TAKEN = "mandate.taken"
    CREDENTIALS_REPORTED = "credentials.reported"
    CREDENTIALS_ADOPTED = "credentials.adopted"
    SEAT_HANDED_OVER = "seat.handed_over"
    SITTING_SUSPENDED = "sitting.suspended"
    SITTING_RESUMED = "sitting.resumed"
    SITTING_ADJOURNED = "sitting.adjourned"
    SITTING_REOPENED = "sitting.reopened"
    MEETING_REOPENED = "meeting.reopened"
    SITTING_CLOSED_TO_PUBLIC = "sitting.closed_to_public"
    SITTING_OPENED_TO_PUBLIC = "sitting.opened_to_public"
    CHAIR_LEFT = "chair.left"
    QUORUM_CALLED = "quorum.called"
    INTEREST_DECLARED = "interest.declared"
    INTEREST_WITHDRAWN = "interest.withdrawn"
    ORGAN_FORMED = "organ.formed"
    ORGAN_REPORTED = "organ.reported"
    ORGAN_ENDED = "organ.ended"
    SPEECH_GIVEN = "speech.given"
    CONCLUSION_DRAWN = "conclusion.drawn"
    DEBATE_CLOSED = "debate.closed"
    LIST_CLOSED = "list.closed"
    LIST_REOPENED = "list.reopened"
    FLOOR_GIVEN = "floor.given"
    SPEECH_ENDED = "speech.ended"
    SPEECH_HELD = "speech.held"
    SPEECH_RESUMED = "speech.resumed"
    SPEAKING_LIMITED = "speaking.limited"
    DEBATE_REOPENED = "debate.reopened"
    ITEM_REOPENED = "item.reopened"
    ITEM_CARRIED_OVER = "item.carried_over"
    ITEM_REFERRED_BACK = "item.referred_back"
    RULING_REVERSED = "ruling.reversed"
    AGENDA_REOPENED = "agenda.reopened"
    ITEM_PUT_BACK = "item.put_back"
    SITTING_OPENING_UNDONE = "sitting.opening_undone"
    WORDS_STRUCK = "words.struck"


def meeting_convened(entry: Entry) -> str:
    facts = told(entry)
    if facts.get("rehearsal"):
        said = {**facts, "days": days(facts["starts"], facts["ends"])}
        return (
            _("%(body)s was called to practise, time %(ordinal)d of term %(term)d, %(days)s. It decides nothing.")
            % said
        )
    names = {
        ("plenary", False): _("%(body)s was called to plenary meeting %(ordinal)d of term %(term)d, %(days)s."),
        ("plenary", True): _("%(body)s was called to enlarged plenary meeting %(ordinal)d of term %(term)d, %(days)s."),
        ("ordinary", False): _("%(body)s was called to meeting %(ordinal)d of term %(term)d, %(days)s."),
        ("ordinary", True): _("%(body)s was called to enlarged meeting %(ordinal)d of term %(term)d, %(days)s."),
        ("extraordinary", False): _(
            "%(body)s was called to extraordinary meeting %(ordinal)d of term %(term)d, %(days)s."
        ),
        ("extraordinary", True): _(
            "%(body)s was called to enlarged extraordinary meeting %(ordinal)d of term %(term)d, %(days)s."
        ),
    }
    return names[facts["kind"], facts["enlarged"]] % {**facts, "days": days(facts["starts"], facts["ends"])}


def meeting_summoned(entry: Entry) -> str:
    facts = told(entry)
    notice = ngettext("%(count)d clear day", "%(count)d clear days", facts["notice_days"]) % {
        "count": facts["notice_days"]
    }
    given = {"sequence": facts["sequence"], "notice": notice, "because": facts["waived_because"]}
    if facts["waived_because"]:
        return _("Notice %(sequence)d was given, with %(notice)s. The rest was waived: %(because)s") % given
    return _("Notice %(sequence)d was given, with %(notice)s.") % given


def meeting_closed(entry: Entry) -> str:
    count = entry.facts["sittings"]
    return ngettext(
        "The meeting was closed after one sitting.", "The meeting was closed after %(count)d sittings.", count
    ) % {"count": count}


def item_taken_up(entry: Entry) -> str:
    return _("The meeting took up item %(number)s, “%(title)s”.") % item_told(entry.facts) + vacated(told(entry))


def item_settled(entry: Entry) -> str:
    facts = item_told(entry.facts)
    if facts["outcome"]:
        return _("Item %(number)s, “%(title)s”, was settled: %(outcome)s") % facts
    return _("Item %(number)s, “%(title)s”, was settled.") % facts


def participants_accredited(entry: Entry) -> str:
    facts = told(entry)
    parts = classes(facts["classes"]) + [delegation(one) for one in facts["delegations"]]
    return _("Accredited: %(parts)s. With a vote: %(votes)d.") % {"parts": ", ".join(parts), "votes": facts["votes"]}


def alternate_seated(entry: Entry) -> str:
    return _("%(alternate)s took the seat of %(member)s, who is not there.") % told(entry)


def alternate_unseated(entry: Entry) -> str:
    return _("%(alternate)s gave the seat back to %(member)s.") % told(entry)


def participant_came(entry: Entry) -> str:
    facts = told(entry)
    if facts["mode"] == "remote":
        return _("%(name)s joined remotely.") % facts
    return _("%(name)s came.") % facts


def participants_came(entry: Entry) -> str:
    facts = told(entry)
    return _("Present were entered: %(parts)s.") % {"parts": ", ".join(classes(facts["classes"]))}


def participant_went(entry: Entry) -> str:
    return _("%(name)s left.") % told(entry) + vacated(told(entry))


def sitting_opened(entry: Entry) -> str:
    facts = told(entry)
    there = ngettext("%(count)d is there", "%(count)d are there", facts["present"]) % {"count": facts["present"]}
    said = {**facts, "days": days(facts["day"], facts["day"]), "there": there}
    if facts["reached"]:
        first = ngettext(
            "Sitting %(ordinal)d was opened, %(days)s. Of one member with a vote %(there)s; "
            "the quorum of %(needed)d is reached.",
            "Sitting %(ordinal)d was opened, %(days)s. Of %(whole)d members with a vote %(there)s; "
            "the quorum of %(needed)d is reached.",
            facts["whole"],
        )
    else:
        first = ngettext(
            "Sitting %(ordinal)d was opened, %(days)s. Of one member with a vote %(there)s; "
            "the quorum of %(needed)d is not reached.",
            "Sitting %(ordinal)d was opened, %(days)s. Of %(whole)d members with a vote %(there)s; "
            "the quorum of %(needed)d is not reached.",
            facts["whole"],
        )
    if facts["unsummoned_because"]:
        return (first + " " + _("It met without notice: %(unsummoned_because)s")) % said
    return first % said


def sitting_closed(entry: Entry) -> str:
    return _("Sitting %(ordinal)d was closed.") % told(entry)


def chair_taken(entry: Entry) -> str:
    facts = told(entry)
    match facts["basis"]:
        case "authorization":
            return _("%(name)s took the chair, on the authorization of %(authorized_by)s.") % facts
        case "election":
            return _("%(name)s took the chair, elected by the meeting.") % facts
        case "seniority":
            return _("%(name)s took the chair, by seniority.") % facts
        case _office:
            return _("%(name)s took the chair, by office.") % facts


def report_heard(entry: Entry) -> str:
    facts = item_told(entry.facts, "item")
    if facts["form"] == "written":
        return _("%(reporter)s submitted a report in writing on item %(number)s: “%(title)s”.") % facts
    return _("%(reporter)s delivered a report on item %(number)s: “%(title)s”.") % facts


def document_handed_out(entry: Entry) -> str:
    facts = told(entry)
    if facts["version"] > 1:
        return _("“%(title)s” was handed out in version %(version)d.") % facts
    return _("“%(title)s” was handed out.") % facts


def told(entry: Entry) -> dict[str, Any]:
    """Return the facts of an entry."""
    return entry.facts


CLASSES = {
    "member": ngettext_lazy("%(count)d member", "%(count)d members", "count"),
    "alternate seated": ngettext_lazy("%(count)d seated alternate", "%(count)d seated alternates", "count"),
    "alternate": ngettext_lazy("%(count)d alternate member", "%(count)d alternate members", "count"),
    "invited": ngettext_lazy("%(count)d guest", "%(count)d guests", "count"),
    "observer": ngettext_lazy("%(count)d observer", "%(count)d observers", "count"),
    "staff": ngettext_lazy("%(count)d of the staff", "%(count)d of the staff", "count"),
}


def classes(counts: dict[str, int]) -> list[str]:
    """Return how many there are of each capacity, in words and in the order of precedence."""
    return [str(words % {"count": counts[name]}) for name, words in CLASSES.items() if counts.get(name)]


def delegation(one: dict[str, Any]) -> str:
    """Return a delegation with its number where that was stated."""
    return f"{one['name']} ({one['number']})" if one["number"] else str(one["name"])
