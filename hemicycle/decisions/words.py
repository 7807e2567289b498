"""The sentences of decisions, directives and progress."""

from datetime import date
from enum import StrEnum

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hemicycle.decisions.consulting_words import consultation_answered, consultation_called, consultation_closed
from hemicycle.decisions.force.words import change_told
from hemicycle.decisions.models import Directive
from hemicycle.decisions.rollup.words import figure_in_facts
from hemicycle.journal.models import Entry

__all__ = ["Kind", "consultation_answered", "consultation_called", "consultation_closed"]


class Kind(StrEnum):
    """What is recorded about decisions."""

    DECISION_CERTIFIED = "decision.certified"
    DIRECTIVE_ISSUED = "directive.issued"
    DIRECTIVES_ISSUED = "directives.issued"
    POINT_WITHOUT_TASK = "point.without_task"
    DIRECTIVE_BROKEN_DOWN = "directive.broken_down"
    DIRECTIVE_RECEIVED = "directive.received"
    DIRECTIVE_RETURNED = "directive.returned"
    DIRECTIVE_NOT_APPLICABLE = "directive.not_applicable"
    EXTENSION_ASKED = "extension.asked"
    EXTENSION_GRANTED = "extension.granted"
    EXTENSION_REFUSED = "extension.refused"
    QUESTION_ASKED = "question.asked"
    QUESTION_ANSWERED = "question.answered"
    DIRECTIVE_VERIFIED = "directive.verified"
    DIRECTIVE_SENT_BACK = "directive.sent_back"
    DIRECTIVE_SUSPENDED = "directive.suspended"
    DIRECTIVE_RESUMED = "directive.resumed"
    DIRECTIVE_WITHDRAWN = "directive.withdrawn"
    DIRECTIVE_SUPERSEDED = "directive.superseded"
    DIRECTIVE_HANDED_OVER = "directive.handed_over"
    DIRECTIVES_HANDED_OVER = "directives.handed_over"
    HANDLER_NAMED = "handler.named"
    PROGRESS_REPORTED = "progress.reported"
    REPORTS_ENTERED = "reports.entered"
    ACCOUNT_DRAWN_UP = "account.drawn_up"
    FINDING_ENTERED = "finding.entered"
    ACCOUNT_FILED = "account.filed"
    ACCOUNT_NOTED = "account.noted"
    ACCOUNT_SENT_BACK = "account.sent_back"
    CONSULTATION_CALLED = "consultation.called"
    CONSULTATION_ANSWERED = "consultation.answered"
    CONSULTATION_CLOSED = "consultation.closed"
    DECISIONS_IMPORTED = "decisions.imported"


def decision_certified(entry: Entry) -> str:
    facts = entry.facts
    said = {
        "number": facts["number"],
        "title": facts["title"],
        "how": how(facts["adopted"]),
        "points": ngettext("%(count)d point", "%(count)d points", facts["points"]) % {"count": facts["points"]},
    }
    told = [_("Decision %(number)d, “%(title)s”, was certified: adopted %(how)s, with %(points)s.") % said]
    if expires := facts.get("expires"):
        told.append(_("It holds until %(day)s.") % {"day": on(expires)})
    return " ".join([*told, *map(change_told, facts.get("changes", ()))])


def directive_issued(entry: Entry) -> str:
    said = {**entry.facts, "due": on(entry.facts["due"])}
    return _("Point %(point)d of decision %(decision)d was handed to %(unit)s, due %(due)s: %(text)s") % said


def point_without_task(entry: Entry) -> str:
    return _("From point %(point)d of decision %(decision)d nobody is given a task: %(reason)s") % entry.facts


def directives_issued(entry: Entry) -> str:
    facts = entry.facts
    units = ngettext("%(count)d unit", "%(count)d units", facts["units"]) % {"count": facts["units"]}
    said = {**facts, "units": units, "due": on(facts["due"])}
    if facts.get("having"):
        told = _("Point %(point)d of decision %(decision)d was handed to %(units)s with a body “%(having)s”,") % said
    else:
        told = _("Point %(point)d of decision %(decision)d was handed to %(units)s of level “%(level)s”,") % said
    told += " " + _("due %(due)s: %(text)s") % said
    if above := facts.get("through"):
        more = ngettext(
            "%(count)d unit above has the whole of what stands below it.",
            "%(count)d units above have the whole of what stands below them.",
            above,
        )
        told += " " + more % {"count": above}
    return told


def directive_broken_down(entry: Entry) -> str:
    facts = entry.facts
    parts = facts["parts"]
    said = {**facts, "parts": ngettext("%(count)d part", "%(count)d parts", len(parts)) % {"count": len(parts)}}
    told = _("%(unit)s broke its task from decision %(decision)d of %(body)s down into %(parts)s:") % said
    return f"{told} {', '.join(dict.fromkeys(part['unit'] for part in parts))}."


