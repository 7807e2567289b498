"""Who handles a directive inside its unit, where the unit names somebody."""

from django.utils.translation import gettext as _

from hemicycle.accounts.access import Access, narrowest
from hemicycle.accounts.rights import within
from hemicycle.bodies.models import Body, Membership
from hemicycle.bodies.queries import held_on
from hemicycle.decisions.acts.standing import directive_facts, local_day, told_to
from hemicycle.decisions.models import ENDED, Directive
from hemicycle.decisions.queries.offices import posts_in
from hemicycle.decisions.words import Kind, because_of_state
from hemicycle.journal.act import Actor, Happened, Refused, act


def name_handler(
    *, by: Actor, directive_id: int, person_id: int | None = None, happened: Happened | None = None
) -> Directive:
    """Name the person who handles a directive inside its unit, or nobody any more; the unit stays responsible.

    By the head of the unit or the desk of a body of it. The person holds a post there, and finds the directive among
    their own tasks.

    Raises:
        Refused: it is another unit's, has ended, is handled by this very person already, or the person holds no post
            in the unit or a body of it.
    """
    with act(Kind.HANDLER_NAMED, by=by, happened=happened) as entry:
        directive = entry.lock(Directive, directive_id)
        unit = directive.responsible_unit
        if not Body.objects.filter(unit=unit, book=by.book).exists():
            within(by, unit.book_id)
        if directive.state in ENDED:
            fault = f"was {directive.state}"
            raise Refused(fault.replace(" ", "_"), because_of_state(fault, directive))
        person = None
        if person_id is not None:
            day = local_day(entry, directive.point.decision.body)
            found = Membership.objects.filter(held_on(day), posts_in(unit), person=person_id).select_related("person")
            member = found.first()
            if member is None:
                raise Refused(
                    "not_of_the_unit",
                    _("Whoever handles a task holds a post in %(unit)s or in a body of it.") % {"unit": unit.name},
                    status=422,
                    field="person",
                )
            person = member.person
        if directive.handler_id == (person.pk if person else None):
            raise Refused("handler_named", _("It is so already. Nothing was entered twice."))
        before = directive.handler
        entry.update(directive, handler=person)
        decision = directive.point.decision
        entry.record(
            subjects=[directive, unit, decision],
            # Who does what in a unit is told within the organisation.
            access=told_to(by, unit, narrowest(directive.access, Access.ORGANISATION)),
            scope=decision.meeting,
            facts={
                **directive_facts(directive),
                "handler": person.name if person else None,
                "before": before.name if before else None,
            },
        )
    return directive
