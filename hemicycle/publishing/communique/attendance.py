"""Who took part, in numbers and by class; delegations by name; and who was in the chair, on what basis.

Which sittings may be told of is decided by the book; the numbers come from the rows that its entries cover, since
who came by themselves did so in entries that are for the participants alone.
"""

from collections import Counter
from dataclasses import dataclass

from django.db.models import F
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hemicycle.meetings.models import Mode, ParticipationCapacity, Presence, Presiding
from hemicycle.meetings.words import classes
from hemicycle.publishing.communique.blocks import Block, listed, paragraph, table
from hemicycle.publishing.communique.gathered import Told, keys_of
from hemicycle.publishing.communique.lead import clock, ordinal


@dataclass(frozen=True)
class Attendant:
    """A person or delegation that was there at some time of the sittings told of."""

    who: int | str
    capacity: str
    group: str
    number: int | None
    remote: bool


def attendance(book: Told) -> list[Block]:
    """Tell who was there and the quorum at each opening; in minutes that stands in the course of the meeting."""
    there = attendants(book)
    persons = [one for one in there if isinstance(one.who, int)]
    blocks: list[Block] = []
    if persons:
        counts = Counter(one.capacity for one in persons)
        blocks.append(paragraph(_("Present were %(parts)s.") % {"parts": together(classes(dict(counts)))}))
        remote = sum(one.remote for one in persons)
        if remote:
            said = ngettext("One of them took part remotely.", "%(count)d of them took part remotely.", remote)
            blocks.append(paragraph(said % {"count": remote}))
    blocks += delegations([one for one in there if isinstance(one.who, str)])
    if not book.full:
        blocks += quorums(book)
    if persons:
        blocks.append(by_class(persons))
    if any(one.group for one in persons):
        blocks.append(by_group(persons))
    return blocks


def attendants(book: Told) -> list[Attendant]:
    """Return everybody who was there in the sittings told of, each once; in person if they ever were."""
    spells = (
        Presence.objects.filter(participation__sitting__in=keys_of(book.opened, "sitting"))
        .order_by("participation__sitting__ordinal", "participation", "came")
        .values_list(
            "participation__person",
            "participation__delegation",
            "participation__capacity",
            "participation__group__name",
            "participation__number",
            "mode",
        )
    )
    found: dict[int | str, Attendant] = {}
    for person, delegation, capacity, group, number, mode in spells:
        who = person or delegation
        before = found.get(who)
        remote = mode == Mode.REMOTE and (before is None or before.remote)
        found[who] = Attendant(who, capacity, group or "", number, remote)
    return list(found.values())


def delegations(there: list[Attendant]) -> list[Block]:
    """Name the delegations, by the capacity in which they took part."""
    said = {
        ParticipationCapacity.INVITED: _("Invited were:"),
        ParticipationCapacity.OBSERVER: _("Present as observers were:"),
        ParticipationCapacity.STAFF: _("In attendance were:"),
    }
    blocks: list[Block] = []
    for capacity, sentence in said.items():
        named = [delegation(one) for one in there if one.capacity == capacity]
        if named:
            blocks += [paragraph(sentence), listed(named)]
    return blocks


def delegation(one: Attendant) -> str:
    """Return a delegation with its number where that was stated, and how it took part."""
    said = f"{one.who} ({one.number})" if one.number else str(one.who)
    return _("%(delegation)s, remotely") % {"delegation": said} if one.remote else said


def quorums(book: Told) -> list[Block]:
    """State the quorum at the opening of each sitting where it was there; each vote states its own."""
    return [paragraph(quorum(entry.facts)) for entry in book.opened if entry.facts["reached"]]


def quorum(facts: dict[str, int]) -> str:
    """Return the quorum of an opening in words."""
    return (
        _(
            "When sitting %(ordinal)d was opened, %(present)d of %(whole)d members with a vote were there; the quorum "
            "of %(needed)d was reached."
        )
        % facts
    )


def by_class(persons: list[Attendant]) -> Block:
    """Return the persons by capacity and mode."""
    labels = {str(capacity): label for capacity, label in ParticipationCapacity.choices}
    return table(
        _("Persons present, by capacity"),
        [_("Capacity"), _("In person"), _("Remotely"), _("Together")],
        [
            [str(labels[capacity]), *in_numbers([one for one in persons if one.capacity == capacity])]
            for capacity in labels
            if any(one.capacity == capacity for one in persons)
        ],
    )


def by_group(persons: list[Attendant]) -> Block:
    """Return the persons by the unit that they come from."""
    groups = sorted({one.group for one in persons if one.group})
    rows = [[group, *in_numbers([one for one in persons if one.group == group])] for group in groups]
    without = [one for one in persons if not one.group]
    if without:
        rows.append([_("without a group"), *in_numbers(without)])
    return table(_("Persons present, by group"), [_("Group"), _("In person"), _("Remotely"), _("Together")], rows)


def in_numbers(persons: list[Attendant]) -> list[str]:
    """Return how many took part in person, remotely and together."""
    remote = sum(one.remote for one in persons)
    return [str(len(persons) - remote), str(remote), str(len(persons))]


def together(parts: list[str]) -> str:
    """Return parts as one enumeration: “a, b and c”."""
    return str(get_text_list(parts, _("and")))


def presiding(book: Told) -> list[Block]:
    """Tell who presided, on what basis; over which sitting and in which hours, where it was not the same throughout."""
    sittings = book.meeting.sittings.values_list("pk", flat=True) if book.apart else keys_of(book.opened, "sitting")
    spells = list(
        Presiding.objects.filter(sitting__in=list(sittings), access__in=book.audiences)
        .exclude(ends=F("starts"))
        .select_related("person", "sitting")
        .order_by("sitting__ordinal", "starts")
    )
    throughout = list(dict.fromkeys(in_the_chair(spell, _("the meeting")) for spell in spells))
    if len(throughout) < 2:
        return [paragraph(sentence) for sentence in throughout]
    several = Counter(spell.sitting_id for spell in spells)
    return [paragraph(in_the_chair(one, over(book, one, hours=several[one.sitting_id] > 1))) for one in spells]


def over(book: Told, spell: Presiding, *, hours: bool) -> str:
    """Return what somebody presided over: a sitting, or a part of it from one hour to another."""
    said = {
        "sitting": _("the %(ordinal)s sitting") % {"ordinal": ordinal(spell.sitting.ordinal).lower()},
        "starts": clock(book, max(spell.starts, spell.sitting.opened or spell.starts)),
        "ends": clock(book, spell.ends) if spell.ends else "",
    }
    if not hours:
        return str(said["sitting"])
    pattern = _("%(sitting)s from %(starts)s to %(ends)s") if spell.ends else _("%(sitting)s from %(starts)s on")
    return pattern % said


def in_the_chair(spell: Presiding, what: str) -> str:
    """Return who presided over what, on what basis."""
    patterns = {
        "office": _("%(name)s presided over %(over)s, by office."),
        "authorization": _("%(name)s presided over %(over)s, on the authorization of %(authorized_by)s."),
        "election": _("%(name)s presided over %(over)s, elected by the meeting."),
        "seniority": _("%(name)s presided over %(over)s, by seniority."),
    }
    return patterns[spell.basis] % {"name": spell.person.name, "authorized_by": spell.authorized_by, "over": what}
