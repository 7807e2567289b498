"""Acts on decisions between meetings: a question goes round among the members, unless they demand to meet."""

import secrets
from collections.abc import Sequence
from datetime import date, timedelta

from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hemicycle.accounts.access import Access
from hemicycle.accounts.capacities import DESK
from hemicycle.accounts.models import Person
from hemicycle.accounts.rights import within
from hemicycle.bodies.day import end_of
from hemicycle.bodies.models import Body
from hemicycle.bodies.queries import majority_on, procedure, rules_on, term_on, voting_members
from hemicycle.bodies.rules import Question
from hemicycle.journal.act import Act, Actor, Happened, Refused, act
from hemicycle.journal.canonical import timestamp
from hemicycle.meetings.day import zone_of
from hemicycle.meetings.models import (
    AgendaItem,
    Meeting,
    MeetingKind,
    Participation,
    ParticipationCapacity,
    Sitting,
)
from hemicycle.meetings.models.floor import CIRCULATIONS_FROM
from hemicycle.motions.models import Motion
from hemicycle.motions.text import write_version
from hemicycle.voting import queries
from hemicycle.voting.acts.balloting import lock_ballot, put_back, refuse_before
from hemicycle.voting.models import Ballot, Entitled, MeetingDemand, Method
from hemicycle.voting.words import Kind


def open_circulation(
    *,
    by: Actor,
    body_id: int,
    title: str,
    until: date,
    preamble: str = "",
    points: Sequence[tuple[str, bool]] = (),
    language: str = "",
    happened: Happened | None = None,
) -> Ballot:
    """Put a question to all members of a body between its meetings, to be answered by the end of a day.

    Entitled are the members with a vote on the day it is opened. It has its item and its motion as in a meeting, under
    a number of its own beside those of the meetings.

    Raises:
        Refused: the rules allow no decisions by circulation or ask for more days, it has no title or no text, or the
            body is in no term or has no members.
    """
    with act(Kind.CIRCULATION_OPENED, by=by, happened=happened) as entry:
        body = entry.lock(Body, body_id)
        within(by, body.book_id)
        day = entry.when.astimezone(zone_of(body)).date()
        refuse_uncirculated(body, day, until)
        if not title.strip():
            raise Refused("no_title", _("A motion needs a title."), status=422, field="title")
        sitting = write_meeting(entry, body, title.strip(), day, until)
        item = entry.create(
            AgendaItem(
                meeting=sitting.meeting,
                ordinal=1,
                title=title.strip(),
                language=language or body.language,
                state=AgendaItem.State.SETTLED,
                access=Access.BODY,
            )
        )
        motion = entry.create(
            Motion(
                item=item,
                ordinal=1,
                kind=Motion.Kind.DRAFT_RESOLUTION,
                title=title.strip(),
                mover=by.name,
                state=Motion.State.VOTING,
                access=Access.BODY,
            )
        )
        write_version(entry, motion, 1, preamble, points, language or body.language)
        ballot = write_ballot(entry, body, sitting, motion)
        entry.record(
            subjects=[ballot, motion, item, sitting, sitting.meeting, body],
            access=Access.BODY,
            scope=sitting.meeting,
            facts={
                "motion": motion.title,
                "until": until.isoformat(),
                "ends": timestamp(sitting.planned_end),
                "members": ballot.members,
                "quorum": ballot.quorum_needed,
                "majority": queries.majority_facts(ballot),
                "entitled_digest": ballot.entitled_digest,
            },
        )
    return ballot


def refuse_uncirculated(body: Body, day: date, until: date) -> None:
    """Refuse a circulation that the rules do not allow, or with fewer days than they ask for."""
    in_force = rules_on(body, day)
    if not in_force.circulation_allowed:
        raise Refused(
            "no_circulation",
            _("The rules of %(body)s allow no decisions by circulation. Convene a meeting.") % {"body": body.name},
        )
    least = day + timedelta(days=in_force.circulation_days)
    if until < least:
        raise Refused(
            "circulation_too_short",
            _("The rules give members %(days)d days to answer: until %(least)s at the earliest.")
            % {"days": in_force.circulation_days, "least": least.isoformat()},
            status=422,
            field="until",
        )


