"""Who was there, by name, and what became of the agenda: for the minutes alone."""

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hemicycle.journal.words import sentence
from hemicycle.meetings.models import Participation, ParticipationCapacity
from hemicycle.meetings.models.mandates import Answer
from hemicycle.publishing.communique.blocks import Block, group, listed
from hemicycle.publishing.communique.gathered import Told, keys_of

HEADINGS = {
    ParticipationCapacity.MEMBER: gettext_lazy("Members"),
    ParticipationCapacity.SEATED: gettext_lazy("Alternates seated"),
    ParticipationCapacity.ALTERNATE: gettext_lazy("Alternates"),
    ParticipationCapacity.INVITED: gettext_lazy("Guests"),
    ParticipationCapacity.OBSERVER: gettext_lazy("Observers"),
    ParticipationCapacity.STAFF: gettext_lazy("Staff"),
}
VOTING = (ParticipationCapacity.MEMBER, ParticipationCapacity.SEATED)


def present(book: Told) -> list[Block]:
    """Name those who were there in the sittings told of, by capacity; who sent an apology, and who was not there."""
    rows = list(
        Participation.objects.filter(sitting__in=keys_of(book.opened, "sitting"), person__isnull=False)
        .select_related("person", "sitting", "stands_for__person")
        .prefetch_related("presences")
        .order_by("person__sort_name", "sitting__ordinal")
    )
    there = [row for row in rows if row.presences.all()]
    sittings: dict[tuple[int | None, str], set[int]] = {}
    for row in there:
        sittings.setdefault((row.person_id, row.capacity), set()).add(row.sitting.ordinal)
    found = []
    for capacity, label in HEADINGS.items():
        named = {
            row.person_id: who(book, row, sittings[row.person_id, capacity])
            for row in there
            if row.capacity == capacity
        }
        if named:
            found.append(group(str(label), list(named.values())))
    came = {row.person_id for row in there}
    excused = {
        answer.person_id: answer.person.name
        for answer in Answer.objects.filter(meeting=book.meeting, coming=Answer.Coming.APOLOGY)
        .exclude(person__in=came)
        .select_related("person")
        .order_by("person__sort_name")
    }
    absent = {row.person_id: str(row.person) for row in rows if row.capacity in VOTING and row.person_id not in came}
    missing = [name for key, name in absent.items() if key not in excused]
    found += [group(_("Sent an apology"), list(excused.values()))] if excused else []
    return found + ([group(_("Not there"), missing)] if missing else [])


def who(book: Told, row: Participation, sittings: set[int]) -> str:
    """Return a person with whom they stood for, and in which sittings they were there if not in all of them."""
    told = str(row.person)
    if row.stands_for:
        told = _("%(name)s, for %(member)s") % {"name": told, "member": row.stands_for.person}
    if len(sittings) < len(book.opened):
        numbers = [str(number) for number in sorted(sittings)]
        said = {"name": told, "sittings": get_text_list(numbers, _("and"))}
        return _("%(name)s (sitting %(sittings)s)") % said
    return told


def changes(book: Told) -> list[Block]:
    """Tell that the agenda was adopted, and what was changed about it after that."""
    told, adopted = [], False
    for entry in book.of(
        "agenda.adopted", "agenda.reopened", "item.added", "item.changed", "item.moved", "item.withdrawn"
    ):
        adopted = adopted or entry.kind == "agenda.adopted"
        if adopted:
            told.append(sentence(entry))
    return [listed(told)] if told else []
