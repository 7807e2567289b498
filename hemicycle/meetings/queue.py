"""Asking for the floor: a person's own slot on the list, and the order in which the desk puts it. No acts.

Who asked and was not called, or stood elsewhere on the list for a while, no auditor asks about; who was given the floor
stands in the book, with the moment at which they asked and who was passed over.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from hemicycle.bodies.queries import rules_on
from hemicycle.journal.act import Refused
from hemicycle.journal.clock import now
from hemicycle.meetings import rules
from hemicycle.meetings.models import (
    AgendaItem,
    FloorRequest,
    Participation,
    ParticipationCapacity,
    Sitting,
    TurnKind,
)
from hemicycle.meetings.queries.speaking import waiting_on

ASKED_FOR = (TurnKind.COMMENT, TurnKind.FOR, TurnKind.AGAINST, TurnKind.QUESTION, TurnKind.ORDER)
MOST_WAITING = 500


def ask_for_floor(*, participation_id: int, item_id: int, kind: str) -> FloorRequest:
    """Put somebody on the list of speakers of the current item, or change for what they ask: one slot a person.

    Raises:
        Refused: the item is not being dealt with, the list or the debate is closed, the rules give observers no floor,
            the person declared an interest or is not there, or the list is full.
    """
    with transaction.atomic():
        item, sitting = lock_list(item_id)
        part = sitting.participations.select_related("person").filter(pk=participation_id).first()
        if part is None or part.person is None:
            raise Refused("not_accredited", _("Only who is accredited to the sitting can ask for the floor."))
        if kind not in ASKED_FOR:
            raise Refused("no_such_kind", _("Say what you ask the floor for."), status=422, field="kind")
        refuse_to_ask(item, sitting, part, kind)
        waiting = FloorRequest.objects.filter(item=item, participation__sitting=sitting, called=None, withdrawn=None)
        own = waiting.filter(participation=part).first()
        if own is None:
            if waiting.count() >= MOST_WAITING:
                raise Refused("list_full", _("The list is full. Try again when some have spoken."))
            return FloorRequest.objects.create(
                item=item, participation=part, person=part.person, kind=kind, asked=now()
            )
        if own.kind != kind:
            own.kind = TurnKind(kind)
            own.save(update_fields=["kind"])
        return own


def lock_list(item_id: int) -> tuple[AgendaItem, Sitting]:
    """Lock the list of speakers of an item that is being dealt with."""
    item = AgendaItem.objects.select_for_update(of=("self",)).select_related("meeting__body").get(pk=item_id)
    sitting = item.meeting.sittings.filter(opened__isnull=False, closed=None, current_item=item).first()
    if sitting is None:
        raise Refused("item_not_current", _("This item is not being dealt with any more."))
    return item, sitting


def refuse_to_ask(item: AgendaItem, sitting: Sitting, part: Participation, kind: str) -> None:
    """Refuse a request that the rules do not allow."""
    if not rules.may_ask(kind, list_closed=bool(item.list_closed), debate_closed=bool(item.debate_closed)):
        raise Refused("list_closed", _("The list of speakers is closed. Only a point of order can still be asked for."))
    if not part.presences.filter(went=None).exists():
        raise Refused("not_there", _("Check in first: only who is there can ask for the floor."))
    unasked = {ParticipationCapacity.OBSERVER, ParticipationCapacity.STAFF}
    if part.capacity in unasked and not rules_on(item.meeting.body, item.meeting.starts).observers_speak:
        raise Refused("observers_silent", _("By the rules, observers have the floor only where the chair gives it."))
    if item.interests.filter(person=part.person_id, withdrawn=None).exists():
        raise Refused("interested", _("Who declared an interest in this item takes no part in it."))


def withdraw_request(request_id: int) -> FloorRequest:
    """Take a request off the list; one that was called or withdrawn already stays as it is."""
    with transaction.atomic():
        request = FloorRequest.objects.select_for_update().get(pk=request_id)
        if not request.called and not request.withdrawn:
            request.withdrawn = now()
            request.save(update_fields=["withdrawn"])
    return request


def move_request(request_id: int, to: str) -> list[FloorRequest]:
    """Put a request elsewhere on the list: “up”, “down”, “first”, “last” or a place; return the list.

    From then on those who wait stand where they stand; who asks later is put after them, or before by their kind.

    Raises:
        Refused: it waits no longer, or that is no place.
    """
    with transaction.atomic():
        request = FloorRequest.objects.get(pk=request_id)
        item, sitting = lock_list(request.item_id)
        waiting = {one.pk: one for one in waiting_on(item, sitting)}
        if request.pk not in waiting:
            raise Refused("request_gone", _("This request waits no longer. Look at the list again."))
        try:
            order = rules.moved_to(list(waiting), request.pk, to)
        except ValueError:
            raise Refused("no_place", _("That is no place on the list."), status=422, field="to") from None
        for place, key in enumerate(order, 1):
            waiting[key].place = place
        FloorRequest.objects.bulk_update(waiting.values(), ["place"])
    return [waiting[key] for key in order]


def order_by_rules(item_id: int) -> None:
    """Let the rules order the list of an item again, whoever was put elsewhere by hand."""
    with transaction.atomic():
        item, _sitting = lock_list(item_id)
        FloorRequest.objects.filter(item=item, called=None, withdrawn=None).update(place=None)
