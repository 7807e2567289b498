"""Acts on the chair of a sitting: one person presides at any moment, and somebody else takes over when they leave."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db import models
from django.utils.translation import gettext as _

from hemicycle.accounts.models import Person
from hemicycle.bodies.queries import rules_on
from hemicycle.journal.act import Act, Actor, Happened, Refused, act
from hemicycle.meetings import rules
from hemicycle.meetings.acts.locking import lock_presided_sitting, lock_sitting, refuse_before
from hemicycle.meetings.models import Interest, Presiding, Sitting, Suspension
from hemicycle.meetings.queries.during import audience_in
from hemicycle.meetings.queries.order import called_to_chair, offices
from hemicycle.meetings.words import Kind


@dataclass(frozen=True)
class Passed:
    """What became of a chair that was left: who took over, or the suspension, for the entry of the act."""

    subjects: list[models.Model] = field(default_factory=list)
    facts: dict[str, object] = field(default_factory=dict)


def take_chair(
    *,
    by: Actor,
    sitting_id: int,
    person_id: int,
    basis: str,
    authorized_by: str = "",
    hands_over: bool = False,
    happened: Happened | None = None,
) -> Presiding:
    """Let a person take the chair of a sitting. Where somebody presides, they must hand it over.

    The chair may be taken just before the sitting is opened, so that somebody presides from its first moment. A
    sitting that rested because nobody presided goes on.

    Raises:
        Refused: the rules know no such basis, the person does not hold the office, the authorization names no source
            or one that the rules do not name, the person declared an interest in the current item, or somebody
            presides and does not hand over.
    """
    with act(Kind.CHAIR_TAKEN, by=by, happened=happened) as entry:
        sitting = lock_sitting(entry, sitting_id)
        body = sitting.meeting.body
        person = entry.lock(Person, person_id)
        refuse_to_preside(sitting, person, basis, authorized_by)
        former = presides_now(sitting)
        if sitting.opened:
            refuse_before(entry.when, sitting.opened, _("the sitting was opened"), body)
        if former:
            refuse_second(former, person, basis, hands_over=hands_over)
            refuse_before(entry.when, former.starts, _("the chair was taken"), body)
            entry.update(former, ends=entry.when)
        elif last := sitting.presidings.order_by("ends").last():
            refuse_before(entry.when, last.ends or last.starts, _("the chair was left"), body)
        resumed = resume_vacant(entry, sitting)
        presiding = seat(entry, sitting, person, basis, authorized_by)
        entry.record(
            subjects=[presiding, sitting, sitting.meeting, person],
            access=presiding.access,
            scope=sitting.meeting,
            facts={
                "name": person.name,
                "basis": str(presiding.basis),
                "authorized_by": presiding.authorized_by,
                "former": former.person.name if former else None,
                "resumed": resumed,
            },
        )
    return presiding


def leave_chair(*, by: Actor, sitting_id: int, because: str = "", happened: Happened | None = None) -> Presiding | None:
    """Let whoever presides leave the chair: the next in the rules' order takes over, else the sitting is suspended.

    Returns who presides from then on, or None.

    Raises:
        Refused: the sitting is not open, or nobody presides.
    """
    with act(Kind.CHAIR_LEFT, by=by, happened=happened) as entry:
        sitting = lock_presided_sitting(entry, sitting_id)
        former = sitting.presidings.select_related("person").get(ends=None)
        here = audience_in(entry, sitting)
        passed = pass_chair(entry, sitting, former)
        entry.record(
            subjects=[former, sitting, sitting.meeting, former.person, *passed.subjects],
            access=here,
            scope=sitting.meeting,
            facts={"name": former.person.name, "because": because.strip(), **passed.facts},
        )
    return presides_now(sitting)


def presides_now(sitting: Sitting) -> Presiding | None:
    """Return who presides over a sitting at present, locked."""
    found = sitting.presidings.select_for_update(of=("self",)).select_related("person").filter(ends=None)
    return found.first()


def pass_chair(entry: Act, sitting: Sitting, former: Presiding) -> Passed:
    """End a spell in the chair: the next in the rules' order takes over, else the sitting rests from that moment."""
    refuse_before(entry.when, former.starts, _("the chair was taken"), sitting.meeting.body)
    entry.update(former, ends=entry.when)
    called = called_to_chair(sitting, entry.when, without=former.person_id)
    if called:
        presiding = seat(entry, sitting, called.person, called.basis, "")
        told = {"name": called.person.name, "basis": called.basis}
        return Passed([presiding, called.person], {"left_chair": former.person.name, "chair": told, "suspended": False})
    made: list[models.Model] = []
    if sitting.opened and sitting.suspension is None:
        made = [suspend(entry, sitting, Suspension.Cause.VACANT)]
    return Passed(made, {"left_chair": former.person.name, "chair": None, "suspended": True})


