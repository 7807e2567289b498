"""An edited text held against the book: what it claims otherwise, each in a sentence."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _

from hemicycle.accounts.access import WIDTH, Access
from hemicycle.journal.act import subject
from hemicycle.journal.models import Entry
from hemicycle.meetings.models import AgendaItem, Meeting, Participation
from hemicycle.publishing.communique.attendance import attendants
from hemicycle.publishing.communique.blocks import Content, Section, plain_text
from hemicycle.publishing.communique.gathered import Told, keys_of, told
from hemicycle.publishing.communique.proceedings import section_of
from hemicycle.publishing.communique.votes import NAMED, OUTCOMES, is_last
from hemicycle.publishing.communique.written import as_text
from hemicycle.publishing.minutes import may_read, visible
from hemicycle.publishing.rules import Facts, Finding, Vote, Weight, days_in, figures_in, findings, sentences
from hemicycle.voting.models import WITHOUT_OBJECTION

# Shorter ones may stand anywhere.
A_SENTENCE = 25


@dataclass(frozen=True)
class Contradiction:
    """What a text says against the book, in a sentence; `never` where no reason can excuse it."""

    section: str
    sentence: str
    never: bool
    hint: bool


def in_communique(meeting: Meeting, access: str, content: Content, drawn: Content) -> list[Contradiction]:
    """Return what a communiqué says against the book, and against what was drawn up from it for its audience."""
    return list(checked(told(meeting, access), content, drawn)) if edited(content) else []


def in_minutes(meeting: Meeting, content: Content | dict[str, Any], drawn: Content) -> list[Contradiction]:
    """Return what minutes say against the book, and against those that were drawn up from it."""
    return list(checked(told(meeting, Access.DESK, full=True), content, drawn)) if edited(content) else []


def weighty(found: list[Contradiction]) -> list[Contradiction]:
    """Return those that are more than a hint."""
    return [one for one in found if not one.hint]


def checked(book: Told, content: Content | dict[str, Any], drawn: Content) -> Iterator[Contradiction]:
    """Yield what the edited sections of a content say against the book, and what was drawn up from it."""
    facts, items = general(book, drawn), list(AgendaItem.objects.filter(meeting=book.meeting))
    for section in edited(content):
        access = Access(section.get("access", book.access))
        own = visible(drawn, access) if "access" in section else drawn
        here = replace(facts, here=tuple(votes_in(book, items, section)), closed=closed_to(items, access, drawn))
        for found in findings(as_text(section["blocks"]), plain_text(own), here):
            never, hint = found.weight == Weight.NEVER, found.weight == Weight.UNKNOWN
            yield Contradiction(section["name"], in_words(found), never, hint)


def edited(content: Content | dict[str, Any]) -> list[Section]:
    """Return the sections of a content that were written by hand."""
    return [one for one in content["sections"] if one.get("edited")]


def general(book: Told, drawn: Content) -> Facts:
    """Return what the book tells of the meeting as a whole."""
    meeting, text = book.meeting, plain_text(drawn)
    span = range((meeting.ends - meeting.starts).days + 1)
    there = [one for one in attendants(book) if isinstance(one.who, int)]
    sittings = keys_of(book.opened, "sitting")
    chairs = book.meeting.sittings.filter(pk__in=sittings, presidings__access__in=book.audiences)
    return Facts(
        every=tuple(votes_among(book, book.of(*OUTCOMES))),
        chairs=tuple(chairs.values_list("presidings__person__name", flat=True)),
        people=tuple(
            Participation.objects.filter(sitting__in=sittings, person__isnull=False).values_list(
                "person__name", flat=True
            )
        ),
        days=frozenset([meeting.starts + timedelta(days=number) for number in span]) | frozenset(days_in(text)),
        figures=frozenset(figures_in(text)),
        present={
            capacity: sum(one.capacity == capacity for one in there) for capacity in {one.capacity for one in there}
        },
    )


def closed_to(items: list[AgendaItem], access: Access, drawn: Content) -> tuple[str, ...]:
    """Return what is for fewer than an audience: titles of items (none of the desk's), and what was done there."""
    titles = [item.title for item in items if item.access != Access.DESK and WIDTH[Access(item.access)] < WIDTH[access]]
    apart = [one for one in drawn["sections"] if "access" in one and not may_read(one, access)]
    said = {line for one in apart for line in sentences(as_text(one["blocks"])) if len(line) >= A_SENTENCE}
    return (*titles, *sorted(said))


def votes_in(book: Told, items: list[AgendaItem], section: Section) -> list[Vote]:
    """Return the votes on the item that a section is about."""
    for item in items:
        name = section_of(item)
        if section["name"] in {name, *(f"{name}-{access}" for access in Access)}:
            return votes_among(book, list(book.concerning(subject(item), *OUTCOMES)))
    return []


def votes_among(book: Told, done: list[Entry]) -> list[Vote]:
    """Return what came of votes, those declared that count."""
    abstaining = book.rules.unanimous_allows_abstentions
    declared = [one for one in done if one.kind in {"result.declared", "result.certified"} and is_last(one, done)]
    # An election has no votes for and against that a text could be held against.
    motions = [one.facts for one in declared if not one.facts.get("practice") and "election" not in one.facts]
    return [vote_of(facts, abstaining=abstaining) for facts in motions]


def vote_of(facts: dict[str, Any], *, abstaining: bool) -> Vote:
    """Return a vote from the facts of its entry; `abstaining`: a vote with abstentions can be unanimous."""
    counts, by_consent = facts["counts"], facts.get("method", NAMED) in WITHOUT_OBJECTION
    undivided = facts["carried"] and counts["for"] > 0 and counts["against"] == 0
    return Vote(
        title="" if facts.get("amendment") else facts["motion"],
        votes_for=counts["for"],
        against=counts["against"],
        abstained=counts["abstained"],
        carried=facts["carried"],
        unanimous=bool(facts["unanimous"]) or (undivided and (abstaining or counts["abstained"] == 0)),
        by_consent=by_consent,
    )


def in_words(found: Finding) -> str:
    """Return a finding as a sentence that says what the text claims, and what the book tells."""
    said = {"said": found.said, "told": found.told, "vote": of_vote(found.vote) if found.vote else ""}
    return {
        "closed": _("“%(said)s” is not open to everybody who will read this. Leave it out."),
        "unanimous": _("“%(said)s” may not be said: %(vote)s"),
        "unanimous_unknown": _("“%(said)s”: the book tells of no vote that this could be about."),
        "unanimous_consent": _("“%(said)s”: no votes were counted. %(vote)s"),
        "votes_for": _("“%(said)s”: the book counts %(told)s for. %(vote)s"),
        "against": _("“%(said)s”: the book counts %(told)s against. %(vote)s"),
        "abstained": _("“%(said)s”: the book counts %(told)s abstentions. %(vote)s"),
        "rejected": _("“%(said)s”: by the book it was adopted. %(vote)s"),
        "adopted": _("“%(said)s”: by the book it was not adopted. %(vote)s"),
        "chair": _("“%(said)s” presided over nothing by the book. In the chair: %(told)s."),
        "day": _("“%(said)s”: the book tells of no such day."),
        "present": _("“%(said)s”: the book tells of %(told)s."),
        "figure": _("“%(said)s”: the book does not tell this figure."),
    }[found.code] % said


def of_vote(vote: Vote) -> str:
    """Return what came of a vote, in a sentence."""
    said = {"title": vote.title or _("an amendment"), "for": vote.votes_for}
    said |= {"against": vote.against, "abstained": vote.abstained}
    if vote.by_consent:
        return _("“%(title)s” was adopted by consent.") % said
    return _("the votes on “%(title)s” were %(for)d for, %(against)d against, %(abstained)d abstained.") % said
