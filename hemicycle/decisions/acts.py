"""Acts on decisions: one is certified, its points are handed to units, and the units answer in their own books."""

from collections import Counter
from collections.abc import Mapping
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from hemicycle.accounts.rights import within
from hemicycle.bodies.models import Body, Unit
from hemicycle.bodies.queries import subtree
from hemicycle.decisions import rules
from hemicycle.decisions.models import Decision, Directive, Point, Progress
from hemicycle.decisions.queries import last_number
from hemicycle.decisions.words import Kind
from hemicycle.journal.act import Act, Actor, Happened, Refused, act
from hemicycle.meetings.day import zone_of
from hemicycle.motions.models import Motion, MotionPoint
from hemicycle.voting.models import Method, Result
from hemicycle.voting.queries import access_of, is_unanimous


def certify_decision(
    *, by: Actor, result_id: int, effective: date | None = None, happened: Happened | None = None
) -> Decision:
    """Make a decision of a motion that was carried, by its certified result. It never changes again.

    Its number is the body's next, without a gap; its points are those of the text that was voted on. It takes
    effect on the day it is certified unless a later day is given, and is as open as the narrowest of item, sitting
    and meeting.

    Raises:
        Refused: the result is not certified, did not carry, was for practice, or is a decision already.
    """
    with act(Kind.DECISION_CERTIFIED, by=by, happened=happened) as entry:
        result = lock_result(entry, result_id)
        ballot = result.ballot
        motion, meeting = ballot.motion, ballot.sitting.meeting
        body, version = meeting.body, ballot.version
        day = local_day(entry, body)
        if effective and effective < day:
            raise Refused(
                "effective_before_adoption",
                _("A decision takes effect on the day it is certified or later, not before."),
                status=422,
                field="effective",
            )
        decision = entry.create(
            Decision(
                body=body,
                meeting=meeting,
                item=motion.item,
                motion=motion,
                result=result,
                number=last_number(body) + 1,
                type=TYPES.get(motion.kind, "decision"),
                title=motion.title,
                text=version.preamble,
                language=version.language,
                adopted=how_adopted(result),
                effective=effective or day,
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
        entry.record(
            subjects=[decision, result, ballot, motion, motion.item, meeting, body],
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
            },
        )
    return decision


TYPES: Mapping[str, str] = {Motion.Kind.DRAFT_RESOLUTION: "resolution", Motion.Kind.ELECTION: "election"}


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


def issue_directive(
    *,
    by: Actor,
    point_id: int,
    responsible_unit_id: int,
    text: str,
    due: date,
    sector: str = "",
    happened: Happened | None = None,
) -> Directive:
    """Hand an operational point of a decision to the one unit that is responsible, with a due date.

    The body's unit issues it; the responsible unit is that unit or one below it on that day. The entry stands in the
    body's book; the unit answers in its own.

    Raises:
        Refused: the point is not operational, the text is empty, the unit is elsewhere, has ended or has this very
            task already, or the due date is not after the decision.
    """
    with act(Kind.DIRECTIVE_ISSUED, by=by, happened=happened) as entry:
        point = entry.lock(Point, point_id)
        decision = point.decision
        body = decision.body
        within(by, body.book_id)
        unit = entry.lock(Unit, responsible_unit_id)
        day = local_day(entry, body)
        if not point.operational:
            raise Refused(
                "point_not_operational",
                _("Point %(ordinal)d asks nobody to do anything, so no directive can be issued for it.")
                % {"ordinal": point.ordinal},
                status=422,
            )
        if not text.strip():
            raise Refused("no_text", _("Say what is to be done."), status=422, field="text")
        refuse_unfit_unit(unit, body, day)
        decided = decision.certified.astimezone(zone_of(body)).date()
        if not rules.is_in_time(due, max(decided, decision.meeting.starts)):
            raise Refused(
                "due_before_decision",
                _("A task is due after it was decided, on %(day)s; %(due)s is not. Give a later due date.")
                % {"day": date_format(decided), "due": date_format(due)},
                status=422,
                field="due",
            )
        if (before := point.directives.filter(responsible_unit=unit, text=text.strip()).first()) is not None:
            raise Refused(
                "directive_issued",
                _("%(unit)s has this very task already, as number %(number)d. Nothing was entered twice.")
                % {"unit": unit.name, "number": before.number},
            )
        directive = entry.create(
            Directive(
                point=point,
                number=point.directives.count() + 1,
                issuing_unit=body.unit,
                responsible_unit=unit,
                text=text.strip(),
                language=decision.language,
                sector=sector.strip(),
                issued=entry.when,
                due=due,
                access=decision.access,
            )
        )
        entry.record(
            subjects=[directive, point, decision, unit, body.unit, decision.item, decision.meeting],
            access=directive.access,
            scope=decision.meeting,
            facts={**directive_facts(directive), "due": due.isoformat(), "sector": directive.sector},
        )
    return directive


def refuse_unfit_unit(unit: Unit, body: Body, day: date) -> None:
    """Refuse a unit that is not the body's own or below it on that day, or that has ended."""
    if unit.ended and unit.ended <= day:
        raise Refused(
            "unit_ended",
            _("%(unit)s ended on %(day)s and can take on nothing. Choose another unit.")
            % {"unit": unit.name, "day": date_format(unit.ended)},
            status=422,
            field="responsible_unit",
        )
    if unit.pk not in subtree(body.unit, day):
        raise Refused(
            "unit_elsewhere",
            _("%(unit)s does not stand under %(over)s, so %(body)s cannot hand it a task.")
            % {"unit": unit.name, "over": body.unit.name, "body": body.name},
            status=422,
            field="responsible_unit",
        )


def directive_facts(directive: Directive) -> dict[str, object]:
    """Return what every entry about a directive says of it."""
    decision = directive.point.decision
    return {
        "body": decision.body.name,
        "decision": decision.number,
        "point": directive.point.ordinal,
        "number": directive.number,
        "unit": directive.responsible_unit.name,
        "text": directive.text,
    }


def receive_directive(*, by: Actor, directive_id: int, happened: Happened | None = None) -> Directive:
    """Acknowledge a task, by the head of the responsible unit, in the unit's own book.

    Raises:
        Refused: it is another unit's, or was received already.
    """
    with act(Kind.DIRECTIVE_RECEIVED, by=by, happened=happened) as entry:
        directive = lock_own_directive(entry, directive_id)
        if directive.received:
            raise Refused("directive_received", _("This task was received already. Nothing was entered twice."))
        if entry.when < directive.issued:
            raise Refused(
                "out_of_order",
                _("A task is received after it was issued. Enter a later moment."),
                status=422,
                field="happened",
            )
        entry.update(directive, received=entry.when)
        entry.record(
            subjects=[directive, directive.responsible_unit, directive.point.decision],
            access=directive.access,
            scope=directive.point.decision.meeting,
            facts=directive_facts(directive),
        )
    return directive


def report_progress(
    *,
    by: Actor,
    directive_id: int,
    narrative: str,
    done: bool = False,
    delay_reason: str = "",
    happened: Happened | None = None,
) -> Progress:
    """Report on a task, by the head of the responsible unit. A later report never replaces an earlier one.

    Raises:
        Refused: it is another unit's, was not received yet, the report says nothing or word for word what the last
            one said, or the due date has passed and no reason for the delay is given.
    """
    with act(Kind.PROGRESS_REPORTED, by=by, happened=happened) as entry:
        directive = lock_own_directive(entry, directive_id)
        if directive.received is None or entry.when < directive.received:
            raise Refused("not_received", _("This task was not received yet. Receive it first, then report on it."))
        if not narrative.strip():
            raise Refused("no_narrative", _("Say what was done so far."), status=422, field="narrative")
        late = rules.asks_for_delay(directive.due, local_day(entry, directive.point.decision.body))
        if late and not delay_reason.strip():
            raise Refused(
                "no_delay_reason",
                _("This task was due on %(due)s. Say why it is late; the reason stands beside your report.")
                % {"due": date_format(directive.due)},
                status=422,
                field="delay_reason",
            )
        last = directive.progress.order_by("ordinal").last()
        said = {"narrative": narrative.strip(), "done": done, "delay_reason": delay_reason.strip() if late else ""}
        # A form that the browser loaded anew carries a new token, so the token alone would let this through.
        if last and {name: getattr(last, name) for name in said} == said:
            raise Refused(
                "progress_reported",
                _("This very report was entered already, as report %(ordinal)d. Nothing was entered twice. ")
                % {"ordinal": last.ordinal}
                + _("To report anew, say what has changed since."),
            )
        progress = entry.create(
            Progress(
                directive=directive,
                ordinal=last.ordinal + 1 if last else 1,
                unit=directive.responsible_unit,
                reported=entry.when,
                **said,
                language=directive.language,
            )
        )
        entry.record(
            subjects=[progress, directive, directive.responsible_unit, directive.point.decision],
            access=directive.access,
            scope=directive.point.decision.meeting,
            facts={
                **directive_facts(directive),
                "report": progress.ordinal,
                "narrative": progress.narrative,
                "done": done,
                "delay_reason": progress.delay_reason,
            },
        )
    return progress


def lock_own_directive(entry: Act, directive_id: int) -> Directive:
    """Lock a directive for which the actor's unit is responsible."""
    directive = entry.lock(Directive, directive_id)
    within(entry.by, directive.responsible_unit.book_id)
    return directive


def local_day(entry: Act, body: Body) -> date:
    """Return the calendar day of an act at the body's place."""
    return entry.when.astimezone(zone_of(body)).date()
