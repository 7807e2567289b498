"""Acts on who casts whose vote: a proxy given or revoked, and how much a vote weighs."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hemicycle.accounts.access import Access, narrowest
from hemicycle.accounts.capacities import DESK
from hemicycle.accounts.models import Person
from hemicycle.bodies.models import RulesOfProcedure
from hemicycle.bodies.queries import rules_on
from hemicycle.bodies.rules import ProxyHolders
from hemicycle.journal.act import Act, Actor, Happened, Refused, act
from hemicycle.meetings.acts.locking import lock_meeting, lock_sitting, refuse_before, refuse_during_vote
from hemicycle.meetings.casting import fault_in_giving
from hemicycle.meetings.models import Meeting, Participation, ParticipationCapacity, Proxy
from hemicycle.meetings.queries.during import audience, audience_in
from hemicycle.meetings.queries.proxies import holders_in, voters_in
from hemicycle.meetings.words import Kind

MOST_WEIGHT = 1_000_000


def give_proxy(
    *, by: Actor, meeting_id: int, principal_id: int, holder_id: int, happened: Happened | None = None
) -> Proxy:
    """Give somebody's vote in a meeting to another: for oneself, or at the desk by what was handed in.

    It holds for ballots that are opened from then on, and rests while whoever gave it is there.

    Raises:
        Refused: the rules know no proxies, the holder holds as many as they may or is none of those who may, the vote
            was given already, it is a circle, or whoever gives it has no vote.
    """
    with act(Kind.PROXY_GIVEN, by=by, happened=happened) as entry:
        meeting = lock_meeting(entry, meeting_id)
        refuse_for_others(by, principal_id)
        principal, holder = entry.lock(Person, principal_id), entry.lock(Person, holder_id)
        in_force = rules_on(meeting.body, meeting.starts)
        given = dict(meeting.proxies.filter(revoked=None).values_list("principal", "holder"))
        refuse_no_vote(meeting, principal)
        if fault := fault_in_giving(given, principal.pk, holder.pk, in_force.proxies_most):
            raise refused(fault, principal, holder, in_force)
        refuse_holder(meeting, principal, holder, in_force)
        proxy = entry.create(Proxy(meeting=meeting, principal=principal, holder=holder, given=entry.when))
        record(entry, proxy)
    return proxy


def revoke_proxy(*, by: Actor, proxy_id: int, happened: Happened | None = None) -> Proxy:
    """Revoke a proxy: for ballots that are opened from then on the vote is its owner's again.

    Raises:
        Refused: it was revoked already, or belongs to another.
    """
    with act(Kind.PROXY_REVOKED, by=by, happened=happened) as entry:
        proxy = entry.lock(Proxy, proxy_id)
        meeting = lock_meeting(entry, proxy.meeting_id)
        refuse_for_others(by, proxy.principal_id)
        if proxy.revoked:
            raise Refused("proxy_revoked", _("This proxy was revoked already."))
        refuse_before(entry.when, proxy.given, _("it was given"), meeting.body)
        entry.update(proxy, revoked=entry.when)
        record(entry, proxy)
    return proxy


def record(entry: Act, proxy: Proxy) -> None:
    """Record a proxy that was given or revoked, for those who take part."""
    meeting = proxy.meeting
    entry.record(
        subjects=[proxy, proxy.principal, proxy.holder, meeting],
        access=narrowest(audience(entry, meeting), Access.PARTICIPANTS),
        scope=meeting,
        facts={"principal": proxy.principal.name, "holder": proxy.holder.name},
    )


def refuse_for_others(by: Actor, principal: int) -> None:
    """Refuse to give another's vote away, unless the desk does it."""
    if by.capacity not in DESK and by.person != principal:
        raise Refused("not_yours", _("You can give away or take back only your own vote."), status=403)


