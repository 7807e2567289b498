"""What the meeting dealt with: its agenda; reports, votes and decisions on each item; tasks handed to units."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hemicycle.bodies.words.speaking import length
from hemicycle.decisions.words import how
from hemicycle.journal.act import subject
from hemicycle.journal.models import Entry
from hemicycle.journal.words import sentence
from hemicycle.meetings.models import AgendaItem, Turn, TurnKind
from hemicycle.meetings.words.floor import ended, vacated
from hemicycle.publishing.communique.blocks import Block, Section, group, listed, paragraph, points
from hemicycle.publishing.communique.course import ELSEWHERE
from hemicycle.publishing.communique.gathered import Told, key_of
from hemicycle.publishing.communique.lead import clock, foreign
from hemicycle.publishing.communique.votes import OUTCOMES, REPEATED, outcome

# What a communiqué tells of an item; minutes tell everything that is entered about it.
TOLD = frozenset({
    "report.heard", "speech.given", "floor.given", "conclusion.drawn", "interest.declared", "motion.tabled",
    "motion.withdrawn", "motion.divided", "amendment.accepted", "amendment.withdrawn", "procedure.decided",
    "dissent.minuted", "decision.certified", "item.settled", "item.referred_back", "item.carried_over", "item.reopened",
    REPEATED, *OUTCOMES,
})  # fmt: skip


def agenda(book: Told) -> list[Block]:
    """List the items that can be told, as they stand on the agenda; without sub-items, as plain numbered points."""
    items = on_the_agenda(book)
    titles = [referred(item) for item in items]
    if [item.called for item in items] == [str(number) for number in range(1, len(items) + 1)]:
        return [points(titles)] if items else []
    return [listed([f"{item.called} {title}" for item, title in zip(items, titles, strict=True)])]


def on_the_agenda(book: Told) -> list[AgendaItem]:
    """Return the items of the meeting's agenda that the whole audience may see."""
    return list(book.meeting.items.filter(access__in=book.audiences).order_by("ordinal"))


def to_come(book: Told) -> list[Block]:
    """List the items of a meeting that is not over of which the audience knows no end."""
    if book.ended:
        return []
    over = book.of("item.settled", "item.referred_back", "item.carried_over", "item.reopened")
    last = {name: entry.kind for entry in over for name in entry.subjects}
    open_still = [item for item in on_the_agenda(book) if last.get(subject(item), "item.reopened") == "item.reopened"]
    return [listed([f"{item.called} {item.title}" for item in open_still])] if open_still else []


def referred(item: AgendaItem) -> str:
    """Return an item with who referred it, where somebody did."""
    said = {"title": item.title, "referred_by": item.referred_by}
    return _("%(title)s (referred by %(referred_by)s)") % said if item.referred_by else item.title


def items(book: Told) -> list[Section]:
    """Tell what came of each item: one section for each that anything was done on."""
    return [
        {"name": section_of(item), "heading": item.title, "blocks": blocks}
        for item in on_the_agenda(book)
        if (blocks := proceedings(book, subject(item)))
    ]


def section_of(item: AgendaItem) -> str:
    """Return the name of the section on an item."""
    return f"item-{item.called.replace('.', '-')}"


def proceedings(book: Told, item: str) -> list[Block]:
    """Tell what was done on an item, in the order of the book."""
    concerning = [entry for entry in book.entries if item in entry.subjects]
    done = concerning if book.full else [entry for entry in concerning if entry.kind in TOLD]
    blocks = [block for entry in done for block in one_proceeding(book, entry, done)]
    begun = [entry.kind for entry in concerning if entry.kind in {"item.taken_up", "item.put_back"}]
    if not blocks and begun[-1:] == ["item.taken_up"]:
        return [paragraph(_("The item was taken up. What came of it was not entered."))]
    return blocks


def one_proceeding(book: Told, entry: Entry, done: list[Entry]) -> list[Block]:
    """Tell one act on an item; an outcome only by the last that was entered about its ballot."""
    match entry.kind:
        case kind if kind in OUTCOMES:
            return outcome(book, entry, done)
        case "speech.given" | "floor.given":
            return spoken(book, entry, done)
        case "speech.ended" | "speech.held" | "speech.resumed":
            return []  # How long each spoke stands where they are named.
        case "ballot.opened":
            return []
        case kind if kind == REPEATED and not book.full:
            return []
        case kind if kind in TELLERS:
            return TELLERS[kind](book, entry)
        case kind if kind in ELSEWHERE:
            return []
    return [as_entered(entry)]


def reported(_book: Told, entry: Entry) -> list[Block]:
    """Tell a report and how it reached the meeting."""
    if entry.facts["form"] == "written":
        return [paragraph(_("%(reporter)s submitted a report in writing: “%(title)s”.") % entry.facts)]
    return [paragraph(_("%(reporter)s delivered a report: “%(title)s”.") % entry.facts)]


def concluded(book: Told, entry: Entry) -> list[Block]:
    """Tell a conclusion in its own words."""
    said = _("%(name)s drew the conclusion:") % entry.facts
    return [paragraph(said), paragraph(entry.facts["text"], foreign(book, entry.facts["language"]))]


def interested(book: Told, entry: Entry) -> list[Block]:
    """Tell that somebody was concerned by the item; of what nature, in minutes alone."""
    if not book.full:
        return [paragraph(_("%(name)s declared an interest and took no part in the item.") % entry.facts)]
    said = _("%(name)s declared an interest and took no part in the item: %(nature)s") % entry.facts
    return [paragraph(ended(said) + vacated(entry.facts))]


