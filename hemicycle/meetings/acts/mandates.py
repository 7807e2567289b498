"""Acts on mandates: units are asked for delegates, name them with alternates in order, and they are accredited."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from hemicycle.accounts.access import Access, narrowest
from hemicycle.accounts.capacities import Capacity
from hemicycle.accounts.models import Person
from hemicycle.accounts.rights import within
from hemicycle.bodies.models import Unit
from hemicycle.bodies.queries import rules_on
from hemicycle.journal.act import Act, Actor, Happened, Refused, act
from hemicycle.journal.canonical import timestamp
from hemicycle.meetings.acts.locking import lock_meeting, lock_sitting
from hemicycle.meetings.day import zone_of
from hemicycle.meetings.models import Meeting, Mode, Participation, ParticipationCapacity, Sitting
from hemicycle.meetings.models.mandates import Mandate, MandateAlternate, MandateCall
from hemicycle.meetings.queries.mandates import two_mandates
from hemicycle.meetings.words import Kind


@dataclass(frozen=True)
class Asked:
    """What a unit is asked for."""

    unit: int
    delegates: int
    alternates: int = 0


def call_for_mandates(
    *, by: Actor, meeting_id: int, units: Sequence[Asked], deadline: datetime, happened: Happened | None = None
) -> list[MandateCall]:
    """Ask units to name delegates and alternates for one meeting by a deadline: one act for however many.

    Raises:
        Refused: no unit is named, one ended, was asked already or for nobody, or the deadline lies after the meeting.
    """
    with act(Kind.MANDATES_CALLED, by=by, happened=happened) as entry:
        meeting = lock_meeting(entry, meeting_id)
        if not units:
            raise Refused("no_unit", _("Choose the units to ask."), status=422, field="units")
        if not entry.when < deadline or deadline.date() > meeting.ends:
            raise Refused(
                "deadline_outside",
                _("The deadline lies between now and the end of the meeting."),
                status=422,
                field="deadline",
            )
        made = entry.create_many(MandateCall, [called(entry, meeting, asked, deadline) for asked in units])
        entry.record(
            subjects=[meeting, *made, *(row.unit for row in made)],
            access=narrowest(meeting.access, Access.ORGANISATION),
            scope=meeting,
            facts={
                "deadline": timestamp(deadline),
                "units": [{"unit": row.unit.name, "delegates": row.delegates} for row in made],
                "delegates": sum(row.delegates for row in made),
            },
        )
    return made


def called(entry: Act, meeting: Meeting, asked: Asked, deadline: datetime) -> MandateCall:
    """Return the row of what a unit is asked for."""
    unit = entry.lock(Unit, asked.unit)
    refuse_ended(unit)
    if asked.delegates < 1:
        raise Refused("asked_for_nobody", _("Ask for at least one delegate."), status=422, field="delegates")
    if MandateCall.objects.filter(meeting=meeting, unit=unit).exists():
        raise Refused("asked_already", _("%(unit)s was asked already.") % {"unit": unit.name}, field="units")
    return MandateCall(
        meeting=meeting, unit=unit, delegates=asked.delegates, alternates=asked.alternates, deadline=deadline
    )


def refuse_ended(unit: Unit) -> None:
    """Refuse a unit that ended, naming what follows it."""
    if unit.ended:
        raise Refused(
            "unit_ended",
            _("%(unit)s ended on %(day)s and names nobody. %(successor)s")
            % {
                "unit": unit.name,
                "day": date_format(unit.ended),
                "successor": _("%(unit)s follows it.") % {"unit": unit.successor.name} if unit.successor else "",
            },
            status=422,
            field="units",
        )


def name_delegates(
    *,
    by: Actor,
    call_id: int,
    delegates: Sequence[int] = (),
    alternates: Sequence[int] = (),
    head: int | None = None,
    number: int | None = None,
    late_because: str = "",
    happened: Happened | None = None,
) -> MandateCall:
    """Name a unit's delegates, and its alternates in their order; or a delegation by its head and number.

    The head of the unit names them, or the desk for it. Until they are accredited, the last names given count. After
    the deadline only the desk enters names, and says why.

    Raises:
        Refused: the deadline passed, nobody or too many are named, one twice, or names were accredited already.
    """
    with act(Kind.DELEGATES_NAMED, by=by, happened=happened) as entry:
        call = entry.lock(MandateCall, call_id)
        refuse_closed(call.meeting)
        within(by, call.unit.book_id if by.capacity == Capacity.UNIT_HEAD else call.meeting.body.book_id)
        refuse_ended(call.unit)
        refuse_late(entry, call, late_because)
        if Participation.objects.filter(mandate__call=call).exists():
            raise Refused(
                "accredited_already",
                _("Delegates of %(unit)s are accredited already. From now on, alternates take their seats.")
                % {"unit": call.unit.name},
            )
        refuse_ill_named(call, delegates, alternates, number)
        for old in [*call.mandates.order_by("pk"), *call.ordered_alternates.order_by("pk")]:
            entry.delete(old)
        people = Person.objects.in_bulk([*delegates, *alternates])
        mandates = [Mandate(call=call, ordinal=place, person=people[key]) for place, key in enumerate(delegates, 1)]
        entry.create_many(Mandate, mandates)
        ordered = [
            MandateAlternate(call=call, place=place, person=people[key]) for place, key in enumerate(alternates, 1)
        ]
        entry.create_many(MandateAlternate, ordered)
        leads = Person.objects.get(pk=head) if head is not None else None
        entry.update(call, named=entry.when, head=leads, number=number)
        entry.record(
            subjects=[call, call.meeting, call.unit],
            access=narrowest(call.meeting.access, Access.PARTICIPANTS),
            scope=call.meeting,
            facts={
                "unit": call.unit.name,
                "delegates": [row.person.name for row in mandates],
                "alternates": [row.person.name for row in ordered],
                "head": leads.name if leads else None,
                "number": number,
                "late_because": late_because.strip(),
            },
        )
    return call


def refuse_closed(meeting: Meeting) -> None:
    """Refuse what concerns a meeting that is over."""
    if meeting.closed or meeting.cancelled:
        raise Refused("meeting_closed", _("This meeting is over; nothing more can be entered in it."))


def refuse_late(entry: Act, call: MandateCall, late_because: str) -> None:
    """Refuse names after the deadline, unless the desk enters them and says why."""
    if entry.when <= call.deadline:
        return
    there = call.deadline.astimezone(zone_of(call.meeting.body))
    said = {"unit": call.unit.name, "deadline": date_format(there, "DATETIME_FORMAT")}
    if entry.by.capacity == Capacity.UNIT_HEAD:
        raise Refused(
            "deadline_passed",
            _("%(unit)s had until %(deadline)s to name its delegates. Ask the desk of the meeting to enter them.")
            % said,
        )
    if not late_because.strip():
        raise Refused(
            "deadline_passed",
            _("%(unit)s had until %(deadline)s to name its delegates. Say why they are entered later.") % said,
            status=422,
            field="late_because",
        )


def refuse_ill_named(
    call: MandateCall, delegates: Sequence[int], alternates: Sequence[int], number: int | None
) -> None:
    """Refuse nobody, too many, or somebody named twice by one unit."""
    said = {"unit": call.unit.name, "delegates": call.delegates, "alternates": call.alternates}
    if not delegates and not number:
        raise Refused("nobody_named", _("Name at least one delegate, or how many come."), status=422, field="delegates")
    if delegates and number:
        raise Refused(
            "persons_or_number", _("Name the delegates, or how many come, not both."), status=422, field="number"
        )
    if len(delegates) > call.delegates or (number or 0) > call.delegates:
        raise Refused(
            "too_many_delegates",
            _("%(unit)s has %(delegates)d mandates at this meeting; more were named.") % said,
            status=422,
            field="number" if number else "delegates",
        )
    if len(alternates) > call.alternates:
        raise Refused(
            "too_many_alternates",
            _("%(unit)s may name %(alternates)d alternates; more were named.") % said,
            status=422,
            field="alternates",
        )
    named = [*delegates, *alternates]
    if len(set(named)) < len(named):
        raise Refused(
            "named_twice",
            _("Somebody is named twice. Each is a delegate or an alternate, once."),
            status=422,
            field="alternates",
        )


def accredit_mandates(
    *, by: Actor, sitting_id: int, mode: str = Mode.IN_PERSON, happened: Happened | None = None
) -> list[Participation]:
    """Accredit to a sitting everybody whom units named: delegates with a vote, alternates in their order, delegations.

    Where votes weigh by the rules, the head of a delegation has as many votes as it has people, and casts them whole
    or, by the rules, split; elsewhere a delegation that is named by its number has no vote. Who is named by two units
    is left out until they say as whom (`take_mandate`); who is there already stays.

    Raises:
        Refused: nobody new is named.
    """
    with act(Kind.MANDATES_ACCREDITED, by=by, happened=happened) as entry:
        sitting = lock_sitting(entry, sitting_id)
        doubled = {person.pk for person, _several in two_mandates(sitting.meeting)}
        there = set(sitting.participations.filter(person__isnull=False).values_list("person", flat=True))
        rows: list[Participation] = []
        weigh = rules_on(sitting.meeting.body, sitting.meeting.starts).votes_weighted
        calls = list(MandateCall.objects.filter(meeting=sitting.meeting).select_related("unit", "head").order_by("pk"))
        for call in calls:
            rows += accredited_by(call, sitting, there, doubled, Mode(mode))
        # Whoever is named by name, by whichever unit, is there before the heads of those named by their number.
        for call in calls:
            rows += delegation_of(call, sitting, there, doubled, Mode(mode), weigh=weigh)
        if not rows:
            raise Refused("accredited_already", _("Everybody whom the units named is accredited already."))
        made = entry.create_many(Participation, rows)
        entry.record(
            subjects=[sitting, sitting.meeting],
            access=sitting.access,
            scope=sitting.meeting,
            facts={
                "delegates": sum(row.mandate_id is not None for row in made),
                "alternates": sum(row.capacity == ParticipationCapacity.ALTERNATE for row in made),
                "delegations": sum(bool(row.delegation) for row in made),
                "votes_of_heads": sum(row.weight for row in made if row.votes and row.mandate_id is None),
                "left_out": len(doubled - there),
            },
        )
    return made


def accredited_by(
    call: MandateCall, sitting: Sitting, there: set[int], doubled: set[int], mode: Mode
) -> list[Participation]:
    """Return the rows of those whom a unit named and who are not accredited yet."""
    rows = []
    for mandate in call.mandates.order_by("ordinal"):
        if mandate.person_id not in there | doubled:
            rows.append(row_of(sitting, call, mandate.person_id, mode, mandate=mandate))
            there.add(mandate.person_id)
    for alternate in call.ordered_alternates.order_by("place"):
        if alternate.person_id not in there | doubled:
            rows.append(row_of(sitting, call, alternate.person_id, mode, place=alternate.place))
            there.add(alternate.person_id)
    return rows


def delegation_of(
    call: MandateCall, sitting: Sitting, there: set[int], doubled: set[int], mode: Mode, *, weigh: bool
) -> list[Participation]:
    """Return the rows of a delegation that is named by its number: its head with its votes, and the others as a whole.

    A head who takes part already, by a post or for another unit, has the votes of that, and none of the delegation; nor
    has one whom two other units named.
    """
    if not call.number:
        return []
    rows, others = [], call.number
    if weigh and call.head_id and call.head_id not in there | doubled:
        rows.append(
            Participation(
                sitting=sitting,
                person_id=call.head_id,
                capacity=ParticipationCapacity.MEMBER,
                mode=mode,
                votes=True,
                weight=call.number,
                group=call.unit,
            )
        )
        there.add(call.head_id)
        others -= 1
    name = delegation_name(call)
    if others and not sitting.participations.filter(delegation=name).exists():
        rows.append(
            Participation(
                sitting=sitting,
                delegation=name,
                number=others,
                capacity=ParticipationCapacity.INVITED,
                mode=mode,
                votes=False,
                group=call.unit,
            )
        )
    return rows


def row_of(
    sitting: Sitting,
    call: MandateCall,
    person: int,
    mode: Mode,
    *,
    mandate: Mandate | None = None,
    place: int | None = None,
) -> Participation:
    """Return the row of a delegate with a mandate, or of an alternate with a place in the order."""
    return Participation(
        sitting=sitting,
        person_id=person,
        capacity=ParticipationCapacity.MEMBER if mandate else ParticipationCapacity.ALTERNATE,
        mode=mode,
        votes=mandate is not None,
        group=call.unit,
        seat=place,
        mandate=mandate,
    )


def delegation_name(call: MandateCall) -> str:
    """Return how a delegation that is named by its head and number stands in the list."""
    if call.head:
        return _("Delegation of %(unit)s, led by %(head)s") % {"unit": call.unit.name, "head": call.head.name}
    return _("Delegation of %(unit)s") % {"unit": call.unit.name}
