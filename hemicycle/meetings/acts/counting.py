"""Acts on the quorum of a sitting and on those who are not counted: a count is called, an interest declared."""

from datetime import timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hemicycle.accounts.access import narrowest
from hemicycle.accounts.capacities import DESK
from hemicycle.accounts.models import Person
from hemicycle.bodies.models import RulesOfProcedure
from hemicycle.bodies.queries import rules_on
from hemicycle.bodies.rules import QuorumLost
from hemicycle.journal.act import Act, Actor, Happened, Refused, act
from hemicycle.journal.canonical import timestamp
from hemicycle.meetings.acts.chairing import Passed, pass_chair, presides_now, suspend
from hemicycle.meetings.acts.closing import end, local_day
from hemicycle.meetings.acts.items import told
from hemicycle.meetings.acts.locking import (
    lock_item,
    lock_presided_sitting,
    refuse_before,
    refuse_during_vote,
    sitting_under_way,
)
from hemicycle.meetings.day import zone_of
from hemicycle.meetings.models import AgendaItem, Interest, QuorumCall, Sitting, Suspension
from hemicycle.meetings.queries import quorum_at
from hemicycle.meetings.queries.counts import last_count
from hemicycle.meetings.queries.during import audience, audience_in
from hemicycle.meetings.words import Kind


def call_quorum(
    *, by: Actor, sitting_id: int, asked_by: str = "", second: bool = False, happened: Happened | None = None
) -> QuorumCall:
    """Count who is there, by the chair's own will or because somebody (`asked_by`) doubts the quorum.

    Where too few are there, what follows is what the rules say: no vote is taken until a later count finds enough, or
    the sitting is suspended too, for the waiting time where there is one, or it is adjourned once that is over. The
    waiting time runs from the first count that found too few. A second call has the quorum that the rules give it,
    which then holds for the rest of the sitting. Enough found ends a rest for want of a quorum.

    Raises:
        Refused: the sitting is not open, nobody presides, a vote is being taken, or the rules know no second call or
            it comes before the waiting time or the days that the rules ask for are over.
    """
    with act(Kind.QUORUM_CALLED, by=by, happened=happened) as entry:
        sitting = lock_presided_sitting(entry, sitting_id)
        refuse_during_vote(sitting)
        in_force = rules_on(sitting.meeting.body, sitting.meeting.starts)
        last = sitting.quorum_calls.order_by("number").last()
        if last:
            refuse_before(entry.when, last.called, _("the last count"), sitting.meeting.body)
        if second and sitting.called_again is None:
            refuse_second_call(entry, sitting, in_force)
            entry.update(sitting, called_again=entry.when)
        found = quorum_at(sitting, entry.when)
        waits_until = (sitting.quorum_lost or entry.when) + timedelta(minutes=in_force.quorum_wait_minutes)
        call = entry.create(
            QuorumCall(
                sitting=sitting,
                number=last.number + 1 if last else 1,
                asked_by=asked_by.strip(),
                called=entry.when,
                present=found.present,
                needed=found.needed,
                whole=found.whole,
                reached=found.reached,
                second=sitting.called_again is not None,
                waits_until=waits_until if waits_until > entry.when and not found.reached else None,
            )
        )
        here = audience_in(entry, sitting)
        effect = follow(entry, sitting, call, in_force.quorum_lost)
        later = sitting.adjourned_to
        entry.record(
            subjects=[call, sitting, sitting.meeting],
            access=here,
            scope=sitting.meeting,
            facts={
                "present": call.present,
                "needed": call.needed,
                "whole": call.whole,
                "reached": call.reached,
                "second": call.second,
                "asked_by": call.asked_by,
                "effect": effect,
                "waits_until": timestamp(call.waits_until) if call.waits_until else None,
                "to": later.ordinal if later else None,
                "to_day": local_day(later, later.planned_start) if later else None,
            },
        )
    return call


def refuse_second_call(entry: Act, sitting: Sitting, in_force: RulesOfProcedure) -> None:
    """Refuse a second call that the rules do not know, or that comes too early."""
    if in_force.second_call_numerator is None:
        raise Refused(
            "no_second_call",
            _("The rules of %(body)s know no second call with a quorum of its own.")
            % {"body": sitting.meeting.body.name},
            status=422,
            field="second",
        )
    first = last_count(sitting)
    if first is None or first.reached:
        raise Refused(
            "no_first_call",
            _("A second call follows a count that found too few. Count first."),
            status=422,
            field="second",
        )
    if first.waits_until:
        refuse_before(entry.when, first.waits_until, _("the waiting time was over"), sitting.meeting.body)
    place = zone_of(sitting.meeting.body)
    earliest = first.called.astimezone(place).date() + timedelta(days=in_force.second_call_after_days)
    if entry.when.astimezone(place).date() < earliest:
        raise Refused(
            "second_call_too_early",
            ngettext(
                "By the rules a second call comes %(count)d day after the first at least: on %(day)s. ",
                "By the rules a second call comes %(count)d days after the first at least: on %(day)s. ",
                in_force.second_call_after_days,
            )
            % {"count": in_force.second_call_after_days, "day": date_format(earliest)}
            + _("Adjourn the sitting to a day from then on."),
            status=422,
            field="second",
        )