def directive_returned(entry: Entry) -> str:
    return _("%(unit)s returned its task from decision %(decision)d of %(body)s: %(reason)s") % entry.facts


def directive_not_applicable(entry: Entry) -> str:
    said = entry.facts
    return _("%(unit)s answered that its task from decision %(decision)d does not apply to it: %(reason)s") % said


def extension_asked(entry: Entry) -> str:
    said = {**entry.facts, "day": on(entry.facts["day"])}
    return _("%(unit)s asked for time until %(day)s for its task from decision %(decision)d: %(reason)s") % said


def extension_granted(entry: Entry) -> str:
    said = {**entry.facts, "day": on(entry.facts["day"]), "before": on(entry.facts["before"])}
    return _("The task of %(unit)s from decision %(decision)d is due on %(day)s instead of %(before)s.") % said


def extension_refused(entry: Entry) -> str:
    return _("No more time was given to %(unit)s for its task from decision %(decision)d: %(reason)s") % entry.facts


def question_asked(entry: Entry) -> str:
    return _("%(unit)s asked about its task from decision %(decision)d: %(reason)s") % entry.facts


def question_answered(entry: Entry) -> str:
    said = entry.facts
    return _("Asked by %(unit)s about point %(point)d of decision %(decision)d: %(question)s Answer: %(reason)s") % said


def directive_verified(entry: Entry) -> str:
    return with_reason(
        _("The task of %(unit)s from decision %(decision)d was verified and closed.") % entry.facts, entry
    )


def directive_sent_back(entry: Entry) -> str:
    return _("The task from decision %(decision)d was sent back to %(unit)s: %(reason)s") % entry.facts


def directive_suspended(entry: Entry) -> str:
    told = _("The task of %(unit)s from decision %(decision)d was suspended: %(reason)s") % entry.facts
    count = entry.facts.get("parts", 0)
    more = ngettext("With it %(count)d part was suspended.", "With it %(count)d parts were suspended.", count)
    return f"{told} {more % {'count': count}}" if count else told


def directive_resumed(entry: Entry) -> str:
    told = with_reason(_("The task of %(unit)s from decision %(decision)d was resumed.") % entry.facts, entry)
    count = entry.facts.get("parts", 0)
    more = ngettext("With it %(count)d part was resumed.", "With it %(count)d parts were resumed.", count)
    return f"{told} {more % {'count': count}}" if count else told


def directive_withdrawn(entry: Entry) -> str:
    return and_parts(
        _("The task of %(unit)s from decision %(decision)d was withdrawn: %(reason)s") % entry.facts, entry
    )


def directive_superseded(entry: Entry) -> str:
    told = _(
        "The task of %(unit)s from decision %(decision)d gave way to task %(other)d, of %(other_unit)s: %(reason)s"
    )
    return and_parts(told % entry.facts, entry)


def directive_handed_over(entry: Entry) -> str:
    told = _("The task of %(before)s from decision %(decision)d was handed over to %(unit)s: %(reason)s")
    return told % entry.facts


def directives_handed_over(entry: Entry) -> str:
    facts = entry.facts
    count = len(facts["tasks"])
    tasks = ngettext("%(count)d open task", "%(count)d open tasks", count) % {"count": count}
    told = _("%(before)s ended, and %(tasks)s of it went to its successor %(unit)s: %(reason)s")
    return told % {**facts, "tasks": tasks}


def handler_named(entry: Entry) -> str:
    facts = entry.facts
    if facts["handler"]:
        return _("%(handler)s handles the task of %(unit)s from decision %(decision)d of %(body)s.") % facts
    return _("%(before)s no longer handles the task of %(unit)s from decision %(decision)d of %(body)s.") % facts


def with_reason(told: str, entry: Entry) -> str:
    """Return a sentence followed by what was added to it, if anything was."""
    return f"{told} {entry.facts['reason']}".strip()


def and_parts(told: str, entry: Entry) -> str:
    """Return a sentence followed by how many parts ended with the task."""
    count = entry.facts["parts"]
    if not count:
        return told
    more = ngettext("With it %(count)d part was withdrawn.", "With it %(count)d parts were withdrawn.", count)
    return f"{told} {more % {'count': count}}"


def directive_received(entry: Entry) -> str:
    return _("%(unit)s received its task from decision %(decision)d of %(body)s.") % entry.facts