def refuse_no_vote(meeting: Meeting, principal: Person) -> None:
    """Refuse the proxy of somebody who has no vote in the meeting."""
    if principal.pk not in voters_in(meeting):
        raise Refused(
            "no_vote_to_give",
            _("%(name)s has no vote in this meeting that could be given to another.") % {"name": principal.name},
            status=422,
            field="principal",
        )


def refuse_holder(meeting: Meeting, principal: Person, holder: Person, in_force: RulesOfProcedure) -> None:
    """Refuse a holder who by the rules may hold no proxy."""
    may_hold = holders_in(meeting, principal.pk, in_force.proxy_holders)
    if holder.pk in may_hold:
        return
    told = {
        ProxyHolders.MEMBERS: _("%(name)s has no vote in this meeting. By the rules only who has one holds a proxy."),
        ProxyHolders.UNIT: _("By the rules %(name)s cannot hold it: only a member of the same unit with a vote can."),
        ProxyHolders.PARTICIPANTS: _("%(name)s does not take part in this meeting, and so cannot hold a proxy."),
    }[ProxyHolders(in_force.proxy_holders)]
    raise Refused("no_holder", told % {"name": holder.name}, status=422, field="holder")


def refused(fault: str, principal: Person, holder: Person, in_force: RulesOfProcedure) -> Refused:
    """Return the refusal of a proxy that cannot be given, in words."""
    most = in_force.proxies_most
    said = {"principal": principal.name, "holder": holder.name, "most": most}
    told = {
        "no_proxies": _("The rules of this body know no proxies: everybody votes for themselves."),
        "proxy_to_oneself": _("A proxy is held by somebody else."),
        "given_already": _("%(principal)s has given the vote to somebody already. Revoke that first.") % said,
        "proxy_in_a_circle": _("%(holder)s gave their own vote to %(principal)s: nobody would cast the two.") % said,
        "proxy_passed_on": _(
            "A proxy is not passed on: who gave a vote away holds none, and who holds one gives none."
        ),
        "too_many_proxies": ngettext(
            "%(holder)s holds %(most)d proxy already. By the rules nobody holds more.",
            "%(holder)s holds %(most)d proxies already. By the rules nobody holds more.",
            most,
        )
        % said,
    }[fault]
    return Refused(fault, told, status=409 if fault == "no_proxies" else 422, field="holder")


def weigh_votes(*, by: Actor, participation_id: int, weight: int, happened: Happened | None = None) -> Participation:
    """Say how many votes a participation has, in ballots that are opened from then on.

    Raises:
        Refused: votes do not weigh by the rules, the weight is not from 1 to a million, the participation has no vote,
            or a vote is being taken.
    """
    with act(Kind.VOTES_WEIGHED, by=by, happened=happened) as entry:
        row = entry.lock(Participation, participation_id)
        sitting = lock_sitting(entry, row.sitting_id)
        refuse_during_vote(sitting)
        meeting = sitting.meeting
        if not rules_on(meeting.body, meeting.starts).votes_weighted:
            raise Refused(
                "votes_do_not_weigh",
                _("By the rules of %(body)s everybody has one vote. Change the rules first.")
                % {"body": meeting.body.name},
            )
        if not 1 <= weight <= MOST_WEIGHT:
            raise Refused(
                "no_weight",
                _("A vote weighs from 1 to %(most)d. Who has none is accredited without a vote.")
                % {"most": MOST_WEIGHT},
                status=422,
                field="weight",
            )
        if not row.votes or row.capacity == ParticipationCapacity.SEATED:
            raise Refused(
                "no_vote_to_weigh",
                _("%(name)s has no seat with a vote of their own that could weigh.") % {"name": str(row)},
                status=422,
            )
        entry.update(row, weight=weight)
        entry.record(
            subjects=[row, sitting, meeting],
            access=narrowest(audience_in(entry, sitting), Access.PARTICIPANTS),
            scope=meeting,
            facts={"name": str(row), "weight": weight},
        )
    return row
