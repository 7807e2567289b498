"""The course of the sittings: rests, parts in private, counts, committees, and what was undone, in the book's words."""

from django.utils.formats import date_format

from hemicycle.journal.models import Entry
from hemicycle.journal.words import sentence
from hemicycle.meetings.day import zone_of
from hemicycle.publishing.communique.blocks import Block, group, listed
from hemicycle.publishing.communique.gathered import Told, adjourned_for_want, key_of
from hemicycle.publishing.communique.lead import clock

# What a communiqué tells of how a sitting went; minutes tell the rest of what is entered about it too.
TOLD = frozenset({
    "sitting.suspended", "sitting.adjourned", "sitting.closed_to_public", "sitting.opened_to_public",
    "sitting.reopened", "meeting.reopened", "credentials.adopted", "organ.formed", "organ.reported", "ruling.reversed",
    "procedure.decided",
})  # fmt: skip
# What stands elsewhere in minutes, or is told by nothing but the numbers of those who were there.
ELSEWHERE = frozenset({
    "meeting.convened", "meeting.summoned", "meeting.closed", "sitting.planned", "sitting.moved", "sitting.dropped",
    "participants.accredited", "participant.came", "participants.came", "participant.went", "mandates.called",
    "delegates.named", "summons.answered", "summons.received", "mandates.accredited", "mandate.taken",
    "communique.published", "document.handed_out", "directive.issued", "directives.issued", "consultation.called",
    "directive.received", "progress.reported",
    "agenda.adopted", "agenda.reopened", "item.added", "item.changed", "item.moved", "item.withdrawn", "item.referred",
    "referral.accepted", "referral.declined", "circulation.opened", "meeting.demanded",
})  # fmt: skip


def course(book: Told) -> list[Block]:
    """Tell how the sittings went, apart from what was done on an item."""
    told = [entry for entry in book.entries if belongs(book, entry)]
    if not book.full:
        return [listed([sentence(entry) for entry in told])] if told else []
    by_day: dict[str, list[str]] = {}
    for entry in sorted(told, key=lambda entry: (entry.happened_from or entry.recorded_at, entry.number)):
        by_day.setdefault(day_of(book, entry), []).append(timed(book, entry))
    return [group(day, lines) for day, lines in by_day.items()]


def day_of(book: Told, entry: Entry) -> str:
    """Return the day of an entry at the body's place, as the reader's language writes it."""
    moment = entry.happened_from or entry.recorded_at
    return date_format(moment.astimezone(zone_of(book.meeting.body)).date())


def belongs(book: Told, entry: Entry) -> bool:
    """Say whether an entry is told here: of its kind, and about no item."""
    about_an_item = key_of(entry, "agendaitem") is not None
    if book.full:
        ours = entry.kind.partition(".")[0] not in {"minutes", "correction"}
        return ours and entry.kind not in ELSEWHERE and not about_an_item
    return (entry.kind in TOLD or adjourned_for_want(entry)) and not about_an_item


def timed(book: Told, entry: Entry) -> str:
    """Return an entry in the book's words, with the hour at which it happened where that is known."""
    if entry.happened_as != "moment" or entry.happened_from is None:
        return sentence(entry)
    return f"{clock(book, entry.happened_from)} {sentence(entry)}"