def withdrawn(book: Told, entry: Entry) -> list[Block]:
    """Tell that a motion was withdrawn; why, in minutes alone."""
    return [as_entered(entry)] if book.full else [paragraph(_("“%(title)s” was withdrawn.") % entry.facts)]


def settled(book: Told, entry: Entry) -> list[Block]:
    """Tell what came of an item, where that was entered."""
    language = foreign(book, book.meeting.body.language)
    return [paragraph(entry.facts["outcome"], language)] if entry.facts["outcome"] else []


def taken_up(book: Told, entry: Entry) -> list[Block]:
    """Tell in minutes when an item was taken up, and that the chair changed hands for it."""
    if not book.full:
        return []
    if entry.happened_as != "moment" or entry.happened_from is None:
        return [paragraph(_("The item was taken up.") + vacated(entry.facts))]
    said = _("The item was taken up at %(clock)s.") % {"clock": clock(book, entry.happened_from)}
    return [paragraph(said + vacated(entry.facts))]


def as_entered(entry: Entry) -> Block:
    """Return an entry in the book's own words."""
    return paragraph(sentence(entry))


def spoken(book: Told, entry: Entry, done: list[Entry]) -> list[Block]:
    """Name those who spoke one after the other together, and so those who handed in a speech in writing.

    Minutes tell besides how long each spoke who was given the floor, the longest first.
    """
    speeches = [other for other in done if other.kind in {"speech.given", "floor.given"}]
    alike = [other for other in speeches if other.facts["form"] == entry.facts["form"]]
    if alike[0] is not entry:
        return []
    names = list(dict.fromkeys(str(other.facts["speaker"]) for other in alike))
    said = {"names": get_text_list(names, _("and"))}
    if entry.facts["form"] == "written":
        return [
            paragraph(
                ngettext(
                    "%(names)s handed in a speech in writing.", "%(names)s handed in speeches in writing.", len(names)
                )
                % said
            )
        ]
    return [paragraph(_("%(names)s spoke.") % said), *(by_length(alike) if book.full else [])]


def by_length(given: list[Entry]) -> list[Block]:
    """List the speeches for which the floor was given by their length."""
    keys = [key for entry in given if (key := key_of(entry, "turn")) is not None]
    turns = Turn.objects.filter(pk__in=keys, seconds__isnull=False).select_related("speaker", "group")
    lines = [contributed(turn) for turn in turns.order_by("-seconds", "pk")]
    return [group(_("Contributions by length"), lines)] if lines else []


def contributed(turn: Turn) -> str:
    """Tell a speech in a line: who, of which group, what for, from where, and how long."""
    about = [turn.group.name] if turn.group else []
    about += [_(turn.get_kind_display())] if turn.kind != TurnKind.COMMENT else []
    about += [_("from elsewhere")] if turn.remote else []
    name = f"{turn.speaker.name} ({', '.join(about)})" if about else turn.speaker.name
    return _("%(name)s: %(length)s") % {"name": name, "length": length(turn.seconds or 0)}


def tabled(_book: Told, entry: Entry) -> list[Block]:
    """Tell how a motion came before the meeting."""
    if entry.facts["kind"] == "draft resolution":
        return [paragraph(_("%(mover)s put a draft resolution before the meeting: “%(title)s”.") % entry.facts)]
    return [paragraph(_("%(mover)s moved: “%(title)s”.") % entry.facts)]


def decided(book: Told, entry: Entry) -> list[Block]:
    """Tell a decision with its text and points."""
    facts = entry.facts
    lang = foreign(book, str(facts["language"]))
    said = {"number": facts["number"], "title": facts["title"], "how": how(str(facts["adopted"]))}
    blocks = [paragraph(_("It became decision %(number)d, “%(title)s”, adopted %(how)s.") % said)]
    if facts["text"]:
        blocks.append(paragraph(str(facts["text"]), lang))
    texts = facts["texts"]
    return [*blocks, points(texts, lang)] if isinstance(texts, list) and texts else blocks


TELLERS: dict[str, Callable[[Told, Entry], list[Block]]] = {
    "report.heard": reported,
    "conclusion.drawn": concluded,
    "interest.declared": interested,
    "motion.tabled": tabled,
    "motion.withdrawn": withdrawn,
    "decision.certified": decided,
    "item.settled": settled,
    "item.taken_up": taken_up,
}


def tasks(book: Told) -> list[Block]:
    """Tell which tasks were handed to which units, by sector, and what the units below are to discuss."""
    by_sector: dict[str, list[str]] = {}
    for entry in book.of("directive.issued", "directives.issued"):
        facts = entry.facts
        said = {
            **facts,
            "unit": facts.get("unit") or every_unit(facts),
            "due": date_format(date.fromisoformat(facts["due"])),
        }
        by_sector.setdefault(str(facts["sector"]), []).append(
            _("%(unit)s, by %(due)s: %(text)s (decision %(decision)d, point %(point)d)") % said
        )
    told = [group(sector or _("Without a sector"), by_sector[sector]) for sector in sorted(by_sector)]
    asked = [sentence(entry) for entry in book.of("consultation.called")]
    return [*told, group(_("For discussion"), asked)] if asked else told


def every_unit(facts: dict[str, Any]) -> str:
    """Name the units to which one act handed the same task."""
    units = ngettext("%(count)d unit", "%(count)d units", facts["units"]) % {"count": facts["units"]}
    if facts.get("having"):
        return _("Each unit with a body “%(having)s” (%(units)s)") % {"having": facts["having"], "units": units}
    return _("Each unit of level “%(level)s” (%(units)s)") % {"level": facts["level"], "units": units}
