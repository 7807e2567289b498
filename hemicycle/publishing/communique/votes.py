"""What came of votes: the arithmetic, the quorum they were opened with, and names where the rules publish them."""

from typing import Any

from django.utils.translation import gettext as _

from hemicycle.accounts.access import WIDTH, Access
from hemicycle.journal.models import Entry
from hemicycle.journal.words import sentence
from hemicycle.publishing.communique.blocks import Block, group, paragraph
from hemicycle.publishing.communique.gathered import Told, key_of
from hemicycle.voting.models import BY_NAME, Choice, Entitled
from hemicycle.voting.words import arithmetic

NAMED = "named vote"
OUTCOMES = (
    "ballot.closed", "ballot.counted", "consent.noted", "casting_vote.given", "ballot.voided", "result.declared",
    "lot.drawn", "result.corrected", "result.certified",
)  # fmt: skip
# By this a ballot is void, and another is opened in its place: the entry concerns both.
REPEATED = "ballot.repeated"
OPENED = ("ballot.opened", REPEATED)
TOLD_OF = ("result.declared", "lot.drawn", "result.certified")


def is_last(entry: Entry, done: list[Entry]) -> bool:
    """Say whether an entry is the last about its ballot's outcome."""
    ballot = f"ballot:{key_of(entry, 'ballot')}"
    about = [other for other in done if other.kind in {*OUTCOMES, REPEATED} and ballot in other.subjects]
    return about[-1] is entry


def outcome(book: Told, entry: Entry, done: list[Entry]) -> list[Block]:
    """Tell what came of a vote, with its arithmetic. A ballot voided or for practice decided nothing and is not told.

    A count that nobody declared is not told either.
    """
    facts = entry.facts
    if entry.kind == "ballot.voided" or not is_last(entry, done):
        return undone(entry) if book.full else []
    if facts.get("practice") or entry.kind not in TOLD_OF:
        return []
    said = {"motion": what(facts), "outcome": arithmetic(facts)}
    method = facts.get("method", NAMED)
    told = put_by(method) % said
    if entry.kind != "result.certified":
        told += " " + _("The result was declared; it is not certified yet.")
    names = names_of_votes(book, entry) if method in BY_NAME and "election" not in facts else []
    return [paragraph(told), *quorum_of(book, entry), *names]


def what(facts: dict[str, Any]) -> str:
    """Return what was decided on: a motion, or an amendment to it."""
    if facts.get("amendment"):
        said = {"number": facts["amendment"], "motion": facts["motion"]}
        return _("Amendment %(number)d to “%(motion)s”") % said
    return _("“%(motion)s”") % {"motion": facts["motion"]}


def put_by(method: str) -> str:
    """Return how a question was decided, as a pattern."""
    patterns = {
        "show of hands": _("%(motion)s was put to a show of hands. %(outcome)s"),
        "paper ballot": _("%(motion)s was put to a secret vote on paper. %(outcome)s"),
        "secret vote": _("%(motion)s was put to a secret vote. %(outcome)s"),
        "consent": _("Nobody objected to %(motion)s. %(outcome)s"),
        "acclamation": _("%(motion)s was put to acclamation. %(outcome)s"),
        "roll call": _("%(motion)s was put to a roll call. %(outcome)s"),
        "no contest": _("There was no contest on %(motion)s. %(outcome)s"),
    }
    return patterns.get(method, _("%(motion)s was put to a named vote. %(outcome)s"))


def quorum_of(book: Told, entry: Entry) -> list[Block]:
    """State the quorum that a vote was opened with."""
    opened = book.concerning(f"ballot:{key_of(entry, 'ballot')}", *OPENED)
    pattern = _("%(present)d of %(members)d members with a vote were there at its opening; %(needed)d are a quorum.")
    return [paragraph(pattern % one.facts["quorum"]) for one in opened]


def names_of_votes(book: Told, entry: Entry) -> list[Block]:
    """Name who voted how where the rules of procedure publish it to the whole audience; else nobody."""
    return voters(entry) if WIDTH[Access(book.rules.names_of_votes)] >= WIDTH[book.access] else []


def voters(entry: Entry, motion: str = "") -> list[Block]:
    """Name who voted how in the ballot that an entry is about, under the motion where that is to be said."""
    rows = Entitled.objects.filter(ballot=key_of(entry, "ballot") or 0).order_by("number")
    by_choice: dict[str, list[str]] = {}
    for name, choice in rows.values_list("name", "vote__choice"):
        by_choice.setdefault(choice or "", []).append(name)
    headings = {Choice.FOR: _("For"), Choice.AGAINST: _("Against"), Choice.ABSTAIN: _("Abstained"), "": _("Not voting")}
    return [
        group(f"{motion}, {heading.lower()}" if motion else heading, by_choice[choice])
        for choice, heading in headings.items()
        if choice in by_choice
    ]


def by_name(book: Told) -> list[tuple[Access, list[Block]]]:
    """Name who voted how to the audience that the rules name, where it is narrower than that of the vote."""
    names = Access(book.rules.names_of_votes)
    if WIDTH[names] >= WIDTH[book.access]:
        return []
    done = book.of(*OUTCOMES, REPEATED)
    blocks = [
        block
        for entry in book.of(*TOLD_OF)
        if is_last(entry, done) and not entry.facts["practice"] and entry.facts.get("method", NAMED) in BY_NAME
        if "election" not in entry.facts
        for block in voters(entry, what(entry.facts))
    ]
    return [(names, blocks)] if blocks else []


def undone(entry: Entry) -> list[Block]:
    """Tell that a vote was voided or counted again, and why. What an undeclared count said is not told."""
    if entry.facts.get("practice"):
        return []
    if entry.kind == "ballot.voided":
        return [paragraph(sentence(entry))]
    if entry.kind == "result.corrected":
        said = {"motion": what(entry.facts), "reason": entry.facts["reason"]}
        return [paragraph(_("The votes on %(motion)s were counted again: %(reason)s") % said)]
    return []
