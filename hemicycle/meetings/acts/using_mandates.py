"""Acts on who uses a mandate at a sitting: a delegate of two units says as whom, or an alternate takes what is free."""

from django.db.models import Q
from django.utils.translation import gettext as _

from hemicycle.accounts.access import Access, narrowest
from hemicycle.accounts.models import Person
from hemicycle.bodies.queries import rules_on
from hemicycle.journal.act import Actor, Happened, Refused, act
from hemicycle.meetings.acts.locking import lock_sitting
from hemicycle.meetings.acts.mandates import row_of
from hemicycle.meetings.alternates import passed_over
from hemicycle.meetings.models import HeldMandate, Mode, Participation, ParticipationCapacity, Sitting
from hemicycle.meetings.models.mandates import Mandate
from hemicycle.meetings.words import Kind


def take_mandate(
    *, by: Actor, sitting_id: int, mandate_id: int, person_id: int | None = None, happened: Happened | None = None
) -> Participation:
    """Accredit somebody under one mandate: a delegate of two units says as whom, or an alternate takes what is free.

    A mandate is used by one person at a time, and a person uses one, or as many as the rules allow.

    Raises:
        Refused: the mandate is used, the person uses another, or was not named by that unit, or is out of order.
    """
    with act(Kind.MANDATE_TAKEN, by=by, happened=happened) as entry:
        sitting = lock_sitting(entry, sitting_id)
        mandate = entry.lock(Mandate, mandate_id)
        if mandate.call.meeting_id != sitting.meeting_id:
            raise Refused("mandate_elsewhere", _("This mandate is for another meeting."), status=422)
        person = Person.objects.get(pk=person_id) if person_id is not None else mandate.person
        before = sitting.participations.filter(person=person).first()
        most = rules_on(sitting.meeting.body, sitting.meeting.starts).mandates_most
        further = before is not None and uses_one(before) and most > 1 and mandate.person_id == person.pk
        refuse_in_use(sitting, mandate, person, further=further)
        place = next_in_order(sitting, mandate, person)
        if further:
            refuse_too_many(sitting, person, most)
        if before and further:
            entry.create(HeldMandate(sitting=sitting, participation=before, mandate=mandate, taken=entry.when))
            row = before
        elif before:
            entry.update(
                before, capacity=ParticipationCapacity.MEMBER, votes=True, mandate=mandate, group=mandate.call.unit
            )
            row = before
        else:
            row = entry.create(row_of(sitting, mandate.call, person.pk, Mode.IN_PERSON, mandate=mandate))
        entry.record(
            subjects=[row, mandate.call, sitting, sitting.meeting],
            access=narrowest(sitting.access, Access.PARTICIPANTS),
            scope=sitting.meeting,
            facts={
                "name": person.name,
                "unit": mandate.call.unit.name,
                "mandate": mandate.ordinal,
                "as_alternate": place is not None,
            },
        )
    return row


def uses_one(row: Participation) -> bool:
    """Say whether somebody uses a mandate at a sitting already."""
    return row.mandate_id is not None and row.capacity == ParticipationCapacity.MEMBER


def refuse_in_use(sitting: Sitting, mandate: Mandate, person: Person, *, further: bool) -> None:
    """Refuse a mandate that somebody uses, and a person who uses as many as the rules allow."""
    uses = Q(mandate=mandate) | Q(held_mandates__mandate=mandate)
    holder = sitting.participations.filter(uses).select_related("person").first()
    if holder:
        raise Refused(
            "mandate_used",
            _("Mandate %(number)d of %(unit)s is used by %(name)s. One person uses it at a time.")
            % {"number": mandate.ordinal, "unit": mandate.call.unit.name, "name": str(holder)},
        )
    if further:
        return
    other = sitting.participations.filter(person=person).exclude(capacity=ParticipationCapacity.ALTERNATE).first()
    if other:
        said = {"name": person.name, "unit": other.group.name if other.group else _("another seat")}
        raise Refused(
            "uses_another",
            _("%(name)s takes part already, for %(unit)s. One person uses one mandate; an alternate takes the other.")
            % said,
        )


def refuse_too_many(sitting: Sitting, person: Person, most: int) -> None:
    """Refuse a further mandate to who uses as many as the rules allow."""
    if 1 + sitting.held_mandates.filter(participation__person=person).count() >= most:
        raise Refused(
            "uses_another",
            _("%(name)s uses %(most)d mandates already. By the rules one person uses no more.")
            % {"name": person.name, "most": most},
        )


def next_in_order(sitting: Sitting, mandate: Mandate, person: Person) -> int | None:
    """Return the place of an alternate who takes a mandate, None for the delegate; refuse who is out of order."""
    if mandate.person_id == person.pk:
        return None
    busy = set(
        sitting.participations.filter(person__isnull=False)
        .exclude(capacity=ParticipationCapacity.ALTERNATE)
        .values_list("person", flat=True)
    )
    if mandate.person_id not in busy:
        raise Refused(
            "delegate_first",
            _("%(name)s is named for this mandate and uses no other. Accredit them, or seat an alternate.")
            % {"name": mandate.person.name},
        )
    ordered = list(mandate.call.ordered_alternates.select_related("person").order_by("place"))
    named = next((one for one in ordered if one.person_id == person.pk), None)
    if named is None:
        raise Refused(
            "not_named",
            _("%(unit)s did not name %(name)s as an alternate.")
            % {"unit": mandate.call.unit.name, "name": person.name},
            status=422,
            field="person",
        )
    first = passed_over(ordered, named, ordered, [one for one in ordered if one.person_id in busy])
    if first is not None:
        raise Refused(
            "out_of_order",
            _("%(first)s comes before %(name)s in the order of %(unit)s.")
            % {"first": first.person.name, "name": person.name, "unit": mandate.call.unit.name},
            field="person",
        )
    return named.place