def write_meeting(entry: Act, body: Body, title: str, day: date, until: date) -> Sitting:
    """Write what stands for the meeting of a circulation, with everybody who has a vote accredited."""
    term = term_on(body, day)
    if term is None:
        raise Refused("no_term", _("%(body)s is in no term on that day.") % {"body": body.name}, status=422)
    last = term.meetings.filter(kind=MeetingKind.CIRCULATION).aggregate(last=Max("ordinal"))["last"]
    meeting = entry.create(
        Meeting(
            body=body,
            term=term,
            ordinal=(last or CIRCULATIONS_FROM) + 1,
            kind=MeetingKind.CIRCULATION,
            title=title[:200],
            starts=day,
            ends=until,
            access=Access.BODY,
            convened=entry.when,
        )
    )
    ends = end_of(until, body)
    sitting = entry.create(
        Sitting(meeting=meeting, ordinal=1, planned_start=entry.when, planned_end=ends, access=Access.BODY)
    )
    members = voting_members(body, day).select_related("person", "group").order_by("seat", "person__sort_name", "pk")
    entry.create_many(
        Participation,
        [
            Participation(
                sitting=sitting,
                person=held.person,
                capacity=ParticipationCapacity.MEMBER,
                votes=True,
                group=held.group,
                seat=held.seat,
            )
            for held in members
        ],
    )
    return sitting


def write_ballot(entry: Act, body: Body, sitting: Sitting, motion: Motion) -> Ballot:
    """Write the ballot of a circulation and the list of those entitled."""
    in_force = rules_on(body, sitting.meeting.starts)
    asked = majority_on(in_force, Question.CIRCULATION)
    voters = list(sitting.participations.select_related("person", "group").order_by("pk"))
    if not voters:
        raise Refused("nobody_votes", _("%(body)s has no members with a vote.") % {"body": body.name})
    ballot = entry.create(
        Ballot(
            motion=motion,
            sitting=sitting,
            version=motion.versions.get(),
            question=_("Shall “%(motion)s” be adopted?") % {"motion": motion.title},
            method=Method.CIRCULATION,
            majority_numerator=asked.share.numerator,
            majority_denominator=asked.share.denominator,
            majority_strict=asked.share.strict,
            majority_of=asked.of,
            vote_may_change=in_force.vote_may_change,
            quorum_needed=max(procedure(in_force).quorum.least(len(voters)), 1),
            quorum_present=0,
            members=len(voters),
            salt=secrets.token_hex(16),
            entitled_digest="",
            access=Access.BODY,
            until=sitting.planned_end,
            opened=entry.when,
        )
    )
    listed = entry.create_many(
        Entitled,
        [
            Entitled(
                ballot=ballot,
                participation=one,
                number=number,
                name=str(one.person),
                group=one.group.name if one.group else "",
                seat=one.seat,
            )
            for number, one in enumerate(sorted(voters, key=queries.seat_order), 1)
        ],
    )
    entry.update(ballot, entitled_digest=queries.digest_of_list(ballot, listed))
    return ballot


def demand_meeting(
    *, by: Actor, ballot_id: int, person_id: int, because: str = "", happened: Happened | None = None
) -> MeetingDemand:
    """Enter that a member demands a meeting instead. Once as many do as the rules name, the circulation stops.

    Raises:
        Refused: it is over, the person is not entitled in it or demanded it already, or demands it for another.
    """
    with act(Kind.MEETING_DEMANDED, by=by, happened=happened) as entry:
        sitting, ballot = lock_ballot(entry, ballot_id)
        person = entry.lock(Person, person_id)
        if by.capacity not in DESK and by.person != person.pk:
            raise Refused("not_yours", _("You can demand a meeting only for yourself."), status=403)
        if ballot.method != Method.CIRCULATION:
            raise Refused("no_circulation", _("This is voted on in a meeting."))
        if ballot.closed or ballot.voided:
            raise Refused("ballot_closed", _("This circulation is over."))
        refuse_before(ballot.opened, entry.when, _("it was opened"), sitting)
        if not ballot.entitled.filter(participation__person=person).exists():
            raise Refused(
                "not_entitled", _("%(name)s has no vote in this circulation.") % {"name": person.name}, status=403
            )
        if ballot.demands.filter(person=person).exists():
            raise Refused("meeting_demanded", _("%(name)s demanded a meeting already.") % {"name": person.name})
        demand = entry.create(MeetingDemand(ballot=ballot, person=person, because=because.strip(), demanded=entry.when))
        needed = rules_on(sitting.meeting.body, sitting.meeting.starts).circulation_demand
        demands = ballot.demands.count()
        if demands >= needed:
            reason = ngettext("%(count)d member demands a meeting", "%(count)d members demand a meeting", demands) % {
                "count": demands
            }
            entry.update(ballot, voided=entry.when, void_reason=reason)
            put_back(entry, ballot)
            meeting = entry.lock(Meeting, sitting.meeting_id)
            entry.update(meeting, closed=entry.when)
        entry.record(
            subjects=[ballot, ballot.motion, sitting.meeting, person],
            access=Access.BODY,
            scope=sitting.meeting,
            facts={
                "name": person.name,
                "motion": ballot.motion.title,
                "demands": demands,
                "needed": needed,
                "stopped": demands >= needed,
                "because": demand.because,
            },
        )
    return demand
