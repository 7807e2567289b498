"""A decision is certified: what a body decided gets its number and its points."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from django.utils.translation import gettext as _

from hemicycle.accounts.rights import within
from hemicycle.decisions.acts.changing import change_decisions, facts_of, is_told
from hemicycle.decisions.acts.standing import local_day
from hemicycle.decisions.force.naming import Changing
from hemicycle.decisions.models import Decision, Point
from hemicycle.decisions.queries import last_number
from hemicycle.decisions.words import Kind
from hemicycle.journal.act import Act, Actor, Happened, Refused, act
from hemicycle.motions.models import Motion, MotionPoint
from hemicycle.voting.models import Method, Result
from hemicycle.voting.queries import access_of, is_unanimous


def certify_decision(
    *,
    by: Actor,
    result_id: int,
    sort: str = "",
    effective: date | None = None,
    expires: date | None = None,
    changes: Sequence[Changing] = (),
    happened: Happened | None = None,
) -> Decision:
    """Make a decision of a motion that was carried, by its certified result. It never changes again.

    Its number is the body's next, without a gap; its points are those of the text that was voted on. It takes
    effect on the day it is certified unless a later day is given, holds until the day `expires` where one is, and is as
    open as the narrowest of item, sitting and meeting. What it does to earlier decisions is entered with it: those of
    its body, or of a body of a unit below where the rules let it.

    Raises:
        Refused: the result is not certified, did not carry, was for practice, or is a decision already; its days are
            in the wrong order; an earlier decision is not there, not its own, later, more closed, or ended by then.
    """
    with act(Kind.DECISION_CERTIFIED, by=by, happened=happened) as entry:
        result = lock_result(entry, result_id)
        ballot = result.ballot
        motion, meeting = ballot.motion, ballot.sitting.meeting
        body, version = meeting.body, ballot.version
        day = local_day(entry, body)
        refuse_days(day, effective, expires)
        decision = entry.create(
            Decision(
                body=body,
                meeting=meeting,
                item=motion.item,
                motion=motion,
                result=result,
                number=last_number(body) + 1,
                type=type_of(motion, sort),
                title=motion.title,
                text=version.preamble,
                language=version.language,
                adopted=how_adopted(result),
                effective=effective or day,
                expires=expires,
                certified=entry.when,
                access=access_of(ballot),
            )
        )
        points = entry.create_many(
            Point,
            [
                Point(decision=decision, ordinal=ordinal, text=point.text, operational=point.operational)
                for ordinal, point in enumerate([*version.points.order_by("ordinal"), *elected_points(result)], 1)
            ],
        )
        told = facts_of(changed := change_decisions(entry, decision, changes))
        earlier = [one.of for one in changed if is_told(one.of, decision)]
        entry.record(
            subjects=[decision, result, ballot, motion, motion.item, meeting, body, *earlier],
            access=decision.access,
            scope=meeting,
            facts={
                "number": decision.number,
                "type": decision.type,
                "title": decision.title,
                "adopted": str(decision.adopted),
                "effective": decision.effective.isoformat(),
                "language": decision.language,
                "item": motion.item.called,
                "text": decision.text,
                "points": len(points),
                "operational": sum(point.operational for point in points),
                "texts": [point.text for point in points],
            }
            | ({"expires": expires.isoformat()} if expires else {})
            | ({"changes": told} if told else {}),
        )
    return decision


def refuse_days(day: date, effective: date | None, expires: date | None) -> None:
    """Refuse days in the wrong order: certified, in effect, and the last on which the decision holds."""
    if effective and effective < day:
        raise Refused(
            "effective_before_adoption",
            _("A decision takes effect on the day it is certified or later, not before."),
            status=422,
            field="effective",
        )
    if expires and expires < (effective or day):
        raise Refused(
            "expires_before_effective",
            _("The last day on which a decision holds cannot be before the day on which it takes effect."),
            status=422,
            field="expires",
        )


Type = Decision.Type
TYPES: Mapping[str, Type] = {Motion.Kind.DRAFT_RESOLUTION: Type.RESOLUTION, Motion.Kind.ELECTION: Type.ELECTION}


def type_of(motion: Motion, stated: str) -> str:
    """Return what sort of decision a motion comes to: as stated, or what follows from the sort of motion."""
    usual = TYPES.get(motion.kind, Type.DECISION)
    if not stated or stated == usual:
        return usual
    if stated not in Type.values or Type.ELECTION in {stated, usual}:
        raise Refused(
            "type_unfit",
            _("An election makes a decision of that sort, and nothing else does."),
            status=422,
            field="type",
        )
    return stated


def elected_points(result: Result) -> list[MotionPoint]:
    """Return a point for each who is elected, so that the decision itself says who; none on a motion.

    A list that won several seats has one point.
    """
    if result.election is None:
        return []
    election = result.ballot.motion.election
    won = Counter(one["name"] for one in result.election["elected"])
    return [MotionPoint(text=point_on(name, election.called, seats)) for name, seats in won.items()]


def point_on(name: str, called: str, seats: int) -> str:
    """Return who is elected to what."""
    said = {"name": name, "called": called, "seats": seats}
    if seats > 1:
        return _("%(name)s is elected: %(called)s, %(seats)d seats.") % said
    return _("%(name)s is elected: %(called)s.") % said


def how_adopted(result: Result) -> str:
    """Return how a decision was adopted: by consent or acclamation, unanimously, or by vote."""
    if result.ballot.asks_for_objections:
        acclaimed = result.ballot.method == Method.ACCLAMATION
        return Decision.Adopted.BY_ACCLAMATION if acclaimed else Decision.Adopted.BY_CONSENT
    return Decision.Adopted.UNANIMOUS if is_unanimous(result) else Decision.Adopted.BY_VOTE


def lock_result(entry: Act, result_id: int) -> Result:
    """Lock a result of the actor's body from which a decision can be made."""
    result = entry.lock(Result, result_id)
    within(entry.by, result.ballot.sitting.meeting.body.book_id)
    if result.ballot.practice:
        raise Refused("practice", _("A practice ballot decides nothing."))
    if result.ballot.amendment_id:
        raise Refused(
            "amendment_only", _("This vote was on an amendment. The motion that it changed is still to be voted on.")
        )
    if result.certified is None:
        raise Refused("result_not_certified", _("The result is not certified yet. Certify it first."))
    if not result.carried:
        raise Refused("not_carried", _("The motion was not carried, so there is no decision to certify."))
    if before := Decision.objects.filter(result=result).first():
        raise Refused(
            "already_decided",
            _("This result is decision %(number)d already. Nothing was entered twice.") % {"number": before.number},
        )
    return result