def seat(entry: Act, sitting: Sitting, person: Person, basis: str, authorized_by: str) -> Presiding:
    """Write that a person presides from the moment of the act."""
    return entry.create(
        Presiding(
            sitting=sitting,
            person=person,
            basis=Presiding.Basis(basis),
            authorized_by=authorized_by.strip() if basis == Presiding.Basis.AUTHORIZATION else "",
            access=audience_in(entry, sitting),
            starts=entry.when,
        )
    )


def suspend(entry: Act, sitting: Sitting, cause: str, because: str = "", until: datetime | None = None) -> Suspension:
    """Let a sitting rest from the moment of the act."""
    made = entry.create(
        Suspension(
            sitting=sitting, cause=Suspension.Cause(cause), because=because.strip(), until=until, starts=entry.when
        )
    )
    entry.update(sitting, suspension=made)
    return made


def resume_vacant(entry: Act, sitting: Sitting) -> bool:
    """End the rest of a sitting over which nobody presided; return whether there was one."""
    resting = sitting.suspension
    if resting is None or resting.cause != Suspension.Cause.VACANT:
        return False
    refuse_before(entry.when, resting.starts, _("the sitting was suspended"), sitting.meeting.body)
    entry.update(resting, ends=entry.when)
    entry.update(sitting, suspension=None)
    return True


def refuse_second(former: Presiding, person: Person, basis: str, *, hands_over: bool) -> None:
    """Refuse a second person in the chair, and the same one on the same basis."""
    if former.person_id == person.pk and former.basis == basis:
        raise Refused("presides_already", _("%(name)s presides already.") % {"name": person.name})
    if former.person_id != person.pk and not hands_over:
        raise Refused(
            "second_chair",
            _("%(name)s presides, and one person presides at a time. Say that they hand the chair over.")
            % {"name": former.person.name},
            field="hands_over",
        )


def refuse_to_preside(sitting: Sitting, person: Person, basis: str, authorized_by: str) -> None:
    """Refuse the chair to a person without the basis that the rules ask for, or concerned by the current item."""
    body = sitting.meeting.body
    in_force = rules_on(body, sitting.meeting.starts)
    why = rules.may_preside(
        basis,
        in_force.presiding,
        holds_chair=offices(sitting, in_force).filter(person=person).exists(),
        authorized_by=authorized_by,
        authorizers=in_force.authorizers,
    )
    said = {"name": person.name, "body": body.name, "sources": ", ".join(in_force.authorizers)}
    match why:
        case "basis_not_in_rules":
            labels = dict(Presiding.Basis.choices)
            raise Refused(
                "basis_not_in_rules",
                _("By the rules of %(body)s one presides: %(bases)s. Choose one of these.")
                % {"body": body.name, "bases": ", ".join(str(labels.get(name, name)) for name in in_force.presiding)},
                status=422,
                field="basis",
            )
        case "not_the_chair":
            raise Refused(
                "not_the_chair",
                _("%(name)s does not hold the office of chair of %(body)s on the day of the sitting.") % said,
                status=422,
                field="person",
            )
        case "authorization_without_source":
            raise Refused(
                "authorization_without_source",
                _("Say who gave the authorization to preside."),
                status=422,
                field="authorized_by",
            )
        case "source_not_in_rules":
            raise Refused(
                "source_not_in_rules",
                _("By the rules of %(body)s the authorization to preside is given by: %(sources)s.") % said,
                status=422,
                field="authorized_by",
            )
    item = sitting.current_item
    if item and Interest.objects.filter(item=item, person=person, withdrawn=None).exists():
        raise Refused(
            "concerned",
            _("%(name)s declared an interest in the item that is being dealt with, and cannot preside over it.") % said,
            status=422,
            field="person",
        )
