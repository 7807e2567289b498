"""What the meeting dealt with: its agenda; reports, votes and decisions on each item; tasks handed to units."""

from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from hemicycle.accounts.access import WIDTH, Access
from hemicycle.bodies.queries import rules_on
from hemicycle.decisions.words import how
from hemicycle.journal.act import subject
from hemicycle.journal.models import Entry
from hemicycle.meetings.models import AgendaItem
from hemicycle.publishing.communique.blocks import Block, Section, group, listed, paragraph, points
from hemicycle.publishing.communique.gathered import Told, key_of
from hemicycle.publishing.communique.lead import foreign
from hemicycle.voting.models import Choice, Entitled
from hemicycle.voting.words import arithmetic

OUTCOMES = (
    "ballot.closed", "ballot.counted", "ballot.voided", "casting_vote.given", "result.declared", "result.corrected",
    "result.certified",
)  # fmt: skip


def agenda(book: Told) -> list[Block]:
    """List the items that can be told, as they stand on the agenda; without sub-items, as plain numbered points."""
    items = on_the_agenda(book)
    titles = [referred(item) for item in items]
    if [item.called for item in items] == [str(number) for number in range(1, len(items) + 1)]:
        return [points(titles)] if items else []
    return [listed([f"{item.called} {title}" for item, title in zip(items, titles, strict=True)])]


def on_the_agenda(book: Told) -> list[AgendaItem]:
    """Return the items of the meeting's agenda that the whole audience may see."""
    wider = [access for access in Access if WIDTH[access] >= WIDTH[book.access]]
    return list(book.meeting.items.filter(access__in=wider).order_by("ordinal"))


def referred(item: AgendaItem) -> str:
    """Return an item with who referred it, where somebody did."""
    said = {"title": item.title, "referred_by": item.referred_by}
    return _("%(title)s (referred by %(referred_by)s)") % said if item.referred_by else item.title


def items(book: Told) -> list[Section]:
    """Tell what came of each item: one section for each that anything was done on."""
    return [
        {"name": f"item-{item.called.replace('.', '-')}", "heading": item.title, "blocks": blocks}
        for item in on_the_agenda(book)
        if (blocks := proceedings(book, subject(item)))
    ]


def proceedings(book: Told, item: str) -> list[Block]:
    """Tell what was done on an item, in the order of the book."""
    done = list(
        book.concerning(
            item, "item.taken_up", "report.heard", "motion.tabled", "motion.withdrawn", *OUTCOMES, "decision.certified",
            "item.settled",
        )
    )  # fmt: skip
    blocks: list[Block] = []
    for entry in done:
        blocks += one_proceeding(book, entry, done)
    if not blocks and done:
        return [paragraph(_("The item was taken up. What came of it was not entered."))]
    return blocks


def one_proceeding(book: Told, entry: Entry, done: list[Entry]) -> list[Block]:
    """Tell one act on an item; an outcome only by the last that was entered about its ballot."""
    facts = entry.facts
    match entry.kind:
        case "report.heard":
            written = facts["form"] == "written"
            pattern = (
                _("%(reporter)s submitted a report in writing: “%(title)s”.")
                if written
                else _("%(reporter)s delivered a report: “%(title)s”.")
            )
            return [paragraph(pattern % facts)]
        case "motion.tabled":
            return [paragraph(tabled(facts))]
        case "motion.withdrawn":
            return [paragraph(_("“%(title)s” was withdrawn.") % facts)]
        case "decision.certified":
            return decided(book, facts)
        case "item.settled" if facts["outcome"]:
            return [paragraph(facts["outcome"], foreign(book, book.meeting.body.language))]
        case kind if kind in OUTCOMES and is_last(entry, done):
            return outcome(book, entry)
    return []


def tabled(facts: dict[str, str]) -> str:
    """Return how a motion came before the meeting."""
    if facts["kind"] == "draft resolution":
        return _("%(mover)s put a draft resolution before the meeting: “%(title)s”.") % facts
    return _("%(mover)s moved: “%(title)s”.") % facts


def is_last(entry: Entry, done: list[Entry]) -> bool:
    """Say whether an entry is the last about its ballot's outcome."""
    ballot = key_of(entry, "ballot")
    about = [other for other in done if other.kind in OUTCOMES and key_of(other, "ballot") == ballot]
    return about[-1] is entry


def outcome(book: Told, entry: Entry) -> list[Block]:
    """Tell what came of a vote, with its arithmetic. A ballot voided or for practice decided nothing and is not told.

    A count that nobody declared is not told either.
    """
    facts = entry.facts
    if facts["practice"] or entry.kind not in {"result.declared", "result.certified"}:
        return []
    said = {"motion": what(facts), "outcome": arithmetic(facts)}
    method = facts.get("method", "named vote")
    told = put_by(method) % said
    if entry.kind == "result.declared":
        told += " " + _("The result was declared; it is not certified yet.")
    names = names_of_votes(book, entry) if method == "named vote" else []
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
        "consent": _("Nobody objected to %(motion)s. %(outcome)s"),
    }
    return patterns.get(method, _("%(motion)s was put to a named vote. %(outcome)s"))


def quorum_of(book: Told, entry: Entry) -> list[Block]:
    """State the quorum that a vote was opened with."""
    opened = book.concerning(f"ballot:{key_of(entry, 'ballot')}", "ballot.opened")
    pattern = _("%(present)d of %(members)d members with a vote were there at its opening; %(needed)d are a quorum.")
    return [paragraph(pattern % one.facts["quorum"]) for one in opened]


def names_of_votes(book: Told, entry: Entry) -> list[Block]:
    """Name who voted how where the rules of procedure publish it to the whole audience; else nobody."""
    meeting = book.meeting
    names = rules_on(meeting.body, meeting.starts).names_of_votes
    if WIDTH[Access(names)] < WIDTH[book.access]:
        return []
    voters = Entitled.objects.filter(ballot=key_of(entry, "ballot")).order_by("number")
    by_choice: dict[str, list[str]] = {}
    for name, choice in voters.values_list("name", "vote__choice"):
        by_choice.setdefault(choice or "", []).append(name)
    headings = {Choice.FOR: _("For"), Choice.AGAINST: _("Against"), Choice.ABSTAIN: _("Abstained"), "": _("Not voting")}
    return [group(heading, by_choice[choice]) for choice, heading in headings.items() if choice in by_choice]


def decided(book: Told, facts: dict[str, object]) -> list[Block]:
    """Tell a decision with its text and points."""
    lang = foreign(book, str(facts["language"]))
    said = {"number": facts["number"], "title": facts["title"], "how": how(str(facts["adopted"]))}
    blocks = [paragraph(_("It became decision %(number)d, “%(title)s”, adopted %(how)s.") % said)]
    if facts["text"]:
        blocks.append(paragraph(str(facts["text"]), lang))
    texts = facts["texts"]
    return [*blocks, points(texts, lang)] if isinstance(texts, list) and texts else blocks


def tasks(book: Told) -> list[Block]:
    """Tell which tasks were handed to which units, by sector."""
    by_sector: dict[str, list[str]] = {}
    for entry in book.of("directive.issued"):
        facts = entry.facts
        said = {**facts, "due": date_format(date.fromisoformat(facts["due"]))}
        by_sector.setdefault(facts["sector"], []).append(
            _("%(unit)s, by %(due)s: %(text)s (decision %(decision)d, point %(point)d)") % said
        )
    return [group(sector or _("Without a sector"), by_sector[sector]) for sector in sorted(by_sector)]