def follow(entry: Act, sitting: Sitting, call: QuorumCall, lost: str) -> str:
    """Do what the rules say about what a count found; return it in a word."""
    resting = sitting.suspension
    if call.reached:
        resumed = bool(resting and resting.cause == Suspension.Cause.QUORUM)
        if resting and resumed:
            entry.update(resting, ends=entry.when)
        entry.update(sitting, quorum_lost=None, suspension=None if resumed else resting)
        return "resumed" if resumed else ""
    entry.update(sitting, quorum_lost=sitting.quorum_lost or entry.when)
    if lost == QuorumLost.ADJOURN and call.waits_until is None:
        later = sitting.meeting.sittings.filter(opened=None, ordinal__gt=sitting.ordinal).order_by("ordinal").first()
        end(entry, sitting, entry.when)
        entry.update(sitting, adjourned_to=later)
        return "adjourned"
    if lost != QuorumLost.NO_VOTES and resting is None:
        suspend(entry, sitting, Suspension.Cause.QUORUM, until=call.waits_until)
        return "suspended"
    return "suspended" if resting and resting.cause == Suspension.Cause.QUORUM else "no votes"


def declare_interest(
    *, by: Actor, item_id: int, person_id: int, nature: str, happened: Happened | None = None
) -> Interest:
    """Enter that somebody declared a personal interest in an item: they leave it and have no vote on it.

    Whether they count for the quorum on it, the rules say. Whoever presides vacates the chair for that item.

    Raises:
        Refused: nothing is said about the interest, it was declared already, or a vote is being taken.
    """
    with act(Kind.INTEREST_DECLARED, by=by, happened=happened) as entry:
        item = lock_item(entry, item_id)
        person = entry.lock(Person, person_id)
        if by.capacity not in DESK and by.person != person.pk:
            raise Refused("not_yours", _("You can declare an interest only for yourself."), status=403)
        sitting = sitting_under_way(item.meeting)
        if item.state in {AgendaItem.State.SETTLED, AgendaItem.State.CARRIED}:
            raise Refused("item_settled", _("“%(title)s” was dealt with already.") % {"title": item.title})
        if not nature.strip():
            raise Refused("no_nature", _("Say in a few words what the interest is."), status=422, field="nature")
        if item.interests.filter(person=person, withdrawn=None).exists():
            raise Refused(
                "interest_declared", _("%(name)s declared an interest in it already.") % {"name": person.name}
            )
        passed = Passed()
        if sitting and sitting.current_item_id == item.pk:
            refuse_during_vote(sitting)
        here = narrowest(item.access, audience(entry, item.meeting))
        declared = entry.create(
            Interest(item=item, person=person, nature=nature.strip(), declared=entry.when, access=here)
        )
        if sitting and sitting.current_item_id == item.pk:
            presiding = presides_now(sitting)
            if presiding and presiding.person_id == person.pk:
                passed = pass_chair(entry, sitting, presiding)
        entry.record(
            subjects=[declared, item, item.meeting, person, *passed.subjects],
            access=here,
            scope=item.meeting,
            facts={
                "name": person.name,
                **told(item),
                "nature": declared.nature,
                **passed.facts,
            },
        )
    return declared


def withdraw_interest(*, by: Actor, interest_id: int, because: str = "", happened: Happened | None = None) -> Interest:
    """Enter that somebody has no such interest after all: they take part in the item again.

    Raises:
        Refused: it was withdrawn already, or a vote is being taken.
    """
    with act(Kind.INTEREST_WITHDRAWN, by=by, happened=happened) as entry:
        declared = entry.lock(Interest, interest_id)
        item = lock_item(entry, declared.item_id)
        if declared.withdrawn:
            raise Refused("interest_withdrawn", _("This was withdrawn already."))
        sitting = sitting_under_way(item.meeting)
        if sitting and sitting.current_item_id == item.pk:
            refuse_during_vote(sitting)
        refuse_before(entry.when, declared.declared, _("it was declared"), item.meeting.body)
        entry.update(declared, withdrawn=entry.when)
        entry.record(
            subjects=[declared, item, item.meeting, declared.person],
            access=narrowest(declared.access, audience(entry, item.meeting)),
            scope=item.meeting,
            facts={
                "name": declared.person.name,
                **told(item),
                "because": because.strip(),
            },
        )
    return declared