def progress_reported(entry: Entry) -> str:
    facts = entry.facts
    said = {"unit": facts["unit"], "decision": facts["decision"], "narrative": facts["narrative"]}
    if facts["done"]:
        told = _("%(unit)s reported its task from decision %(decision)d as done: %(narrative)s") % said
    else:
        told = _("%(unit)s reported on its task from decision %(decision)d: %(narrative)s") % said
    if figure := figure_in_facts(facts):
        told += " " + figure
    if facts["delay_reason"]:
        told += " " + _("Reason for the delay: %(reason)s") % {"reason": facts["delay_reason"]}
    if facts.get("through"):
        told += " " + _("Told by telephone, and entered by %(office)s.") % {"office": facts["through"]}
    return told


def reports_entered(entry: Entry) -> str:
    facts = entry.facts
    count = {"count": facts["reports"]}
    said = {**facts, "reports": ngettext("%(count)d report", "%(count)d reports", facts["reports"]) % count}
    return (
        _("%(reports)s on point %(point)d of decision %(decision)d: told by telephone, entered by %(office)s.") % said
    )


def account_drawn_up(entry: Entry) -> str:
    facts = entry.facts
    said = {**facts, "as_of": on(facts["as_of"])}
    told = _("The account of what became of the decisions of %(body)s was drawn up as of %(as_of)s:") % said
    points = ngettext("%(count)d open point", "%(count)d open points", facts["open"]) % {"count": facts["open"]}
    told += " " + _("%(points)s, %(overdue)d of them overdue; %(ended)d ended.") % {**facts, "points": points}
    if facts.get("presenter"):
        told += " " + _("%(presenter)s presents it.") % facts
    return told


def finding_entered(entry: Entry) -> str:
    facts = entry.facts
    if facts["outcome"] == "fulfilled":
        told = _("%(body)s found point %(point)d of decision %(decision)d fulfilled: %(text)s")
    else:
        told = _("%(body)s found point %(point)d of decision %(decision)d not fulfilled: %(text)s")
    return told % facts


def account_filed(entry: Entry) -> str:
    facts = {**entry.facts, "as_of": on(entry.facts["as_of"])}
    return (
        _("The account as of %(as_of)s was put with the documents of item %(item)s: “%(title)s”, version %(version)d.")
        % facts
    )


def account_noted(entry: Entry) -> str:
    told = _("%(body)s heard the account of what became of its decisions, and noted it.") % entry.facts
    return f"{told} {entry.facts['text']}".strip()


def account_sent_back(entry: Entry) -> str:
    return _("%(body)s heard the account of what became of its decisions, and sent it back: %(text)s") % entry.facts


def decisions_imported(entry: Entry) -> str:
    facts = entry.facts
    count, tasks = facts["decisions"], facts["tasks"]
    decisions = ngettext("%(count)d old decision", "%(count)d old decisions", count) % {"count": count}
    said = {
        **facts,
        "decisions": decisions,
        "tasks": ngettext("%(count)d task", "%(count)d tasks", tasks) % {"count": tasks},
    }
    return _("%(decisions)s of %(body)s with %(tasks)s were brought in from %(origin)s (%(file)s).") % said


def because_of_state(fault: str, directive: Directive) -> str:
    """Return the sentence that says why something cannot be done to a directive as it stands."""
    sentences = {
        "directive received": _("This task was received already. Nothing was entered twice."),
        "not received": _("This task was not received yet. Receive it first, then report on it."),
        "not claimed": _("This task was not reported as done, so there is nothing to verify yet."),
        "nothing to send back": _("Nothing of this task waits for you, so there is nothing to send back."),
        "not suspended": _("This task is not suspended."),
        "is claimed": _("This task was reported as done and waits to be verified."),
        "is returned": _("This task was returned to its issuer, who now has to answer."),
        "is suspended": _("This task is suspended. Nothing is done on it until it is resumed."),
        "was closed": _("This task was verified and closed. It is not opened again; a new one can be issued."),
        "was not applicable": _("This task was answered as not applicable. Its issuer can send it back."),
        "was withdrawn": _("This task was withdrawn. Nothing more is entered on it."),
    }
    if fault == "was superseded" and directive.superseded_by:
        number = directive.superseded_by.number
        return _("This task gave way to task %(number)d. Nothing more is entered on it.") % {"number": number}
    return sentences[fault]


def how(adopted: str) -> str:
    """Return how a decision was adopted, in words."""
    said = {
        "unanimous": _("unanimously"),
        "by vote": _("by vote"),
        "by consent": _("by consent"),
        "by acclamation": _("by acclamation"),
    }
    return said[adopted]


def on(day: str) -> str:
    """Return a calendar day of the facts as the reader's language writes it."""
    return date_format(date.fromisoformat(day))
