"""Acts on units and bodies: founding them, where a unit stands, and its end."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from hemicycle.accounts.access import Access
from hemicycle.bodies.models import Body, Membership, Placement, Unit
from hemicycle.bodies.queries import held_on
from hemicycle.bodies.rules import would_cycle
from hemicycle.bodies.words import Kind
from hemicycle.ground.addresses import free_slug
from hemicycle.journal.act import Act, Actor, Refused, act
from hemicycle.journal.clock import now


@dataclass(frozen=True)
class NewUnit:
    """A unit to enter, under the unit with this key (None for the whole organisation)."""

    name: str
    level: str
    under: int | None
    founded: date | None = None


def found_units(*, by: Actor, units: Sequence[NewUnit]) -> list[Unit]:
    """Enter units and where they stand, each with a book of its own. One act for however many.

    Raises:
        Refused: a name is missing, or the unit above ended.
    """
    with act(Kind.UNITS_FOUNDED, by=by) as entry:
        taken = set(Unit.objects.values_list("slug", flat=True))
        made = [found_unit(entry, unit, taken) for unit in units]
        entry.record(subjects=made, access=Access.PUBLIC, facts={"names": [unit.name for unit in made]})
    return made


def found_unit(entry: Act, new: NewUnit, taken: set[str]) -> Unit:
    """Write one unit, its book and its place."""
    if not new.name.strip():
        raise Refused("no_name", _("A unit needs a name."), status=422, field="name")
    slug = free_slug(new.name, taken)
    book = entry.open_book("unit", slug, new.name)
    unit = entry.create(Unit(book=book, slug=slug, name=new.name, level=new.level, founded=new.founded))
    if new.under is not None:
        above = entry.lock(Unit, new.under)
        refuse_ended(above)
        entry.create(Placement(unit=unit, parent=above, starts=new.founded or entry.when.date()))
    return unit


def found_body(*, by: Actor, unit_id: int, name: str, kind: str, time_zone: str, language: str = "en") -> Body:
    """Enter a body that decides in a unit, with its own book.

    Raises:
        Refused: it has no name, or the unit ended.
    """
    with act(Kind.BODY_FOUNDED, by=by) as entry:
        unit = entry.lock(Unit, unit_id)
        refuse_ended(unit)
        if not name.strip():
            raise Refused("no_name", _("A body needs a name."), status=422, field="name")
        slug = free_slug(name, set(Body.objects.values_list("slug", flat=True)))
        book = entry.open_book("body", slug, name)
        body = entry.create(
            Body(book=book, unit=unit, slug=slug, name=name, kind=kind, time_zone=time_zone, language=language)
        )
        entry.record(subjects=[body, unit], access=Access.PUBLIC, facts={"body": name, "unit": unit.name})
    return body


def move_unit(*, by: Actor, unit_id: int, under: int, starts: date) -> Placement:
    """Let a unit stand under another one from a day. Where it stood before stays on record.

    Only administrators move units, so the lock of the installation's book keeps two moves apart.

    Raises:
        Refused: either ended, it stands there already, it was moved on that day or later already, or the units
            would stand under one another in a circle on that day or a later one.
    """
    with act(Kind.UNIT_MOVED, by=by) as entry:
        unit, above = entry.lock(Unit, unit_id), entry.lock(Unit, under)
        refuse_ended(unit)
        refuse_ended(above)
        if above.founded and above.founded > starts:
            raise Refused(
                "founded_later",
                _("%(unit)s was founded on %(day)s; nothing stands under it before that.")
                % {"unit": above.name, "day": date_format(above.founded)},
                status=422,
                field="starts",
            )
        before = unit.placements.filter(ends=None).select_related("parent").first()
        if before:
            refuse_move_after(unit, before, above, starts)
        refuse_circle(unit, above, starts)
        if before:
            entry.update(before, ends=starts)
        placed = entry.create(Placement(unit=unit, parent=above, starts=starts))
        entry.record(
            subjects=[unit, above, *([before.parent] if before else [])],
            access=Access.PUBLIC,
            facts={
                "unit": unit.name,
                "under": above.name,
                "before": before.parent.name if before else None,
                "from": starts.isoformat(),
            },
        )
    return placed


def refuse_move_after(unit: Unit, before: Placement, above: Unit, starts: date) -> None:
    """Refuse to move a unit to where it stands, or on a day before it came to stand where it does."""
    if before.parent_id == above.pk:
        raise Refused(
            "stands_there",
            _("%(unit)s stands under %(above)s already.") % {"unit": unit.name, "above": above.name},
            field="under",
        )
    if before.starts >= starts:
        raise Refused(
            "moved_later",
            _("%(unit)s came under %(above)s on %(day)s. Name a later day.")
            % {"unit": unit.name, "above": before.parent.name, "day": date_format(before.starts)},
            status=422,
            field="starts",
        )


def refuse_circle(unit: Unit, above: Unit, starts: date) -> None:
    """Refuse a place in which a unit would stand under itself, on the day it comes there or on a later one."""
    later = Placement.objects.filter(starts__gt=starts).exclude(unit=unit).values_list("starts", flat=True)
    for day in [starts, *sorted(set(later))]:
        placed = Placement.objects.filter(held_on(day)).exclude(unit=unit).values_list("unit", "parent")
        if would_cycle(unit.pk, above.pk, dict(placed)):
            raise Refused(
                "circle",
                _("%(above)s stands under %(unit)s on %(day)s, so %(unit)s cannot stand under it.")
                % {"above": above.name, "unit": unit.name, "day": date_format(day)},
                status=422,
                field="under",
            )


def end_unit(*, by: Actor, unit_id: int, ends: date, successor_id: int | None = None) -> Unit:
    """End a unit on a day that has come; its posts end with it, and what follows it is named. It is never deleted.

    Raises:
        Refused: it ended already, the day is still to come or before its founding, units stand below it, a body of it
            is in a term, or what is to follow it is itself or has ended.
    """
    with act(Kind.UNIT_ENDED, by=by) as entry:
        unit = entry.lock(Unit, unit_id)
        successor = entry.lock(Unit, successor_id) if successor_id is not None else None
        refuse_ended(unit)
        refuse_untimely_end(unit, ends)
        refuse_end_with_parts(unit, ends)
        if successor:
            refuse_ended(successor)
            if successor.pk == unit.pk:
                raise Refused("own_successor", _("A unit does not follow itself."), status=422, field="successor")
        placed = unit.placements.filter(ends=None).first()
        if placed:
            entry.update(placed, ends=ends)
        held = list(Membership.objects.filter(post__unit=unit, ends=None).select_related("person").order_by("pk"))
        for one in held:
            one.ends = max(ends, one.starts)
        entry.update_many(held, ["ends"])
        entry.update(unit, ended=ends, successor=successor)
        entry.record(
            subjects=[unit, *([successor] if successor else [])],
            access=Access.PUBLIC,
            facts={
                "unit": unit.name,
                "ended": ends.isoformat(),
                "successor": successor.name if successor else None,
                "posts": len(held),
            },
        )
    return unit


def refuse_untimely_end(unit: Unit, ends: date) -> None:
    """Refuse an end that is still to come, or before the unit was there."""
    if ends > now().date():
        raise Refused(
            "end_to_come", _("This day is still to come. End the unit once it has come."), status=422, field="ends"
        )
    placed = unit.placements.filter(ends=None).first()
    begun = max([day for day in (unit.founded, placed.starts if placed else None) if day], default=None)
    if begun and ends <= begun:
        raise Refused(
            "ends_before_founding",
            _("%(unit)s stands where it does since %(day)s; it ends after that.")
            % {"unit": unit.name, "day": date_format(begun)},
            status=422,
            field="ends",
        )


def refuse_end_with_parts(unit: Unit, ends: date) -> None:
    """Refuse to end a unit with units below it, or with a body in a term."""
    below = Placement.objects.filter(parent=unit, ends=None).select_related("unit").order_by("pk").first()
    if below:
        raise Refused(
            "units_below",
            _("%(below)s stands under %(unit)s. Move it or end it first.")
            % {"below": below.unit.name, "unit": unit.name},
        )
    later = Placement.objects.filter(parent=unit, ends__gt=ends).select_related("unit").order_by("ends").first()
    if later and later.ends:
        raise Refused(
            "units_below",
            _("%(below)s stood under %(unit)s until %(day)s. Name a later day, or the same.")
            % {"below": later.unit.name, "unit": unit.name, "day": date_format(later.ends)},
            status=422,
            field="ends",
        )
    body = unit.bodies.filter(terms__ends=None, terms__isnull=False).first()
    if body:
        raise Refused(
            "body_in_term",
            _("%(body)s of %(unit)s is in a term. End its term first.") % {"body": body.name, "unit": unit.name},
        )


def refuse_ended(unit: Unit) -> None:
    """Refuse to build on a unit that ended, saying what follows it."""
    if unit.ended is None:
        return
    said = {"unit": unit.name, "day": date_format(unit.ended), "successor": str(unit.successor or "")}
    if unit.successor_id:
        raise Refused("unit_ended", _("%(unit)s ended on %(day)s; %(successor)s follows it. Choose that.") % said)
    raise Refused("unit_ended", _("%(unit)s ended on %(day)s; nothing new can stand under it or in it.") % said)
